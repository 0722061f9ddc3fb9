"""Live through one world of a result again, and tell of it: asked with `sim.explain` and `sim.replay`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.answers.answer import Answer, command
from sim.basics.limits import InputError, check_world
from sim.basics.mistakes import unknown
from sim.questions.explain import reasons
from sim.questions.explain import replay as stories
from sim.scenario.spelling import doctrine_label
from sim.store.provenance import Run, version
from sim.store.result_folder import open_run, open_scenarios

if TYPE_CHECKING:
    from sim.scenario import Scenario


class Story(NamedTuple):
    """What is told of one world under one doctrine.

    Attributes
    ----------
    label : str
        The doctrine's label.
    heading : str
        Scenario, world and doctrine in a line.
    parts : sequence of (str, sequence of str)
        A month or an actor, and what is told of it.
    """

    label: str
    heading: str
    parts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class StoryAnswer(Answer):
    """Worlds that were lived through again, told.

    The table `sentences` has a row a sentence.

    Attributes
    ----------
    kind : str
        What the parts of a story are: "month" or "actor".
    stories : sequence of Story
        One after the other.
    notes : sequence of str
        What to know before they are read.
    opening : sequence of str
        What was found of all of them, where there is more to say than their headings do; told first, under the title
        and the grids.
    """

    kind: str
    stories: Sequence[Story]
    notes: Sequence[str] = ()
    opening: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """What a command prints of it with `--json`."""
        return self.by_label()

    def by_label(self) -> dict[str, Any]:
        """The stories as JSON has them, by label of the doctrine."""
        return {
            story.label: [{self.kind: title, "sentences": list(sentences)} for title, sentences in story.parts]
            for story in self.stories
        }


def explain(
    result: str | os.PathLike[str], world: int, month: str, doctrine: str | None = None, actor: str | None = None
) -> StoryAnswer:
    """Tell why each actor did what it did in one month of one world.

    Parameters
    ----------
    result
        A folder that `doctrine run` or `doctrine compare` wrote, or `save`.
    world
        Number of the world, from 0.
    month
        The month, "YYYY-MM".
    doctrine
        Label of one of the doctrines that were compared; all of them, one after the other, if None.
    actor
        Whom to ask: "us", "congress", "europe", "ukraine", "russia", "table" or a guest by its name; everybody if None.

    Returns
    -------
    StoryAnswer
        Sentences with the terms of every decision, heaviest first, by doctrine and actor.

    Raises
    ------
    FolderError, InputError
        If it is no folder of results, or there is no such world, month, doctrine or actor.
    """

    def told(scenario: Scenario, run: Run, label: str) -> Story:
        parts = [(one.actor, one.sentences) for one in reasons.explain(scenario, run.seed, world, month, actor)]
        return Story(label, f"{scenario.title}, world {world}, {month}, {label}", parts)

    return _stories("explain", result, doctrine, told, "actor", world=world, month=month, actor=actor)


def replay(result: str | os.PathLike[str], world: int, doctrine: str | None = None) -> StoryAnswer:
    """Tell the story of one world, month by month.

    Parameters
    ----------
    result, world, doctrine
        As in `explain`.

    Returns
    -------
    StoryAnswer
        What somebody would have read in the news, by doctrine and month.

    Raises
    ------
    FolderError, InputError
        If it is no folder of results, or there is no such world or doctrine.
    """
    told = partial(replayed, world=world)
    return _stories("replay", result, doctrine, told, "month", world=world)


def replayed(scenario: Scenario, run: Run, label: str, world: int) -> Story:
    """The story of one world of a run under one doctrine, month by month."""
    parts = [(chapter.month, chapter.sentences) for chapter in stories.replay(scenario, run.seed, world)]
    return Story(label, f"{scenario.title}, world {world}, {label}", parts)


def told_otherwise(run: Run) -> list[str]:
    """What to know before a run is told by another version than the one that made it."""
    here = version()
    notes = [] if run.version == here else [f"Made by version {run.version}, told by {here}: details may differ."]
    for package, made in run.offering.items():
        if made != (now := version(package)):
            notes.append(f"Made with {package} {made}, told with {now}: details may differ.")
    return notes


def chosen(run: Run, doctrine: str | None, result: str | os.PathLike[str]) -> list[str]:
    """Labels of the doctrines of a result that are asked about: the one so called, all of them if None.

    Raises
    ------
    InputError
        If there is no such doctrine in it.
    """
    written = run.spelt
    found = [label for label in written if doctrine in (None, label, doctrine_label(label), written[label])]
    if not found:
        raise InputError(unknown(f"doctrine in {result}", doctrine, written))
    return found


def _stories(
    name: str,
    result: str | os.PathLike[str],
    doctrine: str | None,
    told: Callable[[Scenario, Run, str], Story],
    kind: str,
    world: int,
    month: str | None = None,
    actor: str | None = None,
) -> StoryAnswer:
    """Open a result, and tell of a world under each doctrine that is asked about."""
    import pandas as pd

    run, scenarios = open_run(result), open_scenarios(result)
    check_world(world, run.worlds)
    found = [told(scenarios[label], run, label) for label in chosen(run, doctrine, result)]
    rows = [
        (story.label, title, sentence) for story in found for title, sentences in story.parts for sentence in sentences
    ]
    return StoryAnswer(
        title="; ".join(story.heading for story in found),
        sentences=[f"{title}: {sentence}" for _, title, sentence in rows],
        tables={"sentences": pd.DataFrame(rows, columns=["doctrine", kind, "sentence"])},
        command=command(name, Path(result).as_posix(), world=world, month=month, doctrine=doctrine, actor=actor),
        kind=kind,
        stories=found,
        notes=told_otherwise(run),
    )
