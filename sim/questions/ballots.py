"""Votes in Congress, simulated by year, and the observed ones they can be held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.questions.bands import STATISTICS, summary
from sim.world.votes import CLOTURE, HOUSE_MAJORITY

if TYPE_CHECKING:
    import xarray as xr

CHAMBERS = {"house": ("House", HOUSE_MAJORITY), "senate": ("Senate", CLOTURE)}
"""Name of each chamber and the ayes that pass a bill in it."""
COMPARABLE = ("standalone_ukraine", "multi_country_security_package")
"""Bills whose vote is about Ukraine: an omnibus or a continuing resolution is voted on for other reasons."""
COLUMNS = ("doctrine", "year", "chamber", "votes", "votes_per_100_worlds", *STATISTICS)


def ballots(dataset: xr.Dataset) -> pd.DataFrame:
    """Ayes on the bills voted on in each year, over worlds and months: one row a doctrine, year and chamber.

    A year without a vote in any world has a row with no votes and NaN ayes.
    """
    years = dataset["month"].dt.year.to_numpy()
    worlds = dataset.sizes["world"]
    rows = []
    for label in map(str, dataset["doctrine"].to_numpy()):
        for chamber in CHAMBERS:
            ayes = dataset[f"{chamber}_ayes"].sel(doctrine=label).transpose("month", "world").to_numpy()
            for year in np.unique(years):
                cast = ayes[years == year]
                count = int(np.isfinite(cast).sum())
                found = dict(zip(STATISTICS, summary(cast.ravel()), strict=True))
                head = {"doctrine": label, "year": int(year), "chamber": chamber, "votes": count}
                rows.append({**head, "votes_per_100_worlds": 100.0 * count / worlds, **found})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def observed_ballots(votes: pd.DataFrame) -> pd.DataFrame:
    """Final passages of bills that were about aid to Ukraine: columns `date, chamber, bill, ayes`.

    Parameters
    ----------
    votes : pandas.DataFrame
        As `sim.record.votes` gives them.
    """
    chosen = votes["kind"].eq("final_passage") & votes["focus"].isin(COMPARABLE) & votes["usd_bn"].notna()
    found = votes.loc[chosen, ["date", "chamber", "bill", "yea"]].rename(columns={"yea": "ayes"})
    found["date"] = pd.to_datetime(found["date"])
    return found.reset_index(drop=True)
