"""`doctrine explain` and `doctrine replay`: live through one world of a result again, and tell of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli import console
from sim.cli.answers import show
from sim.cli.exits import DONE
from sim.cli.options import Flag, Whole

if TYPE_CHECKING:
    from sim.answers.explain import StoryAnswer


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
        Label of one of the doctrines that were compared; all of them, one after the other, if not given.
    actor
        Whom to ask: us, congress, europe, ukraine, russia, table, or a guest by its name; everybody if not given.
    json
        Print one JSON object.
    """
    from sim.answers import explain as asked

    return tell(asked.explain(result, world, month, doctrine, actor), json)


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
        Label of one of the doctrines that were compared; all of them, one after the other, if not given.
    json
        Print one JSON object.
    """
    from sim.answers import explain as asked

    return tell(asked.replay(result, world, doctrine), json)


def tell(found: StoryAnswer, as_json: bool) -> int:
    """Print stories, one after the other."""
    for note in found.notes:
        console.note(note)
    if as_json:
        console.as_json(found.as_json())
        return DONE
    if found.opening:
        show(found, found.opening)
        console.line()
    for place, story in enumerate(found.stories):
        if place:
            console.line()
        console.heading(story.heading)
        for part in story.parts:
            console.entry(*part)
    return DONE
