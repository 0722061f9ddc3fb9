"""What every game keeps: it says what it is, solves over its whole range, draws, and answers mistakes in words."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.basics.limits import InputError
from sim.figures.theory import statics
from sim.theory import GAMES, TextbookGame
from sim.theory.statics import comparative_statics, curve_table, number_table, replaced
from sim.theory.textbook import Parameter, game_called, parameter_values, spelled

NAMES = list(GAMES)
DERIVED = {"fearon_signals", "ambiguity", "doubt", "ratification", "pause", "home_public", "senate"}
"""The games that the design marks as minimal models made for teaching."""


def numbers(parameter: Parameter) -> st.SearchStrategy[float]:
    if parameter.whole:
        return st.integers(int(parameter.low), int(min(parameter.high, 60))).map(float)
    return st.floats(parameter.low, min(parameter.high, 30.0))


def values(game: TextbookGame) -> st.SearchStrategy[dict[str, float | tuple[float, ...]]]:
    """Any parameters that a user may give."""
    every = {
        p.name: st.lists(numbers(p), min_size=p.fewest, max_size=min(p.most, 5)).map(tuple) if p.several else numbers(p)
        for p in game.parameters
    }
    return st.fixed_dictionaries(every).filter(lambda found: all(rule.holds(**found) for rule in game.rules))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_every_game_has_an_answer_wherever_it_may_be_asked(name: str, data: st.DataObject) -> None:
    game = GAMES[name]
    solution = game.solve(**data.draw(values(game)))
    assert solution.sentences[0]
    assert not solution.sentences[0].endswith(".")
    for number in solution.numbers:
        assert not math.isinf(number.value), number
    chances = [number.value for number in solution.numbers if "chance" in number.words and number.value == number.value]
    assert all(chance >= -1e-9 for chance in chances)


@pytest.mark.parametrize("name", NAMES)
def test_every_game_says_what_it_is(name: str) -> None:
    game = GAMES[name]
    assert game.derived == (name in DERIVED)
    assert game.derived == game.reference.startswith("after ")
    assert game.statement.endswith(".")
    assert game.lesson.endswith(".")
    assert parameter_values(game, {}) == game.defaults
    given = {p.name: spelled(p.default) for p in game.parameters}
    assert parameter_values(game, given) == game.defaults
    assert all(rule.holds(**game.defaults) for rule in game.rules)


@pytest.mark.parametrize("name", NAMES)
def test_every_panel_draws_numbers_that_its_game_has(name: str) -> None:
    game = GAMES[name]
    panels = comparative_statics(game, game.defaults)
    assert panels
    for panel in panels:
        assert panel.curves
        for curve in panel.curves:
            assert np.isfinite(curve.y).any()
            if curve.here:
                assert curve.point is not None
                near = np.interp(curve.point[0], curve.x, curve.y)
                room = 0.05 * (np.nanmax(curve.y) - np.nanmin(curve.y)) + 1e-9
                assert near == pytest.approx(curve.point[1], abs=room) or name in ("shapley", "putnam")
    assert set(curve_table(panels)) == {"panel", "shows", "curve", "x", "y"}
    assert list(number_table(game.solve(**game.defaults))) == ["name", "meaning", "value"]


@pytest.mark.parametrize("name", NAMES)
def test_every_game_draws_with_its_finding_on_top(name: str) -> None:
    game = GAMES[name]
    finding = game.solve(**game.defaults).sentences[0]
    figure = statics(game, "the usual", finding, comparative_statics(game, game.defaults))
    assert figure.get_label() == finding
    assert len(figure.axes) == len(game.panels)
    texts = " ".join(text.get_text() for text in figure.texts)
    assert ("not the paper's own" in texts.replace("\n", " ")) == game.derived


EXTREMES = {
    "fearon": {"p": "1", "ca": "0", "lo": "0.3", "hi": "0.3"},
    "smith_stam": {"cost": "0", "n": "500"},
    "putnam": {"r": "1"},
    "olson_zeckhauser": {"w": "1,1,1,1,1,1,1,1", "outside": "50"},
    "shapley": {"quota": "39", "weights": "7,7,7,7,7,1,1,1,1,1,1,1,1,1,1"},
    "tullock": {"v": "3,3,3,3", "r": "0.5"},
    "stag_hunt": {"stag": "0.5", "hare": "0.4"},
    "crawford_sobel": {"b": "0.9"},
}


@pytest.mark.parametrize("name", EXTREMES)
def test_figures_at_the_edges_draw(name: str) -> None:
    game = GAMES[name]
    asked = parameter_values(game, EXTREMES[name])
    finding = game.solve(**asked).sentences[0]
    assert statics(game, "the edge", finding, comparative_statics(game, asked)).get_label() == finding


def test_one_number_among_several_can_move() -> None:
    assert replaced({"w": (1.0, 2.0, 3.0)}, "w.3", 9.0) == {"w": (1.0, 2.0, 9.0)}


MISTAKES = {
    "a misspelt parameter": ("fearon", {"hhi": "1"}, "unknown parameter of fearon 'hhi'; did you mean 'hi'?"),
    "a parameter of another game": ("volunteer", {"lo": "1"}, "(one of n, c)"),
    "no number": ("fearon", {"p": "half"}, "p (chance that A wins a war): must be a number, 0 to 1, got 'half'"),
    "out of range": ("fearon", {"p": "1.4"}, "p (chance that A wins a war): must be 0 to 1, got '1.4'"),
    "not a number": ("fearon", {"p": "nan"}, "must be a number, 0 to 1, got 'nan'"),
    "not whole": ("volunteer", {"n": "2.5"}, "n (members): must be whole number, 2 to 1,000, got '2.5'"),
    "a gap in a list": ("shapley", {"weights": "50,,1"}, "each 0 to 10,000, got '50,,1'"),
    "a list that goes on": ("shapley", {"weights": "50,1,"}, "got '50,1,'"),
    "a list of words": ("shapley", {"weights": "50,one"}, "got '50,one'"),
    "an underscore": ("fearon", {"p": "0_1"}, "must be a number, 0 to 1, got '0_1'"),
    "too few": ("olson_zeckhauser", {"w": "3"}, "must be 2 to 10 numbers, each 0.01 to 1e+06, got '3'"),
    "one of several out of range": ("olson_zeckhauser", {"w": "3,-1"}, "must be 2 to 10 numbers, each 0.01"),
    "crossed ends": (
        "fearon",
        {"lo": ".5"},
        "fearon: lo must be at most hi, got p = 0.5, ca = 0.1, lo = 0.5, hi = 0.4",
    ),
    "no dilemma": ("dilemma", {"t": "2"}, "t > r > p > s must hold"),
    "too many votes": ("shapley", {"quota": "101"}, "quota must be at most the sum of the weights"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_answered_with_the_rule(mistake: str) -> None:
    name, given, words = MISTAKES[mistake]
    with pytest.raises(InputError) as caught:
        parameter_values(GAMES[name], given)
    assert words in str(caught.value)


def test_an_unknown_game() -> None:
    with pytest.raises(InputError, match="unknown game 'feeron'; did you mean 'fearon'"):
        game_called("feeron", GAMES)
