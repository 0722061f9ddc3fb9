"""What comes of a class: the table to download, and people against doctrines."""

import csv as comma_separated
import io
import pickle

import numpy as np
import pytest

from sim.teaching.classroom.class_payoffs import played, pooled, rows
from sim.teaching.classroom.settings import Settings
from sim.teaching.classroom.spreadsheet import COLUMNS, csv, harmless
from sim.teaching.seats.table import SeatedWorld


@pytest.fixture
def finished(rooms):
    """Two tables of two months; at the first somebody with a name like a formula in Washington, all the time."""
    room, _ = rooms.open(Settings(tables=3, months=2), 0.0)
    evil, bob = room.join('=HYPERLINK("x","y")', 0.0), room.join("Bøb", 0.0)
    room.take(evil, 0, "us", 0.0)
    room.take(bob, 1, "russia", 0.0)
    for second in (1.0, 2.0):
        room.order(evil, {"aid": 1.0}, second)
        room.advance(0, second)
    room.advance(1, 3.0)
    room.order(bob, {"effort": 0.5}, 3.0)
    room.advance(1, 4.0)
    return room


def test_the_table_has_a_row_a_table_month_and_seat(finished):
    told = []
    text = csv(played(finished), progress=lambda done, whole: told.append((done, whole)))
    found = list(comma_separated.DictReader(io.StringIO(text)))
    assert len(found) == 2 * 2 * 5
    assert tuple(found[0]) == COLUMNS
    first = found[0]
    assert (first["table"], first["month"], first["seat"], first["played_by"]) == ("1", "2026-01", "us", "person")
    assert first["name"] == '\'=HYPERLINK("x","y")'
    assert first["order_aid"] == "1.0"
    assert first["order_effort"] == ""
    russia = [row for row in found if row["table"] == "2" and row["seat"] == "russia"]
    assert [(row["played_by"], row["name"]) for row in russia] == [("doctrine", ""), ("person", "Bøb")]
    assert told == [(1, 2), (2, 2)]


def test_the_table_has_the_worlds_own_numbers(finished):
    found = list(comma_separated.DictReader(io.StringIO(csv(played(finished)))))
    lived = SeatedWorld(finished.scenario, 1, 1, finished.state.groups[1].months)
    held = [float(row["russian_held_share"]) for row in found if row["table"] == "2" and row["seat"] == "us"]
    assert held == lived.series["russian_held_share"]


@pytest.mark.parametrize(
    "text", ["\uff1d1", "\uff0b1", "\uff0d1", "\uff20a", "\n=1", "=1", "+1", "-1", "@x", "\tx", "\rx"]
)
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"
    assert harmless(-1.5) == -1.5


def test_what_was_played_travels_to_another_process(finished):
    sent = pickle.dumps(played(finished))
    assert pickle.loads(sent) == played(finished)  # noqa: S301 -- our own


def test_people_are_set_against_doctrines(finished):
    told = []
    results = pooled(played(finished), worlds=20, progress=lambda done, whole: told.append((done, whole)))
    us, russia = results
    assert (us.seat, russia.seat) == ("us", "russia")
    assert next(iter(us.doctrines)) == "transactional"
    assert all(payoffs.shape == (20,) for payoffs in us.doctrines.values())
    assert [(table.table, table.people, table.share) for table in russia.tables] == [(1, ("Bøb",), 0.5)]
    assert us.tables[0].payoff != us.tables[0].left
    assert sum(us.outcomes["transactional"].values()) == pytest.approx(1.0)
    assert told[-1][0] == told[-1][1]
    assert len(list(rows(results))) == 2 + len(us.doctrines) + len(russia.doctrines)


def test_doctrines_play_in_worlds_of_the_rooms_own(finished):
    first, second = (pooled(played(finished), worlds=20)[0].doctrines["architectural"] for _ in range(2))
    assert np.array_equal(first, second)


def test_a_seat_that_people_hardly_played_is_left_out(finished):
    finished.add_tables(1, 5.0)
    bob = finished.join("Carla", 5.0)
    finished.take(bob, 2, "europe", 5.0)
    finished.advance(2, 6.0)
    finished.advance(2, 7.0)
    assert [result.seat for result in pooled(played(finished), worlds=2)] == ["us", "russia"]


def test_a_room_in_which_nothing_was_played_has_no_results(rooms):
    room, _ = rooms.open(Settings(months=2), 0.0)
    assert pooled(played(room)) == ()
    assert csv(played(room)).strip() == ",".join(f'"{name}"' for name in COLUMNS)
