"""What the simulator comes to in a game's limit, read from the file that `python -m sim.theory.simulated` writes."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

PLACE = Path(__file__).parent / "simulated.csv"


class SimulatedPoint(NamedTuple):
    """A point beside a panel: the game, what runs across and up, and both values in the game's units."""

    game: str
    across: str
    up: str
    x: float
    y: float


@cache
def shipped() -> tuple[SimulatedPoint, ...]:
    """Every point of the file."""
    with PLACE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(SimulatedPoint(r["game"], r["across"], r["up"], float(r["x"]), float(r["y"])) for r in rows)


def beside(game: str, across: str, up: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    """The points of a panel, (x, y); none where the simulator does not contain the game."""
    return tuple(
        (point.x, point.y) for point in shipped() if (point.game, point.across) == (game, across) and point.up in up
    )
