"""The numbers inside the page: arrays in base64, each with no more digits than are meant."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.atlas.design import DIALS, OWN, dials_of
from sim.atlas.digests import LINES, SHOWN, WINDOW
from sim.atlas.glossary import dial
from sim.questions.headline import CHANCE, OUTCOMES
from sim.questions.labels import doctrine_label, number
from sim.questions.say import HUNDRED, POINTS

if TYPE_CHECKING:
    from sim.atlas import Atlas

STEPS = 65_535
"""Steps of a month's number from the lowest to the highest of its series: 16 bits, far finer than a screen."""
GUESSED = ("settled", "in_force", "europe_cost", "land")
"""Outcomes that a reader predicts."""
UNITS = {CHANCE: "of 100 worlds", "percent": "%", "percent of Ukraine": "% of Ukraine"}
"""How the page writes a unit, where not like the unit itself."""


class Caption(NamedTuple):
    """What stands above a fan, and what turns its series into that unit."""

    label: str
    unit: str
    scale: float = 1.0


MONEY = f"EUR bn a month, mean of {WINDOW} months"
CAPTIONS = {
    "us_allocation": Caption("American allocations", MONEY),
    "europe_contribution": Caption("European contributions", MONEY),
    "russian_held_share": Caption("Land held by Russia", "% of Ukraine", HUNDRED),
    "settled": Caption("A settlement is in force", UNITS[CHANCE], HUNDRED),
}
"""The fans, in the order of `sim.atlas.digests.SERIES`."""


class Packed(NamedTuple):
    """Fans as whole numbers: value = low + step × number, series by series.

    Attributes
    ----------
    numbers : array of uint16, shape (nodes, series, lines, months)
    low, high, step : arrays, shape (series,)
    """

    numbers: NDArray[np.uint16]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    step: NDArray[np.float64]


def packed(fans: NDArray[np.float64]) -> Packed:
    """Fans in 16 bits each, off by at most half a step of the series' range.

    Parameters
    ----------
    fans : array, shape (nodes, series, lines, months)
    """
    low, high = fans.min(axis=(0, 2, 3)), fans.max(axis=(0, 2, 3))
    high = np.where(high > low, high, low + 1.0)
    step = (high - low) / STEPS
    column = (slice(None), np.newaxis, np.newaxis)
    numbers = np.rint((fans - low[column]) / step[column]).astype("<u2")
    return Packed(numbers, low, high, step)


def payload(atlas: Atlas) -> str:
    """The page's numbers as JSON that may stand inside a script element."""
    scale = np.array([caption.scale for caption in CAPTIONS.values()])
    fans = packed(atlas.nodes.fans * scale[:, np.newaxis, np.newaxis])
    data = {
        "worlds": number(atlas.plan.study.worlds, 0),
        "own": atlas.own_label,
        "months": list(atlas.plan.study.base.calendar),
        "dials": dials(atlas),
        "presets": presets(atlas),
        "start": presets(atlas)[1]["dials"],
        "outcomes": outcomes(atlas),
        "guesses": [SHOWN.index(name) for name in GUESSED],
        "series": [
            {"low": low, "high": high, "step": step, "lines": len(LINES)}
            for low, high, step in zip(*(map(float, values) for values in fans[1:]), strict=True)
        ],
        "mean": base64_of(atlas.nodes.mean.astype("<f4")),
        "half": base64_of(np.nan_to_num(atlas.nodes.half).astype("<f4")),
        "fans": base64_of(fans.numbers),
    }
    return inside_script(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def inside_script(text: str) -> str:
    """JSON that cannot end the script element around it, nor start a comment in it."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def base64_of(values: NDArray[Any]) -> str:
    """An array's bytes, little-endian, last axis fastest."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def dials(atlas: Atlas) -> list[dict[str, Any]]:
    """The dials: name, what the ends mean, nodes, the own doctrine's value."""
    return [
        {**dial(name)._asdict(), "levels": list(levels), "own": own}
        for name, levels, own in zip(DIALS, atlas.plan.levels, atlas.plan.own, strict=True)
    ]


def presets(atlas: Atlas) -> list[dict[str, Any]]:
    """Where each doctrine has the dials: the own one, the second whose values are nodes, then the others."""
    last = {name: scenario.us[-1] for name, scenario in atlas.whole.items()}
    order = sorted(last, key=lambda name: (name != OWN, name != atlas.plan.second))
    return [
        {"name": name, "label": label(atlas, name), "dials": dials_of(last[name].doctrine.model_dump(mode="json"))}
        for name in order
    ]


def label(atlas: Atlas, name: str) -> str:
    """What the page calls a doctrine."""
    return f"{atlas.own_label} (the scenario’s own)" if name == OWN else doctrine_label(name)


def outcomes(atlas: Atlas) -> list[dict[str, Any]]:
    """The outcomes: what they are called, the error that 95 % of held-out points stay under, usual digits."""
    usual = np.nan_to_num(np.median(atlas.nodes.half, axis=0))
    return [
        {
            "label": OUTCOMES[name].label,
            "unit": UNITS.get(OUTCOMES[name].unit, OUTCOMES[name].unit),
            "points": POINTS.get(OUTCOMES[name].unit, OUTCOMES[name].unit),
            "error": float(error),
            "usual": float(digits),
            "scale": HUNDRED if OUTCOMES[name].unit == CHANCE else 1.0,
        }
        for name, error, digits in zip(SHOWN, atlas.outcome_errors.nearly_all, usual, strict=True)
    ]
