"""The same worlds under two doctrines: how far their outcomes are apart, and how surely.

World w has the same luck under every doctrine, so the difference is taken world by world first. Its mean has a far
smaller error than the difference of two means taken over separate worlds, because what luck alone does cancels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.basics.intervals import NOTHING, half_width
from sim.questions.compare.doctrines import of_doctrines
from sim.questions.compare.outcomes import headline
from sim.questions.compare.statistics import COUNT, MEAN, PARTS, SQUARES, digest

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

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


@of_doctrines
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
    return differences(labels, baseline, described(outcomes), contrasts(outcomes, baseline))


def described(outcomes: xr.Dataset) -> list[dict[str, str]]:
    """What each outcome is: name, label, unit and phrase."""
    return [
        {
            "outcome": str(name),
            "label": values.attrs.get("long_name", str(name)),
            "unit": values.attrs.get("units", ""),
            "phrase": values.attrs.get("phrase", values.attrs.get("long_name", str(name))),
        }
        for name, values in outcomes.data_vars.items()
    ]


def contrasts(outcomes: xr.Dataset, baseline: str) -> NDArray[np.float64]:
    """Digests of what each other doctrine has, the baseline has, and of how they differ world by world.

    Returns
    -------
    array (doctrines - 1, outcomes, 5, PARTS)
        Digests (`digest`) of ours, theirs, ours - theirs, ours > theirs and ours < theirs, over the
        worlds that have both.
    """
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    values = np.stack([outcomes[name].transpose("doctrine", "world").to_numpy() for name in outcomes.data_vars])
    values = values.astype(float)
    theirs = values[:, labels.index(baseline)]
    found = [_contrast(values[:, place], theirs) for place, label in enumerate(labels) if label != baseline]
    return np.array(found).reshape(-1, len(values), 5, PARTS)


def _contrast(ours: NDArray[Any], theirs: NDArray[Any]) -> NDArray[np.float64]:
    """Digests of two doctrines' outcomes and their differences, (outcomes, W) each."""
    alone = np.isnan(ours) | np.isnan(theirs)
    ours, theirs = np.where(alone, np.nan, ours), np.where(alone, np.nan, theirs)
    larger, smaller = (np.where(alone, np.nan, sign) for sign in (ours > theirs, ours < theirs))
    return digest(np.stack([ours, theirs, ours - theirs, larger, smaller], axis=1))


def differences(
    labels: list[str], baseline: str, outcomes: list[dict[str, str]], found: NDArray[np.float64]
) -> pd.DataFrame:
    """The table of `paired`, from the digests of `contrasts`."""
    others = [label for label in labels if label != baseline]
    rows = [
        {"doctrine": label, "baseline": baseline, **outcome, "worlds": int(digests[0, COUNT])}
        | (_statistics(*digests) if digests[0, COUNT] else {})
        for label, of_label in zip(others, found, strict=True)
        for outcome, digests in zip(outcomes, of_label, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _statistics(ours: Any, theirs: Any, difference: Any, larger: Any, smaller: Any) -> dict[str, float]:
    """A row's numbers, from five digests."""
    count = float(difference[COUNT])
    mean, se = float(difference[MEAN]), _error(difference)
    half = half_width(se, count)
    unpaired = float(np.hypot(_error(ours), _error(theirs)))
    return {
        "mean": float(ours[MEAN]),
        "mean_baseline": float(theirs[MEAN]),
        "difference": mean,
        "low": mean - half,
        "high": mean + half,
        "se": se,
        "se_unpaired": unpaired,
        "variance_ratio": _ratio(unpaired, se) ** 2,
        "standardised": _ratio(mean, unpaired * np.sqrt(count / 2.0)),
        "larger": float(larger[MEAN]),
        "smaller": float(smaller[MEAN]),
    }


def _error(digest: Any) -> float:
    """Standard error of a mean; NaN where one value says nothing."""
    count = digest[COUNT]
    return float(np.sqrt(digest[SQUARES] / (count - 1.0) / count)) if count > 1.0 else NOTHING


def _ratio(above: float, below: float) -> float:
    """A quotient; infinite over zero, and NaN for zero over zero."""
    if below == 0.0:
        return float(np.copysign(np.inf, above)) if above != 0.0 else float("nan")
    return above / below
