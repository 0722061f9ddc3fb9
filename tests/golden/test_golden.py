"""The model says what it said when the golden numbers were made; and the comparison notices what it has to notice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from golden import REMEDY
from golden.cases import NUMBERS, cases, read
from golden.commands import COMMANDS
from golden.compared import difference, differences
from golden.verdict import verdict
from sim.basics import draws
from sim.basics.draws import Draws
from sim.basics.months import month_number
from sim.ensemble import opened
from sim.scenario import load
from sim.world import front

CASES = cases()
SMALL, LONG = "scenarios/classroom", "scenarios/history"
DRAWS = (
    *(
        "a package is tabled",
        "agenda gate",
        "american lump",
        "announcement",
        "consent to guarantee",
        "consent to relief",
    ),
    *("crisis domestic", "crisis hemisphere", "crisis indo_pacific", "defender's advantage", "direct meeting"),
    *("discharge petition", "european lump germany", "european lump others", "front", "hardship russia"),
    *("hardship ukraine", "house vote", "mood russia", "mood ukraine", "renewed war"),
    *("russian red line", "senate vote", "talks", "terms at a meeting", "Ukrainian public"),
    *("ukrainian audience", "unasked bill", "what the channel tells", "who is called first", "whose terms"),
)


@pytest.mark.parametrize("case", CASES)
def test_the_model_says_what_it_said(case: str) -> None:
    complaint = verdict(case, read(case), CASES[case])
    assert not complaint, f"\n{complaint}"


def test_every_case_has_its_numbers_and_no_numbers_are_left_over() -> None:
    kept = {f"{folder.parent.name}/{folder.name}" for folder in NUMBERS.glob("*/*")}
    assert kept == {*CASES, *(f"commands/{name}" for name in COMMANDS)}


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in NUMBERS.rglob("*.csv")) < 1_000_000


# ---- what must be noticed


@contextmanager
def other_key(changed: str | None = None) -> Iterator[None]:
    """The key of a stream, or of every stream, is another."""
    key = draws.stream_key
    with patch.object(draws, "stream_key", lambda name: key(name) ^ (changed in (None, name))):
        yield


@pytest.mark.parametrize("case", ["scenarios/classroom", "scenarios/history", "scenarios/strong_guarantee"])
def test_other_keys_of_all_draws_are_noticed(case: str) -> None:
    with other_key():
        complaint = verdict(case, read(case), CASES[case])
    assert complaint.startswith(f"{case}/")
    assert complaint.endswith(REMEDY)


def test_they_are_noticed_in_the_tables_of_a_command() -> None:
    with other_key():
        found = differences("commands/compare", read("commands/compare"), CASES["commands/compare"]())
    assert {one.table for one in found} == {"commands/compare/summary", "commands/compare/worlds"}


@pytest.mark.parametrize("stream", DRAWS)
def test_another_key_of_one_draw_is_noticed(stream: str) -> None:
    with other_key(stream):
        assert differences(LONG, read(LONG), CASES[LONG]()) != []


def test_a_mechanism_whose_equation_moves_is_noticed_and_placed() -> None:
    """The front takes a thousandth more than it did."""
    as_it_was = front.held
    with patch.object(front, "held", lambda line, moved: as_it_was(line, 1.001 * moved)):
        complaint = verdict(SMALL, read(SMALL), CASES[SMALL])
    first = complaint.splitlines()[0]
    assert first.startswith(f"{SMALL}/")
    assert re.search(r"seed [12], world \d+, month 20\d\d-\d\d: ", first)
    assert " was " in first
    assert REMEDY in complaint


# ---- what must not


@contextmanager
def drawn(stream: str, month: int, value: float) -> Iterator[None]:
    """World 3 of seed 1 draws this uniform."""
    uniform = Draws.uniform

    def replaced(luck: Draws, name: str, at: int) -> np.ndarray:
        found = uniform(luck, name, at)
        if (luck.seed, name, at) == (1, stream, month):
            found[3 - luck.start] = value
        return found

    with patch.object(Draws, "uniform", replaced):
        yield


def chance_of_talks(month: int) -> float:
    """In world 3 of seed 1."""
    model = opened(load("classroom"), seed=1, start=3, stop=4)
    while model.luck.month < month:
        model.step()
    return float(model.mediator.talks_chance[0])


@pytest.mark.parametrize(("apart", "passes"), [(1e-7, True), (1e-2, False)])
def test_a_decision_within_rounding_of_its_threshold_may_fall_the_other_way(apart: float, passes: bool) -> None:
    month = month_number(load("classroom").start) + 6
    chance = chance_of_talks(month)
    with drawn("talks", month, chance * (1.0 - apart)):
        golden = CASES[SMALL]()
    with drawn("talks", month, chance * (1.0 + apart)):
        assert differences(SMALL, golden, CASES[SMALL]())
        complaint = verdict(SMALL, golden, CASES[SMALL])
    assert (complaint == "") == passes


def test_two_such_worlds_are_too_many() -> None:
    golden = read(SMALL)
    golden["endings"].loc[[0, 1], "europe_total"] *= 1.01
    with patch("golden.verdict.disturbed", lambda _: pytest.fail("no disturbance is tried")):
        assert "world 0" in verdict(SMALL, golden, CASES[SMALL])


def test_rounding_passes_and_a_word_or_a_number_missing_does_not() -> None:
    was = pd.DataFrame({"how": ["settled", "broken"], "land": [20.0, 0.0], "month": ["2026-01", None]})
    assert difference("t", was, was.assign(land=[20.001, 0.0001])) is None
    assert str(difference("t", was, was.assign(land=[20.01, 0.0]))) == (
        "t, month 2026-01: land was 20.0, is 20.01 (+0.0005 of it)"
    )
    for column, other in (("how", ["settled", "holds"]), ("land", [20.0, np.nan]), ("month", ["2026-01", "2026-02"])):
        found = difference("t", was, was.assign(**{column: other}))
        assert found is not None
        assert found.column == column
    assert difference("t", was, was.drop(columns="how")).column == "its columns"
    assert difference("t", was, was[:1]).column == "its number of rows"


def test_the_first_difference_is_the_first_in_time() -> None:
    was = pd.DataFrame({"seed": 1, "world": [0, 0, 1, 1], "month": ["2026-01", "2026-02"] * 2, "land": 1.0})
    found = difference("paths", was, was.assign(land=[1.0, 2.0, 2.0, 1.0]))
    assert (found.row, found.cells, found.worlds) == ("seed 1, world 1, month 2026-01", 2, {(1, 0), (1, 1)})
