"""Acts and upkeep: what they can do, and what they cannot."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.world import sanctions

shares = st.floats(0.0, 1.0)
HERE, NOT_HERE = np.array([True]), np.array([False])


@given(shares, shares, shares)
def test_acts_and_upkeep_stay_between_nothing_and_the_fullest(level: float, act: float, held: float) -> None:
    now = np.array([level])
    for found in (
        sanctions.tightened(now, act, HERE),
        sanctions.eased(now, act, held, HERE),
        sanctions.kept_up(now, act, HERE),
        sanctions.kept_up(now, act, NOT_HERE),
    ):
        assert 0.0 <= found[0] <= 1.0


@given(shares, shares, shares)
def test_an_act_moves_one_way_and_no_act_moves_nothing(level: float, act: float, held: float) -> None:
    now = np.array([level])
    assert sanctions.tightened(now, act, HERE)[0] >= level >= sanctions.eased(now, act, held, HERE)[0]
    assert sanctions.tightened(now, act, NOT_HERE)[0] == level == sanctions.eased(now, act, held, NOT_HERE)[0]


@given(shares, shares, shares)
def test_nobody_eases_what_the_law_holds(level: float, act: float, held: float) -> None:
    assert sanctions.eased(np.array([level]), act, held, HERE)[0] >= min(level, held) - 1e-12


def test_without_upkeep_pressure_leaks_and_with_it_it_mends() -> None:
    upkeep = np.array([1.0])
    for _ in range(12):
        upkeep = sanctions.kept_up(upkeep, 0.05, NOT_HERE)
    np.testing.assert_allclose(upkeep, 0.95**12)
    assert sanctions.kept_up(upkeep, 0.05, HERE) > upkeep


@given(shares, shares, shares)
def test_pressure_is_what_either_side_adds_to_the_other(american: float, european: float, share: float) -> None:
    felt = sanctions.pressure(np.array([american]), np.array([european]), share)[0]
    np.testing.assert_allclose(felt, share * american + (1.0 - share) * european, atol=1e-12)


def test_more_acts_promise_more_and_never_beyond_the_fullest() -> None:
    level = np.full(4, 0.6)
    promised = sanctions.still_to_come(level, 0.2, np.array([0.0, 0.1, 1.0, 100.0]), 30.0)
    assert promised[0] == 0.0
    assert np.all(np.diff(promised) > 0.0)
    assert promised[-1] < 0.4
