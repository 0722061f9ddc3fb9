"""`paths.zarr`: every monthly path of every world, in Zarr version 3, readable from any language that has it.

A variable is one array (doctrine, world, month) in single precision; a doctrine's worlds lie in shards as large as a
block of the simulation, cut into chunks that a reader can take out alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.ensemble import BLOCK
from sim.store import regions

if TYPE_CHECKING:
    import xarray as xr

FOLDER = "paths.zarr"


def write(dataset: xr.Dataset, folder: Path) -> None:
    """Write the monthly paths of a Dataset; the same Dataset gives the same bytes."""
    names = [name for name, values in dataset.data_vars.items() if "month" in values.dims]
    paths = dataset[names]
    worlds = dataset.sizes["world"]
    regions.create(folder / FOLDER, paths, worlds, min(BLOCK, worlds))
    regions.put(folder / FOLDER, paths, 0)


def read(folder: Path, labels: list[str]) -> xr.Dataset:
    """Read the monthly paths, all of them."""
    return regions.read(folder / FOLDER, labels)
