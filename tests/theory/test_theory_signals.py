"""T7, T8, T9: what talk, signals and silence are worth, by search over deviations."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.theory import cheap_talk, strategic_ambiguity, tying_hands
from sim.theory.third_party_doubt import surplus


def talk(b: float) -> list[float]:
    """Ends of the finest messages: each end leaves the sender in two minds, so the next is 2 end - the last + 4 b.

    Actions are the middles of messages. By bisection on the first end, for the most messages that still fit.
    """
    most = next(n for n in range(1, 200) if sum(4.0 * b * k for k in range(n + 1)) >= 1.0)
    low, high = 0.0, 1.0
    for _ in range(200):
        first = (low + high) / 2.0
        ends = [0.0, first]
        for _ in range(most - 1):
            ends.append(2.0 * ends[-1] - ends[-2] + 4.0 * b)
        low, high = (low, first) if ends[-1] > 1.0 else (first, high)
    return ends


@pytest.mark.parametrize(
    ("b", "cuts", "loss"),
    [
        (0.05, (0.133333, 0.466667), 0.0159259),
        (0.1, (0.3,), 0.0308333),
        (0.2, (0.1,), 0.0608333),
        (0.02, (0.04, 0.16, 0.36, 0.64), 0.00653333),
        (0.25, (), 0.0833333),
        (0.6, (), 0.0833333),
    ],
)
def test_messages_found_by_shooting(b: float, cuts: tuple[float, ...], loss: float) -> None:
    ends = talk(b)
    assert ends[1:-1] == pytest.approx(cuts, abs=1e-6)
    assert cheap_talk.cuts(b) == pytest.approx(cuts, abs=1e-6)
    lost = sum(quad(lambda s, m=(low + high) / 2: (s - m) ** 2, low, high)[0] for low, high in pairwise(ends))
    assert lost == pytest.approx(loss, abs=1e-7)
    assert cheap_talk.loss(b) == pytest.approx(loss, abs=1e-7)


@given(b=st.floats(0.003, 0.24))
def test_no_sender_wants_to_say_something_else(b: float) -> None:
    ends = [0.0, *cheap_talk.cuts(b), 1.0]
    actions = np.array([(low + high) / 2 for low, high in pairwise(ends)])
    for message, (low, high) in enumerate(pairwise(ends)):
        for state in np.linspace(low + 1e-9, high - 1e-9, 5):
            assert int(np.argmin((actions - state - b) ** 2)) == message


@given(b=st.floats(0.002, 0.3))
def test_nearer_interests_are_better_understood(b: float) -> None:
    assert cheap_talk.loss(b * 0.95) <= cheap_talk.loss(b) + 1e-12


def worth_of_signalling(v: np.ndarray, p: float, c: float, r: float, price: float, tied: bool) -> np.ndarray:
    """What a leader of stake v gets from a signal that deters all but the resolved, if it is believed."""
    war = p * v - c
    challenged = war if tied else np.maximum(war, 0.0)
    return (1.0 - r) * v + r * challenged - price


@pytest.mark.parametrize(
    ("tied", "start", "war", "worth"), [(True, 0.066667, 0.186667, 0.392), (False, 0.6, 0.08, 0.072)]
)
def test_signals_by_looking_at_every_stake(tied: bool, start: float, war: float, worth: float) -> None:
    """Sunk costs must be just so high that no leader who would back down pays them."""
    p, c, r = 0.5, 0.3, 0.2
    v = (np.arange(1_000_000) + 0.5) / 1_000_000
    would_back_down = v[p * v < c]
    price = 0.0 if tied else float(worth_of_signalling(would_back_down, p, c, r, 0.0, False).max())
    gain = worth_of_signalling(v, p, c, r, price, tied)
    signals = gain > 1e-9
    assert v[signals].min() == pytest.approx(start, abs=1e-5)
    assert r * signals.mean() == pytest.approx(war, abs=1e-5)
    assert np.where(signals, gain, 0.0).mean() == pytest.approx(worth, abs=1e-5)
    found = tying_hands.tie(p, c, r) if tied else tying_hands.sink(p, c, r)
    assert found == pytest.approx((start, price, war, worth), abs=1e-5)


@given(p=st.floats(0.05, 1.0), c=st.floats(0.0, 1.0), r=st.floats(0.0, 0.95))
def test_tying_is_better_for_the_leader_and_worse_for_peace(p: float, c: float, r: float) -> None:
    tied, sunk = tying_hands.tie(p, c, r), tying_hands.sink(p, c, r)
    assert tied.worth >= sunk.worth - 1e-12
    assert tied.war >= sunk.war - 1e-12
    assert tied.from_value <= sunk.from_value + 1e-12


ARMS = {"g": 3.0, "l": 7.0, "K": 10.0, "L": 8.0, "D": 2.0}


def test_under_ambiguity_both_are_in_two_minds() -> None:
    """The attacker's chance at which its own indifference reproduces itself, by search; payoffs by integration."""
    found = strategic_ambiguity.ambiguity(**ARMS)
    attack = np.linspace(0.0, 1.0, 100_001)
    armed = np.minimum(attack * (8.0 - 2.0) / 10.0, 1.0)
    gain = (1.0 - armed) * 3.0 - armed * 7.0
    spot = int(np.argmin(np.abs(gain)))
    assert (attack[spot], armed[spot]) == pytest.approx((0.5, 0.3), abs=1e-4)
    costs = (np.arange(200_000) + 0.5) / 200_000 * 10.0
    payoffs = np.maximum(-0.5 * 8.0, -costs - 0.5 * 2.0)
    assert payoffs.mean() == pytest.approx(-3.55, abs=1e-6)
    assert found == pytest.approx((0.3, 0.5, 0.15, -3.55), abs=1e-9)


