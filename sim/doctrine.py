"""The dials of every actor: data, no behaviour. The named presets are in `sim.presets`.

A doctrine is goals (what is valued) plus a theory of the world (what the actor believes its moves do) plus a
style (how it signals). Here it is only numbers; what an actor does with them is in `sim.actors`.
"""

from __future__ import annotations

from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A dial: a number from 0 to 1."""

Seats = Annotated[int, Field(ge=0)]
"""Seats of a faction in a chamber."""

THEATRE_FULL_WEIGHT = 0.4
"""Share of priorities at which a theatre counts as fully prioritised (judgement)."""

FACTIONS = (
    "order_majority",
    "institutional_hawks",
    "fiscal",
    "nationalist",
    "isolationist",
    "leverage",
)
"""The coalitions in Congress; the last four are the four motives for opposing aid."""

HOUSE_SEATS, SENATE_SEATS = 435, 100
PRIORITY_TOLERANCE = 1e-6


Chamber = TypeVar("Chamber")


class Table(BaseModel):
    """A frozen table of a scenario file: unknown keys are errors, nothing is converted silently."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Priorities(Table):
    """How Washington weighs its theatres; the four shares sum to 1."""

    europe: Unit
    """Weight of the European theatre."""
    indo_pacific: Unit
    """Weight of the Indo-Pacific."""
    hemisphere: Unit
    """Weight of the Western hemisphere."""
    domestic: Unit
    """Weight of domestic goals."""

    @model_validator(mode="after")
    def _sum_to_one(self) -> Self:
        total = self.europe + self.indo_pacific + self.hemisphere + self.domestic
        if abs(total - 1.0) > PRIORITY_TOLERANCE:
            raise ValueError(f"the four weights must sum to 1, got {total:g}")
        return self


class UnitedStatesDoctrine(Table):
    """What the executive in Washington wants, believes and says.

    1 is the traditional end of the first six dials; `channel` and `affinity` run the other way.
    """

    order: Unit
    """1: aid defends an order; 0: aid is leverage."""
    rivalry: Unit
    """1: Russia is a structural adversary; 0: a negotiable competitor."""
    alliance: Unit
    """1: Europe is a vital ally; 0: an underpaying partner."""
    clarity: Unit
    """1: clarity deters; 0: ambiguity creates deals."""
    horizon: Unit
    """1: long-term architecture; 0: transactional diplomacy."""
    commitment: Unit
    """1: commitment is credibility; 0: commitment loses leverage."""
    channel: Unit
    """0: allies are consulted first; 1: leader to leader with Moscow first."""
    affinity: Unit
    """Weight put on Russia's own payoff; 0 in every doctrine but the counterfactual `aligned`."""
    priorities: Priorities
    """Weights of the theatres."""

    @property
    def europe(self) -> float:
        """Weight of Europe as the equations use it, 1 at full priority."""
        return min(1.0, self.priorities.europe / THEATRE_FULL_WEIGHT)


class RussiaDoctrine(Table):
    """What Moscow wants and how long it can wait."""

    resolve: Unit
    """Stakes: how much territory is worth to it (0.7 is the calibrated reference)."""
    patience: Unit
    """How far ahead it weighs the war (0.5 is 30 months)."""
    opportunism: Unit
    """How strongly it presses when it believes Western support is failing."""


class UkraineDoctrine(Table):
    """What Kyiv holds to and whom it believes."""

    resolve: Unit
    """How much land is worth to it (0.6 is the calibrated reference)."""
    trust: Unit
    """How far it takes a guarantor at its word."""
    audience: Unit
    """Domestic cost of ceding territory (0.6 is the calibrated reference)."""


class EuropeDoctrine(Table):
    """How Europeans hedge against America, hold together, and share the burden."""

    autonomy: Unit
    """How strongly doubt about America turns into own effort."""
    cohesion: Unit
    """How easily the members agree on what needs (near) unanimity."""
    free_riding: Unit
    """How far a member counts what others give as its own (publicness of aid)."""


class HouseSeats(Table):
    """Seats of the factions in the House of Representatives; they sum to 435."""

    order_majority: Seats
    """Seats of those who always vote for aid: aid defends order."""
    institutional_hawks: Seats
    """Seats of the hawks of the other party, who nearly always do."""
    fiscal: Seats
    """Seats of those who mind the size, loans and offsets."""
    nationalist: Seats
    """Seats of those who follow their president and put home first."""
    isolationist: Seats
    """Seats of those who would end all aid."""
    leverage: Seats
    """Seats of those who trade their votes for a domestic price."""

    @model_validator(mode="after")
    def _full_house(self) -> Self:
        return _check_seats(self, HOUSE_SEATS)


class SenateSeats(Table):
    """Seats of the factions in the Senate; they sum to 100."""

    order_majority: Seats
    """Seats of those who always vote for aid: aid defends order."""
    institutional_hawks: Seats
    """Seats of the hawks of the other party, who nearly always do."""
    fiscal: Seats
    """Seats of those who mind the size, loans and offsets."""
    nationalist: Seats
    """Seats of those who follow their president and put home first."""
    isolationist: Seats
    """Seats of those who would end all aid."""
    leverage: Seats
    """Seats of those who trade their votes for a domestic price."""

    @model_validator(mode="after")
    def _full_senate(self) -> Self:
        return _check_seats(self, SENATE_SEATS)


def _check_seats(chamber: Chamber, expected: int) -> Chamber:
    total = sum(getattr(chamber, faction) for faction in FACTIONS)
    if total != expected:
        raise ValueError(f"the seats must sum to {expected}, got {total}")
    return chamber


class CongressDoctrine(Table):
    """Who sits in Congress, and whether its leaders let a bill come up."""

    agenda: Unit
    """How open the leadership's gate to the floor is: 1 lets most bills up within a month or two, 0 hardly any."""
    house: HouseSeats
    """Seats by faction, House."""
    senate: SenateSeats
    """Seats by faction, Senate."""


Doctrine = UnitedStatesDoctrine | RussiaDoctrine | UkraineDoctrine | EuropeDoctrine | CongressDoctrine

DOCTRINES: dict[str, type[Table]] = {
    "us": UnitedStatesDoctrine,
    "ukraine": UkraineDoctrine,
    "russia": RussiaDoctrine,
    "europe": EuropeDoctrine,
    "congress": CongressDoctrine,
}
"""Doctrine class of each actor, by the actor's name in a scenario file."""
