"""What links say: names and values, each once; and the scenarios that they may name."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl

from sim.limits import InputError
from sim.mistakes import clipped, shown, unknown
from sim.scenario import Scenario, load, shipped


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
