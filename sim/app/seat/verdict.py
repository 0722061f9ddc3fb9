"""What a debrief says, made of its numbers. Nothing here needs a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.app.seat.wording import against_advice
from sim.questions.labels import doctrine_label, number, spoken
from sim.questions.payoffs import RATE
from sim.seats.debrief import Debrief, Decision

if TYPE_CHECKING:
    from sim.seats.table import Table

PERCENT = 100.0
DIGITS = 4
"""Decimals of a utility."""
TRIFLE = 0.5e-4
"""Utility a month that shows as nothing."""
LEAST_LAND = 1e-4
"""Share of Ukraine, on average, from which the value of land can be read off a game."""
HOLDERS = ("ukraine", "russia")
"""Seats that value all the land that Russia holds; the others only what it takes during the game."""


def headline(found: Debrief) -> str:
    """How the player did: against the doctrine in the same world, and among that doctrine's other worlds."""
    difference, name = found.payoff - found.here[found.own], name_of(found.own)
    how = "as well as" if abs(difference) < TRIFLE else "better than" if difference > 0.0 else "worse than"
    return (
        f"You did {how} {name} would have in your world, and better than {beaten(found, found.own)} of its other worlds"
    )


def name_of(label: str) -> str:
    """A doctrine's name in a sentence; those of Congress are sessions.

    >>> name_of("119th"), name_of("trump_dprk")
    ('the 119th Congress', 'Trump–DPRK')
    """
    return f"the {label} Congress" if label[:1].isdigit() and " " not in label else doctrine_label(label)


def beaten(found: Debrief, label: str) -> str:
    """Share of other worlds under a doctrine that the player did better than."""
    return f"{share_beaten(found, label):.0f} %"


def share_beaten(found: Debrief, label: str) -> float:
    """Share, in per cent, of other worlds under a doctrine whose payoff was less than the player's."""
    return PERCENT * float(np.mean(found.distribution[label] < found.payoff))


def in_this_world(found: Debrief) -> Iterator[str]:
    """How the doctrines did in the player's own world, with the same luck."""
    own, best = found.own, max(found.here, key=lambda label: found.here[label])
    yield (
        f"In this very world, with the same luck, {name_of(own)} would have got {utility(found.here[own])}; you "
        f"got {utility(found.payoff)} ({_difference(found.payoff - found.here[own])})."
    )
    if best != own:
        yield f"Of all doctrines {name_of(best)} would have done best in it: {utility(found.here[best])}."


def how_it_ended(found: Debrief) -> str:
    """How the world ended, and how often it does under the doctrine."""
    share = PERCENT * found.outcomes[found.own].get(found.outcome, 0.0)
    return (
        f"Your world ended in this way: {found.outcome}. Under {name_of(found.own)} {share:.0f} of 100 worlds end so."
    )


def parts(found: Debrief) -> str:
    """The terms of the player's payoff that count."""
    terms = sorted(found.terms.items(), key=lambda term: -abs(term[1]))
    told = [f"{name} {signed(value)}" for name, value in terms if abs(value) >= TRIFLE]
    return f"Your {utility(found.payoff)} is made of: {', '.join(told) or 'nothing that counts'}."


def costliest(found: Debrief, land: float | None) -> str:
    """What the costliest month cost."""
    worst = found.decisions[0] if found.decisions else None
    if worst is None:
        return "Your doctrine decided every month: there is no decision of yours to judge"
    if not cost_something(found):
        return "No decision of yours cost you anything, as things turned out"
    scale = f", as much as {in_land(worst.loss, land)}" if land else ""
    return f"Your decision of {worst.month} cost you most: {utility(worst.loss)}{scale}"


def cost_something(found: Debrief) -> bool:
    """Whether any month's orders cost the player a utility that shows."""
    return bool(found.decisions) and found.decisions[0].loss >= TRIFLE


def deviations(seat: str, decision: Decision) -> list[str]:
    """What was ordered otherwise than advised."""
    return list(against_advice(seat, decision.ordered, decision.advised))


def in_land(loss: float, land: float) -> str:
    """A utility as land that Russia holds all the time."""
    return f"{spoken(abs(loss) / land)} % of Ukraine's land from the first month to the last"


def scale(land: float | None) -> str:
    """What a utility is, in plain words."""
    if not land:
        return ""
    return f"To you, 1 % of Ukraine's land, from the first month to the last, is worth {land:.2g} utility a month."


def land_worth(found: Debrief, table: Table) -> float | None:
    """What 1 % of Ukraine, held by Russia in every month, is worth to the seat, utility a month.

    It is read off the game: the payoff's term for land over the discounted average of the land that it counts.

    Parameters
    ----------
    found : Debrief
    table : Table
        A table whose months are all over: that of the debrief, played to the end by the doctrines.

    Returns
    -------
    float or None
        None where too little land changed hands to tell.
    """
    held = np.array(table.series["russian_held_share"])
    if found.seat not in HOLDERS:
        held = held - table.scenario.initial.line
    fade = (1.0 + RATE) ** -np.arange(held.size)
    average = float(held @ fade / fade.sum())
    if abs(average) < LEAST_LAND or not found.terms.get("land"):
        return None
    return abs(found.terms["land"] / average) / PERCENT


def by_month(found: Debrief) -> tuple[list[str], list[float]]:
    """Months that were decided, in order, and what each cost."""
    ordered = sorted(found.decisions, key=lambda decision: decision.month)
    return [decision.month for decision in ordered], [decision.loss for decision in ordered]


def utility(value: float) -> str:
    """A utility with its unit."""
    return f"{number(value, DIGITS)} utility a month"


def signed(value: float) -> str:
    """A utility with its sign."""
    return f"{'+' if value > 0.0 else ''}{number(value, DIGITS)}"


def _difference(value: float) -> str:
    if abs(value) < TRIFLE:
        return "the same"
    return f"{number(abs(value), DIGITS)} {'more' if value > 0.0 else 'less'}"
