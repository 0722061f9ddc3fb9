"""Settlements counted: six worlds one can follow with a finger."""

import numpy as np
import pytest
from handmade import MONTHS, ensemble, with_peace, with_settlements

from sim.basics.limits import InputError
from sim.questions.compare.outcomes import headline
from sim.questions.compare.settlements import (
    ANY,
    BROKEN,
    again,
    broken_by_class,
    by_line_and_guarantee,
    in_force,
    incidence,
    terms,
)

NAN = np.nan
WAR, FRAGILE, GUARANTEED, IMPOSED, RELAPSED, TRUCE = range(6)


@pytest.fixture
def six():
    """War; guaranteed in month 0; fragile in 1, broken in 2; imposed in 1; guaranteed in 2; collapse in 2."""
    return with_settlements(
        month=[[None, 0, 1, 1, 2, 2]],
        offset=[[NAN, 0.0, 0.02, 0.04, 0.0, 0.0]],
        guarantee=[[NAN, 2, 1, 3, 2, 0]],
        relief=[[NAN, 0.0, 1 / 3, 1.0, 1 / 3, 0.0]],
        broke=[[None, None, 2, None, None, None]],
        outcome=[[WAR, GUARANTEED, RELAPSED, IMPOSED, GUARANTEED, IMPOSED]],
        doctrines=("calm",),
    )


def counts(table, event: str) -> list[int]:
    return table.loc[table["event"] == event, "count"].tolist()


def test_each_class_accumulates_month_by_month(six) -> None:
    table = incidence(six)
    assert counts(table, "guaranteed settlement") == [1, 1, 2]
    assert counts(table, "fragile settlement") == [0, 1, 1]
    assert counts(table, "imposed peace") == [0, 1, 2]
    assert counts(table, ANY) == [1, 3, 5]
    assert counts(table, BROKEN) == [0, 0, 1]
    assert table.loc[table["event"] == ANY, "share"].tolist() == pytest.approx([1 / 6, 3 / 6, 5 / 6])


def test_states_add_up_to_the_worlds_that_have_had_an_agreement(six) -> None:
    worlds = in_force(six).groupby("month")["count"].sum()
    assert worlds.tolist() == counts(incidence(six), ANY)
    assert worlds.index.to_numpy().tolist() == MONTHS.tolist()


def test_a_settlement_in_force_from_the_start_counts_from_the_first_month() -> None:
    dataset = with_settlements(
        month=[[-1]], offset=[[0.0]], guarantee=[[4]], relief=[[0.0]], broke=[[None]], outcome=[[GUARANTEED]],
        doctrines=("calm",),
    )  # fmt: skip
    assert counts(incidence(dataset), ANY) == [1, 1, 1]


@pytest.fixture
def seven():
    """A truce that becomes a settlement, one that breaks, one that holds; a settlement that breaks and is followed by
    another, by a truce, by nothing; war."""
    stood = [
        [WAR, TRUCE, TRUCE, GUARANTEED],
        [WAR, TRUCE, WAR, WAR],
        [WAR, WAR, WAR, TRUCE],
        [WAR, FRAGILE, RELAPSED, GUARANTEED],
        [WAR, FRAGILE, RELAPSED, TRUCE],
        [WAR, WAR, GUARANTEED, RELAPSED],
        [WAR, WAR, WAR, WAR],
    ]
    return with_peace(ensemble(worlds=7, doctrines=("calm",)), [stood])


def test_a_truce_is_in_force_and_counts_apart_from_settlements(seven) -> None:
    table = in_force(seven)
    assert counts(table, "truce") == [2, 1, 2]
    assert counts(table, "guaranteed settlement") == [0, 1, 2]
    assert counts(table, "fragile settlement") == [2, 0, 0]
    ever = incidence(seven)
    assert counts(ever, "truce") == [2, 2, 4]
    assert counts(ever, ANY) == [2, 3, 4]
    assert counts(ever, BROKEN) == [0, 3, 4]


def test_who_is_at_war_again_is_told_by_what_broke_last(seven) -> None:
    table = in_force(seven)
    assert counts(table, again("truce")) == [0, 1, 1]
    assert counts(table, again("settlement")) == [0, 2, 1]


