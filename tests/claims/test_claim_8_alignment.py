"""C8: what would be seen if Washington valued Moscow's own payoff, and how it differs from a change of strategy."""

import numpy as np
import pytest
import xarray as xr
from contrast import MATTERS, Effect, contrast, dials, effect, together

from sim.ensemble import opened
from sim.scenario import Scenario
from sim.scenario.presets import UNITED_STATES
from sim.world.proposal import STEP

TERMS = ("offset", "guarantee", "relief")
THREATS = "threats lifted"


@pytest.fixture(scope="module")
def hypotheses(outlook: Scenario) -> xr.Dataset:
    return together(
        worlds=2000,
        aligned=outlook.with_doctrine("us", "aligned"),
        transactional=outlook.with_doctrine("us", "transactional"),
    )


def test_c8_no_doctrine_but_the_counterfactual_values_moscows_payoff() -> None:
    assert {name for name, preset in UNITED_STATES.items() if preset.doctrine.affinity > 0.0} == {"aligned"}


def first_proposals(scenario: Scenario, worlds: int = 2000) -> dict[str, xr.DataArray]:
    """What is put on the table in the first month where that is certain: terms, and gains over war without threats.

    What a threat takes from fighting on is no part of an offer: who is not pressed refuses more and is offered more.
    """
    model = opened(
        scenario.with_parameters({"table": {"talks_base": 60.0, "tabled": 1.0}}), seed=1, start=0, stop=worlds
    )
    model.step()
    table = model.mediator
    found = {term: getattr(table, term) for term in TERMS}
    for side in ("ukraine", "russia"):
        found[side] = sum(worth for term, worth in table.reasons[f"package to {side}"].items() if term != THREATS)
        found[f"war to {side}"] = getattr(model, side).war_value
    return {name: xr.DataArray(np.where(table.proposed, values, np.nan)) for name, values in found.items()}


def same_war(scenario: Scenario) -> Scenario:
    """Affinity moves nothing but the table: no aid, no sanctions and no sale of arms."""
    alike = scenario.with_mechanisms(sanctions_acts=False, american_arms=False)
    return alike.with_parameters({"executive": {"press_affinity": 0.0}})


@pytest.fixture(scope="module")
def proposals(plain_outlook: Scenario) -> dict[str, dict[str, xr.DataArray]]:
    presets = ("aligned", "transactional")
    return {name: first_proposals(plain_outlook.with_doctrine("us", name)) for name in presets}


def more(proposals: dict[str, dict[str, xr.DataArray]], what: str) -> Effect:
    """What the aligned Washington's first package has over the transactional one's, in the same worlds."""
    return effect(proposals["aligned"][what], proposals["transactional"][what])


@pytest.mark.parametrize("term", ["offset", "relief"])
def test_c8_an_aligned_washington_offers_russia_a_better_line_and_more_relief(proposals: dict, term: str) -> None:
    assert more(proposals, term).rises()


@pytest.mark.parametrize("side", ["ukraine", "russia"])
def test_c8_but_hardly_another_gain_over_a_war_that_it_makes_better_for_russia(
    plain_outlook: Scenario, proposals: dict, side: str
) -> None:
    """A finding: what is offered follows what refusing would bring. Less than a step between two lines is little."""
    assert more(proposals, "war to russia").rises()
    assert more(proposals, "war to ukraine").falls()
    assert more(proposals, side).is_within(plain_outlook.parameters.preferences.land_russia * STEP)


def offers_by_affinity(scenario: Scenario, what: str) -> Effect:
    """What full affinity adds to the first package, everything else being transactional."""
    offers = {a: first_proposals(dials(scenario, affinity=a))[what] for a in (0.0, 1.0)}
    return effect(offers[1.0], offers[0.0])


def test_c8_the_dial_alone_makes_the_offer_better_for_russia_over_the_same_war(plain_outlook: Scenario) -> None:
    """And asks no more of Ukraine for that."""
    alike = same_war(plain_outlook)
    for side in ("ukraine", "russia"):
        assert offers_by_affinity(alike, f"war to {side}") == Effect(0.0, 0.0)
    assert offers_by_affinity(alike, "russia").rises()
    assert offers_by_affinity(alike, "ukraine").is_nothing()


def test_c8_the_dial_makes_war_better_for_russia_by_more_than_the_offer(plain_outlook: Scenario) -> None:
    """A finding: over the war that it makes, its better line leaves Moscow less to gain by signing."""
    assert offers_by_affinity(plain_outlook, "offset").rises()
    assert offers_by_affinity(plain_outlook, "war to russia").rises()
    assert offers_by_affinity(plain_outlook, "russia").falls()


def test_c8_settlements_give_russia_more_land_under_alignment(hypotheses: xr.Dataset) -> None:
    offsets = {label: hypotheses["settlement_offset"].sel(doctrine=label) for label in ("aligned", "transactional")}
    parts = {label: values.to_numpy()[np.isfinite(values)] for label, values in offsets.items()}
    errors = [part.std() / np.sqrt(part.size) for part in parts.values()]
    assert Effect(parts["aligned"].mean() - parts["transactional"].mean(), float(np.hypot(*errors))).rises()


def test_c8_alignment_makes_fighting_on_worth_more_to_russia(hypotheses: xr.Dataset) -> None:
    assert contrast(hypotheses, "war_value_russia", "aligned", "transactional").rises()


def test_c8_alignment_signs_as_many_settlements_although_it_cannot_press_moscow(
    outlook: Scenario, hypotheses: xr.Dataset
) -> None:
    """A finding: a Washington known to value Moscow's payoff cannot threaten Moscow, and threats were worth little."""
    pressed = {}
    for affinity in (0.0, 1.0):
        known = dials(outlook, affinity=affinity).with_mechanisms(reading=False)
        model = opened(known, seed=1, start=0, stop=50)
        model.step()
        pressed[affinity] = (model.russia.war_value - model.russia.reservation).mean()
    assert pressed[0.0] > pressed[1.0] == pytest.approx(0.0)
    assert contrast(hypotheses, "signed", "aligned", "transactional").is_within(MATTERS)


def test_c8_an_aligned_washington_does_not_press_russia_with_aid_or_sanctions_after_it_refused(
    outlook: Scenario,
) -> None:
    for affinity, presses in ((0.0, True), (1.0, False)):
        model = opened(dials(outlook, affinity=affinity), seed=1, start=0, stop=20)
        model.step()
        model.united_states.refused_by_russia = np.ones(20)
        model.united_states.decide_aid()
        model.bureaucracy.carry_out()
        aid = model.united_states.reasons["aid"]["pressing Russia, which refused"]
        sanctions = model.bureaucracy.reasons["tightening sanctions"]["pressing Russia, which refused"]
        assert np.all(aid > 0.0) == presses
        assert np.all(sanctions > 0.0) == presses
