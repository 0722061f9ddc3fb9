"""`[guests]` of a scenario: actors that other packages offer, by the name of their entry point, each with its dials.

An entry point of the group `doctrine.guests` leads to a subclass of `sim.actors.guest.Guest`. What its class takes
beside the model are its dials: each a number from 0 to 1, as all dials are, with a default.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics import plugins
from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import Mistake, nearest, shown, unknown
from sim.basics.plugins import Offer, PluginError
from sim.basics.typed_numbers import number

if TYPE_CHECKING:
    from sim.scenario import Scenario

GROUP = "doctrine.guests"
"""Entry points by which other packages offer guests."""
BASE = "sim.actors.guest.Guest"
"""What a guest is a subclass of; named, since whoever reads a scenario does not know of actors."""
OF_THE_MODEL = (*ACTORS, "table")
"""Names by which the model's own actors are asked why."""


class Joined(NamedTuple):
    """A scenario that guests join: the scenario as it is asked for, and the guests as one types them; see `spelt`."""

    scenario: Scenario | str | os.PathLike[str] | Joined
    guests: tuple[str, ...]


Tables = Mapping[str, Mapping[str, float]]
"""Guests by name, each with its dials."""


def joined(
    source: Scenario | str | os.PathLike[str] | Joined, guests: Iterable[str] | None
) -> Scenario | str | os.PathLike[str] | Joined:
    """A scenario with guests, if any are named."""
    return Joined(source, tuple(guests)) if guests else source


def offer(name: str) -> Offer:
    """Who offers a guest.

    Raises
    ------
    InputError
        If nobody does, or two packages do.
    """
    known = plugins.offers(GROUP)
    if name not in known:
        usable = [other for other in known if _usable(other)]
        near = nearest(name, usable)
        there = f"; did you mean {shown(near)}?" if near else f" (installed: {', '.join(usable) or 'none'})"
        raise InputError(
            f"no installed package offers a guest {shown(name)} (entry points {GROUP}){there}; "
            "install the package that it comes from: pip install PACKAGE"
        )
    return plugins.the_offer(GROUP, name)


def guest_class(name: str) -> type[Any]:
    """The class of a guest; its package is imported.

    Raises
    ------
    InputError
        If nobody offers it, or what is offered cannot be used.
    """
    found = offer(name)
    found.must_be_typed(name, "guest")
    if name in OF_THE_MODEL:
        raise found.unusable("an actor of the model has that name", "that package must give it another name")
    kind: type[Any] = plugins.loaded(found)
    if wrong := _wrong_with(kind, name):
        raise found.unusable(wrong, plugins.MEND)
    return kind


def _usable(name: str) -> bool:
    """Whether a guest that is offered can join; `doctrine list guests` says why if not."""
    try:
        guest_class(name)
    except PluginError:
        return False
    return True


def _wrong_with(kind: Any, name: str) -> str:
    """Why what is offered under a name is no guest; empty if it is one."""
    if not isinstance(kind, type):
        return f"must be a subclass of {BASE}, is {type(kind).__name__}"
    if BASE not in (f"{base.__module__}.{base.__name__}" for base in kind.__mro__):
        return f"must be a subclass of {BASE}, is the class {kind.__name__}"
    if getattr(kind, "name", None) != name:
        return f"the class must say name = {shown(name)}, as its entry point does"
    if getattr(getattr(kind, "act", None), "__isabstractmethod__", False):
        return "the class must say what it does in a month, in a method act()"
    if missing := getattr(kind, "__abstractmethods__", ()):
        return f"the class is abstract; it must have {', '.join(sorted(missing))}"
    try:
        taken = _arguments(kind)
    except (TypeError, ValueError):
        return "its __init__ must take the model, and then its dials"
    for dial, default in taken.items():
        if not isinstance(default, int | float) or isinstance(default, bool) or not 0.0 <= default <= 1.0:
            return f"its dial {dial} must have a default from 0 to 1"
    try:
        inspect.signature(kind).bind("the model", **taken)  # as it is called when it joins
    except TypeError:
        return "its __init__ must take the model by its place, and each dial by its name"
    return ""


def _arguments(kind: type[Any]) -> dict[str, Any]:
    """What a class takes beside the model, with the defaults."""
    _, *others = inspect.signature(kind).parameters.values()
    return {argument.name: argument.default for argument in others}


def dials(name: str) -> dict[str, float]:
    """The dials of a guest, each with its default; errors as in `guest_class`."""
    return {dial: float(default) for dial, default in _arguments(guest_class(name)).items()}


def in_full(tables: Tables) -> tuple[dict[str, dict[str, float]], list[Mistake]]:
    """Guests in alphabetical order with every dial, and what is wrong with them."""
    found: dict[str, dict[str, float]] = {}
    mistakes = []
    for name in sorted(tables):
        try:
            known = dials(name)
        except InputError as error:
            mistakes.append(Mistake(("guests", name), str(error)))
            continue
        wrong = [dial for dial in tables[name] if dial not in known]
        mistakes += [Mistake(("guests", name, dial), _no_dial(name, dial, known)) for dial in wrong]
        found[name] = known | {dial: float(value) for dial, value in tables[name].items()}
    return found, mistakes


def _no_dial(name: str, dial: str, known: Iterable[str]) -> str:
    if not known:
        return f"unknown key; {name} has no dials"
    return unknown(f"dial of {name}", dial, known)


def spelt(text: str) -> tuple[str, dict[str, float]]:
    """A guest as one types it: its name, or its name with dials.

    >>> spelt("china"), spelt("china:backing=1")
    (('china', {}), ('china', {'backing': 1.0}))

    Raises
    ------
    InputError
        If it is not written so.
    """
    name, colon, given = text.partition(":")
    found: dict[str, float] = {}
    for item in given.split(",") if colon else ():
        dial, _, value = item.partition("=")
        amount = number(value)
        if amount is None or not dial.strip() or dial.strip() in found:
            rule = "must be a name, or name:dial=value,dial=value, each dial once and with a number"
            raise InputError(f"guest {shown(text)}: {rule}")
        found[dial.strip()] = amount
    return name.strip(), found


def packages(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """Versions of the packages that guests and presets of some scenarios come from, by package."""
    from sim.scenario.presets import PRESETS

    found: set[Offer] = set()
    for scenario in scenarios:
        found |= {offer(name) for name in scenario.guests}
        for actor, presets in PRESETS.items():
            named = {dated.preset for dated in getattr(scenario, actor)}
            found |= {told for name in named if name in presets and (told := presets.offer(name))}
    return {one.package: one.version for one in sorted(found)}


def told(scenario: Scenario) -> list[str]:
    """A line on every guest of a scenario: its dials, and whose it is."""
    lines = []
    for name, values in scenario.guests.items():
        found = offer(name)
        at = ", ".join(f"{dial} {value:g}" for dial, value in values.items())
        lines.append(f"guests: {name} joins{f' ({at})' if at else ''}, from {found.package} {found.version}")
    return lines
