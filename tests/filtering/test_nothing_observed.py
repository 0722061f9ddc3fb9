"""A filter that observes nothing is the plain run."""

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.estimation.filtering.observed import NOTHING, SERIES, Observed, of_record
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting
from sim.model import Negotiation


@pytest.mark.parametrize(
    "observed", [NOTHING, Observed({}, SERIES), of_record(series=SERIES).within("1990-01", "1990-12")]
)
def test_nothing_observed_is_the_plain_run(setting: Setting, observed: Observed) -> None:
    config = setting.config
    found, plain = Particles(Setting(config, observed), 5, 40).run(config.months), Negotiation(config, Draws(5, 0, 40))
    for _ in plain:
        pass
    assert found.log_evidence == 0.0
    arrays, same = found.registry.arrays(found.model), found.registry.arrays(plain)
    assert arrays.keys() == same.keys()
    assert [name for name in arrays if not np.array_equal(arrays[name], same[name], equal_nan=True)] == []


def test_what_is_observed_of_one_month_leaves_the_months_before_alone(setting: Setting) -> None:
    late = setting._replace(observed=of_record(series=SERIES).within("2024-10", "2024-10"))
    plain = Negotiation(setting.config, Draws(5, 0, 40))
    found = Particles(late, 5, 40).run(22)
    for _ in range(22):
        plain.step()
    assert np.array_equal(found.model.line, plain.line)
    found.step()
    plain.step()
    assert not np.array_equal(found.model.line, plain.line)
