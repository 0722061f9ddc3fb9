"""Estimate the factions of Congress from its votes on Ukraine: `python -m sim.estimation.congress`.

1. Latent classes of Republicans by their votes give the factions and their seats (`factions`).
2. The vote equation is fitted to the coded votes by penalised likelihood (`ballots`, `ridge`). Fatigue grows with the
   months since March 2022 up to a month that is estimated too: opposition settled in 2023 and has not grown since.
3. The weight of the data in a coefficient is 1 - (posterior sd / prior sd)^2, at its smallest over leaving out any one
   vote. From a half up it is identified, from a fifth up partly; below, it is put back to its prior mean and the
   rest is fitted again.
4. Every coded vote is predicted twice: by the fit, and by a fit (classes included) that has seen no vote of its bill.
5. How far all roll calls stray from such predictions, by party and kind of bill, gives each party's share in a vote
   that nobody has seen an interval (`rollcalls`).

The tables `congress_seats`, `_coefficients`, `_evidence`, `_profiles`, `_fit`, `_rollcalls` and `_kinds` are written by
this command.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.actors import FACTIONS
from sim.basics.arrays import Doubles, expit
from sim.estimation import ballots, factions, ridge, rollcalls
from sim.estimation.ballots import COEFFICIENTS, Ballots
from sim.estimation.factions import ORDER_MAJORITY, Chamber
from sim.estimation.ridge import Estimate, NormalPrior
from sim.record import tables

CAPS = range(6, 41)
"""Months after which fatigue may stop growing: from half a year to never within the record."""
IDENTIFIED, PARTLY = 0.5, 0.2
"""Weight of the data in a coefficient from which it is identified, and under which the prior is kept (judgement)."""
PARTIES = ("democrats", "republicans")
SHARES = ("cast", "observed", "predicted", "low", "high")
"""What the table of roll calls says of a party."""
DECIMALS = {"coefficients": 4, "ayes": 1, "shares": 3}


class CongressVotes(NamedTuple):
    """What the votes say about Congress."""

    chambers: dict[str, Chamber]
    seats: pd.DataFrame
    fatigue_months: int
    estimate: Estimate
    """After coefficients that are not identified were put back to their priors."""
    free: Estimate
    """Before that."""
    weight: Doubles
    """Weight of the data in each coefficient, 0 where only the prior speaks, (factions, coefficients)."""


def estimate(without: Collection[str] = ()) -> CongressVotes:
    """Steps 1 to 3, some votes left out if asked."""
    chambers = {name: factions.classify(name, without) for name in factions.CHAMBERS}
    seats = factions.seats(chambers)
    votes = ballots.coded().query("fitted == 1").drop(index=list(without), errors="ignore")
    data, prior = ballots.collect(votes, seats, chambers), priors()
    months = _best_cap(data, prior)
    free = ridge.fit(data.capped(months), prior)
    weight = _weight_of_data(data, prior, months)
    final = ridge.fit(data.capped(months), prior._replace(sd=np.where(weight >= PARTLY, prior.sd, 0.0)))
    return CongressVotes(chambers, seats, months, final, free, weight)


def priors() -> NormalPrior:
    """Prior means and sds (factions, coefficients); what the table does not name is held at zero."""
    table = tables.read("congress_priors")

    def shaped(part: str) -> Doubles:
        wide = table.pivot(index="faction", columns="coefficient", values=part)
        return wide.reindex(index=FACTIONS, columns=COEFFICIENTS).fillna(0.0).to_numpy(float)

    return NormalPrior(shaped("mean"), shaped("sd"))


def _best_cap(data: Ballots, prior: NormalPrior) -> int:
    def fitted(months: int) -> float:
        rows = data.capped(months)
        return ridge.objective(ridge.fit(rows, prior).mean, rows, prior)

    return max(CAPS, key=fitted)


def _weight_of_data(data: Ballots, prior: NormalPrior, months: int) -> Doubles:
    """Share of each coefficient's precision that comes from the data, whichever vote is left out."""
    drops = [ridge.fit(data.without(vote).capped(months), prior) for vote in data.vote.unique()]
    sd = np.max([drop.sd for drop in drops], axis=0)
    ratio = np.divide(sd, prior.sd, out=np.ones_like(sd), where=prior.sd > 0.0)
    return np.asarray(1.0 - ratio**2)


