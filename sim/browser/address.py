"""What a page's address says: one record of choices, which each page adds its own to, and one parser for all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlencode

from sim.basics.limits import InputError
from sim.basics.mistakes import ScenarioError, clipped, shown, unknown
from sim.scenario import Scenario, load, shipped

MISTAKES = (InputError, ScenarioError)
"""What can be wrong with an address."""
WHOLE = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True)
class Address:
    """The choices on a page, as its link has them; text and whole numbers all.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    seed : int
        Which luck.
    """

    PATH: ClassVar[str]
    """Of the page within the app."""
    LONGEST: ClassVar[int]
    """Characters of a link's query."""
    MOST: ClassVar[Mapping[str, int]] = MappingProxyType({})
    """The largest of numbers that are held to it as they are read."""
    WITH_USUAL: ClassVar[bool] = False
    """Whether a link names what is as usual, too."""

    scenario: str
    seed: int = field(default=1, kw_only=True)

    @classmethod
    def in_link(cls) -> dict[str, Any]:
        """The names that a link may have, and what holds where it does not name them."""
        plain = (one for one in fields(cls) if type(one.default) in (str, int))
        return {one.name: one.default for one in plain}

    @classmethod
    def read(cls, query: str) -> Self:
        """The record that a link's query stands for.

        Raises
        ------
        InputError
            If a name is unknown or given twice, or a value cannot be had; everything that can be said without
            running anything is said here.
        """
        usual = cls.in_link()
        found: dict[str, Any] = {}
        for name, value in pairs(query, cls.LONGEST).items():
            if name not in usual:
                raise InputError(unknown("part of the link", name, usual))
            found[name] = cls._number(name, value) if isinstance(usual[name], int) else value
        record = cls(**found)
        record.check()
        return record

    @classmethod
    def _number(cls, name: str, text: str) -> int:
        most = cls.MOST.get(name)
        if not WHOLE.fullmatch(text) or (most is not None and int(text) > most):
            bounds = "" if most is None else f" from 0 to {most}"
            raise InputError(f"{name}: must be a whole number{bounds}, got {shown(text)}")
        return int(text)

    def query(self) -> str:
        """The query of its link: what differs from the usual."""
        named = {name: getattr(self, name) for name in self.in_link()}
        if self.WITH_USUAL:
            kept = {name: value for name, value in named.items() if value != ""}
        else:
            kept = {name: value for name, value in named.items() if value != self.in_link()[name]}
        return urlencode(kept, safe=":,=;")

    def link(self) -> str:
        """Its address within the app."""
        query = self.query()
        return f"{self.PATH}?{query}" if query else self.PATH

    def with_(self, **changes: Any) -> Self:
        """The same with other choices."""
        return replace(self, **changes)

    def check(self) -> None:
        """Say what is wrong.

        Raises
        ------
        InputError
            If any choice cannot be had.
        """
        base(self.scenario)


@dataclass(frozen=True)
class DoctrinesAddress(Address):
    """An address with a doctrine of each actor.

    Attributes
    ----------
    us, congress, europe, ukraine, russia : str
        Doctrine; empty where the scenario's own holds.
    """

    us: str = field(default="", kw_only=True)
    congress: str = field(default="", kw_only=True)
    europe: str = field(default="", kw_only=True)
    ukraine: str = field(default="", kw_only=True)
    russia: str = field(default="", kw_only=True)


def pairs(query: str, longest: int) -> dict[str, str]:
    """The names and values of a link's query.

    Parameters
    ----------
    query : str
        What stands behind the question mark.
    longest : int
        Characters that it may have.

    Raises
    ------
    InputError
        If it is longer, not written name=value&name=value, or says something twice.

    Examples
    --------
    >>> pairs("scenario=outlook&seed=3", 100)
    {'scenario': 'outlook', 'seed': '3'}
    """
    if len(query) > longest:
        raise InputError(f"the link is longer than {longest:,} characters")
    try:
        found = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict")
    except ValueError:
        raise InputError(f"the link must be name=value&name=value, got {shown(query)}") from None
    named: dict[str, str] = {}
    for name, value in found:
        if name in named:
            raise InputError(f"{clipped(name)}: stands in the link twice")
        named[name] = value
    return named


@lru_cache
def base(name: str) -> Scenario:
    """A shipped scenario by its name; no other file is read.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    files = shipped()
    if name not in files:
        raise InputError(unknown("scenario", name, files))
    return load(files[name])
