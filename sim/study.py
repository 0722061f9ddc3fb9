"""What is asked of the simulator: a scenario, perhaps under several doctrines, and how many worlds of which luck."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.limits import InputError, check_ensemble
from sim.mistakes import ScenarioError, key, shown, unknown
from sim.presets import PRESETS
from sim.scenario import ACTORS, Scenario, load
from sim.scenario.tables import CUSTOM

if TYPE_CHECKING:
    import xarray as xr

    from sim.actors.guest import Invitation
    from sim.doctrine import Doctrine
    from sim.ensemble import Progress

Source = Scenario | str | os.PathLike[str]
"""A scenario, the path of its file, or the name of a shipped one."""

ANY_DOCTRINE = "a preset, or preset:dial=value,dial=value"


@dataclass(frozen=True)
class Study:
    """A scenario, the scenarios by label that it becomes, and the worlds they share.

    Attributes
    ----------
    base : Scenario
        The scenario that was asked for.
    scenarios : dict of str to Scenario
        By label of the doctrine; the base itself if nothing is compared.
    worlds, seed : int
        How many worlds, and the seed of their luck.
    command : str
        What a user would type to make the same results; empty if it was asked in Python.

    Raises
    ------
    InputError
        If the number of worlds or the seed is out of bounds.
    """

    base: Scenario
    scenarios: dict[str, Scenario]
    worlds: int = 1000
    seed: int = 1
    command: str = ""

    def __post_init__(self) -> None:
        check_ensemble(self.worlds, self.seed)

    @property
    def compares(self) -> bool:
        """Whether more than the scenario as it stands is run."""
        return list(self.scenarios.values()) != [self.base]

    def simulate(
        self, jobs: int = 1, progress: Progress | None = None, guests: Iterable[Invitation] = ()
    ) -> xr.Dataset:
        """Run it; see `sim.ensemble.simulate`."""
        from sim.ensemble import simulate

        return simulate(self.scenarios, self.worlds, self.seed, jobs, progress, guests)

    def sample(self) -> xr.Dataset:
        """The first block of its worlds, with their monthly paths."""
        from sim.ensemble import BLOCK, simulate

        return simulate(self.scenarios, min(self.worlds, BLOCK), self.seed)

    def asked_by(self, command: str) -> Study:
        """The same study with the command that asks for it."""
        return replace(self, command=command)


def one_scenario(source: Source, worlds: int = 1000, seed: int = 1) -> Study:
    """A study of a scenario as it stands.

    Raises
    ------
    ScenarioError, InputError
        If the scenario is none, or a number is out of bounds.
    """
    from sim.ensemble import label_of

    base = _scenario(source)
    return Study(base, {label_of(base): base}, worlds, seed)


def comparison(
    source: Source,
    doctrines: Iterable[str] | Mapping[str, str | Doctrine | dict[str, Any]],
    actor: str = "us",
    since: str | None = None,
    worlds: int = 1000,
    seed: int = 1,
) -> Study:
    """A study of one scenario under several doctrines of an actor, in the same worlds.

    Parameters
    ----------
    source
        A scenario, the path of its file, or the name of a shipped one.
    doctrines
        Names of presets, or `preset:dial=value,dial=value`; or by label anything that
        `Scenario.with_doctrine` takes. The first is the one that the others are compared with.
    actor
        "us", "ukraine", "russia", "europe" or "congress".
    since
        First month in force, "YYYY-MM"; the month of the actor's last change in the scenario if None.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, an actor, a doctrine or a month is none, or a number is out of bounds.
    """
    base = _scenario(source)
    if actor not in ACTORS:
        raise InputError(unknown("actor", actor, ACTORS))
    if since is not None and since not in base.calendar:
        first, last = base.calendar[0], base.calendar[-1]
        raise InputError(f"since: must be a month from {first} to {last}, as {base.name} has it, got {shown(since)}")
    named = dict(doctrines) if isinstance(doctrines, Mapping) else _named(doctrines, actor)
    if not named:
        raise InputError("there is no doctrine to compare")
    scenarios = {label: _under(base, actor, label, doctrine, since) for label, doctrine in named.items()}
    return Study(base, scenarios, worlds, seed)


def _scenario(source: Source) -> Scenario:
    return source if isinstance(source, Scenario) else load(source)


def _named(texts: Iterable[str], actor: str) -> dict[str, Any]:
    """Doctrines by the texts that name them."""
    if isinstance(texts, str):
        raise InputError(f"doctrines: must be a list of names, got {shown(texts)}")
    named: dict[str, Any] = {}
    for text in texts:
        if text in named:
            raise InputError(f"doctrine {shown(text)} is given twice")
        named[text] = parsed(text, actor)
    return named


def parsed(text: str, actor: str = "us") -> dict[str, Any]:
    """A doctrine as a table of a scenario file, from a preset's name or `preset:dial=value,dial=value`.

    >>> parsed("transactional:commitment=0.85,priorities.europe=0.2")
    {'preset': 'transactional', 'commitment': 0.85, 'priorities': {'europe': 0.2}}

    Raises
    ------
    InputError
        If there is no such preset, or a dial is not written `dial=value`.
    """
    preset, colon, dials = str(text).partition(":")
    if preset not in PRESETS[actor] and preset != CUSTOM:
        raise InputError(unknown(f"doctrine of {actor}", preset, PRESETS[actor]))
    table: dict[str, Any] = {"preset": preset}
    for item in dials.split(",") if colon else ():
        dial, _, value = item.partition("=")
        _set(table, dial.strip().split("."), _number(value), text)
    return table


def _set(table: Any, path: list[str], value: float | None, text: str) -> None:
    *above, dial = path
    for name in above:
        table = table.setdefault(name, {}) if isinstance(table, dict) else None
    if value is None or not all(path) or not isinstance(table, dict) or dial in table:
        raise InputError(f"doctrine {shown(text)}: must be {ANY_DOCTRINE}, each dial once and with a number")
    table[dial] = value


def _number(text: str) -> float | None:
    """A whole number as such, so that it can count seats; None for what is no number."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None


def _under(base: Scenario, actor: str, label: str, doctrine: Any, since: str | None) -> Scenario:
    """The scenario under a doctrine; what is wrong with its dials is said of the doctrine."""
    try:
        return base.with_doctrine(actor, doctrine, since)
    except ScenarioError as error:
        reasons = [f"{key(mistake.path[1:])}: {mistake.text}".removeprefix(": ") for mistake in error.mistakes]
        raise InputError(f"doctrine {shown(label)}: {'; '.join(reasons)}") from None
