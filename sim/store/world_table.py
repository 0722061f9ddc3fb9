"""`worlds.csv.gz`: one row a doctrine and world, for R and spreadsheets, and back into a Dataset without loss.

Classes stand there by name, months as "YYYY-MM", numbers with every digit, and what is missing as nothing. A variable
with one value a world and member has a column a member: `europe_by_member.germany`.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.store.provenance import Column

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FILE, ARRAYS = "worlds.csv.gz", "worlds.zarr"
UP_TO = 100_000
"""Worlds up to which there is a table for spreadsheets; of more there are arrays, which take a tenth of the time."""
KEYS = ("doctrine", "world")
MISSING = ""
COMPRESSION = 6


def columns(dataset: xr.Dataset) -> dict[str, Column]:
    """The variables of a Dataset that have one row a world, and what it takes to read them back."""
    return {
        str(name): Column(dims=tuple(map(str, values.dims)), dtype=str(values.dtype), attrs=_plain(values.attrs))
        for name, values in dataset.data_vars.items()
        if values.dims[:2] == KEYS and "month" not in values.dims
    }


def write(datasets: Iterable[xr.Dataset], folder: Path) -> None:
    """Write the table of worlds, which come doctrine by doctrine; the same Datasets give the same bytes."""
    with (
        (folder / FILE).open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=COMPRESSION, fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        for place, dataset in enumerate(datasets):
            as_table(dataset).to_csv(text, index=False, header=place == 0, na_rep=MISSING, lineterminator="\n")


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


def read(folder: Path, variables: Mapping[str, Column], labels: list[str]) -> xr.Dataset:
    """Read the table of worlds back into variables with dims (doctrine, world)."""
    import pandas as pd
    import xarray as xr

    table = pd.read_csv(folder / FILE, dtype=str, keep_default_na=False, encoding="utf-8", compression="gzip")
    worlds = len(table) // len(labels)
    dataset = xr.Dataset(coords={"doctrine": labels, "world": np.arange(worlds)})
    for name, column in variables.items():
        headings = [h for h in table.columns if h == name or h.startswith(f"{name}.")]
        cells = table[headings].to_numpy(dtype=object)
        shape = (len(labels), worlds, *(len(headings) for _ in column.dims[2:]))
        dataset[name] = (column.dims, _restored(cells, column).reshape(shape), column.attrs)
        for dim in column.dims[2:]:
            dataset.coords[dim] = [heading.removeprefix(f"{name}.") for heading in headings]
    return dataset


def _headings(values: xr.DataArray) -> list[str]:
    """Names of the columns of a variable."""
    if len(values.dims) == len(KEYS):
        return [str(values.name)]
    return [f"{values.name}.{item}" for item in values[values.dims[-1]].to_numpy()]


def _readable(values: xr.DataArray) -> Any:
    """Values as a reader wants them: classes by name, months as YYYY-MM."""
    cells = values.to_numpy()
    if "flag_meanings" in values.attrs:
        names = _names(values.attrs)
        return np.array([names[number] for number in cells.ravel().tolist()], dtype=object)
    if cells.dtype.kind == "M":
        months = np.datetime_as_string(cells, unit="M").astype(object)
        return np.where(np.isnat(cells), MISSING, months)
    return cells


def _restored(cells: Any, column: Column) -> Any:
    """What `_readable` made readable, as numbers and dates again."""
    if "flag_meanings" in column.attrs:
        numbers = {name: number for number, name in _names(column.attrs).items()}
        return np.array([numbers[cell] for cell in cells.ravel()]).astype(column.dtype)
    if column.dtype.startswith("datetime64"):
        return np.array(cells, dtype="datetime64[M]").astype(column.dtype)
    return np.where(cells == MISSING, "nan", cells).astype(column.dtype)


def _names(attrs: Mapping[Any, Any]) -> dict[int, str]:
    return dict(zip(attrs["flag_values"], str(attrs["flag_meanings"]).split(", "), strict=True))


def _plain(attrs: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Attributes as JSON has them."""
    return {str(key): value for key, value in attrs.items()}
