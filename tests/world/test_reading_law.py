"""Likelihoods of what Washington does, and what is made of them: by formula, by simulation, and at their ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.basics.arrays import blend, real
from sim.scenario import load
from sim.scenario.minds import doctrine_of
from sim.scenario.parameters import Parameters
from sim.world import executive, flows, reading
from sim.world.executive import MOST_SUPPORT, Situation

P = Parameters()
FULL, SMALLEST, DRIP = P.executive.full_support, P.reading.smallest, P.reading.drip
THREE = executive.stacked([doctrine_of(name) for name in ("architectural", "transactional", "aligned")])
QUIET = Situation(
    need=real([0.5]),
    share=real([0.6]),
    refused_by_ukraine=real([0.0]),
    refused_by_russia=real([0.0]),
    costs_moscow=real([1 / 3]),
    crises=real(np.zeros((3, 1))),
    pressing=1.0,
)
chances = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3)


def column(values: list[float]) -> np.ndarray:
    found = real(values)[:, None]
    return found / found.sum()


@given(prior=chances, evidence=st.lists(st.floats(-3.0, 0.0), min_size=3, max_size=3))
def test_all_evidence_taken_in_is_bayes_rule(prior: list[float], evidence: list[float]) -> None:
    found = reading.learned(column(prior), real(evidence)[:, None], 1.0)[:, 0]
    by_hand = np.array(prior) * np.exp(evidence)
    assert found == pytest.approx(by_hand / by_hand.sum(), abs=1e-5)


@given(prior=chances)
def test_no_evidence_and_no_pace_move_nothing(prior: list[float]) -> None:
    before = column(prior)
    assert reading.learned(before, real(np.zeros((3, 1))), 0.7) == pytest.approx(before, abs=1e-6)
    assert reading.learned(before, real([[-3.0], [0.0], [-1.0]]), 0.0) == pytest.approx(before, abs=1e-6)
    assert np.array_equal(reading.switched(before, column([1, 1, 1]), 0.0), before)
    assert reading.switched(before, column([1, 2, 3]), 1.0) == pytest.approx(column([1, 2, 3]), abs=1e-6)


def test_one_sign_says_no_more_than_the_cap() -> None:
    said = reading.capped(real([[-50.0, -1.0], [0.0, 0.0], [-2.0, -4.0]]), 3.0)
    assert said.tolist() == [[-3.0, -1.0], [0.0, 0.0], [-2.0, -3.0]]


@pytest.mark.parametrize("authority", [0.3, 5.0])
def test_the_likelihood_of_aid_is_that_of_the_lumps(authority: float) -> None:
    """Chances of the three things that can be seen sum to 1, and are those of simulated allocations."""
    wants = real([[0.02], [0.3], [0.9]])
    grid = np.linspace(SMALLEST, authority, 20_001)
    density = np.exp(reading.aid(wants, real(grid * 0 + authority), real(grid), FULL, SMALLEST, DRIP)[:, :-1])
    ends = np.exp(reading.aid(wants, real([authority, authority]), real([0.0, authority]), FULL, SMALLEST, DRIP))
    between = 0.5 * ((density[:, 1:] + density[:, :-1]) * np.diff(grid[:-1])).sum(axis=1)
    assert between + ends.sum(axis=1) == pytest.approx(1.0, abs=2e-3)
    lumps = np.random.default_rng(1).exponential(size=100_000)
    given_ = flows.allocate(wants * FULL, lumps, authority)
    assert (given_ < SMALLEST).mean(axis=1) == pytest.approx(ends[:, 0], abs=0.01)
    assert (given_ >= authority).mean(axis=1) == pytest.approx(ends[:, 1], abs=0.01)


def test_an_empty_purse_says_nothing() -> None:
    assert not reading.aid(real([[0.0], [0.9]]), real([0.0]), real([0.0]), FULL, SMALLEST, DRIP).any()


@given(wants=st.floats(0.0, MOST_SUPPORT), noise=st.floats(0.02, 0.4))
def test_the_likelihood_of_words_is_that_of_the_announcement(wants: float, noise: float) -> None:
    grid = np.linspace(0.0, MOST_SUPPORT, 4001)
    said = np.exp(reading.words(real([[wants]]), real(grid), real([1.0]), noise, 0.05)[0])
    between = (0.5 * (said[1:-2] + said[2:-1]) * np.diff(grid)[0]).sum() / np.sqrt(2.0 * np.pi)
    assert between + said[0] + said[-1] == pytest.approx(1.0, abs=0.03)


def test_words_without_credit_say_nothing() -> None:
    said = reading.words(real([[0.0], [1.0]]), real([0.5]), real([0.0]), 0.1, 0.05)
    assert not said.any()


def test_six_months_of_nothing_tell_of_the_doctrine_where_there_was_money_to_give() -> None:
    """From .98, .01, .01, by aid alone, where nothing is said either: an empty purse says little, EUR 10 bn much."""
    prior, keep = column([1.0, 1.0, 1.0]), executive.keeping(THREE, P.executive)
    for authority, low, high in [(0.0, 0.9, 1.0), (10.0, 0.0, 0.2)]:
        found, promise = column([0.98, 0.01, 0.01]), 0.72
        for _ in range(6):
            wants = executive.wanted(THREE, QUIET, promise, keep, P.executive)
            promise = blend(promise, 0.0, P.executive.promise_memory)
            said = reading.aid(wants, real([authority]), real([0.0]), FULL, SMALLEST, DRIP)
            found = reading.switched(found, prior, P.reading.switch)
            found = reading.learned(found, reading.capped(said, P.reading.cap), P.reading.pace)
        assert low < found[0, 0] < high


def test_what_a_doctrine_pays_when_a_promise_is_called_in_follows_from_what_it_wants() -> None:
    """Most of it for the sake of order; little without; and less still where Moscow's loss counts."""
    cost = executive.cost(THREE, QUIET, P.executive)
    architectural, transactional, aligned = reading.pays(THREE, QUIET, cost, P.executive)[:, 0]
    assert architectural > 0.9
    assert aligned < transactional < 0.4
    free = P.executive.model_copy(update={"press_affinity": 0.0})
    assert reading.pays(THREE, QUIET, cost, free)[2, 0] > transactional


