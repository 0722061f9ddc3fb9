"""What was done about sanctions in a month of a world, by whom and how likely that was, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.actors.actor import summed
from sim.basics.terms import because, percent, value
from sim.questions.explain.consents import agreed_now
from sim.world.executive import chance

if TYPE_CHECKING:
    from sim.model import Negotiation

VERBS = {"tightening sanctions": "tightens", "easing sanctions": "eases"}
"""What an act does, by the decision that its terms are kept under."""


def lifted(model: Negotiation) -> str:
    """What a settlement of an earlier month lifts of sanctions on either side, to follow what is in force."""
    relief = model.mediator.relief_in_force
    return f", less the {percent(relief)} that the settlement lifts" if value(relief) and not agreed_now(model) else ""


def american_sanctions(model: Negotiation) -> Iterator[str]:
    """Tell what the executive did about sanctions, how likely that was, and what they come to."""
    us = model.bureaucracy
    done = " and ".join(
        verb for verb, where in {"tightened": us.tightened, "eased": us.eased}.items() if bool(where[0])
    )
    yield f"It {done or 'neither tightened nor eased'} sanctions."
    for decision, verb in VERBS.items():
        terms = us.reasons[decision]
        yield f"The chance of an act that {verb} them was {percent(chance(summed(terms)))} ({because(terms)})."
    held = us.held()
    law = f"; the law holds {percent(held)} of the fullest" if value(held) else ""
    kept = "kept up" if bool(us.kept_up[0]) else "not kept up"
    yield (
        f"American sanctions were {percent(us.measures)} of the fullest, {kept} this month, and pressed at "
        f"{percent(us.upkeep)} of that{lifted(model)}{law}."
    )


def european_sanctions(model: Negotiation) -> Iterator[str]:
    """Tell what the EU did about sanctions, what one government holds up, and what they come to."""
    europe = model.europe
    done = {
        "All governments agreed to a package of sanctions.": europe.packaged,
        "Sanctions that had expired were renewed.": europe.restored,
        "Sanctions were out of force: not all governments had renewed them in time.": europe.expired,
        "A government held up a package of sanctions.": europe.held_up & europe.proposed,
        "A government held up the renewal of sanctions.": europe.held_up & europe.due & ~europe.expired,
    }
    yield from (sentence for sentence, where in done.items() if bool(where[0]))
    yield (
        f"European sanctions were {percent(europe.measures)} of the fullest, and pressed at {percent(europe.upkeep)} "
        f"of that{lifted(model)}."
    )
