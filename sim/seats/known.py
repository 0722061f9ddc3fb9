"""The two kinds of thing on a desk: facts, and beliefs with their doubt."""

from __future__ import annotations

from typing import NamedTuple

NINETY = 1.645
"""Standard deviations either side of the mean between which a normal belief puts 90 %."""


class Fact(NamedTuple):
    """Something that the seat knows.

    Attributes
    ----------
    label, value : str
        What it is, and how it stands, with its unit.
    help : str
        What it means.
    """

    label: str
    value: str
    help: str


class Belief(NamedTuple):
    """Something that the seat does not know, and what it believes.

    Attributes
    ----------
    label : str
        What it is about.
    mean, low, high : float
        The mean, and the ends of the middle 90 % of what it thinks possible.
    unit, help : str
        The unit of the three, and what it means.
    """

    label: str
    mean: float
    low: float
    high: float
    unit: str
    help: str


def normal(label: str, mean: float, sd: float, unit: str, text: str) -> Belief:
    """A belief that is a normal distribution."""
    return Belief(label, mean, mean - NINETY * sd, mean + NINETY * sd, unit, text)
