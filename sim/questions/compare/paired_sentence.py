"""A paired difference in plain English: a sentence, and its numbers with as many decimals as make them add up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sim.basics.labels import HUNDRED, counted, decimals, lower, number
from sim.questions.compare.measures import CHANCE, COUNT, INDEX, MONTHS, PERCENT, PERCENT_OF_UKRAINE, SUPPORT
from sim.scenario.spelling import doctrine_label

MOST = 2
"""Decimals up to which numbers are shown more exactly than they are known so that they add up."""
LEVELS = ("mean_baseline", "difference", "mean")
"""What adds up in a row of `sim.questions.compare.paired.paired`: the first two to the last."""
FARTHEST = {CHANCE: 1.0, PERCENT: HUNDRED, PERCENT_OF_UKRAINE: HUNDRED, INDEX: 1.0, SUPPORT: 1.0}
"""The largest difference that there can be between two means of a unit that has a least and a largest value."""
OPENING = "In the same worlds, "
POINTS = {CHANCE: "of 100 worlds", "percent": "points", "percent of Ukraine": "% of Ukraine"}
"""How a difference in a unit is called, where not like the unit itself."""
BARE = ("0 to 1", "share of full support", COUNT)
"""Units that a sentence leaves out: the number is an index, or the phrase names the unit."""
EDGE = "the edge of what is possible"
"""What is said of an interval that would go beyond it."""
DIRECTIONS = {MONTHS: ("longer", "shorter")}


def adding(start: float, steps: Sequence[float], end: float, digits: int, seen: Sequence[float] = ()) -> int:
    """Decimals, `digits` or up to two, at which the rounded start and steps make the rounded end.

    Parameters
    ----------
    start, steps, end
        Numbers of which the first and the steps sum to the last. Each is rounded by itself: where no two decimals
        make them add up, they are shown with two and do not.
    digits
        The fewest decimals.
    seen
        Numbers that must not read 0 unless they are 0: whether an interval has left zero hangs on them.

    Examples
    --------
    >>> adding(27.67, [-21.17], 6.50, digits=0)
    1
    >>> adding(4.0, [4.0], 8.0, digits=0, seen=[0.3, 7.7])
    1
    """
    for shown in range(digits, MOST + 1):
        parts = sum(round(part, shown) for part in (start, *steps))
        vanish = any(part != 0.0 and round(part, shown) == 0.0 for part in seen if math.isfinite(part))
        if not vanish and round(parts - round(end, shown), shown) == 0.0:
            return shown
    return max(digits, MOST)


def amount(row: Mapping[str, Any], value: float) -> str:
    """A value of a row's outcome, in worlds of 100 for a chance, with the decimals of the whole row.

    They are as many as the interval allows; more where the row would not add up, or an end of the interval that is not
    zero would read 0.
    """
    return number(scale(row) * value, _digits(row))


def scale(row: Mapping[str, Any]) -> float:
    """What a value is multiplied by to be shown."""
    return HUNDRED if row["unit"] == CHANCE else 1.0


def same(row: Mapping[str, Any]) -> bool:
    """Whether both doctrines have the same in every world."""
    return bool(row.get("larger") == row.get("smaller") == 0.0)


def ends(row: Mapping[str, Any]) -> tuple[float, float]:
    """The ends of the interval of a difference, as far as there can be such a difference."""
    most = FARTHEST.get(str(row["unit"]), math.inf)
    return max(float(row["low"]), -most), min(float(row["high"]), most)


def cut(row: Mapping[str, Any]) -> bool:
    """Whether the interval goes beyond what is possible: so few worlds say less than was known before."""
    return math.isfinite(row["low"]) and ends(row) != (row["low"], row["high"])


def _digits(row: Mapping[str, Any]) -> int:
    """Decimals of a row's numbers."""
    if same(row):
        return 0 if row["unit"] == CHANCE else 2 if row["unit"] in (INDEX, SUPPORT) else 1
    by, half = scale(row), (row["high"] - row["low"]) / 2.0
    digits = decimals(by * (float(half) if half > 0.0 else abs(row["difference"]) / HUNDRED))
    known = all(which in row for which in LEVELS)  # both numbers that the difference is between
    start, step, end = (by * row[which] for which in LEVELS) if known else (0.0, 0.0, 0.0)
    return adding(start, [step], end, digits, [by * row[which] for which in ("low", "high")])


