"""Which assumptions carry a comparison, in tables and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.arrays import Array
from sim.ensemble import Progress
from sim.questions import flips
from sim.questions.headline import CHANCE, OUTCOMES
from sim.questions.labels import decimals, doctrine_label, listed, lower, number
from sim.questions.sensitivity import DIFFERENCE, Evaluated, Size, simulated
from sim.questions.spreads import Spread, dependence
from sim.scenario import Scenario

HUNDRED = 100.0
MOST_NAMED = 3
"""Parameters that a sentence names."""
SEEN = 0.05
"""Total index under which a parameter is not worth a name, and share of flips under which an outcome is not."""
UNIT_WORDS = {CHANCE: "of 100 worlds", "percent of Ukraine": "% of Ukraine", "percent": "points"}


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
    chosen: Spread,
    scenarios: Mapping[str, Scenario],
    size: Size,
    progress: Progress | None = None,
) -> Cloud:
    """The parameter sets on which flips are counted.

    Under the prior these are the points of A and B. A posterior's parameters hang together, which A and B leave out;
    so its own sets are simulated, with so many lucks each that it is about as much as A and B together.
    """
    if chosen.joint is None:
        points = np.concatenate([found.a, found.b])
        values = {name: pages[:, :2].reshape(2, len(points), size.lucks) for name, pages in found.values.items()}
    else:
        points = chosen.joint.to_numpy(float)
        lucks = max(size.lucks, size.base * size.lucks // len(points) * 2)
        own = simulated(scenarios, found.names, [points], list(found.values), size._replace(lucks=lucks), progress)
        values = {name: pages[:, 0] for name, pages in own.items()}
    return Cloud(found.names, points, {name: second - first for name, (first, second) in values.items()})


def flip_table(seen: Cloud, seed: int = 1) -> pd.DataFrame:
    """How often each difference flips its sign, and where most: a row an outcome; see `sim.questions.flips`."""
    rows = []
    for outcome, differences in seen.differences.items():
        about = {"outcome": outcome, "label": OUTCOMES[outcome].label, "unit": OUTCOMES[outcome].unit}
        about["sets"], about["lucks"] = differences.shape
        region = flips.deepest(seen.names, seen.points, differences)
        there = {f"region_{key}" if key != "region" else key: value for key, value in region.items()}
        rows.append(about | flips.flips(differences, seed)._asdict() | there)
    return pd.DataFrame(rows)


def thirds_table(seen: Cloud) -> pd.DataFrame:
    """Share of flips in every third of every parameter; see `sim.questions.flips.where`."""
    tables = {name: flips.where(seen.names, seen.points, values) for name, values in seen.differences.items()}
    return pd.concat(tables, names=["outcome"]).reset_index(level="outcome").reset_index(drop=True)


def points_table(seen: Cloud) -> pd.DataFrame:
    """Every parameter set with its differences: the mean over its lucks, and the same with the noise drawn in."""
    table = pd.DataFrame(seen.points, columns=seen.names)
    for name, values in seen.differences.items():
        table[name], table[f"{name}_drawn_in"] = values.mean(axis=1), flips.drawn_in(values)
    return table


def carriers(indices: pd.DataFrame, outcome: str, quantity: str = DIFFERENCE) -> pd.DataFrame:
    """The parameters that move a quantity, the first the most, of those whose total index is certainly not nothing."""
    rows = indices[(indices["outcome"] == outcome) & (indices["quantity"] == quantity)]
    known = rows[(rows["total"] >= SEEN) & (rows["total_low"] > 0.0)]
    return known.sort_values("total", ascending=False, kind="stable")


def sentences(indices: pd.DataFrame, flipping: pd.DataFrame, labels: Sequence[str]) -> list[str]:
    """What carries the differences whose sign flips, the most frequent first; the others in one sentence."""
    rows = _rows(flipping.sort_values("share", ascending=False, kind="stable"))
    often = [row for row in rows if row["share"] >= SEEN]
    said = [_said(row, carriers(indices, row["outcome"]), labels) for row in often or rows[:1]]
    rest = rows[len(said) :]
    if rest:
        most = _percent(max(row["share_high"] for row in rest))
        named = listed([str(row["outcome"]) for row in rest])
        said.append(f"In the difference in {named} the sign flips in at most {most} % of sets (upper end of 95 %).")
    return said


def caveats(indices: pd.DataFrame, convergence: pd.DataFrame, chosen: Spread) -> list[str]:
    """How far the indices have settled, and what they leave out."""
    names = [(row["outcome"], row["parameter"]) for row in _named(indices)]
    totals = convergence[convergence["quantity"] == DIFFERENCE].set_index(["outcome", "parameter", "points"])["total"]
    *_, half, full = sorted(set(convergence["points"]))
    moves = [abs(totals[(*name, full)] - totals[(*name, half)]) for name in names]
    said = [f"From {half} points to {full} the indices named move by {max(moves):.2f} at most."] if moves else []
    if chosen.joint is None:
        return said
    first, second, rank = dependence(chosen.joint)
    said.append(
        f"The indices take the posterior's parameters as independent, which they are not (the strongest rank "
        f"correlation is {number(rank, 2)}, of {first} with {second}); the flips are counted on the posterior's own "
        f"{len(chosen.joint):,} sets."
    )
    return said


def _named(indices: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows that sentences on each outcome's difference name."""
    outcomes = dict.fromkeys(indices["outcome"])
    return [row for outcome in outcomes for row in _rows(carriers(indices, str(outcome)).head(MOST_NAMED))]


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _said(row: Mapping[str, Any], known: pd.DataFrame, labels: Sequence[str]) -> str:
    scale = HUNDRED if row["unit"] == CHANCE else 1.0
    digits = decimals(scale * (row["high"] - row["low"]) / 2.0)
    unit = UNIT_WORDS.get(str(row["unit"]), str(row["unit"]))
    versus = f"{doctrine_label(labels[1])} less {doctrine_label(labels[0])}"
    ends = f"{number(scale * row['low'], digits)} to {number(scale * row['high'], digits)}"
    return (
        f"{row['label']}: {versus} is {number(scale * row['mean'], digits)} {unit} over all parameter sets "
        f"({ends}). {_flips_said(row)} {_carried(known, row)}"
    )


