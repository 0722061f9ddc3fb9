"""Write everything that a tree says into the folder this runs in: `python everything.py TREE`; see `same_as`.

Only what a tree of another age has, too, is used: the command line, `load` and `shipped`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from golden.commands import commands, write_files

PRINTED = {
    "list": "list",
    "schema": "schema",
    "lessons": "lessons 3",
    "theory": "theory",
    "explain": "explain scenarios/history --world 7 --month 2025-03",
    "replay": "replay scenarios/history --world 7",
    "worlds": "worlds scenarios/history --nearest-to-record --worlds 2",
}
"""Commands that print and write nothing."""
WORLDS = 30
"""Worlds of every scenario."""


def main(tree: Path) -> None:
    """Write scenarios, paths and tables of every one of them, and what every command prints, writes and draws."""
    import sim
    from sim.scenario import load, shipped

    if tree.resolve() not in Path(str(sim.__file__)).resolve().parents:
        raise SystemExit(f"{sim.__file__}: is not the program of {tree}")
    write_files(Path())
    with (
        patch.object(_home_of_drawing(), "draw_all", lambda *_: None),
        patch("sim.cli.options.cores", lambda: 1, create=True),  # earlier versions drew everything in one process
    ):
        for name in shipped():
            _write(Path("resolved", f"{name}.toml"), load(name).to_toml())
            _said(f"scenarios/{name}", f"run {name} --worlds {WORLDS} --out scenarios/{name}")
    for name, words in _asked():
        _said(f"commands/{name}", words)


def _home_of_drawing() -> Any:
    """The module that draws the figures of a run, which was the store in earlier versions."""
    for name in ("sim.answers.ensemble_answer", "sim.store"):
        with suppress(ModuleNotFoundError):
            return import_module(name)
    raise SystemExit("nothing in this tree draws the figures of a run")


def _asked() -> Iterator[tuple[str, str]]:
    """Every command by name, with where it writes if it does."""
    for name, words in commands().items():
        yield name, f"{words} --out commands/{name}"
    yield "atlas", "atlas short.toml --worlds 20 --out commands/atlas.html"
    yield from PRINTED.items()


def _said(name: str, words: str) -> None:
    """Run a command, and keep beside its folder what it printed."""
    from sim import cli

    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = cli.main(words.split())
    _write(Path(f"{name}.txt"), f"$ doctrine {words}\n{out.getvalue()}{err.getvalue()}exit code {code}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    main(Path(sys.argv[1]))
