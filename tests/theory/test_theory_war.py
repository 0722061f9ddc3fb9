"""T3, T4, T5, T11, T12: war as a bargain that fails, by search, simulation and iterated best replies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.theory import bargaining_and_war, commitment_problem, convergence, preventive_war, random_walk_war
from sim.theory.contest import chances, efforts
from sim.theory.private_attrition import payoff, quits_at
from sim.theory.war_of_attrition import hazards

share = st.floats(0.0, 1.0)
RNG = np.random.Generator(np.random.PCG64(7))


def best_demand(p: float, ca: float, lo: float, hi: float) -> tuple[float, float]:
    """A's best demand and the chance of war, by search over all demands from 0 to 1."""
    x = np.linspace(0.0, 1.0, 200_001)
    refuses = np.clip((x - p - lo) / (hi - lo), 0.0, 1.0)
    worth = (1.0 - refuses) * x + refuses * (p - ca)
    best = int(np.argmax(worth))
    return float(x[best]), float(refuses[best])


@pytest.mark.parametrize(
    ("lo", "hi", "x", "war"),
    [
        (0, 0.4, 0.65, 0.375),
        (0.1, 0.4, 0.65, 0.166667),
        (0.2, 0.4, 0.70, 0.0),
        (0, 0.2, 0.55, 0.25),
        (0, 0.8, 0.85, 0.4375),
    ],
)
def test_risk_against_return(lo: float, hi: float, x: float, war: float) -> None:
    assert best_demand(0.5, 0.1, lo, hi) == pytest.approx((x, war), abs=1e-4)
    assert bargaining_and_war.demand(0.5, 0.1, lo, hi) == pytest.approx(x, abs=1e-6)
    assert bargaining_and_war.chance_of_war(0.5, 0.1, lo, hi) == pytest.approx(war, abs=1e-6)


def test_so_many_of_all_opponents_fight() -> None:
    costs = RNG.uniform(0.0, 0.4, 400_000)
    fights = bargaining_and_war.demand(0.5, 0.1, 0.0, 0.4) > 0.5 + costs
    assert fights.mean() == pytest.approx(0.375, abs=4.0 * np.sqrt(0.375 * 0.625 / costs.size))


@given(p=share, ca=share, lo=st.floats(0.0, 0.4), width=st.floats(0.05, 0.6))
def test_no_demand_is_better_than_the_best(p: float, ca: float, lo: float, width: float) -> None:
    x, war = best_demand(p, ca, lo, lo + width)
    assert bargaining_and_war.demand(p, ca, lo, lo + width) == pytest.approx(x, abs=1e-4)
    assert bargaining_and_war.chance_of_war(p, ca, lo, lo + width) == pytest.approx(war, abs=1e-3)


@given(p=share, ca=st.floats(0.0, 0.9), hi=st.floats(0.1, 0.9), more=st.floats(0.0, 0.1))
def test_war_falls_with_ones_own_cost_and_rises_with_uncertainty(p: float, ca: float, hi: float, more: float) -> None:
    war = bargaining_and_war.chance_of_war
    assert war(p, ca + more, 0.0, hi) <= war(p, ca, 0.0, hi) + 1e-12
    spread_out = war(0.3, ca, 0.2 - more, 0.2 + more + 0.01)
    assert war(0.3, ca, 0.2, 0.21) <= spread_out + 1e-12


@given(p=share, ca=share, cb=share)
def test_there_is_always_something_that_both_prefer_to_war(p: float, ca: float, cb: float) -> None:
    low, high = bargaining_and_war.bargaining_range(p, ca, cb)
    assert low <= p <= high


def stream(flow: float, d: float) -> float:
    """A flow for ever, added up period by period until nothing is left to add."""
    return float(np.sum(flow * d ** np.arange(1_000)))


def test_preventive_war_starts_where_fighting_pays_more_than_all_that_peace_can_give() -> None:
    """B's best peace: everything today, and from tomorrow on what a strong A leaves it; B knows all of it."""
    d, p1, cb = 0.9, 0.4, 2.0

    def fights(p2: float) -> bool:
        war = stream(1.0 - p1, d) - cb
        # From tomorrow on A takes p2 + cb (1 - d) a period, up to which B does not fight.
        peace = 1.0 + d * stream(1.0 - p2 - cb * (1.0 - d), d)
        return war > peace

    limit = next(p2 for p2 in np.arange(0.4, 1.0, 1e-4) if fights(p2))
    assert limit == pytest.approx(0.466667, abs=1e-4)
    assert preventive_war.threshold(d, p1, cb) == pytest.approx(0.466667, abs=1e-6)


def test_powell_war_starts_where_no_division_gives_both_what_they_can_take() -> None:
    """By search over today's division, when tomorrow A must have what it could then lock in."""
    d, p, w = 0.95, 0.4, 0.9

    def peaceful(p2: float) -> bool:
        today = np.linspace(0.0, 1.0, 1001)
        a = today + d * stream(p2 * w, d)
        b = 1.0 - today + d * stream(1.0 - p2 * w, d)
        return bool(((a >= stream(p * w, d)) & (b >= stream((1.0 - p) * w, d) - 1e-9)).any())

    limit = next(p2 for p2 in np.arange(0.4, 1.0, 1e-4) if not peaceful(p2))
    assert limit == pytest.approx(0.538012, abs=1e-4)
    assert commitment_problem.threshold(d, p, w) == pytest.approx(0.538012, abs=1e-6)


