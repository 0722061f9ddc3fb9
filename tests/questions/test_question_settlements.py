"""Settlements counted: six worlds one can follow with a finger."""

import numpy as np
import pytest
from handmade import MONTHS, with_settlements

from sim.questions.compare.settlements import ANY, BROKEN, broken_by_class, by_line_and_guarantee, incidence, terms

NAN = np.nan
WAR, FRAGILE, GUARANTEED, IMPOSED, RELAPSED = range(5)


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


def test_classes_compete_so_that_they_add_up_to_all(six) -> None:
    table = incidence(six)
    classes = table[~table["event"].isin([ANY, BROKEN])].groupby("month")["count"].sum()
    assert classes.tolist() == counts(table, ANY)
    assert classes.index.to_numpy().tolist() == MONTHS.tolist()


def test_a_settlement_in_force_from_the_start_counts_from_the_first_month() -> None:
    dataset = with_settlements(
        month=[[-1]], offset=[[0.0]], guarantee=[[4]], relief=[[0.0]], broke=[[None]], outcome=[[GUARANTEED]],
        doctrines=("calm",),
    )  # fmt: skip
    assert counts(incidence(dataset), ANY) == [1, 1, 1]


def test_what_breaks_is_counted_in_the_class_that_it_was_of(six) -> None:
    broken = broken_by_class(six)
    assert counts(broken, "fragile settlement") == counts(incidence(six), BROKEN) == [0, 0, 1]
    assert counts(broken, "guaranteed settlement") == counts(broken, "imposed peace") == [0, 0, 0]


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
