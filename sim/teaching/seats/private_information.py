"""What each seat knows of itself, and what it believes of the rest with its doubt.

A belief is about what the seat cannot know. What something is worth to a warring side is told in points (per cents) of
Ukraine's land, which it weighs it against.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.actors import HOUSE_SEATS, NAMES, SENATE_SEATS
from sim.basics.arrays import Array, full
from sim.basics.labels import HUNDRED, number
from sim.basics.normal import ndtri
from sim.basics.terms import because, percent, value
from sim.questions.explain.reasons import package
from sim.questions.explain.taken_for import taken_for
from sim.world.executive import MOST_SUPPORT
from sim.world.packages import GUARANTEE_NAMES, OFFSETS
from sim.world.votes import HOUSE_MAJORITY

if TYPE_CHECKING:
    from sim.actors.actor import Audience
    from sim.model import Negotiation

NINETY = float(ndtri(0.95))
"""Standard deviations either side of the mean between which a normal belief puts 90 %."""
ANYTHING = (-math.inf, math.inf)
POINTS_OF_LAND = "points of Ukraine's land"
PERCENT_A_MONTH = "% of Ukraine a month"
REFUSING = (
    "Fighting on, all that it brings and costs counted, as if it were land gained or lost. One point is 1 % of Ukraine."
)
MOST_BELIEVED = (0.0, HUNDRED * MOST_SUPPORT)
"""Per cent of full support: no doctrine wants to give less than nothing, or more than this."""
SEATS_OF = {"house": HOUSE_SEATS, "senate": SENATE_SEATS}
CAPITALS = {side: NAMES[side].capital for side in ("ukraine", "russia")}
TRIFLE = 0.05
"""Crises that round to nothing are not told."""


class Fact(NamedTuple):
    """Something that the seat knows.

    Attributes
    ----------
    label, value : str
        What it is, and how it stands, with its unit.
    help : str
        What it means.
    """

    label: str
    value: str
    help: str


class Belief(NamedTuple):
    """Something that the seat does not know, and what it believes.

    Attributes
    ----------
    label : str
        What it is about.
    mean, low, high : float
        The middle, and the ends of the middle 90 % of what it thinks possible; never what cannot be.
    unit, help : str
        The unit of the three, and what it means.
    """

    label: str
    mean: float
    low: float
    high: float
    unit: str
    help: str


def normal(label: str, mean: float, sd: float, unit: str, text: str, ends: tuple[float, float] = ANYTHING) -> Belief:
    """A belief that is a normal distribution, as the model has it, cut at the ends of what can be.

    What it puts beyond an end counts as that end, so its quantiles are those of the normal, held between the ends;
    where one is cut off, between `low` and `high` lie more than nine chances in ten.

    >>> normal("support", 10.0, 10.0, "%", "", (0.0, 120.0))[1:4]
    (10.0, 0.0, 26.44...)
    """
    middle, low, high = (min(max(mean + sds * sd, ends[0]), ends[1]) for sds in (0.0, -NINETY, NINETY))
    return Belief(label, middle, low, high, unit, text)


def money(array: object) -> str:
    """EUR bn with one decimal."""
    return number(value(array), 1)


def points_of_land(model: Negotiation, side: str) -> float:
    """Points of land that one unit of a warring side's utility is worth to it."""
    return HUNDRED / value(getattr(model.parameters.preferences, f"land_{side}"))


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
        f"It makes a month of war cost you {number(points_of_land(model, 'russia') * value(side.cost), 1)} "
        f"{POINTS_OF_LAND}; the cost grows faster and faster, and sanctions make it dearer.",
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
        "What you expect Washington to give in the long run, by what it did and said so far; it can be no less than "
        "nothing.",
        MOST_BELIEVED,
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
        movable(model),
    )


def movable(model: Negotiation) -> tuple[float, float]:
    """How far the front can move to either side, per cent of Ukraine."""
    held = HUNDRED * value(model.line)
    return -held, HUNDRED - held


def _at_the_table(model: Negotiation, name: str) -> Iterator[Fact]:
    side: Any = getattr(model, name)
    land = points_of_land(model, name)
    yield Fact(
        "What refusing is worth to you",
        f"{number(land * value(side.reservation), 0)} {POINTS_OF_LAND}",
        f"{REFUSING} A package must be worth more. Its parts: {because(side.reasons['refusing'], land, 1)}.",
    )
    gains = as_kyiv_sees_it(model) if name == "ukraine" else model
    now = "the truce" if bool(model.mediator.truce[0]) else "fighting on"
    for place, relief in ((0, "no relief"), (-1, "full relief")):
        yield Fact(
            f"What is better than {now}, with {relief} from sanctions",
            _better(gains, name, place),
            f"By guarantee: the line furthest from your wishes that is still better than {now}, in points of "
            "Ukraine's land that change hands. Your envoys hold out for more.",
        )
    if model.config.mechanisms.truce and not bool(model.mediator.truce[0]):
        told = zip(("without monitors", "with monitors"), gains.mediator.truces_beat_refusing(name), strict=True)
        yield Fact(
            "A truce on the front instead",
            "; ".join(f"{how}: {'better' if better else 'worse'} than fighting on" for how, better in told),
            "It saves you the war as long as it lasts, and takes away the pressure for more; so your envoys hold out "
            "for more here too.",
        )


