"""What is believed of Washington: by the audiences themselves, and by an observer who sees less than they do.

An observer changes nothing: the worlds are those in which the audiences saw all there was.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from sim.basics.arrays import Array
from sim.questions.reading.signs import SIGNS, Seen, turns
from sim.world import reading

HALF = 0.5
"""Chance beyond which something is likelier than not."""
TINY = 1e-12
"""Chance that counts as none in a score."""


def observed(found: Seen, without: Collection[str] = (), audience: str = "europe") -> Array:
    """What one with an audience's prior believes who does not see some signs, (months, doctrines, worlds)."""
    probability, prior = found.start[audience], found.prior[audience]
    believed = []
    for month, chance in enumerate(turns(found)):
        told = {name: values[month] for name, values in found.signs.items() if name not in without}
        if "calls" in told:
            probability = reading.learned(probability, told.pop("calls"), found.pace)
        probability = reading.switched(probability, prior, chance)
        if told:
            probability = reading.learned(probability, np.sum(list(told.values()), axis=0), found.pace)
        believed.append(probability)
    return np.stack(believed)


def by_month(found: Seen, believed: Array, months: Collection[str]) -> pd.DataFrame:
    """Mean chance of each doctrine, and share of worlds that find it likelier than not: `month, doctrine, ...`."""
    rows = []
    for month in months:
        now = believed[found.months.index(month)]
        for place, doctrine in enumerate(found.doctrines):
            likelier = float((now[place] > HALF).mean())
            chance = float(now[place].mean(dtype=float))
            rows.append({"month": month, "doctrine": doctrine, "chance": chance, "likelier": likelier})
    return pd.DataFrame(rows)


def blind_to(found: Seen, doctrine: str, months: Collection[str]) -> pd.DataFrame:
    """How likely observers find a doctrine who do not see a sign, or see it alone: a row each, a column a month."""
    rows: dict[str, tuple[str, ...]] = {"all signs": ()}
    rows |= {f"no {name}": (name,) for name in SIGNS}
    rows["no sanctions, no aid"] = ("sanctions", "aid")
    rows |= {f"{name} alone": tuple(other for other in SIGNS if other != name) for name in SIGNS}
    place = found.doctrines.index(doctrine)
    table = {}
    for label, without in rows.items():
        believed = observed(found, without)
        table[label] = [float(believed[found.months.index(month), place].mean(dtype=float)) for month in months]
    return pd.DataFrame.from_dict(table, orient="index", columns=list(months))


def log_score(found: Seen, truth: str, month: str, audience: str) -> tuple[float, float]:
    """Mean log chance that an audience gives the truth in a month, and that its prior gave it."""
    place = found.doctrines.index(truth)
    given = found.believed[audience][found.months.index(month), place]
    prior = float(np.ravel(found.prior[audience][place])[0])
    return float(np.log(np.maximum(given, TINY)).mean(dtype=float)), float(np.log(max(prior, TINY)))


def confusion(found: dict[str, Seen], month: str, audience: str = "europe") -> pd.DataFrame:
    """Mean chance given to each doctrine by a month, a row a truth; and the log score of the truth and of the prior."""
    rows = {}
    for truth, seen in found.items():
        now = seen.believed[audience][seen.months.index(month)].mean(axis=1, dtype=float)
        score, prior = log_score(seen, truth, month, audience)
        rows[truth] = {**dict(zip(seen.doctrines, map(float, now), strict=True)), "score": score, "prior": prior}
    return pd.DataFrame.from_dict(rows, orient="index")
