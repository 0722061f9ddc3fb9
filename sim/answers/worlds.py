"""Which worlds of a result are worth reading, and what happens in them? Asked with `sim.worlds`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim import record
from sim.answers.answer import command
from sim.answers.explain import Story, StoryAnswer, chosen, replayed, told_otherwise
from sim.basics.labels import month_text, number
from sim.basics.limits import InputError, check_worlds
from sim.basics.mistakes import count
from sim.questions.compare.doctrines import each_doctrine
from sim.questions.explain import nearest_to_record as nearness
from sim.store.result_folder import open_results, open_run, open_scenarios

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.store.provenance import Run

WAYS = "--nearest-to-record (in Python nearest_to_record=True)"
"""How worlds can be chosen."""


@dataclass(frozen=True, kw_only=True)
class WorldsAnswer(StoryAnswer):
    """Worlds that were chosen, and told."""

    def as_json(self) -> dict[str, Any]:
        """What was found, and of every world told its doctrine, number, distance, gaps and story."""
        rows = self.tables["told"].astype(object)
        told = rows.where(rows.notna(), None).to_dict("records")
        return {
            "found": list(self.opening),
            "worlds": [
                {**row, "story": by_month} for row, by_month in zip(told, self.by_label().values(), strict=True)
            ],
        }


def worlds(
    result: str | os.PathLike[str],
    nearest_to_record: bool = False,
    worlds: int = 5,
    doctrine: str | None = None,
    release: int | None = None,
) -> WorldsAnswer:
    """Tell the stories of the worlds of a result that were chosen.

    Nearest to the record are the worlds whose American allocations and European contributions, each summed up, and
    whose land held by Russia run closest to what was observed, over the months that both have: the root mean square
    over months, each in units of its spread between worlds, and the root mean square of the three. 1 is as far as the
    worlds lie from their own mean path. `sim.questions.explain.nearest_to_record` has the formula.

    Of a comparison, the nearest of every doctrine are told, each measured by its own worlds; the doctrines are not
    ranked. They share their luck and, up to their change, their past, so that the nearest over all would be some
    worlds told twice, and their doctrines would be read as an answer to which doctrine the record looks like. That is
    what `sim.infer` asks, and its answer knows its chance of error.

    Parameters
    ----------
    result
        A folder that `doctrine run` or `doctrine compare` wrote, or `save`.
    nearest_to_record
        Choose those whose paths lie nearest to the observed record; so far the one way of choosing.
    worlds
        How many, of each doctrine; all of them where there are fewer.
    doctrine
        Label of one of the doctrines that were compared; all of them, one after the other, if None.
    release
        Release of the Ukraine Support Tracker that the record's aid is taken from; the newest if None.

    Returns
    -------
    WorldsAnswer
        Their stories, the nearest first; tables `told`, `distances` (of every world) and `spreads`.

    Raises
    ------
    FolderError, InputError
        If it is no folder of results, there is no such doctrine or release, the result keeps no monthly paths or shares
        no month with the record, or no way of choosing is named.
    """
    if not nearest_to_record:
        raise InputError(f"which worlds? Say how they are chosen; so far there is one way: {WAYS}")
    check_worlds(worlds)
    folder = Path(result)
    run = open_run(folder)
    labels = chosen(run, doctrine, result)
    dataset = each_doctrine(open_results(folder)).sel(doctrine=labels)
    found = nearness.nearest_to_record(dataset, record.series(release))
    near = found.worlds.groupby("doctrine", sort=False).head(worlds)
    stories = _told(open_scenarios(folder), run, near)
    told_of = [(story.label, month, text) for story in stories for month, texts in story.parts for text in texts]
    opening = [*nearness.sentences(found, worlds), nearness.method(found)]
    last = found.months[-1]
    if dataset["month"].to_numpy()[-1] > last:
        opening.append(f"After {month_text(last)} there is no such record: the stories go on as the model has it.")
    each = f", under each of {count(len(labels), 'doctrine')}" if len(labels) > 1 else ""
    these = "world" if min(worlds, run.worlds) == 1 else count(min(worlds, run.worlds), "world")
    return WorldsAnswer(
        title=f"{dataset.attrs['title']}: the {these} nearest to the record, of {run.worlds:,}{each}, seed {run.seed}",
        sentences=[*opening, *(f"{label}, {month}: {text}" for label, month, text in told_of)],
        tables={
            "told": near.reset_index(drop=True),
            "distances": found.worlds,
            "spreads": found.spreads,
            "sentences": pd.DataFrame(told_of, columns=["world", "month", "sentence"]),
        },
        grids=nearness.grids(found, worlds),
        command=command(
            "worlds", folder.as_posix(), nearest_to_record=True, worlds=worlds, doctrine=doctrine, release=release
        ),
        kind="month",
        stories=stories,
        notes=told_otherwise(run),
        opening=opening,
    )


def _told(scenarios: Mapping[str, Scenario], run: Run, near: pd.DataFrame) -> list[Story]:
    """Live through the worlds again, and head each with how far it lies from the record."""
    told = []
    for row in near.to_dict("records"):
        label, world = str(row["doctrine"]), int(row["world"])
        story = replayed(scenarios[label], run, label, world)
        far = "" if pd.isna(row["distance"]) else f": {number(row['distance'], nearness.DIGITS)} from the record"
        told.append(story._replace(label=f"{label}, world {world}", heading=f"{story.heading}{far}"))
    return told
