"""`worlds.csv.gz`: one row a doctrine and world, for R and spreadsheets, and back into a Dataset without loss.

Classes stand there by name, months as "YYYY-MM", numbers with every digit, and what is missing as nothing. A variable
with one value a world and member has a column a member: `europe_by_member.germany`.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics import tables
from sim.basics.folders import FolderError
from sim.ensemble.dataset import MEANINGS, as_read, as_written, class_names, named
from sim.store import opening
from sim.store.provenance import Column

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FILE, ARRAYS = "worlds.csv.gz", "worlds.zarr"
UP_TO = 100_000
"""Worlds up to which there is a table for spreadsheets; of more there are arrays, which take a tenth of the time."""
KEYS = ("doctrine", "world")
MISSING = ""
COMPRESSION = 1
"""The sixth level takes as long as all the rest of the table, and spares a twelfth of the file."""
LONGEST_ROW, LONGEST_CELL, WIDEST_SIGN = 100_000, 40, 4
"""Bytes of the line of headings, of a number or a class, and of a sign of a label."""


def columns(dataset: xr.Dataset) -> dict[str, Column]:
    """The variables of a Dataset that have one row a world, and what it takes to read them back."""
    return {
        str(name): Column(dims=tuple(map(str, values.dims)), dtype=str(values.dtype), attrs=as_written(values.attrs))
        for name, values in dataset.data_vars.items()
        if values.dims[:2] == KEYS and "month" not in values.dims
    }


def write(datasets: Iterable[xr.Dataset], folder: Path, labels: Iterable[str]) -> None:
    """Write the table of worlds, which come doctrine by doctrine; the same Datasets give the same bytes."""
    with (
        (folder / FILE).open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=COMPRESSION, fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        text.write(tables.mark(map(tables.plain, labels)))
        for place, dataset in enumerate(datasets):
            text.write(tables.text(as_table(dataset), header=place == 0, na_rep=MISSING))


def as_table(dataset: xr.Dataset) -> pd.DataFrame:
    """One row a doctrine and world, in the order of the Dataset."""
    import pandas as pd

    labels, worlds = (dataset[key].to_numpy() for key in KEYS)
    cells: dict[str, Any] = {
        "doctrine": np.repeat(labels.astype(object), len(worlds)),
        "world": np.tile(worlds, len(labels)),
    }
    for name in columns(dataset):
        values = dataset[name]
        rows = _readable(values).reshape(len(labels) * len(worlds), -1)
        cells |= {column: rows[:, place] for place, column in enumerate(_headings(values))}
    return pd.DataFrame(cells)


def read(folder: Path, variables: Mapping[str, Column], labels: list[str], worlds: int) -> xr.Dataset:
    """Read the table of worlds back into variables with dims (doctrine, world).

    Raises
    ------
    FolderError
        If it is not what so many worlds under these doctrines have.
    """
    import xarray as xr

    with opening.unbelieved(folder / FILE):
        table = _table(folder / FILE, variables, labels, worlds)
        dataset = xr.Dataset(coords={"doctrine": labels, "world": np.arange(worlds)})
        for name, column in variables.items():
            headings = _of(name, table.columns)
            if column.dims[: len(KEYS)] != KEYS or not headings:
                raise opening.damaged(folder / FILE)
            cells = table[headings].to_numpy(dtype=object)
            shape = (len(labels), worlds, *(len(headings) for _ in column.dims[2:]))
            numbers = _restored(cells, column).reshape(shape)
            dataset[name] = (column.dims, numbers, as_read(column.attrs, column.dtype))
            for dim in column.dims[2:]:
                dataset.coords[dim] = [heading.removeprefix(f"{name}.") for heading in headings]
        return dataset


def _of(name: str, headings: Iterable[str]) -> list[str]:
    """The columns of a variable."""
    return [heading for heading in headings if heading == name or heading.startswith(f"{name}.")]


def _table(path: Path, variables: Mapping[str, Column], labels: list[str], worlds: int) -> pd.DataFrame:
    """The cells of the table, all of them texts; no more is unpacked than so many rows can hold."""
    import pandas as pd

    with gzip.open(path) as packed:
        head = packed.readline(LONGEST_ROW).decode("utf-8-sig")
        headings = head.rstrip("\n").split(",")
        known = [heading for name in variables for heading in _of(name, headings)]
        if headings != [*KEYS, *known]:
            raise opening.damaged(path)
        longest = max(map(len, labels)) * WIDEST_SIGN + len(headings) * LONGEST_CELL
        most = min(len(labels) * worlds * longest, opening.unpacked_at_most(path.stat().st_size))
        rows = packed.read(most + 1)
    if len(rows) > most:
        raise FolderError(f"{path}: is larger than a table of {worlds:,} worlds can be; {opening.REMEDY}")
    table = pd.read_csv(
        io.BytesIO(rows), names=headings, dtype=str, keep_default_na=False, encoding="utf-8", header=None
    )
    if len(table) != len(labels) * worlds:
        raise opening.damaged(path)
    doctrines = np.repeat(np.array([tables.plain(label) for label in labels], dtype=object), worlds)
    numbers = np.tile(np.arange(worlds).astype(str).astype(object), len(labels))
    if table["doctrine"].tolist() != doctrines.tolist() or table["world"].tolist() != numbers.tolist():
        raise opening.damaged(path)
    return table


def _headings(values: xr.DataArray) -> list[str]:
    """Names of the columns of a variable."""
    if len(values.dims) == len(KEYS):
        return [str(values.name)]
    return [f"{values.name}.{item}" for item in values[values.dims[-1]].to_numpy()]


def _readable(values: xr.DataArray) -> Any:
    """Values as a reader wants them: classes by name, months as YYYY-MM."""
    cells = values.to_numpy()
    if MEANINGS in values.attrs:
        names = class_names(values)
        return np.array([names[number] for number in cells.ravel().tolist()], dtype=object)
    if cells.dtype.kind == "M":
        months = np.datetime_as_string(cells, unit="M").astype(object)
        return np.where(np.isnat(cells), MISSING, months)
    return cells


def _restored(cells: Any, column: Column) -> Any:
    """What `_readable` made readable, as numbers and dates again."""
    if MEANINGS in column.attrs:
        numbers = {name: number for number, name in named(column.attrs).items()}
        return np.array([numbers[cell] for cell in cells.ravel()]).astype(column.dtype)
    if column.dtype.startswith("datetime64"):
        return np.array(cells, dtype="datetime64[M]").astype(column.dtype)
    return np.where(cells == MISSING, "nan", cells).astype(column.dtype)
