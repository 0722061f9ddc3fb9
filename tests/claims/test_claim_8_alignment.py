"""C8: what would be seen if Washington valued Moscow's own payoff, and how it differs from a change of strategy."""

import numpy as np
import pytest
import xarray as xr
from contrast import Effect, contrast, dials, effect, together

from sim.ensemble import opened
from sim.scenario import Scenario
from sim.scenario.presets import UNITED_STATES

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
    """What is put on the table in the first month where talks are certain: terms, and gains over war without threats.

    What a threat takes from fighting on is no part of an offer: who is not pressed refuses more and is offered more.
    """
    model = opened(scenario.with_parameters({"table": {"talks_base": 60.0}}), seed=1, start=0, stop=worlds)
    model.step()
    table = model.mediator
    found = {term: getattr(table, term) for term in TERMS}
    for side in ("ukraine", "russia"):
        found[side] = sum(worth for term, worth in table.reasons[f"package to {side}"].items() if term != THREATS)
    return {name: xr.DataArray(np.where(table.proposed, values, np.nan)) for name, values in found.items()}


@pytest.fixture(scope="module")
def proposals(plain_outlook: Scenario) -> dict[str, dict[str, xr.DataArray]]:
    presets = ("aligned", "transactional")
    return {name: first_proposals(plain_outlook.with_doctrine("us", name)) for name in presets}


def more(proposals: dict[str, dict[str, xr.DataArray]], what: str) -> Effect:
    """What the aligned Washington's first package has over the transactional one's, in the same worlds."""
    return effect(proposals["aligned"][what], proposals["transactional"][what])


def test_c8_an_aligned_washington_offers_russia_a_better_line_and_a_better_deal(proposals: dict) -> None:
    assert more(proposals, "offset").rises()
    assert more(proposals, "russia").rises()


def test_c8_and_asks_more_of_ukraine(proposals: dict) -> None:
    assert more(proposals, "ukraine").falls()


def test_c8_the_dial_alone_makes_the_offer_better_for_russia(plain_outlook: Scenario) -> None:
    """With everything else transactional: it is affinity that does it."""
    offers = {a: first_proposals(dials(plain_outlook, affinity=a)) for a in (0.0, 1.0)}
    assert effect(offers[1.0]["russia"], offers[0.0]["russia"]).rises()
    assert effect(offers[1.0]["ukraine"], offers[0.0]["ukraine"]).falls()


def test_c8_settlements_give_russia_more_land_under_alignment(hypotheses: xr.Dataset) -> None:
    offsets = {label: hypotheses["settlement_offset"].sel(doctrine=label) for label in ("aligned", "transactional")}
    parts = {label: values.to_numpy()[np.isfinite(values)] for label, values in offsets.items()}
    errors = [part.std() / np.sqrt(part.size) for part in parts.values()]
    assert Effect(parts["aligned"].mean() - parts["transactional"].mean(), float(np.hypot(*errors))).rises()


def test_c8_alignment_makes_fighting_on_worth_more_to_russia(hypotheses: xr.Dataset) -> None:
    assert contrast(hypotheses, "war_value_russia", "aligned", "transactional").rises()


def test_c8_alignment_signs_fewer_settlements_because_it_cannot_press_moscow(
    outlook: Scenario, hypotheses: xr.Dataset
) -> None:
    """A finding: a Washington that values Moscow's payoff does not threaten Moscow, and Kyiv refuses its offers."""
    assert contrast(hypotheses, "signed", "aligned", "transactional").falls()
    pressed = {}
    for affinity in (0.0, 1.0):
        model = opened(dials(outlook, affinity=affinity), seed=1, start=0, stop=50)
        model.step()
        pressed[affinity] = (model.russia.war_value - model.russia.reservation).mean()
    assert pressed[0.0] > pressed[1.0] == pytest.approx(0.0)


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
        sanctions = model.bureaucracy.reasons["sanctions"]["pressing Russia, which refused"]
        assert np.all(aid > 0.0) == presses
        assert np.all(sanctions > 0.0) == presses
