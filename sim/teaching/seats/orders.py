"""What each seat may order in a month: one entry a move that the model's actor really has.

An order that is missing is left to the actor's doctrine, so a seat may take over one decision and leave the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Number, full
from sim.basics.labels import HUNDRED
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.basics.terms import line_proposed
from sim.world.executive import MOST_SUPPORT
from sim.world.packages import GUARANTEE_NAMES, OFFSETS, RELIEFS

SEATS = ("us", "congress", "europe", "ukraine", "russia")
"""Seats that a person may take, by the actor's name in a scenario file."""
Orders = dict[str, float]
"""Orders of one seat for one month, by name; what is missing is left to the actor's doctrine."""
NO, YES = 0.0, 1.0
EASE, LEAVE, TIGHTEN = -1.0, 0.0, 1.0
SUPPORT, SHARE = "share of full support", "0 to 1"
MOST_CONTRIBUTED = 9.0
"""EUR bn a month: most of what the European donors' budgets hold."""
SMALLEST_BILL, LARGEST_BILL = 0.1, 1.5
"""Shares of what was asked for (record: in May 2022 Congress granted 40 where 33 were asked)."""
LEAST_EFFORT, MOST_EFFORT = 0.5, 1.5
"""Ukraine's own effort, as a multiple of what its doctrine would make (judgement)."""
NEAR = 1e-6
"""How near a number must be to a choice to be that choice."""


class Order(NamedTuple):
    """One thing that a seat may order in a month.

    Attributes
    ----------
    name : str
        Key in `Orders`.
    label, help : str
        What a reader sees, and what the order does.
    low, high, step : float
        Range of the number, and the step of a dial for it.
    unit : str
        Unit of the number; empty for a choice.
    choices : tuple of (float, str)
        If there are any, one of these values with their labels, instead of any number in the range.
    """

    name: str
    label: str
    help: str
    low: float
    high: float
    step: float
    unit: str
    choices: tuple[tuple[float, str], ...] = ()


def _choice(name: str, label: str, text: str, choices: tuple[tuple[float, str], ...]) -> Order:
    values = [value for value, _ in choices]
    return Order(name, label, text, min(values), max(values), 1.0, "", choices)


LINES = tuple((float(offset), line_proposed(float(offset)).removeprefix("a line with ")) for offset in OFFSETS)
GUARANTEES = tuple((float(level), name) for level, name in enumerate(GUARANTEE_NAMES))
RELIEF = tuple((float(share), f"{HUNDRED * share:.0f} % lifted") for share in RELIEFS)
SIGN = ((NO, "Sign nothing"), (YES, "Sign whatever meets my terms"))

TRUCE = ((NO, "Sign none"), (YES, "Sign any"))
KIND = ((NO, "A settlement"), (YES, "A truce"))

_FULL = "Full support is the highest half-year of American aid on record."
_TERMS = " Left open, your envoys ask for nothing here beyond what they judge themselves."

_SIGNING = _choice(
    "sign",
    "If a settlement is put to you",
    "Left open, your envoys sign what gives you as much as they hold out for and meets your terms. "
    "If you let them sign whatever meets your terms and set none, they sign anything.",
    SIGN,
)
_PAUSING = _choice(
    "truce",
    "If a truce is put to you",
    "A truce stops the guns where they stand, settles nothing and may break at any time; talks go on. Your terms are "
    "not for it. Left open, your envoys judge it, unless they are to sign nothing.",
    TRUCE,
)