def paired_sentence(row: Mapping[str, Any]) -> str:
    """What a row of `sim.questions.compare.paired.paired` says.

    Examples
    --------
    >>> row = {"doctrine": "transactional", "baseline": "architectural", "unit": "0 or 1", "phrase": "settles",
    ...        "label": "A settlement is signed", "mean": 0.52, "mean_baseline": 0.11, "difference": 0.41,
    ...        "low": 0.38, "high": 0.44, "se": 0.015, "larger": 0.45, "smaller": 0.04, "worlds": 1000}
    >>> paired_sentence(row)
    'In the same worlds, transactional settles in 41 more of 100 worlds than architectural
    (52 against 11; 95 % interval 38 to 44).'
    """
    worlds = int(row["worlds"])
    if worlds == 0:
        return f"{topic(row)} has no value in any world under both doctrines."
    if same(row):
        return _same(row, worlds)
    if not math.isfinite(row["low"]):
        return f"In the one world simulated, {_body(row)} ({_against(row)}); one world cannot tell doctrine from luck."
    if row["low"] <= 0.0 <= row["high"]:
        return _noise(row)
    if row["se"] == 0.0:
        return f"{OPENING}{_body(row)} ({_against(row)}; as much in every world)."
    return f"{OPENING}{_body(row)} ({_against(row)}; 95 % interval {_interval(row)}{_edge(row)}{_skewed(row)})."


def paired_clause(row: Mapping[str, Any]) -> str:
    """The clause without its numbers' uncertainty, for a headline."""
    if differs(row):
        return _body(row)
    return f"{_name(row, 'doctrine')} and {_name(row, 'baseline')} do not differ beyond noise in {topic(row)}"


def differs(row: Mapping[str, Any]) -> bool:
    """Whether a difference goes beyond noise: its interval leaves out zero."""
    return bool(row["low"] > 0.0 or row["high"] < 0.0)


def _same(row: Mapping[str, Any], worlds: int) -> str:
    if row["unit"] == CHANCE and row["mean"] == 0.0:
        if worlds == 1:
            return f"Neither {_name(row, 'doctrine')} nor {_name(row, 'baseline')} {row['phrase']} in the one world."
        return (
            f"{row['label']} in none of the {worlds:,} worlds, under {_name(row, 'doctrine')} as under "
            f"{_name(row, 'baseline')}."
        )
    every = "the one world" if worlds == 1 else f"every one of the {worlds:,} worlds"
    return f"In {every}, {topic(row)} is the same under {_name(row, 'doctrine')} and {_name(row, 'baseline')}."


def _noise(row: Mapping[str, Any]) -> str:
    low, high = (amount(row, end) for end in ends(row))
    difference = counted(amount(row, row["difference"]), unit_of(row))
    return (
        f"{OPENING}{_name(row, 'doctrine')} and {_name(row, 'baseline')} do not differ beyond noise in "
        f"{topic(row)} (difference {difference}; 95 % interval {low} to {high}{_edge(row)})."
    )


def _body(row: Mapping[str, Any]) -> str:
    """The clause that says which way and how far."""
    up, size = row["difference"] > 0.0, amount(row, abs(row["difference"]))
    doctrine, baseline = _name(row, "doctrine"), _name(row, "baseline")
    if row["unit"] == CHANCE:
        return f"{doctrine} {row['phrase']} in {size} {'more' if up else 'fewer'} of 100 worlds than {baseline}"
    higher, lower = DIRECTIONS.get(str(row["unit"]), ("higher", "lower"))
    far = counted(size, unit_of(row))
    return f"{row['phrase']} is {far} {higher if up else lower} under {doctrine} than under {baseline}"


def _interval(row: Mapping[str, Any]) -> str:
    """The ends of the interval, in the direction that the sentence names."""
    low, high = ends(row)
    return " to ".join(amount(row, end) for end in ((low, high) if row["difference"] > 0.0 else (-high, -low)))


def _edge(row: Mapping[str, Any]) -> str:
    """What is said of an interval that goes to the edge."""
    return f", {EDGE}" if cut(row) else ""


def _skewed(row: Mapping[str, Any]) -> str:
    """What most worlds do, where that is the opposite of what their mean does."""
    up = row["difference"] > 0.0
    most, rest = (row["smaller"], row["larger"]) if up else (row["larger"], row["smaller"])
    if most <= rest:
        return ""
    words = DIRECTIONS.get(str(row["unit"]), ("higher", "lower"))
    return f"; yet {words[int(up)]} in {number(HUNDRED * most, 0)} of 100 worlds"


def _against(row: Mapping[str, Any]) -> str:
    return f"{amount(row, row['mean'])} against {amount(row, row['mean_baseline'])}"


def topic(row: Mapping[str, Any]) -> str:
    """What a row is about, as part of a sentence."""
    if row["unit"] == CHANCE:
        return f"how often {lower(str(row['label']))}"
    return str(row["phrase"])


def unit_of(row: Mapping[str, Any]) -> str:
    """The unit of a difference, as `counted` takes it; empty where a sentence leaves it out."""
    unit = str(row["unit"])
    return "" if unit in BARE else POINTS.get(unit, unit)


def _name(row: Mapping[str, Any], role: str) -> str:
    return doctrine_label(str(row[role]))
