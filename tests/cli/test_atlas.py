"""`doctrine atlas` from end to end, and what it says of what it cannot do."""

import json

import pytest

from sim.browser.atlas import grid

WORDS = ("atlas", "short.toml", "--worlds", 3)


@pytest.fixture(autouse=True)
def _few_nodes(monkeypatch):
    """A smaller grid: the command is what is tested."""
    whole = grid.design
    monkeypatch.setattr(grid, "design", lambda *asked: small(whole(*asked)))


def small(plan):
    ends = tuple((levels[0], levels[-1]) for levels in plan.levels)
    return plan._replace(
        levels=ends, nodes=plan.nodes[(plan.nodes % 1.0 == 0.0).all(axis=1)], held_out=plan.held_out[:4]
    )


def test_it_writes_one_page_and_says_how_exact_it_is(doctrine, tmp_path):
    answer = doctrine(*WORDS)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Half a year: 27 scenarios in the same 3 worlds, seed 1"
    assert lines[-1] == "Open results/atlas/short.html"
    assert max(map(len, lines)) <= 80
    assert list((tmp_path / "results" / "atlas").iterdir()) == [tmp_path / "results" / "atlas" / "short.html"]


def test_the_same_command_gives_the_same_page(doctrine, tmp_path):
    pages = []
    for name in ("one.html", "two.html"):
        assert doctrine(*WORDS, "--out", name, "--quiet") == (0, "", "")
        pages.append((tmp_path / name).read_text())
    assert pages[0] == pages[1]
    assert "doctrine atlas short.toml --worlds 3 --seed 1" in pages[0]


def test_json_has_the_errors(doctrine):
    found = json.loads(doctrine(*WORDS, "--json").out)
    assert found["file"] == "results/atlas/short.html"
    assert {row["outcome"] for row in found["errors"]} >= {"settled", "land"}
    assert found["bytes"] > 10_000


def test_a_page_is_replaced_only_by_force(doctrine):
    assert doctrine(*WORDS, "--quiet").code == 0
    again = doctrine(*WORDS)
    assert again.code == 2
    assert "is there already; --force replaces it" in again.err
    assert doctrine(*WORDS, "--force").code == 0


def test_a_file_of_the_user_is_never_replaced(doctrine, tmp_path):
    (tmp_path / "thesis.html").write_text("mine")
    answer = doctrine(*WORDS, "--out", "thesis.html", "--force")
    assert answer.code == 2
    assert "is no page of this command" in answer.err
    assert (tmp_path / "thesis.html").read_text() == "mine"


MISTAKES = {
    "no page": ((*WORDS, "--out", "folder"), "folder: must be the name of a page, such as folder.html"),
    "no worlds": (("atlas", "--worlds", 0), "worlds: must be a whole number from 1"),
    "one world": (("atlas", "short.toml", "--worlds", 1), "worlds: must be at least 2 for an atlas"),
    "no scenario": (("atlas", "clasroom"), "did you mean 'classroom'?"),
    "a file in the way": ((*WORDS, "--out", "short.toml/page.html"), "cannot write there"),
}


@pytest.mark.parametrize(("words", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_bad_input(words, said, doctrine):
    answer = doctrine(*words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())
