"""How sure a number made of luck is: the one place where 95 % intervals over worlds come from.

- A mean over worlds, and a difference taken world by world: Student's t (`interval`, `ends`). The share of a player in
  a mean outcome is such a mean, since shares are linear in the outcomes; so is how far a doctrine is from another.
- How many of some worlds see something: Wilson (`count_interval`), whose ends never leave 0 to 1.
- What is neither: the percentile bootstrap over worlds, `sim.basics.resampling`, from 20 worlds on.

One world tells nothing of luck. What rests on one world alone has ends that are NaN, never a width of nothing.

References
----------
Student (1908). The probable error of a mean. Biometrika 6.
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
"""Coverage of every interval."""
NOTHING = float("nan")


def interval(values: Any) -> tuple[float, float, float, float]:
    """Mean, lower and upper end of its interval, and its standard error; the last three NaN for a single value.

    >>> interval([1.0, 2.0, 3.0])
    (2.0, -0.48..., 4.48..., 0.57...)
    >>> interval([1.0])
    (1.0, nan, nan, nan)
    """
    values = np.asarray(values, dtype=float)
    mean, se = float(values.mean()), standard_error(values)
    half = half_width(se, values.size)
    return mean, mean - half, mean + half, se


def ends(values: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper end of the interval of the mean along the last axis, of each row; NaN for a single world.

    >>> low, high = ends([[1.0, 2.0, 3.0], [4.0, 4.0, 4.0]])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([-0.48, 4.0], [4.48, 4.0])
    """
    values = np.asarray(values, dtype=float)
    found = np.array([interval(row)[1:3] for row in values.reshape(-1, values.shape[-1])])
    low, high = found.T.reshape(2, *values.shape[:-1])
    return low, high


def half_width(se: float, count: float) -> float:
    """Half of the interval of a mean over `count` worlds with a standard error; NaN for one world."""
    from scipy.special import stdtrit

    return float(stdtrit(count - 1.0, (1.0 + LEVEL) / 2.0)) * se if count > 1.0 else NOTHING


def standard_error(values: Any) -> float:
    """Standard error of a mean, by the sample's own spread (`ddof` 1); NaN for a single value."""
    values = np.asarray(values, dtype=float)
    return float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else NOTHING


def count_interval(count: int, of: int) -> tuple[float, float]:
    """Ends of the interval of a frequency, as shares: Wilson's, in closed form.

    All of `scipy.stats`, which has it too, would take a report half a second to import.

    >>> count_interval(0, 100)
    (0.0, 0.0369...)
    """
    from scipy.special import ndtri

    share, z2 = count / of, float(ndtri((1.0 + LEVEL) / 2.0)) ** 2
    middle, weight = (share + z2 / (2.0 * of)), 1.0 + z2 / of
    half = np.sqrt(z2 * (share * (1.0 - share) + z2 / (4.0 * of)) / of)
    low = 0.0 if count == 0 else float((middle - half) / weight)
    high = 1.0 if count == of else float((middle + half) / weight)
    return low, high
