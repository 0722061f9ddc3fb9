"""The moves of a seat as a form, with its clock; and the way between the numbers of its fields and orders.

Shares are asked for in per cent, as the briefing tells them. The form counts and fills in by itself, and sends once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from nicegui import ui
from nicegui.events import GenericEventArguments

from sim.basics.labels import HUNDRED, MINUS, decimals
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.basics.typed_numbers import stepped
from sim.browser.layout import Complaint
from sim.teaching.seats.briefing import Briefing
from sim.teaching.seats.orders import ORDERS, SHARE, SUPPORT, Order, Orders, checked

IN_PERCENT = {
    SUPPORT: "% of full support",
    SHARE: "% of the fullest",
    "share of what was asked": "% of what was asked",
}
"""Units of shares, and what they are called in per cent."""
FEW = 3
"""Choices up to which all are shown at once."""
EXACT = 9
"""Decimals that are kept of a number of a field."""
LARGEST = 1e6
"""No field holds a larger number."""
LEFT = "Leave it to your doctrine"


class Field(NamedTuple):
    """One order as fields of a form.

    Attributes
    ----------
    name, label, help, unit : str
    left : str
        What the choice that leaves it to the doctrine is called.
    low, high, step, start : float
        Range, step and first value of a number, in `unit`.
    choices : list of (int, str)
        Place and label of each choice; empty for a number.
    few : bool
        Whether all choices are shown at once.
    """

    name: str
    label: str
    help: str
    unit: str
    left: str
    low: float
    high: float
    step: float
    start: float
    choices: list[tuple[int, str]]
    few: bool


def form_fields(seat: str, advice: Mapping[str, float]) -> list[Field]:
    """The form of a seat, with what its doctrine would order."""
    return [_field(order, advice.get(order.name)) for order in ORDERS[seat]]


def orders_of(seat: str, given: Any) -> Orders:
    """The orders that a form sends: numbers in the units of its fields, choices by place.

    Parameters
    ----------
    seat : str
        One of `sim.teaching.seats.orders.SEATS`.
    given : any
        What the browser sent: a mapping of names of orders to numbers; whatever else it is, is refused.

    Raises
    ------
    InputError
        If it is no such mapping, or an order is unknown or out of its range.
    """
    known = {order.name: order for order in ORDERS[seat]}
    if not isinstance(given, Mapping) or len(given) > len(known):
        raise InputError(f"orders: must be a list of at most {len(known)} orders, got {shown(given)}")
    for name in given:
        if name not in known:
            raise InputError(f"{seat}: {unknown('order', name, known)}")
    return checked(seat, {name: _inward(known[name], value) for name, value in given.items()})


def said(order: Order, value: float) -> str:
    """The value of an order as a reader sees it.

    >>> from sim.teaching.seats.orders import ORDERS
    >>> said(ORDERS["us"][0], 0.35), said(ORDERS["us"][4], 1.0)
    ('35 % of full support', 'Call talks')
    """
    if order.choices:
        return dict(order.choices)[value]
    return f"{_plain(round(_outward(order, value), _digits(order)))} {_unit(order)}"


def ordered_lines(seat: str, orders: Mapping[str, float]) -> Iterator[str]:
    """Orders as lines of a list; one line where all is left to the doctrine."""
    for order in ORDERS[seat]:
        if order.name in orders:
            yield f"{order.label}: {said(order, orders[order.name])}"
    if not orders:
        yield "Everything is left to your doctrine"


def against_advice(seat: str, ordered: Mapping[str, float], advised: Mapping[str, float]) -> Iterator[str]:
    """What was ordered otherwise than advised, as lines of a list."""
    for order in ORDERS[seat]:
        own, theirs = ordered.get(order.name), advised.get(order.name)
        if own is not None and own != theirs:
            other = "give no order here" if theirs is None else f"have it {_quoted(order, theirs)}"
            yield f"{order.label}: you had it {_quoted(order, own)}; your doctrine would {other}"


def _quoted(order: Order, value: float) -> str:
    return f"“{said(order, value)}”" if order.choices else f"at {said(order, value)}"


def _field(order: Order, advised: float | None) -> Field:
    left = LEFT if advised is None else f"As your doctrine would: {said(order, advised)}"
    low, high, step = _outward_ends(order)
    start = low if order.choices else _outward(order, _middle(order) if advised is None else advised)
    choices = [(place, label) for place, (_, label) in enumerate(order.choices)]
    return Field(
        name=order.name,
        label=order.label,
        help=order.help,
        unit=_unit(order),
        left=left,
        low=low,
        high=high,
        step=step,
        start=stepped(start, step),
        choices=choices,
        few=len(choices) <= FEW,
    )


def _outward_ends(order: Order) -> tuple[float, float, float]:
    """Range and step of a field; a choice has none."""
    if order.choices:
        return 0.0, 0.0, 1.0
    return _outward(order, order.low), _outward(order, order.high), _step(order)


def _middle(order: Order) -> float:
    return (order.low + order.high) / 2.0


def _scale(order: Order) -> float:
    return HUNDRED if order.unit in IN_PERCENT else 1.0


def _step(order: Order) -> float:
    """Step of a field; whole per cents where the dial of the order is in shares."""
    return 1.0 if order.unit in IN_PERCENT else order.step


def _unit(order: Order) -> str:
    return IN_PERCENT.get(order.unit, order.unit)


def _digits(order: Order) -> int:
    return decimals(_step(order))


def _outward(order: Order, value: float) -> float:
    """A value in the unit of its field; the place of a choice."""
    if order.choices:
        return float([choice for choice, _ in order.choices].index(value))
    return round(value * _scale(order), EXACT)


def _inward(order: Order, value: Any) -> float:
    """A value of a field as an order, not yet held to its range."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise InputError(f"{order.label}: must be a number, got {shown(value)}")
    if not order.choices:
        return round(value / _scale(order), EXACT)
    if value not in range(len(order.choices)):
        raise InputError(f"{order.label}: has choices 0 to {len(order.choices) - 1}, got {shown(value)}")
    return order.choices[int(value)][0]


def _plain(value: float) -> str:
    """A number as one writes it by hand."""
    return f"{value:g}".replace("-", MINUS)


class OrdersForm(ui.element, component="form.js"):
    """What a seat may order this month.

    Parameters
    ----------
    briefing : Briefing
        Whose moves, and what its doctrine would order.
    on_order : callable
        Called with orders that hold to the rules, once.
    deadline : float, optional
        Seconds left; None without a clock. The form shows the time; what happens when it runs out is the owner's.
    running : bool
        Whether the clock runs.
    """

    def __init__(
        self,
        briefing: Briefing,
        on_order: Callable[[Orders], Any],
        deadline: float | None = None,
        running: bool = True,
    ) -> None:
        super().__init__()
        self._seat, self._on_order, self._sent = briefing.seat, on_order, False
        self._props["fields"] = [field._asdict() for field in form_fields(briefing.seat, briefing.advice)]
        self.clock(deadline, running)
        self.on("decide", self._decided)
        self._complaint = Complaint()

    def clock(self, left: float | None, running: bool = True) -> None:
        """Set the clock to so many seconds, and let it run or stand; None takes it away."""
        self._props |= {"left": None if left is None else round(left, 1), "running": running}
        self.update()

    async def _decided(self, event: GenericEventArguments) -> None:
        if self._sent:
            return
        try:
            orders = orders_of(self._seat, event.args)
        except InputError as error:
            self._complaint.say(str(error))
            self.run_method("again")
            return
        self._sent = True
        done = self._on_order(orders)
        if done is not None and hasattr(done, "__await__"):
            await done
