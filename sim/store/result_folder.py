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

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.basics import folders, tables
from sim.basics.folders import FolderError
from sim.ensemble import BLOCK
from sim.ensemble.dataset import as_text
from sim.ensemble.study import Study
from sim.scenario import Scenario, guests
from sim.scenario.file import LARGEST_FILE
from sim.scenario.scenario import load_written
from sim.store import opening, provenance, regions, world_table
from sim.store.provenance import Run

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sim.store.unfinished import Unfinished

SCENARIO, SUMMARY, FIGURES, REPORT = "scenario.toml", "summary.csv", "figures", "report.html"
SUMMARY_COLUMNS = ["doctrine", "month", "variable", "unit", "mean", "sd", "p05", "p25", "p50", "p75", "p95"]
SUMMARY_NUMBERS = "%.7g"
"""All digits of single precision, in which the paths are kept."""
PATHS_UP_TO = 10_000
"""Worlds up to which monthly paths are kept unless told otherwise: writing more costs more than simulating them."""
LONGEST_SLUG = 60
ARRAYS = ".zarr"
"""How a folder of arrays ends."""


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


def write(dataset: xr.Dataset, summary: pd.DataFrame, study: Study, folder: Path, paths: bool | None = None) -> Run:
    """Write all data of a run into an empty folder, `run.json` last.

    Parameters
    ----------
    dataset : xarray.Dataset
        What `sim.ensemble.simulate` gave.
    summary : pandas.DataFrame
        Its bands over worlds, a row a doctrine, variable and month.
    study : Study
        What it was asked.
    folder : Path
        An empty folder.
    paths : bool, optional
        Whether monthly paths are kept; up to `PATHS_UP_TO` worlds if None.
    """
    _write_summary(summary, folder)
    world_table.write([dataset], folder, study.scenarios)
    data = [folder / SUMMARY, folder / world_table.FILE]
    if keeps_paths(study, paths):
        regions.write_paths(dataset, folder)
        data.append(folder / regions.PATHS)
    return _record(dataset, study, folder, data)


def write_large(run: Unfinished, sample: xr.Dataset, summary: pd.DataFrame, study: Study, folder: Path) -> Run:
    """Write all data of a run larger than memory: `run` has its worlds, `sample` some of them, `summary` its bands."""
    _write_summary(summary, folder)
    moved = [run.paths] if run.order["paths"] else []
    if study.ensemble.worlds <= world_table.UP_TO:
        world_table.write(regions.ranges(run.worlds, list(world_table.columns(sample)), BLOCK), folder, study.scenarios)
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
    return study.ensemble.worlds <= PATHS_UP_TO if paths is None else paths


def open_results(folder: str | Path) -> xr.Dataset:
    """Read the results of a run.

    Parameters
    ----------
    folder
        A folder that `doctrine run` or `doctrine compare` wrote.

    Returns
    -------
    xarray.Dataset
        As `sim.run` or `sim.compare` gave it; without the monthly paths where those were not kept.

    Raises
    ------
    FolderError
        If it is no folder of results, or a file in it was lost or changed.
    """
    folder = Path(folder)
    run = open_run(folder)
    labels = [doctrine.label for doctrine in run.doctrines]
    for name, digest in run.files.items():
        if name != SUMMARY:  # which a spreadsheet may have saved again
            _check_bytes(folder / name, digest)
    if world_table.FILE in run.files:
        dataset = world_table.read(folder, run.variables, labels, run.worlds)
    elif world_table.ARRAYS in run.files:
        arrays = regions.read(folder / world_table.ARRAYS, labels, run.worlds)
        dataset = arrays.drop_vars("month", errors="ignore")
    else:
        raise FolderError(f"{folder / provenance.FILE}: speaks of no worlds; {opening.REMEDY}")
    if regions.PATHS in run.files:
        dataset = regions.read(folder / regions.PATHS, labels, run.worlds).assign(dataset.variables)
    dataset = dataset.assign_attrs(_texts(run.attributes))
    return dataset.squeeze("doctrine") if len(labels) == 1 else dataset


def _texts(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the whole, in texts, as it was not always written."""
    return {
        name: as_text(map(str, value)) if isinstance(value, list) else str(value) for name, value in attributes.items()
    }


def open_run(folder: str | os.PathLike[str]) -> Run:
    """Read where results come from: command, seed, versions.

    Raises
    ------
    FolderError
        If it is no folder of results.
    """
    return provenance.read(Path(folder))


def open_scenarios(folder: str | os.PathLike[str]) -> dict[str, Scenario]:
    """Read the scenarios that were run, by label of the doctrine.

    Raises
    ------
    FolderError
        If it is no folder of results, or a scenario in it was lost or changed.
    """
    folder = Path(folder)
    found = {}
    run = open_run(folder)
    for package, made in run.offering.items():
        if provenance.version(package) == provenance.UNKNOWN:
            raise FolderError(
                f"{folder}: made with {package} {made}, which offers a guest or a preset in it and is not installed; "
                f"install it: pip install {package}=={made}"
            )
    for doctrine in run.doctrines:
        opening.read(folder / doctrine.file, LARGEST_FILE)
        _check_bytes(folder / doctrine.file, doctrine.digest)
        found[doctrine.label] = load_written(folder / doctrine.file)
    return found


def _check_bytes(path: Path, digest: str) -> None:
    """Make sure that a file, or a folder of arrays, is there and as it was written."""
    if path.suffix == ARRAYS:
        for _ in opening.files_in(path):
            pass
    else:
        opening.plain_file(path)
    if provenance.sha256(path) != digest:
        raise FolderError(f"{path}: is not as it was written; {opening.REMEDY}")


def _write_scenarios(study: Study, folder: Path) -> dict[str, str]:
    """Write every scenario; return the file of each label."""
    _write_scenario(study.base, folder / SCENARIO)
    if not study.compares:
        return dict.fromkeys(study.scenarios, SCENARIO)
    files = _file_names(list(study.scenarios))
    for label, scenario in study.scenarios.items():
        _write_scenario(scenario, folder / files[label])
    return files


def _write_scenario(scenario: Scenario, path: Path) -> None:
    path.write_text(scenario.to_toml(), encoding="utf-8", newline="\n")


def _file_names(labels: list[str]) -> dict[str, str]:
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
    tables.write(table, folder / SUMMARY, numbers=SUMMARY_NUMBERS)


def _record(dataset: xr.Dataset, study: Study, folder: Path, data: list[Path]) -> Run:
    """Write the scenarios, and `run.json` with the digests of the data."""
    files = _write_scenarios(study, folder)
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
        worlds=study.ensemble.worlds,
        seed=study.ensemble.seed,
        packages=provenance.packages() | guests.packages(study.scenarios.values()),
        variables=world_table.columns(dataset),
        attributes={str(key): value for key, value in dataset.attrs.items()},
        files={path.name: provenance.sha256(path) for path in data},
        own_months={table: provenance.OwnMonths(**own) for table, own in study.own.items()},
    )
    run.write(folder)
    return run
