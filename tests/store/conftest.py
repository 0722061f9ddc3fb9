"""A small comparison with everything in it that is hard to store: settlements in some worlds, none in others."""

import shutil
from pathlib import Path

import pytest
import xarray as xr

from sim.answers import ensemble_answer
from sim.ensemble import Ensemble
from sim.ensemble.study import Study, comparison
from sim.scenario import load
from sim.store import result_folder as store


@pytest.fixture(scope="session")
def study() -> Study:
    base = load("outlook").with_horizon(12)
    doctrines = ["architectural", "transactional:commitment=0.85"]
    return comparison(base, doctrines, ensemble=Ensemble(worlds=40, seed=3)).asked_by("doctrine compare outlook ...")


@pytest.fixture(scope="session")
def dataset(study: Study) -> xr.Dataset:
    dataset = study.simulate()
    settled = dataset["settlement_month"].notnull()
    assert settled.any()
    assert not settled.all()
    return dataset


@pytest.fixture(scope="session")
def written(dataset: xr.Dataset, study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("results") / "outlook"
    with store.new_results(place) as folder:
        ensemble_answer.write_data(dataset, study, folder)
    return place


@pytest.fixture
def saved(written: Path, tmp_path: Path) -> Path:
    """Results that a test may harm."""
    return shutil.copytree(written, tmp_path / "results" / "outlook")
