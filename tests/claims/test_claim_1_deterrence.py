"""C1: there are two theories of deterrence, and Russia's hopes and effort answer to which one Washington holds."""

import pytest
import xarray as xr
from contrast import contrast, dials, difference, effect, together

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


def test_c1_what_russia_holds_in_the_end_is_less_under_architecture(theories: xr.Dataset) -> None:
    end = {"months": slice("2028-12", None)}
    assert contrast(theories, "russian_held_share", "architectural", "aligned", **end).falls()


@pytest.mark.parametrize("preset", ["architectural", "transactional"])
def test_c1_clarity_lowers_what_fighting_on_is_worth_to_russia(outlook: Scenario, preset: str) -> None:
    """Through the option of waiting to see: without it, clarity takes much less from Russia."""
    scenario = outlook.with_doctrine("us", preset)
    unwaiting = scenario.with_mechanisms(option_value=False)
    found = together(
        clear=dials(scenario, clarity=1.0),
        vague=dials(scenario, clarity=0.0),
        clear_unwaiting=dials(unwaiting, clarity=1.0),
        vague_unwaiting=dials(unwaiting, clarity=0.0),
    )
    clarity = contrast(found, "war_value_russia", "clear", "vague")
    assert clarity.falls()
    assert difference(clarity, contrast(found, "war_value_russia", "clear_unwaiting", "vague_unwaiting")).falls()


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
