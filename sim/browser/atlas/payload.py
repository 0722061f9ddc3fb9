"""The numbers and words inside the page: arrays in base64, each with no more digits than are meant; dials and terms."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.labels import HUNDRED, number
from sim.browser.atlas.grid import DIALS, dials_of
from sim.browser.atlas.shown import LINES, SHOWN, WINDOW
from sim.questions.compare.measures import CHANCE, OUTCOMES
from sim.questions.compare.paired_sentence import POINTS
from sim.scenario.doctrine import UnitedStatesDoctrine
from sim.scenario.spelling import OWN, doctrine_label

if TYPE_CHECKING:
    from sim.browser.atlas.simulation import Atlas

STEPS = 65_535
"""Steps of a month's number from the lowest to the highest of its series: 16 bits, far finer than a screen."""
GUESSED = ("settled", "in_force", "europe_cost", "land")
"""Outcomes that a reader predicts."""
IN_SIGHT = ("settled", "us_cost", "land")
"""Outcomes that stay in sight while a dial is turned."""
SECOND = 1
"""The button whose doctrine is set when the page opens: the first that is not the scenario's own."""
UNITS = {CHANCE: "of 100 worlds", "percent": "%", "percent of Ukraine": "% of Ukraine"}
"""How the page writes a unit, where not like the unit itself."""
ENDS = re.compile(r"([01]): ([^;.]+)")
TERMS = {
    "Doctrine": (
        "What an actor values, what it believes its moves do, and how it signals: here a handful of dials from 0 to 1."
    ),
    "World": (
        "One possible course of events: draws for the front, the floor of Congress, other crises. The same world under "
        "another doctrine has the same luck."
    ),
    "Paired difference": (
        "The outcome under one doctrine less that under another in the same world, averaged over worlds. What luck "
        "alone does cancels."
    ),
    "95 % interval": (
        "Where the mean difference would lie in 95 of 100 such sets of worlds. It says how sure the simulation is of "
        "its own mean, not how sure anyone can be of the war."
    ),
    "Node": "A setting of the dials that was simulated. At a node the page shows the model's own numbers.",
    "Interpolated": (
        "A setting between nodes, which was not simulated: an average of the nodes around it, with an error that was "
        "measured."
    ),
    "Band": "Where 90 of 100 worlds lie in a month (light), and the middle half of them (dark).",
    "In force": "A settlement was signed and has not broken.",
}


class FanCaption(NamedTuple):
    """What stands above a fan, and what turns its series into that unit."""

    label: str
    unit: str
    scale: float = 1.0


MONEY = f"EUR bn a month, mean of {WINDOW} months"
CAPTIONS = {
    "us_allocation": FanCaption("American allocations", MONEY),
    "europe_contribution": FanCaption("European contributions", MONEY),
    "russian_held_share": FanCaption("Land held by Russia", "% of Ukraine", HUNDRED),
    "settled": FanCaption("A settlement is in force", UNITS[CHANCE], HUNDRED),
}
"""The fans, in the order of `sim.browser.atlas.shown.SERIES`."""


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
    every = np.concatenate([atlas.nodes.fans, _in_order(atlas, atlas.presets.fans)])
    fans = packed(every * scale[:, np.newaxis, np.newaxis])
    nodes = len(atlas.nodes.fans)
    data = {
        "worlds": number(atlas.plan.study.ensemble.worlds, 0),
        "own": atlas.own_label,
        "seed": atlas.plan.study.ensemble.seed,
        "readout": [SHOWN.index(name) for name in IN_SIGHT],
        "months": list(atlas.plan.study.base.calendar),
        "dials": dials(atlas),
        "presets": presets(atlas),
        "start": SECOND,
        "outcomes": outcomes(atlas),
        "guesses": [SHOWN.index(name) for name in GUESSED],
        "series": [
            {"low": low, "high": high, "step": step, "lines": len(LINES), "scale": caption.scale}
            for low, high, step, caption in zip(
                *(map(float, values) for values in fans[1:]), CAPTIONS.values(), strict=True
            )
        ],
        "mean": base64_of(atlas.nodes.mean.astype("<f4")),
        "half": base64_of(np.nan_to_num(atlas.nodes.half).astype("<f4")),
        "fans": base64_of(fans.numbers[:nodes]),
        "whole": {
            "mean": base64_of(_in_order(atlas, atlas.presets.mean).astype("<f4")),
            "half": base64_of(np.nan_to_num(_in_order(atlas, atlas.presets.half)).astype("<f4")),
            "fans": base64_of(fans.numbers[nodes:]),
        },
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
        {"name": name, "label": label(atlas, name), "short": atlas.own_label if name == OWN else doctrine_label(name)}
        | {"dials": dials_of(last[name].doctrine.model_dump(mode="json"))}
        for name in order
    ]


def _in_order(atlas: Atlas, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """What was simulated under whole doctrines, in the order of their buttons."""
    names = list(atlas.whole)
    return values[[names.index(preset["name"]) for preset in presets(atlas)]]


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


class DialEnds(NamedTuple):
    """A dial and what its ends mean."""

    name: str
    low: str
    high: str


def dial(name: str) -> DialEnds:
    """A dial of Washington in words.

    >>> dial("order")
    DialEnds(name='order', low='aid is leverage', high='aid defends an order')
    """
    ends = dict(ENDS.findall(str(UnitedStatesDoctrine.model_fields[name].description)))
    return DialEnds(name, ends["0"], ends["1"])
