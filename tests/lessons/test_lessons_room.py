"""The room of the lessons: scores are proper, findings are guarded, cells are cut, notebooks come back unchanged."""

import jupytext
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.basics.limits import InputError
from sim.teaching import bare, check, happened, interval, say, score, solution, worlds_where
from sim.teaching.lessons.notebook import cells, lessons
from sim.teaching.lessons.scoring import Predictand, points
from sim.teaching.lessons.stage import FindingGoneError, recorded

ON_THE_SCALE = st.floats(-3.0, 3.0)


@given(prediction=ON_THE_SCALE, truth=ON_THE_SCALE, base=ON_THE_SCALE, about=st.floats(0.0, 2.0))
def test_points_lie_between_none_and_a_hundred(prediction: float, truth: float, base: float, about: float) -> None:
    assert 0.0 <= points(prediction, Predictand(truth, base, about, -3.0, 3.0)) <= 100.0


@given(nearer=st.floats(0.0, 1.0), farther=st.floats(0.0, 1.0), truth=st.floats(0.2, 3.0))
def test_of_two_predictions_on_one_side_the_nearer_never_scores_less(
    nearer: float, farther: float, truth: float
) -> None:
    nearer, farther = sorted((nearer, farther))
    asked = Predictand(truth, 0.0, 0.1, -3.0, 3.0, digits=1)
    for end in (-3.0, 3.0):
        assert points(truth + nearer * (end - truth), asked) >= points(truth + farther * (end - truth), asked)


def test_half_for_the_direction_and_half_for_beating_the_naive_guess() -> None:
    """Told 10, the truth is 20 on a scale to 50: "no difference" is 10 off, the middle 5, so 5 is to be beaten."""
    asked = Predictand(truth=20.0, base=10.0, about=2.0, high=50.0)
    assert [points(guess, asked) for guess in (20.0, 18.0, 25.0, 40.0, 10.0, 10.4, 5.0)] == [100, 80, 50, 50, 0, 0, 0]


def test_where_luck_could_have_made_it_no_clear_difference_is_the_direction() -> None:
    asked = Predictand(truth=1.0, base=0.0, about=2.0, low=-30.0, high=30.0)
    assert asked.direction == "no clear difference"
    assert [points(guess, asked) for guess in (1.0, 0.0, -1.0, 2.0, 10.0)] == [100, 50, 50, 50, 0]


@pytest.mark.parametrize(("truth", "told"), [(0.0, 0.0), (0.3, 0.0), (25.0, 25.0), (25.4, 25.0)])
def test_the_truth_earns_all_even_where_a_naive_guess_is_the_truth(truth: float, told: float) -> None:
    """It earned 50 where "no difference" or the middle of the scale is the truth, or is printed like it."""
    asked = Predictand(truth, 0.0, 1.0, -10.0, 60.0)
    assert points(told, asked) == 100.0
    assert points(told + 4.0, asked) <= 50.0


@pytest.mark.parametrize("prediction", [101, -1, "many", float("nan")])
def test_a_prediction_off_the_scale_is_answered_in_words(prediction: object) -> None:
    with pytest.raises(InputError, match="prediction: must be a number from 0 to 100"):
        score(prediction, Predictand(50.0, 20.0, 1.0), "worlds")  # type: ignore[arg-type]


def test_a_finding_that_is_gone_stops_the_lesson() -> None:
    with pytest.raises(FindingGoneError, match="does not hold any more: water is dry"):
        check(False, "water is dry")


def test_what_is_said_knows_its_line_and_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with recorded() as parts:
        say("first")
        solution(2, "Two.", "One and one.")
        check(True, "sums are sums")
    assert [part.kind for part in parts] == ["text", "answer", "text", "finding"]
    assert parts[1][:1] + parts[1][2:4] == ("answer", "Two.", "Exercise 2")
    assert parts[0].line < parts[1].line == parts[2].line < parts[3].line
    assert capsys.readouterr().out == ""
    say("aloud")
    assert capsys.readouterr().out == "aloud\n\n"


def test_cells_know_their_lines() -> None:
    found = cells("# %% [markdown]\n# # A\n#\n# b\n\n# %%\nx = 1\ny = 2\n")
    assert [(cell.markdown, cell.source) for cell in found] == [(True, "# A\n\nb"), (False, "x = 1\ny = 2")]
    assert (found[1].first, found[1].last) == (6, 8)


@pytest.mark.parametrize("number", [3, 6])
def test_a_lesson_becomes_a_notebook_and_comes_back(number: int) -> None:
    lesson = lessons()[number]
    notebook = jupytext.read(lesson.path, fmt="py:percent")
    written = jupytext.writes(notebook, fmt="ipynb")
    back = jupytext.writes(jupytext.reads(written, fmt="ipynb"), fmt="py:percent")
    assert [c[:2] for c in cells(back)] == [c[:2] for c in lesson.cells]
    assert sum(cell.cell_type == "markdown" for cell in notebook.cells) == sum(c.markdown for c in lesson.cells)


def test_an_event_that_is_not_in_the_record_is_answered_in_words() -> None:
    assert happened("arms-pause-2025-03").startswith("3 March 2025: ")
    with pytest.raises(InputError, match="no event 'second-coming'"):
        happened("second-coming")


def test_bare_switches_everything_off_but_what_is_named() -> None:
    mechanisms = bare(sim.load("outlook"), talks=True).mechanisms
    assert [name for name, on in mechanisms if on] == ["talks"]


def test_counts_of_worlds_and_their_difference() -> None:
    both = sim.compare("outlook", ["architectural", "transactional"], worlds=60).dataset
    signed = {name: worlds_where(both, "signed", name) for name in ("architectural", "transactional")}
    more, about = interval(both, "signed", "transactional", "architectural")
    assert more == pytest.approx(signed["transactional"] - signed["architectural"])
    assert about > 0.0
    assert worlds_where(both, "in_force", "transactional") <= signed["transactional"]
    with pytest.raises(InputError, match="what: must be 'signed'"):
        worlds_where(both, "sigend", "transactional")
