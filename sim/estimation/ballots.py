"""The coded votes: what each was like, and who voted how.

What a vote was like, in the terms of the vote equation: the sum at stake `b` (EUR bn at the year's mean rate), months
since March 2022, the president's pull (on what he may ask for: grants, not amendments of others), Europe's share of the
burden in the preceding half-year, whether a domestic price was open, and whether it asked to keep aid (an amendment
against it) or to grant it. Ukraine's need is held at its reference, so its term drops out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.basics.actors import FACTIONS
from sim.basics.arrays import Doubles
from sim.estimation import factions
from sim.estimation.factions import OPPOSITION, ORDER_MAJORITY, Chamber
from sim.estimation.ridge import GroupedVotes
from sim.record import monthly, tables
from sim.record.vote_rules import AGAINST
from sim.scenario.doctrine import UnitedStatesDoctrine
from sim.scenario.parameters import CongressParameters
from sim.scenario.presets import UNITED_STATES
from sim.world.votes import whip

COEFFICIENTS = ("intercept", "size", "fatigue", "whip", "burden", "price", "keep")
"""The last two belong to the coding, not to the simulated bill: a price unpaid, and keeping instead of granting."""
EXECUTIVES = {"2021-01-20": "architectural", "2025-01-20": "transactional"}
"""Doctrine of the White House from each inauguration on."""
FIRST_MONTH = pd.Period("2022-03", "M")
"""Fatigue counts months from here."""
FATIGUE = COEFFICIENTS.index("fatigue")
CLUSTERING = 0.01
"""Correlation of votes within a roll call: what a common shock of 10 in 220 amounts to (judgement)."""

Labelled = tuple[NDArray[Any], GroupedVotes]
"""The vote of each row, and the rows."""


def coded() -> pd.DataFrame:
    """Votes that carry a code, with their counts, one row a vote; `b`, `months`, `whip`, `burden` are added."""
    return _described(tables.read("congress_coding").merge(tables.read("votes"), on="vote").set_index("vote"))


def all_roll_calls() -> pd.DataFrame:
    """Every vote that has a side for aid, in the order of the table `votes`.

    What is about much else, or says little, has no code: it is taken for a grant of no sum, or for an amendment against
    aid, and what sets its kind apart is learned from the votes (`sim.estimation.rollcalls`).
    """
    code, votes = tables.read("congress_coding"), tables.read("votes").query("pro != 'none'")
    frame = votes.merge(code, on="vote", how="left").set_index("vote")
    uncoded = frame["test"].isna()
    test = frame["test"].where(~uncoded, frame["says"].isin(AGAINST).map({True: "keep", False: "grant"}))
    return _described(frame.assign(test=test).fillna({"fitted": 0, "stake_usd_bn": 0.0, "price_open": 0}))


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what the vote equation looks at."""
    rate = tables.read("exchange_rates").set_index("year")["usd_per_eur"]
    euros = frame["stake_usd_bn"] / frame["date"].dt.year.map(rate)
    month = frame["date"].dt.to_period("M")
    europe_share = monthly.dataset()["europe_share"].to_series()
    return frame.assign(
        b=euros.where(frame["stake_usd_bn"] > 0.0, 0.0),
        months=month.map(lambda m: (m - FIRST_MONTH).n),
        whip=frame["date"].map(_pull).where(frame["test"].eq("grant"), 0.0),
        burden=2.0 * month.dt.to_timestamp().map(europe_share) - 1.0,
    )


def _pull(date: pd.Timestamp) -> float:
    """The whip of the executive in office on a date."""
    in_office = [doctrine for start, doctrine in EXECUTIVES.items() if pd.Timestamp(start) <= date][-1]
    us = UNITED_STATES[in_office].doctrine
    assert isinstance(us, UnitedStatesDoctrine)
    return whip(us.order, us.europe, CongressParameters())


def design(frame: pd.DataFrame) -> Doubles:
    """What each vote was like, (votes, coefficients)."""
    keep = frame["test"].eq("keep").astype(float)
    columns = [
        keep * 0.0 + 1.0, frame["b"], frame["months"], frame["whip"], frame["burden"], frame["price_open"], keep,
    ]  # fmt: skip
    return np.column_stack(columns).astype(float)


def party_votes(frame: pd.DataFrame) -> pd.DataFrame:
    """Ballots for aid and ballots cast, by party; independents count with the Democrats."""
    side = np.where(frame["pro"].eq("yea"), "yea", "nay")
    count = {(p, s): frame[f"{p}_{s}"].to_numpy() for p in ("dem", "rep", "ind") for s in ("yea", "nay")}
    pro = {p: np.where(side == "yea", count[p, "yea"], count[p, "nay"]) for p in ("dem", "rep", "ind")}
    cast = {p: count[p, "yea"] + count[p, "nay"] for p in ("dem", "rep", "ind")}
    return pd.DataFrame(
        {
            "democrats_for": pro["dem"] + pro["ind"],
            "democrats_cast": cast["dem"] + cast["ind"],
            "republicans_for": pro["rep"],
            "republicans_cast": cast["rep"],
        },
        index=frame.index,
        dtype=float,
    )


