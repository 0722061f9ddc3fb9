"""Where each world draws its parameters from the posterior: they are part of the world, like any other luck."""

import numpy as np
import pytest
from lived import lived
from shipped import plain

from sim import record
from sim.actors.variables import MONTHLY
from sim.basics.arrays import real
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.scenario import Scenario, load
from sim.scenario.parameter_sets import POSTERIOR, POSTERIOR_2024

WORLDS = 40
KNOWN = ("executive", "bureaucracy", "table.talks", "table.tabled")
"""Where the parameters are by which audiences read Washington: those of the scenario, which are public."""


@pytest.fixture(scope="module")
def drawing() -> Scenario:
    return plain("history").with_parameter_sets(POSTERIOR)


def unseen(scenario: Scenario) -> Scenario:
    """The scenario in which no world draws a parameter that a reader of Washington would have to guess."""
    return scenario.with_(hold=[str(name) for name in record.table(POSTERIOR) if str(name).startswith(KNOWN)])


def parameters_of(scenario: Scenario, world: int) -> dict[str, dict[str, float]]:
    """What a world has drawn, as the tables of a scenario file."""
    model, tables = opened(scenario, seed=1, start=world, stop=world + 1), {}
    for name in record.table(POSTERIOR):
        stage, key = str(name).split(".")
        tables.setdefault(stage, {})[key] = float(np.ravel(getattr(getattr(model.parameters, stage), key))[0])
    return tables


@pytest.mark.parametrize("world", [0, 7, 31])
def test_a_world_that_draws_is_the_world_of_a_scenario_that_sets_the_same(drawing: Scenario, world: int) -> None:
    drawing = unseen(drawing)
    drawn = lived(drawing, world, world + 1)
    given = lived(plain("history").with_parameters(parameters_of(drawing, world)), world, world + 1)
    for name in MONTHLY:
        assert drawn[name] == pytest.approx(given[name], rel=1e-5, abs=1e-6, nan_ok=True), name


def test_audiences_read_by_what_is_public(drawing: Scenario) -> None:
    """What a world draws for its own executive moves the executive, and nobody's idea of what it would do."""
    model = opened(drawing, seed=1, start=0, stop=WORLDS)
    assert np.ptp(model.parameters.executive.order_base) > 0.1
    assert np.ptp(model.reading.pays[:2], axis=1) == pytest.approx(np.zeros(2), abs=0.001)
    model.step()
    assert np.ptp(model.united_states.desired) > 0.05


def test_a_world_has_the_same_parameters_under_every_doctrine(drawing: Scenario) -> None:
    for world in (3, 20):
        kept, changed = (parameters_of(s, world) for s in (drawing, drawing.with_doctrine("us", "aligned")))
        assert kept == changed


def test_worlds_draw_whole_rows_of_the_posterior_and_nearly_all_of_them(drawing: Scenario) -> None:
    table = record.table(POSTERIOR)
    model = opened(drawing, seed=1, start=0, stop=20 * len(table))
    places = [str(name).split(".") for name in table]
    drawn = np.array([getattr(getattr(model.parameters, stage), key) for stage, key in places]).T
    rows = {tuple(row) for row in real(table).tolist()}
    found = {tuple(row) for row in drawn.tolist()}
    assert found <= rows
    assert len(found) > 0.95 * len(rows)


def test_what_a_scenario_sets_by_hand_holds_in_every_world_that_draws_the_rest(outlook: Scenario) -> None:
    """Certain talks are certain, though the posterior would draw their frequency too."""
    assert outlook.parameter_sets == POSTERIOR
    certain = outlook.with_horizon(1).with_parameters({"table": {"talks_base": 100.0}})
    assert np.all(one_scenario(certain, Ensemble(worlds=WORLDS)).simulate()["talks"] == 1.0)


def test_every_scenario_of_the_outlook_draws_and_history_does_not() -> None:
    for name in ("outlook", "architectural", "frozen_conflict", "isolationist_congress"):
        assert load(name).parameter_sets == POSTERIOR
    assert load("history").parameter_sets == "one"


def test_parameters_given_the_record_to_2024_come_from_their_own_table() -> None:
    """They have not seen 2025, so that `doctrine infer` does not judge by what one hypothesis has taught."""
    scenario = plain("history").with_parameter_sets(POSTERIOR_2024)
    pull = opened(scenario, seed=1, start=0, stop=WORLDS).parameters.front.pull
    assert set(pull) <= set(real(record.table(POSTERIOR_2024)["front.pull"]))
    assert not set(pull) <= set(real(record.table(POSTERIOR)["front.pull"]))
    assert scenario.to_toml().count('parameter_sets = "posterior_2024"') == 1
