"""T14 and T15: imperfect players, and the classics, by playing them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import expit

from sim.questions.games.quantal import quantal_response
from sim.theory.hawk_dove import hawks, payoff
from sim.theory.public_good import marginal_return
from sim.theory.quantal_response import equilibrium, mixed_nash
from sim.theory.repeated_dilemma import grim_threshold, tit_for_tat_threshold
from sim.theory.stag_hunt import trust_needed

ROW, COLUMN = (9.0, 0.0, 0.0, 1.0), (0.0, 1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (0.0, (0.5, 0.5)),
        (0.5, (0.830671, 0.418077)),
        (1.0, (0.893576, 0.312780)),
        (2.0, (0.860754, 0.191078)),
        (5.0, (0.701984, 0.117135)),
        (20.0, (0.554627, 0.101097)),
    ],
)
def test_quantal_response_by_a_root(precision: float, expected: tuple[float, float]) -> None:
    """Row pays 9 q against 1 - q, column 1 - p against p: one equation in p, whose right side falls in p."""

    def column(p: float) -> float:
        return float(expit(precision * ((1.0 - p) - p)))

    p = brentq(lambda p: expit(precision * (9.0 * column(p) - (1.0 - column(p)))) - p, 0.0, 1.0, xtol=1e-14)
    assert (p, column(p)) == pytest.approx(expected, abs=1e-6)
    assert equilibrium(precision, ROW, COLUMN) == pytest.approx(expected, abs=1e-6)


payoffs = st.tuples(*[st.floats(-5.0, 5.0)] * 4)


@given(precision=st.floats(0.0, 5.0), row=payoffs, column=payoffs)
def test_every_answer_is_a_quantal_response_to_itself(
    precision: float, row: tuple[float, ...], column: tuple[float, ...]
) -> None:
    p, q = equilibrium(precision, row, column)
    gain = q * (row[0] - row[2]) + (1.0 - q) * (row[1] - row[3])
    other = p * (column[0] - column[1]) + (1.0 - p) * (column[2] - column[3])
    assert p == pytest.approx(expit(precision * gain), abs=1e-9)
    assert q == pytest.approx(expit(precision * other), abs=1e-9)


def test_where_the_branch_folds_the_solver_of_any_game_agrees() -> None:
    row, column = (-1.4, -1.2, -1.3, -0.6), (1.4, -1.6, 0.9, 1.3)
    precisions = [1.0, 8.0, 12.0, 15.0, 40.0]
    known = quantal_response(np.array([row, column]).reshape(2, 2, 2), precisions)
    assert (known[0].turns, known[-1].turns) == (0, 2)
    for precision, found in zip(precisions, known, strict=True):
        there = (found.mixed[0][0], found.mixed[1][0])
        assert equilibrium(precision, row, column) == pytest.approx(there, abs=1e-9)


def test_precise_players_come_to_nash() -> None:
    assert mixed_nash(ROW, COLUMN) == pytest.approx((0.5, 0.1))
    assert equilibrium(100.0, ROW, COLUMN) == pytest.approx((0.5, 0.1), abs=0.02)
    assert np.isnan(mixed_nash((5.0, 5.0, 1.0, 1.0), (1.0, 0.0, 1.0, 0.0))).all()


def value(mine: str, other: str, d: float, meetings: int = 2000) -> float:
    """Discounted payoff of a strategy against another, played meeting by meeting at 5, 3, 1, 0."""
    pay = {"CC": 3.0, "CD": 0.0, "DC": 5.0, "DD": 1.0}
    history: list[str] = []
    total, weight = 0.0, 1.0
    for _ in range(meetings):
        moves = _move(mine, [h[0] for h in history], [h[1] for h in history])
        moves += _move(other, [h[1] for h in history], [h[0] for h in history])
        total, weight = total + weight * pay[moves], weight * d
        history = [*history, moves][-2:] if "grim" not in (mine, other) else [*history, moves]
        if weight < 1e-9:
            break
    return total


def _move(strategy: str, own: list[str], others: list[str]) -> str:
    if strategy == "always defect":
        return "D"
    if strategy == "defect once in two":
        return "C" if own and own[-1] == "D" else "D"
    if strategy == "grim":
        return "D" if "D" in others or "D" in own else "C"
    return others[-1] if others else "C"


@pytest.mark.parametrize(("kind", "threshold"), [("grim", 0.5), ("tit for tat", 2 / 3)])
def test_cooperation_lasts_exactly_from_the_threshold_on(kind: str, threshold: float) -> None:
    formula = grim_threshold(5, 3, 1) if kind == "grim" else tit_for_tat_threshold(5, 3, 1, 0)
    assert formula == pytest.approx(threshold)
    for d in (threshold - 0.01, threshold + 0.01):
        tempting = max(value(trick, kind, d) for trick in ("always defect", "defect once in two"))
        assert (value(kind, kind, d) >= tempting) == (d > threshold)


@given(t=st.floats(3.1, 5.9))
def test_forgiving_never_needs_less_of_a_future(t: float) -> None:
    assert tit_for_tat_threshold(t, 3.0, 1.0, 0.0) >= grim_threshold(t, 3.0, 1.0)


@given(v=st.floats(1.0, 10.0), ratio=st.one_of(st.floats(0.2, 0.8), st.floats(1.25, 5.0)))
def test_a_population_of_hawks_and_doves_comes_to_rest(v: float, ratio: float) -> None:
    c, share = v * ratio, 0.5
    for _ in range(20_000):
        hawk = share * (v - c) / 2.0 + (1.0 - share) * v
        dove = (1.0 - share) * v / 2.0
        share = float(np.clip(share + 0.02 * share * (1.0 - share) * (hawk - dove), 1e-9, 1.0 - 1e-9))
    assert share == pytest.approx(hawks(v, c), abs=1e-3)
    assert payoff(v, c) <= v / 2.0 + 1e-9


def test_hawks_of_the_lesson() -> None:
    assert hawks(2.0, 6.0) == pytest.approx(1 / 3)
    x = hawks(2.0, 6.0)
    assert (
        x * (2.0 - 6.0) / 2.0 + (1.0 - x) * 2.0 == pytest.approx((1.0 - x) * 2.0 / 2.0) == pytest.approx(payoff(2, 6))
    )


@given(stag=st.floats(1.0, 10.0), hare=st.floats(0.1, 0.9))
def test_trust_is_where_both_prey_are_as_good(stag: float, hare: float) -> None:
    need = trust_needed(stag, hare)
    assert need * stag == pytest.approx(hare)
    assert trust_needed(stag, hare * 1.05) > need > trust_needed(stag * 1.05, hare)


def test_the_public_good_of_the_lesson() -> None:
    assert marginal_return(4, 1.6) == 0.4
    units = np.array([1.0, 0.0, 0.0, 0.0])
    assert 1.6 * units.sum() / 4 - units[0] == pytest.approx(0.4 - 1.0)
    assert pytest.approx(0.6) == 1.6 * 4 / 4 - 1.0
