"""The monthly series carry the simulator's names, one axis, and units."""

import subprocess
import sys

import numpy as np
import pytest
import xarray as xr

from sim import record


@pytest.fixture(scope="module")
def series() -> xr.Dataset:
    return record.series()


def test_months_are_first_days_in_nanoseconds(series: xr.Dataset) -> None:
    month = series["month"]
    assert month.dtype == "datetime64[ns]"
    assert (month.dt.day == 1).all()
    assert series.sizes == {"month": 44}


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("us_allocation", "EUR bn a month"),
        ("us_allocation_without_loan", "EUR bn a month"),
        ("us_allocation_military", "EUR bn a month"),
        ("us_instrument", "EUR bn a month"),
        ("europe_contribution", "EUR bn a month"),
        ("europe_contribution_military", "EUR bn a month"),
        ("other_contribution", "EUR bn a month"),
        ("europe_share", "0 to 1"),
        ("russian_held_share", "share of Ukraine"),
        ("territory_change", "share of Ukraine a month"),
    ],
)
def test_every_variable_says_what_it_is(series: xr.Dataset, name: str, units: str) -> None:
    attributes = series[name].attrs
    assert attributes["units"] == units
    assert attributes["long_name"]
    assert attributes["source"]


def test_the_loan_is_counted_once(series: xr.Dataset) -> None:
    xr.testing.assert_allclose(series["us_allocation"] - series["us_instrument"], series["us_allocation_without_loan"])
    assert int((series["us_instrument"] > 0).sum()) == 1


def test_military_aid_is_part_of_all_aid(series: xr.Dataset) -> None:
    for donor in ("us_allocation", "europe_contribution"):
        assert (series[f"{donor}_military"] <= series[donor] + 1e-9).all()


def test_europes_share_is_that_of_six_months(series: xr.Dataset) -> None:
    window = series.sel(month=slice("2023-04", "2023-09"))
    europe, us = float(window["europe_contribution"].sum()), float(window["us_allocation"].sum())
    assert float(series["europe_share"].sel(month="2023-09-01")) == pytest.approx(europe / (europe + us))
    assert (series["europe_share"].sel(month=slice("2025-07", None)) == 1.0).all()


def test_levels_of_the_line_move_by_its_changes(series: xr.Dataset) -> None:
    level, change = series["russian_held_share"].dropna("month"), series["territory_change"].dropna("month")
    np.testing.assert_allclose(np.diff(level), change[1:], atol=1e-6)
    assert level.sel(month="2022-12-01") == pytest.approx(0.1843, abs=5e-5)


def test_importing_the_record_reads_nothing_heavy() -> None:
    heavy = "sorted(set(sys.modules) & {'pandas', 'xarray', 'mesa', 'matplotlib'})"
    code = f"import sys; before = {heavy}; import sim.record; assert {heavy} == before"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_other_parts_of_the_record_are_tables() -> None:
    assert {"vote", "date", "pro", "rep_yea"} <= set(record.votes().columns)
    assert {"date", "category", "direct_contact"} <= set(record.events().columns)
    assert {"enacted", "usd_bn"} <= set(record.appropriations().columns)
    assert len(record.members()) == 10
    assert set(record.seats()["congress"]) == {117, 118, 119}
    assert len(record.coefficients()) == 6