def predict(congress: CongressVotes, frame: pd.DataFrame) -> pd.DataFrame:
    """Ayes expected from the ballots cast, and from full chambers, and the parties' shares of ayes, one row a vote."""
    design = ballots.design(frame.assign(months=frame["months"].clip(upper=congress.fatigue_months)))
    q = expit(design @ congress.estimate.mean.T)
    cast = ballots.party_votes(frame)
    republican = np.einsum("vf,vf->v", ballots.republican_mixture(frame, congress.seats), q)
    democrat = q[:, FACTIONS.index(ORDER_MAJORITY)]
    full = np.einsum("vf,vf->v", ballots.seats_at(frame, congress.seats), q)
    return pd.DataFrame(
        {
            "predicted": cast["democrats_cast"] * democrat + cast["republicans_cast"] * republican,
            "full_chamber": full,
            "democrats": democrat,
            "republicans": republican,
        },
        index=frame.index,
    )


# ---- the tables


def coefficient_table(congress: CongressVotes, kinds: pd.DataFrame) -> pd.DataFrame:
    """The vote equation, one row a faction, with the names of coefficients that are only priors.

    What votes on sanctions alone have beyond a grant of no sum is known by party (`kinds`), and so is who may follow
    leaders of the other side: all but the order majority.
    """
    frame = pd.DataFrame(congress.estimate.mean, columns=list(COEFFICIENTS)).round(DECIMALS["coefficients"])
    frame.insert(0, "faction", list(FACTIONS))
    only_prior = [
        " ".join(name for name, silent in zip(COEFFICIENTS, row, strict=True) if silent)
        for row in (congress.weight < PARTLY) & (priors().sd > 0.0)
    ]
    follows = (frame["faction"] != ORDER_MAJORITY).astype(int)
    (extra,) = kinds.query("party == 'republicans' and kind == 'sanctions'")["stray"].to_numpy(float)
    return frame.assign(
        sanctions=follows * round(float(extra), DECIMALS["coefficients"]),
        follows=follows,
        fatigue_months=congress.fatigue_months,
        not_identified=only_prior,
    )


def evidence_table(congress: CongressVotes) -> pd.DataFrame:
    """Prior and posterior of every coefficient, one row each."""
    prior = priors()
    index = pd.MultiIndex.from_product([FACTIONS, COEFFICIENTS], names=["faction", "coefficient"])
    columns = {
        "used": congress.estimate.mean,
        "estimate": congress.free.mean,
        "sd": congress.free.sd,
        "prior_mean": prior.mean,
        "prior_sd": prior.sd,
        "data_weight": congress.weight,
    }
    frame = pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index=index)
    level = (congress.weight >= PARTLY).astype(int) + (congress.weight >= IDENTIFIED)
    frame = frame.round(DECIMALS["coefficients"]).assign(identified=np.array(["no", "partly", "yes"])[level.ravel()])
    return frame[prior.sd.ravel() > 0.0].reset_index()


def profile_table(congress: CongressVotes) -> pd.DataFrame:
    """How each faction voted: share for aid by key vote, and the share of its chamber's Republicans it makes."""
    rows = [
        (name, faction, vote, share, chance)
        for name, chamber in congress.chambers.items()
        for faction, share, chances in zip(
            factions.OPPOSITION, chamber.classes.shares, chamber.classes.profile, strict=True
        )
        for vote, chance in zip(chamber.votes, chances, strict=True)
    ]
    columns = ["chamber", "faction", "vote", "share_of_republicans", "share_for_aid"]
    return pd.DataFrame(rows, columns=columns).round(DECIMALS["shares"])


