"""What can be read off the model every month: each variable with its unit, whose it is, and its domain."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Mask, real
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    from sim.model import Negotiation

MONEY, SHARE, UNIT, FLAG = "EUR bn a month", "share of Ukraine", "0 to 1", "0 or 1"
DIRECTION = "-1 eased, 0, 1 tightened"
SUPPORT, UTILITY = "share of full support", "utility a month"
CLASSES = ", ".join(f"{int(kind)} {name}" for kind, name in OUTCOME_NAMES.items())
ANY = np.inf
CERTAIN = 1.00001
"""A probability of 1, and the rounding of a sum of some."""
READERS = {"ukraine": "Ukraine", "russia": "Russia", "europe": "Europe"}
"""Who reads Washington, by name."""
READ = {"architectural": "an architectural", "transactional": "a transactional", "aligned": "an aligned"}
"""Doctrines whose probability is recorded, as far as audiences think them possible."""


class Recorded(NamedTuple):
    """A recorded quantity.

    Attributes
    ----------
    actor : str
        Who answers for it.
    unit, label : str
        Its unit, and what it is.
    source : str
        Where it stands in the model.
    low, high : float
        Its domain.
    positive : bool
        Its lower end itself is outside.
    missing : bool
        There may be no value, such as in a month without a vote.
    """

    actor: str
    unit: str
    label: str
    source: str
    low: float = 0.0
    high: float = ANY
    positive: bool = False
    missing: bool = False

    def read(self, model: Negotiation) -> Array:
        """Its values, one a world."""
        return real(attrgetter(self.source)(model))

    def within(self, values: Array) -> bool:
        """Whether all values are there, finite and in the domain: a quick look at the two extremes."""
        low, high = values.min(), values.max()
        above = self.low < low if self.positive else self.low <= low
        return bool(above and high <= self.high and np.isfinite(low) and np.isfinite(high))

    def outside(self, values: Array) -> Mask:
        """Which values are out of the domain."""
        below = values <= self.low if self.positive else values < self.low
        bad = below | (values > self.high) | np.isinf(values)
        return np.asarray(bad if self.missing else bad | np.isnan(values))

    def rule(self, value: Any) -> str:
        """What a value is that is out of the domain, and what it must be."""
        if self.low == -ANY:
            return f"{value:.9g}, must be finite"
        if self.positive:
            return f"{value:.9g}, must be above {self.low:g}, and finite"
        return f"{value:.9g}, must be from {self.low:g} to {self.high:g}"


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
    "eu_payment": Recorded(
        "europe", MONEY, "Of which EU institutions paid by their own decisions", "europe.eu_payment"
    ),
    "europe_share": Recorded("europe", UNIT, "Europe's share of aid over six months", "europe.share", 0.0, 1.0),
    "europe_threat": Recorded("europe", "index", "Threat that Europe feels", "europe.threat"),
    "opposed": Recorded("ukraine", UNIT, "Ukrainians against any concession of land", "public.opposed", 0.0, 1.0),
    "need": Recorded("ukraine", UNIT, "Ukraine's need of aid", "need", 0.0, 1.0),
    "crisis": Recorded("us", "index", "Crisis in another theatre", "united_states.crisis"),
    "russian_held_share": Recorded("russia", SHARE, "Land held by Russia", "line", 0.0, 1.0),
    "territory_change": Recorded("russia", SHARE + " a month", "Movement of the front", "moved", -1.0, 1.0),
    "force_ukraine": Recorded("ukraine", "units of force", "Ukraine's force", "ukraine.force", positive=True),
    "force_russia": Recorded("russia", "units of force", "Russia's force", "russia.force", positive=True),
    "effort_russia": Recorded("russia", "units of force a month", "Russia's war effort", "russia.effort"),
    "sanctions": Recorded("us", UNIT, "Sanctions that Russia feels", "sanctions", 0.0, 1.0),
    "sanctions_us": Recorded("us", UNIT, "American sanctions, kept up", "bureaucracy.sanctions", 0.0, 1.0),
    "sanctions_us_act": Recorded("us", DIRECTION, "What Washington did about sanctions", "bureaucracy.act", -1.0, 1.0),
    "sanctions_kept_up": Recorded("us", FLAG, "American sanctions are kept up", "bureaucracy.kept_up", 0.0, 1.0),
    "sanctions_europe": Recorded("europe", UNIT, "European sanctions, kept up", "europe.sanctions", 0.0, 1.0),
    "sanctions_europe_act": Recorded("europe", DIRECTION, "What the EU did about sanctions", "europe.act", -1.0, 1.0),
    "intelligence": Recorded("us", UNIT, "Intelligence sharing", "bureaucracy.intelligence", 0.0, 1.0),
    "nato_posture": Recorded("us", UNIT, "American posture in Europe", "bureaucracy.posture", 0.0, 1.0),
    "bill_pending": Recorded("congress", FLAG, "A bill waits in Congress", "congress.pending", 0.0, 1.0),
    "bill_passed": Recorded("congress", FLAG, "A bill becomes law", "congress.passed", 0.0, 1.0),
    "sanctions_law": Recorded(
        "congress", FLAG, "A bill with sanctions on Russia becomes law", "congress.sanctions_law", 0.0, 1.0
    ),
    "house_ayes": Recorded(
        "congress",
        "votes",
        "House ayes, missing where no vote is held",
        "congress.house_ayes",
        0.0,
        435.0,
        missing=True,
    ),
    "senate_ayes": Recorded(
        "congress",
        "votes",
        "Senate ayes, missing where no vote is held",
        "congress.senate_ayes",
        0.0,
        100.0,
        missing=True,
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
    "peace": Recorded("mediator", CLASSES, "How the world stands", "mediator.outcome", 0.0, float(max(Outcome))),
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
    **{
        f"{audience}_reads_{doctrine}": Recorded(
            audience,
            UNIT,
            f"How likely {whom} finds {kind} Washington",
            f"{audience}.reads_{doctrine}",
            0.0,
            CERTAIN,
        )
        for audience, whom in READERS.items()
        for doctrine, kind in READ.items()
    },
    "guarantee_belief_ukraine": Recorded(
        "ukraine", UNIT, "How far Ukraine believes an American guarantee", "ukraine.guarantee_belief", 0.0, CERTAIN
    ),
    "guarantee_belief_russia": Recorded(
        "russia", UNIT, "How far Russia believes an American guarantee", "russia.guarantee_belief", 0.0, CERTAIN
    ),
    "guarantee_believed": Recorded(
        "russia", UNIT, "How far Russia believes the guarantee in force", "mediator.guarantee_believed", 0.0, CERTAIN
    ),
    "american_arms_bought": Recorded(
        "europe", MONEY, "What Europe paid for American arms for Ukraine", "europe.bought"
    ),
    "europe_force_money": Recorded(
        "europe", MONEY, "What a European force in Ukraine costs Europe", "europe.force_money"
    ),
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
