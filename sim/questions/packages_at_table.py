"""What lies on the table: the 140 packages' values to Kyiv and Moscow over refusing, in the worlds that talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from sim.arrays import Array, Rows
from sim.ensemble import opened
from sim.limits import InputError
from sim.mistakes import shown
from sim.questions.games.bargaining import NOWHERE, SOLUTIONS, better_for_both
from sim.world import packages
from sim.world.proposal import Worth

if TYPE_CHECKING:
    from sim.scenario import Scenario

MEDIATOR = "the mediator"
"""Who proposes, beside the solutions of the theory."""
BLOCK = 1000
"""Worlds lived through at a time."""


class Round(NamedTuple):
    """The rounds of talks of one month in many worlds.

    month : "YYYY-MM". gains : (2, 140, R), what each package is worth to Ukraine and Russia beyond refusing, in each
    of R worlds at the table. proposed : (R,), the place of the package proposed, -1 where none was.
    """

    month: str
    gains: Array
    proposed: Rows


def check_month(scenario: Scenario, month: str | None) -> None:
    """Hold a month to those of the scenario; None is any.

    Raises
    ------
    InputError
        If it is not one of them.
    """
    if month is not None and month not in scenario.calendar:
        first, last = scenario.calendar[0], scenario.calendar[-1]
        raise InputError(f"month: must be from {first} to {last}, as {scenario.name} has it, got {shown(month)}")


def rounds(scenario: Scenario, worlds: int, seed: int, month: str | None = None) -> Round | None:
    """Listen to the talks of a month; of the month in which most worlds talk if none is named. None if nobody talks.

    Raises
    ------
    InputError
        If the month is not one of the scenario's.
    """
    check_month(scenario, month)
    heard: dict[str, list[tuple[Array, Rows]]] = {}
    for start in range(0, worlds, BLOCK):
        _listen(scenario, seed, start, min(start + BLOCK, worlds), month, heard)
    if not heard:
        return None
    busiest = max(heard, key=lambda name: sum(chosen.size for _, chosen in heard[name]))
    gains, chosen = zip(*heard[busiest], strict=True)
    return Round(busiest, np.concatenate(gains, axis=-1), np.concatenate(chosen))


def _listen(
    scenario: Scenario, seed: int, start: int, stop: int, month: str | None, heard: dict[str, list[tuple[Array, Rows]]]
) -> None:
    """Live through worlds and keep what packages are worth whenever one is to be proposed."""
    model = opened(scenario, seed, start, stop)
    propose = model.mediator._propose

    def overheard(rows: Rows, ukraine: Worth, russia: Worth, washington: Worth) -> Rows:
        chosen = propose(rows, ukraine, russia, washington)
        if month in (None, model.month):
            gains = [
                worth.over(side.reservation[rows]).whole().reshape(packages.COUNT, -1)
                for side, worth in ((model.ukraine, ukraine), (model.russia, russia))
            ]
            heard.setdefault(model.month, []).append((np.stack(gains).astype(np.float32), chosen))
        return chosen

    setattr(model.mediator, "_propose", overheard)  # noqa: B010 -- a listener, not another mediator
    while model.running and (month is None or model.month <= month):
        model.step()


def package_list() -> pd.DataFrame:
    """The 140 packages: `line` (share of Ukraine beyond the front), `guarantee` (level), `relief` (share lifted)."""
    grid = packages.grid()
    columns = {
        "line": grid.offset,
        "guarantee": grid.guarantee.astype(int),
        "relief": grid.relief,
    }
    return pd.DataFrame(
        {name: np.broadcast_to(values[..., 0], packages.SHAPE).ravel() for name, values in columns.items()}
    )


def bargaining_set(talks: Round) -> pd.DataFrame:
    """Every package: its terms, mean gains over refusing, and the share of worlds in which it is better for both.

    Returns
    -------
    pandas.DataFrame
        Columns `line, guarantee, relief, gain_ukraine, gain_russia, better_for_both`, then the share of worlds in which
        each of the solutions, and the mediator, picks it.
    """
    table = package_list()
    table["gain_ukraine"], table["gain_russia"] = talks.gains.mean(axis=-1, dtype=float)
    table["better_for_both"] = better_for_both(talks.gains).mean(axis=-1)
    for name, places in picks(talks).items():
        counts = np.bincount(places[places != NOWHERE], minlength=packages.COUNT)
        table[_column(name)] = counts / talks.proposed.size
    return table


def picks(talks: Round) -> dict[str, Rows]:
    """The package that each solution picks in each world, and the one that the mediator proposes; -1 for none."""
    found = {name: solve(talks.gains).astype(np.intp) for name, solve in SOLUTIONS.items()}
    return found | {MEDIATOR: talks.proposed}


def points(talks: Round) -> pd.DataFrame:
    """The solutions summed up over worlds: mean gains and terms, and how often the mediator agrees.

    Returns
    -------
    pandas.DataFrame
        A row a solution and one for the mediator: `solution, month, worlds, exists` (share of the worlds at the table
        in which it exists), `gain_ukraine, gain_russia` (means where it does), `line, guarantee, relief` (means),
        `same_as_mediator` (share of worlds, of those where it exists).
    """
    terms = package_list()
    rows = []
    for name, places in picks(talks).items():
        there = np.flatnonzero(places != NOWHERE)
        chosen = places[there]
        gains = talks.gains[:, chosen, there]
        row = {"solution": name, "month": talks.month, "worlds": places.size, "exists": there.size / places.size}
        if there.size:
            row |= dict(zip(("gain_ukraine", "gain_russia"), gains.mean(axis=1, dtype=float), strict=True))
            row |= dict(terms.iloc[chosen].mean())
            row["same_as_mediator"] = float((talks.proposed[there] == chosen).mean())
        rows.append(row)
    return pd.DataFrame(rows)


def _column(name: str) -> str:
    return f"picked_by_{name.removeprefix('the ').lower().replace('–', '_')}"


class Picture(NamedTuple):
    """The bargaining set of the worlds in which some package is better for both; of all, where there is no such world.

    share : of the worlds at the table in which there is one. gains : (2, 140), means over the worlds pictured.
    chosen : mean gains of what each solution, and the mediator, picks in them.
    """

    share: float
    gains: Array
    chosen: dict[str, tuple[float, float]]


def picture(talks: Round) -> Picture:
    """What a figure of the bargaining set shows."""
    there = better_for_both(talks.gains).any(axis=0)
    worlds = np.flatnonzero(there if there.any() else ~there)
    chosen = {}
    for name, places in picks(talks).items():
        rows = worlds[places[worlds] != NOWHERE]
        if rows.size:
            ukraine, russia = talks.gains[:, places[rows], rows].mean(axis=1, dtype=float)
            chosen[name] = float(ukraine), float(russia)
    return Picture(float(there.mean()), talks.gains[:, :, worlds].mean(axis=-1, dtype=float), chosen)
