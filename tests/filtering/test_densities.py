"""Draws that are moved: their ratios pay for it, whatever they were moved by."""

import numpy as np
import pytest
from scipy import stats

from sim.basics.arrays import real
from sim.estimation.filtering.densities import amount, event, log_amount, log_event, log_heavy_tailed, log_lump, redrawn
from sim.estimation.filtering.guides import EXPONENTIALS

MANY = 200_000
QUANTILES = real((np.arange(MANY) + 0.5) / MANY)


def test_heavy_tailed_shocks_have_the_density_of_student() -> None:
    x = np.linspace(-9.0, 9.0, 19)
    assert log_heavy_tailed(x) == pytest.approx(stats.t(4, scale=2.0**-0.5).logpdf(x))


@pytest.mark.parametrize(("nothing", "power"), [(0.2, 0.6), (0.05, 1.5), (0.5, 2.0)])
def test_lumps_have_a_density_that_with_nothing_makes_one(nothing: float, power: float) -> None:
    edges = np.geomspace(1e-9, 3000.0, 40_001)
    middles = np.sqrt(edges[1:] * edges[:-1])
    masses = np.exp(log_lump(middles, nothing, power)) * np.diff(edges)
    assert masses.sum() == pytest.approx(1.0 - nothing, rel=2e-3)
    assert (masses * middles).sum() == pytest.approx(1.0, rel=2e-3)


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("chance", [0.0, 0.02, 0.6, 1.0])
def test_an_event_is_moved_to_its_posterior_and_pays(seen: bool, chance: float) -> None:
    wrong, odds = 0.03, np.full(MANY, real(chance))
    moved = event(QUANTILES, odds, seen, wrong)
    happens = moved.draw < odds
    if_so = 1.0 - wrong if seen else wrong
    whole = chance * if_so + (1.0 - chance) * (1.0 - if_so)
    assert happens.mean() == pytest.approx(chance * if_so / whole, abs=1e-4)
    weights = np.exp(moved.log_ratio + log_event(seen, happens, wrong))
    assert weights == pytest.approx(np.full(MANY, whole), rel=1e-5)
    assert ((moved.draw >= 0.0) & (moved.draw <= 1.0)).all()


def test_an_event_that_was_seen_right_keeps_the_order_of_luck() -> None:
    assert (np.diff(event(QUANTILES, np.full(MANY, real(0.3)), True, 0.03).draw) >= 0.0).all()


@pytest.mark.parametrize("seen", [0.0, 0.4, 3.0, 20.0])
@pytest.mark.parametrize("authority", [0.0, 2.0, 50.0])
def test_a_lump_is_moved_to_what_was_seen_and_pays(seen: float, authority: float) -> None:
    def paid(u: np.ndarray) -> np.ndarray:
        return np.minimum(3.0 * -np.log(u), authority)

    def likely(u: np.ndarray) -> np.ndarray:
        return amount(seen, real(paid(u) + np.zeros(MANY)), 0.3, 0.2)

    moved = redrawn(QUANTILES, np.exp(-EXPONENTIALS[::-1]), likely)
    weights = np.exp(moved.log_ratio + log_amount(seen, paid(moved.draw), 0.3, 0.2))
    plain = np.exp(log_amount(seen, paid(QUANTILES.astype(float)), 0.3, 0.2))
    assert weights.mean() == pytest.approx(plain.mean(), rel=5e-3)
    assert weights.std() < 0.5 * weights.mean()
    assert (np.diff(moved.draw) >= 0.0).all()


def test_no_likelihood_moves_nothing() -> None:
    moved = redrawn(QUANTILES, np.exp(-EXPONENTIALS[::-1]), lambda u: np.ones((u.size, MANY), dtype=np.float32))
    assert moved.draw == pytest.approx(QUANTILES, abs=2e-6)
    assert moved.log_ratio == pytest.approx(np.zeros(MANY), abs=1e-5)
