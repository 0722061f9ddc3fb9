"""What the executive, Congress and Europe know and believe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arrays import Array, full
from sim.questions.explain import package
from sim.questions.labels import number
from sim.questions.words import because, percent, value
from sim.seats.at_war import PERCENT_A_MONTH, UNIT_OF_UTILITY, UTILITY, american_support
from sim.seats.known import Belief, Fact, normal
from sim.seats.orders import HUNDRED
from sim.seats.papers import money
from sim.world.votes import HOUSE_MAJORITY

if TYPE_CHECKING:
    from sim.model import Negotiation

CAPITALS = {"ukraine": "Kyiv", "russia": "Moscow"}
TRIFLE = 0.05
"""Crises that round to nothing are not told."""


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
    yield need(model)
    if value(us.crisis) > TRIFLE:
        yield Fact(
            "Crisis elsewhere", f"size {number(value(us.crisis), 1)}", "In other theatres; 1 when it breaks out."
        )
    yield from _envoy(model)


def us_beliefs(model: Negotiation) -> Iterator[Belief]:
    """Tell what the executive believes of the front and of the two sides, by its envoy's estimates."""
    yield movement(model)
    for side, (mean, sd) in model.mediator.estimates().items():
        yield normal(
            f"What refusing is worth to {CAPITALS[side]}",
            mean,
            sd,
            UTILITY,
            f"Your envoy's estimate; he may be wrong for a long time. {UNIT_OF_UTILITY}",
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
    bill, p = model.congress, model.parameters.congress
    what = "the bill that waits" if bool(bill.pending[0]) else "a bill of your own"
    for chamber, needed, sd in (
        ("house", HOUSE_MAJORITY, p.house_shock),
        ("senate", bill.senate_needs(), p.senate_shock),
    ):
        yield normal(
            f"Ayes in the {chamber.title()} for {what}",
            value(bill.expected_ayes(chamber)),
            value(sd),
            "ayes",
            f"{needed} are needed. Your whips' count, before the vote.",
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
    )


def _envoy(model: Negotiation) -> Iterator[Fact]:
    """What the envoy would propose, and how he sees its chances."""
    envoy: Any = model.mediator
    chances, terms = envoy.favourite()
    if not terms or bool(envoy.settled[0]) or bool(envoy.relapsed[0]):
        return
    for name, term in zip(("offset", "guarantee", "relief"), terms, strict=True):
        setattr(envoy, name, full(1, term))
    said = ", ".join(f"{CAPITALS[side]} {percent(chance)}" for side, chance in chances.items())
    yield Fact(
        "What your envoy would propose",
        package(model),
        f"Chances that they accept, as he sees them: {said}.",
    )
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