ORDERS: dict[str, tuple[Order, ...]] = {
    "us": (
        Order(
            "aid",
            "Aid that you want to give",
            f"{_FULL} It flows in lumps, and only as far as Congress has granted money.",
            0.0,
            MOST_SUPPORT,
            0.05,
            SUPPORT,
        ),
        Order(
            "words",
            "Aid that you announce",
            "What you say support will be. Kyiv, Moscow and the Europeans weigh it by how clear your doctrine is and "
            "how well you have kept your word.",
            0.0,
            MOST_SUPPORT,
            0.05,
            SUPPORT,
        ),
        Order(
            "intelligence",
            "Intelligence sharing to aim for",
            "All of it is 100 %. The services move part of the way in a month, and not below what they keep up by "
            "themselves.",
            0.0,
            1.0,
            0.05,
            SHARE,
        ),
        _choice(
            "sanctions",
            "Sanctions on Russia",
            "An act adds a share of what is not yet in force, or lifts one of what no law holds.",
            ((EASE, "Ease them"), (LEAVE, "Leave them"), (TIGHTEN, "Tighten them")),
        ),
        _choice(
            "talks",
            "Talks this month",
            "Your envoy can call both sides to the table as long as no settlement is in force, in a truce too.",
            ((NO, "Do not call talks"), (YES, "Call talks")),
        ),
        _choice(
            "first",
            "Whom to call first",
            "Counts when talks are held. Kyiv and the Europeans take it as a bad sign to be called after Moscow.",
            ((NO, "The allies"), (YES, "Moscow")),
        ),
        _choice(
            "truce",
            "What to propose",
            "A truce stops the guns where they stand and settles nothing: no line, no relief, monitors at most. Where "
            "one holds, only a settlement can follow.",
            KIND,
        ),
        _choice(
            "line",
            "Line to propose",
            "One point is one per cent of Ukraine. What you leave open, your envoy chooses.",
            LINES,
        ),
        _choice(
            "guarantee",
            "Guarantee to propose",
            "A European force needs the Europeans' consent; a treaty needs two thirds of the Senate too. A truce can "
            "have monitors.",
            GUARANTEES,
        ),
        _choice(
            "relief",
            "Sanctions relief to propose",
            "More than a third of it needs the Europeans' consent.",
            RELIEF,
        ),
    ),
    "congress": (
        _choice(
            "gate",
            "The bill that waits",
            "Whether the leadership lets it come to a vote. If it is held back, a majority may still force it up.",
            ((NO, "Hold it back"), (YES, "Let it come to the floor")),
        ),
        _choice(
            "own_bill",
            "A bill of your own",
            "One that the executive did not ask for, of money or of sanctions, like those that had been introduced by "
            "the end of 2025. It needs no other bill waiting, and, if it is of money, less of it left; then it waits "
            "for its leaders, or for a majority that forces it up.",
            ((NO, "Do not write one"), (YES, "Write one")),
        ),
        Order(
            "grant",
            "Size of the bill",
            "As a share of what was asked. It holds for the bill that waits until you change it; larger bills find "
            "fewer ayes.",
            SMALLEST_BILL,
            LARGEST_BILL,
            0.1,
            "share of what was asked",
        ),
    ),
    "europe": (
        Order(
            "contribution",
            "Contributions",
            "What you mean to give, emergency packages included; it is allocated in lumps. Kyiv counts on it to go on.",
            0.0,
            MOST_CONTRIBUTED,
            0.1,
            "EUR bn a month",
        ),
        _choice(
            "guarantee",
            "A strong guarantee for Ukraine",
            "Whether you agree to a European force or a treaty. The envoy knows your answer before he proposes.",
            ((NO, "Refuse"), (YES, "Consent")),
        ),
        _choice(
            "relief",
            "Deep relief from sanctions for Russia",
            "Whether you agree to lifting more than a third. The envoy knows your answer before he proposes.",
            ((NO, "Refuse"), (YES, "Consent")),
        ),
    ),
    "ukraine": (
        _SIGNING,
        _PAUSING,
        _choice("line", "Line at most", f"The furthest line that you would sign.{_TERMS}", LINES),
        _choice("guarantee", "Guarantee at least", f"The weakest guarantee that you would sign.{_TERMS}", GUARANTEES),
        _choice("relief", "Sanctions relief at most", f"The most that Russia may be forgiven.{_TERMS}", RELIEF),
        Order(
            "effort",
            "Your own war effort",
            "As a multiple of what your doctrine would make. It adds to your force, and it costs your people.",
            LEAST_EFFORT,
            MOST_EFFORT,
            0.05,
            "times the usual",
        ),
    ),
    "russia": (
        _SIGNING,
        _PAUSING,
        _choice("line", "Line at least", f"The least that you would sign.{_TERMS}", LINES),
        _choice("guarantee", "Guarantee at most", f"The strongest that Ukraine may get.{_TERMS}", GUARANTEES),
        _choice("relief", "Sanctions relief at least", f"The least that must be lifted.{_TERMS}", RELIEF),
        Order(
            "effort",
            "War effort to aim for",
            "As a multiple of what your doctrine thinks best. It is reached slowly, and makes war "
            "dearer, faster and faster.",
            LEAST_EFFORT,
            MOST_EFFORT,
            0.05,
            "times the usual",
        ),
    ),
}
"""Orders by seat."""


def checked(seat: str, orders: Mapping[str, Any]) -> Orders:
    """Hold the orders of a seat to what it may order.

    Parameters
    ----------
    seat : str
        One of `SEATS`.
    orders : mapping of str to number
        By name.

    Raises
    ------
    InputError
        If there is no such seat or order, or a value is not a finite number in its range or none of its choices.
    """
    if seat not in ORDERS:
        raise InputError(unknown("seat", seat, SEATS))
    known = {order.name: order for order in ORDERS[seat]}
    for name in orders:
        if name not in known:
            raise InputError(f"{seat}: {unknown('order', name, known)}")
    return {name: _value(f"{seat}.{name}", known[name], value) for name, value in orders.items()}


def _value(place: str, order: Order, given: Any) -> float:
    """The number that was given, if the order allows it; the exact value of a choice."""
    number = float(given) if _is_number(given) else math.nan
    if order.choices:
        near = [value for value, _ in order.choices if abs(value - number) < NEAR]
        if not near:
            allowed = ", ".join(f"{value:g} ({label})" for value, label in order.choices)
            raise InputError(f"{place}: must be one of {allowed}, got {shown(given)}")
        return near[0]
    if not order.low <= number <= order.high:
        raise InputError(f"{place}: must be a number from {order.low:g} to {order.high:g}, got {shown(given)}")
    return number


def _is_number(given: Any) -> bool:
    """Whether something is a number of a size that arithmetic can hold, and no truth value."""
    if isinstance(given, bool) or not hasattr(given, "__float__") or isinstance(given, str):
        return False
    try:
        return math.isfinite(float(given))
    except (OverflowError, TypeError, ValueError):
        return False


Given = Mapping[str, Mapping[str, Number]]
"""Orders by seat and name: one number for all worlds, or one a world; NaN is left to the doctrine."""


class Desk:
    """Orders for the month that is lived next.

    Parameters
    ----------
    worlds : int
        How many worlds the model has.
    """

    def __init__(self, worlds: int) -> None:
        self.worlds = worlds
        self._orders: dict[tuple[str, str], Array] = {}

    def put(self, given: Given) -> None:
        """Replace what lies there."""
        self._orders = {
            (seat, name): full(self.worlds, value) for seat, orders in given.items() for name, value in orders.items()
        }

    def order(self, seat: str, name: str) -> Array | None:
        """One order, an array (W,) with NaN where the doctrine decides; None where it decides everywhere."""
        return self._orders.get((seat, name))

    def obeyed(self, seat: str, name: str, doctrine: Array) -> Array:
        """What is done where the doctrine would do this, (..., W): the order where there is one."""
        order = self.order(seat, name)
        return doctrine if order is None else np.where(np.isnan(order), doctrine, order)
