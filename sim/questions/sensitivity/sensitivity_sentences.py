"""Which assumptions carry a comparison, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.basics.labels import HUNDRED, counted, decimals, listed, lower, number
from sim.questions.compare.measures import CHANCE
from sim.questions.sensitivity.design import DIFFERENCE, FreeParameters, dependence
from sim.scenario.spelling import doctrine_label

MOST_NAMED = 3
"""Parameters that a sentence names."""
SEEN = 0.05
"""Total index under which a parameter is not worth a name, and share of flips under which an outcome is not."""
UNIT_WORDS = {CHANCE: "of 100 worlds", "percent of Ukraine": "% of Ukraine", "percent": "points"}


def carriers(indices: pd.DataFrame, outcome: str, quantity: str = DIFFERENCE) -> pd.DataFrame:
    """The parameters that move a quantity, the first the most, of those whose total index is certainly not nothing."""
    rows = indices[(indices["outcome"] == outcome) & (indices["quantity"] == quantity)]
    known = rows[(rows["total"] >= SEEN) & (rows["total_low"] > 0.0)]
    return known.sort_values("total", ascending=False, kind="stable")


def sentences(indices: pd.DataFrame, flipping: pd.DataFrame, labels: Sequence[str]) -> list[str]:
    """What carries the differences whose sign flips, the most frequent first; the others in one sentence."""
    rows = _rows(flipping.sort_values("share", ascending=False, kind="stable"))
    often = [row for row in rows if row["share"] >= SEEN]
    said = [_said(row, indices, labels) for row in often or rows[:1]]
    rest = rows[len(said) :]
    if rest:
        most = _percent(max(row["share_high"] for row in rest))
        named = listed([lower(str(row["label"])) for row in rest])
        said.append(f"In the difference in {named} the sign flips in at most {most} % of sets (upper end of 95 %).")
    return said


def constant(indices: pd.DataFrame, outcome: str, quantity: str = DIFFERENCE) -> bool:
    """Whether a quantity is the same in every world, so that neither luck nor a parameter moves it."""
    rows = indices[(indices["outcome"] == outcome) & (indices["quantity"] == quantity)]
    return bool(rows["luck"].isna().any())


def caveats(indices: pd.DataFrame, convergence: pd.DataFrame, free: FreeParameters) -> list[str]:
    """How far the indices have settled, and what they leave out."""
    carrying = [carriers(indices, outcome).head(MOST_NAMED) for outcome in dict.fromkeys(indices["outcome"])]
    names = [(row["outcome"], row["parameter"]) for rows in carrying for row in _rows(rows)]
    totals = convergence[convergence["quantity"] == DIFFERENCE].set_index(["outcome", "parameter", "points"])["total"]
    *_, half, full = sorted(set(convergence["points"]))
    moves = [abs(totals[(*name, full)] - totals[(*name, half)]) for name in names]
    said = [f"From {half} points to {full} the indices named move by {max(moves):.2f} at most."] if moves else []
    if np.isnan(moves).any():
        said = [f"At {half} points not all of the indices named can be told: what they say at {full} is not settled."]
    if free.joint is None:
        return said
    first, second, rank = dependence(free.joint)
    said.append(
        f"The indices take the posterior's parameters as independent, which they are not (the strongest rank "
        f"correlation is {number(rank, 2)}, of {first} with {second}); the flips are counted on the posterior's own "
        f"{len(free.joint):,} sets."
    )
    return said


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _said(row: Mapping[str, Any], indices: pd.DataFrame, labels: Sequence[str]) -> str:
    scale = HUNDRED if row["unit"] == CHANCE else 1.0
    digits = decimals(scale * (row["high"] - row["low"]) / 2.0)
    unit = UNIT_WORDS.get(str(row["unit"]), str(row["unit"]))
    versus = f"{doctrine_label(labels[1])} less {doctrine_label(labels[0])}"
    ends = f"{number(scale * row['low'], digits)} to {number(scale * row['high'], digits)}"
    return (
        f"{row['label']}: {versus} is {counted(number(scale * row['mean'], digits), unit)} over all parameter sets "
        f"({ends}). {_flips_said(row, carriers(indices, row['outcome']))} {_carried(indices, row)}"
    )


def _flips_said(row: Mapping[str, Any], known: pd.DataFrame) -> str:
    """How often the sign flips; and where most, if it is certain that what bounds the region moves the difference."""
    often = _percent(row["share"])
    if row["share_high"] == 0.0:
        return "The sign flips in no parameter set."
    said = f"The sign flips in {often} % of them ({_percent(row['share_low'])} to {_percent(row['share_high'])} %)"
    if row["low"] <= 0.0 <= row["high"]:
        said += ", of a mean whose own sign is not certain"
    bounds = [part.rsplit(" ", 1) for part in str(row["region"]).split(" and ") if part]
    if bounds and {name for name, _ in bounds} <= {*known["parameter"]} and row["region_share"] > row["share"]:
        where = listed([f"{name} is {third}" for name, third in bounds])
        said += f"; most where {where}: {_percent(row['region_share'])} %"
    same_side = row["held_out"] * row["mean"] > 0.0
    return f"{said}{'; in lucks held out these flips do not show' if same_side else ''}."


def _carried(indices: pd.DataFrame, row: Mapping[str, Any]) -> str:
    known = carriers(indices, row["outcome"])
    if constant(indices, row["outcome"]):
        return f"The difference in {lower(str(row['label']))} does not vary: it is the same in every world."
    if known.empty:
        return f"No single parameter is certain to move the difference in {lower(str(row['label']))}."
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
