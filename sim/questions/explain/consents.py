"""Whose consent a package needed that both sides accepted: what was asked, with which chance, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.labels import HUNDRED
from sim.basics.terms import because, percent, value
from sim.world.packages import EUROPEAN_LEVEL, EUROPEAN_RELIEF, TREATY
from sim.world.settlement import Refusal
from sim.world.votes import TWO_THIRDS

if TYPE_CHECKING:
    from sim.model import Negotiation

CONSENTS = {"guarantee": "the guarantee", "relief": "the relief from sanctions"}
"""What the Europeans may have to consent to, and how it is called."""
BOTH_ACCEPT = (Refusal.NOBODY, Refusal.EUROPE, Refusal.SENATE)
"""Answers of a month in which both sides accept what is on the table, so that others are asked."""


class Consent(NamedTuple):
    """A consent that the Europeans were asked for.

    Attributes
    ----------
    to : str
        What they were asked to consent to, as a sentence calls it.
    given : bool
        Whether they did.
    terms : dict of str to float
        What its chance was made of.
    """

    to: str
    given: bool
    terms: dict[str, float]

    @property
    def chance(self) -> float:
        """The chance that it had, to Europe as to the envoy."""
        return min(1.0, max(0.0, sum(self.terms.values())))

    @property
    def heaviest(self) -> tuple[str, float]:
        """What took most from a consent that is certain, and how much."""
        reason = min(self.terms, key=lambda term: self.terms[term])
        return reason, -self.terms[reason]


class TreatyVote(NamedTuple):
    """A vote of the Senate on a treaty beside what everybody expected: ayes, give or take an sd, and the chance."""

    ayes: float
    expected: float
    doubt: float
    chance: float


def answered(model: Negotiation) -> Refusal | None:
    """How this month's proposal ended; None where there was none."""
    table = model.mediator
    return Refusal(int(value(table.refusal))) if bool(table.proposed[0]) else None


def agreed_now(model: Negotiation) -> bool:
    """Whether something was agreed this month."""
    return answered(model) == Refusal.NOBODY


def asked(model: Negotiation) -> list[Consent]:
    """The consents that the Europeans were asked for this month."""
    settled = answered(model) in BOTH_ACCEPT and not bool(model.mediator.truce_offered[0])
    if not model.config.mechanisms.european_consent or not settled:
        return []
    answers = model.mediator.reasons["consents"]
    found = []
    reasons = model.europe.consent_terms(np.arange(1), before=True)
    for (name, called), terms in zip(CONSENTS.items(), reasons, strict=True):
        answer = value(answers[name])
        if np.isfinite(answer):
            told = {reason: value(term) for reason, term in terms.items()}
            found.append(Consent(called, answer > 0.0, told))
    return found


def consent_needed(model: Negotiation) -> float | None:
    """The chance of the Europeans' consent to what is on the table; None where it needs none, or nothing is tabled."""
    table = model.mediator
    if answered(model) is None or not model.config.mechanisms.european_consent or bool(table.truce_offered[0]):
        return None
    needed = value(table.guarantee) >= EUROPEAN_LEVEL, value(table.relief) > EUROPEAN_RELIEF
    chances = [value(chance) for chance in model.europe.consent_chance(np.arange(1), before=True)]
    return (
        float(np.prod([chance for chance, need in zip(chances, needed, strict=True) if need])) if any(needed) else None
    )


def treaty_vote(model: Negotiation) -> TreatyVote | None:
    """The vote of the Senate on a treaty this month; None where none was held."""
    how, table = answered(model), model.mediator
    agreed = how == Refusal.NOBODY and model.config.mechanisms.ratification and value(table.guarantee) >= TREATY
    if how != Refusal.SENATE and not agreed:
        return None
    return TreatyVote(*(value(number) for number in model.congress.reasons["vote on a treaty"].values()))


# ---- in words


def europe_consents(model: Negotiation, who: str) -> Iterator[str]:
    """Tell what the Europeans were asked to consent to this month, and what the chance was by which `who` reckoned."""
    for consent in asked(model):
        does = "consent" if consent.given else "do not consent"
        yield (
            f"The Europeans {does} to {consent.to}; the chance, by which {who} reckoned, was "
            f"{percent(consent.chance)} (in points; {because(consent.terms, HUNDRED, 0)})."
        )


def senate_ratifies(model: Negotiation, who: str) -> Iterator[str]:
    """Tell how the Senate voted on a treaty this month, and what everybody, `who` proposed it too, had expected."""
    if vote := treaty_vote(model):
        yield (
            f"In the Senate {vote.ayes:.0f} vote for the treaty ({TWO_THIRDS} needed); {vote.expected:.0f} were "
            f"expected, give or take {vote.doubt:.0f}, and {who} reckoned with a chance of {percent(vote.chance)}."
        )
        yield f"Ayes expected in the Senate, by faction: {by_faction(model.congress.reasons['treaty ayes'])}."


def by_faction(counts: Mapping[str, object]) -> str:
    """Ayes of the factions in a row."""
    return ", ".join(f"{faction.replace('_', ' ')} {value(ayes):.0f}" for faction, ayes in counts.items())


def withheld(model: Negotiation) -> Iterator[str]:
    """Tell in short why a package fell that both sides accepted."""
    how = answered(model)
    if how == Refusal.EUROPE:
        for consent in asked(model):
            reason, weight = consent.heaviest
            if not consent.given:
                yield (
                    f"They refuse {consent.to}: the chance of consent was {percent(consent.chance)}, and {reason} took "
                    f"{HUNDRED * weight:.0f} points from it."
                )
    vote = treaty_vote(model)
    if how == Refusal.SENATE and vote:
        yield (
            f"It has {vote.ayes:.0f} ayes of the {TWO_THIRDS} needed; {vote.expected:.0f} were expected, "
            f"give or take {vote.doubt:.0f}."
        )
