"""What worlds say under one doctrine or several: as an Answer, and as the folder that `doctrine compare` leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.answers.answer import Answer
from sim.basics.labels import month_text
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.questions.compare.doctrines import month_of_change, start_of_effect
from sim.questions.compare.ensemble_numbers import (
    EnsembleNumbers,
    band_table,
    digest_block,
    ensemble_numbers,
    joined,
    pooled_numbers,
)
from sim.questions.compare.statistics import bands
from sim.questions.compare.summary import differences_in_words, summary_as_json, summary_grid
from sim.record.own.choice import USUAL_RECORD, RecordChoice
from sim.store import result_folder as store

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sim.ensemble.study import Study
    from sim.figures.beside import Pictures
    from sim.figures.record import Observed
    from sim.store.provenance import Run

LONGEST_NAME = 70
"""Characters of a folder's name that still reads as one."""


@dataclass(frozen=True, kw_only=True)
class EnsembleFindings(Answer):
    """What the worlds of a scenario say, under one doctrine or under several, wherever those worlds are.

    The tables are `levels` (statistics over worlds of every outcome), `endings`, and of several doctrines `differences`
    (world by world).

    Attributes
    ----------
    study : Study
        What was asked.
    numbers : EnsembleNumbers
        What the sentences, the grid and the report are made of.
    """

    study: Study
    numbers: EnsembleNumbers

    def write(self, folder: Path) -> None:
        """Refuse: the worlds are no longer there.

        Raises
        ------
        InputError
            Always: those of a large run are in the folder that it wrote.
        """
        raise InputError("the worlds of a large run are in the folder that it wrote, and nowhere else")

    def about(self, folder: Path | None = None) -> dict[str, Any]:
        """How it was asked and what was found, as JSON has it; and where it is, if it was written."""
        about = {
            "command": self.command,
            "scenario": self.study.base.name,
            "worlds": self.study.ensemble.worlds,
            "seed": self.study.ensemble.seed,
            "doctrines": list(self.study.scenarios),
            "notes": list(self.study.notes_in_full),
        }
        if folder is not None:
            about |= {"folder": folder.as_posix(), "files": sorted(path.name for path in folder.iterdir())}
        return about | summary_as_json(self.numbers)


@dataclass(frozen=True, kw_only=True)
class EnsembleAnswer(EnsembleFindings):
    """The same with the worlds in memory: what `sim.compare` returns.

    Attributes
    ----------
    dataset : Dataset
        The worlds, dims (doctrine, world, month).
    """

    dataset: xr.Dataset = field()  # that of any answer may be missing, and would be by default

    def claimed(self, place: Path, force: bool) -> AbstractContextManager[Path]:
        """The folder that `doctrine compare` writes, and `sim.open_results` reads."""
        return store.new_results(place, force)

    def write(self, folder: Path) -> None:
        """Write all of it into an empty folder: report, figures, tables, paths."""
        _write_all(self, self.dataset, folder, _observed(USUAL_RECORD), self.study.ensemble.jobs - 1)


def ensemble_answer(study: Study, dataset: xr.Dataset) -> EnsembleAnswer:
    """The answer of worlds in memory."""
    found = _findings(study, ensemble_numbers(dataset, _changed(study, dataset)), dataset)
    parts = {part.name: getattr(found, part.name) for part in fields(found)}
    return EnsembleAnswer(**parts | {"dataset": dataset})


class Writing(NamedTuple):
    """How a folder of results is written.

    Attributes
    ----------
    paths : bool, optional
        Whether monthly paths are kept; up to `sim.store.result_folder.PATHS_UP_TO` worlds if None.
    force : bool
        Replace results that are there already.
    cluster : str, optional
        Address of a dask scheduler that does the work.
    resume : bool
        Finish a run that was interrupted.
    note : callable, optional
        Called with a line on what an interrupted run left that does not count.
    tell : callable, optional
        Called with what was found, before any table is written or figure drawn.
    drawers : int
        Processes that draw figures beside this one.
    record : RecordChoice
        Which record is drawn beside the worlds.
    """

    paths: bool | None = None
    force: bool = False
    cluster: str | None = None
    resume: bool = False
    note: Callable[[str], None] | None = None
    tell: Callable[[EnsembleFindings], None] = lambda _: None
    drawers: int = 0
    record: RecordChoice = USUAL_RECORD


def written_ensemble(study: Study, place: Path, how: Writing) -> EnsembleFindings:
    """Simulate a study and write the folder of its results: in memory, or batch by batch where it is large.

    Raises
    ------
    FolderError, InputError, BlockError, RecordError
        If nothing can be written there, there is nothing to resume, worlds fail, or the user's months cannot be read.
    """
    if study.ensemble.worlds > store.PATHS_UP_TO or how.paths is False or how.cluster or how.resume:
        return written_in_batches(study, place, how)
    record = _observed(how.record)
    with store.new_results(place, how.force) as folder:
        dataset = study.simulate()
        found = ensemble_answer(study, dataset)
        how.tell(found)
        _write_all(found, dataset, folder, record, how.drawers, how.paths)
    return found


