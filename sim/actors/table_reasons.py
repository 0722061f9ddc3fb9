"""Why the table came out as it did: what was tabled, term by term, and what each side would have taken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Terms
from sim.actors.sitting import SIDES, Offer, Sitting
from sim.basics.arrays import Array, Rows, full, real
from sim.world import packages
from sim.world.packages import SHAPE, TRUCES, Stakes
from sim.world.proposal import Proposer

if TYPE_CHECKING:
    from sim.actors.mediator import Mediator


def keep(table: Mediator, sitting: Sitting, columns: Rows, offer: Offer, thresholds: tuple[Array, Array]) -> None:
    """Let whoever asks why see what the package on the table gave to each over refusing, term by term."""
    rows = sitting.rows[columns]
    public = [getattr(table.model, name).believed[rows] for name in SIDES]
    believed = table.believes(rows, table.proposer[rows] == Proposer.WASHINGTON.value)
    seen = [(*known, mean) for known, mean in zip(believed, public, strict=True)]
    beyond = [(side.felt - side.believed)[rows] for side in (table.model.ukraine, table.model.russia)]
    spared = [(side.saved, side.reasons["peace on the front"]) for side in (table.model.ukraine, table.model.russia)]

    def side(which: int) -> Terms:
        stakes, (saved, parts) = sitting.stakes[which].of(columns), spared[which]
        parts = {reason: term[rows] for reason, term in parts.items()}
        parts["the cost of war"] = parts["the cost of war"] + (stakes.saved - saved[rows])  # as others believe it
        found = stakes.terms(offer.offset, offer.guarantee, offer.relief, offer.truce, parts)
        keep = 1.0 - _relapse(sitting.stakes[which], offer, columns)
        found["its hardship beyond what is believed"] = keep * stakes.hardship * beyond[which]
        left, rise = sitting.refusing[which][columns], sitting.refusing_rise[which][columns]
        if left.any():
            found["living on in the truce"] = -left - rise * beyond[which]
        return table.spread(found, rows)

    def washington() -> Terms:
        relapse = _relapse(sitting.stakes[1], offer, columns)
        found = table.patron_terms(rows, offer.offset, real(offer.guarantee), offer.relief, relapse)
        found = {reason: term + full(rows.size, 0.0) for reason, term in found.items()}
        p = table.model.parameters.at(rows).patron
        short = (p.truce_worth - 1.0) * packages.ending_the_war(table.doctrine.horizon, p)
        kept = found["the guarantee as a liability"] + found["the guarantee as order"]
        found["it is only a truce"] = np.where(offer.truce, short - kept, 0.0)
        return table.spread(found, rows)

    table.reasons["package to ukraine"], table.reasons["package to russia"] = partial(side, 0), partial(side, 1)
    table.reasons["package to washington"] = washington
    for name, least, felt in zip(
        SIDES, thresholds, (table.model.ukraine.felt[rows], table.model.russia.felt[rows]), strict=True
    ):
        table.reasons[f"margin of {name}"] = partial(table.spread, {"over its threshold": felt - least}, rows)
    for which, name in enumerate(SIDES):
        of_side = partial(_demand, table, which, sitting, columns, offer, *seen[which])
        table.reasons[f"what {name} would take"] = of_side


def _demand(
    table: Mediator,
    which: int,
    sitting: Sitting,
    columns: Rows,
    offer: Offer,
    mean: Array,
    spread: Array,
    public: Array,
) -> Terms:
    """What a side gains by what is tabled and holds out for, as hardship rises, and what is believed of it."""
    stakes, asks = sitting.stakes[which].of(columns), sitting.asks[which]
    level, step = offer.guarantee, np.rint(offer.relief * (SHAPE[1] - 1)).astype(int)
    short = np.minimum(level, TRUCES - 1)
    settled = (
        sitting.front[which][level, step, columns] + stakes.beyond(offer.offset),
        sitting.rise[which][level, 0, columns],
    )
    paused = sitting.truce[which][short, columns], sitting.truce_rise[which][short, columns]
    gain, rise = (np.where(offer.truce, *either) for either in zip(paused, settled, strict=True))
    ask = np.where(offer.truce, asks.truce[short, columns], asks.settlement[columns])
    ask_rise = np.where(offer.truce, asks.truce_slope[short, columns], asks.slope[columns])
    found = {"gain": gain, "rise": rise, "ask": ask, "ask_rise": ask_rise, "unit": stakes.hardship}
    return table.spread(found | {"public": public, "believed": mean, "spread": spread}, sitting.rows[columns])


def _relapse(stakes: Stakes, offer: Offer, columns: Rows) -> Array:
    """Chance that what is offered in some of the worlds breaks, discounted, as a side sees it."""
    paused = stakes.truce_relapse[np.minimum(offer.guarantee, TRUCES - 1), 0, columns]
    return np.asarray(np.where(offer.truce, paused, stakes.relapse[offer.guarantee, 0, columns]))
