"""How doctrines look: fixed, distinct, readable, apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.figures.sheet import spread, width_of, wrapped
from sim.figures.style import COLOURS, LINES, MARKERS, PRESETS, READABLE, contrast, ink, looks
from sim.scenario.presets import PRESETS as ALL_PRESETS


def test_every_american_preset_has_its_own_look() -> None:
    assert set(PRESETS) == set(ALL_PRESETS["us"])
    assert len(set(COLOURS)) == len(set(LINES)) == len(set(MARKERS)) == len(COLOURS)


def test_a_preset_looks_the_same_whatever_stands_beside_it() -> None:
    alone = looks(["transactional"])["transactional"]
    assert looks(["aligned", "transactional", "something else"])["transactional"] == alone


def test_a_run_of_several_doctrines_looks_like_its_last() -> None:
    assert looks(["architectural > aligned"])["architectural > aligned"] == looks(["aligned"])["aligned"]
    both = looks(["transactional", "transactional:commitment=0.85"])
    assert both["transactional"] == looks(["transactional"])["transactional"]
    assert both["transactional:commitment=0.85"] != both["transactional"]


@given(st.lists(st.text(max_size=6), unique=True, max_size=len(COLOURS)))
def test_looks_are_distinct_as_long_as_there_are_any_left(names: list[str]) -> None:
    found = looks(names)
    assert list(found) == names
    assert len(set(found.values())) == len(names)
    assert looks(names) == found


def test_more_doctrines_than_looks_still_get_one() -> None:
    assert len(looks(map(str, range(30)))) == 30


@pytest.mark.parametrize("colour", COLOURS)
def test_text_in_a_doctrines_colour_reads_on_white(colour: str) -> None:
    assert contrast(ink(colour)) >= READABLE
    assert contrast("white") == pytest.approx(1.0)
    assert contrast("black") == pytest.approx(21.0)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=6), st.floats(0.1, 1.5))
def test_labels_stay_apart_in_order_and_inside(places: list[float], gap: float) -> None:
    found = np.array(spread(places, gap, 0.0, 10.0))
    order = np.argsort(places, kind="stable")
    assert (np.diff(found[order]) >= gap - 1e-6).all()
    assert found.min() >= -1e-6
    assert found.max() <= 10.0 + 1e-6


def test_labels_that_are_apart_stay_where_they_are() -> None:
    assert spread([5.0, 1.0, 9.0], 1.0, 0.0, 10.0) == [5.0, 1.0, 9.0]


@given(st.text(alphabet="abc %", max_size=80))
def test_lines_fit_their_width_unless_one_word_is_wider(text: str) -> None:
    lines = wrapped(text, 14.0, 1.5)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 14.0) <= 1.5 or " " not in line for line in lines)


def test_a_percent_sign_never_opens_a_line() -> None:
    assert not any(line.startswith("%") for line in wrapped("one two three 33 % " * 9, 14.0, 1.2))
