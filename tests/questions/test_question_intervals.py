"""One rule for every interval over worlds: Student for means, Wilson for counts, and one world tells nothing."""

import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from handmade import outcomes
from scipy import stats

import sim
from sim.basics.intervals import count_interval, interval
from sim.basics.resampling import FEWEST_WORLDS, bootstrap
from sim.questions import regret
from sim.questions.compare.paired import paired
from sim.questions.dials import attribution
from sim.teaching.lessons import estimates

SOURCES = [*Path(sim.__file__).parent.rglob("*.py"), *Path(__file__).parents[2].glob("docs/**/*.py")]
BY_HAND = re.compile(r"\b1\.96\b|\b1\.645\b|\bt\.ppf\(|\bproportion_ci\(|\bstdtrit\(")
"""What an interval is made of where somebody makes one of his own."""
VALUES = np.array([0.0, 3.0, -1.0, 4.0, 2.5])


def test_a_lesson_and_a_comparison_give_the_same_interval() -> None:
    """Lessons took 1.96 and the spread with `ddof` 0 once, which is 1.58 times too narrow for five worlds."""
    row = paired(outcomes(x=np.stack([0.0 * VALUES, VALUES]))).iloc[0]
    found = estimates.mean(xr.DataArray(VALUES, dims="world"))
    assert (found.mean, found.low, found.high) == pytest.approx((row["difference"], row["low"], row["high"]))
    student = stats.t.interval(0.95, 4, VALUES.mean(), stats.sem(VALUES))
    assert (found.low, found.high) == pytest.approx(student)
    assert interval(VALUES)[1:3] == pytest.approx(student)


def test_a_ratio_over_one_has_the_interval_of_its_mean() -> None:
    assert estimates.ratio(VALUES, np.ones(5)).about == pytest.approx(estimates.mean(VALUES).about)


def test_a_count_of_worlds_never_leaves_its_scale() -> None:
    for count in (0, 1, 20, 39, 40):
        found = estimates.share(np.arange(40) < count)
        assert 0.0 <= found.low <= found.mean <= found.high <= 100.0
        assert found.high - found.low > 2.0
        assert (found.low, found.high) == pytest.approx(tuple(100.0 * end for end in count_interval(count, 40)))


@pytest.mark.parametrize(("count", "of"), [(0, 1), (1, 1), (0, 7), (7, 7), (1, 3), (17, 40), (999, 1000), (3, 10**6)])
def test_the_interval_of_a_frequency_is_wilsons(count: int, of: int) -> None:
    theirs = stats.binomtest(count, of).proportion_ci(0.95, method="wilson")
    assert count_interval(count, of) == pytest.approx((theirs.low, theirs.high), abs=1e-14)


@pytest.mark.parametrize("worlds", [2, 5, 60])
def test_a_comparison_an_attribution_and_a_regret_of_two_doctrines_give_the_same_interval(worlds: int) -> None:
    """A bootstrap of two worlds, one of which is drawn twice half of the time, said 61 to 85 of 73 give or take 154."""
    luck = np.random.default_rng(worlds).normal(size=(2, worlds))
    both = np.array([[5.0], [0.0]]) + luck
    row = paired(outcomes(x=both)).iloc[0]
    ends = (row["low"], row["high"])
    whole = attribution.whole(both)
    assert (whole["low"], whole["high"]) == pytest.approx(ends)
    regretted = regret.regrets(both[None], 1.0)
    assert regretted.regret[0] == pytest.approx([0.0, -row["difference"]])
    assert regretted.ends[:, 0, 1] == pytest.approx([max(-row["high"], 0.0), -row["low"]])


def test_the_share_of_the_only_dial_is_the_difference_with_its_interval() -> None:
    pairs = paired(outcomes(x=np.stack([0.0 * VALUES, VALUES])))
    game = attribution.CooperativeGame(
        ["none", "dial"], ("dial",), {"dial": ""}, {"x": np.stack([0.0 * VALUES, VALUES])}, pairs
    )
    (share,) = attribution.shapley_table(game).to_dict("records")
    (row,) = pairs.to_dict("records")
    assert [share[key] for key in ("value", "low", "high")] == pytest.approx(
        [row[key] for key in ("difference", "low", "high")]
    )


def test_what_is_drawn_anew_needs_enough_worlds_to_draw_from() -> None:
    values = np.random.default_rng(1).normal(size=(2, FEWEST_WORLDS)) + 9.0
    enough, few = (bootstrap(values[:, :size], 1, lambda means: means[:, 0] / means[:, 1]) for size in (20, 19))
    assert np.isfinite(enough).all()
    assert np.isnan(few).all()


def test_one_world_tells_nothing_of_luck() -> None:
    """It was (0, 0) in lessons, "certain", and the one value from end to end where ratios of means were drawn anew."""
    alone = np.array([3.0])
    assert np.isnan(interval(alone)[1:]).all()
    assert not estimates.mean(alone).has_interval
    assert not estimates.mean(alone).sure
    assert not estimates.ratio(alone, alone).has_interval
    low, high = bootstrap(np.array([[3.0], [2.0]]), 1, lambda means: means[:, 0] / means[:, 1])
    assert np.isnan(low)
    assert np.isnan(high)


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "intervals.py"], ids=lambda path: path.stem)
def test_nobody_makes_an_interval_by_hand(path: Path) -> None:
    assert not BY_HAND.findall(path.read_text(encoding="utf-8")), f"{path}: use sim.basics.intervals"
