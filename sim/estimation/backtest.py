"""Back-tests: fit on the record up to a month, forecast what came next, and score it against rivals without a model.

The forecast is the future of those simulated histories whose past is nearest to the observed past: what the
model says given what was known, and the one thing that it is told, the change of doctrine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.basics.labels import UKRAINE_KM2
from sim.basics.months import month_number, months_from
from sim.estimation.posterior import KEPT, known
from sim.estimation.reference_table import Histories, scenario
from sim.estimation.rejection import distance, scale
from sim.estimation.summary_statistics import END, EUROPE, OFFSET, US

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = 1000
BOOTSTRAPS = 2000
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MODEL = "model"
LEVELS = (0.5, 0.9)
"""Intervals whose coverage is reported."""
SKILL_LEVEL = 0.9
"""Level of the bootstrap interval of skill."""


YEAR = 12
LEAST_SCALE = 1e-9


class Test(NamedTuple):
    """A back-test: what it is called, the last month known, and the months forecast."""

    name: str
    known_to: str
    first: str
    last: str


TESTS = (
    Test("2025, given the change of doctrine", "2024-12", "2025-01", END),
    Test("the appropriation gap of 2023-24", "2023-09", "2023-10", "2024-03"),
)
SERIES = {
    "us": "American allocations",
    "europe": "European contributions",
    "territory": "Russian gain of territory",
}
VARIABLES = {"us": US, "europe": EUROPE}
UNITS = {"us": "EUR bn", "europe": "EUR bn", "territory": "1,000 km2"}


# ---- the rivals: what a forecaster without a model would say. All take the observed series up to the origin and give
# `size` paths of `months` months, shape (size, months).


def last_year(series: Array, months: int, size: int, seed: int) -> Array:
    """Every month is drawn from the last twelve."""
    generator = np.random.default_rng([seed, 1])
    return np.asarray(generator.choice(series[-YEAR:], size=(size, months)))


def random_walk(series: Array, months: int, size: int, seed: int) -> Array:
    """The last month, plus steps drawn from the observed ones; money does not go below nothing."""
    generator = np.random.default_rng([seed, 2])
    steps = generator.choice(np.diff(series), size=(size, months))
    walk = series[-1] + np.cumsum(steps - np.diff(series).mean(), axis=1)
    return np.asarray(np.maximum(walk, 0.0) if series.min() >= 0.0 else walk)


def log_autoregression(series: Array, months: int, size: int, seed: int) -> Array:
    """AR(1) on logarithms by least squares, with normal errors; on the series itself where it can be negative."""
    positive = bool(series.min() >= 0.0)
    y = np.log(series + OFFSET) if positive else series
    design = np.column_stack([np.ones(len(y) - 1), y[:-1]])
    (constant, slope), *_ = np.linalg.lstsq(design, y[1:], rcond=None)
    errors = y[1:] - design @ np.array([constant, slope])
    spread = max(float(errors.std(ddof=2)), LEAST_SCALE)
    generator = np.random.default_rng([seed, 3])
    state, path = np.full(size, y[-1]), np.empty((size, months))
    for month in range(months):
        state = constant + slope * state + spread * generator.standard_normal(size)
        path[:, month] = state
    return np.asarray(np.maximum(np.exp(path) - OFFSET, 0.0) if positive else path)


RIVALS = {"last twelve months": last_year, "random walk": random_walk, "AR(1) on logs": log_autoregression}
"""Rivals by name."""


# ---- forecasts and their scores


class Forecast(NamedTuple):
    """Paths of the months forecast, (size, months), by forecaster, and what came, (months,)."""

    series: str
    paths: dict[str, Array]
    came: Array


def near_past(histories: Histories, known_to: str, share: float = KEPT) -> Array:
    """Rows of the histories whose past is nearest to the observed one, the nearest first."""
    statistics, observed = known(histories, known_to)
    away = distance(statistics, observed, scale(statistics))
    keep = max(int(share * len(statistics)), SAMPLE)
    return np.asarray(np.argsort(away, kind="stable")[:keep])


def forecasts(histories: Histories, test: Test, seed: int = 1, share: float = KEPT) -> list[Forecast]:
    """What the model and its rivals say about each series."""
    calendar = scenario().calendar
    first, last = calendar.index(test.first), calendar.index(test.last)
    rows = near_past(histories, test.known_to, share)
    told = []
    for name in SERIES:
        whole, simulated = _observed_series(name), _simulated_series(histories, name, rows)
        known = whole[: len(whole) - (len(calendar) - first)]
        came = whole[len(known) : len(known) + last - first + 1]
        paths = {MODEL: simulated[:, first : last + 1]}
        paths |= {rival: say(known, len(came), SAMPLE, seed) for rival, say in RIVALS.items()}
        told.append(Forecast(name, paths, came))
    return told


def scores(forecast: Forecast) -> pd.DataFrame:
    """CRPS of each month and of the running total, by forecaster: columns forecaster, kind, month, crps."""
    import pandas as pd
    import scoringrules

    rows = []
    for forecaster, paths in forecast.paths.items():
        for kind, sample, came in _kinds(forecast, paths):
            crps = scoringrules.crps_ensemble(came, np.ascontiguousarray(sample.T), estimator="qd")
            rows += [(forecaster, kind, month, float(value)) for month, value in enumerate(crps)]
    return pd.DataFrame(rows, columns=["forecaster", "kind", "month", "crps"])


def skill(forecast: Forecast, seed: int = 1) -> pd.DataFrame:
    """Ratio of the model's mean CRPS to each rival's, with a 90 % bootstrap interval over months.

    Below 1 the model is better. The months are few and hang together, so the interval is a rough one.
    """
    import pandas as pd

    table, rows = scores(forecast), []
    generator = np.random.default_rng(seed)
    for kind, part in table.groupby("kind", sort=False):
        wide = part.pivot(index="month", columns="forecaster", values="crps")
        places = generator.integers(len(wide), size=(BOOTSTRAPS, len(wide)))
        for rival in RIVALS:
            mine, theirs = wide[MODEL].to_numpy(), wide[rival].to_numpy()
            ratios = mine[places].mean(axis=1) / theirs[places].mean(axis=1)
            low, high = np.quantile(ratios, ((1 - SKILL_LEVEL) / 2, (1 + SKILL_LEVEL) / 2))
            rows.append((kind, rival, mine.mean(), theirs.mean(), mine.mean() / theirs.mean(), low, high))
    columns = ["kind", "rival", "crps_model", "crps_rival", "ratio", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def coverage(forecast: Forecast) -> pd.DataFrame:
    """Share of months whose outcome lies in the central interval, and whether the final total does, by forecaster."""
    import pandas as pd

    rows = []
    for forecaster, paths in forecast.paths.items():
        totals, total = paths.sum(axis=1), forecast.came.sum()
        for level in LEVELS:
            low, high = np.quantile(paths, ((1 - level) / 2, (1 + level) / 2), axis=0)
            inside = float(((low <= forecast.came) & (forecast.came <= high)).mean())
            least, most = np.quantile(totals, ((1 - level) / 2, (1 + level) / 2))
            rows.append((forecaster, level, inside, total, float(least), float(most), bool(least <= total <= most)))
    columns = ["forecaster", "level", "months_inside", "total", "total_low", "total_high", "total_inside"]
    return pd.DataFrame(rows, columns=columns)


def fans(histories: Histories, seed: int = 1) -> pd.DataFrame:
    """Running totals that were forecast, in quantiles of each forecaster by month, and what came."""
    import pandas as pd

    rows = []
    for test in TESTS:
        months = months_from(test.first, month_number(test.last) - month_number(test.first) + 1)
        for forecast in forecasts(histories, test, seed):
            came = np.cumsum(forecast.came)
            for forecaster, paths in forecast.paths.items():
                quantiles = np.quantile(np.cumsum(paths, axis=1), QUANTILES, axis=0)
                for place, month in enumerate(months):
                    numbers = (float(f"{value:.4g}") for value in (*quantiles[:, place], came[place]))
                    rows.append((test.name, forecast.series, forecaster, month, *numbers))
    columns = ["test", "series", "forecaster", "month", "p05", "p25", "p50", "p75", "p95", "came"]
    return pd.DataFrame(rows, columns=columns)


def _kinds(forecast: Forecast, paths: Array) -> Iterator[tuple[str, Array, Array]]:
    """A forecast by the month, and its running total."""
    yield "monthly", paths, forecast.came
    yield "cumulative", np.cumsum(paths, axis=1), np.cumsum(forecast.came)


def report(histories: Histories, seed: int = 1) -> pd.DataFrame:
    """All tests, series and rivals: skill beside the coverage of the model's 90 % interval."""
    import pandas as pd

    tables = []
    for test in TESTS:
        for forecast in forecasts(histories, test, seed):
            inside = coverage(forecast).query("forecaster == @MODEL and level == 0.9").iloc[0]
            tables.append(
                skill(forecast, seed).assign(
                    test=test.name,
                    series=SERIES[forecast.series],
                    unit=UNITS[forecast.series],
                    months_inside_90=inside["months_inside"],
                    total_inside_90=inside["total_inside"],
                )
            )
    return pd.concat(tables, ignore_index=True)


def _observed_series(name: str) -> Array:
    """The observed months of a series from the first that is of use to its rivals."""
    from sim import record

    series = record.series()
    if name == "territory":
        return np.asarray(series["territory_change"].sel(month=slice("2022-12", None)).values * UKRAINE_KM2 / 1000.0)
    return np.asarray(series[VARIABLES[name]].sel(month=slice("2022-02", None)).values)


def _simulated_series(histories: Histories, name: str, rows: Array) -> Array:
    if name != "territory":
        return np.asarray(getattr(histories, VARIABLES[name])[rows], dtype=float)
    line = histories.russian_held_share[rows].astype(float)
    return np.asarray(np.diff(line, axis=1, prepend=line[:, :1]) * UKRAINE_KM2 / 1000.0)
