"""What the debrief says is what its numbers say."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from sim.app.seat.debriefing import judged
from sim.app.seat.desk import interval, told
from sim.app.seat.game import Game
from sim.app.seat.strips import _edges, strip
from sim.app.seat.verdict import (
    beaten,
    by_month,
    costliest,
    headline,
    how_it_ended,
    in_land,
    in_this_world,
    land_worth,
    name_of,
    parts,
    scale,
)
from sim.seats.briefing import briefing
from sim.seats.debrief import Debrief, Decision, debrief
from sim.seats.known import Belief
from sim.seats.orders import SEATS
from sim.seats.table import Table

FOUND = Debrief(
    seat="us",
    payoff=0.5,
    terms={"land": -0.1, "the deal": 0.6, "relief": 0.0},
    distribution={"transactional": np.arange(100) / 100, "aligned": np.zeros(10)},
    here={"transactional": 0.7, "aligned": 0.8},
    outcomes={"transactional": {"war": 0.75}, "aligned": {"war": 1.0}},
    outcome="war",
    decisions=(Decision("2026-03", {"aid": 1.0}, {"aid": 0.2}, 0.05), Decision("2026-01", {}, {}, -0.01)),
    reads=(),
    own="transactional",
)


def game(seat, months=24):
    """A finished game and its debrief among few worlds."""
    table = Game("classroom", seat, seed=3, months=(dict(ORDERED[seat]),) * months).table()
    found = debrief(table, seat, 20)
    while not table.over:
        table.play({})
    return found, table


ORDERED = {
    "us": {"aid": 1.0},
    "congress": {"own_bill": 1.0},
    "europe": {"contribution": 8.0},
    "ukraine": {"effort": 1.3},
    "russia": {"effort": 0.7},
}


def test_the_headline_compares_the_same_world_first_and_then_counts():
    assert headline(FOUND) == (
        "You did worse than transactional would have in your world, and better than 50 % of its other worlds"
    )
    assert headline(FOUND._replace(payoff=0.7)).startswith("You did as well as transactional")
    assert headline(FOUND._replace(payoff=0.9)).startswith("You did better than transactional")


def test_a_tie_is_not_beaten():
    assert beaten(FOUND._replace(payoff=0.0), "aligned") == "0 %"


def test_the_doctrines_of_the_same_world_are_told():
    first, best = in_this_world(FOUND)
    assert "0.2000 less" in first
    assert "aligned" in best


def test_the_ending_is_told_with_its_share():
    assert how_it_ended(FOUND) == "Your world ended in this way: war. Under transactional 75 of 100 worlds end so."


def test_parts_leave_out_what_is_nothing():
    assert parts(FOUND) == "Your 0.5000 utility a month is made of: the deal +0.6000, land −0.1000."


def test_the_costliest_month_is_told_in_land():
    assert costliest(FOUND, 0.1) == (
        "Your decision of 2026-03 cost you most: 0.0500 utility a month, as much as 0.50 % of Ukraine's land from the "
        "first month to the last"
    )
    assert costliest(FOUND, None).endswith("0.0500 utility a month")
    assert costliest(FOUND._replace(decisions=FOUND.decisions[1:]), None).startswith("No decision of yours cost")
    assert costliest(FOUND._replace(decisions=()), None).startswith("Your doctrine decided every month")
    assert in_land(0.05, 0.1) in costliest(FOUND, 0.1)


def test_months_are_in_order():
    assert by_month(FOUND) == (["2026-01", "2026-03"], [-0.01, 0.05])


def test_a_session_of_congress_is_called_one():
    assert name_of("119th") == "the 119th Congress"
    assert scale(None) == ""


@pytest.mark.parametrize("seat", SEATS)
def test_the_worth_of_land_does_not_depend_on_what_was_played(seat):
    """It is read off a game, so two games with other orders must agree."""
    first = land_worth(*game(seat))
    second = land_worth(*game(seat, months=6))
    assert first == pytest.approx(second, rel=1e-4)


def test_a_per_cent_of_land_is_worth_what_the_model_says_to_kyiv():
    table = Table(Game("classroom").world(), 3, 0, [{}] * 24)
    assert land_worth(debrief(table, "ukraine", 1), table) == pytest.approx(0.1)


def test_a_debrief_before_the_end_comes_with_the_world_played_to_its_end():
    table = Game("classroom", "europe", months=({"contribution": 8.0},)).table()
    found, lived = judged(table, "europe", lambda done, total: None)
    assert lived.over
    assert table.elapsed == 1
    assert len(found.decisions) == 1


def test_the_picture_of_a_belief_says_its_numbers_and_escapes_its_words():
    belief = Belief('<script> & "quotes"', 1.0, -2.0, 4.0, "ayes", "")
    picture = ET.fromstring(interval(belief))
    assert picture.get("aria-label") == f"{belief.label}: {told(belief)}"
    assert not picture.findall(".//script")


@pytest.mark.parametrize("seat", SEATS)
def test_every_belief_of_every_seat_stays_within_its_picture(seat):
    table = Game("classroom", seat).table()
    for belief in briefing(table, seat).beliefs:
        picture = ET.fromstring(interval(belief))
        places = [
            float(value.rstrip("%")) for part in picture for key, value in part.items() if key in ("x", "x1", "cx")
        ]
        assert all(0.0 <= place <= 100.0 for place in places)


def test_a_strip_holds_every_world_and_both_marks():
    edges = _edges(FOUND)
    picture = ET.fromstring(strip(FOUND.distribution["transactional"], edges, 0.5, 0.7, "#0072B2", "<told>"))
    assert picture.get("aria-label") == "<told>"
    assert len(picture.findall("circle")) == 1
    assert {line.get("y1") for line in picture.findall("line")} == {"0", "48"}


def test_payoffs_that_are_all_the_same_can_be_drawn():
    same = FOUND._replace(payoff=0.0, distribution={"transactional": np.zeros(5)}, here={"transactional": 0.0})
    ET.fromstring(strip(np.zeros(5), _edges(same), 0.0, 0.0, "#0072B2", "all the same"))
