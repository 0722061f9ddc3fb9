"""A scenario that arrives resolved, as JSON: all that the model asks of one, as plain objects, without pydantic.

`as_json` writes every number that a world needs: the doctrines by the month from which they hold, events, parameters
and the sets that worlds draw from, mechanisms, the state before the first month. `Resolved(text)` reads it wherever
the standard library and NumPy are, such as in a browser; a model made of it lives through the same worlds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.months import months_from
from sim.scenario.derived import DERIVED

if TYPE_CHECKING:
    from sim.scenario import Scenario

EVENT = ("month", "kind", "donor", "amount", "months", "arms", "theatre", "size", "note")
"""What the model and its news ask of an event."""


class Configuration(Protocol):
    """What the model asks of a scenario."""

    @property
    def start(self) -> str:
        """The first month."""

    @property
    def months(self) -> int:
        """How many months are simulated."""

    @property
    def calendar(self) -> list[str]:
        """Every month."""

    @property
    def events(self) -> Sequence[Any]:
        """What happens in given months whatever the actors do."""

    @property
    def initial(self) -> Any:
        """The state before the first month."""

    @property
    def mechanisms(self) -> Any:
        """Which mechanisms are on."""

    @property
    def parameters(self) -> Any:
        """Every number that is not a dial, a table a stage."""

    @property
    def reading(self) -> Any:
        """How likely audiences find the doctrines that they think possible."""

    @property
    def hypotheses(self) -> Sequence[Any]:
        """The doctrines of Washington that audiences think possible."""

    @property
    def guests(self) -> Mapping[str, Mapping[str, float]]:
        """Actors that other packages offer and that join, each with its dials."""

    @property
    def sets(self) -> Mapping[str, Any]:
        """The parameters that worlds draw, each with its values, set by set."""

    def doctrine(self, actor: str, month: str) -> Any:
        """The doctrine of an actor that is in force in a month."""

    def called(self, actor: str, month: str) -> str:
        """What a sentence calls it."""


def as_json(scenario: Scenario) -> str:
    """A scenario as JSON, to be read by `Resolved`.

    Raises
    ------
    InputError
        If guests join it, whose packages are not where it is read.
    """
    if scenario.guests:
        names = ", ".join(scenario.guests)
        raise InputError(f"guests: {names} cannot act where only the model is, such as in a page; leave the guests out")
    whole = {
        "start": scenario.start,
        "months": scenario.months,
        "doctrines": {
            actor: [
                [entry.since, _with_derived(entry.doctrine), scenario.called(actor, entry.since)]
                for entry in getattr(scenario, actor)
            ]
            for actor in ACTORS
        },
        "parameters": scenario.parameters.model_dump(mode="json"),
        "sets": scenario.sets,
        "mechanisms": scenario.mechanisms.model_dump(mode="json"),
        "reading": scenario.reading.model_dump(mode="json"),
        "hypotheses": [_with_derived(doctrine) for doctrine in scenario.hypotheses],
        "initial": scenario.initial.model_dump(mode="json"),
        "events": [{key: getattr(event, key) for key in EVENT if hasattr(event, key)} for event in scenario.events],
    }
    return json.dumps(whole, allow_nan=False)


def _with_derived(doctrine: Any) -> dict[str, Any]:
    """The dials of a doctrine, and what it derives from them."""
    derived = [name for name, value in vars(type(doctrine)).items() if isinstance(value, property)]
    return {**doctrine.model_dump(mode="json"), **{name: getattr(doctrine, name) for name in derived}}


class Resolved:
    """A scenario that arrived resolved; it is not checked again, and asked as any `Scenario`.

    Parameters
    ----------
    text : str
        What `as_json` wrote.
    """

    def __init__(self, text: str) -> None:
        data = json.loads(text)
        self.start: str = data["start"]
        self.months: int = data["months"]
        self.sets: dict[str, list[float]] = data["sets"]
        self.parameters, self.mechanisms = _plain(data["parameters"]), _plain(data["mechanisms"])
        self.initial, self.events = _plain(data["initial"]), [_plain(event) for event in data["events"]]
        self.reading = _plain(data["reading"])
        self.hypotheses = [_plain(dials) for dials in data["hypotheses"]]
        self.guests: dict[str, dict[str, float]] = {}
        self.calendar = months_from(self.start, self.months)
        self._doctrines = {
            actor: [(since, _plain(dials), name) for since, dials, name in entries]
            for actor, entries in data["doctrines"].items()
        }

    def doctrine(self, actor: str, month: str) -> Any:
        """The doctrine of an actor that is in force in a month."""
        return self._in_force(actor, month)[1]

    def called(self, actor: str, month: str) -> str:
        """What a sentence calls it."""
        return self._in_force(actor, month)[2]

    def _in_force(self, actor: str, month: str) -> tuple[str, Any, str]:
        return [entry for entry in self._doctrines[actor] if entry[0] <= month][-1]

    def since(self, actor: str) -> str:
        """The month of an actor's last change of doctrine."""
        return str(self._doctrines[actor][-1][0])

    def with_doctrine(self, actor: str, dials: dict[str, Any], name: str) -> Resolved:
        """The same with other dials of an actor from the month of its last change on, as `Scenario.with_doctrine` does.

        Parameters
        ----------
        actor : str
            "us", "ukraine", "russia", "europe" or "congress".
        dials : dict
            All of its dials, in tables as in a file.
        name : str
            What a sentence shall call it.
        """
        whole = {**dials, **{key: derive(dials) for key, derive in DERIVED.get(actor, {}).items()}}
        other = copy(self)
        other._doctrines = {
            **self._doctrines,
            actor: [*self._doctrines[actor][:-1], (self.since(actor), _plain(whole), name)],
        }
        return other


def _plain(value: Any) -> Any:
    """A table as an object with its values as attributes, a list as a tuple."""
    if isinstance(value, dict):
        return SimpleNamespace(**{key: _plain(inner) for key, inner in value.items()})
    return tuple(map(_plain, value)) if isinstance(value, list) else value
