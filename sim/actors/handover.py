"""What a guest hands over: all that it changed must still be numbers in their domains, in every world.

A guest may assign to whatever it sees. A number that leaves its domain there would break months later, in the hands of
somebody else, so what stands before a guest acts is held against what it leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.actors.variables import ANY, MONTHLY, Recorded
from sim.basics.arrays import Array, Mask

if TYPE_CHECKING:
    from sim.model import Negotiation

NUMBER = Recorded("", "", "", "", -ANY, ANY)
"""What every other number of the model is: one that is there, and finite."""
VARIABLES = {variable.source: (name, variable) for name, variable in MONTHLY.items()}
"""Recorded variables by where they stand in the model."""


class Standing(NamedTuple):
    """An array over worlds as it stands: its shape, and where it is out of its domain, if anywhere."""

    shape: tuple[int, ...]
    wrong: Mask | None


def standing(model: Negotiation) -> dict[str, Standing]:
    """Every array over worlds that belongs to the model and its own actors, by where it stands."""
    return {place: Standing(values.shape, _wrong(place, values)) for place, values in _arrays(model)}


def spoilt(model: Negotiation, before: Mapping[str, Standing]) -> str:
    """What is out of its domain now and was not before: where, what, and the rule; empty if nothing is."""
    now = dict(_arrays(model))
    for place, stood in before.items():
        name, variable = _variable(place)
        values = now.get(place)
        if values is None or values.shape != stood.shape:
            return f"{name} must stay an array over worlds, shape {stood.shape}"
        bad = _wrong(place, values)
        if bad is not None and (bad := bad if stood.wrong is None else bad & ~stood.wrong).any():
            first = np.unravel_index(np.argmax(bad), bad.shape)
            return f"{name} in world {model.first_world + int(first[-1])} is {variable.rule(values[first])}"
    return ""


def _variable(place: str) -> tuple[str, Recorded]:
    return VARIABLES.get(place, (place, NUMBER))


def _wrong(place: str, values: Array) -> Mask | None:
    _, variable = _variable(place)
    return None if variable.within(values) else variable.outside(values)


def _arrays(model: Negotiation) -> Iterator[tuple[str, Array]]:
    """Arrays over worlds by where they stand: those that are kept, then variables that are worked out when read."""
    kept = set()
    for prefix, owner in model.owners():
        for attribute, values in vars(owner).items():
            if isinstance(values, np.ndarray) and values.shape[-1:] == (model.size,) and values.dtype.kind == "f":
                kept.add(prefix + attribute)
                yield prefix + attribute, values
    with np.errstate(all="ignore"):
        for place, (_, variable) in VARIABLES.items():
            if place not in kept:
                yield place, variable.read(model)
