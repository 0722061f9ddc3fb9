"""The scenarios of a map: one doctrine with two dials set to every pair of values on a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.ensemble.study import comparison
from sim.scenario.doctrine import DOCTRINES, Priorities
from sim.scenario.presets import CUSTOM
from sim.scenario.spelling import OWN, labelled, parsed

if TYPE_CHECKING:
    from sim.ensemble.study import Source, Study
    from sim.scenario import Scenario

FEWEST, MOST = 3, 21
"""Values of a dial: fewer show no shape, more no more of it."""
ROUNDED = 12
"""Decimals of a share that makes room: far below what the sum of shares is held to."""
SHARES = "priorities"
"""The table whose dials sum to 1."""


class DialGrid(NamedTuple):
    """The nodes of a map.

    Attributes
    ----------
    study : Study
        The scenario under the doctrine that the map is about.
    dials : tuple of two str
        The horizontal and the vertical dial.
    levels : array, shape (N,)
        The values that each takes, from 0 to 1.
    own : tuple of two float
        The doctrine's own values of the dials.
    since : str
        First month in force, "YYYY-MM".
    scenarios : dict of str to Scenario
        The doctrine itself, then the nodes, the horizontal dial changing fastest.
    """

    study: Study
    dials: tuple[str, str]
    levels: NDArray[np.float64]
    own: tuple[float, float]
    since: str
    scenarios: dict[str, Scenario]


def grid(
    source: Source,
    dials: tuple[str, str],
    steps: int,
    actor: str = "us",
    preset: str | None = None,
    since: str | None = None,
) -> DialGrid:
    """Set two dials of an actor's doctrine to every pair of values.

    Parameters
    ----------
    source
        A scenario, the path of its file, or the name of a shipped one.
    dials : tuple of two str
        Dials from 0 to 1; a share of the priorities as "priorities.europe", the others then share what is left in
        the proportions that they had.
    steps : int
        Values of each dial, 3 to 21.
    actor : str
        "us", "ukraine", "russia", "europe" or "congress".
    preset : str, optional
        The doctrine that the map is about, as `compare` takes it; the scenario's own if None. Of the scenario's own it
        is the one in force in `since`, from then to the end.
    since : str, optional
        First month in force; the month of the actor's last change if None.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, the actor, a dial, a doctrine or a month is none, or a number is out of bounds.
    """
    if not FEWEST <= steps <= MOST:
        raise InputError(f"grid: must be a whole number from {FEWEST} to {MOST}, got {shown(steps)}")
    label, doctrine = labelled(preset or OWN)
    study = comparison(source, {label or doctrine: _table(doctrine, actor)}, actor, since)
    _check_dials(dials, actor)
    (scenario,) = study.scenarios.values()
    dated = getattr(scenario, actor)[-1]
    table = dated.doctrine.model_dump(mode="json")
    levels = np.linspace(0.0, 1.0, steps)
    scenarios = {OWN: scenario}
    for y in levels:
        for x in levels:
            node = turned(turned(table, dials[0], float(x)), dials[1], float(y))
            scenarios[f"{x:g}, {y:g}"] = study.base.with_doctrine(actor, {"preset": CUSTOM, **node}, dated.since)
    own = value_of(table, dials[0]), value_of(table, dials[1])
    return DialGrid(study, dials, levels, own, dated.since, scenarios)


def _table(doctrine: str, actor: str) -> dict[str, Any]:
    """A doctrine as a table; one without a preset amends the doctrine in force, and what came after it ends."""
    if actor not in DOCTRINES:
        raise InputError(unknown("actor", actor, DOCTRINES))
    return parsed(doctrine, actor)


def dials_of(actor: str) -> tuple[str, ...]:
    """The dials of an actor that go from 0 to 1; shares of the priorities by their full name."""
    found = []
    for name, field in DOCTRINES[actor].model_fields.items():
        if field.annotation is float:
            found.append(name)
        elif field.annotation is Priorities:
            found += [f"{name}.{share}" for share in Priorities.model_fields]
    return tuple(found)


def value_of(table: dict[str, Any], dial: str) -> float:
    """The value of a dial in a table of a doctrine."""
    value: Any = table
    for name in dial.split("."):
        value = value[name]
    return float(value)


def turned(table: dict[str, Any], dial: str, value: float) -> dict[str, Any]:
    """A table of a doctrine with one dial at another value; of shares, the others make room in proportion.

    >>> turned({"priorities": {"europe": 0.5, "domestic": 0.3, "hemisphere": 0.2}}, "priorities.europe", 0.0)
    {'priorities': {'europe': 0.0, 'domestic': 0.6, 'hemisphere': 0.4}}
    """
    head, _, share = dial.partition(".")
    if not share:
        return {**table, head: value}
    return {**table, head: shares_turned(table[head], share, value)}


def shares_turned(shares: Mapping[str, float], share: str, value: float, digits: int = ROUNDED) -> dict[str, float]:
    """Shares of one whole with one of them at another value: the others make room in proportion, each rounded.

    >>> shares_turned({"europe": 1.0, "domestic": 0.0, "hemisphere": 0.0}, "europe", 0.3, digits=2)
    {'europe': 0.3, 'domestic': 0.35, 'hemisphere': 0.35}
    """
    others = {name: weight for name, weight in shares.items() if name != share}
    total = sum(others.values())
    weights = {name: weight / total if total else 1.0 / len(others) for name, weight in others.items()}
    rest = {name: round((1.0 - value) * weight, digits) for name, weight in weights.items()}
    return {name: rest.get(name, value) for name in shares}


def _check_dials(dials: Sequence[str], actor: str) -> None:
    known = dials_of(actor)
    for dial in dials:
        if dial not in known:
            raise InputError(unknown(f"dial of {actor}", dial, known))
    first, second = dials
    if first == second:
        raise InputError(f"map: needs two different dials of {actor}, got {shown(first)} twice")
    if first.startswith(SHARES) and second.startswith(SHARES):
        raise InputError(
            f"map: {SHARES} sum to 1, so only one of them can be a dial of a map, got {first} and {second}"
        )