def test_every_settlement_and_truce_that_breaks_is_counted_in_its_class_also_where_another_followed(seven) -> None:
    fates = broken_by_class(seven, "2025-01").set_index("kind")
    found = fates[["stood", "agreed", "broken", "replaced"]]
    assert found.loc["truce"].tolist() == [0, 4, 1, 1]
    assert found.loc["fragile settlement"].tolist() == [0, 2, 2, 0]
    assert found.loc["guaranteed settlement"].tolist() == [0, 3, 1, 0]
    assert found.loc["imposed peace"].tolist() == [0, 0, 0, 0]


def test_what_breaks_counts_from_the_month_of_the_change_on_and_what_stood_then_is_told_apart(seven) -> None:
    fates = broken_by_class(seven, "2025-02").set_index("kind")
    assert fates.loc["fragile settlement", ["stood", "agreed", "broken"]].tolist() == [2, 0, 2]
    assert fates.loc["truce", ["stood", "agreed", "broken", "replaced"]].tolist() == [2, 2, 1, 1]
    found = headline(seven, "2025-02")
    assert found["standing"].to_numpy()[0].tolist() == [0, 0, 0, 1, 1, 0, 0]
    assert found["relapsed"].to_numpy()[0].tolist() == [0, 0, 0, 1, 1, 1, 0]
    assert found["truce_standing"].to_numpy()[0].tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert found["truce"].to_numpy()[0].tolist() == [0, 0, 1, 0, 1, 0, 0]
    assert found["truce_broken"].to_numpy()[0].tolist() == [0, 1, 0, 0, 0, 0, 0]
    assert headline(seven, "2025-03")["relapsed"].to_numpy()[0].tolist() == [0, 0, 0, 0, 0, 1, 0]


def test_no_more_truces_break_than_stood_already_or_were_agreed(seven) -> None:
    for since in ("2025-01", "2025-02", "2025-03"):
        found = headline(seven, since)
        assert not ((found["truce_broken"] > 0.0) & (found["truce"] + found["truce_standing"] == 0.0)).any()


def test_what_the_scenario_opens_with_may_break_in_the_first_month_and_be_followed() -> None:
    stood = [[GUARANTEED, RELAPSED, RELAPSED, RELAPSED], [GUARANTEED] * 4, [GUARANTEED, RELAPSED, FRAGILE, FRAGILE]]
    dataset = with_peace(ensemble(worlds=3, doctrines=("calm",)), [stood])
    dataset["settlement_guarantee"] = (("doctrine", "world"), [[2.0, 2.0, 1.0]])
    fates = broken_by_class(dataset, "2025-01").set_index("kind")
    assert fates["stood"].sum() == 3
    assert fates["broken"].sum() == 2
    assert headline(dataset, "2025-01")["standing"].to_numpy().tolist() == [[1.0, 1.0, 1.0]]


def test_results_without_how_worlds_stand_are_refused_with_what_to_do(six) -> None:
    with pytest.raises(InputError, match=r"'peace'.* run it again, with --paths"):
        in_force(six.drop_vars("peace"))


def test_packages_are_counted_with_how_many_broke(six) -> None:
    table = terms(six).set_index(["offset", "guarantee", "relief"])
    assert table["count"].sum() == 5
    broken = table.loc[(0.02, 1, 1 / 3)]
    assert (broken["guarantee_name"], broken["count"], broken["broken"]) == ("monitors", 1, 1.0)
    assert broken["share"] == pytest.approx(1 / 5)
    assert broken["share_of_worlds"] == pytest.approx(1 / 6)


def test_reliefs_of_one_line_and_guarantee_are_averaged_by_count(six) -> None:
    table = by_line_and_guarantee(terms(six)).set_index(["offset", "guarantee"])
    arms = table.loc[(0.0, 2)]
    assert arms["count"] == 2
    assert arms["relief"] == pytest.approx(1 / 6)


def test_no_settlement_is_an_empty_table() -> None:
    dataset = with_settlements(
        month=[[None]], offset=[[NAN]], guarantee=[[NAN]], relief=[[NAN]], broke=[[None]], outcome=[[WAR]],
        doctrines=("calm",),
    )  # fmt: skip
    assert terms(dataset).empty
    assert by_line_and_guarantee(terms(dataset)).empty
    assert counts(incidence(dataset), ANY) == [0, 0, 0]


def test_settlements_of_the_months_that_count_are_counted_by_their_terms(six) -> None:
    every, later = terms(six), terms(six, "2025-02")
    counted = (six["settlement_month"] >= np.datetime64("2025-02")).sum().item()
    assert later["count"].sum() == counted < every["count"].sum()
