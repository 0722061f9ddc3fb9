"""Nothing leaves its domain, whatever the doctrines, the mechanisms, the parameters and the state of the world."""

import random

import numpy as np
import pytest
from arbitrary import WEIGHTS, bounds, corner, is_number, scenarios
from hypothesis import given, settings
from hypothesis import strategies as st
from lived import cut, differing, lived, with_initial
from shipped import plain

from sim.actors.variables import MONTHLY
from sim.ensemble import opened
from sim.ensemble.recorder import Recorder
from sim.model import DomainError
from sim.scenario import Scenario
from sim.scenario.parameters import Parameters
from sim.scenario.tables import Initial
from sim.world.settlement import Outcome

pytestmark = pytest.mark.long

SHORT = plain("history").with_horizon(16)
WORLDS = 6


@settings(max_examples=100)
@given(scenario=scenarios(SHORT))
def test_any_scenario_stays_in_the_domains_of_all_variables(scenario: Scenario) -> None:
    record = lived(scenario, 0, WORLDS)
    for name, variable in MONTHLY.items():
        values = record[name][~np.isnan(record[name])]
        assert variable.missing or values.size == record[name].size
        assert np.all((values >= np.float32(variable.low)) & (values <= np.float32(variable.high)))


@settings(max_examples=50)
@given(scenario=scenarios(SHORT))
def test_any_scenario_tells_one_story_of_its_settlements_and_truces(scenario: Scenario) -> None:
    record = lived(scenario, 0, WORLDS)
    settled, relapsed, truce = (record[name] == 1.0 for name in ("settled", "relapsed", "truce"))
    signed, broke = ~np.isnan(record["settlement_step"]), ~np.isnan(record["relapse_step"])
    paused, ended = ~np.isnan(record["truce_step"]), ~np.isnan(record["truce_end_step"])
    assert not np.any(settled & (relapsed | truce))
    assert np.array_equal(relapsed[:, -1], broke)
    assert np.array_equal(settled[:, -1], signed & ~broke)
    assert np.array_equal(truce[:, -1], paused & ~ended)
    assert np.all(record["settlement_step"][broke] < record["relapse_step"][broke])
    assert np.all(record["truce_step"][ended] < record["truce_end_step"][ended])
    assert np.array_equal(record["outcome"] == Outcome.TRUCE, truce[:, -1])
    assert np.array_equal(record["outcome"] == Outcome.WAR, ~signed & ~truce[:, -1])
    assert np.array_equal(record["outcome"] == Outcome.RELAPSED, broke & ~truce[:, -1])
    assert np.array_equal(record["settlements"] - record["breaks"], 1.0 * settled[:, -1])
    assert np.all(record["truces"] - record["truce_breaks"] >= truce[:, -1])
    assert np.array_equal(record["settlements"] > 0.0, signed)
    assert np.array_equal(record["truces"] > 0.0, paused)
    for term in ("settlement_offset", "settlement_guarantee", "settlement_relief"):
        assert np.array_equal(np.isnan(record[term]), ~signed)
    assert np.array_equal(np.isnan(record["truce_guarantee"]), ~paused)


@settings(max_examples=30)
@given(scenario=scenarios(SHORT), world=st.integers(0, WORLDS - 1))
def test_a_world_of_any_scenario_alone_is_the_world_in_a_crowd(scenario: Scenario, world: int) -> None:
    crowd = cut(lived(scenario, 0, WORLDS), slice(world, world + 1))
    assert differing(lived(scenario, world, world + 1), crowd) == []


# ---- the ends of the ranges


PARAMETER_ENDS = [
    pytest.param(stage, key, (end,) * WEIGHTS if isinstance(info.default, tuple) else end, id=f"{stage}.{key}={end:g}")
    for stage, table in Parameters.model_fields.items()
    for key, info in table.annotation.model_fields.items()
    for end in bounds(info)
]
INITIAL_ENDS = [
    pytest.param(key, end, id=f"{key}={end:g}")
    for key, info in Initial.model_fields.items()
    if is_number(info)
    for end in bounds(info)
]
CORNERS = 60
"""Random corners of all ranges at once that are lived through."""


