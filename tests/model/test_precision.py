"""Worlds live in single precision, all of them; and that changes nothing that anybody reads."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr
from doubles import doubles
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.basics.draws import Draws
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.model import Negotiation
from sim.scenario import Scenario, load
from sim.teaching.seats.table import seated
from sim.world.packages import COUNT

ACTORS = ("united_states", "bureaucracy", "congress", "europe", "ukraine", "russia", "mediator")
WORLDS = 2000


def arrays_of(model: Negotiation) -> Iterator[tuple[str, np.ndarray]]:
    """All arrays that the model, its actors, their parameters and their reasons hold, each with its name."""
    for name in (None, *ACTORS):
        holder: Any = model if name is None else getattr(model, name)
        yield from ((f"{name}.{key}", held) for key, held in vars(holder).items() if isinstance(held, np.ndarray))
    for name in ACTORS:
        for decision in getattr(model, name).reasons:
            terms = getattr(model, name).reasons[decision]
            yield from ((f"{name}: {decision}: {term}", np.asarray(values)) for term, values in terms.items())
    for stage in vars(model.parameters).values():
        if isinstance(stage, SimpleNamespace):
            yield from ((f"parameter {key}", held) for key, held in vars(stage).items() if isinstance(held, np.ndarray))


def assert_all_single(model: Negotiation, months: int) -> None:
    for _ in range(months):
        model.step()
        for name, held in arrays_of(model):
            assert held.dtype != np.float64 or held.size == 1, f"{name} is in double precision"


@pytest.mark.parametrize("name", ["history", "transactional", "strong_guarantee", "indo_pacific_crisis"])
def test_every_number_that_a_world_has_of_its_own_is_in_single_precision(name: str) -> None:
    assert_all_single(opened(load(name), seed=1, start=0, stop=300), 14)


def parts(of: Any, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """All arrays in a tuple and in the tuples inside it, each with its name."""
    if isinstance(of, np.ndarray):
        yield name, of
    elif isinstance(of, tuple):
        for key, part in zip(getattr(of, "_fields", range(len(of))), of, strict=True):
            yield from parts(part, f"{name}.{key}")


@pytest.mark.parametrize("name", ["history", "transactional"])
def test_nor_does_a_table_weigh_anything_in_double_precision(name: str) -> None:
    model = opened(load(name), seed=1, start=0, stop=300)
    for _ in range(8):
        model.step()
        table = model.mediator
        sitting = table._sit_down(np.arange(model.size))
        listed = table._listed(sitting)
        lined = table._lined(sitting, np.arange(model.size) % COUNT, np.arange(model.size))
        scores = tuple(table._score(offers) for offers in (listed, lined))
        for what, held in parts((sitting, listed, lined, scores), "table"):
            assert held.dtype != np.float64, f"{what} is in double precision"


@pytest.mark.parametrize("mechanism", load("outlook").mechanisms.model_dump())
def test_it_stays_so_whatever_is_switched_off(mechanism: str) -> None:
    switched = load("transactional").with_mechanisms(**{mechanism: False})
    assert_all_single(opened(switched, seed=1, start=0, stop=60), 8)


def test_and_with_people_in_the_seats() -> None:
    model, desk = seated(load("transactional"), Draws(1, 0, 40))
    orders = {"us": {"aid": 0.5, "sanctions": 0.2, "talks": 1.0, "line": 0.02}, "congress": {"grant": 0.5, "gate": 1.0}}
    desk.put(orders | {"europe": {"contribution": 4.0}, "ukraine": {"effort": 1.1}, "russia": {"effort": 0.8}})
    assert_all_single(model, 8)


def the_same(one: xr.Dataset, other: xr.Dataset) -> np.ndarray:
    """Where all that is recorded of a world is the same but for rounding."""
    near = [
        np.isclose(one[name], other[name], rtol=1e-3, atol=1e-4, equal_nan=True)
        for name in one
        if "month" in one[name].dims
    ]
    return np.all(near, axis=(0, -1))


@pytest.mark.parametrize("name", ["history", "transactional"])
def test_single_precision_lives_through_the_worlds_of_double_precision(name: str) -> None:
    """But for a few, in which somebody stood within a rounding of another choice."""
    single = one_scenario(load(name), Ensemble(worlds=WORLDS)).simulate()
    with doubles():
        double = one_scenario(load(name), Ensemble(worlds=WORLDS)).simulate()
    assert the_same(single, double).mean() > 0.99
    assert (single["outcome"] == double["outcome"]).mean() > 0.995


@settings(max_examples=10)
@given(world=st.integers(0, 10_000))
def test_money_is_not_lost_in_rounding(world: int) -> None:
    """Over a whole war what was granted is allocated or left, to a millionth of it."""
    scenario: Scenario = load("history")
    model, granted, allocated = opened(scenario, seed=1, start=world, stop=world + 20), 0.0, 0.0
    for _ in model:
        granted = granted + model.congress.granted.astype(float) + model.granted("us").amount
        allocated = allocated + model.united_states.allocation.astype(float)
    whole = scenario.initial.authority + granted
    assert whole == pytest.approx(allocated + model.united_states.authority, rel=1e-6)
