"""What `sim.compare`, `sim.explain` and `sim.replay` answer is what the commands say, and how to ask again."""

import shlex
from pathlib import Path

import pytest

import sim
from sim import cli
from sim.actors.guest import Guest
from sim.answers import ensemble_answer
from sim.basics.limits import InputError

PAIR = ["architectural", "firm = own:commitment=1"]


class Bystander(Guest):
    """Somebody who does nothing."""


@pytest.fixture(scope="module")
def answer():
    return sim.compare("outlook", PAIR, worlds=6, seed=2)


@pytest.fixture(scope="module")
def saved(answer, tmp_path_factory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").touch())
        return answer.save(tmp_path_factory.mktemp("saved") / "both")


def test_what_is_saved_is_what_the_command_writes(answer, saved, tmp_path, monkeypatch):
    monkeypatch.setattr(ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").touch())
    assert cli.main([*shlex.split(answer.command)[1:], "--quiet", "--out", str(tmp_path / "typed")]) == 0
    files = {path.relative_to(saved): path.read_bytes() for path in saved.rglob("*") if path.is_file()}
    typed = tmp_path / "typed"
    assert files == {path.relative_to(typed): path.read_bytes() for path in typed.rglob("*") if path.is_file()}


def test_a_comparison_answers_in_sentences_tables_and_worlds(answer):
    assert answer.command == "doctrine compare outlook architectural 'firm = own:commitment=1' --worlds 6 --seed 2"
    assert answer.title.endswith("the same 6 worlds under 2 doctrines, 2026-01 to 2028-12, seed 2")
    assert {*answer.tables} == {"levels", "endings", "differences"}
    assert answer.tables["endings"].groupby("doctrine")["share"].sum().tolist() == pytest.approx([1.0, 1.0])
    assert answer.sentences
    assert answer.grids[0].head[1:] == ["architectural", "firm", "difference ± 95 %"]
    assert "<table>" in answer._repr_html_()


NAMELESS = {
    "a table": lambda: sim.compare("outlook", {"a": {"clarity": 0.5}, "aligned": "aligned"}, worlds=2),
    "one doctrine": lambda: sim.compare("outlook", ["aligned"], worlds=2),
    "a guest": lambda: sim.compare("outlook", PAIR, worlds=2, guests=[Bystander]),
    "a scenario made in Python": lambda: sim.compare(sim.load("outlook").with_horizon(3), PAIR, worlds=2),
}


@pytest.mark.parametrize("what", NAMELESS)
def test_there_is_no_command_for_what_cannot_be_typed(what):
    assert NAMELESS[what]().command == ""


def test_a_world_is_told_by_doctrine_and_month(saved):
    told = sim.replay(saved, 4)
    assert [story.label for story in told.stories] == ["architectural", "firm"]
    assert told.stories[0].heading == "Outlook, world 4, architectural"
    assert told.stories[0].parts[0][0] == "2026-01"
    assert told.command == f"doctrine replay {saved} --world 4"
    assert {*told.tables["sentences"]["doctrine"]} == {"architectural", "firm"}


def test_an_actor_says_why(saved):
    told = sim.explain(saved, 4, "2026-05", doctrine="firm", actor="us")
    assert [title for title, _ in told.stories[0].parts] == ["Washington"]
    assert told.sentences[0].startswith("Washington: It wanted to allocate")
    with pytest.raises(InputError, match="month: must be from 2026-01 to 2028-12"):
        sim.explain(saved, 4, "1999-01")
