"""What the votes leave open about a grant: `python -m sim.estimation.open_grant`.

Since February 2025 no roll call gave Ukraine anything. Two thirds to three quarters of House Republicans refuse a ban;
how they would vote on money that their president does not ask for is not observed. Some share `follow` of all
Republicans would vote as their leaders, against; the others as in 2024. Nothing in the record narrows it, so every
share is as likely, and the ayes of a stand-alone bill are told for both ends, for the middle, and for any share.

The table `congress_open_grant` is written by this command.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.basics.actors import FACTIONS
from sim.basics.arrays import Array, real
from sim.estimation.rollcalls import ENDS
from sim.record import tables
from sim.scenario.doctrine import CongressDoctrine
from sim.scenario.parameters import CongressParameters
from sim.scenario.presets import CONGRESS
from sim.world import votes

DRAWS = 401
"""Quantiles of the surprise, and of the share who follow."""
MONTHS = 45.0
"""From March 2022 to December 2025."""
RATE = 1.0824
"""Dollars a euro in 2024, the last year of `exchange_rates`."""
FOLLOW = {"0": 0.0, "0.5": 0.5, "1": 1.0, "any": None}
CHAMBERS = {"house": votes.HOUSE_MAJORITY, "senate": votes.CLOTURE}
DECIMALS = 2


def table() -> pd.DataFrame:
    """Ayes by chamber, size and share who follow, one row each."""
    sizes = sorted(tables.read("aid_bills").query("date >= '2025-01-01' and usd_bn > 0")["usd_bn"])
    rows = [
        (chamber, size, name, *_told(ayes(chamber, size, follow), needed))
        for chamber, needed in CHAMBERS.items()
        for size in sizes
        for name, follow in FOLLOW.items()
    ]
    return pd.DataFrame(rows, columns=["chamber", "usd_bn", "follow", "ayes", "low", "high", "passes"])


def ayes(chamber: str, usd_bn: float, follow: float | None) -> Array:
    """Ayes of the 119th Congress over the surprises of a bill, shape (W,); over the shares who follow, too, if None."""
    p, session = CongressParameters(), CONGRESS["119th"].doctrine
    assert isinstance(session, CongressDoctrine)
    at = (np.arange(DRAWS) + 0.5) / DRAWS
    surprise, share = (grid.ravel() for grid in np.meshgrid(ndtri(at), at if follow is None else [follow]))
    factions = _factions()
    odds = sum(votes.odds_terms(factions, _bill(usd_bn / RATE, surprise.size), p).values())
    odds = odds + factions["follows"] * p.vote_scatter * surprise
    seats = real([[getattr(getattr(session, chamber), faction)] for faction in FACTIONS])
    return np.rint(votes.expected_ayes(seats, votes.shares(factions, odds, share)))


def _bill(size: float, worlds: int) -> votes.Bill:
    """A bill of money of December 2025: Europe pays alone, Ukraine's need is usual, no price is asked."""
    one = np.ones(worlds)
    pull, need = votes.AS_IN_2024 * one, votes.NEED_REFERENCE * one
    return votes.Bill(size * one, 0.0 * one, MONTHS, pull, europe_share=one, need=need, sanctions=0.0 * one)


def _factions() -> dict[str, Array]:
    frame = tables.read("congress_coefficients").set_index("faction").loc[list(FACTIONS)]
    return {column: frame[[column]].to_numpy(float) for column in votes.COLUMNS}


def _told(counted: Array, needed: int) -> tuple[float, ...]:
    low, high = np.quantile(counted, ENDS)
    return float(np.median(counted)), float(low), float(high), round(float((counted >= needed).mean()), DECIMALS)


def main() -> None:
    """Write the table and show it."""
    found = table()
    sys.stdout.write(f"wrote {tables.write('congress_open_grant', found).name}\n{found.to_string()}\n")


if __name__ == "__main__":
    main()
