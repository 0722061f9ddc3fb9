"""C5: Congress is a coalition with several motives for opposing aid, not a bloc; what delays aid is the gate."""

import numpy as np
import pytest
import xarray as xr
from contrast import Effect, contrast, together

from sim.basics.actors import FACTIONS
from sim.ensemble import opened
from sim.record import base_rates, coefficients
from sim.scenario import Scenario
from sim.scenario.presets import CONGRESS
from sim.world.votes import CLOTURE, HOUSE_MAJORITY

SESSIONS = ("117th", "118th", "119th", "isolationist_majority")
MOTIVES = FACTIONS[2:]
TWO_YEARS = slice("2022-12", "2024-11")


@pytest.fixture(scope="module")
def sessions(history: Scenario) -> xr.Dataset:
    """The same executive, asking for the same aid, before each of the sessions."""
    asking = history.with_doctrine("us", "architectural", since="2025-01").with_horizon(36)
    return together(**{name: _sitting(asking, name) for name in SESSIONS})


def _sitting(scenario: Scenario, session: str) -> Scenario:
    """The same scenario with one session of Congress from the first month to the last."""
    return scenario.with_doctrine("congress", session, since=scenario.start)


def aye_shares(scenario: Scenario) -> dict[str, float]:
    """Share of ayes expected of each faction in the House, the mean over all votes of two years in 200 worlds."""
    model = opened(scenario, seed=1, start=0, stop=200)
    ayes, votes = dict.fromkeys(FACTIONS, 0.0), 0
    for _ in range(24):
        model.step()
        held = np.isfinite(model.congress.house_ayes)
        if held.any():
            seats, counts = dict(model.congress.doctrine.house), model.congress.reasons["house ayes"]
            ayes = {one: ayes[one] + float(counts[one][held].sum()) / seats[one] for one in FACTIONS}
            votes += int(held.sum())
    return {faction: ayes[faction] / votes for faction in FACTIONS}


@pytest.fixture(scope="module")
def aye_share(history: Scenario) -> dict[str, float]:
    return aye_shares(history)


def test_c5_the_order_majority_votes_as_one_and_the_others_split(aye_share: dict[str, float]) -> None:
    assert aye_share["order_majority"] > 0.95
    assert aye_share["institutional_hawks"] > 0.8
    opposed = [aye_share[motive] for motive in MOTIVES]
    assert min(opposed) < 0.35
    assert max(opposed) - min(opposed) > 0.2


def test_c5_isolationists_vote_against_whatever_is_asked(aye_share: dict[str, float]) -> None:
    assert aye_share["isolationist"] == min(aye_share.values())


def test_c5_roughly_half_of_those_outside_the_order_majority_vote_for_aid(aye_share: dict[str, float]) -> None:
    """The record: 46 to 72 % of House Republicans on final passage."""
    house = dict(CONGRESS["118th"].doctrine.house)
    others = [faction for faction in FACTIONS if faction != "order_majority"]
    ayes = sum(aye_share[faction] * house[faction] for faction in others)
    assert 0.4 < ayes / sum(house[faction] for faction in others) < 0.75


def test_c5_the_gate_and_not_the_floor_is_the_bottleneck(sessions: xr.Dataset) -> None:
    """What reaches the floor passes, in the sessions of these years; it may just wait for it."""
    real = sessions.sel(doctrine=list(SESSIONS[:3]))
    for chamber, needed in (("house_ayes", HOUSE_MAJORITY), ("senate_ayes", CLOTURE)):
        voted = real[chamber].notnull()
        assert bool(voted.any())
        assert float((real[chamber] >= needed).where(voted).mean()) > 0.95
    assert float(real["bill_pending"].sel(doctrine="118th").mean()) > 0.05


def test_c5_bills_wait_longer_the_less_open_the_leadership(sessions: xr.Dataset) -> None:
    def waiting(one: str, other: str) -> Effect:
        return contrast(sessions, "bill_pending", one, other, TWO_YEARS)

    assert waiting("118th", "117th").rises()
    assert waiting("119th", "117th").rises()
    assert waiting("isolationist_majority", "118th").rises()


def test_c5_a_gap_in_appropriations_needs_the_gate(history: Scenario, sessions: xr.Dataset) -> None:
    dry = sessions["us_authority"].sel(month=TWO_YEARS) < 0.1
    ungated = together(worlds=200, only=_sitting(history.with_horizon(24), "118th").with_mechanisms(agenda_gate=False))
    assert float(dry.sel(doctrine="118th").mean()) > 0.05
    assert float(dry.sel(doctrine="118th").mean()) > float(dry.sel(doctrine="117th").mean())
    assert float((ungated["us_authority"] < 0.1).mean()) < 0.01


def test_c5_an_isolationist_majority_starves_an_executive_that_asks(sessions: xr.Dataset) -> None:
    assert contrast(sessions, "us_allocation", "isolationist_majority", "118th", TWO_YEARS).falls()
    assert contrast(sessions, "us_desired", "isolationist_majority", "118th", TWO_YEARS).mean > -0.1


def test_c5_a_petition_brings_up_what_the_leadership_would_not(history: Scenario) -> None:
    """To the floor of the House: nobody forces the gate of the Senate."""
    shut = _sitting(history.with_horizon(24), "118th").with_parameters({"congress": {"gate_shut": -100.0}})
    found = together(petition=shut, none=shut.with_mechanisms(discharge_petition=False))
    held = found["house_ayes"].notnull().sum("month").mean("world")
    assert float(held.sel(doctrine="petition")) > 0.1
    assert float(held.sel(doctrine="none")) == 0.0
    assert not bool(found["senate_ayes"].notnull().any())


@pytest.mark.parametrize("motive", ["fiscal", "nationalist", "leverage"])
def test_c5_every_motive_has_its_own_price(motive: str) -> None:
    """What moves a motive moves it more than the other motives: size, the president's word, a price paid at home."""
    column = {"fiscal": "size", "nationalist": "whip", "leverage": "price"}[motive]
    sensitivity = coefficients().set_index("faction")[column].abs()
    assert sensitivity[list(MOTIVES)].idxmax() == motive


def test_c5_the_senate_of_these_years_would_ratify_a_treaty_and_an_isolationist_one_would_not(
    history: Scenario,
) -> None:
    chances = {}
    for session in ("118th", "isolationist_majority"):
        model = opened(_sitting(history, session), seed=1, start=0, stop=400)
        for _ in range(12):
            model.step()
        chances[session] = float(model.congress.ratification_chance(np.arange(400)).mean())
    assert base_rates.priors()["congress.treaty_refused"].holds(1.0 - chances["118th"])
    assert chances["isolationist_majority"] < 0.5
