"""What the player shows of a world, month by month, as plain numbers and words that travel between processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.basics.terms import value
from sim.questions.explain.decisions import Decision, decisions
from sim.questions.explain.reasons import ACCOUNTS, ACTOR_NAMES, relive
from sim.questions.explain.replay import NewsMemory, news

if TYPE_CHECKING:
    from sim.scenario import Scenario


class Frame(NamedTuple):
    """A month of a world.

    Attributes
    ----------
    month : str
        "YYYY-MM".
    news : tuple of str
        What one would have read in the papers; empty in most months.
    line, moved : float
        Share of Ukraine held by Russia at the end of the month, and the movement of the front in it.
    settled, truce, collapsed, relapsed : bool
        Whether a settlement or a truce is in force; a settlement was imposed on a collapsed Ukraine, has broken.
    allocated, delivered, europe : float
        EUR bn this month: what Washington allocates and delivers; what Europeans allocate.
    effort, wanted : float
        What Russia adds to its force, and what would be best as things stand.
    talks, moscow_first, meets : bool
        Whether Washington holds talks, and Moscow is called before the allies; whether the two meet without it.
    """

    month: str
    news: tuple[str, ...]
    line: float
    moved: float
    settled: bool
    truce: bool
    collapsed: bool
    relapsed: bool
    allocated: float
    delivered: float
    europe: float
    effort: float
    wanted: float
    talks: bool
    moscow_first: bool
    meets: bool


class Why(NamedTuple):
    """What an actor did in a month and why: sentences, and its decisions with their terms."""

    actor: str
    sentences: tuple[str, ...]
    decisions: tuple[Decision, ...]


def frames(scenario: Scenario, seed: int, world: int) -> list[Frame]:
    """All months of a world.

    Parameters
    ----------
    scenario : Scenario
        What is simulated.
    seed, world : int
        Which luck.
    """
    memory, found = NewsMemory(), []
    for model in relive(scenario, seed, world):
        us, table = model.united_states, model.mediator
        found.append(
            Frame(
                month=model.month,
                news=tuple(news(model, memory)),
                line=value(model.line),
                moved=value(model.moved),
                settled=bool(table.settled[0]),
                truce=bool(table.truce[0]),
                collapsed=bool(table.collapsed[0]),
                relapsed=bool(table.relapsed[0]),
                allocated=value(us.allocation),
                delivered=value(us.delivery),
                europe=value(model.europe.contribution),
                effort=value(model.russia.effort),
                wanted=value(model.russia.reasons["effort"]["the effort it wants"]),
                talks=bool(table.talks[0]),
                moscow_first=bool(table.moscow_first[0]),
                meets=bool(model.contacts.meets[0]),
            )
        )
    return found


def watched(scenarios: dict[str, Scenario], seed: int, world: int) -> dict[str, list[Frame]]:
    """All months of a world under each doctrine, by label."""
    return {label: frames(scenario, seed, world) for label, scenario in scenarios.items()}


def reasons(scenarios: dict[str, Scenario], seed: int, world: int, month: str) -> dict[str, list[Why]]:
    """Why each actor did what it did in a month, under each doctrine, by label.

    Raises
    ------
    StopIteration
        If the scenario has no such month.
    """
    return {label: _reasons(scenario, seed, world, month) for label, scenario in scenarios.items()}


def _reasons(scenario: Scenario, seed: int, world: int, month: str) -> list[Why]:
    model = next(model for model in relive(scenario, seed, world) if model.month == month)
    taken = decisions(model)
    return [
        Why(name, tuple(ACCOUNTS[actor](model)), tuple(one for one in taken if one.actor == actor))
        for actor, name in ACTOR_NAMES.items()
    ]
