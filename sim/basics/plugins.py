"""What other installed packages offer by entry points: known by name at once, loaded when somebody asks for it.

A package that cannot be used stops nobody who does not ask for what it offers; whoever does is told which package,
which entry point, what is wrong, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from sim.basics.limits import InputError
from sim.basics.mistakes import shown

TARGET = re.compile(r"(?P<module>\w+(\.\w+)*)\s*:\s*(?P<object>\w+(\.\w+)*)\s*(\[.*\])?")
"""What an entry point leads to; extras behind it are the installer's business."""
MEND = "that package must be mended"
"""The remedy where nobody but its author can help."""


class PluginError(InputError):
    """What another package offers cannot be used: says which package and entry point, why, and what helps."""


class Offer(NamedTuple):
    """An entry point of an installed package.

    Attributes
    ----------
    group, name, target : str
        The entry point: its group, its name, and the object that it leads to, `module:object`.
    package, version : str
        Whose it is.
    """

    group: str
    name: str
    target: str
    package: str
    version: str

    def __str__(self) -> str:
        return f"{self.package} {self.version} (entry point {shown(self.name)} of {self.group}, {self.target})"

    def must_be_typed(self, name: str, what: str) -> None:
        """Refuse a name under which nobody could ask for it: in a file, on a command line, beside dials.

        Raises
        ------
        PluginError
            If it has anything but letters, digits and _.
        """
        if not re.fullmatch(r"\w+", name, re.ASCII):
            raise self.unusable(f"a {what} is named with letters, digits and _", "that package must rename it")

    def unusable(self, why: str, remedy: str = "reinstall or remove that package") -> PluginError:
        """The error that says why it cannot be used."""
        return PluginError(f"{self}: {why}; {remedy}")


@cache
def offers(group: str) -> dict[str, tuple[Offer, ...]]:
    """What is offered in a group, by name in alphabetical order; a name is one package's unless two offer it.

    >>> offers("nobody.asks.for.this")
    {}
    """
    from importlib.metadata import entry_points

    found: dict[str, tuple[Offer, ...]] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("an unknown package", "")
        found[entry.name] = (*found.get(entry.name, ()), Offer(group, entry.name, entry.value, package, version))
    return found


def the_offer(group: str, name: str) -> Offer:
    """The one offer of a name that somebody offers.

    Raises
    ------
    PluginError
        If two packages offer it.
    """
    first, *others = offers(group)[name]
    if others:
        raise first.unusable(f"{' and '.join(map(str, others))} has the same name", "remove one of the two packages")
    return first


@cache
def loaded(offer: Offer) -> Any:
    """What an offer leads to; its package is imported.

    Raises
    ------
    PluginError
        If it does not say what it leads to, or that cannot be imported or is not there.
    """
    target = TARGET.fullmatch(offer.target)
    if target is None:
        raise offer.unusable("must lead to an object, module:object, such as package.actors:China", MEND)
    from importlib import import_module

    try:
        found = import_module(target["module"])
        for name in target["object"].split("."):
            if not hasattr(found, name):
                raise offer.unusable(f"there is no {target['object']} in {target['module']}", MEND)
            found = getattr(found, name)
        return found
    except PluginError:
        raise
    except (Exception, SystemExit) as error:  # a module that leaves would take everybody's command with it
        raise offer.unusable(f"cannot be imported: {type(error).__name__}: {error}") from error


@contextmanager
def answering(who: str, origin: str) -> Iterator[None]:
    """Say whose fault it is if code of others fails, whatever it fails with, and where that code comes from.

    >>> with answering("guest 'china' in 2025-03", "doctrine-china 0.1.0"):
    ...     {}["rockets"]
    Traceback (most recent call last):
    sim.basics.plugins.PluginError: guest 'china' in 2025-03 failed: KeyError: 'rockets'; mend doctrine-china 0.1.0

    Raises
    ------
    PluginError
        If it fails.
    """
    try:
        yield
    except (Exception, SystemExit) as error:
        raise PluginError(f"{who} failed: {type(error).__name__}: {error}; mend {origin}") from error
