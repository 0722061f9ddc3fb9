"""What a debrief says, made of its numbers. Nothing here needs a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.basics.labels import HUNDRED, number, spoken
from sim.browser.seat.orders_form import against_advice
from sim.questions.games.payoffs import RATE
from sim.scenario.spelling import doctrine_name
from sim.teaching.seats.debrief import Debrief, debrief
from sim.teaching.seats.hindsight import HindsightMonth
from sim.teaching.seats.payoff import Yardstick, yardstick
from sim.world.settlement import OUTCOME_NAMES, OUTCOME_SENTENCES

if TYPE_CHECKING:
    from sim.ensemble import Progress
    from sim.teaching.seats.table import SeatedWorld

DIGITS = 1
"""Decimals of points."""
TRIFLE = 0.05
"""Points that show as nothing."""
POINTS = "0 points is the worst and 100 the best of all worlds shown here, by the goals of your own doctrine."
"""What a payoff is told in."""
ENDINGS = {OUTCOME_NAMES[kind]: sentence for kind, sentence in OUTCOME_SENTENCES.items()}
LEAST_LAND = 1e-4
"""Share of Ukraine, on average, from which the value of land can be read off a game."""
HOLDERS = ("ukraine", "russia")
"""Seats that value all the land that Russia holds; the others only what it takes during the game."""


def judged(table: SeatedWorld, seat: str, worlds: int, progress: Progress | None = None) -> tuple[Debrief, SeatedWorld]:
    """In a worker: the debrief of a seat among so many worlds, and its table played to the end by the doctrines."""
    from sim.teaching.seats.table import SeatedWorld

    found = debrief(table, seat, worlds, progress)
    lived = SeatedWorld(table.scenario, table.seed, table.world, table.months)
    while not lived.over:
        lived.play({})
    return found, lived


def headline(found: Debrief) -> str:
    """How the player did: against the doctrine in the same world, and among that doctrine's other worlds."""
    difference, name = _apart(found), doctrine_name(found.own)
    how = "as well as" if abs(difference) < TRIFLE else "better than" if difference > 0.0 else "worse than"
    return (
        f"You did {how} {name} would have in your world, and better than {beaten(found, found.own)} of its other worlds"
    )


def measure(found: Debrief) -> Yardstick:
    """The yardstick of a debrief: every world of every doctrine, and the player's own."""
    return yardstick([*found.distribution.values(), list(found.here.values()), found.payoff])


def beaten(found: Debrief, label: str) -> str:
    """Share of other worlds under a doctrine that the player did better than."""
    return f"{share_beaten(found, label):.0f} %"


def share_beaten(found: Debrief, label: str) -> float:
    """Share, in per cent, of other worlds under a doctrine whose payoff was less than the player's."""
    return HUNDRED * float(np.mean(found.distribution[label] < found.payoff))


def in_this_world(found: Debrief) -> Iterator[str]:
    """How the doctrines did in the player's own world, with the same luck."""
    own, best = found.own, max(found.here, key=lambda label: found.here[label])
    yield (
        f"In this very world, with the same luck, {doctrine_name(own)} would have got "
        f"{reached(found, found.here[own])}; you got {reached(found, found.payoff)} ({_difference(_apart(found))})."
    )
    if best != own:
        yield f"Of all doctrines {doctrine_name(best)} would have done best in it: {reached(found, found.here[best])}."


def how_it_ended(found: Debrief) -> str:
    """How the world ended, and how often it does under the doctrine."""
    share = HUNDRED * found.outcomes[found.own].get(found.outcome, 0.0)
    return (
        f"At the end of your world {ENDINGS[found.outcome]}. Under {doctrine_name(found.own)} {share:.0f} of "
        "100 worlds end so."
    )


def parts(found: Debrief) -> str:
    """What made the player do better or worse than the doctrine in the same world."""
    apart = {name: measure(found).length(term - found.own_terms.get(name, 0.0)) for name, term in found.terms.items()}
    ranked = sorted(apart.items(), key=lambda term: -abs(term[1]))
    told = [f"{name} {signed(size)}" for name, size in ranked if abs(size) >= TRIFLE]
    return f"What made the difference, in points: {', '.join(told) or 'nothing that counts'}."


def costliest(found: Debrief, land: float | None) -> str:
    """What the costliest month cost."""
    worst = found.decisions[0] if found.decisions else None
    if worst is None:
        return "Your doctrine decided every month: there is no decision of yours to judge"
    if not cost_something(found):
        return "No decision of yours cost you anything, as things turned out"
    scale = f", as much as {in_land(worst.loss, land)}" if land else ""
    return f"Your decision of {worst.month} cost you most: {cost(found, worst)}{scale}"


def cost_something(found: Debrief) -> bool:
    """Whether any month's orders cost the player anything that shows."""
    return bool(found.decisions) and lost(found, found.decisions[0]) >= TRIFLE


def lost(found: Debrief, decision: HindsightMonth) -> float:
    """What a month's orders cost, in points."""
    return measure(found).length(decision.loss)


def cost(found: Debrief, decision: HindsightMonth) -> str:
    """The same with its unit."""
    return f"{number(lost(found, decision), DIGITS)} points"


def deviations(seat: str, decision: HindsightMonth) -> list[str]:
    """What was ordered otherwise than advised."""
    return list(against_advice(seat, decision.ordered, decision.advised))


def in_land(loss: float, land: float) -> str:
    """A utility as land that Russia holds all the time."""
    return f"{spoken(abs(loss) / land)} % of Ukraine's land from the first month to the last"


def scale(found: Debrief, land: float | None) -> str:
    """What a point is, in plain words."""
    if not land:
        return POINTS
    worth = spoken(measure(found).length(land))
    return f"{POINTS} To you, 1 % of Ukraine's land, from the first month to the last, is worth {worth} points."


def land_worth(found: Debrief, table: SeatedWorld) -> float | None:
    """What 1 % of Ukraine, held by Russia in every month, is worth to the seat, utility a month.

    It is read off the game: the payoff's term for land over the discounted average of the land that it counts.

    Parameters
    ----------
    found : Debrief
    table : SeatedWorld
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
    return abs(found.terms["land"] / average) / HUNDRED


def by_month(found: Debrief) -> tuple[list[str], list[float]]:
    """Months that were decided, in order, and what each cost, in points."""
    ordered = sorted(found.decisions, key=lambda decision: decision.month)
    return [decision.month for decision in ordered], [lost(found, decision) for decision in ordered]


def reached(found: Debrief, payoff: float) -> str:
    """A payoff with its unit."""
    return f"{number(measure(found).points(payoff), DIGITS)} points"


def _apart(found: Debrief) -> float:
    """How much more the player got than the doctrine would have in the same world, in points."""
    return measure(found).length(found.payoff - found.here[found.own])


def signed(value: float) -> str:
    """Points with their sign."""
    return f"{'+' if value > 0.0 else ''}{number(value, DIGITS)}"


def _difference(value: float) -> str:
    if abs(value) < TRIFLE:
        return "the same"
    return f"{number(abs(value), DIGITS)} points {'more' if value > 0.0 else 'less'}"
