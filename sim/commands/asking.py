"""`doctrine explain` and `doctrine replay`: live through one world of a result again, and tell of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.terminal import console
from sim.terminal.exits import DONE
from sim.terminal.options import Flag, Whole

if TYPE_CHECKING:
    from sim.scenario import Scenario


def explain(
    result: Path,
    /,
    *,
    world: Whole,
    month: str,
    doctrine: str | None = None,
    actor: str | None = None,
    json: Flag = False,
) -> int:
    """Tell why each actor did what it did in one month of one world.

    Prints sentences with the terms of every decision, heaviest first; writes nothing.

    For example:

        doctrine explain results/history --world 17 --month 2025-03 --actor us

    Parameters
    ----------
    result
        A folder that doctrine run or doctrine compare wrote.
    world
        Number of the world, from 0.
    month
        The month, YYYY-MM.
    doctrine
        Which of the doctrines that were compared; all of them, one after the other, if not given.
    actor
        Whom to ask: us, congress, europe, ukraine, russia or table; everybody if not given.
    json
        Print one JSON object.
    """
    return tell_month(result, world, month, doctrine, actor, json)


def replay(result: Path, /, *, world: Whole, doctrine: str | None = None, json: Flag = False) -> int:
    """Tell the story of one world, month by month.

    Prints what somebody would have read in the news; writes nothing.

    For example:

        doctrine replay results/history --world 17

    Parameters
    ----------
    result
        A folder that doctrine run or doctrine compare wrote.
    world
        Number of the world, from 0.
    doctrine
        Which of the doctrines that were compared; all of them, one after the other, if not given.
    json
        Print one JSON object.
    """
    return tell_story(result, world, doctrine, json)


def tell_month(result: Path, world: int, month: str, doctrine: str | None, actor: str | None, as_json: bool) -> int:
    """Tell why each actor did what it did in a month of a world."""
    from sim.limits import InputError
    from sim.mistakes import unknown
    from sim.questions.explain import ACTOR_NAMES, explain

    asked = _asked(result, world, doctrine)
    calendar = next(iter(asked.values()))[0].calendar
    if month not in calendar:
        raise InputError(f"month: must be from {calendar[0]} to {calendar[-1]}, like '2025-03', got {month!r}")
    if actor is not None and actor not in ACTOR_NAMES:
        raise InputError(unknown("actor", actor, ACTOR_NAMES))

    def sections(scenario: Scenario, seed: int) -> list[tuple[str, tuple[str, ...]]]:
        return [(account.actor, account.sentences) for account in explain(scenario, seed, world, month, actor)]

    return _tell(asked, f"world {world}, {month}", "actor", sections, as_json)


def tell_story(result: Path, world: int, doctrine: str | None, as_json: bool) -> int:
    """Tell the story of a world."""
    from sim.questions.replay import replay

    def sections(scenario: Scenario, seed: int) -> list[tuple[str, tuple[str, ...]]]:
        return [(chapter.month, chapter.sentences) for chapter in replay(scenario, seed, world)]

    return _tell(_asked(result, world, doctrine), f"world {world}", "month", sections, as_json)


def _asked(result: Path, world: int, doctrine: str | None) -> dict[str, tuple[Scenario, int]]:
    """Scenario and seed of each doctrine that is asked about."""
    from sim.limits import InputError, check_world
    from sim.mistakes import unknown
    from sim.store import open_run, open_scenarios
    from sim.store.provenance import version

    run, scenarios = open_run(result), open_scenarios(result)
    check_world(world, run.worlds)
    if run.version != version():
        console.note(f"Made by version {run.version}, told by {version()}: details may differ.")
    if doctrine is not None and doctrine not in scenarios:
        raise InputError(unknown(f"doctrine in {result}", doctrine, scenarios))
    return {label: (scenario, run.seed) for label, scenario in scenarios.items() if doctrine in (None, label)}


def _tell(
    asked: dict[str, tuple[Scenario, int]],
    where: str,
    kind: str,
    sections: Callable[[Scenario, int], list[tuple[str, tuple[str, ...]]]],
    as_json: bool,
) -> int:
    """Tell something of a world under each doctrine that is asked about."""
    told = {label: sections(*study) for label, study in asked.items()}
    if as_json:
        console.as_json(
            {label: [{kind: title, "sentences": list(s)} for title, s in parts] for label, parts in told.items()}
        )
        return DONE
    for place, (label, parts) in enumerate(told.items()):
        if place:
            console.line()
        scenario = asked[label][0]
        console.heading(f"{scenario.title}, {where}, {label}")
        for title, sentences in parts:
            console.entry(title, sentences)
    return DONE
