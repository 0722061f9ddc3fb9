"""T1 and T2: shares of a pie, by backward induction and by search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.alternating_offers import GAME as RUBINSTEIN
from sim.theory.alternating_offers import limit_share, proposer_share, responder_share
from sim.theory.nash_bargaining import share

ROUNDS = 4001
patience = st.floats(0.05, 0.95)


def backwards(d1: float, d2: float, outside: float = 0.0, rounds: int = ROUNDS) -> float:
    """Share of player 1, who proposes first, when the last of so many rounds ends in nothing: backward induction.

    Player 2 may leave for `outside` after refusing; player 1 has nowhere to go.
    """
    first_proposes, value_of_proposer = rounds % 2 == 1, 1.0
    for _ in range(rounds - 1):
        first_proposes = not first_proposes
        waiting = (d2 if first_proposes else d1) * value_of_proposer
        value_of_proposer = 1.0 - (max(waiting, outside) if first_proposes else waiting)
    assert first_proposes
    return value_of_proposer


@pytest.mark.parametrize(("d1", "d2", "first"), [(0.9, 0.8, 0.714286), (0.9, 0.9, 0.526316), (0.8, 0.9, 0.357143)])
def test_the_last_round_of_very_many_decides_the_first(d1: float, d2: float, first: float) -> None:
    assert backwards(d1, d2) == pytest.approx(first, abs=1e-6)
    assert proposer_share(d1, d2) == pytest.approx(backwards(d1, d2), abs=1e-9)


@given(d1=patience, d2=patience, outside=st.floats(0.0, 1.0))
def test_an_outside_option_is_worth_its_value_or_nothing(d1: float, d2: float, outside: float) -> None:
    assert responder_share(d1, d2, outside) == pytest.approx(1.0 - backwards(d1, d2, outside), abs=1e-9)


@pytest.mark.parametrize(("outside", "second"), [(0.45, 0.473684), (0.6, 0.6)])
def test_only_an_option_better_than_waiting_matters(outside: float, second: float) -> None:
    assert 1.0 - backwards(0.9, 0.9, outside) == pytest.approx(second, abs=1e-6)
    assert RUBINSTEIN.solve(0.9, 0.9, outside).value("second") == pytest.approx(second, abs=1e-6)


@pytest.mark.parametrize(("pace", "first"), [(1.0, 0.699390), (0.1, 0.669994), (0.01, 0.667000)])
def test_as_offers_follow_faster_only_patience_counts(pace: float, first: float) -> None:
    d1, d2 = np.exp(-0.1 * pace), np.exp(-0.2 * pace)
    assert backwards(d1, d2, rounds=100_001) == pytest.approx(first, abs=1e-6)
    assert proposer_share(d1, d2) == pytest.approx(first, abs=1e-6)
    limits = RUBINSTEIN.solve(d1, d2, 0.0).value("limit")
    assert limits == pytest.approx(limit_share(0.1, 0.2)) == pytest.approx(0.666667, abs=1e-6)


@given(d1=patience, d2=patience, more=st.floats(0.001, 0.04))
def test_patience_raises_ones_share(d1: float, d2: float, more: float) -> None:
    assert proposer_share(d1 + more, d2) > proposer_share(d1, d2) > proposer_share(d1, d2 + more)


def found(d1: float, d2: float, a: float, r: float) -> float:
    """The maximum of the product, by search over ever finer grids."""
    low, high = d1, 1.0 - d2
    for _ in range(12):
        x = np.linspace(low, high, 201)[1:-1]
        gain = a * np.log(x - d1) + (1.0 - a) * np.log((1.0 - x) ** r - d2**r)
        best, step = x[np.argmax(gain)], x[1] - x[0]
        low, high = max(d1, best - step), min(1.0 - d2, best + step)
    return float(best)


@pytest.mark.parametrize(
    ("asked", "first"),
    [((0.2, 0.1, 0.6, 1.0), 0.62), ((0.0, 0.0, 0.5, 0.5), 0.666667), ((0.0, 0.0, 0.7, 0.5), 0.823529)],
)
def test_nash_by_search(asked: tuple[float, float, float, float], first: float) -> None:
    assert found(*asked) == pytest.approx(first, abs=1e-6)
    assert share(*asked) == pytest.approx(first, abs=1e-6)


@given(d1=st.floats(0.0, 0.45), d2=st.floats(0.0, 0.45), a=st.floats(0.1, 0.9), r=st.floats(0.1, 1.0))
def test_the_nash_solution_is_the_best_product(d1: float, d2: float, a: float, r: float) -> None:
    assert share(d1, d2, a, r) == pytest.approx(found(d1, d2, a, r), abs=1e-6)


@given(d1=st.floats(0.0, 0.4), d2=st.floats(0.0, 0.4), a=st.floats(0.1, 0.8), r=st.floats(0.2, 0.9))
def test_what_raises_a_share(d1: float, d2: float, a: float, r: float) -> None:
    x = share(d1, d2, a, r)
    assert share(d1 + 0.05, d2, a, r) > x > share(d1, d2 + 0.05, a, r)
    assert share(d1, d2, a + 0.05, r) > x > share(d1, d2, a, r + 0.05)
