"""Orders as people in a seat may give them, for tests of whatever takes them."""

from hypothesis import strategies as st

from sim.teaching.seats.orders import ORDERS


def value(order):
    """Any value of one order that a form can send."""
    if order.choices:
        return st.sampled_from([number for number, _ in order.choices])
    return st.floats(order.low, order.high).map(lambda number: round(number, 4))


def orders(seat):
    """Any orders of a seat for a month."""
    return st.fixed_dictionaries({}, optional={order.name: value(order) for order in ORDERS[seat]})
