"""A world is the same world, bit for bit, wherever and with whomever it is lived through."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lived import Record, cut, differing, lived

from sim.actors.variables import MONTHLY
from sim.ensemble import Ensemble, opened, runner, simulate
from sim.ensemble.recorder import Recorder
from sim.ensemble.study import one_scenario
from sim.scenario import Scenario, load

pytestmark = pytest.mark.long

CROWD = 150
SCENARIOS = ("history", "outlook", "strong_guarantee", "isolationist_congress")


@cache
def crowd(name: str) -> Record:
    return lived(load(name), 0, CROWD)


@given(name=st.sampled_from(SCENARIOS), world=st.integers(0, CROWD - 1))
def test_a_world_alone_is_the_world_in_a_crowd(name: str, world: int) -> None:
    alone = lived(load(name), world, world + 1)
    assert differing(alone, cut(crowd(name), slice(world, world + 1))) == []


@given(
    name=st.sampled_from(SCENARIOS),
    bounds=st.lists(st.integers(0, CROWD), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_any_batch_holds_the_same_worlds(name: str, bounds: list[int]) -> None:
    start, stop = bounds
    assert differing(lived(load(name), start, stop), cut(crowd(name), slice(start, stop))) == []


@given(name=st.sampled_from(SCENARIOS), months=st.integers(1, 35))
def test_a_shorter_horizon_is_the_beginning_of_a_longer_one(name: str, months: int) -> None:
    short = lived(load(name).with_horizon(months), 0, CROWD)
    assert differing(cut(short, months=months), cut(crowd(name), months=months)) == []


def test_a_longer_horizon_only_adds_months() -> None:
    longer = lived(load("outlook").with_horizon(90), 0, CROWD)
    assert differing(cut(longer, months=36), cut(crowd("outlook"), months=36)) == []


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_blocks_of_any_size_give_the_same_dataset(
    size: int, outlook: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = outlook.with_horizon(14)
    whole = one_scenario(short, Ensemble(worlds=30)).simulate()
    monkeypatch.setattr(runner, "BLOCK", size)
    monkeypatch.setattr(runner, "SMALLEST_BLOCK", size)
    assert one_scenario(short, Ensemble(worlds=30)).simulate().identical(whole)


def test_two_processes_give_the_same_dataset_as_one(history: Scenario) -> None:
    doctrines = {name: history.with_doctrine("us", name) for name in ("architectural", "transactional")}
    assert simulate(doctrines, Ensemble(worlds=150, jobs=2)).identical(
        simulate(doctrines, Ensemble(worlds=150, jobs=1))
    )


def test_more_worlds_leave_the_first_ones_alone(outlook: Scenario) -> None:
    few, many = (
        one_scenario(outlook, Ensemble(worlds=10)).simulate(),
        one_scenario(outlook, Ensemble(worlds=90)).simulate(),
    )
    assert many.isel(world=slice(10)).identical(few)


def test_doctrines_that_part_in_2025_are_one_until_then(history: Scenario) -> None:
    months = history.calendar.index("2025-01")
    kept = lived(history.with_doctrine("us", "architectural", since="2025-01"), 0, CROWD)
    assert differing(cut(kept, months=months), cut(crowd("history"), months=months)) == []
    assert differing(cut(kept, months=months + 1), cut(crowd("history"), months=months + 1)) != []


@pytest.mark.parametrize(("actor", "preset"), [
    ("us", "aligned"), ("ukraine", "maximalist"), ("russia", "pragmatist"), ("europe", "free_rider"),
    ("congress", "isolationist_majority"),
])  # fmt: skip
def test_nobody_acts_on_a_doctrine_before_its_month(history: Scenario, actor: str, preset: str) -> None:
    months = history.calendar.index("2026-03")
    changed = lived(history.with_doctrine(actor, preset, since="2026-03"), 0, 40)
    assert differing(cut(changed, months=months), cut(crowd("history"), slice(40), months)) == []
    assert differing(cut(changed, months=61), cut(crowd("history"), slice(40), 61)) != []


def test_the_order_and_the_names_of_doctrines_do_not_matter(outlook: Scenario) -> None:
    pair = {"a": outlook, "b": outlook.with_doctrine("us", "architectural")}
    there = simulate(pair, Ensemble(worlds=20))
    back = simulate({"second": pair["b"], "first": pair["a"]}, Ensemble(worlds=20))
    renamed = back.isel(doctrine=[1, 0]).assign_coords(doctrine=["a", "b"])
    assert renamed.equals(there)


def test_crises_elsewhere_break_out_in_the_same_months_whatever_the_doctrine(outlook: Scenario) -> None:
    doctrines = ("architectural", "transactional", "aligned", "trump_dprk")
    found = simulate({name: outlook.with_doctrine("us", name) for name in doctrines}, Ensemble(worlds=50))["crisis"]
    assert float(found.max()) > 0.0
    for name in doctrines:
        assert np.array_equal(found.sel(doctrine=name), found[0])


def test_one_more_random_stream_does_not_shift_the_others(history: Scenario) -> None:
    model = opened(history, seed=1, start=0, stop=40)
    recorder = Recorder(model)
    while model.running:
        model.luck.normal("sunspots")
        model.step()
        model.luck.uniform("sunspots of another kind")
        recorder.record(model)
    assert differing(recorder.paths, {name: crowd("history")[name][:40] for name in MONTHLY}) == []


def test_another_seed_is_other_luck(outlook: Scenario) -> None:
    same, other = lived(outlook, seed=1), lived(outlook, seed=2)
    assert {"territory_change", "us_announced", "europe_contribution"} <= set(differing(same, other))


def test_a_model_is_iterated_to_its_last_month_and_no_further() -> None:
    scenario = load("classroom")
    model = opened(scenario, seed=1, start=0, stop=2)
    assert next(model) == scenario.start == model.month
    assert list(model) == scenario.calendar[1:]
    assert (list(model), model.elapsed) == ([], scenario.months)
