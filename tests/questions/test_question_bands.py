"""Bands over worlds: known numbers, missing votes, trailing means."""

import numpy as np
import pandas as pd
import pytest
from handmade import ensemble
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.basics.bands import QUANTILES, trailing_mean
from sim.questions.compare.statistics import COLUMNS, bands, summary

NAN = np.nan


def test_five_worlds_have_the_quantiles_one_can_count() -> None:
    worlds = np.array([10.0, 30.0, 50.0, 20.0, 40.0])[:, None]
    rows = bands(ensemble(worlds=5, aid=worlds), "aid")
    assert list(rows.columns) == list(COLUMNS)
    assert len(rows) == 2 * 3
    first = rows.iloc[0]
    assert (first["doctrine"], first["month"], first["variable"], first["unit"]) == (
        "calm",
        pd.Timestamp("2025-01-01"),
        "aid",
        "unit of aid",
    )
    assert [first[name] for name in ("mean", "p05", "p25", "p50", "p75", "p95")] == [30, 12, 20, 30, 40, 48]
    assert first["sd"] == pytest.approx(np.sqrt(250.0))


def test_worlds_without_a_vote_are_left_out_and_months_without_any_keep_an_empty_row() -> None:
    ayes = [[300.0, NAN, NAN], [310.0, NAN, 320.0]]
    rows = bands(ensemble(worlds=2, doctrines=("calm",), ayes=ayes), "ayes")
    assert rows["mean"].tolist()[0] == 305.0
    assert rows.iloc[1][["mean", "sd", *QUANTILES]].isna().all()
    assert rows["mean"].tolist()[2] == 320.0
    assert np.isnan(rows["sd"].tolist()[2])


def test_one_world_has_a_mean_and_no_spread() -> None:
    rows = bands(ensemble(worlds=1, aid=[7.0, 8.0, 9.0]))
    assert rows["mean"].tolist() == [7.0, 8.0, 9.0] * 2
    assert rows["sd"].isna().all()


def test_all_monthly_variables_are_taken_unless_some_are_named() -> None:
    dataset = ensemble(aid=1.0, land=2.0, talks=3.0)
    dataset["total"] = dataset["aid"].sum("month")
    assert list(bands(dataset)["variable"].unique()) == ["aid", "land", "talks"]
    assert list(bands(dataset, ["talks", "aid"])["variable"].unique()) == ["talks", "aid"]


def test_the_trailing_mean_is_taken_in_every_world_before_the_quantiles() -> None:
    lumps = [[6.0, 0.0, 0.0], [0.0, 6.0, 0.0], [0.0, 0.0, 6.0]]
    rows = bands(ensemble(worlds=3, doctrines=("calm",), aid=lumps), "aid", window=3)
    last = rows.iloc[-1]
    assert last["p05"] == last["p95"] == 2.0
    assert rows["mean"].tolist() == [2.0, 2.0, 2.0]


@given(arrays(float, (7,), elements=st.floats(-1e3, 1e3)), st.integers(1, 9))
def test_a_trailing_mean_is_that_of_pandas(values: np.ndarray, window: int) -> None:
    expected = pd.Series(values).rolling(window, min_periods=1).mean().to_numpy()
    assert trailing_mean(values, window) == pytest.approx(expected, abs=1e-9)


@given(arrays(float, (9,), elements=st.one_of(st.just(NAN), st.floats(-1e3, 1e3))))
def test_statistics_are_those_of_pandas_without_the_missing(values: np.ndarray) -> None:
    series = pd.Series(values).dropna()
    expected = [series.mean(), series.std(), *(series.quantile(level) for level in QUANTILES.values())]
    assert summary(values) == pytest.approx(np.array(expected, dtype=float), abs=1e-9, nan_ok=True)


@given(st.permutations(range(5)))
def test_the_order_of_worlds_does_not_matter(order: list[int]) -> None:
    dataset = ensemble(worlds=5, aid=np.array([1.0, 5.0, 2.0, 8.0, 3.0])[:, None])
    pd.testing.assert_frame_equal(bands(dataset.isel(world=order)), bands(dataset))
