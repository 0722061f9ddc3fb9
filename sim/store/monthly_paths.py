"""`paths.zarr`: every monthly path of every world, in Zarr version 3, readable from any language that has it.

A variable is one array (doctrine, world, month) in single precision; a doctrine's worlds lie in shards as large as a
block of the simulation, cut into chunks that a reader can take out alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.ensemble import BLOCK

if TYPE_CHECKING:
    import xarray as xr

FOLDER = "paths.zarr"
CHUNK = BLOCK // 8
"""Worlds a chunk: a quarter of a megabyte at five years."""
LEVEL = 1
"""Of compression: higher levels cost much time and save little."""


def write(dataset: xr.Dataset, folder: Path) -> None:
    """Write the monthly paths of a Dataset; the same Dataset gives the same bytes."""
    names = [name for name, values in dataset.data_vars.items() if "month" in values.dims]
    paths = dataset[names]
    # Text of fixed length has no specified form in Zarr yet; objects become text of any length, which has.
    paths = paths.assign_coords(doctrine=paths["doctrine"].astype(object)).drop_attrs(deep=False)
    paths.to_zarr(
        folder / FOLDER, mode="w-", zarr_format=3, consolidated=False, encoding=_encoding(dict(paths.sizes), names)
    )


def read(folder: Path, labels: list[str]) -> xr.Dataset:
    """Read the monthly paths, all of them, so that nothing hangs on the folder any more."""
    import xarray as xr

    with xr.open_zarr(folder / FOLDER, consolidated=False, chunks=None) as stored:
        paths = stored.load()
    named: xr.Dataset = paths.drop_encoding().assign_coords(doctrine=labels)
    return named


def _encoding(sizes: dict[Any, int], names: list[Any]) -> dict[Any, dict[str, Any]]:
    from zarr.codecs import BloscCodec

    chunk = min(CHUNK, sizes["world"])
    shard = chunk * -(-min(BLOCK, sizes["world"]) // chunk)
    single = np.dtype(np.float32)
    layout = {
        "chunks": (1, chunk, sizes["month"]),
        "shards": (1, shard, sizes["month"]),
        "compressors": (BloscCodec(cname="zstd", clevel=LEVEL, shuffle="shuffle", typesize=single.itemsize),),
        "dtype": single,
    }
    return dict.fromkeys(names, layout)
