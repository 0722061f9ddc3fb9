"""Quantiles of a block of worlds, whatever its values are like."""

import numpy as np
import pytest

from sim.basics.bands import QUANTILES
from sim.questions.compare.statistics import FIRST_QUANTILE, digest

WORLDS = 2065
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
def test_they_are_those_of_numpy_in_double_precision(name, precision):
    series = SERIES[name].astype(precision)
    with np.errstate(over="ignore"):
        found = digest(series)[:, FIRST_QUANTILE:]
    expected = np.quantile(series.astype(float), list(QUANTILES.values()), axis=1).T
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_the_order_in_memory_makes_no_difference():
    values = luck.normal(size=(5, WORLDS)).astype(np.float32)
    assert digest(values).tobytes() == digest(np.asfortranarray(values)).tobytes()
