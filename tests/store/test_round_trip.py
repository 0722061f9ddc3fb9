"""What is read back is what was simulated; and other programs can read it without this one."""

import csv
import gzip
import json
import shutil

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import zarr

from sim.answers import ensemble_answer
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison, one_scenario
from sim.scenario import load
from sim.store import regions
from sim.store import result_folder as store

SUMMARY = "doctrine,month,variable,unit,mean,sd,p05,p25,p50,p75,p95"


def test_a_dataset_comes_back_to_the_last_bit(dataset, saved):
    back = store.open_results(saved)
    xr.testing.assert_identical(back, dataset)
    assert {name: v.dtype for name, v in back.variables.items()} == {n: v.dtype for n, v in dataset.variables.items()}


def test_worlds_without_a_settlement_have_no_date(dataset, saved):
    missing = np.isnat(store.open_results(saved)["settlement_month"].to_numpy())
    assert missing.any()
    assert (missing == np.isnat(dataset["settlement_month"].to_numpy())).all()


def test_reading_leaves_nothing_hanging_on_the_folder(dataset, saved):
    back = store.open_results(saved)
    shutil.rmtree(saved)
    xr.testing.assert_identical(back, dataset)


def test_scenarios_come_back_equal(study, saved):
    assert store.open_scenarios(saved) == study.scenarios
    assert load(saved / "scenario.toml") == study.base


def test_one_scenario_is_stored_once(tmp_path):
    study = one_scenario(load("outlook").with_horizon(2), Ensemble(worlds=3))
    with store.new_results(tmp_path / "one") as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    assert [path.name for path in (tmp_path / "one").glob("*.toml")] == ["scenario.toml"]
    assert store.open_scenarios(tmp_path / "one") == {"transactional": study.base}


def test_without_paths_the_worlds_remain(dataset, study, tmp_path):
    with store.new_results(tmp_path / "lean") as folder:
        ensemble_answer.write_data(dataset, study, folder, paths=False)
    back = store.open_results(tmp_path / "lean")
    assert not (tmp_path / "lean" / "paths.zarr").exists()
    assert set(back.data_vars) == {name for name, values in dataset.data_vars.items() if "month" not in values.dims}
    for name, values in back.data_vars.items():
        xr.testing.assert_identical(values, dataset[name])


@pytest.mark.parametrize(("worlds", "kept"), [(10_000, True), (10_001, False)])
def test_paths_are_kept_up_to_ten_thousand_worlds(worlds, kept, dataset, study, tmp_path, monkeypatch):
    monkeypatch.setattr(store.regions, "write_paths", lambda _, folder: (folder / "paths.zarr").mkdir())
    many = comparison(study.base, list(study.scenarios), ensemble=Ensemble(worlds=worlds))
    with store.new_results(tmp_path / "many") as folder:
        ensemble_answer.write_data(dataset, many, folder)
    assert (tmp_path / "many" / "paths.zarr").exists() == kept


def test_summary_is_a_tidy_table(dataset, saved):
    text = (saved / "summary.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == SUMMARY
    table = pd.read_csv(saved / "summary.csv")
    monthly = [name for name, values in dataset.data_vars.items() if "month" in values.dims]
    assert len(table) == len(monthly) * dataset.sizes["doctrine"] * dataset.sizes["month"]
    assert table["month"].str.fullmatch(r"\d{4}-\d\d").all()
    row = table.query("variable == 'us_allocation' and month == '2026-01' and doctrine == 'architectural'").iloc[0]
    values = dataset["us_allocation"].sel(month="2026-01", doctrine="architectural").to_numpy().astype(float)
    assert row["mean"] == pytest.approx(values.mean(), rel=1e-6)
    assert row["p95"] == pytest.approx(np.quantile(values, 0.95), rel=1e-6)


def test_worlds_are_a_table_that_needs_nothing_of_ours(dataset, study, saved):
    with gzip.open(saved / "worlds.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(study.scenarios) * study.ensemble.worlds
    assert {(row["doctrine"], row["world"]) for row in rows} == {
        (label, str(world)) for label in study.scenarios for world in range(study.ensemble.worlds)
    }
    settled = [row for row in rows if row["settlement_month"]]
    assert {row["outcome"] for row in rows} <= {
        "war",
        "truce",
        "fragile settlement",
        "guaranteed settlement",
        "imposed peace",
        "relapsed",
    }
    assert settled
    assert all(row["settlement_guarantee"] for row in settled)
    assert len(settled) == int(dataset["settlement_month"].notnull().sum())
    assert all(float(row["us_total"]) >= 0.0 and float(row["europe_by_member.germany"]) >= 0.0 for row in rows)


def test_paths_are_zarr_3_in_shards_of_single_precision(dataset, saved):
    group = zarr.open_group(saved / "paths.zarr", mode="r")
    array = group["us_allocation"]
    assert isinstance(array, zarr.Array)
    assert array.metadata.zarr_format == 3
    assert array.dtype == np.float32
    assert array.shards == (1, 40, dataset.sizes["month"])
    assert array.attrs["units"] == "EUR bn a month"
    meta = json.loads((saved / "paths.zarr" / "us_allocation" / "zarr.json").read_text())
    assert meta["dimension_names"] == ["doctrine", "world", "month"]
    inner = meta["codecs"][0]["configuration"]["codecs"][-1]
    assert (inner["name"], inner["configuration"]["cname"], inner["configuration"]["clevel"]) == ("blosc", "zstd", 1)
    assert inner["configuration"]["shuffle"] == "shuffle"
    root = json.loads((saved / "paths.zarr" / "zarr.json").read_text())
    assert root.get("consolidated_metadata") is None, "some versions leave the key out, others write null"


def test_many_worlds_lie_in_one_shard_a_block(dataset, tmp_path):
    regions.create(tmp_path / "many.zarr", dataset[["need"]], worlds=20_000, shard=8192)
    meta = json.loads((tmp_path / "many.zarr" / "need" / "zarr.json").read_text())
    assert meta["chunk_grid"]["configuration"]["chunk_shape"] == [1, 8192, 12]
    assert meta["codecs"][0]["configuration"]["chunk_shape"] == [1, 1024, 12]


def test_labels_that_read_alike_get_files_of_their_own(tmp_path):
    base = load("outlook").with_horizon(2)
    labels = {"a/b": "architectural", "a:b": "transactional", "a b": "aligned", "...": "nixon_china"}
    study = comparison(base, labels, ensemble=Ensemble(worlds=2))
    with store.new_results(tmp_path / "odd") as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    names = {path.name for path in (tmp_path / "odd").glob("scenario-*")}
    assert names == {"scenario-a-b.toml", "scenario-a-b-2.toml", "scenario-a-b-3.toml", "scenario-unnamed.toml"}
    assert store.open_scenarios(tmp_path / "odd") == study.scenarios


def test_provenance_says_how_to_make_it_again(study, saved):
    run = store.open_run(saved)
    assert run.command == study.command
    assert (run.worlds, run.seed, run.scenario, run.digest) == (40, 3, "outlook", study.base.digest)
    assert [doctrine.label for doctrine in run.doctrines] == list(study.scenarios)
    assert {"python", "numpy", "mesa", "xarray", "zarr"} <= set(run.packages)
