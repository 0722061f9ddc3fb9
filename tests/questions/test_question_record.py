"""Members, votes and the record by year."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from handmade import MONTHS, ensemble

from sim import record
from sim.questions.compare.breakdowns import ballots, by_year, members, observed_ballots

NAN = np.nan


def test_members_come_largest_first_with_their_share_and_what_the_doctrine_adds() -> None:
    dataset = ensemble(worlds=2)
    gifts = [[[1.0, 5.0], [1.0, 7.0]], [[2.0, 6.0], [2.0, 6.0]]]
    dataset["europe_by_member"] = (("doctrine", "world", "member"), np.array(gifts), {"units": "EUR bn"})
    dataset = dataset.assign_coords(member=["poland", "elsewhere"])
    table = members(dataset)
    assert table["label"].tolist() == ["elsewhere", "Poland"] * 2
    assert table["mean"].tolist() == [6.0, 1.0, 6.0, 2.0]
    assert table["share"].tolist() == pytest.approx([6 / 7, 1 / 7, 6 / 8, 2 / 8])
    assert table["more"].tolist() == pytest.approx([0.0, 0.0, 0.0, 1.0])


@pytest.mark.filterwarnings("error")
def test_of_nothing_nobody_has_a_share() -> None:
    dataset = ensemble(worlds=2)
    gifts = [[[0.0, 0.0], [0.0, 0.0]], [[2.0, 6.0], [2.0, 6.0]]]
    dataset["europe_by_member"] = (("doctrine", "world", "member"), np.array(gifts), {"units": "EUR bn"})
    table = members(dataset.assign_coords(member=["poland", "elsewhere"]))
    assert table["share"].isna().tolist() == [True, True, False, False]
    assert table["more"].isna().all()


def test_votes_are_pooled_over_the_worlds_and_months_of_a_year() -> None:
    ayes = [[300.0, NAN, 310.0], [NAN, NAN, 320.0]]
    dataset = ensemble(worlds=2, doctrines=("calm",), house_ayes=ayes, senate_ayes=NAN)
    table = ballots(dataset).set_index("chamber")
    assert table.loc["house", "votes"] == 3
    assert table.loc["house", "votes_per_100_worlds"] == 150.0
    assert table.loc["house", "mean"] == 310.0
    assert table.loc["senate", "votes"] == 0
    assert np.isnan(table.loc["senate", "mean"])


def test_the_observed_passages_are_the_bills_about_ukraine() -> None:
    found = observed_ballots(record.votes())
    house = found[found["chamber"] == "house"].set_index("bill")["ayes"]
    assert house.to_dict() == {"hr7691": 368, "hr5692": 311, "hr8035": 311}


def test_years_are_held_against_the_record_over_common_months_only() -> None:
    dataset = ensemble(
        worlds=3,
        doctrines=("calm",),
        us_allocation=np.array([1.0, 2.0, 3.0])[:, None],
        russian_held_share=[0.1, 0.2, 0.3],
    )
    observed = xr.Dataset(
        {"us_allocation": ("month", [2.5, 9.0, NAN]), "russian_held_share": ("month", [0.1, 0.25, NAN])},
        coords={"month": MONTHS},
    )
    rows = by_year(dataset, observed).set_index("variable")
    aid = rows.loc["us_allocation"]
    assert (aid["year"], aid["months"], aid["observed"], aid["mean"]) == (2025, 2, 5.75, 2.0)
    assert not aid["inside"]
    land = rows.loc["russian_held_share"]
    assert (land["observed"], land["mean"]) == pytest.approx((25.0, 20.0))


def test_without_common_months_nothing_is_held_against_the_record() -> None:
    later = xr.Dataset({"us_allocation": ("month", [1.0])}, coords={"month": pd.to_datetime(["2030-01-01"])})
    assert by_year(ensemble(us_allocation=1.0), later).empty