def test_a_doctrine_stays_for_good_where_none_changes_and_the_chance_that_it_does_is_counted_month_by_month() -> None:
    assert reading.stay(0.0, 24.0) == pytest.approx(1.0, abs=1e-4)
    assert reading.stay(0.01, 24.0) == pytest.approx(np.mean(0.99 ** np.arange(24)), abs=1e-5)


def test_refusals_come_to_rest_where_remembering_says() -> None:
    p, memory, rng = P.executive, np.zeros(50_000), np.random.default_rng(1)
    for tabled in (0.1, 1.0):
        for _ in range(100):
            memory = p.refusal_memory * memory
            memory += p.refusal_weight * (1.0 - memory) * (rng.uniform(size=memory.size) < tabled)
        assert reading.refusals_to_come(tabled, p) == pytest.approx(memory.mean(), abs=0.01)


def test_several_doctrines_decide_as_each_does_alone() -> None:
    model_wants = [
        executive.wanted(executive.dials(doctrine_of(name)), QUIET, 0.5, 0.8, P.executive)
        for name in ("architectural", "transactional", "aligned")
    ]
    assert executive.wanted(THREE, QUIET, 0.5, 0.8, P.executive) == pytest.approx(np.array(model_wants), abs=1e-6)


def test_the_steps_of_a_decision_sum_to_it() -> None:
    for doctrine in load("history").hypotheses:
        dials = executive.dials(doctrine)
        told = sum(executive.aid_terms(dials, QUIET, real([0.7]), P.executive).values())
        found = executive.wanted(dials, QUIET, 0.7, executive.keeping(dials, P.executive), P.executive)
        assert np.clip(told, 0.0, MOST_SUPPORT) == pytest.approx(found, abs=1e-6)
