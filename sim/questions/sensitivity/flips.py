"""For which parameter values a difference changes its sign.

The difference at a point is its mean over luck, m(x). It is seen with noise, and noise alone makes signs flip; so the
points are first drawn towards the overall mean until they vary as much as m does and no more (Louis 1984): with tau^2
the variance of m and s^2 that of the noise, m* = mean + sqrt(tau^2 / (tau^2 + s^2)) (seen - mean). For a difference
that is normal over points the share of m* beyond zero is that of m; for others it is nearly.

References
----------
Louis, T. A. (1984). Estimating a population of parameter values using Bayes and empirical Bayes methods. Journal of
the American Statistical Association 79(386), 393-398.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.basics.arrays import Array
from sim.basics.intervals import interval
from sim.basics.resampling import of_statistic
from sim.ensemble import USUAL, Ensemble
from sim.estimation.priors import PRIORS
from sim.questions.compare.measures import OUTCOMES
from sim.questions.sensitivity.design import Evaluated, FreeParameters, Size, simulated
from sim.questions.sensitivity.sobol import BATCH, halves
from sim.scenario import Scenario

THIRDS = ("low", "middle", "high")
FEWEST = 5
"""Points that flip, and points of a region, under which nothing is said of where."""


class Flips(NamedTuple):
    """How often, and how surely, a difference has the opposite sign of its mean.

    Attributes
    ----------
    mean, low, high : float
        Mean difference over points, and its 95 % interval.
    raw : float
        Share of points whose mean over their lucks has the opposite sign: too high, noise flips signs too.
    share, share_low, share_high : float
        The same free of noise, and its 95 % interval.
    held_out, held_out_low, held_out_high : float
        Mean difference, in the other half of the lucks, of the points that flip in one half, with its 95 % interval.
        If it has the opposite sign of `mean`, there are flips that are not noise.
    """

    mean: float
    low: float
    high: float
    raw: float
    share: float
    share_low: float
    share_high: float
    held_out: float
    held_out_low: float
    held_out_high: float


def flips(differences: Array, seed: int = 1) -> Flips:
    """How often a difference flips over points.

    Parameters
    ----------
    differences : Array
        Shape (points, lucks), lucks an even number.
    seed : int
        Seed of the bootstrap, which resamples points.
    """
    mean, low, high, _ = interval(differences.mean(axis=1))
    raw = float(np.mean(_opposite(differences.mean(axis=1), mean)))
    ends = _ends(differences, seed)
    first, second = halves(differences)
    chosen = np.concatenate([second[_opposite(first, mean)], first[_opposite(second, mean)]])
    held = interval(chosen)[:3] if chosen.size > 1 else (float("nan"),) * 3
    return Flips(mean, low, high, raw, float(share(differences)), *ends, *held)


def drawn_in(differences: Array) -> Array:
    """Mean differences of points, shape (points,), without the spread that noise gives them."""
    seen = differences.mean(axis=1)
    (kept,) = _kept(seen[None], _noise(differences)[None])
    return np.asarray(seen.mean() + kept * (seen - seen.mean()))


def share(differences: Array) -> float:
    """Share of points whose difference has the opposite sign of the mean, free of noise."""
    points = drawn_in(differences)
    return float(np.mean(_opposite(points, points.mean())))


def flipped(differences: Array) -> NDArray[np.bool_]:
    """Which points flip, after noise is drawn in."""
    return _opposite(drawn_in(differences), float(differences.mean()))


def where(names: Sequence[str], points: Array, differences: Array) -> pd.DataFrame:
    """Share of flips in every third of every parameter, chosen on half of the points and measured on the other.

    Parameters
    ----------
    names : sequence of str
        The parameters.
    points : Array
        Their values, shape (points, parameters); the first half of the rows and the second are alike.
    differences : Array
        Shape (points, lucks).

    Returns
    -------
    pandas.DataFrame
        One row a parameter and third, from `low` to `high`: `share_choosing`, share of flips among the points of the
        first half of the rows that lie there, `share`, the same in the second half, `points` there, and `covers`,
        the part of all flips of the second half that lies there. Sorted by `share_choosing`.
    """
    flips_there = flipped(differences)
    choosing = np.arange(len(points)) < len(points) // 2
    rows = []
    for place, name in enumerate(names):
        for third, inside, low, high in _thirds(points[:, place]):
            rows.append(
                {"parameter": name, "third": third, "low": low, "high": high}
                | {"share_choosing": _rate(flips_there, inside & choosing)}
                | _measured(flips_there, inside, ~choosing)
            )
    return pd.DataFrame(rows).sort_values("share_choosing", ascending=False, ignore_index=True, kind="stable")


def deepest(names: Sequence[str], points: Array, differences: Array) -> dict[str, Any]:
    """The third of a parameter, and inside it the third of another, in which flips are most frequent.

    Both are chosen on half of the points; `share`, `covers` and `points` are of the other half. Where hardly a point
    flips the `region` is empty, and they are of all points.
    """
    flips_there = flipped(differences)
    choosing = np.arange(len(points)) < len(points) // 2
    inside, chosen = np.ones(len(points), dtype=bool), list[tuple[str, str]]()
    if (flips_there & choosing).sum() < FEWEST:
        return {"region": ""} | _measured(flips_there, inside, ~choosing)
    for _ in range(2):
        options = [
            (_rate(flips_there, inside & third & choosing), name, which, inside & third)
            for place, name in enumerate(names)
            if name not in [taken for taken, _ in chosen]
            for which, third, _, _ in _thirds(points[:, place])
            if (inside & third & choosing).sum() >= FEWEST
        ]
        if not options:  # so few points that no third of a third has enough
            break
        best = max(options, key=lambda option: option[0])
        chosen.append((best[1], best[2]))
        inside = best[3]
    return {"region": " and ".join(f"{name} {third}" for name, third in chosen)} | _measured(
        flips_there, inside, ~choosing
    )


def _thirds(values: Array) -> list[tuple[str, NDArray[np.bool_], float, float]]:
    """Low, middle and high third of a parameter: name, where, and its ends."""
    ends = np.quantile(values, (0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0))
    place = np.clip(np.searchsorted(ends[1:-1], values, side="right"), 0, 2)
    return [(name, place == nth, float(ends[nth]), float(ends[nth + 1])) for nth, name in enumerate(THIRDS)]


def _measured(flips_there: NDArray[np.bool_], inside: NDArray[np.bool_], held: NDArray[np.bool_]) -> dict[str, Any]:
    """Share of flips in a region among points held back, how many points that are, and the part of flips it covers."""
    every = int((flips_there & held).sum())
    covers = float((flips_there & held & inside).sum() / every) if every else float("nan")
    return {"share": _rate(flips_there, inside & held), "covers": covers, "points": int((inside & held).sum())}


def _rate(flips_there: NDArray[np.bool_], where: NDArray[np.bool_]) -> float:
    return float(flips_there[where].mean()) if where.any() else float("nan")


def _opposite(points: Any, mean: Any) -> NDArray[np.bool_]:
    return np.asarray(points * np.sign(mean) < 0.0)


def _noise(differences: Array) -> Array:
    """Variance of the noise in the mean over luck of each point, shape (points,)."""
    return np.asarray(differences.var(axis=1, ddof=1) / differences.shape[1])


def _kept(seen: Array, noise: Array) -> Array:
    """Part of the points' deviations that is not noise, as a factor of their length; one a row."""
    spread = seen.var(axis=-1, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.clip(1.0 - noise.mean(axis=-1) / spread, 0.0, 1.0)
    return np.asarray(np.sqrt(np.nan_to_num(part)))


def _ends(differences: Array, seed: int) -> tuple[float, float]:
    """Percentile interval of the share, over resamples of the points."""
    means, noises = differences.mean(axis=1), _noise(differences)

    def statistic(places: NDArray[np.intp], axis: int = -1) -> Array:
        seen = means[places]
        middle = seen.mean(axis=-1, keepdims=True)
        points = middle + _kept(seen, noises[places])[..., None] * (seen - middle)
        return np.asarray(_opposite(points, middle).mean(axis=axis))

    ends, _ = of_statistic(statistic, len(means), seed, BATCH)
    return float(ends[0]), float(ends[1])


def surface(names: tuple[str, str], points: Array, values: Array, steps: int = 41) -> pd.DataFrame:
    """A quadratic in two parameters through the differences, on a grid over the range of the points.

    Parameters
    ----------
    names : tuple of str
        The parameters.
    points : Array
        Their values, shape (points, 2); parameters with a prior flat in the logarithm count in logarithms.
    values : Array
        Differences, shape (points,).

    Returns
    -------
    pandas.DataFrame
        Columns of both parameters and `difference`, one row a knot of the grid.
    """
    scaled = np.stack([PRIORS[name].quantile(points[:, place]) for place, name in enumerate(names)])
    sides = []
    for name, values_of in zip(names, points.T, strict=True):
        low, high = PRIORS[name].quantile(np.array([values_of.min(), values_of.max()]))
        sides.append(PRIORS[name].value(np.linspace(low, high, steps)))  # evenly spread on the scale of the prior
    across, up = (grid.ravel() for grid in np.meshgrid(*sides))
    solution = np.linalg.lstsq(_quadratic(*scaled), values, rcond=None)[0]
    knots = _quadratic(PRIORS[names[0]].quantile(across), PRIORS[names[1]].quantile(up))
    return pd.DataFrame({names[0]: across, names[1]: up, "difference": knots @ solution})


def _quadratic(x: Array, y: Array) -> Array:
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


# ---- of a comparison


class Cloud(NamedTuple):
    """Parameter sets as they are jointly likely, and the difference between two doctrines at each.

    Attributes
    ----------
    names : list of str
        The parameters.
    points : Array
        Their values, shape (points, parameters).
    differences : dict of str to Array
        By outcome, shape (points, lucks).
    """

    names: list[str]
    points: Array
    differences: dict[str, Array]


def cloud(
    found: Evaluated,
    free: FreeParameters,
    scenarios: Mapping[str, Scenario],
    size: Size,
    ensemble: Ensemble = USUAL,
) -> Cloud:
    """The parameter sets on which flips are counted.

    Under the prior these are the points of A and B. A posterior's parameters hang together, which A and B leave out;
    so its own sets are simulated, with so many lucks each that it is about as much as A and B together.
    """
    if free.joint is None:
        points = np.concatenate([found.a, found.b])
        values = {name: pages[:, :2].reshape(2, len(points), size.lucks) for name, pages in found.values.items()}
    else:
        points = free.joint.to_numpy(float)
        lucks = max(size.lucks, size.base * size.lucks // len(points) * 2)
        own = simulated(scenarios, found.names, [points], list(found.values), lucks, ensemble)
        values = {name: pages[:, 0] for name, pages in own.items()}
    return Cloud(found.names, points, {name: second - first for name, (first, second) in values.items()})


def flip_table(seen: Cloud, seed: int = 1) -> pd.DataFrame:
    """How often each difference flips its sign, and where most: a row an outcome; see `flips`."""
    rows = []
    for outcome, differences in seen.differences.items():
        about = {"outcome": outcome, "label": OUTCOMES[outcome].label, "unit": OUTCOMES[outcome].unit}
        about["sets"], about["lucks"] = differences.shape
        region = deepest(seen.names, seen.points, differences)
        there = {f"region_{key}" if key != "region" else key: value for key, value in region.items()}
        rows.append(about | flips(differences, seed)._asdict() | there)
    return pd.DataFrame(rows)


def thirds_table(seen: Cloud) -> pd.DataFrame:
    """Share of flips in every third of every parameter; see `where`."""
    tables = {name: where(seen.names, seen.points, values) for name, values in seen.differences.items()}
    return pd.concat(tables, names=["outcome"]).reset_index(level="outcome").reset_index(drop=True)


def points_table(seen: Cloud) -> pd.DataFrame:
    """Every parameter set with its differences: the mean over its lucks, and the same with the noise drawn in."""
    table = pd.DataFrame(seen.points, columns=seen.names)
    for name, values in seen.differences.items():
        table[name], table[f"{name}_drawn_in"] = values.mean(axis=1), drawn_in(values)
    return table
