"""A filter is right about worlds whose truth is known."""

from collections.abc import Iterator
from itertools import count

import numpy as np

from sim.estimation.filtering.numbers import Numbers
from sim.estimation.filtering.observed import SERIES, Observed
from sim.estimation.filtering.particles import Particles, each
from sim.estimation.filtering.setting import Setting
from sim.estimation.filtering.simulated import record_of
from sim.estimation.filtering.smc2 import Smc2
from sim.estimation.priors import PRIORS

FEW = ("front.noise", "front.pull", "europe.publicness", "europe.taste", "executive.order_base")
NUMBERS = Numbers({name: PRIORS[name] for name in FEW}, ("defender's advantage",), ("placebo 1",))


def test_a_simulated_record_has_the_form_of_the_record(setting: Setting) -> None:
    record = record_of(setting.config, 1)
    shipped = setting.observed.values.keys() - {"moscow first", "ukraine refused", "russia refused"}
    assert shipped <= record.values.keys()
    assert {len(months) for months in record.values.values()} == {setting.config.months}


def test_the_world_that_left_a_record_could_have_left_it(setting: Setting) -> None:
    exact = {f"observation.{name}": np.array([1e-4]) for name in ("miscoded", "stray")}
    record = record_of(setting.config, 4, exact, 24)._replace(series=SERIES)
    found = Particles(setting._replace(observed=record), 4, 200).run(24)
    assert np.isfinite(found.log_evidence[0])


def at_war(setting: Setting, trials: int, months: int) -> Iterator[tuple[np.ndarray, Observed]]:
    """Numbers drawn from their prior, (1, D), and a record that each left; like ours, without an agreement.

    Which records are looked at may hang on the records: that leaves posteriors right.
    """
    found = 0
    for seed in count(100):
        truth = NUMBERS.drawn(1, seed)
        record = record_of(setting.config, seed, each(NUMBERS.sets(truth), np.array([0])), months)
        if not any(record.values["quiet"].values()):
            yield truth, record
            found += 1
        if found == trials:
            return


def test_intervals_cover_the_truth(setting: Setting) -> None:
    inside = []
    for trial, (truth, record) in enumerate(at_war(setting, 8, 10)):
        fit = Smc2(setting._replace(observed=record), trial, 50, 24, NUMBERS).run(10)
        ranks = fit.weights @ (fit.z < truth)
        inside += (np.abs(ranks - 0.5) < 0.45).tolist()
    assert np.mean(inside) >= 0.75
