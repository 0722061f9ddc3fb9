"""Common random numbers: a draw is a function of (seed, stream, month, world) and of nothing else."""

from itertools import combinations

import numpy as np
import pytest
from doubles import doubles
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import expon, kstest, norm, t, uniform

from sim.basics.draws import NORMAL, Draws

MANY = 100_000
KINDS = ("uniform", "normal", "exponential", "heavy_tailed")
DISTRIBUTIONS = {"uniform": uniform, "normal": norm, "exponential": expon, "heavy_tailed": t(4, scale=np.sqrt(0.5))}
seeds, months = st.integers(0, 2**64 - 1), st.integers(0, 40_000)
streams = st.text(min_size=1, max_size=30)
ranges = st.lists(st.integers(0, 3000), min_size=2, max_size=2, unique=True).map(sorted)


@given(seed=seeds, stream=streams, month=months, worlds=ranges, cut=st.integers(0, 3000))
def test_chunks_put_together_are_the_whole(seed: int, stream: str, month: int, worlds: list[int], cut: int) -> None:
    start, stop = worlds
    middle = min(max(cut, start), stop)
    chunks = [(a, b) for a, b in ((start, middle), (middle, stop)) if a < b]
    for kind in KINDS:
        whole = getattr(Draws(seed, start, stop), kind)(stream, month)
        parts = [getattr(Draws(seed, *chunk), kind)(stream, month) for chunk in chunks]
        assert np.array_equal(np.concatenate(parts), whole)


@given(seed=seeds, stream=streams, month=months, world=st.integers(0, 2**40))
def test_a_world_has_the_same_luck_alone(seed: int, stream: str, month: int, world: int) -> None:
    start = max(0, world - 5)
    for kind in KINDS:
        among_others = getattr(Draws(seed, start, world + 7), kind)(stream, month)[world - start]
        assert getattr(Draws(seed, world, world + 1), kind)(stream, month)[0] == among_others


def test_more_worlds_do_not_change_the_first_ones() -> None:
    few, more = (Draws(1, 0, worlds).normal("front", 24_000) for worlds in (10, 100_000))
    assert np.array_equal(few, more[:10])


def test_the_order_and_number_of_other_draws_do_not_matter() -> None:
    quiet, busy = Draws(1, 0, 50), Draws(1, 0, 50)
    busy.uniform("an extra stream", 7)
    later = busy.normal("front", 9)
    busy.normal("another", 9)
    assert np.array_equal(busy.normal("front", 8), quiet.normal("front", 8))
    assert np.array_equal(quiet.normal("front", 9), later)
    assert np.array_equal(busy.normal("front", 9), later)


def test_known_draws_stay_what_they_are() -> None:
    """Luck is part of a result's address: the same on every machine, and after every update of a library."""
    assert Draws(1, 0, 3).uniform("front", 24_275).tolist() == [
        0.5092986226081848,
        0.19715505838394165,
        0.014913976192474365,
    ]
    assert Draws(2**64 - 1, 7, 9).uniform("agenda gate", 24_300).tolist() == [0.9782227873802185, 0.25599604845046997]
    assert Draws(1, 0, 3).normal("front", 24_275) == pytest.approx(
        [-0.25919303843263203, 0.023314353530271423, 0.6797575231320833], rel=1e-7
    )


@pytest.mark.parametrize("kind", KINDS)
def test_draws_have_the_distribution_that_they_are_named_for(kind: str) -> None:
    draws = getattr(Draws(2024, 0, MANY), kind)
    for month in (0, 24_275):
        assert kstest(draws("test", month), DISTRIBUTIONS[kind].cdf).pvalue > 1e-4


@pytest.mark.parametrize("kind", KINDS)
def test_one_world_over_many_months_has_it_too(kind: str) -> None:
    path = [getattr(Draws(7, 12, 13), kind)("test", month)[0] for month in range(4000)]
    assert kstest(path, DISTRIBUTIONS[kind].cdf).pvalue > 1e-4


