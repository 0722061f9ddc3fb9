"""What an atlas found, in words and tables for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.atlas.digests import SHOWN
from sim.atlas.payload import outcomes
from sim.questions.labels import lower, number

if TYPE_CHECKING:
    from sim.atlas import Atlas

MEGABYTE = 1e6
TABLE_HEAD = ["error of interpolation", "half", "95 %", "largest", "noise"]
CAPTION = (
    "What half, 95 % and all of the settings off the grid stay under. Noise: half the 95 % interval of the mean "
    "difference, which more worlds make smaller."
)


def error_rows(atlas: Atlas) -> list[dict[str, Any]]:
    """The measured error of interpolation, a row an outcome, in the outcome's own unit."""
    sampling = np.median(atlas.held_out.half, axis=0)
    columns = ("half_under", "nearly_all_under", "largest", "sampling")
    return [
        {"outcome": name, **dict(zip(columns, map(float, values), strict=True))}
        for name, *values in zip(SHOWN, *atlas.outcome_errors, sampling, strict=True)
    ]


def screen_rows(atlas: Atlas) -> list[list[str]]:
    """The same for the screen."""
    return [
        [_name(about), *(number(about["scale"] * value, 2) for value in list(row.values())[1:])]
        for about, row in zip(outcomes(atlas), error_rows(atlas), strict=True)
    ]


def _name(about: dict[str, Any]) -> str:
    return f"{about['label']}, {about['unit'].removesuffix(' worlds')}"


def sentences(atlas: Atlas, size: int) -> list[str]:
    """What the page holds, and where interpolation is worse than the sampling error."""
    grid = " × ".join(str(len(levels)) for levels in atlas.plan.levels)
    about = outcomes(atlas)
    coarse = [
        lower(one["label"])
        for one, row in zip(about, error_rows(atlas), strict=True)
        if row["nearly_all_under"] > row["sampling"]
    ]
    worse = (
        f"Between nodes the error is larger than that of sampling for: {', '.join(coarse)}."
        if coarse
        else "Between nodes the error is smaller than that of sampling for every outcome."
    )
    held = (
        f"{number(len(atlas.plan.nodes), 0)} settings of the dials were simulated ({grid}), {len(atlas.whole)} whole "
        f"doctrines, and {len(atlas.plan.held_out)} settings off the grid to measure the error of interpolation."
    )
    return [
        held,
        worse,
        f"The page has {number(size / MEGABYTE, 1)} MB and needs neither a server nor the network.",
    ]
