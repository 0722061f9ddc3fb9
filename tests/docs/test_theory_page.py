"""docs/theory.md is what the games say of themselves, and its commands work."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from sim.cli import main
from sim.theory import GAMES

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "theory.md").read_text(encoding="utf-8")


def _loaded():
    spec = importlib.util.spec_from_file_location("make_theory", DOCS / "make_theory.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_command_makes_now() -> None:
    assert _loaded().made(TEXT) == TEXT, "python docs/make_theory.py makes it anew"


def test_every_game_is_on_the_page() -> None:
    assert all(f"`doctrine theory {name}`" in TEXT for name in GAMES)


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"`(doctrine theory [^`]*)`", TEXT)) - {"doctrine theory NAME"})
)
def test_every_command_on_the_page_works(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)[1:]
    assert main([*words, "--no-draw"]) == 0
