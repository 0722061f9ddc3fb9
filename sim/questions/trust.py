"""What the back-tests say of the bands of a forecast, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import record
from sim.questions.labels import listed

if TYPE_CHECKING:
    import xarray as xr

POSTERIOR = "posterior"
SERIES = {
    "us_allocation": "American allocations",
    "europe_contribution": "European contributions",
    "russian_held_share": "Russian gain of territory",
}
"""Variables whose forecasts were back-tested, and how the table of the back-test calls them."""


def coverage(dataset: xr.Dataset, variables: tuple[str, ...]) -> str:
    """Say how often the band of 90 of 100 held what came, in back-tests; nothing where parameters were not fitted."""
    if dataset.attrs.get("parameter_sets") != POSTERIOR:
        return ""
    scores = record.table("backtest").drop_duplicates(["test", "series"])
    told = []
    for variable in variables:
        if variable in SERIES:
            inside = scores.loc[scores["series"] == SERIES[variable], "months_inside_90"].mean()
            told.append(f"{100 * inside:.0f} of 100 months of {SERIES[variable]}")
    return f" In back-tests the light band held {listed(told)}." if told else ""
