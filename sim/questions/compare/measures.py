"""The outcomes of a world, one number each, and how they are read off what it lived through: arrays in, arrays out.

NumPy alone is needed here, so that whatever shows outcomes computes the same ones: tables and figures from a Dataset
(`sim.questions.compare.outcomes`), and a page in a browser from the model itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.labels import UKRAINE_KM2, lower
from sim.world.settlement import STRONG_GUARANTEE, Outcome, Refusal

Values = NDArray[Any]
Lived = Mapping[str, Values]
"""What worlds lived through, by name: monthly variables, shape (doctrine, world, month), and one value a world, shape
(doctrine, world). The month of an event is its step, `settlement_step`: 0 in the first, -1 before it, NaN for never."""

CHANCE, PERCENT, MONEY, MONTHS, COUNT = "0 or 1", "percent", "EUR bn", "months", "proposals"
PERCENT_OF_UKRAINE, AREA, INDEX, FORCE = "percent of Ukraine", "km² a month", "0 to 1", "units of force a month"
SUPPORT = "share of full support"
STANDING, PAUSING = "standing", "truce_standing"
"""The outcomes that are there before a doctrine is: a settlement or a truce of before the months that count."""
ALREADY = (STANDING, PAUSING)
EVERY = "all"
"""Asks for every headline outcome that a doctrine can change."""
SIGNED = (Outcome.GUARANTEED, Outcome.FRAGILE, Outcome.IMPOSED)
"""Classes of a settlement."""
AGREED = (*SIGNED, Outcome.TRUCE)
"""Classes of what can be in force."""
PEACE = "peace"
"""How the world stands month by month, classes of `Outcome`: what events of peace are read off."""


# ---- what happens in a world from a month on


def standing(lived: Lived, first: int) -> Values:
    """Worlds with a settlement in force when a month begins: signed before it, or what the scenario opens with."""
    return np.asarray(np.isin(stood(lived)[..., first], SIGNED))


def pausing(lived: Lived, first: int) -> Values:
    """Worlds with a truce in force when a month begins, which was agreed before it."""
    return np.asarray(stood(lived)[..., first] == Outcome.TRUCE)


def signed(lived: Lived, first: int) -> Values:
    """Worlds in which a settlement is signed in a month or after it; none is where the scenario opens with one."""
    return np.asarray(lived["settlement_step"] >= first)


def broken(lived: Lived, first: int) -> Values:
    """Worlds in which a settlement breaks in a month or after it, whenever it was signed, whatever came after it."""
    return _breaking(lived, first, SIGNED)


def paused(lived: Lived, first: int) -> Values:
    """Worlds in which a truce begins in a month or after it."""
    return np.asarray(lived["truce_step"] >= first)


def pause_broken(lived: Lived, first: int) -> Values:
    """Worlds in which a truce breaks in a month or after it; one that makes way for a settlement does not break."""
    return _breaking(lived, first, (Outcome.TRUCE,))


def _breaking(lived: Lived, first: int, kinds: tuple[Outcome, ...]) -> Values:
    months = stood(lived)[..., first:]
    return np.asarray(np.isin(broke(months[..., :-1], months[..., 1:]), kinds).any(axis=-1))


def stood(lived: Lived) -> NDArray[np.int8]:
    """How worlds stand before the first month, then at the end of each, shape (doctrine, world, 1 + months)."""
    now = lived[PEACE].astype(np.int8)
    return np.concatenate([_opening(lived, now[..., 0])[..., np.newaxis], now], axis=-1)


def _opening(lived: Lived, first: NDArray[np.int8]) -> NDArray[np.int8]:
    """How worlds stand before the first month, given how they stand at its end: war, or what the scenario opens with.

    A scenario opens with the same settlement, on the front, in all worlds, or with none. The last settlement of a world
    may be another; where it is the first one still, its guarantee tells the class of all.
    """
    lost, steps = first == Outcome.RELAPSED, lived["settlement_step"]
    before = np.full(first.shape, Outcome.WAR, dtype=np.int8)
    for row, own in enumerate(steps < 0):
        known = own if own.any() else lost[row]
        if known.any():
            guarantee = lived["settlement_guarantee"][row][known][0]
            kind = Outcome.GUARANTEED if guarantee >= STRONG_GUARANTEE else Outcome.FRAGILE
            before[row][lost[row] | (np.isin(first[row], SIGNED) & (steps[row] != 0))] = kind
    return before


def broke(before: NDArray[np.int8], now: NDArray[np.int8]) -> NDArray[np.int8]:
    """Class of what broke in each month, war where nothing did; a truce may also make way for a settlement."""
    fell = np.isin(before, AGREED) & ~np.isin(now, AGREED)
    return np.where(fell, before, np.int8(Outcome.WAR))


# ---- the outcomes


class OutcomeMeasure(NamedTuple):
    """An outcome: its unit, how tables and sentences call it, the variables it is made of, and how.

    Attributes
    ----------
    phrase : str
        For a chance, what happens in a world ("settles"); otherwise what rises or falls, as the end of a sentence.
    needs : tuple of str
        Monthly variables, and steps of events such as `settlement_step`.
    read : callable
        Makes of all months and of the number of the first that counts one number a world, shape (doctrine, world): what
        stands when the first begins is known of the month before.
    """

    unit: str
    label: str
    phrase: str
    needs: tuple[str, ...]
    read: Callable[[Lived, int], Values]


def _that_count(lived: Lived, name: str, first: int) -> Values:
    """A monthly variable in the months that count."""
    return lived[name][..., first:]


def _total(unit: str, label: str, phrase: str, name: str) -> OutcomeMeasure:
    def read(lived: Lived, first: int) -> Values:
        return np.asarray(_that_count(lived, name, first).sum(axis=-1, dtype=float))

    return OutcomeMeasure(unit, label, phrase, (name,), read)


def _mean(unit: str, label: str, phrase: str, name: str, scale: float = 1.0) -> OutcomeMeasure:
    def read(lived: Lived, first: int) -> Values:
        return np.asarray(scale * _that_count(lived, name, first).mean(axis=-1, dtype=float))

    return OutcomeMeasure(unit, label, phrase, (name,), read)


def _at_end(unit: str, label: str, phrase: str, name: str, scale: float = 1.0) -> OutcomeMeasure:
    def read(lived: Lived, _: int) -> Values:
        return scale * lived[name][..., -1].astype(float)

    return OutcomeMeasure(unit, label, phrase, (name,), read)


def _refusals(whose: str, *who: Refusal) -> OutcomeMeasure:
    def read(lived: Lived, first: int) -> Values:
        refused = np.isin(_that_count(lived, "refusal", first), [int(refusal) for refusal in who])
        return np.asarray(refused.sum(axis=-1, dtype=float))

    label = f"Proposals that {whose} refuses"
    return OutcomeMeasure(COUNT, label, f"the number of {lower(label)}", ("refusal",), read)


def _event(label: str, phrase: str, needs: tuple[str, ...], happens: Callable[[Lived, int], Values]) -> OutcomeMeasure:
    """Whether something happens in the months that count, or had happened before them."""

    def read(lived: Lived, first: int) -> Values:
        return happens(lived, first).astype(float)

    return OutcomeMeasure(CHANCE, label, phrase, needs, read)


OUTCOMES: dict[str, OutcomeMeasure] = {
    STANDING: _event(
        "A settlement stands already",
        "has a settlement standing already",
        (PEACE, "settlement_step"),
        standing,
    ),
    "settled": _event("A settlement is signed", "settles", ("settlement_step",), signed),
    "relapsed": _event("A settlement breaks", "sees a settlement break", (PEACE, "settlement_step"), broken),
    "in_force": _at_end(
        CHANCE, "A settlement is in force at the end", "has a settlement in force at the end", "settled"
    ),
    "durable_months": _total(MONTHS, "Months with a settlement in force", "the time under a settlement", "settled"),
    PAUSING: _event(
        "A truce stands already",
        "has a truce standing already",
        (PEACE, "settlement_step"),
        pausing,
    ),
    "truce": _event("A truce is agreed", "agrees on a truce", ("truce_step",), paused),
    "truce_broken": _event("A truce breaks", "sees a truce break", (PEACE, "settlement_step"), pause_broken),
    "truce_months": _total(MONTHS, "Months with a truce in force", "the time in a truce", "truce"),
    "talks_months": _total(MONTHS, "Months with talks", "the time in talks", "talks"),
    "refused_by_ukraine": _refusals("Ukraine", Refusal.UKRAINE, Refusal.BOTH),
    "refused_by_russia": _refusals("Russia", Refusal.RUSSIA, Refusal.BOTH),
    "us_cost": _total(MONEY, "American allocations", "the American bill", "us_allocation"),
    "europe_cost": _total(MONEY, "European contributions", "the European bill", "europe_contribution"),
    "europe_share": _at_end(
        PERCENT, "Europe's share of aid at the end", "Europe's share of aid at the end", "europe_share", 100.0
    ),
    "land": _at_end(
        PERCENT_OF_UKRAINE,
        "Land held by Russia at the end",
        "the land that Russia holds at the end",
        "russian_held_share",
        100.0,
    ),
    "optimism_russia": _mean(
        AREA, "Advance that Russia expects", "the advance that Russia expects", "optimism_russia", UKRAINE_KM2
    ),
    "effort_russia": _mean(FORCE, "Russia's war effort", "Russia's war effort", "effort_russia"),
    "need": _mean(INDEX, "Ukraine's need of aid", "Ukraine's need of aid", "need"),
    "credibility": _mean(INDEX, "Credibility of American words", "the credibility of American words", "credibility"),
    "sanctions": _at_end(INDEX, "Sanctions at the end", "the level of sanctions at the end", "sanctions"),
    "nato_posture": _at_end(
        INDEX, "American posture in Europe at the end", "the American posture in Europe at the end", "nato_posture"
    ),
    "belief_russia": _mean(
        SUPPORT, "Russia's belief in American support", "Russia's belief in American support", "belief_russia"
    ),
}
"""Outcomes by name, all of the months from the change on, or as things stand at their end; chances are 0 or 1 a world.

Each world counts once, however many settlements or truces it has, one after the other.
"""


def monthly(names: Iterable[str]) -> tuple[str, ...]:
    """The monthly variables that outcomes are made of: what must be recorded of a run that is asked for no more."""
    from sim.actors.variables import MONTHLY

    needs = dict.fromkeys(variable for name in names for variable in OUTCOMES[name].needs)
    return tuple(variable for variable in needs if variable in MONTHLY)
