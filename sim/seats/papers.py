"""What everybody reads in the papers at the start of a month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.questions.explain import package
from sim.questions.labels import number
from sim.questions.words import percent, points, value
from sim.seats.known import Fact
from sim.world.settlement import Refusal
from sim.world.votes import HOUSE_MAJORITY

if TYPE_CHECKING:
    from sim.model import Negotiation

REFUSED = {
    Refusal.NOBODY: "signed",
    Refusal.UKRAINE: "Ukraine refused",
    Refusal.RUSSIA: "Russia refused",
    Refusal.BOTH: "both sides refused",
    Refusal.EUROPE: "the Europeans did not consent",
    Refusal.SENATE: "the Senate did not ratify",
}
"""How a proposal ended."""


def papers(model: Negotiation) -> Iterator[Fact]:
    """Tell the line, last month's flows, Congress and the talks.

    Parameters
    ----------
    model : Negotiation
        One world, after the months that are over.
    """
    yield Fact(
        "Land that Russia holds",
        f"{percent(model.line, 1)} of Ukraine",
        f"The front moved by {points(model.moved, 2)} last month (+ is to Russia).",
    )
    if model.elapsed:
        yield from _flows(model)
    yield Fact(
        "American instruments",
        f"sanctions {percent(model.bureaucracy.sanctions)}, intelligence {percent(model.bureaucracy.intelligence)}",
        "How much of the fullest sanctions is in force, and how much intelligence Ukraine is given.",
    )
    yield Fact("Congress", _congress(model), f"The House passes a bill with {HOUSE_MAJORITY} ayes.")
    yield Fact("The table", _table(model), "Talks are about a line, a guarantee to Ukraine and relief for Russia.")


def _flows(model: Negotiation) -> Iterator[Fact]:
    us, europe = model.united_states, model.europe
    yield Fact(
        "American aid last month",
        f"EUR {money(us.allocation)} bn allocated",
        f"EUR {money(us.delivery)} bn arrived. Washington announced {percent(us.announced)} of full support.",
    )
    yield Fact(
        "European aid last month",
        f"EUR {money(europe.contribution)} bn",
        f"Europe carried {percent(europe.share)} of all aid over the last six months.",
    )


def money(array: object) -> str:
    """EUR bn with one decimal."""
    return number(value(array), 1)


def _congress(model: Negotiation) -> str:
    bill = model.congress
    if bool(bill.voted[0]):
        fate = "passed" if bool(bill.passed[0]) else "defeated"
        return f"a bill was {fate} last month, {value(bill.house_ayes):.0f} ayes in the House"
    if bool(bill.pending[0]):
        return f"a bill of EUR {money(bill.size)} bn has waited {value(bill.age):.0f} months"
    return "no bill waits"


def _table(model: Negotiation) -> str:
    table = model.mediator
    if bool(table.settled[0]):
        return f"a settlement is in force: {package(model)}"
    if bool(table.relapsed[0]):
        return "a settlement was signed and has broken"
    if not bool(table.talks[0]):
        return "no talks last month"
    if not bool(table.proposed[0]):
        return "talks last month, without a proposal"
    return f"proposed last month: {package(model)}; {REFUSED[Refusal(int(value(table.refusal)))]}"
