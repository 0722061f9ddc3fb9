"""What may be ordered, and what is said about orders that may not."""

import math
from typing import Any

import numpy as np
import pytest

from sim.basics.limits import InputError
from sim.teaching.seats.orders import ORDERS, SEATS, Order, checked

ALL = [(seat, order) for seat, orders in ORDERS.items() for order in orders]

GATE = "congress.gate: must be one of 0 (Hold it back), 1 (Let it come to the floor), got 0.5"
EFFORT = "russia: unknown order 'efort'; did you mean 'effort'? (one of sign, truce, line, guarantee, relief, effort)"


def test_every_seat_has_orders_of_its_own_names() -> None:
    assert tuple(ORDERS) == SEATS
    for orders in ORDERS.values():
        assert len({order.name for order in orders}) == len(orders)


@pytest.mark.parametrize(("seat", "order"), ALL, ids=lambda part: getattr(part, "name", part))
def test_the_ends_of_an_order_may_be_ordered_and_what_lies_beyond_may_not(seat: str, order: Order) -> None:
    for value in (order.low, order.high):
        assert checked(seat, {order.name: value}) == {order.name: value}
    for value in (order.low - order.step, order.high + order.step):
        with pytest.raises(InputError):
            checked(seat, {order.name: value})


@pytest.mark.parametrize(("seat", "order"), ALL, ids=lambda part: getattr(part, "name", part))
def test_labels_are_short_and_every_order_says_what_it_does(seat: str, order: Order) -> None:
    assert 0 < len(order.label) <= 45
    assert len(order.help) > 20
    assert order.help.endswith(".")
    assert bool(order.unit) != bool(order.choices)


@pytest.mark.parametrize(
    ("seat", "orders", "message"),
    [
        ("moon", {}, "unknown seat 'moon' (one of us, congress, europe, ukraine, russia)"),
        ("ukrain", {}, "unknown seat 'ukrain'; did you mean 'ukraine'? (one of us, congress, europe, ukraine, russia)"),
        ("russia", {"efort": 1}, EFFORT),
        ("us", {"aid": 1.3}, "us.aid: must be a number from 0 to 1.2, got 1.3"),
        ("us", {"aid": math.nan}, "us.aid: must be a number from 0 to 1.2, got nan"),
        ("us", {"aid": math.inf}, "us.aid: must be a number from 0 to 1.2, got inf"),
        ("us", {"aid": "1"}, "us.aid: must be a number from 0 to 1.2, got '1'"),
        ("us", {"aid": True}, "us.aid: must be a number from 0 to 1.2, got true"),
        ("us", {"aid": None}, "us.aid: must be a number from 0 to 1.2, got None"),
        ("us", {"aid": [1.0]}, "us.aid: must be a number from 0 to 1.2, got a list"),
        ("us", {"aid": 10**400}, "us.aid: must be a number from 0 to 1.2, got a number of about 401 digits"),
        ("congress", {"gate": 0.5}, GATE),
    ],
)  # fmt: skip
def test_a_bad_order_is_named_with_what_is_allowed(seat: str, orders: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as error:
        checked(seat, orders)
    assert str(error.value) == message


def test_numbers_of_any_kind_become_floats_and_choices_their_exact_value() -> None:
    given = checked("us", {"aid": np.float32(0.5), "relief": 0.3333333, "guarantee": 3})
    assert given == {"aid": 0.5, "relief": 1 / 3, "guarantee": 3.0}
    assert all(type(value) is float for value in given.values())
