"""Fields of a form and orders are two ways of writing the same thing, and nothing else gets through."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordering import orders

from sim.basics.limits import InputError
from sim.browser.seat.orders_form import _outward, against_advice, form_fields, ordered_lines, orders_of, said
from sim.teaching.seats.orders import ORDERS, SEATS, checked

HOSTILE = (
    None,
    7,
    "aid",
    ["aid"],
    {"aid": "1"},
    {"aid": True},
    {"aid": None},
    {"aid": math.nan},
    {"aid": math.inf},
    {"aid": 10**400},
    {"aid": -1},
    {"aid": 121},
    {"aid": [1]},
    {"talks": 2},
    {"talks": 0.5},
    {"talks": -1},
    {"<b>aid</b>": 1},
    {7: 1},
    {str(number): 1 for number in range(1000)},
)


seats_and_orders = st.sampled_from(SEATS).flatmap(lambda seat: st.tuples(st.just(seat), orders(seat)))


@given(seats_and_orders)
def test_what_a_form_sends_for_orders_is_those_orders(given_):
    seat, asked = given_
    assert orders_of(
        seat, {order.name: _outward(order, asked[order.name]) for order in ORDERS[seat] if order.name in asked}
    ) == checked(seat, asked)


@pytest.mark.parametrize("given_", HOSTILE, ids=lambda given_: str(given_)[:30])
def test_what_no_form_sends_is_refused_with_a_reason(given_):
    with pytest.raises(InputError) as refused:
        orders_of("us", given_)
    assert 10 < len(str(refused.value)) < 500


@pytest.mark.parametrize("seat", SEATS)
def test_every_order_has_a_field_whose_first_value_may_be_sent(seat):
    fields = form_fields(seat, {})
    assert [field.name for field in fields] == [order.name for order in ORDERS[seat]]
    orders_of(seat, {field.name: field.start for field in fields})


@pytest.mark.parametrize("seat", SEATS)
def test_the_ends_of_every_field_are_those_of_its_order(seat):
    for field, order in zip(form_fields(seat, {}), ORDERS[seat], strict=True):
        ends = (0, len(order.choices) - 1) if order.choices else (field.low, field.high)
        assert [orders_of(seat, {field.name: end})[field.name] for end in ends] == [order.low, order.high]


def test_the_form_says_what_the_doctrine_would_order():
    fields = {field.name: field for field in form_fields("us", {"aid": 0.35, "talks": 1.0})}
    assert fields["aid"].left == "As your doctrine would: 35 % of full support"
    assert fields["aid"].start == 35.0
    assert fields["talks"].left == "As your doctrine would: Call talks"
    assert fields["line"].left == "Leave it to your doctrine"


def test_orders_are_told_in_the_units_of_the_briefing():
    assert list(ordered_lines("europe", {"contribution": 5.2, "relief": 0.0})) == [
        "Contributions: 5.2 EUR bn a month",
        "Deep relief from sanctions for Russia: Refuse",
    ]
    assert list(ordered_lines("europe", {})) == ["Everything is left to your doctrine"]


def test_only_what_differs_from_the_advice_is_told():
    ordered, advised = {"aid": 1.0, "words": 0.5, "first": 1.0}, {"aid": 0.0, "words": 0.5}
    told = list(against_advice("us", ordered, advised))
    assert told[0].startswith(
        "Aid that you want to give: you had it at 100 % of full support; your doctrine would have"
    )
    assert told[1:] == ["Whom to call first: you had it “Moscow”; your doctrine would give no order here"]


@pytest.mark.parametrize("seat", SEATS)
def test_every_choice_can_be_told(seat):
    for order in ORDERS[seat]:
        for value, label in order.choices:
            assert said(order, value) == label
