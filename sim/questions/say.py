"""A paired difference as a sentence in plain English."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.questions.headline import CHANCE, COUNT, MONTHS
from sim.questions.labels import decimals, doctrine_label, lower, number

OPENING = "In the same worlds, "
HUNDRED = 100.0
POINTS = {CHANCE: "of 100 worlds", "percent": "points", "percent of Ukraine": "% of Ukraine"}
"""How a difference in a unit is called, where not like the unit itself."""
BARE = ("0 to 1", "share of full support", COUNT)
"""Units that a sentence leaves out: the number is an index, or the phrase names the unit."""
DIRECTIONS = {MONTHS: ("longer", "shorter")}


def say(row: Mapping[str, Any]) -> str:
    """What a row of `sim.questions.compare.paired` says.

    Examples
    --------
    >>> row = {"doctrine": "transactional", "baseline": "architectural", "unit": "0 or 1", "phrase": "settles",
    ...        "label": "A settlement is signed", "mean": 0.52, "mean_baseline": 0.11, "difference": 0.41,
    ...        "low": 0.38, "high": 0.44, "se": 0.015, "larger": 0.45, "smaller": 0.04, "worlds": 1000}
    >>> say(row)
    'In the same worlds, transactional settles in 41 more of 100 worlds than architectural
    (52 against 11; 95 % interval 38 to 44).'
    """
    worlds = int(row["worlds"])
    if worlds == 0:
        return f"{topic(row)} has no value in any world under both doctrines."
    if row["larger"] == 0.0 and row["smaller"] == 0.0:
        return _same(row, worlds)
    if not math.isfinite(row["low"]):
        return f"In the one world simulated, {_body(row)} ({_against(row)}); one world cannot tell doctrine from luck."
    if row["low"] <= 0.0 <= row["high"]:
        return _noise(row)
    if row["se"] == 0.0:
        return f"{OPENING}{_body(row)} ({_against(row)}; as much in every world)."
    return f"{OPENING}{_body(row)} ({_against(row)}; 95 % interval {_interval(row)}{_skewed(row)})."


def short(row: Mapping[str, Any]) -> str:
    """The clause without its numbers' uncertainty, for a headline."""
    if differs(row):
        return _body(row)
    return f"{_name(row, 'doctrine')} and {_name(row, 'baseline')} do not differ beyond noise in {topic(row)}"


def differs(row: Mapping[str, Any]) -> bool:
    """Whether a difference goes beyond noise: its interval leaves out zero."""
    return bool(row["low"] > 0.0 or row["high"] < 0.0)


def amount(row: Mapping[str, Any], value: float) -> str:
    """A value of the row's outcome, in worlds of 100 for a chance, with as many decimals as the interval allows."""
    scale = _scale(row)
    return number(scale * value, decimals(scale * _width(row)))


def _same(row: Mapping[str, Any], worlds: int) -> str:
    every = "the one world" if worlds == 1 else f"every one of the {worlds:,} worlds"
    return f"In {every}, {topic(row)} is the same under {_name(row, 'doctrine')} and {_name(row, 'baseline')}."


def _noise(row: Mapping[str, Any]) -> str:
    low, high = amount(row, row["low"]), amount(row, row["high"])
    return (
        f"{OPENING}{_name(row, 'doctrine')} and {_name(row, 'baseline')} do not differ beyond noise in "
        f"{topic(row)} (difference {amount(row, row['difference'])}{unit_of(row)}; 95 % interval {low} to {high})."
    )


def _body(row: Mapping[str, Any]) -> str:
    """The clause that says which way and how far."""
    up, size = row["difference"] > 0.0, amount(row, abs(row["difference"]))
    doctrine, baseline = _name(row, "doctrine"), _name(row, "baseline")
    if row["unit"] == CHANCE:
        return f"{doctrine} {row['phrase']} in {size} {'more' if up else 'fewer'} of 100 worlds than {baseline}"
    higher, lower = DIRECTIONS.get(str(row["unit"]), ("higher", "lower"))
    return f"{row['phrase']} is {size}{unit_of(row)} {higher if up else lower} under {doctrine} than under {baseline}"


def _interval(row: Mapping[str, Any]) -> str:
    """The ends of the interval, in the direction that the sentence names."""
    ends = (row["low"], row["high"]) if row["difference"] > 0.0 else (-row["high"], -row["low"])
    return " to ".join(amount(row, end) for end in ends)


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
    """The unit of a difference as the end of an amount; empty where a sentence leaves it out."""
    unit = str(row["unit"])
    return "" if unit in BARE or not unit else f" {POINTS.get(unit, unit)}"


def _name(row: Mapping[str, Any], role: str) -> str:
    return doctrine_label(str(row[role]))


def _scale(row: Mapping[str, Any]) -> float:
    return HUNDRED if row["unit"] == CHANCE else 1.0


def _width(row: Mapping[str, Any]) -> float:
    """Half the interval; without one, a hundredth of the difference."""
    half = (row["high"] - row["low"]) / 2.0
    return float(half) if half > 0.0 else abs(row["difference"]) / HUNDRED
