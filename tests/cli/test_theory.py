"""`doctrine theory`: the games listed, one solved in words, and its folder."""

import csv
import json

import pytest

from sim.theory import GAMES


def test_the_list_has_a_line_for_every_game(doctrine):
    answer = doctrine("theory")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    for name, game in GAMES.items():
        (line,) = (line for line in lines if line.startswith(f"  {name} "))
        assert game.title in line
    assert answer.out.count("[derived]") == 1 + sum(game.derived for game in GAMES.values())
    assert max(map(len, lines)) <= 80


def test_a_game_is_solved_in_words_and_numbers_and_drawn(doctrine, tmp_path):
    answer = doctrine("theory", "fearon", "--p", ".5", "--ca", ".1", "--lo", 0, "--hi", ".4")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Bargaining and war: risk against return (Fearon 1995)"
    assert "  chance of war                          0.375" in lines
    assert "  A demands 65 % of what is at stake and risks war with a chance of 37.5 %." in lines
    assert lines[-1] == "In results/theory/fearon: figures/, numbers.csv, curves.csv"
    assert max(map(len, lines)) <= 80
    place = tmp_path / "results" / "theory" / "fearon"
    assert sorted(file.name for file in (place / "figures").iterdir()) == ["fearon.png", "fearon.svg"]
    with (place / "numbers.csv").open() as file:
        found = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}
    assert found["war"] == pytest.approx(0.375)


def test_the_same_question_may_be_asked_again_and_others_have_their_own_folder(doctrine, tmp_path):
    assert doctrine("theory", "doubt").code == 0
    before = (tmp_path / "results/theory/doubt/figures/doubt.svg").read_bytes()
    assert doctrine("theory", "doubt", "--qp", "0.9").code == 0
    assert (tmp_path / "results/theory/doubt/figures/doubt.svg").read_bytes() == before
    assert doctrine("theory", "doubt", "--qp", ".6", "--qc", ".4").code == 0
    assert sorted(path.name for path in (tmp_path / "results/theory").iterdir()) == ["doubt", "doubt-qp=0.6-qc=0.4"]


def test_a_folder_that_was_asked_for_is_replaced_only_by_force(doctrine, tmp_path):
    words = ("theory", "doubt", "--out", "mine")
    assert doctrine(*words).code == 0
    again = doctrine(*words)
    assert (again.code, again.out) == (2, "")
    assert "--force replaces it" in again.err
    assert doctrine(*words, "--force").code == 0


def test_without_drawing_nothing_is_written(doctrine, tmp_path):
    before = sorted(tmp_path.iterdir())
    answer = doctrine("theory", "volunteer", "--n", 10, "--no-draw")
    assert answer.code == 0
    assert "0.16725" in answer.out
    assert sorted(tmp_path.iterdir()) == before


def test_in_json(doctrine):
    drawn = json.loads(doctrine("theory", "putnam", "--r", ".85", "--json").out)
    assert drawn["command"] == "doctrine theory putnam --r .85"
    numbers = {row["name"]: row["value"] for row in drawn["tables"]["numbers"]}
    assert numbers["deal"] == 0.0
    assert numbers["share"] is None
    plain = json.loads(doctrine("theory", "putnam", "--r", ".85", "--json", "--no-draw").out)
    assert plain["numbers"] == numbers
    listed = json.loads(doctrine("theory", "--json").out)
    assert listed["ambiguity"]["derived"] is True
    assert listed["fearon"]["parameters"]["hi"]["default"] == 0.4


def test_several_numbers(doctrine):
    out = doctrine("theory", "olson_zeckhauser", "--w", "9.5,6.5,4", "--no-draw").out
    assert "5.33333" in out


CASES = {
    "a misspelt game": (("theory", "feeron"), "did you mean 'fearon'?"),
    "a misspelt parameter": (("theory", "fearon", "--hhi", "1"), "did you mean 'hi'?"),
    "a misspelt option": (("theory", "fearon", "--quit", "1"), "did you mean 'quiet'?"),
    "out of range": (("theory", "fearon", "--p", "2"), "p (chance that A wins a war): must be 0 to 1, got '2'"),
    "a parameter without a game": (("theory", "--p", "2"), "name the game that it belongs to"),
    "a parameter without a number": (("theory", "fearon", "--p"), "p"),
    "a rule between parameters": (("theory", "fearon", "--lo", "1"), "lo must be at most hi"),
}


@pytest.mark.parametrize("case", CASES)
def test_mistakes(case, doctrine, tmp_path):
    before = sorted(tmp_path.iterdir())
    words, message = CASES[case]
    answer = doctrine(*words)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert sorted(tmp_path.iterdir()) == before
