"""The scenarios of every coalition: of dials that differ between two doctrines, or of mechanisms that are on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.scenario.doctrine import DOCTRINES, DialGroup, Table, group_of
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.presets import CUSTOM

if TYPE_CHECKING:
    from sim.ensemble.study import Study
    from sim.scenario import Scenario

MOST_PLAYERS = 10
"""Beyond it, an attribution takes more than a thousand scenarios."""
NOBODY = "none"
JOIN = "+"

CHANNELS = ("aid_pressure", "signals", "leverage", "constructive_ambiguity", "hedging", "alarm")
"""How an American doctrine reaches the others: aid, words, the price of refusing, vague terms, Europe's doubt."""


class Coalitions(NamedTuple):
    """Players, and a scenario for every coalition of them, in the order of its bits.

    Attributes
    ----------
    players : tuple of str
        Dials or mechanisms.
    changes : dict of str to str
        What moves with a player, such as "0.85 → 0.2"; empty for a table.
    scenarios : dict of str to Scenario
        By name of the coalition. Of mechanisms: all coalitions under the first doctrine, then all under the second.
    """

    players: tuple[str, ...]
    changes: dict[str, str]
    scenarios: dict[str, Scenario]

    @property
    def names(self) -> list[str]:
        """Names of the coalitions, in the order of their bits."""
        return [named(members) for members in subsets(self.players)]


def subsets(players: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every coalition, by its bits: the first player is the lowest bit.

    >>> subsets(("a", "b"))
    [(), ('a',), ('b',), ('a', 'b')]
    """
    return [tuple(p for bit, p in enumerate(players) if mask >> bit & 1) for mask in range(1 << len(players))]


def named(members: Iterable[str]) -> str:
    """The name of a coalition: its members, or "none"."""
    return JOIN.join(members) or NOBODY


def of_dials(study: Study, actor: str) -> Coalitions:
    """Every way to take some dials of the second doctrine of a study and the others of the first.

    Parameters
    ----------
    study : Study
        A comparison of two doctrines of the actor.
    actor : str
        Whose doctrines.

    Raises
    ------
    InputError
        If no dial differs.
    """
    (label, first), (other, second) = study.scenarios.items()
    since = max(getattr(scenario, actor)[-1].since for scenario in (first, second))
    _check_parting(study, actor, since)
    a, b = (getattr(scenario, actor)[-1].doctrine for scenario in (first, second))
    players = tuple(dial for dial in type(a).model_fields if getattr(a, dial) != getattr(b, dial))
    if not players:
        raise InputError(f"doctrines {shown(label)} and {shown(other)} do not differ; name two that do")
    _check_number(players, 1 << len(players))
    start, end = (doctrine.model_dump(mode="json") for doctrine in (a, b))
    scenarios = {
        named(members): study.base.with_doctrine(
            actor, {"preset": CUSTOM, **start, **{dial: end[dial] for dial in members}}, since
        )
        for members in subsets(players)
    }
    ends = {dial: (getattr(a, dial), getattr(b, dial)) for dial in players}
    changes = {dial: "" if isinstance(x, Table) else f"{x:g} → {y:g}" for dial, (x, y) in ends.items()}
    return Coalitions(players, changes, scenarios)


def of_mechanisms(study: Study, names: Iterable[str]) -> Coalitions:
    """Both doctrines of a study under every way to have some of the named mechanisms on and the others off.

    Raises
    ------
    InputError
        If a mechanism is unknown, named twice, or off in the scenario anyway; or there are too many.
    """
    players = tuple(names)
    for name in players:
        if name not in Mechanisms.model_fields:
            raise InputError(unknown("mechanism", name, Mechanisms.model_fields))
        if players.count(name) > 1:
            raise InputError(f"mechanisms: {shown(name)} is given twice; name each mechanism once")
        if not getattr(study.base.mechanisms, name):
            raise InputError(f"mechanisms: {shown(name)} is off in {study.base.name}; name mechanisms that are on")
    _check_number(players, 2 << len(players))
    scenarios = {
        f"{label}: {named(members)}": scenario.with_mechanisms(**{name: name in members for name in players})
        for label, scenario in study.scenarios.items()
        for members in subsets(players)
    }
    return Coalitions(players, dict.fromkeys(players, ""), scenarios)


def groups_of(actor: str, players: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Dials of an actor by the part of its doctrine that each is, as their definitions say it."""
    found: dict[DialGroup, tuple[str, ...]] = {}
    for dial in players:
        group = group_of(DOCTRINES[actor], dial)
        found[group] = (*found.get(group, ()), dial)
    return {group.value: found[group] for group in DialGroup if group in found}


def _check_parting(study: Study, actor: str, since: str) -> None:
    """Make sure that both doctrines of a study are one until a month, and then do not change."""
    before = [
        [dated for dated in getattr(scenario, actor) if dated.since < since] for scenario in study.scenarios.values()
    ]
    if before[0] != before[1]:
        labels = " and ".join(map(shown, study.scenarios))
        raise InputError(
            f"since: {labels} part before {since}, when one of them changes again; dials can be shared out only "
            f"of doctrines that stay: name {since}, or doctrines without 'own'"
        )


def _check_number(players: tuple[str, ...], scenarios: int) -> None:
    if len(players) > MOST_PLAYERS:
        raise InputError(
            f"mechanisms: at most {MOST_PLAYERS} can share a difference, got {len(players)}: all their coalitions "
            f"under both doctrines are {scenarios:,} scenarios; name those that the question is about"
        )
