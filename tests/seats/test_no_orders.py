"""Seats that nobody takes cost nothing: the same worlds, bit for bit."""

from collections.abc import Iterator

import numpy as np
import pytest

from sim.actors.variables import MONTHLY
from sim.basics.draws import Draws
from sim.ensemble import Task, opened, run_block
from sim.ensemble.recorder import Recorder
from sim.scenario import Scenario, load
from sim.teaching.seats.orders import ORDERS
from sim.teaching.seats.table import PUBLIC, SeatedWorld, seated

SEED, FIRST, LAST = 3, 5, 37
NOTHING = {seat: {order.name: np.nan for order in orders} for seat, orders in ORDERS.items()}
"""Every order that there is, all of them left to the doctrines."""


@pytest.fixture(scope="module", params=["history", "transactional", "isolationist_congress"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(request.param)


@pytest.mark.parametrize("orders", [{}, NOTHING], ids=["no orders", "orders that leave all to the doctrines"])
def test_worlds_without_orders_are_those_of_the_model_bit_for_bit(scenario: Scenario, orders: dict) -> None:
    model, desk = seated(scenario, Draws(SEED, FIRST, LAST))
    recorder = Recorder(model, FIRST)
    while model.running:
        desk.put(orders)
        model.step()
        recorder.record(model)
    plain = run_block(Task("any", scenario, SEED, FIRST, LAST))
    for name, path in plain.paths.items():
        assert path.tobytes() == recorder.paths[name].tobytes(), name
    for name, values in plain.outcomes.items():
        assert values.tobytes() == recorder.outcomes(model)[name].tobytes(), name


def state(thing: object) -> Iterator[tuple[str, np.ndarray]]:
    return ((name, value) for name, value in vars(thing).items() if isinstance(value, np.ndarray))


def test_every_number_of_every_actor_is_the_same_not_only_what_is_recorded() -> None:
    scenario = load("transactional")
    model, desk = seated(scenario, Draws(SEED, FIRST, LAST))
    plain = opened(scenario, SEED, FIRST, LAST)
    while model.running:
        desk.put(NOTHING)
        model.step()
        plain.step()
    for part in ("united_states", "bureaucracy", "congress", "europe", "ukraine", "russia", "mediator"):
        seated_part = dict(state(getattr(model, part)))
        for name, value in state(getattr(plain, part)):
            assert value.tobytes() == seated_part[name].tobytes(), (part, name)


def test_a_table_without_orders_tells_the_models_own_series() -> None:
    scenario = load("classroom")
    table = SeatedWorld(scenario, SEED, FIRST, [{}] * scenario.months)
    plain = run_block(Task("any", scenario, SEED, FIRST, FIRST + 1))
    for name in PUBLIC:
        np.testing.assert_array_equal(np.array(table.series[name], np.float32), plain.paths[name][0], err_msg=name)
    assert set(PUBLIC) <= set(MONTHLY)
