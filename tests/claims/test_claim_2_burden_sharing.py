"""C2: withheld aid pushes Europe to pay more, and more than the mere fall of American aid explains.

With it, what the record says of 2023-24: a gap that Congress makes does not move Europe; one that the president
announces does.
"""

import numpy as np
import pytest
import xarray as xr
from contrast import Effect, contrast, dials, difference, effect, together, turned

from sim.scenario import Scenario

YEAR = slice("2025-01", "2025-12")
UNMOVED = {"hedging": False, "alarm": False}
"""Europe without its fear of being left alone."""


def withheld(history: Scenario, **mechanisms: bool) -> xr.Dataset:
    """What happens in 2025 when Washington changes its doctrine, and when it does not."""
    scenario = history.with_horizon(37).with_mechanisms(**mechanisms)
    return together(withheld=scenario, kept=scenario.with_doctrine("us", "architectural", since="2025-01"))


def europe_rises_by(found: xr.Dataset) -> Effect:
    return contrast(found, "europe_contribution", "withheld", "kept", YEAR)


@pytest.fixture(scope="module")
def as_it_is(history: Scenario) -> xr.Dataset:
    return withheld(history)


@pytest.fixture(scope="module")
def without_fear(history: Scenario) -> xr.Dataset:
    return withheld(history, **UNMOVED)


@pytest.fixture(scope="module")
def crowding_out_alone(history: Scenario) -> xr.Dataset:
    """Nothing but free riding is left: no fear, no thinner posture, no open pressure."""
    plain = history.with_parameters({"europe": {"pressed": 0.0, "posture_weight": 0.0}})
    return withheld(plain, **UNMOVED)


def test_c2_europe_pays_more_when_america_withholds(as_it_is: xr.Dataset) -> None:
    assert contrast(as_it_is, "us_allocation", "withheld", "kept", YEAR).falls()
    assert europe_rises_by(as_it_is).rises()


def test_c2_crowding_out_alone_replaces_part_of_what_is_withheld(crowding_out_alone: xr.Dataset) -> None:
    """The textbook: Europe gives more when others give less, and never as much as they took away."""
    rise, fall = (
        europe_rises_by(crowding_out_alone),
        contrast(crowding_out_alone, "us_allocation", "kept", "withheld", YEAR),
    )
    assert rise.rises()
    assert difference(fall, rise).rises()


def test_c2_europe_rises_by_more_than_crowding_out_explains(
    as_it_is: xr.Dataset, without_fear: xr.Dataset, crowding_out_alone: xr.Dataset
) -> None:
    whole, fearless, textbook = map(europe_rises_by, (as_it_is, without_fear, crowding_out_alone))
    assert difference(whole, fearless).rises()
    assert difference(fearless, textbook).rises()
    assert textbook.mean < 0.5 * whole.mean


@pytest.mark.parametrize("fear", ["hedging", "alarm"])
def test_c2_each_fear_of_being_left_alone_adds_its_part(history: Scenario, as_it_is: xr.Dataset, fear: str) -> None:
    assert difference(europe_rises_by(as_it_is), europe_rises_by(withheld(history, **{fear: False}))).rises()


def test_c2_without_free_riding_and_fear_nothing_is_left(history: Scenario) -> None:
    plain = history.with_parameters({"europe": {"pressed": 0.0, "posture_weight": 0.0, "need_weight": 0.0}})
    assert europe_rises_by(withheld(plain, **UNMOVED, free_riding=False)).mean == pytest.approx(0.0, abs=0.02)


def test_c2_pressing_allies_makes_them_pay(outlook: Scenario) -> None:
    found = together(pressed=dials(outlook, alliance=0.0), valued=dials(outlook, alliance=1.0))
    assert contrast(found, "europe_contribution", "pressed", "valued").rises()


def test_c2_autonomy_turns_doubt_into_effort_and_free_riders_wait(outlook: Scenario) -> None:
    found = together(
        **{name: outlook.with_doctrine("europe", name) for name in ("strategic_autonomy", "hedger", "free_rider")}
    )
    assert contrast(found, "europe_contribution", "strategic_autonomy", "hedger").rises()
    assert contrast(found, "europe_contribution", "hedger", "free_rider").rises()


# ---- who cut?

ANSWER = slice("2023-10", "2024-12")
MONEY_ALONE = {"signals": False, "sanctions_acts": False, "upkeep": False}
"""Of Washington only its aid and its intelligence are seen: no words, no calls, no sanctions."""


