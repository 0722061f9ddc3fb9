"""A guest: an actor that the shipped model does without, and that a scenario or a run invites."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Literal

from sim.actors.actor import Actor
from sim.basics.mistakes import shown
from sim.basics.plugins import MEND, answering
from sim.basics.terms import because, value

if TYPE_CHECKING:
    from sim.model import Negotiation


class Guest(Actor):
    """An actor from outside, such as another patron of a side.

    It has no `doctrine`: its dials are what its class takes beside the model, and are told to it when it is made. It
    sees the whole model, owns its state as arrays over worlds, and draws its luck from streams named after itself,
    which leaves all other draws as they are.

    Attributes
    ----------
    name : str
        By which it is invited, asked and found in a scenario file; that of its class in small letters unless it says
        otherwise.
    label : str
        What it is called in sentences; its name with a capital unless it says otherwise.
    origin : str
        Where it comes from, for whoever must mend it: its package and version; of one that is given in code the class.
    """

    label: str = ""
    origin: str = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "name"):
            cls.name = cls.__name__.lower()
        if not cls.label:
            cls.label = cls.name.replace("_", " ").capitalize()
        cls.origin = f"the class {cls.__name__} of {cls.__module__}"

    @abstractmethod
    def act(self) -> None:
        """Act, once a month, when forces are armed and before the two sides weigh war."""

    def account(self) -> Iterator[str]:
        """Sentences on what it did this month and why, in the one world that is told: `doctrine explain`.

        Unless it says otherwise, every decision with its terms.
        """
        for decision in self.reasons:
            terms = self.reasons[decision]
            total = sum(value(term) for term in terms.values())
            yield f"{decision[:1].upper()}{decision[1:]}: {total:.2f} ({because(terms)})."

    def news(self) -> Iterator[str]:
        """Sentences on what somebody would have read of it this month in that world: `doctrine replay`.

        None unless it says otherwise.
        """
        return iter(())


Invitation = Callable[["Negotiation"], Guest]
"""Makes the guest of a model: its class, or a `functools.partial` of it with its dials. Other processes import it."""


def joining(tables: Mapping[str, Mapping[str, float]]) -> list[Invitation]:
    """Invitations of the guests that a scenario names, each with its dials; who offers them is looked up on arrival."""
    return [partial(_made, name, dials) for name, dials in tables.items()]


def _made(name: str, dials: Mapping[str, float], model: Negotiation) -> Guest:
    from sim.scenario.guests import guest_class, offer

    kind, found = guest_class(name), offer(name)
    origin = f"{found.package} {found.version}"
    with answering(f"guest {name!r} in {model.month}", origin):
        guest: Guest = kind(model, **dials)
    if not hasattr(guest, "reasons"):
        raise found.unusable("its __init__ must begin with super().__init__(model)", MEND)
    guest.origin = origin
    return guest


def answerable(guest: Guest) -> AbstractContextManager[None]:
    """Lay what fails in here at the guest's door, with the month and where it comes from."""
    return answering(f"guest {guest.name!r} in {guest.model.month}", guest.origin)


def told(guest: Guest, what: Literal["account", "news"]) -> tuple[str, ...]:
    """Sentences of a guest in the one world that is told.

    Raises
    ------
    PluginError
        If it fails, or what it says is no sentences.
    """
    with answerable(guest):
        said: object = getattr(guest, what)()
        if isinstance(said, str) or not isinstance(said, Iterable):
            raise TypeError(f"{what}() must return sentences, one str each, not {shown(said)}")
        sentences = tuple(said)
        for sentence in sentences:
            if not isinstance(sentence, str):
                raise TypeError(f"{what}() must return sentences, one str each, not {shown(sentence)}")
    return sentences
