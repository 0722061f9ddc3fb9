"""The folder of results: what a run leaves behind, written whole or not at all, and read back as a Dataset.

    scenario.toml               the scenario with nothing left to fill in
    scenario-DOCTRINE.toml      the same under each doctrine, where doctrines were compared
    run.json                    command, seed, versions, digests: see `sim.store.provenance`
    summary.csv                 bands over worlds, a row a doctrine, variable and month
    worlds.csv.gz               a row a doctrine and world: how it ended, terms, totals; of large ensembles worlds.zarr
    paths.zarr                  every monthly path of every world (left out of large ensembles unless asked for)
    figures/, report.html       to look at

The same command gives the same bytes of data again, whatever the number of processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import folders
from sim.ensemble import BLOCK
from sim.folders import FolderError
from sim.scenario import Scenario, load
from sim.store import monthly_paths, provenance, regions, world_table
from sim.store.provenance import Run
from sim.study import Study

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sim.questions.results import Digest, Results
    from sim.store.unfinished import Unfinished

SCENARIO, SUMMARY, FIGURES, REPORT = "scenario.toml", "summary.csv", "figures", "report.html"
SUMMARY_COLUMNS = ["doctrine", "month", "variable", "unit", "mean", "sd", "p05", "p25", "p50", "p75", "p95"]
SUMMARY_NUMBERS = "%.7g"
"""All digits of single precision, in which the paths are kept."""
PATHS_UP_TO = 10_000
"""Worlds up to which monthly paths are kept unless told otherwise: writing more costs more than simulating them."""
LONGEST_SLUG = 60


@contextmanager
def new_results(place: Path, force: bool = False) -> Iterator[Path]:
    """Hand out a folder to `write` into; it appears at `place` when the block ends well, and vanishes otherwise.

    Raises
    ------
    FolderError
        If nothing can be written there, or something is there that may not be replaced.
    """

    def guard(folder: Path) -> None:
        _may_replace(folder, place, force)

    with folders.new_folder(place, guard) as folder:
        yield folder


def _may_replace(folder: Path, place: Path, force: bool) -> None:
    """Let only a folder of results be replaced, and only by force."""
    if not folder.is_dir():
        raise FolderError(f"{place}: is a file; choose another folder with --out")
    if not (folder / provenance.FILE).exists():
        raise FolderError(
            f"{place}: is there already and is not a folder of results (there is no {provenance.FILE} in it), "
            "so it is left alone; choose another folder with --out"
        )
    provenance.read(folder)
    if not force:
        raise FolderError(f"{place}: results are there already; --force replaces them, --out DIR writes elsewhere")


def write(dataset: xr.Dataset, study: Study, folder: Path, paths: bool | None = None) -> Run:
    """Write all data of a run into an empty folder, `run.json` last.

    Parameters
    ----------
    dataset : xarray.Dataset
        What `sim.ensemble.simulate` gave.
    study : Study
        What it was asked.
    folder : Path
        An empty folder.
    paths : bool, optional
        Whether monthly paths are kept; up to `PATHS_UP_TO` worlds if None.
    """
    from sim.questions.bands import bands

    _write_summary(bands(dataset), folder)
    world_table.write([dataset], folder)
    data = [folder / SUMMARY, folder / world_table.FILE]
    if keeps_paths(study, paths):
        monthly_paths.write(dataset, folder)
        data.append(folder / monthly_paths.FOLDER)
    return _record(dataset, study, folder, data)


def write_large(run: Unfinished, sample: xr.Dataset, found: Digest, study: Study, folder: Path) -> Run:
    """Write all data of a run larger than memory: `run` has its worlds, `sample` some of them, `found` its numbers."""
    from sim.questions.results import band_table

    _write_summary(band_table(sample, found), folder)
    moved = [run.paths] if run.order["paths"] else []
    if study.worlds <= world_table.UP_TO:
        world_table.write(regions.ranges(run.worlds, list(world_table.columns(sample)), BLOCK), folder)
        data = [folder / SUMMARY, folder / world_table.FILE, *moved]
    else:
        moved.append(run.worlds)
        data = [folder / SUMMARY, *moved]
    recorded = _record(sample, study, folder, data)
    for arrays in moved:  # last of all, so that whatever fails before can be done again
        arrays.rename(folder / arrays.name)
    return recorded


def keeps_paths(study: Study, paths: bool | None) -> bool:
    """Whether the monthly paths of every world are kept: as asked, or of a small ensemble."""
    return study.worlds <= PATHS_UP_TO if paths is None else paths


def draw_all(dataset: xr.Dataset, study: Study, folder: Path, found: Results) -> None:
    """Draw every figure, and write the report that holds them together with the numbers that were found."""
    from sim import figures, report
    from sim.questions.since import month_of_change

    record, changed = figures.observed(), month_of_change(dataset, study.scenarios)
    drawn = {name: getattr(figures, name)(dataset, record, changed) for name in figures.FIGURES}
    for name, figure in drawn.items():
        figures.save(figure, folder / FIGURES, name)
    text = report.render(dataset, study.scenarios, record, study.command, changed, drawn, found)
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")


def open_results(folder: str | Path) -> xr.Dataset:
    """Read the results of a run.

    Parameters
    ----------
    folder
        A folder that `doctrine run` or `doctrine compare` wrote.

    Returns
    -------
    xarray.Dataset
        As it came out of the run; without the monthly paths where those were not kept.

    Raises
    ------
    FolderError
        If it is no folder of results, or a file in it was lost or changed.
    """
    folder = Path(folder)
    run = open_run(folder)
    labels = [doctrine.label for doctrine in run.doctrines]
    for name, digest in run.files.items():
        if name != SUMMARY:
            _check_bytes(folder / name, digest)
    if world_table.FILE in run.files:
        dataset = world_table.read(folder, run.variables, labels)
    else:
        dataset = regions.read(folder / world_table.ARRAYS, labels).drop_vars("month", errors="ignore")
    if monthly_paths.FOLDER in run.files:
        dataset = monthly_paths.read(folder, labels).assign(dataset.variables)
    return dataset.assign_attrs(run.attributes)


def open_run(folder: str | Path) -> Run:
    """Read where results come from: command, seed, versions.

    Raises
    ------
    FolderError
        If it is no folder of results.
    """
    return provenance.read(Path(folder))


def open_scenarios(folder: str | Path) -> dict[str, Scenario]:
    """Read the scenarios that were run, by label of the doctrine.

    Raises
    ------
    FolderError
        If it is no folder of results, or a scenario in it was lost or changed.
    """
    folder = Path(folder)
    return {doctrine.label: _open_scenario(folder, doctrine) for doctrine in open_run(folder).doctrines}


def _open_scenario(folder: Path, doctrine: provenance.Doctrine) -> Scenario:
    _check_bytes(folder / doctrine.file, doctrine.digest)
    return load(folder / doctrine.file)


def _check_bytes(path: Path, digest: str) -> None:
    """Make sure that a file is there and as it was written."""
    if not path.exists():
        raise FolderError(f"{path}: is missing; make the results again")
    if provenance.sha256(path) != digest:
        raise FolderError(f"{path}: is not as it was written; make the results again")


def _write_scenarios(study: Study, folder: Path) -> dict[str, str]:
    """Write every scenario; return the file of each label."""
    _write_scenario(study.base, folder / SCENARIO)
    if not study.compares:
        return dict.fromkeys(study.scenarios, SCENARIO)
    files = _names(list(study.scenarios))
    for label, scenario in study.scenarios.items():
        _write_scenario(scenario, folder / files[label])
    return files


def _write_scenario(scenario: Scenario, path: Path) -> None:
    path.write_text(scenario.to_toml(), encoding="utf-8", newline="\n")


def _names(labels: list[str]) -> dict[str, str]:
    """File of each label; a number tells apart those that read the same."""
    names: dict[str, str] = {}
    for label in labels:
        stem = name = f"scenario-{slug(label)}"
        number = 1
        while f"{name}.toml" in names.values():
            number += 1
            name = f"{stem}-{number}"
        names[label] = f"{name}.toml"
    return names


def slug(text: str) -> str:
    """A text as a part of a file's name, on any system.

    >>> slug("transactional:commitment=0.85")
    'transactional-commitment-0.85'
    """
    return re.sub(r"[^\w.+]+", "-", text).strip("-.")[:LONGEST_SLUG] or "unnamed"


def _write_summary(table: pd.DataFrame, folder: Path) -> None:
    table = table[SUMMARY_COLUMNS].assign(month=table["month"].dt.strftime("%Y-%m"))
    table.to_csv(folder / SUMMARY, index=False, float_format=SUMMARY_NUMBERS, lineterminator="\n")


def _record(dataset: xr.Dataset, study: Study, folder: Path, data: list[Path]) -> Run:
    """Write the scenarios, and `run.json` with the digests of the data."""
    files = _write_scenarios(study, folder)
    attributes: dict[str, Any] = {str(key): value for key, value in dataset.attrs.items()}
    run = Run(
        program="doctrine-sim",
        format=provenance.FORMAT,
        version=provenance.version(),
        command=study.command,
        scenario=study.base.name,
        digest=study.base.digest,
        doctrines=tuple(
            provenance.Doctrine(label=label, file=files[label], digest=scenario.digest)
            for label, scenario in study.scenarios.items()
        ),
        worlds=study.worlds,
        seed=study.seed,
        packages=provenance.packages(),
        variables=world_table.columns(dataset),
        attributes=attributes,
        files={path.name: provenance.sha256(path) for path in data},
    )
    run.write(folder)
    return run
