"""The same worlds under two doctrines: how far their outcomes are apart, and how surely.

World w has the same luck under every doctrine, so the difference is taken world by world first. Its mean has a far
smaller error than the difference of two means taken over separate worlds, because what luck alone does cancels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from sim.questions.headline import headline

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

LEVEL = 0.95
"""Coverage of every interval."""
COLUMNS = (
    "doctrine",
    "baseline",
    "outcome",
    "label",
    "unit",
    "phrase",
    "mean",
    "mean_baseline",
    "difference",
    "low",
    "high",
    "se",
    "se_unpaired",
    "variance_ratio",
    "standardised",
    "larger",
    "smaller",
    "worlds",
)


def paired(dataset: xr.Dataset, baseline: str | None = None, since: Any = None) -> pd.DataFrame:
    """Differences of every headline outcome between each other doctrine and a baseline, world by world.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble; or its outcomes, as `headline` gives them.
    baseline : str, optional
        The doctrine compared against; the first if None.
    since : str or datetime64, optional
        As in `headline`.

    Returns
    -------
    pandas.DataFrame
        One row a doctrine and outcome. `difference` is the mean over worlds of (doctrine - baseline), from `low`
        to `high` its 95 % interval by Student's t, `se` its standard error; `se_unpaired` is what the standard error
        would be with separate worlds, `variance_ratio` how many times more worlds that would take. `standardised`
        is the difference over the spread between worlds (root mean square of both sds), `larger` and `smaller` the
        shares of worlds in which the doctrine's outcome exceeds or falls short of the baseline's.

    Raises
    ------
    ValueError
        If the baseline is not in the Dataset.
    """
    outcomes = headline(dataset, since) if "month" in dataset.dims else dataset
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    baseline = labels[0] if baseline is None else baseline
    if baseline not in labels:
        raise ValueError(f"baseline must be one of {', '.join(labels)}; got {baseline!r}")
    rows = [
        _row(outcomes[name], label, baseline)
        for label in labels
        if label != baseline
        for name in map(str, outcomes.data_vars)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def interval(values: Any) -> tuple[float, float, float, float]:
    """Mean, lower and upper end of its 95 % interval, and its standard error; NaN where one value says nothing."""
    values = np.asarray(values, dtype=float)
    mean, se = float(values.mean()), _standard_error(values)
    half = float(stats.t.ppf((1.0 + LEVEL) / 2.0, max(values.size - 1, 1))) * se
    return mean, mean - half, mean + half, se


def _row(values: xr.DataArray, label: str, baseline: str) -> dict[str, Any]:
    ours, theirs = _together(values, label, baseline)
    attributes = values.attrs
    row = {
        "doctrine": label,
        "baseline": baseline,
        "outcome": str(values.name),
        "label": attributes.get("long_name", str(values.name)),
        "unit": attributes.get("units", ""),
        "phrase": attributes.get("phrase", attributes.get("long_name", str(values.name))),
        "worlds": ours.size,
    }
    return row | _statistics(ours, theirs) if ours.size else row


def _together(values: xr.DataArray, label: str, baseline: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """The outcome under both doctrines, in the worlds where both have one."""
    ours, theirs = (values.sel(doctrine=d).to_numpy().astype(float) for d in (label, baseline))
    both = ~(np.isnan(ours) | np.isnan(theirs))
    return ours[both], theirs[both]


def _statistics(ours: NDArray[Any], theirs: NDArray[Any]) -> dict[str, float]:
    difference, low, high, se = interval(ours - theirs)
    unpaired = float(np.hypot(_standard_error(ours), _standard_error(theirs)))
    spread = unpaired * np.sqrt(ours.size / 2.0)
    return {
        "mean": float(ours.mean()),
        "mean_baseline": float(theirs.mean()),
        "difference": difference,
        "low": low,
        "high": high,
        "se": se,
        "se_unpaired": unpaired,
        "variance_ratio": _ratio(unpaired, se) ** 2,
        "standardised": _ratio(difference, spread),
        "larger": float((ours > theirs).mean()),
        "smaller": float((ours < theirs).mean()),
    }


def _standard_error(values: NDArray[Any]) -> float:
    return float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else float("nan")


def _ratio(above: float, below: float) -> float:
    """A quotient; infinite over zero, and NaN for zero over zero."""
    if below == 0.0:
        return float(np.copysign(np.inf, above)) if above != 0.0 else float("nan")
    return above / below
