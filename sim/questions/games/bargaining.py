"""What lies on the table: the 980 packages' values to Kyiv and Moscow over refusing, in the worlds that talk.

Beside what the mediator proposes stand three fair points of the theory: Nash, Kalai and Smorodinsky, egalitarian.

References
----------
Nash, J. (1950). The bargaining problem. *Econometrica* 18.
Kalai, E. and Smorodinsky, M. (1975). Other solutions to Nash's bargaining problem. *Econometrica* 43.
Kalai, E. (1977). Proportional solutions to bargaining situations. *Econometrica* 45.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.basics.arrays import Array, Mask, Rows
from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.ensemble import Ensemble, opened
from sim.world import packages

if TYPE_CHECKING:
    from sim.actors.mediator import Sitting
    from sim.model import Negotiation
    from sim.scenario import Scenario

MEDIATOR = "the mediator"
"""Who proposes, beside the solutions of the theory."""
BLOCK = 1000
"""Worlds lived through at a time."""
PACKAGES = packages.LINES.size * packages.COUNT
"""Settlements that can be proposed."""
NOWHERE = -1
"""Place of a solution that does not exist: no agreement is better for both than none."""


def better_for_both(gains: Array) -> Mask:
    """Agreements that give each side more than no agreement; shape (A, ...) from gains (2, A, ...)."""
    return np.asarray((gains > 0.0).all(axis=0))


def nash(gains: Array, power: float = 0.5) -> Array:
    """The agreement with the largest product of gains over no agreement, g_1^a g_2^(1-a).

    Parameters
    ----------
    gains : array (2, A, ...)
        What each agreement gives the two sides beyond what they have without one.
    power : float
        a, bargaining power of the first side, 0 to 1.

    Returns
    -------
    array (...) of int
        Its place among the A; -1 where no agreement is better for both.
    """
    positive = np.maximum(gains, np.finfo(float).tiny)
    return _most(power * np.log(positive[0]) + (1.0 - power) * np.log(positive[1]), gains)


def kalai_smorodinsky(gains: Array) -> Array:
    """The agreement that gives both the largest equal share of the most that each could get; as `nash` otherwise."""
    inside = np.where(better_for_both(gains), gains, 0.0)
    most = inside.max(axis=1, keepdims=True)
    return _most((gains / np.where(most > 0.0, most, 1.0)).min(axis=0), gains)


def egalitarian(gains: Array) -> Array:
    """The agreement whose smaller gain is largest; as `nash` otherwise. It compares the sides' utilities."""
    return _most(gains.min(axis=0), gains)


SOLUTIONS = {"Nash": nash, "Kalai–Smorodinsky": kalai_smorodinsky, "egalitarian": egalitarian}
"""By name."""


def _most(score: Array, gains: Array) -> Array:
    """Place of the best score among the agreements that are better for both."""
    there = better_for_both(gains)
    place = np.where(there, score, -np.inf).argmax(axis=0)
    return np.where(there.any(axis=0), place, NOWHERE)


# ---- the talks of many worlds


class Round(NamedTuple):
    """The rounds of talks of one month in many worlds.

    month : "YYYY-MM". gains : (2, 980, R), what each package is worth to Ukraine and Russia beyond refusing, in each
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


def rounds(scenario: Scenario, ensemble: Ensemble, month: str | None = None) -> Round | None:
    """Listen to the talks of a month; of the month in which most worlds talk if none is named. None if nobody talks.

    Raises
    ------
    InputError
        If the month is not one of the scenario's.
    """
    check_month(scenario, month)
    heard: dict[str, list[tuple[Array, Rows]]] = {}
    for start in range(0, ensemble.worlds, BLOCK):
        model = opened(scenario, ensemble.seed, start, min(start + BLOCK, ensemble.worlds))
        _listen(model, month, heard)
    if not heard:
        return None
    busiest = max(heard, key=lambda name: sum(chosen.size for _, chosen in heard[name]))
    gains, chosen = zip(*heard[busiest], strict=True)
    return Round(busiest, np.concatenate(gains, axis=-1), np.concatenate(chosen))


def _listen(model: Negotiation, month: str | None, heard: dict[str, list[tuple[Array, Rows]]]) -> None:
    """Live through worlds and keep what packages are worth whenever one is to be proposed."""
    propose = model.mediator._propose

    def overheard(sitting: Sitting) -> Any:
        offer, thresholds, serious = propose(sitting)
        if month in (None, model.month):
            gains = np.stack([_gains(model, sitting, which) for which in (0, 1)]).astype(np.float32)
            step = np.rint(offer.relief * (packages.SHAPE[1] - 1)).astype(int)
            line = np.abs(packages.LINES[:, None] - offer.offset).argmin(axis=0)
            place = line * packages.COUNT + offer.guarantee * packages.SHAPE[1] + step
            heard.setdefault(model.month, []).append((gains, np.where(serious & ~offer.truce, place, NOWHERE)))
        return offer, thresholds, serious

    setattr(model.mediator, "_propose", overheard)  # noqa: B010 -- a listener, not another mediator
    for lived in model:
        if lived == month:
            break


def _gains(model: Negotiation, sitting: Sitting, which: int) -> Array:
    """What every package gives a side over refusing, its true hardship counted, (packages, R)."""
    side, stakes = (model.ukraine, model.russia)[which], sitting.stakes[which]
    beyond = (side.felt - side.believed)[sitting.rows]
    front = sitting.front[which] + sitting.rise[which] * beyond
    lines = stakes.beyond(packages.LINES[:, None])
    return np.asarray((lines[:, None, None] + front).reshape(PACKAGES, -1))


def package_list() -> pd.DataFrame:
    """All packages: `line` (share of Ukraine beyond the front), `guarantee` (level), `relief` (share lifted)."""
    line, guarantee, relief = np.meshgrid(packages.LINES, packages.GUARANTEES, packages.RELIEFS, indexing="ij")
    return pd.DataFrame({"line": line.ravel(), "guarantee": guarantee.ravel(), "relief": relief.ravel()})


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
        counts = np.bincount(places[places != NOWHERE], minlength=PACKAGES)
        table[f"picked_by_{name.removeprefix('the ').lower().replace('–', '_')}"] = counts / talks.proposed.size
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


class Picture(NamedTuple):
    """The bargaining set of the worlds in which some package is better for both; of all, where there is no such world.

    share : of the worlds at the table in which there is one. gains : (2, 980), means over the worlds pictured.
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
