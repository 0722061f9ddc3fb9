"""Write the tables and the worked example of docs/theory.md: `python docs/make_theory.py`. The prose stays as it is."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim.cli import main
from sim.theory import GAMES, TOPICS
from sim.theory.textbook import TextbookGame

PAGE = Path(__file__).parent / "theory.md"
EXAMPLE = ["theory", "fearon", "--p", ".5", "--ca", ".1", "--lo", "0", "--hi", ".4", "--no-draw"]


def games() -> str:
    """Every game: its command, where it comes from, and what it answers with the usual parameters."""
    parts = []
    for topic, modules in TOPICS.items():
        rows = [_row(module.GAME) for module in modules]
        head = "| command | game | from | with the usual parameters |\n| --- | --- | --- | --- |"
        parts.append(f"### {topic}\n\n{head}\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _row(game: TextbookGame) -> str:
    mark = " **[derived]**" if game.derived else ""
    finding = game.solve(**game.defaults).sentences[0]
    return f"| `doctrine theory {game.name}` | {game.title}{mark} | {game.reference} | {finding} |"


def limits() -> str:
    """The games that the simulator contains, and how far."""
    rows = [f"| `{game.name}` | {game.limit} |" for game in GAMES.values() if game.limit]
    return "| game | in the simulator |\n| --- | --- |\n" + "\n".join(rows)


def example() -> str:
    """What the command of the worked example prints, 80 columns wide."""
    columns, os.environ["COLUMNS"] = os.environ.get("COLUMNS"), "80"
    try:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            assert main(EXAMPLE) == 0
    finally:
        os.environ.pop("COLUMNS")
        if columns is not None:
            os.environ["COLUMNS"] = columns
    return f"```\n$ doctrine {' '.join(EXAMPLE)}\n{out.getvalue().rstrip()}\n```"


def made(text: str) -> str:
    """The page with its generated parts made anew."""
    for name, part in {"games": games(), "limits": limits(), "example": example()}.items():
        begin, end = f"<!-- {name}: docs/make_theory.py writes what follows -->", f"<!-- /{name} -->"
        text = re.sub(f"{begin}.*?{end}", lambda _, whole=f"{begin}\n\n{part}\n\n{end}": whole, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    PAGE.write_text(made(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