@given(d=st.floats(0.5, 0.99), p=st.floats(0.0, 0.9), w=st.floats(0.5, 0.95))
def test_costly_wars_keep_peace_through_larger_shifts(d: float, p: float, w: float) -> None:
    assert commitment_problem.threshold(d, p, w) > commitment_problem.threshold(d, p, w + 0.05) >= p
    assert preventive_war.threshold(d, p, 2.0) < preventive_war.threshold(d, p, 3.0)


@given(p=share, p2=share, cb=st.floats(0.0, 5.0), d=st.floats(0.1, 0.99))
def test_threshold_and_decision_agree(p: float, p2: float, cb: float, d: float) -> None:
    limit = preventive_war.threshold(d, p, cb)
    assert abs(p2 - limit) < 1e-9 or preventive_war.war(d, p, p2, cb) == (p2 > limit)


@pytest.mark.parametrize(("n", "apart"), [(0, 0.4), (10, 0.2), (30, 0.1), (90, 0.04)])
def test_whatever_happens_beliefs_come_together(n: int, apart: float) -> None:
    """Two Beta beliefs, (8, 2) and (4, 6), on the same battles, however these go."""
    for won in {0, n // 3, n}:
        optimist, pessimist = (8 + won) / (10 + n), (4 + won) / (10 + n)
        assert optimist - pessimist == pytest.approx(apart)
    assert convergence.disagreement(0.8, 0.4, 10.0, n) == pytest.approx(apart)


def test_they_settle_in_the_first_battle_after_which_war_costs_more_than_they_disagree() -> None:
    n = next(n for n in range(1000) if (8 + n) / (10 + n) - (4 + n) / (10 + n) <= 0.1 + 1e-12)
    assert n == 30
    assert convergence.battles_until(0.8, 0.4, 10.0, 0.1) == pytest.approx(n)


@given(apart=st.floats(0.15, 0.9), s=st.floats(1.0, 50.0), cost=st.floats(0.01, 0.1))
def test_firm_convictions_and_cheap_wars_make_long_wars(apart: float, s: float, cost: float) -> None:
    until = convergence.battles_until(0.95, 0.95 - apart, s, cost)
    assert convergence.battles_until(0.95, 0.95 - apart, s + 1.0, cost) > until
    assert convergence.battles_until(0.95, 0.95 - apart, s, cost + 0.01) < until
    assert convergence.disagreement(0.95, 0.95 - apart, s, until) == pytest.approx(cost)


def walk(n: int, p: float) -> tuple[np.ndarray, np.ndarray]:
    """Chance to win and battles to come, from each number of forts, by solving the chain's linear equations."""
    inside = np.eye(n - 1) - np.diag(np.full(n - 2, p), 1) - np.diag(np.full(n - 2, 1.0 - p), -1)
    last = np.zeros(n - 1)
    last[-1] = p
    return np.linalg.solve(inside, last), np.linalg.solve(inside, np.ones(n - 1))


@pytest.mark.parametrize(
    ("n", "k", "p", "win", "battles"),
    [(10, 5, 0.55, 0.731717, 23.171740), (10, 5, 0.5, 0.5, 25.0), (10, 3, 0.6, 0.716122, 20.806118)],
)
def test_forts_by_linear_equations(n: int, k: int, p: float, win: float, battles: float) -> None:
    wins, lasts = walk(n, p)
    assert (wins[k - 1], lasts[k - 1]) == pytest.approx((win, battles), abs=1e-6)
    assert random_walk_war.chance_of_winning(n, k, p) == pytest.approx(win, abs=1e-6)
    assert random_walk_war.duration(n, k, p) == pytest.approx(battles, abs=1e-6)


@given(n=st.integers(3, 40), p=st.floats(0.05, 0.95), data=st.data())
def test_any_walk_over_forts(n: int, p: float, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n - 1))
    wins, lasts = walk(n, p)
    assert random_walk_war.chance_of_winning(n, k, p) == pytest.approx(wins[k - 1], rel=1e-6, abs=1e-12)
    assert random_walk_war.duration(n, k, p) == pytest.approx(lasts[k - 1], rel=1e-5)


