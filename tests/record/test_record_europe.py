"""Europe's members: capacity and threat from the tables."""

import pandas as pd
import pytest

from sim import record
from sim.record import europe, tables
from sim.record.monthly import TYPES


@pytest.fixture(scope="module")
def members() -> pd.DataFrame:
    return europe.members().set_index("member")


def test_the_command_reproduces_the_shipped_table() -> None:
    shipped = (tables.FOLDER / "europe_members.csv").read_text(encoding="utf-8")
    assert tables.text(europe.members()) == shipped


def test_members_together_give_what_europe_gave(members: pd.DataFrame) -> None:
    given = record.series()["europe_contribution_without_loan"]
    assert members["mean_to_2024"].sum() == pytest.approx(float(given.sel(month=europe.BEFORE).mean()), abs=2e-3)
    assert members["mean_2025"].sum() == pytest.approx(float(given.sel(month=europe.AFTER).mean()), abs=2e-3)


def test_nobody_gave_more_over_half_a_year_than_its_budget(members: pd.DataFrame) -> None:
    assert (members["own_peak"] <= members["budget"]).all()
    assert (members["mean_to_2024"] < members["budget"]).all()


def test_a_reluctant_member_is_not_taken_to_be_poor(members: pd.DataFrame) -> None:
    assert members.loc["southern", "budget"] > 3 * members.loc["southern", "own_peak"]
    effort = members["budget"] / members["gdp_2021_eur_bn"]
    assert effort.drop("eu_institutions").min() == pytest.approx(effort["southern"], rel=1e-3)


def test_the_threat_is_felt_most_in_the_baltics_and_least_far_away(members: pd.DataFrame) -> None:
    states = members["weight"].drop("eu_institutions")
    assert members["weight"].between(0, 1, inclusive="right").all()
    assert states.idxmax() == "baltics"
    assert states.nsmallest(2).index.sort_values().tolist() == ["others", "southern"]


def test_every_country_belongs_to_one_member_and_every_member_gives() -> None:
    countries = tables.read("europe_countries")
    assert countries["country"].is_unique
    assert set(countries["member"]) == set(europe.LABELS) - {"eu_institutions"}
    assert (europe.by_member(*TYPES).sum() > 0.0).all()


def test_the_members_lie_in_the_model_s_domain(members: pd.DataFrame) -> None:
    assert (members[["budget", "start"]] > 0.0).all(axis=None)
    assert members[["military_share", "effort"]].stack().between(0, 1).all()
