"""What is kept of a run: monthly paths and one row a world, each variable with its unit."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.arrays import Array, real
from sim.model import DomainError, Negotiation
from sim.world import settlement

MONEY, SHARE, UNIT, FLAG = "EUR bn a month", "share of Ukraine", "0 to 1", "0 or 1"
SUPPORT, UTILITY = "share of full support", "utility a month"
ANY = np.inf


class Recorded(NamedTuple):
    """A recorded quantity: who answers for it, its unit, what it is, how it is read, and its domain."""

    actor: str
    unit: str
    label: str
    source: str
    low: float = 0.0
    high: float = ANY


MAY_BE_MISSING = frozenset({"house_ayes", "senate_ayes"})
"""Variables with no value in a month without a vote."""

MONTHLY: dict[str, Recorded] = {
    "us_desired": Recorded("us", SUPPORT, "Aid that Washington wants", "united_states.desired", 0.0, 1.2),
    "us_announced": Recorded("us", SUPPORT, "Aid that Washington announces", "united_states.announced", 0.0, 1.2),
    "us_allocation": Recorded("us", MONEY, "American allocations", "united_states.allocation"),
    "us_instrument": Recorded("us", MONEY, "Of which money that needs no appropriation", "united_states.instrument"),
    "us_delivery": Recorded("us", MONEY, "American deliveries", "united_states.delivery"),
    "us_authority": Recorded("congress", "EUR bn", "Authority left from Congress", "united_states.authority"),
    "us_pipeline": Recorded("us", "EUR bn", "Allocated and not yet delivered", "united_states.undelivered"),
    "europe_contribution": Recorded("europe", MONEY, "European contributions", "europe.contribution"),
    "europe_instrument": Recorded(
        "europe", MONEY, "Of which money that events grant and no member decides on", "europe.instrument"
    ),
    "europe_share": Recorded("europe", UNIT, "Europe's share of aid over six months", "europe.share", 0.0, 1.0),
    "europe_threat": Recorded("europe", "index", "Threat that Europe feels", "europe.threat"),
    "opposed": Recorded("ukraine", UNIT, "Ukrainians against any concession of land", "public.opposed", 0.0, 1.0),
    "need": Recorded("ukraine", UNIT, "Ukraine's need of aid", "need", 0.0, 1.0),
    "crisis": Recorded("us", "index", "Crisis in another theatre", "united_states.crisis"),
    "russian_held_share": Recorded("russia", SHARE, "Land held by Russia", "line", 0.0, 1.0),
    "territory_change": Recorded("russia", SHARE + " a month", "Movement of the front", "moved", -1.0, 1.0),
    "force_ukraine": Recorded("ukraine", "units of force", "Ukraine's force", "ukraine.force"),
    "force_russia": Recorded("russia", "units of force", "Russia's force", "russia.force"),
    "effort_russia": Recorded("russia", "units of force a month", "Russia's war effort", "russia.effort"),
    "sanctions": Recorded("us", UNIT, "Sanctions", "bureaucracy.sanctions", 0.0, 1.0),
    "intelligence": Recorded("us", UNIT, "Intelligence sharing", "bureaucracy.intelligence", 0.0, 1.0),
    "nato_posture": Recorded("us", UNIT, "American posture in Europe", "bureaucracy.posture", 0.0, 1.0),
    "bill_pending": Recorded("congress", FLAG, "A bill waits in Congress", "congress.pending", 0.0, 1.0),
    "bill_passed": Recorded("congress", FLAG, "A bill becomes law", "congress.passed", 0.0, 1.0),
    "house_ayes": Recorded(
        "congress", "votes", "House ayes, missing where no vote is held", "congress.house_ayes", 0.0, 435.0
    ),
    "senate_ayes": Recorded(
        "congress", "votes", "Senate ayes, missing where no vote is held", "congress.senate_ayes", 0.0, 100.0
    ),
    "talks": Recorded("mediator", FLAG, "Talks are held", "mediator.talks", 0.0, 1.0),
    "direct_talks": Recorded("mediator", FLAG, "Kyiv and Moscow meet without Washington", "contacts.meets", 0.0, 1.0),
    "moscow_first": Recorded("mediator", FLAG, "Moscow is called before the allies", "mediator.moscow_first", 0.0, 1.0),
    "refusal": Recorded(
        "mediator",
        "0 nobody, 1 Ukraine, 2 Russia, 3 both, 4 Europe, 5 Senate",
        "Who refused the proposal",
        "mediator.refusal",
        0.0,
        5.0,
    ),
    "proposer": Recorded(
        "mediator",
        "0 nobody, 1 Washington, 2 Ukraine, 3 Russia",
        "Who put a proposal on the table",
        "mediator.proposer",
        0.0,
        3.0,
    ),
    "settled": Recorded("mediator", FLAG, "A settlement is in force", "mediator.settled", 0.0, 1.0),
    "relapsed": Recorded("mediator", FLAG, "The last settlement has broken", "mediator.relapsed", 0.0, 1.0),
    "truce": Recorded("mediator", FLAG, "A truce is in force", "mediator.truce", 0.0, 1.0),
    "belief_ukraine": Recorded(
        "ukraine", SUPPORT, "Ukraine's belief in lasting American support", "ukraine.support", -ANY, ANY
    ),
    "belief_russia": Recorded(
        "russia", SUPPORT, "Russia's belief in lasting American support", "russia.support", -ANY, ANY
    ),
    "belief_europe": Recorded(
        "europe", SUPPORT, "Europe's belief in lasting American support", "europe.support", -ANY, ANY
    ),
    "doubt_ukraine": Recorded("ukraine", SUPPORT, "Ukraine's doubt about it (sd)", "ukraine.doubt"),
    "doubt_russia": Recorded("russia", SUPPORT, "Russia's doubt about it (sd)", "russia.doubt"),
    "doubt_europe": Recorded("europe", SUPPORT, "Europe's doubt about it (sd)", "europe.doubt"),
    "credibility": Recorded("us", UNIT, "Credibility of American words", "united_states.credibility", 0.0, 1.0),
    "optimism_russia": Recorded(
        "russia", SHARE + " a month", "Advance that Russia expects", "russia.outlook", -1.0, 1.0
    ),
    "war_value_ukraine": Recorded(
        "ukraine", UTILITY, "What fighting on is worth to Ukraine", "ukraine.war_value", -ANY, ANY
    ),
    "war_value_russia": Recorded(
        "russia", UTILITY, "What fighting on is worth to Russia", "russia.war_value", -ANY, ANY
    ),
}
"""Monthly paths, dims (doctrine, world, month)."""


class Block(NamedTuple):
    """What a block gives back: arrays by variable name."""

    paths: dict[str, Any]
    outcomes: dict[str, Any]
    members: dict[str, Any]


class Recorder:
    """Reads every monthly variable into arrays made beforehand, shape (W, months).

    Parameters
    ----------
    model : Negotiation
        The block of worlds to follow.
    first_world : int
        Number of its first world, for messages.
    variables : iterable of str, optional
        Which of `MONTHLY`; all if None.
    """

    def __init__(self, model: Negotiation, first_world: int = 0, variables: Iterable[str] | None = None) -> None:
        self.first_world = first_world
        kept = tuple(MONTHLY if variables is None else variables)
        # Months first, so that a month is written in one go; a column of another layout costs a cache line a world. One
        # array of all of them, for which the system can use large pages.
        room = np.empty((len(kept), model.config.months, model.size), np.float32)
        self._months: dict[str, NDArray[np.float32]] = dict(zip(kept, room, strict=True))
        self.members = {member: np.zeros(model.size) for member in model.europe.members}

    def record(self, model: Negotiation) -> None:
        """Keep the month that has just been lived through.

        Raises
        ------
        DomainError
            If a number is missing or out of its domain.
        """
        for name, months in self._months.items():
            variable = MONTHLY[name]
            values = real(attrgetter(variable.source)(model))
            if not _within(values, variable):
                self._complain(name, variable, values, model.month)
            months[model.elapsed - 1] = values
        for member, gift in zip(self.members, model.europe.contributions, strict=True):
            self.members[member] += gift

    @property
    def paths(self) -> dict[str, NDArray[np.float32]]:
        """Monthly paths by variable, shape (W, months)."""
        return {name: months.T for name, months in self._months.items()}

    def block(self, model: Negotiation) -> Block:
        """Everything that was kept, when the last month is over."""
        return Block(self.paths, self.outcomes(model), self.members)

    def outcomes(self, model: Negotiation) -> dict[str, Array]:
        """One number a world: how it stands at the end, and the terms of its settlement if it had one."""
        table = model.mediator
        signed, paused = table.settled | table.relapsed, table.truces > 0.0
        outcome = settlement.classify(
            table.settled, table.relapsed, table.agreed_offset, table.agreed_guarantee, table.collapsed, table.truce
        )
        terms = {
            "settlement_step": table.settled_in,
            "settlement_offset": table.agreed_offset,
            "settlement_guarantee": table.agreed_guarantee,
            "settlement_relief": table.agreed_relief,
            "relapse_step": table.relapsed_in,
        }
        kept = {name: np.where(signed, values, np.nan) for name, values in terms.items()}
        truce = {
            "truce_step": table.truce_in,
            "truce_guarantee": table.truce_guarantee,
            "truce_end_step": table.truce_ended_in,
        }
        kept |= {name: np.where(paused, values, np.nan) for name, values in truce.items()}
        counts = ("settlements", "breaks", "truces", "truce_breaks")
        return {"outcome": outcome, **kept} | {name: getattr(table, name).copy() for name in counts}

    def _complain(self, name: str, variable: Recorded, values: Array, month: str) -> None:
        """Name the first world whose number is out of its domain, if there is one."""
        bad = (values < variable.low) | (values > variable.high) | np.isinf(values)
        if name not in MAY_BE_MISSING:
            bad = bad | np.isnan(values)
        if not bad.any():
            return
        row = int(np.argmax(bad))
        domain = f"from {variable.low:g} to {variable.high:g}"
        raise DomainError(
            f"world {self.first_world + row}, {month}, {variable.actor}: {name} is {values[row]:.9g}, must be {domain}"
        )


def _within(values: Array, variable: Recorded) -> bool:
    """Whether all values are there, finite and in their domain: a quick look at the two extremes."""
    low, high = values.min(), values.max()
    return bool(variable.low <= low and high <= variable.high and np.isfinite(low) and np.isfinite(high))
