"""What Kyiv and Moscow know and believe: their forces, the front, American support, and what refusing is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arrays import Array
from sim.questions.labels import number
from sim.questions.words import because, value
from sim.seats.known import Belief, Fact, normal
from sim.seats.orders import HUNDRED
from sim.world.packages import GUARANTEE_NAMES, OFFSETS

if TYPE_CHECKING:
    from sim.actors.audience import Audience
    from sim.model import Negotiation

PERCENT_A_MONTH = "% of Ukraine a month"
UTILITY = "utility a month"
UNIT_OF_UTILITY = "One per cent of Ukraine is worth 0.1 to it."


def ukraine_facts(model: Negotiation) -> Iterator[Fact]:
    """Tell Kyiv how it stands."""
    side, arms = model.ukraine, model.united_states.military_delivery + model.europe.military_delivery
    yield _forces(side.force, model.russia.force, "Russia's")
    yield Fact(
        "What was added to it last month",
        f"{value(side.own_effort()):.1f} by yourselves, {value(arms):.1f} by arms from abroad",
        "Units of force. A part of the force is worn out every month.",
    )
    yield from _at_the_table(model, "ukraine")


def russia_facts(model: Negotiation) -> Iterator[Fact]:
    """Tell Moscow how it stands."""
    side = model.russia
    yield _forces(side.force, model.ukraine.force, "Ukraine's")
    yield Fact(
        "Your war effort",
        f"{value(side.effort):.1f} units of force a month",
        f"Your industry can do {value(side.effort_cap()):.1f} at most; sanctions lower that.",
    )
    yield from _at_the_table(model, "russia")


def ukraine_beliefs(model: Negotiation) -> Iterator[Belief]:
    """Tell what Kyiv believes of America and of the front."""
    side, sharing = model.ukraine, model.bureaucracy.intelligence
    yield american_support(side)
    yield _movement(model, side, [side.expected_movement(support, sharing) for support in _ends(side)])


def russia_beliefs(model: Negotiation) -> Iterator[Belief]:
    """Tell what Moscow believes of America and of the front."""
    side = model.russia
    yield american_support(side)
    yield _movement(model, side, [side.expected_movement(support) for support in _ends(side)])


def american_support(side: Audience) -> Belief:
    """What an audience believes of lasting American support."""
    return normal(
        "Lasting American support",
        HUNDRED * value(side.support),
        HUNDRED * value(side.doubt),
        "% of full support",
        "What you expect Washington to give in the long run, by what it did and said so far.",
    )


def _forces(own: Array, other: Array, whose: str) -> Fact:
    ratio = number(value(own) / value(other), 2)
    return Fact(
        "Your force",
        f"{value(own):.0f} against {value(other):.0f}",
        f"Units of force; yours is {ratio} times {whose}. The defender has an advantage that nobody knows exactly.",
    )


def _ends(side: Audience) -> tuple[Array, Array]:
    """American support a standard deviation below and above what is believed."""
    return side.support - side.doubt, side.support + side.doubt


def _movement(model: Negotiation, side: Any, ends: list[Array]) -> Belief:
    """Where the front will move, by its belief about the defender's advantage and about American support."""
    by_support = (value(ends[1]) - value(ends[0])) / 2.0
    by_advantage = value(model.parameters.front.pull * np.sqrt(side.advantage_variance))
    return normal(
        "Movement of the front that you expect",
        HUNDRED * value(side.outlook),
        HUNDRED * float(np.hypot(by_support, by_advantage)),
        PERCENT_A_MONTH,
        "Over your horizon, + is to Russia: by the forces, your belief about the defender's advantage, and the support "
        "that you expect.",
    )


def _at_the_table(model: Negotiation, name: str) -> Iterator[Fact]:
    side: Any = getattr(model, name)
    yield Fact(
        "What refusing is worth to you",
        f"{number(value(side.reservation), 2)} {UTILITY}",
        f"A package must be worth more. {UNIT_OF_UTILITY} Its parts: {because(side.reasons['refusing'])}.",
    )
    for place, relief in ((0, "no relief"), (-1, "full relief")):
        yield Fact(
            f"What your envoys would sign, with {relief} from sanctions",
            _would_sign(model, name, place),
            "By guarantee: the line furthest from your wishes that is still better than fighting on (+ points of "
            "Ukraine beyond the front go to Russia).",
        )


def _would_sign(model: Negotiation, name: str, relief: int) -> str:
    """The worst line that a side would sign under each guarantee, in words."""
    signs = model.mediator.signs(name)[..., relief]
    worst = max if name == "ukraine" else min
    lines = [OFFSETS[column] for column in signs.T]
    told = (f"{level}: {_points(worst(found)) if len(found) else 'nothing'}" for level, found in _named(lines))
    return "; ".join(told)


def _named(lines: list[Array]) -> Iterator[tuple[str, Array]]:
    return zip(GUARANTEE_NAMES, lines, strict=True)


def _points(offset: float) -> str:
    return f"{number(HUNDRED * offset, 0)}" if offset <= 0.0 else f"+{number(HUNDRED * offset, 0)}"
