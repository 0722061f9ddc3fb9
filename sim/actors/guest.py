"""A guest: an actor that the shipped model does without, and that a run invites."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.actors.actor import Actor

if TYPE_CHECKING:
    from sim.model import Negotiation


class Guest(Actor):
    """An actor from outside, such as another patron of a side.

    It has no table in scenario files, so it has no `doctrine`: what it can be told is told to it when it is made. It
    sees the whole model, owns its state as arrays over worlds, and draws its luck from streams named after itself,
    which leaves all other draws as they are.
    """

    @abstractmethod
    def act(self) -> None:
        """Act, once a month, when forces are armed and before the two sides weigh war."""


Invitation = Callable[["Negotiation"], Guest]
"""Makes the guest of a model: its class, or a `functools.partial` of it with its dials. Other processes import it."""