def gaps(history: Scenario, **mechanisms: bool) -> xr.Dataset:
    """Two gaps of much the same depth from October 2023: one of Congress, one of the president; and no gap."""
    flowing = history.with_horizon(25).with_mechanisms(agenda_gate=False, **mechanisms)
    starving = flowing.with_mechanisms(agenda_gate=True, discharge_petition=False)
    starving = starving.with_doctrine("congress", {"agenda": 0.0}, since="2023-01")
    return together(
        none=flowing,
        congress=starving.with_parameters({"congress": {"gate_shut": -1e3}}),
        president=flowing.with_doctrine("us", "transactional", since="2023-10"),
    )


def response(found: xr.Dataset, gap: str) -> Effect:
    return contrast(found, "europe_contribution", gap, "none", ANSWER)


@pytest.fixture(scope="module")
def cuts(history: Scenario) -> xr.Dataset:
    return gaps(history)


def test_c2_both_gaps_take_most_of_the_money_away(cuts: xr.Dataset) -> None:
    given = cuts["us_allocation"].sel(month=ANSWER).mean(["world", "month"])
    assert float(given.sel(doctrine="congress")) < 0.5 * float(given.sel(doctrine="none"))
    assert float(given.sel(doctrine="president")) < 0.5 * float(given.sel(doctrine="none"))


def test_c2_a_gap_that_congress_makes_hardly_moves_europe_and_one_that_the_president_announces_does(
    cuts: xr.Dataset,
) -> None:
    congress, president = response(cuts, "congress"), response(cuts, "president")
    assert president.rises()
    assert abs(congress.mean) < 0.25 * president.mean


def test_c2_audiences_that_do_not_ask_who_cut_are_hardly_misled_while_words_and_sanctions_say_who_it_is(
    history: Scenario, cuts: xr.Dataset
) -> None:
    """A finding: what is asked about money matters little where much else tells of a doctrine."""
    naive = gaps(history, attribution=False)
    more = turned(naive, cuts, "europe_contribution", "congress", "none", ANSWER)
    assert more.rises()
    assert more.is_within(0.05 * response(cuts, "president").mean)


def test_c2_where_money_alone_speaks_audiences_that_do_not_ask_who_cut_answer_a_gap_of_congress(
    history: Scenario,
) -> None:
    """There attribution carries the result: without it Europe fills the gap of Congress."""
    asking, naive = gaps(history, **MONEY_ALONE), gaps(history, attribution=False, **MONEY_ALONE)
    answered, slept = response(naive, "congress"), response(asking, "congress")
    assert answered.rises()
    assert answered.mean > 3.0 * abs(slept.mean)
    assert contrast(naive, "belief_europe", "congress", "none", ANSWER).falls()
    assert not contrast(asking, "belief_europe", "congress", "none", ANSWER).falls()


def dry_spells(authority: np.ndarray, least: int = 4, before: int = 6, after: int = 6) -> np.ndarray:
    """First month of each world's first spell of at least `least` months without authority; -1 where there is none."""
    dry, first = authority < 0.1, np.full(len(authority), -1)
    for month in range(authority.shape[1] - after, before - 1, -1):
        starts = dry[:, month : month + least].all(axis=1) & ~dry[:, month - 1]
        first[starts] = month
    return first


def event_study(history: Scenario, variable: str, **mechanisms: bool) -> Effect:
    """Half a year after a gap of Congress began less the half year before, over the same in worlds without a gap."""
    found = together(worlds=2400, only=history.with_horizon(25).with_mechanisms(lumpy_flows=False, **mechanisms)).isel(
        doctrine=0
    )
    values, authority = found[variable].to_numpy(), found["us_authority"].to_numpy()
    first, never = dry_spells(authority), ~(authority < 0.1).any(axis=1)
    changes = []
    for world in np.flatnonzero(first >= 0):
        after, before = slice(first[world], first[world] + 6), slice(first[world] - 6, first[world])
        matched = values[never, after].mean() - values[never, before].mean()
        changes.append(values[world, after].mean() - values[world, before].mean() - matched)
    assert len(changes) > 50
    assert never.sum() > 50
    return effect(xr.DataArray(changes), xr.DataArray(np.zeros(len(changes))))


def test_c2_around_the_gaps_of_2023_and_2024_europe_sleeps_and_wakes_where_money_alone_speaks_and_nobody_asks_who_cut(
    history: Scenario,
) -> None:
    """An event study over worlds with a gap of at least four months, matched with worlds without any."""
    american = event_study(history, "us_allocation")
    asleep = event_study(history, "europe_contribution")
    money_alone = event_study(history, "europe_contribution", **MONEY_ALONE)
    awake = event_study(history, "europe_contribution", attribution=False, **MONEY_ALONE)
    assert american.falls()
    for asks in (asleep, money_alone):
        assert abs(asks.mean) < 0.15 * abs(american.mean)
        assert awake.mean > 3.0 * abs(asks.mean)
