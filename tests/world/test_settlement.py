"""Peace: the hazard that it breaks, how that is discounted, and what a guarantee does to it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from shipped import plain

from sim.basics.arrays import real
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.scenario import Scenario
from sim.scenario.preferences import PeaceParameters, TableParameters
from sim.world import settlement
from sim.world.settlement import Outcome

P, TABLE = PeaceParameters(), TableParameters()
dial = st.floats(0.0, 1.0)


def test_the_discounted_chance_of_renewed_war_is_that_of_simulated_peaces() -> None:
    """The mean of (1 + r)^-T over peaces that break in month T with a constant hazard."""
    rng = np.random.default_rng(5)
    for hazard in (0.002, 0.02, 0.2):
        months = rng.geometric(hazard, 200_000)
        lost = (1.0 + P.discount) ** -months.astype(float)
        error = lost.std() / np.sqrt(lost.size)
        assert settlement.discounted_relapse(hazard, P) == pytest.approx(lost.mean(), abs=4 * error)


@given(belief=dial, tempted=st.floats(-2.0, 4.0))
def test_a_stronger_guarantee_believed_more_lowers_the_hazard_and_temptation_raises_it(
    belief: float, tempted: float
) -> None:
    hazards = settlement.renewed_war_hazard(P.hazard, P.deterrence * np.arange(5.0) * belief, tempted)
    assert np.all(np.diff(hazards) <= 0.0)
    assert hazards[0] == pytest.approx(min(1.0, P.hazard * np.exp(tempted)))
    assert np.all(settlement.renewed_war_hazard(P.hazard, 0.0, tempted + 1.0) >= hazards)


def test_a_hazard_is_a_chance_however_much_tempts() -> None:
    found = settlement.renewed_war_hazard(real([0.0, 0.012, 0.012]), 0.0, real([1e3, 1e3, -1e3]))
    assert found.tolist() == [0.0, 1.0, 0.0]


@given(pays=dial, credibility=dial, more=dial)
def test_a_guarantee_is_believed_more_from_who_pays_and_who_kept_its_word(
    pays: float, credibility: float, more: float
) -> None:
    belief = settlement.guarantee_belief(pays, credibility, P)
    assert 0.0 <= belief <= 1.0
    assert settlement.guarantee_belief(max(pays, more), credibility, P) >= belief
    assert settlement.guarantee_belief(pays, max(credibility, more), P) >= belief
    assert settlement.guarantee_belief(1.0, 1.0, P) == pytest.approx(1.0)


def held(scenario: Scenario, worlds: int = 4000) -> NDArray[np.floating]:
    """Share of peaces that still hold, by month."""
    settled = one_scenario(scenario, Ensemble(worlds=worlds)).simulate()["settled"].isel(doctrine=0)
    return settled.mean("world").to_numpy()


def test_peaces_without_a_guarantor_and_without_temptation_break_at_a_constant_hazard() -> None:
    scenario = plain("frozen_conflict").with_mechanisms(temptation=False, talks=False, direct_talks=False)
    peace = scenario.initial.settlement.model_copy(update={"guarantee": 0})
    initial = scenario.initial.model_copy(update={"settlement": peace})
    nobody = Scenario.model_validate({**dict(scenario), "initial": initial})
    vague, p = 1.0 - nobody.us[0].doctrine.clarity, nobody.parameters.peace
    hazard = p.hazard * (1.0 + p.fragility * vague)
    found, expected = held(nobody), (1.0 - hazard) ** np.arange(1, nobody.months + 1)
    assert found == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 4000))


def test_a_clear_peace_breaks_less_often_than_a_vague_one() -> None:
    """Vagueness is that of the terms when they were made: turning fragility off closes the gap."""
    scenario = plain("frozen_conflict")
    scenario = scenario.with_mechanisms(talks=False, direct_talks=False, temptation=False)
    clear, vague = (scenario.with_doctrine("us", {"clarity": clarity}) for clarity in (1.0, 0.0))
    assert held(clear)[-1] > held(vague)[-1] + 0.05
    clear, vague = (s.with_mechanisms(fragility=False, guarantees=False) for s in (clear, vague))
    assert held(clear)[-1] == held(vague)[-1]


def test_a_treaty_outlasts_monitors_and_without_belief_it_does_not() -> None:
    alone = {"talks": False, "direct_talks": False, "temptation": False}
    monitors, treaty = (plain(name).with_mechanisms(**alone) for name in ("frozen_conflict", "strong_guarantee"))
    assert held(treaty)[-1] > held(monitors)[-1] + 0.05
    unbelieved = [s.with_mechanisms(guarantees=False) for s in (monitors, treaty)]
    assert held(unbelieved[0])[-1] == held(unbelieved[1])[-1]


def test_without_renewed_war_every_peace_holds() -> None:
    assert np.all(held(plain("frozen_conflict").with_mechanisms(renewed_war=False), 200) == 1.0)


def test_a_peace_is_classed_by_its_terms_its_line_and_its_end() -> None:
    cases = {
        # settled, relapsed, offset, guarantee, collapsed
        Outcome.WAR: (False, False, 0.0, 0.0, False),
        Outcome.FRAGILE: (True, False, 0.0, 1.0, False),
        Outcome.GUARANTEED: (True, False, 0.02, 2.0, False),
        Outcome.IMPOSED: (True, False, 0.04, 3.0, False),
        Outcome.RELAPSED: (False, True, 0.08, 4.0, True),
    }
    columns = [np.array(column) for column in zip(*cases.values(), strict=True)]
    assert settlement.classify(*columns).tolist() == list(cases)
    assert settlement.classify(*(np.array([x]) for x in (True, False, 0.0, 4.0, True))) == Outcome.IMPOSED
    truce = np.ones(1, dtype=bool)
    assert settlement.classify(*(np.array([x]) for x in (False, True, 0.0, 4.0, False)), truce) == Outcome.TRUCE


def test_a_stalemate_ripens_with_time_and_while_nobody_expects_to_move() -> None:
    movement = np.array([0.0, 0.0003, -0.0003, 0.01])
    early, late = (settlement.ripeness(movement, months, TABLE) for months in (6.0, 600.0))
    assert np.all(early < late)
    assert late[0] == 1.0
    assert late[0] > late[1] == late[2] > late[3]


def test_talks_are_held_as_often_as_their_chance_says(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook, seed=1, start=0, stop=5000)
    held_talks, chances = [], []
    for _ in range(10):
        free = ~model.mediator.settled
        model.step()
        held_talks.extend(model.mediator.talks[free])
        chances.extend(model.mediator.talks_chance[free])
    error = float(np.sqrt(np.mean(np.multiply(chances, np.subtract(1.0, chances))) / len(chances)))
    assert np.mean(held_talks) == pytest.approx(np.mean(chances), abs=4 * error)