def unseen(frame: pd.DataFrame, seen: CongressVotes) -> dict[str, CongressVotes]:
    """For every bill, the estimate from the votes of the others; `seen` where no vote of it was fitted."""
    fitted = frame[frame["fitted"] == 1]
    left = {str(bill): estimate(list(votes.index)) for bill, votes in fitted.groupby("bill")}
    return {bill: left.get(bill, seen) for bill in frame["bill"].unique()}


def fit_table(congress: CongressVotes, without: dict[str, CongressVotes]) -> pd.DataFrame:
    """Observed and predicted ayes for aid of every coded vote, `left_out` from a fit that has not seen its bill."""
    frame = ballots.coded()
    party = ballots.party_votes(frame)
    apart = [predict(without[str(bill)], rows)["predicted"] for bill, rows in frame.groupby("bill")]
    return (
        frame[["date", "chamber", "fitted", "test"]]
        .assign(
            observed=(party["democrats_for"] + party["republicans_for"]).astype(int),
            **predict(congress, frame)[["predicted", "full_chamber"]].round(DECIMALS["ayes"]),
            left_out=pd.concat(apart).round(DECIMALS["ayes"]),
        )
        .reset_index()
    )


def roll_calls(without: dict[str, CongressVotes]) -> dict[str, rollcalls.Votes]:
    """All votes that have a side for aid, by party, with what the equation expects of a bill it has not seen."""
    frame = ballots.all_roll_calls()
    cast = ballots.party_votes(frame)
    unseen_shares = [predict(without[str(bill)], rows) for bill, rows in frame.groupby("bill")]
    shares: pd.DataFrame = pd.concat(unseen_shares).loc[frame.index]
    return {
        party: rollcalls.Votes(frame["bill"], frame["says"], shares[party], cast[f"{party}_for"], cast[f"{party}_cast"])
        for party in PARTIES
    }


def roll_call_table(votes: dict[str, rollcalls.Votes]) -> pd.DataFrame:
    """Share of each party for aid, observed and predicted unseen with an interval, one row a vote and party."""
    frame = ballots.all_roll_calls()[["date", "chamber", "says"]]
    parts = [frame.assign(party=party, **rollcalls.left_out(rows)) for party, rows in votes.items()]
    table = pd.concat(parts).reset_index()[["vote", "date", "chamber", "says", "party", *SHARES]]
    return table.round(dict.fromkeys(SHARES, DECIMALS["shares"])).sort_values(
        ["date", "vote", "party"], kind="stable", ignore_index=True
    )


def kind_table(votes: dict[str, rollcalls.Votes]) -> pd.DataFrame:
    """How far the kinds of votes stray from the equation, and scatter, one row a party and kind."""
    parts = [rollcalls.by_kind(rows).assign(party=party) for party, rows in votes.items()]
    table = pd.concat(parts, ignore_index=True)
    return table[["party", *table.columns.drop("party")]].round(DECIMALS["shares"])


def build() -> dict[str, pd.DataFrame]:
    """All estimated tables, by name."""
    congress = estimate()
    without = unseen(ballots.all_roll_calls(), congress)
    votes = roll_calls(without)
    kinds = kind_table(votes)
    return {
        "congress_seats": congress.seats,
        "congress_coefficients": coefficient_table(congress, kinds),
        "congress_evidence": evidence_table(congress),
        "congress_profiles": profile_table(congress),
        "congress_fit": fit_table(congress, without),
        "congress_rollcalls": roll_call_table(votes),
        "congress_kinds": kinds,
    }


def main() -> None:
    """Estimate, write the tables, and show the seats, the coefficients and the fit."""
    built = build()
    for name, frame in built.items():
        path = tables.write(name, frame)
        sys.stdout.write(f"wrote {path.name}\n")
    seats = built["congress_seats"].pivot(index="faction", columns=["chamber", "congress"], values="seats")
    shown = ("congress_coefficients", "congress_fit", "congress_rollcalls", "congress_kinds")
    for frame in (seats.reindex(FACTIONS), *(built[name] for name in shown)):
        sys.stdout.write(f"\n{frame.to_string()}\n")


if __name__ == "__main__":
    main()
