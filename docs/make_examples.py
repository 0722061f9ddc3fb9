"""Write into pages what their commands print: `python docs/make_examples.py`, or with the names of some pages.

A page says where: `<!-- prints: doctrine regret -->`, a block, `<!-- /prints -->`. The block becomes the command and
all that it prints, 100 columns wide. A block of TOML whose first line is `# NAME.toml` is there for commands to read.
`<!-- table: NAME -->` and `<!-- /table -->` hold one of `TABLES`, made of what the examples of the page wrote. Prose
that quotes an example stays as it is: read it again afterwards.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))  # what this checkout prints, not a package installed elsewhere

from make_results import table

from sim.cli import main

ROOT = Path(__file__).parents[1]
COLUMNS = "100"
NAMED = 3
"""Parameters in a table of convergence."""
EXAMPLE = re.compile(r"(?<=<!-- prints: )(.+?) -->\n.*?(?=<!-- /prints -->)", re.DOTALL)
TABLE = re.compile(r"(?<=<!-- table: )(\w+) -->\n.*?(?=<!-- /table -->)", re.DOTALL)
FILE = re.compile(r"^```toml\n(# (\S+\.toml)\n.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Pages with examples."""
    return [page for page in sorted((ROOT / "docs").rglob("*.md")) if EXAMPLE.search(page.read_text(encoding="utf-8"))]


def written(text: str) -> str:
    """A page with its examples as its commands print them now."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for content, name in FILE.findall(text):
            Path(name).write_text(content, encoding="utf-8")
        text = EXAMPLE.sub(lambda found: _example(found[1]), text)
        return TABLE.sub(lambda found: f"{found[1]} -->\n{TABLES[found[1]]()}\n", text)


def _example(command: str) -> str:
    print(command, file=sys.stderr)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        if main(shlex.split(command)[1:]):
            raise SystemExit(f"{command}: failed")
    lines = "\n".join(line.rstrip() for line in printed.getvalue().rstrip("\n").splitlines())
    return f"{command} -->\n```text\n$ {command}\n{lines}\n```\n"


def _variations() -> str:
    """What `doctrine infer` makes of the record in every variation; of what can be left out, what takes most away."""
    found = pd.read_csv("results/infer/robustness.csv")
    names = list(found.columns[4:])
    left_out, leader = found["group"] == "left out", found.iloc[0]["leader"]
    worst = found.loc[left_out, leader].idxmin()
    rows = [
        [row["variation"], *(_chance(row[name]) for name in names), f"{100 * row['typical']:.1f}"]
        for row in found[~left_out | (found.index == worst)].to_dict("records")
    ]
    return table(["variation", *names, "as odd, of 100"], rows)


def _methods() -> str:
    """How well both methods do in held-out worlds."""
    found = pd.read_csv("results/infer/scores.csv")
    own = [str(name).split()[2] for name in found.columns[6:]]
    head = ["method", "right, of 100", "log score, bits", "Brier", "off by", "perfect ones off by"]
    rows = []
    for name, right, log_score, brier, error, noise, *given in found.to_numpy().tolist():
        numbers = [f"{100 * right:.1f}", f"{log_score:.3f}", f"{brier:.3f}", f"{error:.4f}", f"{noise:.4f}"]
        rows.append([name, *numbers, ", ".join(f"{share:.2f}" for share in given)])
    return table([*head, f"own worlds: {', '.join(own)}"], rows)


def _convergence() -> str:
    """How the indices of the difference in land settle with more points, of what moves it most."""
    found = pd.read_csv("results/sensitivity/convergence.csv").query("outcome == 'land' and quantity == 'difference'")
    last = found[found["points"] == found["points"].max()].set_index("parameter")["total"]
    head, rows = ["parameter", "points", "first", "total"], []
    for name in last.nlargest(NAMED).index:
        of_it = found[found["parameter"] == name][head[1:]]
        rows += [[name, f"{points:.0f}", f"{first:.2f}", f"{total:.2f}"] for points, first, total in of_it.to_numpy()]
    return table(head, rows)


def _chance(p: float) -> str:
    if p < 0.001:
        return "< .001"
    return "> .999" if p > 0.999 else f"{p:.3f}".lstrip("0")


TABLES: dict[str, Callable[[], str]] = {"variations": _variations, "methods": _methods, "convergence": _convergence}


def run(chosen: list[str]) -> None:
    """Write all pages that have examples, or those whose names are given, such as `map`."""
    os.environ["COLUMNS"] = COLUMNS
    for page in pages():
        if not chosen or page.stem in chosen:
            text = page.read_text(encoding="utf-8")
            page.write_text(written(text), encoding="utf-8")


if __name__ == "__main__":
    run(sys.argv[1:])
