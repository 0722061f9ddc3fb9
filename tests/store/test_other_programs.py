"""What others read: netCDF of the smallest kind, which a plain install writes, and attributes by the rules of CF."""

import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import sim
from sim.ensemble.dataset import as_read, class_names, named
from sim.store import result_folder as store

WORD = re.compile(r"[A-Za-z0-9_.+@-]+")
"""What CF allows in a word of `flag_meanings` (CF 1.11, section 3.5)."""
CLASSES = ["war", "fragile_settlement", "guaranteed_settlement", "imposed_peace", "relapsed", "truce"]


@pytest.mark.parametrize("source", ["simulated", "opened"])
def test_results_come_back_from_netcdf(source: str, dataset: xr.Dataset, saved: Path, tmp_path: Path) -> None:
    results = dataset if source == "simulated" else store.open_results(saved)
    results.to_netcdf(tmp_path / "results.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "results.nc", engine="scipy") as stored:
        back = stored.load()
    xr.testing.assert_identical(back, dataset)
    assert back["month"].dtype.kind == back["settlement_month"].dtype.kind == "M"
    assert back["doctrine"].to_numpy().tolist() == dataset["doctrine"].to_numpy().tolist()
    assert class_names(back["outcome"]) == class_names(dataset["outcome"])


def test_results_come_back_from_zarr_as_xarray_writes_it(dataset: xr.Dataset, tmp_path: Path) -> None:
    texts = {name: dataset[name].astype(object) for name in ("doctrine", "member")}
    dataset.assign_coords(texts).to_zarr(tmp_path / "results.zarr", zarr_format=3, consolidated=False)
    back = xr.open_zarr(tmp_path / "results.zarr", consolidated=False).load()
    xr.testing.assert_equal(back, dataset)
    assert back.attrs == dataset.attrs
    assert class_names(back["outcome"]) == class_names(dataset["outcome"])


def test_one_run_less_another_goes_into_netcdf(tmp_path: Path) -> None:
    gap = sim.difference(sim.run("classroom", worlds=2), sim.run("classroom", worlds=2))
    gap.to_netcdf(tmp_path / "gap.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "gap.nc", engine="scipy") as stored:
        assert stored.attrs == gap.attrs


def test_the_largest_seed_goes_into_netcdf(tmp_path: Path) -> None:
    results = sim.run("classroom", worlds=2, seed=2**64 - 1)
    results.to_netcdf(tmp_path / "results.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "results.nc", engine="scipy") as stored:
        assert stored.attrs["seed"] == str(2**64 - 1)


def test_classes_are_named_by_the_rule_of_cf(dataset: xr.Dataset) -> None:
    outcome = dataset["outcome"]
    words = outcome.attrs["flag_meanings"].split(" ")
    assert words == CLASSES
    assert all(WORD.fullmatch(word) for word in words)
    assert outcome.attrs["flag_values"].dtype == outcome.dtype == np.int8
    assert outcome.attrs["flag_values"].tolist() == list(range(len(words)))


def test_attributes_are_texts_or_numbers_of_one_kind(dataset: xr.Dataset) -> None:
    for values in (dataset, *dataset.variables.values()):
        for value in values.attrs.values():
            assert isinstance(value, str) or (isinstance(value, np.ndarray) and value.dtype.kind in "iuf")


def test_attributes_that_were_written_before_the_rule_are_read_by_it() -> None:
    formerly = {"flag_values": [0, 1], "flag_meanings": "war, fragile ceasefire", "units": "class"}
    found = as_read(formerly, "int8")
    assert found["flag_meanings"] == "war fragile_ceasefire"
    assert found["flag_values"].dtype == np.int8
    assert named(formerly) == named(found) == {0: "war", 1: "fragile ceasefire"}
