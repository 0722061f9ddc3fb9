"""PRIM finds a box that was planted, says how sure it is, and does not praise noise."""

import numpy as np
import pandas as pd
import pytest

from sim.questions.sensitivity import prim

W = 4000


@pytest.fixture(scope="module")
def points():
    return pd.DataFrame(np.random.default_rng(1).random((W, 6)), columns=list("abcdef"))


def failing(points, chance):
    return np.random.default_rng(2).random(len(points)) < chance


@pytest.fixture(scope="module")
def planted(points):
    corner = (points["b"] > 0.6) & (points["e"] < 0.5)
    return prim.boxes(points, failing(points, np.where(corner, 0.8, 0.1)), most=1)[0]


def test_a_planted_box_is_found_to_its_sides(planted):
    limits = planted.limits.set_index("parameter")
    assert sorted(limits.index) == ["b", "e"]
    assert limits.loc["b", "low"] == pytest.approx(0.6, abs=0.05)
    assert limits.loc["e", "high"] == pytest.approx(0.5, abs=0.05)
    assert limits.loc[["b"], "high"].isna().all()
    assert limits.loc[["e"], "low"].isna().all()


def test_its_density_and_coverage_are_those_of_the_planted_box(planted):
    assert planted.low < 0.8 < planted.high + 0.03
    assert planted.coverage == pytest.approx(0.2 * 0.8 / (0.2 * 0.8 + 0.8 * 0.1), abs=0.08)
    assert planted.mass == pytest.approx(0.2, abs=0.04)
    assert planted.confirmed


def test_its_limits_are_significant_and_the_trajectory_shows_the_trade_off(planted):
    assert planted.limits[["qp_low", "qp_high"]].max().max() < 0.05
    steps = planted.trajectory
    assert steps["chosen"].sum() == 1
    assert (steps["coverage"].iloc[0], steps["restricted"].iloc[0]) == (1.0, 0)
    assert steps["density"].iloc[-1] > steps["density"].iloc[0]


def test_two_planted_boxes_are_found_one_after_the_other(points):
    one, two = points["a"] < 0.25, points["f"] > 0.8
    found = prim.boxes(points, failing(points, np.where(one, 0.9, np.where(two, 0.7, 0.05))), most=2)
    assert [set(box.limits["parameter"]) for box in found] == [{"a"}, {"f"}]
    assert found[1].base < found[0].base


def test_noise_gives_no_box_that_is_confirmed(points):
    found = prim.boxes(points, failing(points, np.full(W, 0.3)))
    assert not any(box.confirmed for box in found)


@pytest.mark.parametrize("chance", [0.0, 0.004, 0.999])
def test_where_almost_nothing_or_everything_fails_nothing_is_looked_for(points, chance):
    assert prim.boxes(points, failing(points, np.full(W, chance))) == []


def test_quasi_p_values_are_those_of_ema_workbench(points):
    fails = failing(points, np.where(points["c"] > 0.7, 0.5, 0.2))
    peeled = prim._peel(points, fails)
    values = peeled.p_values if hasattr(peeled, "p_values") else peeled.qp
    for step in (1, 5, 12):
        limits = prim._limits(peeled.box_lims[step], peeled.box_lims[0])
        ours = prim.quasi_p(limits["parameter"], limits[["low", "high"]].to_numpy(float), points, fails)
        theirs = np.array([values[step][name] for name in limits["parameter"]], dtype=float)
        np.testing.assert_allclose(ours, np.where(theirs == -1.0, np.nan, theirs))


def test_limits_that_do_nothing_are_pruned(points):
    fails = failing(points, np.where(points["b"] > 0.6, 0.8, 0.1))
    limits = pd.DataFrame({"parameter": ["a", "b"], "low": [0.05, 0.6], "high": [np.nan, 0.98]})
    kept = prim.pruned(limits, points, fails)
    assert kept["parameter"].tolist() == ["b"]
    assert np.isnan(kept["high"]).all()
