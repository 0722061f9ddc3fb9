"""C9: a slowdown of aid, at home pressure, is read abroad as siding with Russia, and that costs agreements."""

import numpy as np
import pytest
import xarray as xr
from contrast import contrast, effect, together

from sim.scenario import Scenario
from sim.scenario.presets import UNITED_STATES
from sim.scenario.spelling import flat

SINCE = "2025-01"
MARCH, JUNE, DECEMBER = (slice(month, month) for month in ("2025-03", "2025-06", "2025-12"))
ALIGNED, TRANSACTIONAL = "europe_reads_aligned", "europe_reads_transactional"
AUDIENCES = ("ukraine", "russia", "europe")


@pytest.fixture(scope="module")
def record(history: Scenario) -> Scenario:
    return history.with_horizon(37)


@pytest.fixture(scope="module")
def washingtons(record: Scenario) -> xr.Dataset:
    """A bargainer, an aligned executive, and the old course, from the change on."""
    names = ("transactional", "aligned", "architectural")
    return together(**{name: record.with_doctrine("us", name, SINCE) for name in names})


def test_c9_a_slowdown_makes_an_aligned_washington_likelier_than_the_old_course_would(washingtons: xr.Dataset) -> None:
    assert contrast(washingtons, ALIGNED, "transactional", "architectural", MARCH).rises()


def test_c9_but_less_likely_than_an_aligned_one_would_make_it(washingtons: xr.Dataset) -> None:
    for month in (MARCH, JUNE, DECEMBER):
        assert contrast(washingtons, ALIGNED, "transactional", "aligned", month).falls()


def test_c9_and_less_with_time(washingtons: xr.Dataset) -> None:
    read = washingtons[ALIGNED].sel(doctrine="transactional")
    assert effect(read.sel(month="2025-12").squeeze(), read.sel(month="2025-03").squeeze()).falls()


def test_c9_without_acts_of_sanctions_there_is_less_to_tell_them_apart_by(record: Scenario) -> None:
    seen = record.with_doctrine("us", "transactional", SINCE)
    found = together(seen=seen, unseen=seen.with_mechanisms(sanctions_acts=False, upkeep=False))
    assert contrast(found, ALIGNED, "unseen", "seen", JUNE).rises()


def twins(record: Scenario) -> Scenario:
    """The record where one who is aligned would do all that a bargainer does."""
    dials = ",".join(f"{dial}={value}" for dial, value in flat(UNITED_STATES["transactional"].doctrine).items())
    names = ("architectural", "transactional", f"aligned:{dials}")
    return record.with_(reading={"hypotheses": names, "start": dict.fromkeys(AUDIENCES, (0.98, 0.01, 0.01))})


def test_c9_who_would_do_the_same_is_found_as_likely_and_that_costs_nothing(history: Scenario) -> None:
    read = twins(history)
    found = together(read=read, known=read.with_mechanisms(reading=False))
    assert np.array_equal(found[ALIGNED].sel(doctrine="read"), found[TRANSACTIONAL].sel(doctrine="read"))
    assert abs(contrast(found, "signed", "read", "known").mean) < 0.05


def test_c9_who_would_give_far_less_is_told_apart(record: Scenario) -> None:
    """Full support is wanted of a bargainer, and nothing of one who counts Moscow's loss."""
    told = record.with_parameters({"executive": {"order_base": 12.0, "press_affinity": 40.0}})
    read = together(told=told)[ALIGNED].sel(month="2025-03")
    assert float(read.mean()) < 0.05