def _write_all(
    found: EnsembleAnswer,
    dataset: xr.Dataset,
    folder: Path,
    record: Observed,
    drawers: int,
    paths: bool | None = None,
) -> None:
    """Write all of an answer into an empty folder, with so many processes that draw figures beside this one."""
    from sim.figures import beside

    study = found.study.drawn_with(record.own)
    changed = _changed(study, dataset)
    shown = beside.Shown(dataset, changed, record)
    with beside.drawers(drawers, shown) as where:
        drawing = beside.begun(shown, where, at_hand=True)
        study.ensemble.says("Writing tables")
        write_data(dataset, study, folder, paths)
        study.ensemble.says("Drawing figures")
        draw_all(dataset, study, folder, found.numbers, record, changed, drawing)


def written_in_batches(study: Study, place: Path, how: Writing) -> EnsembleFindings:
    """A run of any size: worlds go to disk batch by batch, and whatever stops it, what is done can be resumed."""
    from sim.ensemble.processes import engine
    from sim.figures import beside
    from sim.store import unfinished

    record = _observed(how.record)
    study = study.drawn_with(record.own)
    wanted = unfinished.order(study, store.keeps_paths(study, how.paths))
    with (
        store.new_results(place, how.force) as folder,
        unfinished.unfinished(place, wanted, how.resume, how.force) as run,
        engine(study.ensemble.jobs, how.cluster) as where,
    ):
        sample = study.sample()
        changed = _changed(study, sample)
        since = month_text(start_of_effect(sample, changed))
        unfinished.complete(run, study, sample, since, digest_block, where, how.note)
        digest = joined(run.digests())
        found = _findings(study, pooled_numbers(sample, changed, digest), sample)
        how.tell(found)
        study.ensemble.says("Drawing figures")
        shown = beside.Shown(sample, changed, record)
        with beside.drawers(0 if where.processes else how.drawers, shown) as more:
            drawing = beside.begun(shown, where if where.processes else more, at_hand=not where.processes)
            draw_all(sample, study, folder, found.numbers, record, changed, drawing)
        study.ensemble.says("Writing tables")
        store.write_large(run, sample, band_table(sample, digest), study, folder)
    return found


def write_data(dataset: xr.Dataset, study: Study, folder: Path, paths: bool | None = None) -> Run:
    """Write all data of worlds in memory into an empty folder; see `sim.store.result_folder.write`."""
    return store.write(dataset, bands(dataset), study, folder, paths)


def draw_all(
    dataset: xr.Dataset,
    study: Study,
    folder: Path,
    numbers: EnsembleNumbers,
    record: Observed,
    changed: Any,
    drawing: Callable[[], Pictures],
) -> None:
    """Write every figure, and the report that holds them together with the numbers; `drawing` ends what was begun."""
    from sim.report import html as report

    pictures = drawing()
    for name, picture in pictures.items():
        picture.save(folder / store.FIGURES, name)
    text = report.render(dataset, study.scenarios, record, study.command, changed, pictures, numbers, study.notes)
    (folder / store.REPORT).write_text(text, encoding="utf-8", newline="\n")


def folder_name(study: Study) -> str:
    """Name of the folder of results: the scenario's, and what was compared in it."""
    if not study.compares:
        return study.base.name
    name = f"{study.base.name}-{'-vs-'.join(map(store.slug, study.scenarios))}"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{study.base.name}-{len(study.scenarios)}-doctrines-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _findings(study: Study, numbers: EnsembleNumbers, drawn: xr.Dataset) -> EnsembleFindings:
    """What numbers say, with figures that are drawn of some worlds."""
    worlds = count(study.ensemble.worlds, "world")
    if study.compares:
        worlds = f"the same {worlds} under {len(study.scenarios)} doctrines"
    calendar = study.base.calendar

    def draw() -> dict[str, Figure]:
        return _drawn(drawn, _observed(USUAL_RECORD), _changed(study, drawn))

    return EnsembleFindings(
        title=f"{study.base.title}: {worlds}, {calendar[0]} to {calendar[-1]}, seed {study.ensemble.seed}",
        sentences=differences_in_words(numbers),
        tables=numbers.tables(),
        grids=[summary_grid(numbers)],
        command=study.command,
        draw=draw,
        study=study,
        numbers=numbers,
    )


def _observed(chosen: RecordChoice) -> Observed:
    """The record: read before worlds are run, so that what is wrong with a table of the user's is told at once."""
    from sim.record.own.beside import observed

    return observed(*chosen)


def _drawn(dataset: xr.Dataset, record: Observed, changed: Any) -> dict[str, Figure]:
    from sim import figures

    return {name: getattr(figures, name)(dataset, record, changed) for name in figures.FIGURES}


def _changed(study: Study, dataset: xr.Dataset) -> Any:
    return month_of_change(dataset, study.scenarios, study.actor)
