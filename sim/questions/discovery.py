"""In which regions of the parameter space doctrines fail, in tables and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.calibration.priors import PRIORS
from sim.draws import Draws
from sim.ensemble import Progress, survey
from sim.questions.failure import FAILS, Failure
from sim.questions.labels import doctrine_label, listed, number
from sim.questions.prim import Box, Fails, boxes
from sim.questions.spreads import Spread, by_world
from sim.scenario import Scenario

HUNDRED = 100.0
DIGITS = 3


def failures(
    scenarios: Mapping[str, Scenario],
    chosen: Spread,
    failure: Failure,
    worlds: int,
    seed: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, dict[str, Fails]]:
    """The parameters of every world, and by doctrine whether the world fails: the same worlds under each.

    Returns
    -------
    tuple of DataFrame and dict
        Parameters, a column each; arrays of shape (W,) by label.
    """
    draw = by_world(chosen)
    found = survey(
        scenarios, failure.read, failure.needs, worlds, seed, jobs, progress, sets=dict.fromkeys(scenarios, draw)
    )
    points = pd.DataFrame(draw(Draws(seed, 0, worlds)))
    return points, {label: found[FAILS].sel(doctrine=label).to_numpy() > 0.0 for label in scenarios}


def discovered(points: pd.DataFrame, fails: Mapping[str, Fails], most: int) -> dict[str, list[Box]]:
    """The boxes of every doctrine; see `sim.questions.prim.boxes`."""
    return {label: boxes(points, failing, most) for label, failing in fails.items()}


def box_table(found: Mapping[str, list[Box]]) -> pd.DataFrame:
    """One row a doctrine and box: how often worlds fail inside, measured on worlds held out."""
    keys = ("base", "density", "low", "high", "coverage", "mass", "density_choosing", "confirmed")
    rows = [
        {"doctrine": label, "box": nth, "restricted": len(box.limits)} | {key: getattr(box, key) for key in keys}
        for label, parts in found.items()
        for nth, box in enumerate(parts, start=1)
    ]
    return pd.DataFrame(rows, columns=["doctrine", "box", "restricted", *keys])


def limit_table(found: Mapping[str, list[Box]]) -> pd.DataFrame:
    """One row a doctrine, box and restricted parameter: its limits, and their quasi-p-values."""
    return _stacked(found, lambda box: box.limits)


def trajectory_table(found: Mapping[str, list[Box]]) -> pd.DataFrame:
    """One row a doctrine, box and step of peeling: coverage against density."""
    return _stacked(found, lambda box: box.trajectory)


def _stacked(found: Mapping[str, list[Box]], part: Any) -> pd.DataFrame:
    tables = [
        part(box).assign(doctrine=label, box=nth)
        for label, parts in found.items()
        for nth, box in enumerate(parts, start=1)
    ]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["doctrine", "box"])
    return whole[["doctrine", "box", *(name for name in whole if name not in ("doctrine", "box"))]]


def sentences(found: Mapping[str, list[Box]], fails: Mapping[str, Fails], words: str) -> list[str]:
    """How often each doctrine fails, and where most."""
    said = [f"A world fails if {words}."]
    for label, parts in found.items():
        often = number(HUNDRED * float(fails[label].mean()), 0)
        said.append(f"{_opened(label)} fails in {often} of 100 worlds. {_boxes_said(parts)}")
    return said


def _boxes_said(parts: list[Box]) -> str:
    sure = [box for box in parts if box.confirmed]
    if not parts:
        return "No region was found in which it fails more often."
    if not sure:
        return "A region was found in which it fails more often, but worlds held out do not confirm it."
    return " ".join(_box_said(box, nth) for nth, box in enumerate(sure))


def _box_said(box: Box, nth: int) -> str:
    inside, low, high = (number(HUNDRED * value, 0) for value in (box.density, box.low, box.high))
    opening = "Of the rest, where" if nth else "Where"
    return (
        f"{opening} {listed([limit_words(row) for row in box.limits.to_dict('records')])} it fails in {inside} "
        f"({low} to {high}), against {number(HUNDRED * box.base, 0)} of all {'the rest' if nth else 'worlds'}; that is "
        f"{number(HUNDRED * box.mass, 0)} % of the worlds and {number(HUNDRED * box.coverage, 0)} % of the failures."
    )


def limit_words(row: Mapping[Any, Any]) -> str:
    """A limit as a clause: "front.pull is above 0.0061"."""
    low, high = (f"{row[side]:.{DIGITS}g}" if np.isfinite(row[side]) else "" for side in ("low", "high"))
    if low and high:
        return f"{row['parameter']} is from {low} to {high}"
    return f"{row['parameter']} is above {low}" if low else f"{row['parameter']} is below {high}"


def places(limits: pd.DataFrame) -> pd.DataFrame:
    """The limits as places in the priors, 0 to 1; an open side reaches the end."""
    table = limits.copy()
    for side, end in (("low", 0.0), ("high", 1.0)):
        table[side] = [
            float(PRIORS[str(name)].quantile(np.asarray(value))) if np.isfinite(value) else end
            for name, value in zip(limits["parameter"], limits[side], strict=True)
        ]
    return table


def _opened(label: str) -> str:
    text = doctrine_label(label)
    return text[:1].upper() + text[1:]
