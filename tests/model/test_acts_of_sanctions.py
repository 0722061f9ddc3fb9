"""Sanctions as acts and upkeep, American and European apart: both signs, limits, switches, vetoes and theory."""

import numpy as np
import pytest
import xarray as xr

import sim
from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario

WORLDS, SEED = 400, 3
ONE_OF_TWENTY = 0.05
YEAR = slice("2025-01", "2025-12")
DOCTRINES = ("architectural", "transactional", "aligned")


@pytest.fixture(scope="module")
def apart(history: Scenario) -> xr.Dataset:
    """Three doctrines from 2025 on, to the end of that year."""
    short = history.with_horizon(history.calendar.index("2025-12") + 1)
    return sim.compare(short, list(DOCTRINES), worlds=WORLDS, seed=SEED).dataset


def lived(scenario: Scenario, months: int, worlds: int = 200) -> Negotiation:
    """The model after so many months."""
    model = opened(scenario, SEED, 0, worlds)
    for _ in zip(range(months), model, strict=False):
        pass
    return model


def both_signs(dataset: xr.Dataset, doctrine: str) -> float:
    """Share of worlds in which Washington tightens and eases within the year."""
    acts = dataset["sanctions_us_act"].sel(doctrine=doctrine, month=YEAR)
    return float((((acts > 0).any("month")) & ((acts < 0).any("month"))).mean())


def test_both_signs_happen_within_a_year_in_at_least_one_world_of_twenty(apart: xr.Dataset) -> None:
    assert both_signs(apart, "transactional") >= ONE_OF_TWENTY


def test_a_rival_tightens_most_and_an_ally_of_moscow_eases_most(apart: xr.Dataset) -> None:
    acts = apart["sanctions_us_act"].sel(month=YEAR)
    tightened, eased = ((acts == sign).sum("month").mean("world") for sign in (1.0, -1.0))
    assert np.all(np.diff([tightened.sel(doctrine=d).item() for d in DOCTRINES]) < 0.0)
    assert np.all(np.diff([eased.sel(doctrine=d).item() for d in DOCTRINES]) > 0.0)


def test_pressure_follows_the_doctrine_in_washington_and_not_in_brussels(apart: xr.Dataset) -> None:
    at_end = apart[["sanctions", "sanctions_us", "sanctions_europe"]].isel(month=-1).mean("world")
    for name in ("sanctions", "sanctions_us"):
        assert np.all(np.diff([at_end[name].sel(doctrine=d).item() for d in DOCTRINES]) < 0.0)
    peace = apart["settled"].max("doctrine").transpose("world", "month")
    never_yet = np.maximum.accumulate(peace.to_numpy(), axis=1) == 0
    brussels = apart["sanctions_europe_act"].transpose("doctrine", "world", "month").to_numpy()[:, never_yet]
    assert np.array_equal(brussels[0], brussels[1])
    assert np.array_equal(brussels[0], brussels[2])


def test_a_refusal_is_answered_by_who_is_no_friend_of_moscow(outlook: Scenario) -> None:
    answers = []
    for affinity in (0.0, 0.6, 1.0):
        model = lived(outlook.with_doctrine("us", {"preset": "transactional", "affinity": affinity}), 1)
        model.united_states.refused_by_russia = np.ones(model.size)
        answers.append(float(model.bureaucracy.hazards()[0]["pressing Russia, which refused"].max()))
    assert answers[0] > answers[1] > answers[2] == 0.0


def test_without_acts_nothing_is_tightened_or_eased_and_without_upkeep_nothing_leaks(outlook: Scenario) -> None:
    still = outlook.with_mechanisms(
        sanctions_acts=False, upkeep=False, unanimity=False, talks=False, direct_talks=False
    )
    model = lived(still, 24)
    start = outlook.initial
    np.testing.assert_allclose(model.bureaucracy.sanctions, start.sanctions * start.upkeep, rtol=1e-6)
    np.testing.assert_allclose(model.europe.sanctions, start.sanctions_europe, rtol=1e-6)


@pytest.mark.parametrize("mechanism", ["sanctions_acts", "upkeep", "unanimity"])
def test_each_switch_moves_what_russia_feels(outlook: Scenario, mechanism: str) -> None:
    on, off = (lived(outlook.with_mechanisms(**{mechanism: state}), 18) for state in (True, False))
    assert abs(float(on.sanctions.mean() - off.sanctions.mean())) > 0.01


def test_a_veto_that_outlasts_the_last_month_ends_european_sanctions_until_it_is_let_go(outlook: Scenario) -> None:
    stubborn = outlook.with_parameters({"europe": {"reluctant_sanctions": 100.0, "veto_lifted": 0.0}})
    calm = stubborn.with_mechanisms(talks=False, direct_talks=False)
    before, after = lived(calm, 6), lived(calm, 7)  # to June, to July
    assert before.europe.held_up.all()
    assert (before.europe.sanctions > 0.0).all()
    assert after.europe.expired.all()
    assert (after.europe.sanctions == 0.0).all()
    assert (after.europe.act == -1.0).all()
    model = opened(calm, SEED, 0, 50)
    for month in model:
        if month == "2026-07":
            # the veto is let go from outside
            model.europe.due[:] = model.europe.held_up[:] = False
        if month == "2026-08":
            break
    assert not model.europe.expired.any()
    assert (model.europe.sanctions > 0.0).all()


def test_a_divided_europe_frees_moscow(outlook: Scenario) -> None:
    calm = outlook.with_mechanisms(talks=False, direct_talks=False)
    felt = [
        float(lived(calm.with_doctrine("europe", {"cohesion": cohesion}), 24).europe.sanctions.mean())
        for cohesion in (0.2, 0.6, 0.9)
    ]
    assert felt[0] < felt[1] < felt[2]
    consents = []
    for cohesion in (0.2, 0.9):
        model = lived(outlook.with_doctrine("europe", {"cohesion": cohesion}), 3)
        consents.append(float(model.europe.consent_chance(np.arange(model.size))[1].mean()))
    assert consents[0] > consents[1]


def test_a_law_tightens_holds_and_is_no_act_of_the_executive(outlook: Scenario) -> None:
    model = lived(outlook.with_doctrine("us", "aligned"), 12)
    bureaucracy, everywhere = model.bureaucracy, np.ones(model.size, dtype=bool)
    measures, law, tightened = bureaucracy.measures, bureaucracy.law, bureaucracy.tightened.copy()
    bureaucracy.enact(everywhere)
    assert np.all(bureaucracy.measures > measures - 1e-9)
    assert np.all(bureaucracy.law > law)
    assert np.all(bureaucracy.act == 1.0)
    np.testing.assert_array_equal(bureaucracy.tightened, tightened)


def test_russia_feels_both_sides_together(outlook: Scenario) -> None:
    model = lived(outlook, 6)
    share = outlook.parameters.bureaucracy.american_sanctions
    felt = share * model.bureaucracy.sanctions + (1.0 - share) * model.europe.sanctions
    np.testing.assert_allclose(model.sanctions, felt, rtol=1e-6)
