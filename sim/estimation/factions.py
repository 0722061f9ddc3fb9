"""From the vote patterns of Republicans to five factions and their seats, by latent classes.

The classes start from, and are held near, stated prototypes of the motives (`congress_motives.csv`):

- institutional hawks vote for aid always;
- fiscal opponents grant small sums, refuse to end aid, and refuse the large bill;
- nationalists voted for aid in 2022 and against it afterwards, under a president of the other side;
- isolationists vote to end all aid, and refused it in 2022 already;
- members with leverage refuse while a domestic price is unpaid and vote for aid once it is settled.

Everyone who sits with the Democrats is the `order_majority`.

Members who differ only by class vote independently of one another (Lazarsfeld). EM on distinct vote patterns and their
counts, with prototypes as a prior:

1. start from the prototypes, one row a class: how often such a member would vote aye;
2. E: the posterior class of each pattern, from its votes; a vote not cast says nothing;
3. M: class shares from expected counts plus one; ayes per class and vote from expected counts plus `strength`
   imagined members who vote as the prototype does;
4. repeat until the chances stand still.

References
----------
Lazarsfeld and Henry (1968), Latent Structure Analysis. Dempster, Laird and Rubin (1977), JRSS B 39.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.actors import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.basics.arrays import Doubles
from sim.record import tables

CHAMBERS = {"house": HOUSE_SEATS, "senate": SENATE_SEATS}
ORDER_MAJORITY, *OPPOSITION = FACTIONS
"""The faction of the Democrats, and the five that Republicans fall into."""
STRENGTH = 4.0
"""Imagined members behind each prototype and vote (judgement: decides where a faction has a dozen members)."""
EDGE = 0.03
"""How far a prototype or a random start keeps from certainty, so that one odd vote does not rule a class out."""
ROUNDS, TOLERANCE = 5000, 1e-10


class Classes(NamedTuple):
    """A fitted model of K classes and V votes on N patterns."""

    shares: Doubles
    """Share of each class, (K,)."""
    profile: Doubles
    """Chance of an aye by class and vote, (K, V)."""
    membership: Doubles
    """Posterior class of each pattern, (N, K)."""
    log_likelihood: float
    """Of the votes, prior left out."""


def latent_classes(votes: Doubles, counts: Doubles, prototypes: Doubles, strength: float = 1.0) -> Classes:
    """Fit classes to vote patterns.

    Parameters
    ----------
    votes : array (N, V)
        Distinct patterns: 1 aye, 0 no, NaN not cast.
    counts : array (N,)
        Members with each pattern.
    prototypes : array (K, V)
        Expected chance of an aye by class: start and prior mean.
    strength : float
        Imagined members behind each prototype.
    """
    prior = np.clip(prototypes, EDGE, 1.0 - EDGE)
    return climb(votes, counts, prior, prior, strength)


def climb(votes: Doubles, counts: Doubles, start: Doubles, prior: Doubles, strength: float) -> Classes:
    """Fit classes as in `latent_classes`, by expectation and maximisation from any start, (K, V)."""
    shares, profile = np.full(len(start), 1.0 / len(start)), start
    for _ in range(ROUNDS):
        membership, log_likelihood = expect(votes, counts, shares, profile)
        before = profile
        shares, profile = _maximise(votes, counts, membership, prior, strength)
        if np.abs(profile - before).max() < TOLERANCE:
            break
    return Classes(shares, profile, membership, log_likelihood)


def expect(votes: Doubles, counts: Doubles, shares: Doubles, profile: Doubles) -> tuple[Doubles, float]:
    """Posterior classes (N, K) of patterns, and the log-likelihood of all votes."""
    cast, ayes = ~np.isnan(votes), np.nan_to_num(votes)
    joint = ayes @ np.log(profile).T + (cast - ayes) @ np.log(1.0 - profile).T + np.log(shares)
    marginal = np.logaddexp.reduce(joint, axis=1)
    return np.exp(joint - marginal[:, None]), float(counts @ marginal)


def tally(votes: Doubles, counts: Doubles, membership: Doubles) -> tuple[Doubles, Doubles]:
    """Expected ayes and votes cast by class and vote, two arrays (K, V)."""
    weights = (membership * counts[:, None]).T
    return weights @ np.nan_to_num(votes), weights @ ~np.isnan(votes)


def _maximise(
    votes: Doubles, counts: Doubles, membership: Doubles, prior: Doubles, strength: float
) -> tuple[Doubles, Doubles]:
    ayes, cast = tally(votes, counts, membership)
    size = counts @ membership + 1.0
    return size / size.sum(), (ayes + strength * prior) / (cast + strength)


# ---- the factions


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


def for_aid(frame: pd.DataFrame, votes: list[str]) -> Doubles:
    """Votes as 1 for aid, 0 against, NaN not cast: a nay to an amendment against aid is a vote for it."""
    cast: Doubles = frame[votes].apply(lambda column: column.map({"Y": 1.0, "N": 0.0})).to_numpy(float)
    side = tables.read("votes").set_index("vote").loc[votes, "pro"].eq("yea").to_numpy()
    return np.where(side, cast, 1.0 - cast)


def classify(chamber: str, without: Collection[str] = ()) -> Chamber:
    """Find the factions of a chamber, some votes left out if asked."""
    frame, motives = patterns(chamber), tables.read("congress_motives")
    motives = motives[(motives["chamber"] == chamber) & ~motives["vote"].isin(list(without))]
    votes = motives["vote"].tolist()
    republican = frame["party"].eq("republican").to_numpy()
    classes = latent_classes(
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