def test_the_weaker_side_of_a_very_long_walk_overflows_nothing() -> None:
    assert random_walk_war.chance_of_winning(1000, 500, 0.01) == 0.0
    assert random_walk_war.chance_of_winning(1000, 500, 0.99) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("v1", "v2", "rates", "win", "lasts"), [(10, 10, (0.2, 0.2), 0.5, 2.5), (10, 5, (0.4, 0.2), 1 / 3, 1.666667)]
)
def test_attrition_played_many_times(
    v1: float, v2: float, rates: tuple[float, float], win: float, lasts: float
) -> None:
    """Both draw the time at which they would concede; whoever would concede first has lost; both pay until then."""
    assert hazards(v1, v2, 2.0, 2.0) == pytest.approx(rates)
    plays = 400_000
    first, second = (RNG.exponential(1.0 / rate, plays) for rate in rates)
    until = np.minimum(first, second)
    assert (second < first).mean() == pytest.approx(win, abs=4.0 * np.sqrt(win * (1.0 - win) / plays))
    assert until.mean() == pytest.approx(lasts, abs=4.0 * lasts / np.sqrt(plays))
    gains = v1 * (second < first) - 2.0 * until
    assert gains.mean() == pytest.approx(0.0, abs=4.0 * gains.std() / np.sqrt(plays))


@given(v1=st.floats(0.5, 20.0), v2=st.floats(0.5, 20.0), c1=st.floats(0.1, 5.0), c2=st.floats(0.1, 5.0))
def test_in_attrition_every_moment_to_concede_is_as_good(v1: float, v2: float, c1: float, c2: float) -> None:
    _, other = hazards(v1, v2, c1, c2)
    for until in (0.5 / other, 3.0 / other):
        win = 1.0 - np.exp(-other * until)
        waits = quad(lambda t: np.exp(-other * t), 0.0, until)[0]
        assert v1 * win - c1 * waits == pytest.approx(0.0, abs=1e-6 * v1)


@pytest.mark.parametrize("v", [0.2, 0.6, 0.9])
def test_with_private_values_no_other_time_to_quit_is_better(v: float) -> None:
    """Search over the type that one might imitate, costs and chances by quadrature."""

    def worth(z: float) -> float:
        paid = quad(lambda y: quits_at(y, 1.0), 0.0, z)[0] + (1.0 - z) * quits_at(z, 1.0)
        return v * z - paid

    imitated = np.linspace(0.01, 0.99, 99)
    worths = [worth(float(z)) for z in imitated]
    assert imitated[int(np.argmax(worths))] == pytest.approx(v, abs=1e-9)
    assert max(worths) == pytest.approx(payoff(v), abs=1e-9)


def test_private_attrition_number() -> None:
    assert quad(lambda v: v / (1.0 - v), 0.0, 0.6)[0] == pytest.approx(0.316291, abs=1e-6)
    assert quits_at(0.6, 1.0) == pytest.approx(0.316291, abs=1e-6)


def replies(v: tuple[float, ...], r: float) -> np.ndarray:
    """Efforts after many rounds of nearly best replies, each found by search over a grid that narrows."""
    x = np.full(len(v), min(v) / 10.0)
    for _ in range(80):
        for i, value in enumerate(v):
            others = float((x**r).sum() - x[i] ** r)
            low, high = 0.0, value
            for _ in range(9):
                grid = np.linspace(low, high, 41)
                best = int(np.argmax(value * grid**r / (grid**r + others) - grid))
                low, high = grid[max(best - 1, 0)], grid[min(best + 1, 40)]
            x[i] = 0.5 * x[i] + 0.25 * (low + high)
    return x


@pytest.mark.parametrize("n", [2, 4])
def test_equal_contestants(n: int) -> None:
    effort = (n - 1) * 10.0 / n**2
    assert replies((10.0,) * n, 1.0) == pytest.approx([effort] * n, abs=1e-5)
    assert efforts((10.0,) * n, 1.0) == pytest.approx([effort] * n)


def test_the_contest_in_the_lesson() -> None:
    x, p = np.array(efforts((10.0, 5.0), 1.0)), np.array(chances((10.0, 5.0), 1.0))
    assert replies((10.0, 5.0), 1.0) == pytest.approx([2.222222, 1.111111], abs=1e-5)
    assert x == pytest.approx([2.222222, 1.111111], abs=1e-6)
    assert p == pytest.approx([2 / 3, 1 / 3])
    assert p * [10.0, 5.0] - x == pytest.approx([4.444444, 0.555556], abs=1e-6)
    assert efforts((10.0,) * 4, 1.0) == pytest.approx([1.875] * 4)


@pytest.mark.parametrize(("v", "r"), [((10.0, 5.0, 1.0), 1.0), ((10.0, 5.0, 1.0), 0.7), ((8.0, 7.0, 6.0), 0.5)])
def test_unequal_contestants_by_iterated_best_replies(v: tuple[float, ...], r: float) -> None:
    assert efforts(v, r) == pytest.approx(replies(v, r), abs=1e-4)


@given(v=st.lists(st.floats(0.5, 50.0), min_size=2, max_size=6), r=st.floats(0.2, 1.0))
def test_who_has_more_at_stake_spends_and_wins_more(v: list[float], r: float) -> None:
    p, order = np.array(chances(v, r)), np.argsort(v)
    assert p.sum() == pytest.approx(1.0)
    assert (np.diff(p[order]) >= -1e-9).all()
    assert (np.array(v) * p - np.array(efforts(v, r)) >= -1e-9).all()