@pytest.fixture(scope="module")
def eventful(history: Scenario) -> Scenario:
    """Both doctrines, talks and, in some worlds, a settlement, in a year."""
    return history.with_horizon(12).with_doctrine("us", "transactional", since="2023-03")


@pytest.mark.parametrize(("stage", "key", "end"), PARAMETER_ENDS)
def test_a_parameter_may_lie_at_the_end_of_its_range(eventful: Scenario, stage: str, key: str, end: float) -> None:
    lived(eventful.with_parameters({stage: {key: end}}), 0, 12)


@pytest.mark.parametrize(("key", "end"), INITIAL_ENDS)
def test_the_world_may_start_at_the_end_of_a_range(eventful: Scenario, key: str, end: float) -> None:
    lived(with_initial(eventful, **{key: end}), 0, 12)


@pytest.mark.parametrize("seed", range(CORNERS))
def test_any_number_of_parameters_may_lie_at_an_end_together(eventful: Scenario, seed: int) -> None:
    rng = random.Random(seed)
    share = rng.choice((1.0, 0.5, 0.1))
    stages = Parameters.model_fields
    changes = {stage: corner(info.annotation, rng, share) for stage, info in stages.items()}
    start = corner(Initial, rng, share if seed % 2 else 0.0)
    lived(with_initial(eventful.with_parameters(changes), **start), 0, 8)


def test_an_america_and_a_europe_that_give_nothing_at_all_have_no_shares_to_divide(history: Scenario) -> None:
    nobody = with_initial(history.with_horizon(6), europe=0.0, authority=0.0, promised=0.0)
    nobody = nobody.with_parameters({"europe": {"adjustment": 0.0}}).with_mechanisms(usai_floor=False)
    share = lived(nobody.with_doctrine("congress", "isolationist_majority"), 0, 4)["europe_share"]
    assert np.all((share >= 0.0) & (share <= 1.0))


# ---- what happens where a number does leave its domain


@pytest.mark.parametrize(("wrong", "said"), [(np.nan, "nan"), (1.5, "1.5"), (-0.25, "-0.25"), (np.inf, "inf")])
def test_a_number_out_of_its_domain_is_named_with_world_month_actor(history: Scenario, wrong: float, said: str) -> None:
    model = opened(history, seed=1, start=40, stop=50)
    recorder = Recorder(model, first_world=40)
    model.step()
    recorder.record(model)
    model.step()
    model.need[3] = wrong
    with pytest.raises(DomainError, match=f"^world 43, 2023-01, ukraine: need is {said}, must be from 0 to 1$"):
        recorder.record(model)


def test_a_month_without_a_vote_may_miss_its_ayes_but_nothing_else_may_be_missing(history: Scenario) -> None:
    record = lived(history, 0, 50)
    assert np.isnan(record["house_ayes"]).any()
    assert np.isfinite(record["house_ayes"]).any()
    assert {name for name, variable in MONTHLY.items() if variable.missing} == {"house_ayes", "senate_ayes"}


def test_a_number_that_breaks_on_the_way_is_named_with_month_actor_and_act(history: Scenario) -> None:
    """Not where it is noticed, months later: where it came about."""
    model = opened(history, seed=1, start=0, stop=4)
    model.step()
    model.russia.force[2] = 0.0
    with pytest.raises(DomainError, match=r"^2023-01, the world, superiority: divide by zero encountered in log$"):
        model.step()


def test_a_number_just_out_of_its_domain_is_not_rounded_into_it(history: Scenario) -> None:
    model = opened(history, seed=1, start=0, stop=4)
    model.step()
    model.need[3] = 1.0000001
    with pytest.raises(DomainError, match=r"need is 1\.00000012, must be from 0 to 1$"):
        Recorder(model).record(model)
