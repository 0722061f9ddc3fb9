"""A game is its record: link and file bring it back exactly, and nothing that is not a game gets in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ordering import orders

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.browser.address import base
from sim.browser.seat.debrief import explore_link
from sim.browser.seat.game import CLOCKS, LARGEST_SEED, LONGEST_FILE, MARK, Game, Games, file_name
from sim.scenario import shipped
from sim.scenario.presets import PRESETS
from sim.teaching.seats.orders import ORDERS, SEATS

OPENING = {MARK: 1, "scenario": "classroom", "seat": "us", "seed": 1, "clock": 0}
BAD_FILES = (
    "",
    "{",
    "[]",
    "null",
    "[" * 30_000,
    "9" * 10_000,
    " " * (LONGEST_FILE + 1),
    json.dumps({"seat": "us"}),
    *(
        json.dumps(OPENING | change)
        for change in (
            {MARK: 2},
            {"seat": "table"},
            {"seat": ["us"]},
            {"scenario": "../../etc/passwd"},
            {"us": "<script>"},
            {"seed": -1},
            {"seed": 10**30},
            {"seed": 1.5},
            {"seed": True},
            {"clock": 7},
            {"ended": 1},
            {"months": {}},
            {"months": [3]},
            {"months": [{"aid": 99}]},
            {"months": [{"aid": float("nan")}]},
            {"months": [{"aid": 10**400}]},
            {"months": [{"bomb": 1}]},
            {"months": [None] * 10_000},
            {"file": "/etc/passwd"},
        )
    ),
)
BAD_LINKS = (
    "seat",
    "seat=us&seat=us",
    "x=1",
    "seed=-1",
    "seed=1e3",
    "seed=",
    "clock=31",
    "seat=%ff",
    "x" * Game.LONGEST,
)


@st.composite
def some_games(draw):
    """Any game that can be played."""
    scenario, seat = draw(st.sampled_from(sorted(shipped()))), draw(st.sampled_from(SEATS))
    doctrines = {actor: draw(st.sampled_from(["", *PRESETS[actor]])) for actor in ACTORS}
    months = draw(st.lists(st.none() | orders(seat), max_size=3))
    seed, clock = draw(st.integers(0, LARGEST_SEED)), draw(st.sampled_from(sorted(CLOCKS)))
    return Game(scenario, seat, **doctrines, seed=seed, clock=clock, months=tuple(months), ended=draw(st.booleans()))


@given(some_games())
def test_a_file_brings_back_the_game(game):
    assert Game.from_text(game.text()) == game


@given(some_games())
def test_a_link_brings_back_the_beginning(game):
    assert Game.read(game.link().partition("?")[2]) == game.anew()


@settings(max_examples=15, deadline=None)
@given(some_games())
def test_the_world_of_a_file_is_the_world_that_was_played(game):
    played, again = game.table(), Game.from_text(game.text()).table()
    assert played.series == again.series
    assert played.news == again.news


@pytest.mark.parametrize("text", [*BAD_FILES, 7, None, {"seat": "us"}], ids=lambda text: str(text)[:40])
def test_what_is_no_saved_game_is_refused_with_a_reason(text):
    with pytest.raises(InputError) as refused:
        Game.from_text(text)
    assert 10 < len(str(refused.value)) < 1000


@pytest.mark.parametrize("query", BAD_LINKS, ids=lambda query: query[:20])
def test_a_bad_link_is_refused_with_a_reason(query):
    with pytest.raises(InputError):
        Game.read(query)


def test_a_whole_game_of_the_longest_scenario_fits_into_a_file():
    name = max(shipped(), key=lambda name: base(name).months)
    most = {order.name: order.choices[-1][0] if order.choices else 1 / 3 for order in ORDERS["us"]}
    game = Game(name, "us", months=(most,) * base(name).months)
    assert len(game.text()) < LONGEST_FILE
    assert Game.from_text(game.text()) == game


def test_chosen_doctrines_are_those_of_the_world():
    world = Game("outlook", "ukraine", us="architectural").world()
    assert world.doctrine("us", world.calendar[-1]) == PRESETS["us"]["architectural"].doctrine


@given(some_games())
def test_explore_opens_on_the_doctrines_of_the_game(game):
    from sim.browser.explore.comparison import Comparison

    state = Comparison.read(explore_link(game).partition("?")[2])
    assert (state.scenario, state.actor, state.seed) == (game.scenario, game.seat, game.seed)
    assert state.toml()


def test_the_name_of_a_file_holds_no_more_than_the_choices():
    assert file_name(Game("outlook", "us", seed=7)) == "outlook-us-7-month0.json"


def test_games_are_few_and_forgotten_in_time():
    now = [0.0]
    games = Games(most=2, age=10.0, now=lambda: now[0])
    for seed, visitor in enumerate(("a", "b", "c")):
        games.put(visitor, Game(seed=seed))
    assert games.get("a") is None
    assert games.get("b") == Game(seed=1)
    now[0] = 5.0
    games.put("b", Game(seed=9))
    now[0] = 11.0
    assert games.get("c") is None
    assert games.get("b") == Game(seed=9)
    games.forget("b")
    assert len(games) == 0
