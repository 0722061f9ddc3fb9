"""Values by doctrine in one clause, ranked only as far as the same worlds tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.basics.intervals import interval
from sim.basics.labels import listed, spoken
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import xarray as xr

MOST_NAMED = 3
"""Doctrines that a title names one by one."""
UNCLEAR = "no clear difference"
Say = Callable[[float], str]
Apart = Callable[[str, str], bool]
"""Whether two doctrines differ beyond noise."""


def across(values: Mapping[str, float], unit: str = "", say: Say = spoken, apart: Apart | None = None) -> str:
    """Values by doctrine in one clause, the largest first; doctrines that read alike, or are not told apart, share one.

    >>> across({"architectural": 3.9, "transactional": 6.51, "aligned": 6.49}, " EUR bn")
    '6.5 EUR bn under transactional and aligned, 3.9 under architectural'
    """
    told = {name: say(value) for name, value in values.items()}
    if len(values) == 1:
        return f"{next(iter(told.values()))}{unit}"
    ranked = sorted(values, key=lambda name: -values[name])
    if _alike(ranked[0], ranked[-1], told, apart):
        unclear = f", {UNCLEAR}" if len({*told.values()}) > 1 else ""
        every = "both" if len(values) == 2 else "every doctrine"  # noqa: PLR2004
        return f"{_span([told[name] for name in ranked])}{unit} under {every}{unclear}"
    if len(values) > MOST_NAMED:
        most, least = (_named(group) for group in _ends(ranked, told, apart))
        return f"{_span([told[name] for name in ranked])}{unit} (least under {least}, most under {most})"
    groups = [[told[name] for name in group] for group in _groups(ranked, told, apart)]
    names = map(_named, _groups(ranked, told, apart))
    units = [unit, *[""] * (len(groups) - 1)]
    return ", ".join(
        f"{_span(texts)}{shown} under {named}{_doubt(texts)}"
        for texts, shown, named in zip(groups, units, names, strict=True)
    )


def across_worlds(worlds: xr.DataArray, unit: str = "", say: Say = spoken) -> str:
    """The same of means over worlds, dims (doctrine, world); the luck of a world is the same under all doctrines."""
    means = worlds.mean("world", dtype=float)
    values = {str(name): float(means.sel(doctrine=name)) for name in worlds["doctrine"].to_numpy()}
    return across(values, unit, say, apart(worlds))


def apart(worlds: xr.DataArray) -> Apart:
    """Tells whether the interval of the difference between two doctrines leaves out zero; one world always tells."""

    def tell(one: str, other: str) -> bool:
        difference = (worlds.sel(doctrine=one) - worlds.sel(doctrine=other)).to_numpy().astype(float)
        there = difference[np.isfinite(difference)]
        if there.size == 0:
            return False
        _, low, high, _ = interval(there)
        return not low <= 0.0 <= high

    return tell


def _groups(ranked: Sequence[str], told: Mapping[str, str], apart: Apart | None) -> list[list[str]]:
    """Doctrines from the largest value down; together those of which every two read alike or are not told apart."""
    groups: list[list[str]] = []
    for name in ranked:
        if groups and all(_alike(name, other, told, apart) for other in groups[-1]):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _ends(ranked: Sequence[str], told: Mapping[str, str], apart: Apart | None) -> tuple[list[str], list[str]]:
    """Those that read like, or are not told from, the first of a ranking but the last; and the other way round."""
    first, *others, last = ranked
    like = {name: [_alike(name, end, told, apart) for end in (first, last)] for name in others}
    most = [first, *(name for name in others if like[name] == [True, False])]
    return most, [*(name for name in others if like[name] == [False, True]), last]


def _alike(one: str, other: str, told: Mapping[str, str], apart: Apart | None) -> bool:
    return one == other or told[one] == told[other] or (apart is not None and not apart(one, other))


def _span(texts: Sequence[str]) -> str:
    """From the least to the largest of texts of falling numbers; one text if they are the same."""
    return texts[0] if texts[0] == texts[-1] else f"{texts[-1]} to {texts[0]}"


def _doubt(texts: Sequence[str]) -> str:
    return f" ({UNCLEAR})" if len({*texts}) > 1 else ""


def _named(group: Sequence[str]) -> str:
    """The doctrines of a group; of very many, how many."""
    names = [doctrine_label(name) for name in group]
    if len(names) <= MOST_NAMED:
        return listed(names)
    return f"{listed([*names[: MOST_NAMED - 1], f'{len(names) - MOST_NAMED + 1} more'])}"