def _better(gains: Any, name: str, relief: int) -> str:
    """The worst line that still gains a side something under each guarantee, in words."""
    worst = max if name == "ukraine" else min
    lines = [OFFSETS[column] for column in gains.mediator.beats_refusing(name)[..., relief].T]
    told = (f"{level}: {_points(worst(found)) if len(found) else 'nothing'}" for level, found in _named(lines))
    return "; ".join(told)


def as_kyiv_sees_it(model: Negotiation) -> Any:
    """A copy in which Moscow thinks of America and of the front what Kyiv thinks, and its red line is the usual one.

    The risk of renewed war hangs on what a war would bring to Moscow, which Kyiv has to judge by itself. What Kyiv
    gains needs nothing else of Moscow; and what Moscow gains nothing of Kyiv.
    """
    copy: Any = deepcopy(model)
    for name in ("probabilities", "support", "variance", "advantage", "advantage_variance"):
        setattr(copy.russia, name, getattr(copy.ukraine, name).copy())
    copy.russia.red_line = full(1, 1.0)
    copy.russia.judge()
    return copy


def _named(lines: list[Array]) -> Iterator[tuple[str, Array]]:
    return zip(GUARANTEE_NAMES, lines, strict=True)


def _points(offset: float) -> str:
    """A line by what it gives to whom.

    >>> _points(0.02), _points(-0.02), _points(0.0)
    ('2 to Russia', '2 to Ukraine', 'the front')
    """
    if offset == 0.0:
        return "the front"
    return f"{number(HUNDRED * abs(offset), 0)} to {'Russia' if offset > 0.0 else 'Ukraine'}"


def us_facts(model: Negotiation) -> Iterator[Fact]:
    """Tell the executive how it stands at home, with its word, and with its envoy."""
    us, full = model.united_states, value(model.parameters.executive.full_support)
    yield Fact(
        "Aid that you wanted lately",
        f"{percent(us.desired)} of full support",
        f"Full support is EUR {number(full, 1)} bn a month. Others hold you to {percent(us.promised)}, the average of "
        "what you wanted lately.",
    )
    yield Fact(
        "Money from Congress that is left",
        f"EUR {money(us.authority)} bn",
        f"EUR {money(us.undelivered)} bn more is allocated and not yet delivered.",
    )
    yield Fact(
        "How far your words are believed",
        f"as one who keeps {percent(us.credibility)} of promises",
        "It falls when aid stays short of what was promised, and rises slowly.",
    )
    if model.config.mechanisms.reading:
        yield from _taken_for(model)
    yield need(model)
    if value(us.crisis) > TRIFLE:
        yield Fact(
            "Crisis elsewhere", f"size {number(value(us.crisis), 1)}", "In other theatres; 1 when it breaks out."
        )
    yield from _envoy(model)


def _taken_for(model: Negotiation) -> Iterator[Fact]:
    """What the others believe that Washington is: all that they go by is public."""
    for audience, who in ((model.ukraine, "Kyiv"), (model.russia, "Moscow"), (model.europe, "Europe")):
        yield Fact(
            f"What {who} takes you for",
            taken_for(audience),
            "By what all could see: aid, words, sanctions, intelligence, and whom you called first. Only doctrines "
            "that are thought possible have a name.",
        )


def us_beliefs(model: Negotiation) -> Iterator[Belief]:
    """Tell what the executive believes of the front and of the two sides, by its envoy's estimates."""
    yield movement(model)
    for side, (mean, sd) in model.mediator.estimates().items():
        land = points_of_land(model, side)
        yield normal(
            f"What refusing is worth to {CAPITALS[side]}",
            land * mean,
            land * sd,
            POINTS_OF_LAND,
            f"Your envoy's estimate: how hard the war is for {CAPITALS[side]} he can only learn from its answers. "
            f"{REFUSING}",
        )