def test_under_transparency_the_unarmed_are_attacked() -> None:
    costs = (np.arange(200_000) + 0.5) / 200_000 * 10.0
    payoffs = np.maximum(-8.0, -costs)
    found = strategic_ambiguity.transparency(10.0, 8.0)
    assert (payoffs > -8.0).mean() == pytest.approx(0.8)
    assert payoffs.mean() == pytest.approx(-4.8, abs=1e-6)
    assert (found.armed, found.worth) == pytest.approx((0.8, -4.8))


@given(
    g=st.floats(0.1, 20.0),
    l=st.floats(0.1, 20.0),
    K=st.floats(0.5, 20.0),
    L=st.floats(1.0, 20.0),
    D=st.floats(0.0, 0.9),
)
def test_ambiguity_is_an_equilibrium_whatever_the_stakes(g: float, l: float, K: float, L: float, D: float) -> None:  # noqa: E741
    found = strategic_ambiguity.ambiguity(g, l, K, L, D)
    gain = (1.0 - found.armed) * g - found.armed * l
    assert 0.0 <= found.attack <= 1.0 + 1e-9
    assert gain == pytest.approx(0.0, abs=1e-6) or (gain > 0.0 and found.attack == pytest.approx(1.0))
    assert found.armed == pytest.approx(min(found.attack * (L - D) / K, 1.0))


@pytest.mark.parametrize(
    ("qp", "qc", "peace"), [(0.9, 0.1, False), (0.6, 0.4, True), (0.9, 0.9, True), (0.1, 0.1, True)]
)
def test_it_is_disagreement_that_kills_a_deal(qp: float, qc: float, peace: bool) -> None:
    """By looking for a division that both prefer to their own idea of war; the costs are halved between them."""
    x = np.linspace(0.0, 1.0, 10_001)
    base = 0.35
    protege = x >= base + qp * 0.3 - 0.06
    challenger = 1.0 - x >= 1.0 - (base + qc * 0.3) - 0.06
    assert bool((protege & challenger).any()) == peace
    assert (surplus(qp, qc, 0.3, 0.12) >= 0.0) == peace


@given(q=st.floats(0.0, 1.0), effect=st.floats(0.0, 1.0), cost=st.floats(0.0, 1.0))
def test_any_common_belief_keeps_the_peace(q: float, effect: float, cost: float) -> None:
    assert surplus(q, q, effect, cost) == cost
