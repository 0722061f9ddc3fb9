"""Arrays on disk that are written a range of worlds at a time, in Zarr version 3: rows a world, and monthly paths.

A range is a shard of its own, so that writing it touches no other, can be done again to the same bytes, and needs no
lock; a reader can take out parts of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.ensemble import BLOCK
from sim.ensemble.dataset import as_read, as_written
from sim.store import opening, soundness
from sim.store.soundness import CHUNKS

if TYPE_CHECKING:
    import xarray as xr

PATHS = "paths.zarr"
"""Every monthly path of every world: a variable is one array (doctrine, world, month) in single precision."""
LEVEL = 1
"""Of compression: higher levels cost much time and save little."""
EPOCH = "days since 1970-01-01"


def create(folder: Path, sample: xr.Dataset, worlds: int, shard: int) -> None:
    """Make empty arrays for so many worlds, with the variables, labels and attributes of a sample of them.

    Parameters
    ----------
    folder : Path
        Where the Zarr group shall be; nothing may be there.
    sample : xarray.Dataset
        Dims (doctrine, world, ...), in this order.
    worlds, shard : int
        Worlds in all, and worlds a shard.
    """
    import xarray as xr
    import zarr

    coords = {str(name): values for name, values in sample.coords.items()} | {"world": np.arange(worlds)}
    labels = xr.Dataset(coords=coords)
    for name, values in labels.coords.items():
        if values.dtype.kind == "U":  # text of fixed length has no specified form in Zarr yet
            labels = labels.assign_coords({name: values.astype(object)})
    labels.drop_attrs(deep=False).to_zarr(folder, mode="w-", zarr_format=3, consolidated=False)
    group = zarr.open_group(folder, mode="r+")
    for name, values in sample.data_vars.items():
        _array(group, str(name), values, worlds, shard)


def _array(group: Any, name: str, values: xr.DataArray, worlds: int, shard: int) -> None:
    from zarr.codecs import BloscCodec

    dtype = np.dtype(np.float64) if values.dtype.kind == "M" else values.dtype
    rest = values.shape[2:]
    chunk = -(-shard // CHUNKS)
    group.create_array(
        name,
        shape=(values.shape[0], worlds, *rest),
        dtype=dtype,
        shards=(1, chunk * CHUNKS, *rest),
        chunks=(1, chunk, *rest),
        compressors=(BloscCodec(cname="zstd", clevel=LEVEL, shuffle="shuffle", typesize=dtype.itemsize),),
        dimension_names=values.dims,
        attributes={**as_written(values.attrs), **({"units": EPOCH} if values.dtype.kind == "M" else {})},
        fill_value=np.nan if dtype.kind == "f" else 0,
    )


def write_paths(dataset: xr.Dataset, folder: Path) -> None:
    """Write the monthly paths of a Dataset; the same Dataset gives the same bytes."""
    paths = dataset[[name for name, values in dataset.data_vars.items() if "month" in values.dims]]
    worlds = dataset.sizes["world"]
    create(folder / PATHS, paths, worlds, min(BLOCK, worlds))
    put(folder / PATHS, paths, 0)


def put(folder: Path, dataset: xr.Dataset, start: int) -> None:
    """Write a range of worlds, from world `start` on."""
    import zarr

    group: Any = zarr.open_group(folder, mode="r+")
    for name, values in dataset.data_vars.items():
        group[str(name)][:, start : start + dataset.sizes["world"]] = _stored(values.to_numpy())


def shards(sample: xr.Dataset, number: int) -> list[str]:
    """Names of the files in which the worlds of a shard lie, of all variables and doctrines.

    Zarr writes no file where all values are the one that fills an empty array.
    """
    return [
        "/".join([str(name), "c", str(doctrine), str(number), *("0" for _ in values.dims[2:])])
        for name, values in sample.data_vars.items()
        for doctrine in range(values.shape[0])
    ]


def read(folder: Path, labels: list[str], worlds: int) -> xr.Dataset:
    """Read everything, so that nothing hangs on the folder any more.

    Raises
    ------
    FolderError
        If it is not what so many worlds under these doctrines have.
    """
    import xarray as xr

    soundness.check(folder, len(labels), worlds)
    with opening.unbelieved(folder):
        with xr.open_zarr(folder, consolidated=False, chunks=None, zarr_format=3) as stored:
            found = stored.load()
        for values in found.data_vars.values():
            values.attrs = as_read(values.attrs, values.dtype)
        named: xr.Dataset = found.drop_encoding().assign_coords(doctrine=labels)
        return named


def ranges(folder: Path, names: list[str], size: int) -> Iterator[xr.Dataset]:
    """Read a doctrine and a range of worlds at a time, doctrine by doctrine, the variables in the order of their names.

    A folder lists what is in it in whatever order its file system likes.
    """
    import xarray as xr

    with xr.open_zarr(folder, consolidated=False, chunks=None) as stored:
        for doctrine in range(stored.sizes["doctrine"]):
            for start in range(0, stored.sizes["world"], size):
                yield stored[names].isel(doctrine=[doctrine], world=slice(start, start + size)).load()


def _stored(values: Any) -> Any:
    """Dates as days, with NaN for none."""
    if values.dtype.kind != "M":
        return values
    days = values.astype("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))
