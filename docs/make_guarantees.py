"""Compare guarantees and draw them: `python docs/make_guarantees.py`, for the page on the guarantee question."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))  # write into this checkout, not into a package installed elsewhere

from sim.ensemble import Ensemble
from sim.figures.guarantees import who_keeps_the_peace
from sim.figures.saving import png
from sim.questions.compare.guarantees import guarantees, signed

FOLDER = Path(__file__).parent
PICTURE, PAGE = FOLDER / "images" / "guarantees.png", FOLDER / "questions" / "guarantees.md"
WORLDS, DPI, PERCENT = 2000, 72, 100.0
MARKS = ("<!-- made by docs/make_guarantees.py -->", "<!-- /made -->")
HEADS = ("Washington", "guarantee", "broken in 3 years, of 100", "over the posterior")
SAID = {"european_aid": "Europe, for Kyiv", "european_force": "Europe, its force", "american_aid": "Washington"}


def rows(default: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """The table of the page: a row a guarantee and doctrine."""
    heads = [*HEADS, *SAID.values()]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for one, other in zip(default.to_dict("records"), drawn.to_dict("records"), strict=True):
        low, high = PERCENT * one["low"], PERCENT * one["high"]
        money = " | ".join(f"{one[name]:.1f}" for name in SAID)
        broken = f"{PERCENT * one['broken']:.0f} ({low:.0f} to {high:.0f}) | {PERCENT * other['broken']:.0f}"
        lines.append(f"| {one['washington']} | {one['guarantee']} | {broken} | {money} |")
    return "\n".join(lines)


def told(found: pd.DataFrame) -> str:
    """Which guarantees are signed in the outlook, in a sentence a doctrine."""
    said = []
    for doctrine, group in found.groupby("doctrine"):
        pairs = zip(group["guarantee_name"], group["share_of_worlds"], strict=True)
        levels = ", ".join(f"{name} {PERCENT * share:.0f}" for name, share in pairs)
        said.append(f"Signed in three years of the outlook, of 100 worlds, under {doctrine}: {levels}.")
    return "\n".join(said)


def main() -> None:
    """Simulate, draw, and write what was found into the page."""
    ensemble = Ensemble(WORLDS)
    default, drawn = guarantees(ensemble), guarantees(ensemble, "posterior")
    PICTURE.write_bytes(png(who_keeps_the_peace(default, f"{WORLDS:,} worlds of each, seed 1."), DPI))
    made = "\n\n".join([MARKS[0], rows(default, drawn), told(signed(ensemble)), MARKS[1]])
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(f"{MARKS[0]}.*{MARKS[1]}", lambda _: made, text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
