"""The silence of 2025 beside the record: talks in every month, no settlement and no truce, and who refused how often.

Of simulated histories in which war went on in the month before: in how many neither came, in how many months each side
refused, and in how many histories both are as in the record. A report and not a bar: the months are few, and what is
said of refusals is one reading of the events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array
from sim.basics.draws import Draws
from sim.basics.labels import HUNDRED, number
from sim.basics.tables import Grid
from sim.estimation.facts import LEVEL, WORLDS
from sim.estimation.priors import drawn
from sim.estimation.reference_table import observed_paths, posterior_predictive
from sim.estimation.summary_statistics import EVENTS_END, Paths
from sim.scenario.parameter_sets import each_world

if TYPE_CHECKING:
    import pandas as pd

BEFORE, FIRST = "2025-01", "2025-02"
"""The month in which war must go on for a history to count, and the first month of talks."""
LASTS = ("2025-08", EVENTS_END)
"""Up to which months is looked: the first seven months of talks, and all that the events of the record reach."""
NEITHER, TALKED = "neither settlement nor truce", "months with talks"
KYIV, MOSCOW = "months in which Kyiv refused", "months in which Moscow refused"
AS_OBSERVED = "neither, and Moscow refused as often as it did, or oftener"
COUNTED = {TALKED: "talks", KYIV: "refused_by_ukraine", MOSCOW: "refused_by_russia"}
"""What is counted in months, and the path that says whether it happens in one."""
SHARE, MONTHS = "share", "months"
DEFAULT, PRIOR, POSTERIOR = "default", "prior", "posterior"


def table(sets: pd.DataFrame, worlds: int = WORLDS, seed: int = 1) -> pd.DataFrame:
    """The record beside histories under default parameters, the prior and a posterior; as `beside` has it.

    Parameters
    ----------
    sets : DataFrame
        Parameter sets of the posterior, one a row, of which each world draws one.
    worlds, seed : int
        How many histories each, and which luck.
    """
    parameters: dict[str, Callable[[Draws], Mapping[str, Array]]] = {
        DEFAULT: lambda _: {},
        PRIOR: drawn,
        POSTERIOR: partial(each_world, sets),
    }
    observed, calendar = observed_paths()
    simulated = {name: posterior_predictive(given, worlds, seed) for name, given in parameters.items()}
    return beside(observed, simulated, calendar)


def beside(observed: Paths, simulated: Mapping[str, Paths], calendar: list[str]) -> pd.DataFrame:
    """The months from `FIRST` to each of `LASTS`, of the record and of histories that are at war in `BEFORE`.

    Parameters
    ----------
    observed : Paths
        The record, one row.
    simulated : mapping of str to Paths
        Histories, by what their parameters are.

    Returns
    -------
    pandas.DataFrame
        Columns `last, statistic, unit, parameters, observed, worlds, value, low, high`: `worlds` are those at war; of a
        share `value` is that of them, of months it is their median, with the 90 % interval.
    """
    import pandas as pd

    rows = [
        {"last": last, "parameters": name, **row}
        for last in LASTS
        for name, paths in simulated.items()
        for row in _compared(observed, paths, calendar, last)
    ]
    columns = ["last", "statistic", "unit", "parameters", "observed", "worlds", "value", "low", "high"]
    return pd.DataFrame(rows)[columns]


def _compared(observed: Paths, paths: Paths, calendar: list[str], last: str) -> list[dict[str, object]]:
    """What the months to `last` come to, a row a statistic."""
    window = slice(calendar.index(FIRST), calendar.index(last) + 1)
    at_war = paths["quiet"][:, calendar.index(BEFORE)] == 0.0
    came = {name: float(observed[path][0, window].sum()) for name, path in COUNTED.items()}
    found = {name: paths[path][at_war, window].sum(axis=1) for name, path in COUNTED.items()}
    silent = paths["quiet"][at_war, window].max(axis=1) == 0.0
    seen = float(observed["quiet"][0, window].max() == 0.0)
    worlds = int(at_war.sum())

    def share(name: str, there: Array) -> dict[str, object]:
        value = round(float(there.mean()), 4) if worlds else np.nan
        return _row(name, SHARE, seen, worlds, value, np.nan, np.nan)

    def months(name: str) -> dict[str, object]:
        ends = ((1.0 - LEVEL) / 2.0, 0.5, (1.0 + LEVEL) / 2.0)
        low, middle, high = np.quantile(found[name], ends, method="inverted_cdf") if worlds else (np.nan,) * 3
        return _row(name, MONTHS, came[name], worlds, float(middle), float(low), float(high))

    refused = found[MOSCOW] >= came[MOSCOW]
    return [share(NEITHER, silent), *map(months, COUNTED), share(AS_OBSERVED, silent & refused)]


def _row(name: str, unit: str, seen: float, worlds: int, value: float, low: float, high: float) -> dict[str, object]:
    return {
        "statistic": name, "unit": unit, "observed": seen, "worlds": worlds, "value": value, "low": low, "high": high
    }  # fmt: skip


def in_words(found: pd.DataFrame) -> list[Grid]:
    """The table for a reader: one for each of `LASTS`, the record beside what the parameters are.

    Shares are worlds of 100; months are the median with the 90 % interval.
    """
    grids = []
    for last, part in found.groupby("last", sort=False):
        names = list(dict.fromkeys(part["parameters"]))
        rows = []
        for statistic, same in part.groupby("statistic", sort=False):
            records = same.set_index("parameters").loc[names].to_dict("records")
            share = records[0]["unit"] == SHARE
            label = f"{statistic}, of 100" if share else str(statistic)
            seen = ("yes" if records[0]["observed"] else "no") if share else number(records[0]["observed"], 0)
            rows.append([label, seen, *(_cell(row) for row in records)])
        grids.append(Grid([f"{FIRST} to {last}", "record", *names], rows))
    return grids


def _cell(row: Mapping[Any, Any]) -> str:
    value, low, high = (float(row[key]) for key in ("value", "low", "high"))
    if row["unit"] == SHARE:
        return number(HUNDRED * value, 1 if value < 0.1 else 0)  # noqa: PLR2004 -- of few worlds a tenth tells
    return f"{number(value, 0)} ({number(low, 0)} to {number(high, 0)})"