def congress_facts(model: Negotiation) -> Iterator[Fact]:
    """Tell Congress of the bill, the money left, and what the executive asks."""
    bill, us = model.congress, model.united_states
    yield Fact("Money left to the executive", f"EUR {money(us.authority)} bn", "It asks for a bill when this runs low.")
    if bool(bill.pending[0]):
        yield Fact(
            "Chance that your leaders let the bill up",
            percent(bill.chance_of_floor()),
            f"This month, if you leave it to them ({because(bill.reasons['bill reaches the floor'])}; log-odds).",
        )
    yield need(model)


def congress_beliefs(model: Negotiation) -> Iterator[Belief]:
    """Tell what its whips expect of a vote, and what may be expected of the front."""
    bill = model.congress
    what = "the bill that waits" if bool(bill.pending[0]) else "a bill of your own"
    for chamber, needed in (("house", HOUSE_MAJORITY), ("senate", bill.senate_needs())):
        yield normal(
            f"Ayes in the {chamber.title()} for {what}",
            value(bill.expected_ayes(chamber)),
            value(bill.uncertain_ayes(chamber)),
            "ayes",
            f"{needed} are needed. Your whips' count, before the vote.",
            (0.0, float(SEATS_OF[chamber])),
        )
    yield movement(model)


def europe_facts(model: Negotiation) -> Iterator[Fact]:
    """Tell Europe what it means to give, what it feels threatened by, and its share."""
    europe = model.europe
    most = value(np.sum(europe.budget) * model.parameters.europe.budget_limit)
    yield Fact(
        "What you mean to give",
        f"EUR {money(europe.expected)} bn a month",
        f"Without emergency packages and lumps. Your budgets hold EUR {number(most, 1)} bn a month at most; Kyiv "
        "reckons with what you give to go on.",
    )
    yield Fact(
        "Your share of all aid",
        f"{percent(europe.share)} over six months",
        f"Washington calls {percent(model.parameters.executive.fair_share)} fair.",
    )
    if "threat felt" in europe.reasons:
        text = f"It moves what members give. Its parts: {because(europe.reasons['threat felt'])}."
        yield Fact("Threat that you feel", number(value(europe.threat), 2), text)
    yield need(model)


def europe_beliefs(model: Negotiation) -> Iterator[Belief]:
    """Tell what Europe believes of America and of the front."""
    yield american_support(model.europe)
    yield movement(model)


def need(model: Negotiation) -> Fact:
    """How badly Ukraine needs aid, which is plain to all who do not fight themselves."""
    return Fact(
        "Ukraine's need of aid", percent(model.need), "50 % when the forces balance; more when it falls behind."
    )


def movement(model: Negotiation) -> Belief:
    """Where the front will move, for those who only read of it: as it did last month, give or take its luck."""
    p = model.parameters.front
    return normal(
        "Movement of the front",
        HUNDRED * value(model.momentum),
        HUNDRED * value(p.noise / np.sqrt(1.0 - p.persistence**2)),
        PERCENT_A_MONTH,
        "If it goes on as last month, give or take the luck of war; + is to Russia.",
        movable(model),
    )


def _envoy(model: Negotiation) -> Iterator[Fact]:
    """What the envoy would propose, and how he sees its chances."""
    envoy: Any = model.mediator
    wanted = None if bool(envoy.settled[0]) else envoy.favourite()
    if wanted is None:
        return
    for name in ("offset", "guarantee", "relief"):
        setattr(envoy, name, full(1, getattr(wanted, name)))
    envoy.truce_offered = full(1, 0.0) < float(wanted.truce)
    said = ", ".join(f"{CAPITALS[side]} {percent(chance)}" for side, chance in wanted.chances.items())
    yield Fact(
        "What your envoy would propose",
        package(model),
        f"Chances that they accept, as he sees them: {said}.",
    )
    if not wanted.truce:
        yield _consents(model)


def _consents(model: Negotiation) -> Fact:
    rows = np.zeros(1, dtype=np.intp)
    guarantee, relief = model.europe.consent_chance(rows)
    treaty: Array = model.congress.ratification_chance(rows)
    return Fact(
        "Who else must agree",
        f"Europe to a force {percent(guarantee)}, to deep relief {percent(relief)}; "
        f"the Senate to a treaty {percent(treaty)}",
        "Chances, as your envoy sees them.",
    )


PRIVATE: dict[str, tuple[Callable[[Negotiation], Iterator[Fact]], Callable[[Negotiation], Iterator[Belief]]]] = {
    "us": (us_facts, us_beliefs),
    "congress": (congress_facts, congress_beliefs),
    "europe": (europe_facts, europe_beliefs),
    "ukraine": (ukraine_facts, ukraine_beliefs),
    "russia": (russia_facts, russia_beliefs),
}
"""What a seat knows of itself, and what it believes."""
