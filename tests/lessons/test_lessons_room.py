"""The room of the lessons: scores are proper, findings are guarded, cells are cut, notebooks come back unchanged."""

import jupytext
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.lessons import bare, check, happened, interval, say, score, solution, worlds_where
from sim.lessons.percent import cells, lessons
from sim.lessons.scoring import brier, points
from sim.lessons.stage import FindingGoneError, recorded
from sim.limits import InputError

CHANCE = st.floats(0.0, 1.0)


@given(belief=st.lists(st.floats(0.0, 100.0), min_size=1, max_size=20), guess=st.floats(0.0, 100.0))
def test_nothing_pays_better_than_the_mean_of_what_one_believes(belief: list[float], guess: float) -> None:
    def expected(prediction: float) -> float:
        return float(np.mean([points(prediction, truth, 0.0, 100.0) for truth in belief]))

    assert expected(float(np.clip(np.mean(belief), 0.0, 100.0))) >= expected(guess) - 1e-9


@given(honest=CHANCE, said=CHANCE)
def test_nothing_pays_better_than_honest_chances(honest: float, said: float) -> None:
    def expected(chance: float) -> float:
        told = {"yes": chance, "no": 1.0 - chance}
        return honest * brier(told, "yes") + (1.0 - honest) * brier(told, "no")

    assert expected(honest) >= expected(said) - 1e-9


@given(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_points_lie_between_none_and_a_hundred(prediction: float, truth: float) -> None:
    assert -1e-9 <= points(prediction, truth, -3.0, 3.0) <= 100.0


@pytest.mark.parametrize("prediction", [101, -1, "many", float("nan")])
def test_a_prediction_off_the_scale_is_answered_in_words(prediction: object) -> None:
    with pytest.raises(InputError, match="prediction: must be a number from 0 to 100"):
        score(prediction, 50.0, "worlds")  # type: ignore[arg-type]


@pytest.mark.parametrize("chances", [{"yes": 0.5, "no": 0.6}, {"yes": 1.5, "no": -0.5}, {"maybe": 1.0}])
def test_chances_that_are_none_are_answered_in_words(chances: dict[str, float]) -> None:
    with pytest.raises(InputError, match="prediction: "):
        brier(chances, "yes")


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


def test_a_day_without_an_event_is_answered_in_words() -> None:
    assert happened("2025-03-03").startswith("3 March 2025: ")
    with pytest.raises(InputError, match="no event on '1999-01-01'"):
        happened("1999-01-01")


def test_bare_switches_everything_off_but_what_is_named() -> None:
    mechanisms = bare(sim.load("outlook"), talks=True).mechanisms
    assert [name for name, on in mechanisms if on] == ["talks"]


def test_counts_of_worlds_and_their_difference() -> None:
    both = sim.compare("outlook", ["architectural", "transactional"], worlds=60)
    signed = {name: worlds_where(both, "signed", name) for name in ("architectural", "transactional")}
    more, about = interval(both, "signed", "transactional", "architectural")
    assert more == pytest.approx(signed["transactional"] - signed["architectural"])
    assert about > 0.0
    assert worlds_where(both, "in_force", "transactional") <= signed["transactional"]
    with pytest.raises(InputError, match="what: must be 'signed'"):
        worlds_where(both, "sigend", "transactional")
