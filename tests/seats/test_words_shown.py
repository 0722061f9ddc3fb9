"""No seat is shown a raw name, a share that cannot be, a number nobody can read, or a word of theory.

Whole games are walked in every seat, and all that its pages say is collected from what they are made of.
"""

import re
from collections.abc import Iterator

import pytest

from sim.browser.seat.debrief import _table, _told, deviations, in_points
from sim.browser.seat.debrief_sentences import (
    costliest,
    headline,
    how_it_ended,
    in_this_world,
    land_worth,
    parts,
    scale,
)
from sim.browser.seat.game import Game
from sim.browser.seat.month import belief_told
from sim.browser.seat.orders_form import form_fields, ordered_lines
from sim.teaching.seats.briefing import briefing
from sim.teaching.seats.debrief import debrief
from sim.teaching.seats.orders import ORDERS, SEATS
from sim.teaching.seats.table import SeatedWorld

DIGITS = 4
"""Significant digits that a reader may be shown."""
MOST_PERCENT = 150.0
"""Congress may grant so much of what was asked for."""
IDENTIFIER = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
THEORY = re.compile(r"utility|log-odds|relapsed|\d+th, then|behind the front|beyond the front|\bnan\b|\binf\b")
DATE = re.compile(r"\d{4}-\d{2}")
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
PERCENT = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?) %")
WORLDS = 12


def played(scenario: str, seat: str, bold: bool) -> SeatedWorld:
    """A game in which the seat orders the ends of all it may order, month by month in turn."""
    game = Game(scenario, seat, seed=5)
    table = game.table()
    while not table.over:
        ends = {order.name: order.high if (table.elapsed + bold) % 2 else order.low for order in ORDERS[seat]}
        table.play({seat: ends} if table.elapsed % 3 else {})
    return table


def shown_in_months(table: SeatedWorld, seat: str) -> Iterator[str]:
    """What the desk and the papers say, month by month."""
    again = SeatedWorld(table.scenario, table.seed, table.world)
    for orders in table.months:
        found = briefing(again, seat)
        yield from (text for fact in found.facts for text in fact)
        yield from (text for belief in found.beliefs for text in (belief.label, belief_told(belief), belief.help))
        for field in form_fields(seat, found.advice):
            yield from (field.label, field.help, field.left, field.unit, *(label for _, label in field.choices))
        yield from ordered_lines(seat, orders.get(seat, {}))
        again.play(orders)
    yield from (sentence for _, sentences in again.news for sentence in sentences)


def shown_after(table: SeatedWorld, seat: str) -> Iterator[str]:
    """What the debrief says."""
    found = debrief(table, seat, WORLDS)
    land = land_worth(found, table)
    yield from (headline(found), how_it_ended(found), *in_this_world(found), parts(found), scale(found, land))
    yield costliest(found, land)
    yield from (line for decision in found.decisions for line in deviations(seat, decision))
    points = in_points(found)
    yield from (_told(points, label) for label in points.distribution)
    yield re.sub(r"<[^>]*>", " ", _table(points))
    yield from (text for read in found.reads for text in (read.label, read.unit))


def faults(text: str) -> list[str]:
    """What a student should not be shown."""
    found = [*IDENTIFIER.findall(text), *THEORY.findall(text)]
    bare = DATE.sub("", text)
    found += [each for each in NUMBER.findall(bare) if len(re.sub(r"[^0-9]", "", each).lstrip("0")) > DIGITS]
    shares = [(each, float(each.replace("−", "-").replace(",", ""))) for each in PERCENT.findall(bare)]
    return found + [f"{each} %" for each, share in shares if not 0.0 <= share <= MOST_PERCENT]


@pytest.mark.parametrize("scenario", ["classroom", "outlook"])
@pytest.mark.parametrize("seat", SEATS)
def test_no_page_of_a_game_shows_what_only_the_model_understands(seat: str, scenario: str) -> None:
    table = played(scenario, seat, bold=scenario == "outlook")
    for text in (*shown_in_months(table, seat), *shown_after(table, seat)):
        without = text if "a month" not in text else text.replace("−", "")  # a front may move either way
        assert not faults(without), text


@pytest.mark.parametrize("seat", SEATS)
def test_no_belief_holds_what_cannot_be(seat: str) -> None:
    """Support was believed to be −8 to 48 % of full once."""
    ends = {"% of full support": (0.0, 120.0), "ayes": (0.0, 435.0), "% of Ukraine a month": (-100.0, 100.0)}
    table = Game("outlook", seat, seed=2).table()
    while not table.over:
        for belief in briefing(table, seat).beliefs:
            low, high = ends.get(belief.unit, (float("-inf"), float("inf")))
            assert low <= belief.low <= belief.mean <= belief.high <= high
        table.play({})


@pytest.mark.parametrize(
    "text",
    [
        "Russia's doctrine is wait_out.",
        "-2.6034 of something",
        "nine chances in ten from −8 % to 48 %",
        "You did as well as 117th, then 118th, then 119th would have",
        "Your world ended in this way: relapsed.",
        "a line 2 points behind the front",
        "0.1 utility a month",
    ],
)
def test_what_was_shown_once_is_found(text: str) -> None:
    assert faults(text)
