"""C1: there are two theories of deterrence, and Russia's hopes and effort answer to which one Washington holds."""

import pytest
import xarray as xr
from contrast import contrast, dials, effect, together, turned

from sim.scenario import Scenario


@pytest.fixture(scope="module")
def theories(outlook: Scenario) -> xr.Dataset:
    return together(
        architectural=outlook.with_doctrine("us", "architectural"),
        transactional=outlook.with_doctrine("us", "transactional"),
        aligned=outlook.with_doctrine("us", "aligned"),
    )


@pytest.mark.parametrize("hope", ["optimism_russia", "war_value_russia", "effort_russia"])
def test_c1_russia_expects_and_tries_less_against_an_architectural_washington(theories: xr.Dataset, hope: str) -> None:
    assert contrast(theories, hope, "architectural", "transactional").falls()


def test_c1_russia_believes_less_in_the_support_of_an_uncommitted_washington(theories: xr.Dataset) -> None:
    assert contrast(theories, "belief_russia", "architectural", "transactional").rises()
    assert contrast(theories, "belief_russia", "transactional", "aligned").rises()


END = slice("2028-12", None)
RIVALS = ("transactional", "aligned")


def in_the_end(outlook: Scenario, **mechanisms: bool) -> xr.Dataset:
    scenario = outlook.with_mechanisms(**mechanisms)
    presets = ("architectural", *RIVALS)
    return together(worlds=2000, **{name: scenario.with_doctrine("us", name) for name in presets})


@pytest.fixture(scope="module")
def talking(outlook: Scenario) -> xr.Dataset:
    return in_the_end(outlook)


@pytest.fixture(scope="module")
def silent(outlook: Scenario) -> xr.Dataset:
    return in_the_end(outlook, talks=False, direct_talks=False)


@pytest.mark.parametrize("rival", RIVALS)
def test_c1_what_russia_holds_in_the_end_is_less_under_architecture_where_nobody_talks(
    silent: xr.Dataset, rival: str
) -> None:
    assert contrast(silent, "russian_held_share", "architectural", rival, END).falls()


@pytest.mark.parametrize("rival", RIVALS)
def test_c1_where_they_talk_it_is_not_less_since_peace_halts_the_line_under_the_others(
    talking: xr.Dataset, silent: xr.Dataset, rival: str
) -> None:
    """A finding against the simple claim: architecture wins less for Russia a month, and lets the war last longer."""
    assert contrast(talking, "settled", "architectural", rival, END).falls()
    assert turned(talking, silent, "russian_held_share", "architectural", rival, END).rises()
    assert not contrast(talking, "russian_held_share", "architectural", rival, END).falls()


def test_c1_where_they_talk_russia_even_holds_more_under_architecture_than_under_a_transactional_washington(
    talking: xr.Dataset,
) -> None:
    assert contrast(talking, "russian_held_share", "architectural", "transactional", END).rises()


def clear_and_vague(outlook: Scenario, preset: str, **mechanisms: bool) -> xr.Dataset:
    scenario = outlook.with_doctrine("us", preset).with_mechanisms(**mechanisms)
    return together(clear=dials(scenario, clarity=1.0), vague=dials(scenario, clarity=0.0))


@pytest.fixture(scope="module")
def clear_architecture(outlook: Scenario) -> xr.Dataset:
    return clear_and_vague(outlook, "architectural")


def test_c1_clarity_of_a_committed_washington_raises_what_fighting_on_is_worth_to_russia_since_europe_rests_on_it(
    outlook: Scenario, clear_architecture: xr.Dataset
) -> None:
    """A finding against the simple claim: Moscow believes more in American support, and meets less European aid.

    Where Europe does not fear to be left alone, clarity does what the claim says.
    """
    assert contrast(clear_architecture, "belief_russia", "clear", "vague").rises()
    assert contrast(clear_architecture, "europe_contribution", "clear", "vague").falls()
    assert contrast(clear_architecture, "war_value_russia", "clear", "vague").rises()
    fearless = clear_and_vague(outlook, "architectural", hedging=False, alarm=False)
    assert contrast(fearless, "war_value_russia", "clear", "vague").falls()


def test_c1_clarity_of_a_transactional_washington_hardly_moves_what_fighting_on_is_worth_to_russia(
    outlook: Scenario,
) -> None:
    """A fifth of the spread between worlds counts as little; there is next to no support to be clear about."""
    found = clear_and_vague(outlook, "transactional")
    little = 0.2 * float(found["war_value_russia"].sel(doctrine="vague").mean("month").std())
    assert contrast(found, "war_value_russia", "clear", "vague").is_within(little)


def test_c1_what_moscow_would_save_by_waiting_is_little_of_what_clarity_does(
    outlook: Scenario, clear_architecture: xr.Dataset
) -> None:
    """Doubt may be waited out; but where the line is expected to move one way, no news would make Moscow stop."""
    unwaiting = clear_and_vague(outlook, "architectural", option_value=False)
    clarity = contrast(clear_architecture, "war_value_russia", "clear", "vague")
    assert turned(clear_architecture, unwaiting, "war_value_russia", "clear", "vague").is_within(0.25 * clarity.mean)


def test_c1_commitment_lowers_russian_hopes_where_the_promise_is_large_and_raises_them_where_it_is_small(
    history: Scenario, outlook: Scenario
) -> None:
    """A finding against the simple claim: commitment keeps what was promised, be it much (2022) or little (2025)."""
    much, little = (
        together(committed=dials(s, commitment=1.0), uncommitted=dials(s, commitment=0.0))
        for s in (
            history.with_doctrine("us", "transactional", since=history.start).with_horizon(24),
            outlook.with_doctrine("us", "architectural"),
        )
    )
    for hope in ("optimism_russia", "war_value_russia"):
        assert contrast(much, hope, "committed", "uncommitted").falls()
        assert contrast(little, hope, "committed", "uncommitted").rises()
    assert contrast(much, "us_desired", "committed", "uncommitted").rises()
    assert contrast(little, "us_desired", "committed", "uncommitted").falls()


@pytest.mark.parametrize(("advantage", "ahead"), [(0.25, True), (0.8, False)])
def test_c1_foresight_of_failing_support_spares_effort_where_russia_is_ahead_and_raises_it_where_behind(
    outlook: Scenario, advantage: float, ahead: bool
) -> None:
    """A finding against the simple claim: in a contest one tries hardest against an equal.

    Rival: if Russia armed against the force of today alone, doctrine would move its effort as much.
    """
    war = outlook.with_parameters({"front": {"advantage": advantage}})
    pairs = {"": war, "_calm": war.with_mechanisms(opportunism=False)}
    found = together(
        **{
            f"{name}{end}": scenario.with_doctrine("us", name)
            for end, scenario in pairs.items()
            for name in ("architectural", "aligned")
        }
    )
    effort = found["effort_russia"].mean("month")
    rise, blind = (effort.sel(doctrine=f"aligned{end}") - effort.sel(doctrine=f"architectural{end}") for end in pairs)
    foresight = effect(rise, blind)
    assert foresight.falls() if ahead else foresight.rises()
