"""Every array over worlds that a model has: to be rearranged, mixed with those of another model, and compared.

An array is one over worlds if it has another shape in a model of another size. So none has to be listed by hand, and
none that is added is forgotten. Reasons are no state: they say why the last month went as it did, in the order that
worlds had then, and are let go where worlds are rearranged.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sim.actors.actor import Reasons
from sim.basics.arrays import Array, Mask, Rows
from sim.basics.draws import Draws
from sim.model import Negotiation

ELSEWHERE = frozenset({"model", "config", "luck", "parameters", "reasons", "guests", "doctrines", "calendar"})
"""Attributes that are no state."""
CLOCK = ("elapsed", "month", "running")
"""What a model has that changes and is the same in all worlds; its actors have plain numbers."""
Each = Callable[..., Any]


class Registry:
    """Where the arrays over worlds of models of a scenario are.

    Parameters
    ----------
    make : callable
        Makes a model of these draws.
    """

    def __init__(self, make: Callable[[Draws], Negotiation]) -> None:
        one, other = (dict(_attributes(make(Draws(0, 0, worlds)))) for worlds in (2, 3))
        shapes = {place: (_shapes(one[place]), _shapes(other[place])) for place in one}
        self.fixed = frozenset(place for place, (few, more) in shapes.items() if few and few == more)

    def arrays(self, model: Negotiation) -> dict[str, Array]:
        """Arrays over worlds, parameters among them, by where they stand."""
        found = {name: array for place, value in self._kept(model) for name, array in _named(place, value)}
        return found | {f"parameters.{name}": array for name, array in model.parameters.drawn.items()}

    def take(self, model: Negotiation, rows: Rows) -> None:
        """Let each world go on as another one has come to be: world w as world `rows[w]`."""
        self._put(model, lambda array: array[..., rows], model)

    def mix(self, model: Negotiation, other: Negotiation, where: Mask) -> None:
        """Let some worlds be those of another model that has lived as long."""
        self._put(model, lambda mine, theirs: np.where(where, theirs, mine), model, other)

    def copy(self, model: Negotiation, source: Negotiation, rows: Rows | slice = slice(None)) -> None:
        """Let a model go on from where some worlds of another are; what is set by its scenario stays its own."""
        self._put(model, lambda array: array[..., rows].copy(), source)
        for prefix, owner in source.owners():
            numbers = {name: value for name, value in vars(owner).items() if prefix and isinstance(value, float)}
            clock = {} if prefix else {name: getattr(source, name) for name in CLOCK}
            vars(dict(model.owners())[prefix]).update({**numbers, **clock})

    def _kept(self, model: Negotiation) -> Iterator[tuple[str, Any]]:
        return ((place, value) for place, value in _attributes(model) if place not in self.fixed)

    def _put(self, model: Negotiation, each: Each, *sources: Negotiation) -> None:
        """Put in every place what `each` makes of the arrays that stand there in the sources."""
        owners = dict(model.owners())
        found = [dict(self._kept(source)) for source in sources]
        for place in found[0]:
            prefix, dot, name = place.rpartition(".")
            setattr(owners[prefix + dot], name, _mapped(each, *(values[place] for values in found)))
        drawn = [source.parameters.drawn for source in sources]
        model.parameters = model.parameters.redrawn(_mapped(each, *drawn))
        for owner in owners.values():
            if hasattr(owner, "reasons"):
                owner.reasons = Reasons()


def _attributes(model: Negotiation) -> Iterator[tuple[str, Any]]:
    """Attributes that hold arrays, by where they stand."""
    for prefix, owner in model.owners():
        for name, value in vars(owner).items():
            if name not in ELSEWHERE and _shapes(value):
                yield prefix + name, value


def _named(place: str, value: Any) -> Iterator[tuple[str, Array]]:
    """The arrays in a value, by where they stand."""
    if isinstance(value, np.ndarray):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _named(f"{place}[{key}]", one)
    elif isinstance(value, tuple | list | deque):
        names = getattr(value, "_fields", range(len(value)))
        for key, one in zip(names, value, strict=True):
            yield from _named(f"{place}[{key}]", one)


def _shapes(value: Any) -> list[tuple[int, ...]]:
    return [array.shape for _, array in _named("", value)]


def _mapped(each: Each, *values: Any) -> Any:
    """The same container of what `each` makes of the arrays in it."""
    first = values[0]
    if isinstance(first, np.ndarray):
        return each(*values)
    if isinstance(first, dict):
        return {key: _mapped(each, *(value[key] for value in values)) for key in first}
    if isinstance(first, tuple | list | deque):
        found = [_mapped(each, *ones) for ones in zip(*values, strict=True)]
        if isinstance(first, deque):
            return deque(found, first.maxlen)
        return type(first)(*found) if hasattr(first, "_fields") else type(first)(found)
    return first
