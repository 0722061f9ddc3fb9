"""Worlds that met the record go on as if nothing had happened; under other doctrines, in common luck."""

import numpy as np
import pytest

from sim.estimation.filtering import forecast
from sim.estimation.filtering.observed import NOTHING
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting

VARIABLES = ("us_allocation", "europe_contribution", "russian_held_share", "settled", "truce", "talks")


@pytest.fixture(scope="module")
def begun(setting: Setting) -> Particles:
    return Particles(setting, 1, 400).run(27)


def test_a_start_has_every_array(begun: Particles) -> None:
    here = forecast.start(begun, 200, 1)
    arrays = here.registry.arrays(here.model)
    assert arrays.keys() == begun.registry.arrays(begun.model).keys()
    assert {array.shape[-1] for array in arrays.values()} == {200}
    assert here.month == "2025-02"


def test_an_unfiltered_history_that_stops_and_goes_on_is_the_whole_history(setting: Setting) -> None:
    blind = Particles(Setting(setting.config, NOTHING), 9, 60).run(20)
    here = forecast.Start(blind.month, blind.model, blind.registry)
    later = forecast.paths(here, setting.config, 9, 12, VARIABLES)
    blind.run(32)
    assert later["russian_held_share"][-1].tobytes() == blind.model.line.tobytes()
    assert later["us_allocation"][-1].tobytes() == blind.model.united_states.allocation.tobytes()


def test_forecasts_start_where_the_record_is(begun: Particles, setting: Setting) -> None:
    later = forecast.paths(forecast.start(begun, 300, 1), setting.config, 2, 6, VARIABLES)
    line = setting.observed.at("line", "2025-02")
    assert later["russian_held_share"].shape == (6, 300)
    at_war = (later["settled"][0] == 0.0) & (later["truce"][0] == 0.0)
    assert np.abs(later["russian_held_share"][0] - line)[at_war].max() < 0.005


def test_doctrines_in_common_luck_differ_by_less_than_apart(begun: Particles, setting: Setting) -> None:
    here, told = forecast.start(begun, 300, 1), {"as it is": "transactional", "aligned": "aligned"}
    common = forecast.under(here, setting.config, told, 2, 8, VARIABLES)
    apart = forecast.under(here, setting.config, told, 3, 8, VARIABLES)
    money = [paths["europe_contribution"].sum(axis=0) for paths in (*common.values(), apart["aligned"])]
    assert (money[1] - money[0]).std() < 0.5 * (money[2] - money[0]).std()


def test_the_doctrine_in_force_told_is_the_doctrine_in_force(begun: Particles, setting: Setting) -> None:
    here = forecast.start(begun, 100, 1)
    told = forecast.under(here, setting.config, {"told": "transactional"}, 2, 6, VARIABLES)["told"]
    for name, values in forecast.paths(here, setting.config, 2, 6, VARIABLES).items():
        assert np.array_equal(values, told[name])


def test_a_fork_into_the_same_setting_is_the_filter_itself(begun: Particles, setting: Setting) -> None:
    other = begun.fork(setting)
    other.run(30)
    whole = Particles(setting, 1, 400).run(30)
    assert other.log_evidence[0] == pytest.approx(whole.log_evidence[0], abs=1e-9)
    assert other.path(7) == whole.path(7)
    assert begun.elapsed == 27
