"""`doctrine game`: one small game from beginning to end, and what it refuses."""

import json

import pandas as pd
import pytest

from sim.ensemble import runner
from sim.questions.games import mixed

GAME = """\
[players]
us = ["architectural", "transactional"]
russia = ["wait_out", "pragmatist"]
congress = ["119th"]
"""
WORDS = ("game", "short.toml", "--file", "game.toml", "--worlds", 20)


@pytest.fixture
def folder(tmp_path, doctrine):
    (tmp_path / "game.toml").write_text(GAME)
    return tmp_path


@pytest.mark.parametrize("options", [(), pytest.param(("--mixed",), marks=pytest.mark.gambit)])
def test_a_game_from_beginning_to_end(doctrine, folder, options):
    answer = doctrine(*WORDS, *options, "--out", "played")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Half a year: a game of 3, 4 profiles in the same 20 worlds, seed 1"
    assert lines[2].split() == ["regret", "eq.", "%", "Washington", "Moscow", "Congress"]
    assert any(line.startswith(("  the baseline ", "  the equilibrium ")) for line in lines)
    assert max(map(len, lines[:8])) <= 80
    assert any("in pure strategies" in line for line in lines) or not options
    tables = {path.stem for path in (folder / "played").glob("*.csv")}
    assert tables >= {
        *("payoffs", "regrets", "deviations", "equilibria", "qre", "alpharank", "dominance", "welfare", "beliefs"),
    }
    assert len(pd.read_csv(folder / "played/regrets.csv")) == 4
    drawn = {path.stem for path in (folder / "played/figures").glob("*.png")}
    assert {"matrix-us-russia", "regrets", "replies"} <= drawn
    about = json.loads((folder / "played/answer.json").read_text())
    asked = " ".join(["doctrine game short.toml --file game.toml", *options, "--worlds 20 --seed 1"])
    assert about["command"] == asked


def test_the_same_game_again_has_the_same_bytes(doctrine, folder):
    for name in ("a", "b"):
        assert doctrine(*WORDS, "--out", name, "--quiet").out == ""
    for path in (folder / "a").glob("*.csv"):
        assert path.read_bytes() == (folder / "b" / path.name).read_bytes()
    refused = doctrine(*WORDS, "--out", "a")
    assert refused.code != 0
    assert "--force replaces it" in refused.err


CASES = {
    "few worlds": (("game", "short.toml", "--worlds", 5), "worlds: must be at least 20 for a game, got 5"),
    "a month outside": ((*WORDS, "--month", "2030-01"), "month: must be from 2026-01 to 2026-06"),
    "no file": (("game", "short.toml", "--file", "gmae.toml"), "gmae.toml"),
    "no scenario": (("game", "outlok"), "did you mean 'outlook'?"),
    "a bad file": (("game", "short.toml", "--file", "bad.toml"), "players.us[1]: unknown doctrine of us 'x'"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_it_refuses_before_anything_runs(case, doctrine, folder, monkeypatch):
    monkeypatch.setattr(runner, "run_block", lambda *_: pytest.fail("it ran"))
    (folder / "bad.toml").write_text('[players]\nus = ["x", "aligned"]\n')
    words, message = CASES[case]
    answer = doctrine(*words)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_without_pygambit_it_says_how_to_get_it(doctrine, folder, monkeypatch):
    monkeypatch.setattr(mixed, "find_spec", lambda _: None)
    answer = doctrine(*WORDS, "--mixed")
    assert answer.code == 2
    assert "pip install 'doctrine-sim[game]'" in answer.err
