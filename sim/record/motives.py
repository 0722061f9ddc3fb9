"""From the vote patterns of Republicans to five factions and their seats.

The classes start from, and are held near, stated prototypes of the motives (`congress_motives.csv`):

- institutional hawks vote for aid always;
- fiscal opponents grant small sums, refuse to end aid, and refuse the large bill;
- nationalists voted for aid in 2022 and against it afterwards, under a president of the other side;
- isolationists vote to end all aid, and refused it in 2022 already;
- members with leverage refuse while a domestic price is unpaid and vote for aid once it is settled.

Everyone who sits with the Democrats is the `order_majority`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.doctrine import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.record import latent_class, tables
from sim.record.latent_class import Array, Classes

CHAMBERS = {"house": HOUSE_SEATS, "senate": SENATE_SEATS}
ORDER_MAJORITY, *OPPOSITION = FACTIONS
"""The faction of the Democrats, and the five that Republicans fall into."""
STRENGTH = 4.0
"""Imagined members behind each prototype and vote (judgement: decides where a faction has a dozen members)."""


class Chamber(NamedTuple):
    """Patterns of one chamber and the factions found in them."""

    patterns: pd.DataFrame
    """Party, members, and one column a key vote."""
    votes: list[str]
    """Key votes that the classes were found in."""
    membership: pd.DataFrame
    """Posterior share of each faction, one row a pattern."""
    classes: Classes


def patterns(chamber: str) -> pd.DataFrame:
    """Distinct vote patterns of a chamber and the number of members with each."""
    return tables.read(f"vote_patterns_{chamber}")


def for_aid(frame: pd.DataFrame, votes: list[str]) -> Array:
    """Votes as 1 for aid, 0 against, NaN not cast: a nay to an amendment against aid is a vote for it."""
    cast = frame[votes].replace({"Y": 1.0, "N": 0.0, "A": np.nan}).to_numpy(float)
    side = tables.read("votes").set_index("vote").loc[votes, "pro"].eq("yea").to_numpy()
    return np.where(side, cast, 1.0 - cast)


def classify(chamber: str, without: str | None = None) -> Chamber:
    """Find the factions of a chamber, one vote left out if asked."""
    frame, motives = patterns(chamber), tables.read("congress_motives")
    motives = motives[(motives["chamber"] == chamber) & (motives["vote"] != without)]
    votes = motives["vote"].tolist()
    republican = frame["party"].eq("republican").to_numpy()
    classes = latent_class.fit(
        for_aid(frame[republican], votes),
        frame.loc[republican, "members"].to_numpy(float),
        motives[list(OPPOSITION)].to_numpy(float).T,
        STRENGTH,
    )
    membership = pd.DataFrame(0.0, index=frame.index, columns=list(FACTIONS))
    membership.loc[~republican, ORDER_MAJORITY] = 1.0
    membership.loc[republican, list(OPPOSITION)] = classes.membership
    return Chamber(frame, votes, membership, classes)


def strength_by_congress(chamber: Chamber) -> pd.DataFrame:
    """Members of each faction, one row a congress: the mean over its key votes of those on the roll.

    The mean over votes keeps a member who was replaced and the replacement from counting twice.
    """
    congress = tables.read("votes").set_index("vote")["congress"]
    key = [str(column) for column in chamber.patterns if column in congress]
    weighted = chamber.membership.mul(chamber.patterns["members"], axis=0)
    on_roll = {vote: weighted[chamber.patterns[vote].notna()].sum() for vote in key}
    return pd.DataFrame(on_roll).T.groupby(congress).mean()


def whole_seats(strength: pd.Series[float], total: int) -> pd.Series[int]:
    """Scale to a full chamber (no vacancies, no delegates) and round by largest remainders."""
    exact = strength * total / strength.sum()
    rank = (exact % 1.0).rank(ascending=False, method="first")
    left_over = total - int((exact // 1.0).sum())
    return (exact // 1.0 + (rank <= left_over)).astype(int)


def seats(chambers: dict[str, Chamber]) -> pd.DataFrame:
    """Seats: one row a congress, chamber and faction, full chambers."""
    rows = [
        (congress, name, faction, seats)
        for name, total in CHAMBERS.items()
        for congress, strength in strength_by_congress(chambers[name]).iterrows()
        for faction, seats in whole_seats(strength, total).items()
    ]
    return pd.DataFrame(rows, columns=["congress", "chamber", "faction", "seats"]).sort_values(
        ["congress", "chamber"], kind="stable", ignore_index=True
    )
