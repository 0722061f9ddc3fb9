"""Evidence of the record for each doctrine of Washington: one fit to the months before, forked into each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.estimation.filtering.observed import Observed
from sim.estimation.filtering.setting import Setting
from sim.estimation.filtering.smc2 import Smc2

if TYPE_CHECKING:
    from sim.scenario import Scenario

DECIBANS = 4.342944819
"""In a natural unit of log evidence."""


def by_doctrine(
    fit: Smc2, config: Scenario, observed: Observed, doctrines: Mapping[str, str], since: str, counted_from: str
) -> dict[str, dict[str, float]]:
    """Log evidence by series under each of several doctrines, of the months from one on.

    Parameters
    ----------
    fit : Smc2
        A fit to the months before `since`, or to some of them; it stays as it is.
    config, observed : Scenario, Observed
        What has been the same so far; other series may be observed from now on.
    doctrines : mapping of str to str
        What to call each, and the preset that holds from `since` on.
    since, counted_from : str
        Months.
    """
    skipped = list(config.calendar).index(counted_from)
    found: dict[str, dict[str, float]] = {}
    for label, preset in doctrines.items():
        told = config.with_doctrine("us", preset, since)
        whole = fit.fork(Setting(told, observed)).run(config.months).evidence[skipped:]
        found[label] = {series: sum(month.get(series, 0.0) for month in whole) for series in observed.series}
    return found
