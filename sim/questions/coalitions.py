"""The scenarios of every coalition: of dials that differ between two doctrines, or of mechanisms that are on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sim.doctrine import Table
from sim.limits import InputError
from sim.mechanisms import Mechanisms
from sim.mistakes import shown, unknown
from sim.scenario.tables import CUSTOM

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study import Study

MOST_PLAYERS = 10
"""Beyond it, an attribution takes more than a thousand scenarios."""
NOBODY = "none"
JOIN = "+"

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "us": {
        "goals": ("order", "rivalry", "alliance", "priorities", "affinity"),
        "theory of the world": ("commitment", "horizon"),
        "style": ("clarity", "channel"),
    },
    "ukraine": {"goals": ("resolve", "audience"), "theory of the world": ("trust",)},
    "russia": {"goals": ("resolve",), "theory of the world": ("patience",), "style": ("opportunism",)},
    "europe": {"effort": ("autonomy", "free_riding"), "unity": ("cohesion",)},
    "congress": {"members": ("house", "senate"), "leaders": ("agenda",)},
}
"""Dials of each actor by what they are: what is valued, what an actor believes that its moves do, how it acts on it."""

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
    since = getattr(first, actor)[-1].since
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
    return Coalitions(players, {dial: _change(getattr(a, dial), getattr(b, dial)) for dial in players}, scenarios)


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


def groups_of(actor: str, players: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The groups of an actor's dials that have players in them, and those players."""
    found = {name: tuple(p for p in players if p in members) for name, members in GROUPS[actor].items()}
    return {name: members for name, members in found.items() if members}


def _check_number(players: tuple[str, ...], scenarios: int) -> None:
    if len(players) > MOST_PLAYERS:
        raise InputError(
            f"mechanisms: at most {MOST_PLAYERS} can share a difference, got {len(players)}: all their coalitions "
            f"under both doctrines are {scenarios:,} scenarios; name those that the question is about"
        )


def _change(a: object, b: object) -> str:
    return "" if isinstance(a, Table) else f"{a:g} → {b:g}"