def test_heavy_tails_are_the_quantiles_of_student_with_four_degrees_of_freedom_and_variance_one() -> None:
    draws = Draws(3, 0, MANY)
    u, found = draws.uniform("front", 1), draws.heavy_tailed("front", 1)
    assert found == pytest.approx(t.ppf(u.astype(float), 4) / np.sqrt(2.0), rel=1e-4)
    with doubles():
        assert draws.heavy_tailed("front", 1) == pytest.approx(t.ppf(draws.uniform("front", 1), 4) / np.sqrt(2.0))
    assert np.abs(found).max() > np.abs(draws.normal("front", 1)).max()


@pytest.mark.parametrize("x", [-4.0, -2.5, -1.0, -0.1, 0.0, 0.3, 1.0, 2.0, 3.0, 4.0, 5.0])
def test_chances_of_a_normal_draw_are_right(x: float) -> None:
    assert np.mean(x > NORMAL) == pytest.approx(norm.cdf(x), abs=1e-5)


def test_a_normal_draw_has_the_moments_of_one_and_its_lognormal_too() -> None:
    values = NORMAL.astype(float)
    assert values.mean() == pytest.approx(0.0, abs=1e-9)
    assert values.var() == pytest.approx(1.0, rel=1e-8)
    assert np.mean(values**4) == pytest.approx(3.0, rel=1e-3)
    for spread in (0.5, 1.0, 1.5):
        assert np.mean(np.exp(spread * values - 0.5 * spread**2)) == pytest.approx(1.0, abs=2e-3)


def test_no_draw_is_infinite_even_at_the_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(self: Draws, stream: str, month: int, kind: str) -> np.ndarray:
        most = np.iinfo(kind).max
        return np.array([0, most // 2, most], dtype=kind)

    monkeypatch.setattr(Draws, "bits", ends)
    for kind in KINDS:
        found = getattr(Draws(1, 0, 3), kind)("front", 1)
        assert np.all(np.isfinite(found))
        assert np.all(np.diff(found) * (-1.0 if kind == "exponential" else 1.0) > 0.0)
    assert Draws(1, 0, 3).uniform("front", 1)[0] > 0.0
    assert Draws(1, 0, 3).uniform("front", 1)[2] < 1.0
    assert 4.0 < Draws(1, 0, 3).normal("front", 1)[2] < 4.4


@given(seed=seeds, month=months)
def test_uniforms_lie_strictly_between_0_and_1(seed: int, month: int) -> None:
    found = Draws(seed, 0, 1000).uniform("front", month)
    assert found.min() > 0.0
    assert found.max() < 1.0


def unrelated(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two columns of draws are uncorrelated, within four standard errors."""
    return bool(abs(np.corrcoef(one, other)[0, 1]) < 4.0 / np.sqrt(one.size))


def test_streams_months_seeds_and_neighbouring_worlds_are_unrelated() -> None:
    columns = {
        "front": Draws(1, 0, MANY).normal("front", 24_275),
        "other stream": Draws(1, 0, MANY).normal("agenda gate", 24_275),
        "nearly the same name": Draws(1, 0, MANY).normal("front ", 24_275),
        "next month": Draws(1, 0, MANY).normal("front", 24_276),
        "next seed": Draws(2, 0, MANY).normal("front", 24_275),
        "next world": Draws(1, 1, MANY + 1).normal("front", 24_275),
        "next block": Draws(1, 4, MANY + 4).normal("front", 24_275),
    }
    for one, other in combinations(columns.values(), 2):
        assert unrelated(one, other)
        assert unrelated(one**2, other**2)


def test_a_path_over_months_has_no_memory() -> None:
    paths = np.array([Draws(5, 0, 2000).normal("front", month) for month in range(60)])
    assert unrelated(paths[1:].ravel(), paths[:-1].ravel())
    assert unrelated(paths[12:].ravel(), paths[:-12].ravel())


@pytest.mark.parametrize("worlds", [(0, 0), (5, 5), (7, 3), (-1, 4)])
def test_worlds_must_be_a_range(worlds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="worlds must be a range"):
        Draws(1, *worlds)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_has_64_bits(seed: int) -> None:
    with pytest.raises(ValueError, match="seed must be"):
        Draws(seed, 0, 1)