def _flips_said(row: Mapping[str, Any]) -> str:
    often = _percent(row["share"])
    if row["share_high"] == 0.0:
        return "The sign flips in no parameter set."
    said = f"The sign flips in {often} % of them ({_percent(row['share_low'])} to {_percent(row['share_high'])} %)"
    if row["low"] <= 0.0 <= row["high"]:
        said += ", of a mean whose own sign is not certain"
    if row["region"] and row["region_share"] > row["share"]:
        said += f"; most where {_where(str(row['region']))}: {_percent(row['region_share'])} %"
    same_side = row["held_out"] * row["mean"] > 0.0
    return f"{said}{'; in lucks held out these flips do not show' if same_side else ''}."


def _where(region: str) -> str:
    """A region as a clause: "front.pull low and x high" as "front.pull is low and x is high"."""
    parts = [part.rsplit(" ", 1) for part in region.split(" and ")]
    return listed([f"{name} is {third}" for name, third in parts])


def _carried(known: pd.DataFrame, row: Mapping[str, Any]) -> str:
    if known.empty:
        return f"No parameter is seen to move the difference in {lower(str(row['label']))}."
    named = [
        f"{name} ({number(total, 2)}; {number(low, 2)} to {number(high, 2)})"
        for name, total, low, high in zip(
            *(known[column].head(MOST_NAMED) for column in ("parameter", "total", "total_low", "total_high")),
            strict=True,
        )
    ]
    return f"What moves it, by total index: {listed(named)}."


def _percent(share: float) -> str:
    return number(HUNDRED * share, 0)
