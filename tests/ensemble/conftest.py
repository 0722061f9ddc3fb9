"""Batches so small that a run of many of them takes a second."""

import pytest

from sim import ensemble
from sim.ensemble import Ensemble
from sim.ensemble import batches as batch_module
from sim.ensemble.study import Study, comparison
from sim.scenario import load
from sim.store import unfinished

SMALL = 32


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> int:
    for module in (ensemble, batch_module, unfinished):
        monkeypatch.setattr(module, "BLOCK", SMALL)
    return SMALL


@pytest.fixture(scope="session")
def study() -> Study:
    base = load("outlook").with_horizon(8)
    return comparison(base, ["architectural", "transactional"], ensemble=Ensemble(worlds=150, seed=3)).asked_by(
        "doctrine compare ..."
    )
