"""T10 and T13: legislatures and votes, by search, by all orders, by counting."""

from itertools import permutations
from math import lgamma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory import ratification, two_level
from sim.theory.shapley import voting_power
from sim.theory.us_bill import power


@pytest.mark.parametrize(("r", "x"), [(0.3, 0.5), (0.65, 0.65), (0.85, None)])
def test_the_nash_product_over_what_would_be_ratified(r: float, x: float | None) -> None:
    offers = np.linspace(0.0, 1.0, 100_001)
    allowed = (offers >= r) & (offers >= 0.2) & (1.0 - offers >= 0.2)
    found = two_level.share(0.2, 0.2, r)
    if x is None:
        assert not allowed.any()
        assert np.isnan(found)
        return
    product = np.where(allowed, (offers - 0.2) * (1.0 - offers - 0.2), -1.0)
    assert offers[np.argmax(product)] == pytest.approx(x, abs=1e-4)
    assert found == pytest.approx(x)


@given(dh=st.floats(0.0, 0.4), df=st.floats(0.0, 0.4), r=st.floats(0.0, 0.9), more=st.floats(0.0, 0.1))
def test_a_demanding_legislature_helps_until_there_is_no_deal(dh: float, df: float, r: float, more: float) -> None:
    now, then = two_level.share(dh, df, r), two_level.share(dh, df, r + more)
    assert np.isnan(then) == (r + more > 1.0 - df)
    assert np.isnan(then) or then >= now


@pytest.mark.parametrize(("r0", "x", "chance"), [(0.3, 0.55, 0.5), (0.4, 0.60, 0.4), (0.5, 0.65, 0.3)])
def test_the_foreign_side_risks_a_refusal(r0: float, x: float, chance: float) -> None:
    offers = np.linspace(0.0, 1.0, 100_001)
    ratified = np.clip((offers - r0) / 0.5, 0.0, 1.0)
    best = int(np.argmax(ratified * (1.0 - offers - 0.2)))
    assert (offers[best], ratified[best]) == pytest.approx((x, chance), abs=1e-4)
    assert ratification.offer(0.2, r0, 0.5) == pytest.approx(x)
    assert ratification.chance(0.2, r0, 0.5) == pytest.approx(chance)


@given(df=st.floats(0.0, 0.9), r0=st.floats(0.0, 0.95), spread=st.floats(0.02, 1.0))
def test_no_other_offer_is_better_for_it(df: float, r0: float, spread: float) -> None:
    offers = np.linspace(0.0, 1.0, 20_001)
    worth = np.clip((offers - r0) / spread, 0.0, 1.0) * (1.0 - offers - df)
    best = ratification.chance(df, r0, spread) * (1.0 - ratification.offer(df, r0, spread) - df)
    assert best >= worth.max() - 1e-9


def test_a_hawkish_legislature_can_hurt_when_it_is_not_known() -> None:
    worth = [ratification.GAME.solve(0.2, 0.2, r0, 0.5).value("worth") for r0 in (0.2, 0.4, 0.5)]
    assert worth[0] > worth[1] > worth[2]
    assert two_level.share(0.2, 0.2, 0.5) < two_level.share(0.2, 0.2, 0.7)


def over_all_orders(quota: float, weights: tuple[float, ...]) -> np.ndarray:
    orders = list(permutations(range(len(weights))))
    pivotal = np.zeros(len(weights))
    for order in orders:
        votes = np.cumsum([weights[i] for i in order])
        pivotal[order[int(np.argmax(votes >= quota))]] += 1
    return pivotal / len(orders)


def test_half_the_votes_and_two_thirds_of_the_power() -> None:
    assert over_all_orders(51, (50, 49, 1)) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert voting_power(51, (50, 49, 1)) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@given(weights=st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(any), data=st.data())
def test_power_is_the_share_of_orders_in_which_one_decides(weights: list[int], data: st.DataObject) -> None:
    quota = data.draw(st.integers(1, sum(weights)))
    expected = over_all_orders(quota, tuple(weights))
    assert voting_power(quota, weights) == pytest.approx(expected)


def test_the_security_council_by_drawing_orders() -> None:
    """Nine of fifteen, the five permanent members among them: quota 39 with seven votes for each of the five."""
    rng = np.random.Generator(np.random.PCG64(1))
    permanent, other = voting_power(39, [7] * 5 + [1] * 10)[::14]
    assert permanent == pytest.approx(0.196270, abs=1e-6)
    assert other == pytest.approx(0.001865, abs=1e-6)
    orders = np.argsort(rng.random((100_000, 15)), axis=1)
    votes = np.cumsum(np.where(orders < 5, 7, 1), axis=1)
    pivots = np.take_along_axis(orders, np.argmax(votes >= 39, axis=1)[:, None], axis=1)
    drawn = (pivots < 5).mean() / 5
    assert drawn == pytest.approx(permanent, abs=4 * np.sqrt(0.98 * 0.02 / 100_000) / 5)


def counted(senate: int) -> tuple[float, float, float]:
    """Power over a bill by counting coalitions by how many of each chamber are in them: |S|! (n-|S|-1)! / n!."""
    n = 435 + 100 + 1

    def wins(h: np.ndarray, s: int, signed: bool) -> np.ndarray:
        return ((h >= 218) & (s >= senate) & signed) | ((h >= 290) & (s >= 67))

    factorials = np.array([lgamma(k + 1.0) for k in range(n + 1)])

    def orders(h: np.ndarray, s: int, signed: int, houses: int, senators: int) -> np.ndarray:
        size = h + s + signed
        ways = factorials[houses] - factorials[h] - factorials[houses - h] + _choose(senators, s)
        return np.exp(ways + factorials[size] + factorials[n - size - 1] - factorials[n])

    all_of_house = np.arange(436)
    president = senator = 0.0
    for s in range(101):
        swing = wins(all_of_house, s, True) & ~wins(all_of_house, s, False)
        president += float(orders(all_of_house, s, 0, 435, 100)[swing].sum())
    for s in range(100):
        for signed in (0, 1):
            swing = wins(all_of_house, s + 1, bool(signed)) & ~wins(all_of_house, s, bool(signed))
            senator += float(orders(all_of_house, s, signed, 435, 99)[swing].sum())
    return president, 100 * senator, 1.0 - president - 100 * senator


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)


@pytest.mark.parametrize(
    ("senate", "expected"), [(51, (0.160470, 0.437418, 0.402112)), (60, (0.089975, 0.721685, 0.188340))]
)
def test_an_american_bill_by_counting_coalitions(senate: int, expected: tuple[float, float, float]) -> None:
    assert counted(senate) == pytest.approx(expected, abs=1e-6)
    assert power(senate) == pytest.approx(expected, abs=1e-6)


def test_a_higher_bar_in_the_senate_moves_power_to_it() -> None:
    found = np.array([power(senate) for senate in range(51, 68)])
    assert (np.diff(found[:, 1]) > 0.0).all()
    assert (np.diff(found[:, [0, 2]], axis=0) < 0.0).all()
