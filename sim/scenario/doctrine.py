"""The dials of every actor: data, no behaviour. The named presets are in `sim.scenario.presets`.

A doctrine is goals (what is valued) plus a theory of the world (what the actor believes its moves do) plus a
style (how it signals). Here it is only numbers; what an actor does with them is in `sim.actors`.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.basics.actors import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.scenario.derived import theatre_weight


class DialGroup(Enum):
    """What part of a doctrine a dial is, in the order in which parts are told; dials of one part are one group."""

    GOALS = "goals"
    THEORY = "theory of the world"
    STYLE = "style"
    EFFORT = "effort"
    UNITY = "unity"
    MEMBERS = "members"
    LEADERS = "leaders"
    OTHER = "other dials"


Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A dial: a number from 0 to 1."""
Goal = Annotated[Unit, DialGroup.GOALS]
"""A dial of what is valued."""
Theory = Annotated[Unit, DialGroup.THEORY]
"""A dial of what an actor believes that its moves do."""
Style = Annotated[Unit, DialGroup.STYLE]
"""A dial of how it acts on that."""

InHouse = Annotated[int, Field(ge=0, le=HOUSE_SEATS)]
"""Seats of a faction in the House."""

InSenate = Annotated[int, Field(ge=0, le=SENATE_SEATS)]
"""Seats of a faction in the Senate."""

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

    order: Goal
    """1: aid defends an order; 0: aid is leverage."""
    rivalry: Goal
    """1: Russia is a structural adversary; 0: a negotiable competitor."""
    alliance: Goal
    """1: Europe is a vital ally; 0: an underpaying partner."""
    clarity: Style
    """1: clarity deters; 0: ambiguity creates deals."""
    horizon: Theory
    """1: long-term architecture; 0: transactional diplomacy."""
    commitment: Theory
    """1: commitment is credibility; 0: commitment loses leverage."""
    channel: Style
    """0: allies are consulted first; 1: leader to leader with Moscow first."""
    affinity: Goal
    """Weight put on Russia's own payoff; 0 in every doctrine but the counterfactual `aligned`."""
    priorities: Annotated[Priorities, DialGroup.GOALS]
    """Weights of the theatres."""

    @property
    def europe(self) -> float:
        """Weight of Europe as the equations use it, 1 at full priority."""
        return theatre_weight(self.priorities.europe)


class RussiaDoctrine(Table):
    """What Moscow wants and how long it can wait."""

    resolve: Goal
    """Stakes: how much territory is worth to it (0.7 is the calibrated reference)."""
    patience: Theory
    """How far ahead it weighs the war (0.5 is 30 months)."""
    opportunism: Style
    """How strongly it presses when it believes Western support is failing."""


class UkraineDoctrine(Table):
    """What Kyiv holds to and whom it believes."""

    resolve: Goal
    """How much land is worth to it (0.6 is the calibrated reference)."""
    trust: Theory
    """How far it takes a guarantor at its word."""
    audience: Goal
    """Domestic cost of ceding territory (0.6 is the calibrated reference)."""


class EuropeDoctrine(Table):
    """How Europeans hedge against America, hold together, and share the burden."""

    autonomy: Annotated[Unit, DialGroup.EFFORT]
    """How strongly doubt about America turns into own effort."""
    cohesion: Annotated[Unit, DialGroup.UNITY]
    """How easily the members agree on what needs (near) unanimity."""
    presence: Annotated[Unit, DialGroup.EFFORT]
    """How much of a full force it sends to Ukraine under a guarantee that has one."""
    free_riding: Annotated[Unit, DialGroup.EFFORT]
    """How far a member counts what others give as its own (publicness of aid)."""


class HouseSeats(Table):
    """Seats of the factions in the House of Representatives; they sum to 435."""

    order_majority: InHouse
    """Seats of those who always vote for aid: aid defends order."""
    institutional_hawks: InHouse
    """Seats of the hawks of the other party, who nearly always do."""
    fiscal: InHouse
    """Seats of those who mind the size, loans and offsets."""
    nationalist: InHouse
    """Seats of those who follow their president and put home first."""
    isolationist: InHouse
    """Seats of those who would end all aid."""
    leverage: InHouse
    """Seats of those who trade their votes for a domestic price."""

    @model_validator(mode="after")
    def _full_house(self) -> Self:
        return _check_seats(self, HOUSE_SEATS)


class SenateSeats(Table):
    """Seats of the factions in the Senate; they sum to 100."""

    order_majority: InSenate
    """Seats of those who always vote for aid: aid defends order."""
    institutional_hawks: InSenate
    """Seats of the hawks of the other party, who nearly always do."""
    fiscal: InSenate
    """Seats of those who mind the size, loans and offsets."""
    nationalist: InSenate
    """Seats of those who follow their president and put home first."""
    isolationist: InSenate
    """Seats of those who would end all aid."""
    leverage: InSenate
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

    agenda: Annotated[Unit, DialGroup.LEADERS]
    """How open the leadership's gate to the floor is: 1 lets most bills up within a month or two, 0 hardly any."""
    house: Annotated[HouseSeats, DialGroup.MEMBERS]
    """Seats by faction, House."""
    senate: Annotated[SenateSeats, DialGroup.MEMBERS]
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


def group_of(doctrine: type[Table], dial: str) -> DialGroup:
    """What part of a doctrine a dial is; one whose definition does not say is among the other dials.

    >>> group_of(RussiaDoctrine, "patience")
    <DialGroup.THEORY: 'theory of the world'>
    """
    return next((mark for mark in doctrine.model_fields[dial].metadata if isinstance(mark, DialGroup)), DialGroup.OTHER)
