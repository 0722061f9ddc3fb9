"""What the debrief says is what its numbers say."""

import numpy as np
import pytest

from sim.browser.charts import histogram, table
from sim.browser.seat.debrief import _edges, _marks
from sim.browser.seat.debrief_sentences import (
    POINTS,
    beaten,
    by_month,
    costliest,
    headline,
    how_it_ended,
    in_land,
    in_this_world,
    judged,
    land_worth,
    parts,
    scale,
)
from sim.browser.seat.game import Game
from sim.browser.seat.month import belief_chart, belief_told
from sim.teaching.seats.briefing import briefing
from sim.teaching.seats.debrief import Debrief, debrief
from sim.teaching.seats.hindsight import HindsightMonth
from sim.teaching.seats.orders import SEATS
from sim.teaching.seats.private_information import Belief
from sim.teaching.seats.table import SeatedWorld

FOUND = Debrief(
    seat="us",
    payoff=0.5,
    terms={"land": -0.1, "the deal": 0.6, "relief": 0.0},
    own_terms={"land": -0.2, "the deal": 0.9, "relief": 0.0},
    distribution={"transactional": np.arange(100) / 100, "aligned": np.zeros(10)},
    here={"transactional": 0.7, "aligned": 0.8},
    outcomes={"transactional": {"war": 0.75}, "aligned": {"war": 1.0}},
    outcome="war",
    decisions=(HindsightMonth("2026-03", {"aid": 1.0}, {"aid": 0.2}, 0.05), HindsightMonth("2026-01", {}, {}, -0.01)),
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
    assert "70.7 points; you got 50.5 points (20.2 points less)" in first
    assert "aligned" in best


def test_the_ending_is_told_with_its_share():
    assert how_it_ended(FOUND) == (
        "At the end of your world the war goes on. Under transactional 75 of 100 worlds end so."
    )


def test_parts_are_held_against_the_doctrine_and_leave_out_what_is_nothing():
    assert parts(FOUND) == "What made the difference, in points: the deal −30.3, land +10.1."


def test_the_costliest_month_is_told_in_land():
    assert costliest(FOUND, 0.1) == (
        "Your decision of 2026-03 cost you most: 5.1 points, as much as 0.50 % of Ukraine's land from the "
        "first month to the last"
    )
    assert costliest(FOUND, None).endswith("5.1 points")
    assert costliest(FOUND._replace(decisions=FOUND.decisions[1:]), None).startswith("No decision of yours cost")
    assert costliest(FOUND._replace(decisions=()), None).startswith("Your doctrine decided every month")
    assert in_land(0.05, 0.1) in costliest(FOUND, 0.1)


def test_months_are_in_order():
    assert by_month(FOUND) == (["2026-01", "2026-03"], pytest.approx([-1.0, 5.1], abs=0.05))


def test_a_session_of_congress_is_called_one():
    """A sequence of them was "117th, then 118th, then 119th" once, as if one could do as well as that."""
    sessions = "117th > 118th > 119th"
    found = FOUND._replace(own=sessions, here={sessions: 0.5}, distribution={sessions: np.arange(100) / 100})
    assert headline(found).startswith("You did as well as the Congresses of the record would have")
    assert scale(found, None) == POINTS


@pytest.mark.parametrize("seat", SEATS)
def test_the_worth_of_land_does_not_depend_on_what_was_played(seat):
    """It is read off a game, so two games with other orders must agree."""
    first = land_worth(*game(seat))
    second = land_worth(*game(seat, months=6))
    assert first == pytest.approx(second, rel=1e-4)


def test_a_per_cent_of_land_is_worth_what_the_model_says_to_kyiv():
    table = SeatedWorld(Game("classroom").world(), 3, 0, [{}] * 24)
    assert land_worth(debrief(table, "ukraine", 1), table) == pytest.approx(0.1)


def test_a_debrief_before_the_end_comes_with_the_world_played_to_its_end():
    table = Game("classroom", "europe", months=({"contribution": 8.0},)).table()
    found, lived = judged(table, "europe", 50, lambda done, total: None)
    assert lived.over
    assert table.elapsed == 1
    assert len(found.decisions) == 1


def test_the_chart_of_beliefs_has_their_numbers_and_its_table_escapes_their_words():
    belief = Belief('<script> & "quotes"', 1.0, -2.0, 4.0, "ayes", "")
    options = belief_chart([belief])
    (row,) = options["dataset"][0]["source"]
    assert row[0] == belief.label
    assert belief_told(belief) == f"about {row[1]} ayes; nine chances in ten from {row[2]} to {row[3]}"
    assert "<script>" not in table(options)


@pytest.mark.parametrize("seat", SEATS)
def test_every_belief_of_every_seat_stays_within_its_picture(seat):
    found = briefing(Game("classroom", seat).table(), seat).beliefs
    zeros, dots = belief_chart(found)["series"]
    ends = [end["coord"][0] for pair in dots["markLine"]["data"] for end in pair]
    places = [*ends, *(one["value"][0] for one in dots["data"]), *(place for place, _ in zeros["data"])]
    assert len(dots["data"]) == len(found)
    assert all(0.0 <= place <= 1.0 for place in places)


def test_a_distribution_holds_every_world_and_both_marks():
    edges = _edges(FOUND)
    values, marks = FOUND.distribution["transactional"], _marks(FOUND._replace(payoff=0.1), "transactional", edges)
    options = histogram({"transactional": values}, marks, "points", "told", edges=edges)
    assert sum(row[2] for row in options["dataset"][0]["source"]) == pytest.approx(100.0, abs=0.5)
    assert [mark["name"] for mark in options["series"][0]["markLine"]["data"]] == ["you", "it, in your world"]


def test_two_marks_in_one_place_have_one_name():
    here = FOUND.here["transactional"]
    marks = _marks(FOUND._replace(payoff=here), "transactional", _edges(FOUND))
    assert marks == {"you, and it in your world": here, " ": here}


def test_payoffs_that_are_all_the_same_can_be_drawn():
    same = FOUND._replace(payoff=0.0, distribution={"transactional": np.zeros(5)}, here={"transactional": 0.0})
    edges = _edges(same)
    assert histogram(same.distribution, _marks(same, "transactional", edges), "", "", edges=edges)["series"]
