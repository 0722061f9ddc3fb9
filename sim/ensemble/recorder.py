"""What is kept of a run: monthly paths and one row a world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.actors.variables import MONTHLY
from sim.basics.arrays import Array
from sim.model import DomainError, Negotiation


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
            values = variable.read(model)
            if not variable.within(values) and (bad := variable.outside(values)).any():
                row = int(np.argmax(bad))
                where = f"world {self.first_world + row}, {model.month}, {variable.actor}"
                raise DomainError(f"{where}: {name} is {variable.rule(values[row])}{model.company()}")
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
        return {"outcome": table.outcome, **kept} | {name: getattr(table, name).copy() for name in counts}
