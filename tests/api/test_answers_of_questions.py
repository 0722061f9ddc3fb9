"""`sim.attribution`, `map`, `game`, `regret` and `textbook` answer what the commands do."""

import shlex
from pathlib import Path

import pytest

import sim
from sim import cli
from sim.basics.limits import InputError
from sim.scenario import ScenarioError

PLAYERS = {"us": ["architectural", "transactional"], "russia": ["wait_out", "pragmatist"]}
FEW = sim.Ensemble(worlds=4, seed=2)


@pytest.fixture(scope="module")
def short():
    return sim.load("outlook").with_horizon(4)


ASKED = {
    "attribution": (
        lambda s: sim.attribution(s, "architectural", "architectural:order=0.2", outcomes=["land"], ensemble=FEW),
        "doctrine attribution short.toml architectural architectural:order=0.2 --outcome land --worlds 4 --seed 2",
    ),
    "map": (
        lambda s: sim.map(s, "order", "clarity", grid=3, outcomes=["us_cost"], ensemble=FEW),
        "doctrine map short.toml order clarity --grid 3 --outcome us_cost --worlds 4 --seed 2",
    ),
    "regret": (
        lambda s: sim.regret(["aligned", "own"], scenarios=[s], outcomes=["land", "us_cost"], ensemble=FEW),
        "doctrine regret aligned own --scenario short.toml --outcome land --outcome us_cost --worlds 4 --seed 2",
    ),
    "game": (
        lambda s: sim.game(s, file="game.toml", month="2026-03", ensemble=sim.Ensemble(worlds=20)),
        "doctrine game short.toml --file game.toml --month 2026-03 --worlds 20 --seed 1",
    ),
    "textbook": (
        lambda _: sim.textbook("olson_zeckhauser", w=(9.5, 6, 4), a=".5"),
        "doctrine theory olson_zeckhauser --w 9.5,6,4 --a .5",
    ),
}


@pytest.fixture
def folder(short, tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("short.toml").write_text(short.to_toml())
    Path("game.toml").write_text(f"[players]\nus = {PLAYERS['us']}\nrussia = {PLAYERS['russia']}\n")
    return tmp_path


@pytest.mark.parametrize("question", ASKED)
def test_what_is_saved_is_what_the_command_writes(question, folder, monkeypatch):
    monkeypatch.setattr(sim.Answer, "figures", lambda _: {})
    ask, command = ASKED[question]
    answer = ask("short.toml")
    assert answer.command == command
    assert answer.sentences
    assert "<table>" in answer._repr_html_()
    saved, typed = answer.save(folder / "saved"), folder / "typed"
    assert cli.main([*shlex.split(answer.command)[1:], "--quiet", "--out", "typed"]) == 0
    assert {path.name for path in saved.iterdir()} == {*(f"{name}.csv" for name in answer.tables), "answer.json"}
    assert all(path.read_bytes() == (typed / path.name).read_bytes() for path in saved.iterdir())


@pytest.mark.parametrize("question", ["attribution", "map", "regret"])
def test_a_scenario_made_in_python_is_asked_of_and_has_no_command(question, short):
    answer = ASKED[question][0](short)
    assert answer.command == ""
    assert answer.title


def test_players_of_a_game_may_be_named_in_python(short):
    answer = sim.game(short, PLAYERS, ensemble=sim.Ensemble(worlds=20))
    assert answer.title.startswith(f"{short.title}: a game of 2, 4 profiles in the same 20 worlds")
    assert answer.command == ""
    assert {*answer.figures()} >= {"matrix-us-russia", "regrets", "replies"}


MISUSE = {
    "an unknown player": ({"players": {"uss": ["aligned"]}}, ScenarioError, "unknown player 'uss'"),
    "players twice": ({"players": PLAYERS, "file": "game.toml"}, InputError, "give the one or the other"),
}


@pytest.mark.parametrize("misuse", MISUSE)
def test_misuse_of_a_game_is_answered_in_words(misuse, short):
    options, error, words = MISUSE[misuse]
    with pytest.raises(error, match=words):
        sim.game(short, **options, ensemble=sim.Ensemble(worlds=20))


def test_numbers_of_a_textbook_game_keep_their_last_digit():
    assert sim.textbook("stag_hunt", stag=1 / 3, hare=0.1).command == (
        "doctrine theory stag_hunt --stag 0.3333333333333333 --hare 0.1"
    )
    with pytest.raises(InputError, match="hare must be below stag"):
        sim.textbook("stag_hunt", stag=1, hare=2)
