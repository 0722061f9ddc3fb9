"""The estimated tables as the actors read them: plain numbers, without pandas, cheap to load."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.record.folder import FOLDER

Array = NDArray[np.float64]
TERMS = ("intercept", "size", "fatigue", "whip", "burden", "price", "fatigue_months")


class Member(NamedTuple):
    """A European donor."""

    name: str
    label: str
    budget: float
    """Most it could sustain, EUR bn a month."""
    weight: float
    """Threat it feels, in (0, 1]."""
    start: float
    """Mean allocation in 2022, EUR bn a month."""
    lumpiness: float
    """Coefficient of variation of its monthly allocations."""


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def european_members() -> tuple[Member, ...]:
    """Europe's members in the order of the table.

    Examples
    --------
    >>> european_members()[0].label
    'EU institutions'
    """
    return tuple(
        Member(
            row["member"],
            row["label"],
            *(float(row[key]) for key in ("budget", "weight", "start", "lumpiness")),
        )
        for row in _rows("europe_members")
    )


def faction_coefficients() -> dict[str, Array]:
    """Terms of the vote equation, each a column (factions, 1) in the order of `sim.doctrine.FACTIONS`.

    `fatigue` applies to `min(months since 2022-03, fatigue_months)`; `price` to votes held while a domestic price is
    open. Which of them the data identify stands in `congress_evidence.csv`.
    """
    rows = _rows("congress_coefficients")
    return {term: np.array([[float(row[term])] for row in rows]) for term in TERMS}


def faction_seats(congress: int, chamber: str) -> dict[str, int]:
    """Seats by faction of the 117th, 118th or 119th Congress; `chamber` is house or senate.

    Examples
    --------
    >>> sum(faction_seats(118, "house").values())
    435
    """
    rows = [r for r in _rows("congress_seats") if (r["congress"], r["chamber"]) == (str(congress), chamber)]
    if not rows:
        raise ValueError(f"no seats for {chamber!r} of congress {congress}; allowed: house, senate; 117 to 119")
    return {row["faction"]: int(row["seats"]) for row in rows}
