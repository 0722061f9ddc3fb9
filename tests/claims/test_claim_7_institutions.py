"""C7: presidents change tone, tempo and tactics; institutions keep the deep structure."""

import numpy as np
import pytest
import xarray as xr
from contrast import contrast, together

from sim.scenario import Scenario, load

DEEP = ("sanctions", "nato_posture")
RHETORIC = "us_announced"
QUARTER = slice("2025-01", "2025-03")


def change_of_course(history: Scenario, institutions: bool) -> xr.Dataset:
    """The change of doctrine in January 2025, and the same worlds without it; nobody talks: peace lifts sanctions."""
    scenario = history.with_mechanisms(institutions=institutions, talks=False, direct_talks=False)
    return together(changed=scenario, stayed=scenario.with_doctrine("us", "architectural", since="2025-01"))


@pytest.fixture(scope="module")
def held(history: Scenario) -> xr.Dataset:
    return change_of_course(history, institutions=True)


@pytest.fixture(scope="module")
def loose(history: Scenario) -> xr.Dataset:
    return change_of_course(history, institutions=False)


def share_done(found: xr.Dataset, variable: str, by: str = "2025-03") -> float:
    """Share of the change after three years that is already made by a month."""
    gap = (found[variable].sel(doctrine="changed") - found[variable].sel(doctrine="stayed")).mean("world")
    return float(gap.sel(month=by).item() / gap.isel(month=-1).item())


@pytest.mark.parametrize("deep", DEEP)
def test_c7_the_deep_structure_follows_the_new_doctrine_more_slowly_than_words(held: xr.Dataset, deep: str) -> None:
    assert share_done(held, RHETORIC) > 0.75
    assert share_done(held, deep) < 0.6 * share_done(held, RHETORIC)


def test_c7_without_institutions_posture_follows_as_fast_as_words(loose: xr.Dataset) -> None:
    assert share_done(loose, "nato_posture") > 0.9 * share_done(loose, RHETORIC)


def test_c7_institutions_do_not_slow_words(held: xr.Dataset, loose: xr.Dataset) -> None:
    assert share_done(held, RHETORIC) == pytest.approx(share_done(loose, RHETORIC), abs=0.05)
    assert share_done(held, "nato_posture") < share_done(loose, "nato_posture")


def test_c7_sanctions_are_slow_by_themselves_since_acts_are_rare_and_neglect_tells_late(loose: xr.Dataset) -> None:
    """A finding: no institution makes them slow."""
    assert share_done(loose, "sanctions") < 0.5 * share_done(loose, RHETORIC)


def test_c7_intelligence_moves_faster_than_sanctions_and_posture(held: xr.Dataset) -> None:
    assert all(share_done(held, "intelligence") > share_done(held, name) for name in DEEP)


def test_c7_what_congress_holds_in_law_the_president_cannot_lift(outlook: Scenario) -> None:
    """Measures have a floor while a filibuster-proof Senate holds them, and none under an isolationist majority.

    Nor have they one without institutions, but for what Congress puts in force by a new law.
    """
    eager = outlook.with_doctrine("us", "aligned").with_mechanisms(talks=False, direct_talks=False, upkeep=False)
    eager = eager.with_parameters({"bureaucracy": {"sanctions_affinity": 5.0}})
    found = together(
        worlds=200, lawful=eager, lawless=eager.with_doctrine("congress", "isolationist_majority"),
        unheld=eager.with_mechanisms(institutions=False),
    )  # fmt: skip
    held = outlook.parameters.bureaucracy.sanctions_floor * outlook.initial.upkeep
    last = found["sanctions_us"].isel(month=-1)
    assert np.all(last.sel(doctrine="lawful") >= held - 1e-6)
    assert np.all(last.sel(doctrine="lawless") < held)
    no_new_law = (found["sanctions_law"].sel(doctrine="unheld") == 0.0).all("month")
    assert float(no_new_law.mean()) > 0.5
    assert np.all(last.sel(doctrine="unheld")[no_new_law] < held)
    assert np.all(last.sel(doctrine="unheld") < last.sel(doctrine="lawful"))


def test_c7_what_congress_holds_in_law_the_president_can_neglect(outlook: Scenario) -> None:
    """A law keeps measures in force, not names on the lists: without upkeep they press less and less."""
    neglecting = outlook.with_doctrine("us", {"preset": "aligned", "rivalry": 0.0})
    found = together(worlds=100, neglecting=neglecting.with_mechanisms(talks=False, direct_talks=False))
    held = outlook.parameters.bureaucracy.sanctions_floor * outlook.initial.upkeep
    assert float(found["sanctions_us"].isel(month=-1).mean()) < held


def test_c7_a_settlement_lifts_sanctions_slowly_and_as_far_as_was_agreed() -> None:
    """Three peaces that hold, with more and more relief; institutions take their time with it."""
    peace = load("frozen_conflict").with_mechanisms(renewed_war=False)
    initial = peace.initial
    reliefs = {"none": 0.0, "half": 0.5, "all": 1.0}
    agreed = {label: initial.settlement.model_copy(update={"relief": relief}) for label, relief in reliefs.items()}
    scenarios = {
        label: Scenario.model_validate({**dict(peace), "initial": initial.model_copy(update={"settlement": terms})})
        for label, terms in agreed.items()
    }
    found = together(worlds=20, **scenarios)["sanctions"].mean("world")
    start, end = found.isel(month=0), found.isel(month=-1)
    assert end.sel(doctrine="none") > end.sel(doctrine="half") > end.sel(doctrine="all")
    assert float(end.sel(doctrine="all")) == pytest.approx(0.0, abs=0.05)
    assert float(start.sel(doctrine="all")) > 0.8 * float(start.sel(doctrine="none"))


def test_c7_a_thinner_posture_is_what_europe_sees_of_it(held: xr.Dataset) -> None:
    assert contrast(held, "nato_posture", "changed", "stayed", slice("2026-01", None)).falls()
    assert contrast(held, "europe_threat", "changed", "stayed", slice("2026-01", None)).rises()
