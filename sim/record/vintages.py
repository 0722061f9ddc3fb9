"""How far a published month may still move: two releases of the Ukraine Support Tracker, month by month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.record import monthly, tables

OFFSET = 0.3
"""Added before logarithms of monthly flows, EUR bn, as in the statistics of the fit: empty months do not dominate."""
FLOWS = ("us", "europe")
DECIMALS = 3


class Revision(NamedTuple):
    """What a later release changed in one flow.

    change : of the total, share of the earlier one. sd : standard deviation of the monthly change, EUR bn.
    log_sd, log_most : the same and the largest, of logarithms with `OFFSET`. two_months, six_months : standard
    deviation of the change of sums of so many months in a row, share of the earlier one; what is only dated anew within
    them cancels.
    """

    flow: str
    first: str
    last: str
    change: float
    sd: float
    log_sd: float
    log_most: float
    two_months: float
    six_months: float


def revised(older: int | None = None, newer: int | None = None) -> pd.DataFrame:
    """Two releases side by side, EUR bn a month, loan included: index `month`, columns (flow, release).

    Parameters
    ----------
    older, newer : int, optional
        The releases; the first and the last of `sim.record.monthly.releases` if not given.
    """
    known = monthly.releases()
    chosen = [known[0] if older is None else older, known[-1] if newer is None else newer]
    wide = tables.read("aid_vintages").pivot(index="month", columns="release")
    return wide[[(flow, release) for flow in FLOWS for release in chosen]].dropna()


def revision(flow: str, since: str = "2022-01") -> Revision:
    """The measured error of a release: how far the next one moved a flow.

    Parameters
    ----------
    flow : str
        us or europe.
    since : str
        First month compared. Release 29 re-dates much of 2022 and 2023; from 2024-01 on it changes little.
    """
    both = revised()[flow][since:]
    before, after = (both[release] for release in both.columns)
    change, logs = after - before, np.log(after + OFFSET) - np.log(before + OFFSET)
    sums = ((change.rolling(k).sum() / before.rolling(k).sum()).std() for k in (2, 6))
    numbers = (change.sum() / before.sum(), change.std(), logs.std(), logs.abs().max(), *sums)
    months = (f"{both.index[0]:%Y-%m}", f"{both.index[-1]:%Y-%m}")
    return Revision(flow, *months, *(round(float(number), DECIMALS) for number in numbers))


def revisions(since: str = "2022-01") -> pd.DataFrame:
    """The measured error of a release, a row a flow."""
    return pd.DataFrame([revision(flow, since) for flow in FLOWS])
