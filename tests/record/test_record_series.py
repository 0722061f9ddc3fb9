"""The monthly series carry the simulator's names, one axis, and units."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim import record
from sim.record import monthly
from sim.record.monthly import UKRAINE_KM2


@pytest.fixture(scope="module")
def series() -> xr.Dataset:
    return record.series()


def test_months_are_first_days_in_nanoseconds(series: xr.Dataset) -> None:
    month = series["month"]
    assert month.dtype == "datetime64[ns]"
    assert (month.dt.day == 1).all()
    assert f"{month.values[-1]:.7}" == record.last_month()


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("us_allocation", "EUR bn a month"),
        ("us_allocation_without_loan", "EUR bn a month"),
        ("us_allocation_military", "EUR bn a month"),
        ("us_instrument", "EUR bn a month"),
        ("europe_contribution", "EUR bn a month"),
        ("europe_contribution_without_loan", "EUR bn a month"),
        ("europe_instrument", "EUR bn a month"),
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


def test_both_shares_of_the_loan_are_treated_alike_and_counted_once(series: xr.Dataset) -> None:
    for donor, whole in (("us", "us_allocation"), ("europe", "europe_contribution")):
        xr.testing.assert_allclose(series[whole] - series[f"{donor}_instrument"], series[f"{whole}_without_loan"])
        assert float(series[f"{donor}_instrument"].sum()) == pytest.approx(18.2, abs=0.15)


@pytest.mark.parametrize("release", monthly.releases())
def test_each_release_can_be_chosen(release: int) -> None:
    chosen = record.series(release)
    assert chosen.attrs["release"] == release
    totals = record.table("aid_vintages").query("release == @release")
    for name, column in (("us_allocation", "us"), ("europe_contribution", "europe")):
        np.testing.assert_allclose(chosen[name], totals[column], atol=3e-4)
        assert f"Release {release}" in chosen[name].attrs["source"]
    xr.testing.assert_equal(chosen["russian_held_share"], record.series()["russian_held_share"])


def test_an_older_release_says_nothing_of_types() -> None:
    assert set(record.series()) - set(record.series(28)) == {
        "us_allocation_military", "europe_contribution_military", "other_contribution"
    }  # fmt: skip


def test_a_release_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="release: must be 28 or 29, got 27"):
        record.series(27)


@pytest.mark.parametrize("release", monthly.releases())
def test_months_of_ones_own_are_laid_over_the_record_and_marked(release: int, series: xr.Dataset) -> None:
    """Made-up months: the bloc that is named is replaced, what follows it is added, the rest stays."""
    aid = pd.DataFrame(
        [("2025-12", "us", 1.0), ("2027-01", "us", 2.0), ("2027-01", "europe_bilateral", 3.0)],
        columns=["month", "bloc", "military"],
    )
    line = pd.DataFrame({"month": ["2027-01"], "held_km2": [121_000.0]})
    found = record.series(release, own={"aid": aid, "territory": line})
    assert found["month"][found["own"]].dt.strftime("%Y-%m").values.tolist() == ["2025-12", "2027-01"]
    laid = found.sel(month="2025-12-01")
    assert (float(laid["us_allocation"]), float(laid["us_instrument"])) == (1.0, 0.0)
    assert float(laid["europe_contribution"]) == pytest.approx(float(series["europe_contribution"][-1]), abs=1e-3)
    new = found.sel(month="2027-01-01")
    assert float(new["us_allocation"]) == 2.0
    assert np.isnan(new["europe_contribution"])  # EU institutions are not named, so Europe's total is not known
    assert float(new["russian_held_share"]) == pytest.approx(121_000.0 / UKRAINE_KM2)
    assert not record.series()["own"].any()


def test_a_month_after_a_gap_has_no_change_of_the_line() -> None:
    line = pd.DataFrame({"month": ["2026-01", "2027-01"], "held_km2": [120_500.0, 121_000.0]})
    change = record.series(own={"territory": line})["territory_change"] * UKRAINE_KM2
    assert float(change.sel(month="2026-01-01")) == pytest.approx(26.7, abs=0.1)
    assert np.isnan(change.sel(month="2027-01-01"))


def test_aid_by_donor_adds_up_to_blocs() -> None:
    donors = pd.DataFrame(
        {"month": "2027-01", "donor": ["Latvia", "Malta", "EU institutions", "Japan"], "military": 1.0}
    )
    found = monthly.by_bloc(donors).set_index("bloc")["military"]
    assert found.to_dict() == {"europe_bilateral": 2.0, "eu_institutions": 1.0, "other": 1.0}


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