def seats_at(frame: pd.DataFrame, seats: pd.DataFrame) -> Doubles:
    """Seats of the factions at each vote, (votes, factions)."""
    wide = seats.pivot(index=["congress", "chamber"], columns="faction", values="seats")[list(FACTIONS)]
    return wide.loc[list(zip(frame["congress"], frame["chamber"], strict=True))].to_numpy(float, copy=True)


def republican_mixture(frame: pd.DataFrame, seats: pd.DataFrame) -> Doubles:
    """Shares of the factions among Republicans at each vote, (votes, factions)."""
    republicans = seats_at(frame, seats)
    republicans[:, FACTIONS.index(ORDER_MAJORITY)] = 0.0
    shares: Doubles = republicans / republicans.sum(axis=1, keepdims=True)
    return shares


def effective(ballots: Doubles) -> Doubles:
    """Number of independent ballots that correlated ones are worth (Kish's design effect)."""
    return ballots / (1.0 + CLUSTERING * np.maximum(ballots - 1.0, 0.0))


class Ballots(NamedTuple):
    """Observations, and the vote that each comes from."""

    vote: pd.Index[str]
    rows: GroupedVotes

    def without(self, vote: str) -> Ballots:
        """Leave one vote out."""
        return self._only(np.asarray(self.vote != vote))

    def capped(self, months: float) -> GroupedVotes:
        """Rows in which fatigue stops growing after so many months."""
        design = self.rows.design.copy()
        design[:, FATIGUE] = np.minimum(design[:, FATIGUE], months)
        return self.rows._replace(design=design)

    def _only(self, which: NDArray[np.bool_]) -> Ballots:
        return Ballots(self.vote[which], GroupedVotes(*(array[which] for array in self.rows)))


def collect(frame: pd.DataFrame, seats: pd.DataFrame, chambers: dict[str, Chamber]) -> Ballots:
    """All observations: Democrats by vote; Republicans by faction where members are known, else as a party."""
    known = frame.index.isin([vote for chamber in chambers.values() for vote in chamber.votes])
    parts = [_democrats(frame), _parties(frame[~known], seats)]
    parts += [_factions(frame, chamber) for chamber in chambers.values()]
    labels, groups = zip(*parts, strict=True)
    stacked = GroupedVotes(*(np.concatenate(arrays) for arrays in zip(*groups, strict=True)))
    return Ballots(pd.Index(np.concatenate(labels)), stacked)._only(stacked.number > 0.0)


def _democrats(frame: pd.DataFrame) -> Labelled:
    count = party_votes(frame)
    mixture = np.zeros((len(frame), len(FACTIONS)))
    mixture[:, FACTIONS.index(ORDER_MAJORITY)] = 1.0
    return _group(frame, mixture, count["democrats_for"], count["democrats_cast"])


def _parties(frame: pd.DataFrame, seats: pd.DataFrame) -> Labelled:
    count = party_votes(frame)
    return _group(frame, republican_mixture(frame, seats), count["republicans_for"], count["republicans_cast"])


def _group(frame: pd.DataFrame, mixture: Doubles, pro: pd.Series[float], cast: pd.Series[float]) -> Labelled:
    ballots = np.asarray(cast, dtype=np.float64)
    ayes = np.asarray(pro / cast, dtype=np.float64)
    return frame.index.to_numpy(), GroupedVotes(design(frame), mixture, ayes, effective(ballots))


def _factions(frame: pd.DataFrame, chamber: Chamber) -> Labelled:
    """One row a faction and key vote: expected ballots for aid, and cast, given each member's posterior class."""
    republican = chamber.patterns["party"].eq("republican")
    ayes, cast = factions.tally(
        factions.for_aid(chamber.patterns[republican], chamber.votes),
        chamber.patterns.loc[republican, "members"].to_numpy(float),
        chamber.classes.membership,
    )
    one_hot = np.eye(len(FACTIONS))[[FACTIONS.index(faction) for faction in OPPOSITION]]
    votes = design(frame.loc[chamber.votes])
    share = np.divide(ayes, cast, out=np.zeros_like(ayes), where=cast > 0.0)
    rows = GroupedVotes(
        np.tile(votes, (len(OPPOSITION), 1)),
        np.repeat(one_hot, len(votes), axis=0),
        share.ravel(),
        effective(cast.ravel()),
    )
    return np.tile(chamber.votes, len(OPPOSITION)), rows
