"""Quantiles of a block of worlds: what sorting all of them finds, to the last bit."""

import numpy as np
import pytest

from sim.questions.compare import statistics
from sim.questions.compare.statistics import FIRST_QUANTILE, QUANTILES, digest

WORLDS = statistics.MANY + 17
luck = np.random.default_rng(3)
SERIES = {
    "many values": luck.normal(size=(20, WORLDS)),
    "0 or 1": (luck.random((3, WORLDS)) < 0.3).astype(float),
    "a few values": luck.integers(0, 6, (3, WORLDS)).astype(float),
    "one value": np.ones((3, WORLDS)),
    "one value beside many": np.stack([np.ones(WORLDS), luck.normal(size=WORLDS)]),
    "a few far away": np.where(luck.random((3, WORLDS)) < 1e-3, 1e9, luck.random((3, WORLDS))),
    "heavy tails": luck.standard_cauchy((3, WORLDS)),
    "hardly apart": luck.random((3, WORLDS)) * 1e-40,
    "too far apart": luck.choice([-3e38, 0.0, 3e38], (3, WORLDS)),
}


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("name", SERIES)
def test_they_are_those_of_all_values_sorted(name, precision, monkeypatch):
    series = SERIES[name].astype(precision)
    with np.errstate(over="ignore"):
        found = digest(series)
        monkeypatch.setattr(statistics, "MANY", WORLDS + 1)
        sorted_all = digest(series)
    assert found.tobytes() == sorted_all.tobytes()


def test_not_all_values_are_sorted(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError

    values = SERIES["many values"]
    expected = np.quantile(values, list(QUANTILES.values()), axis=1).T
    monkeypatch.setattr(np, "sort", refuse)
    np.testing.assert_allclose(digest(values)[:, FIRST_QUANTILE:], expected, rtol=1e-12)


def test_the_order_in_memory_makes_no_difference():
    values = luck.normal(size=(5, WORLDS)).astype(np.float32)
    assert digest(values).tobytes() == digest(np.asfortranarray(values)).tobytes()
