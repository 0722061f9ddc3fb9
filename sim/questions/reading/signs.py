"""What there was to see of Washington each month, and how much of it tells one doctrine from another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.arrays import Array, Number
from sim.ensemble import Sets, opened
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.scenario import Scenario, load
from sim.scenario.minds import AUDIENCES
from sim.world import reading

SIGNS = {
    "sanctions": "Sanctions",
    "aid": "Aid",
    "words": "Words",
    "calls": "Talks and whom it calls first",
    "intelligence": "Intelligence",
}
"""What there is to see, by the name it has in `sim.actors.reading.Evidence`."""
TRUTHS = ("transactional", "aligned", "architectural")
TURN = "2025-01"
"""The doctrine is a new one from this month on."""
HALF_YEAR = ("2025-02", "2025-07")
"""The first months in which all signs are the new executive's: calls are told a month late."""
LATER = ("2025-08", "2026-12")
MONTHS = 49
"""Of the history, to the end of 2026."""


class Seen(NamedTuple):
    """Log likelihoods of the signs of every month, and what audiences read them by.

    Attributes
    ----------
    months : tuple of str
        "YYYY-MM", each.
    doctrines : tuple of str
        Presets that are thought possible.
    signs : dict of str to Array
        By name of `SIGNS`, shape (months, doctrines, worlds).
    start, prior : dict of str to Array
        By audience, how likely it finds each before the first month, and where the doctrine is new.
    pace, switch, switch_turn : Number
        As in the parameters `reading`.
    believed : dict of str to Array
        By audience, what it came to believe, shape (months, doctrines, worlds).
    """

    months: tuple[str, ...]
    doctrines: tuple[str, ...]
    signs: dict[str, Array]
    start: dict[str, Array]
    prior: dict[str, Array]
    pace: Number
    switch: Number
    switch_turn: Number
    believed: dict[str, Array]

    def during(self, first: str, last: str) -> slice:
        """The places of months, both included."""
        return slice(self.months.index(first), self.months.index(last) + 1)


def under(truth: str, months: int = MONTHS) -> Scenario:
    """The history under a doctrine from the turn on."""
    return load("history").with_horizon(months).with_doctrine("us", truth, TURN)


def seen(scenario: Scenario, ensemble: Ensemble = USUAL, sets: Sets | None = None) -> Seen:
    """Live through a scenario and keep what there was to see.

    Parameters
    ----------
    scenario : Scenario
        With the mechanism `reading` on.
    ensemble : Ensemble
        Which worlds.
    sets : callable, optional
        Gives worlds their parameters, if not the scenario.
    """
    model = opened(scenario, ensemble.seed, 0, ensemble.worlds, sets)
    readers = {name: getattr(model, name) for name in AUDIENCES}
    start = {name: reader.probabilities for name, reader in readers.items()}
    signs: dict[str, list[Array]] = {name: [] for name in SIGNS}
    believed: dict[str, list[Array]] = {name: [] for name in AUDIENCES}
    for _ in model:
        for name, months in signs.items():
            months.append(getattr(model.reading.evidence, name))
        for name, minds in believed.items():
            minds.append(readers[name].probabilities)
    p = model.parameters.reading
    return Seen(
        tuple(scenario.calendar),
        model.reading.named,
        {name: np.stack(months) for name, months in signs.items()},
        start,
        {name: model.reading.prior(name) for name in AUDIENCES},
        p.pace,
        p.switch,
        p.switch_turn,
        {name: np.stack(minds) for name, minds in believed.items()},
    )


def information(found: Seen, truth: str, twin: str) -> pd.DataFrame:
    """By how much a month's signs tell the truth from its twin: mean log likelihood ratio, nats.

    Returns
    -------
    pandas.DataFrame
        Columns `sign, first, later`: a month of the first half-year, and one after.
    """
    one, other = (found.doctrines.index(name) for name in (truth, twin))
    rows = []
    for name in SIGNS:
        told = (found.signs[name][:, one] - found.signs[name][:, other]).mean(axis=1, dtype=float)
        first, later = (float(told[found.during(*months)].mean()) for months in (HALF_YEAR, LATER))
        rows.append({"sign": name, "first": first, "later": later})
    return pd.DataFrame(rows)


def turns(found: Seen) -> list[Number]:
    """Chance in each month that the doctrine is a new one."""
    return [found.switch_turn if reading.new_term(month) else found.switch for month in found.months]
