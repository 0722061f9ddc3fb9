"""Statistics of blocks put together: counts, means and variances exact, quantiles within a part of their error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.basics.bands import QUANTILES
from sim.questions.compare.statistics import COUNT, digest, digest_statistics, pool_digests, summary

numbers = hnp.arrays(float, st.integers(2, 60), elements=st.floats(-1e6, 1e6) | st.just(np.nan))


@given(values=numbers, cuts=st.lists(st.integers(1, 59), max_size=4))
def test_counts_means_and_spreads_do_not_depend_on_the_blocks(values: np.ndarray, cuts: list[int]) -> None:
    blocks = [block for block in np.split(values, sorted({c for c in cuts if c < values.size})) if block.size]
    found = pool_digests([digest(block) for block in blocks])
    assert found[COUNT] == np.isfinite(values).sum()
    assert digest_statistics(found)[:2] == pytest.approx(summary(values)[:2], rel=1e-6, abs=1e-3, nan_ok=True)


@given(values=numbers)
def test_one_block_has_its_own_quantiles(values: np.ndarray) -> None:
    assert digest_statistics(digest(values)) == pytest.approx(summary(values), rel=1e-6, abs=1e-3, nan_ok=True)
    assert pool_digests([digest(values)]) == pytest.approx(digest(values), rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("law", ["normal", "exponential", "standard_cauchy"])
def test_quantiles_of_blocks_are_off_by_less_than_a_fifth_of_their_sampling_error(law: str) -> None:
    """Of 40 blocks of 8,192 worlds; the sampling error is known from the spread of blocks' quantiles."""
    worlds = getattr(np.random.default_rng(7), law)(size=(40, 8192))
    blocks = np.array([digest(block) for block in worlds])
    error = blocks[:, 3:].std(axis=0, ddof=1) / np.sqrt(len(blocks))
    exact = np.quantile(worlds, list(QUANTILES.values()))
    assert np.abs(pool_digests(list(blocks))[3:] - exact) == pytest.approx(0.0, abs=np.max(0.5 * error))
    assert np.all(np.abs(pool_digests(list(blocks))[3:] - exact) < 0.5 * error)


def test_a_block_without_values_counts_for_nothing() -> None:
    found = pool_digests([digest(np.full((3, 4), np.nan)), digest(np.arange(12.0).reshape(3, 4))])
    assert found == pytest.approx(digest(np.arange(12.0).reshape(3, 4)))
    nothing = pool_digests([digest(np.full((3, 4), np.nan))] * 2)
    assert np.all(nothing[:, COUNT] == 0.0)
    assert np.all(np.isnan(nothing[:, 1:]))
