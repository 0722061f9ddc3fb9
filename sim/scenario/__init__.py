"""The scenario: a loose TOML file in, a fully explicit, frozen `Scenario` out.

Rules of the file
-----------------
- Dials not given are those of the actor's preset; an actor without a preset follows its default one.
- `[[us.doctrine]]` changes the doctrine from a month on, in order of date. With a `preset` it starts from
  that preset; without, it amends the doctrine then in force.
- `preset = "custom"` starts from no preset: every dial must then be given.
- `extends = "history.toml"` takes over another file, found beside this one, or a shipped scenario by name.
  Tables merge key by key. A list (`[[us.doctrine]]`, `[[events]]`) replaces the inherited list, `events = []`
  empties it. An actor's table that names a `preset` replaces the inherited table of that actor, dials and
  dated changes together. `name` is not inherited: it is the file's own name unless given.
- Dated changes lie after the first month, events anywhere from the first month to the last.

Every mistake is reported at once, with file, line, key, what was found and what is allowed.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any, Self

import tomli_w
from pydantic import model_validator

from sim.doctrine import Doctrine, Table
from sim.mechanisms import Mechanisms
from sim.mistakes import Mistake, ScenarioError, shown, unknown
from sim.parameters import Parameters
from sim.scenario.check import explicit
from sim.scenario.file import merged, overlay, placed, read_chain, shipped
from sim.scenario.schema import schema
from sim.scenario.tables import (
    ACTORS,
    CUSTOM,
    LONGEST_HORIZON,
    CongressDated,
    Crisis,
    DatedDoctrine,
    EuropeDated,
    Event,
    Initial,
    Instrument,
    Month,
    ParameterSource,
    RussiaDated,
    Settlement,
    UkraineDated,
    UnitedStatesDated,
    is_month,
    month_after,
)

__all__ = [
    "ACTORS",
    "Crisis",
    "DatedDoctrine",
    "Event",
    "Initial",
    "Instrument",
    "Scenario",
    "ScenarioError",
    "Settlement",
    "load",
    "schema",
    "shipped",
]


class Scenario(Table):
    """A scenario with nothing left to fill in."""

    name: str
    """Name of its file, and of its folder of results."""
    title: str
    """What it is called in figures and reports."""
    question: str
    """The question it asks."""
    start: Month
    """The first month."""
    months: int
    """How many months are simulated."""
    us: tuple[UnitedStatesDated, ...]
    """Doctrines of the executive in Washington, in order of date; the first holds from the start."""
    ukraine: tuple[UkraineDated, ...]
    """Doctrines of Kyiv."""
    russia: tuple[RussiaDated, ...]
    """Doctrines of Moscow."""
    europe: tuple[EuropeDated, ...]
    """Doctrines of the Europeans."""
    congress: tuple[CongressDated, ...]
    """Sessions of Congress."""
    parameters: Parameters
    """Every number that is not a dial."""
    parameter_sets: ParameterSource
    """Whether all worlds share the parameters, or each draws the free ones from the posterior."""
    mechanisms: Mechanisms
    """Which mechanisms are on."""
    initial: Initial
    """The state of the world before the first month."""
    events: tuple[Event, ...]
    """What happens in given months whatever the actors do."""

    @model_validator(mode="after")
    def _is_what_its_file_says(self) -> Self:
        """Hold a scenario made by hand to the rules of the file."""
        resolved, mistakes = explicit(self._file())
        if mistakes:
            raise ValueError("; ".join(map(str, mistakes)))
        for key, value in resolved.items():
            if getattr(self, key) != value:
                raise ValueError(f"{key}: not in the order or by the name that its file would give it")
        return self

    @property
    def calendar(self) -> list[str]:
        """Every month, "YYYY-MM"."""
        return [month_after(self.start, month) for month in range(self.months)]

    def doctrine(self, actor: str, month: str) -> Doctrine:
        """The doctrine of an actor that is in force in a month.

        Parameters
        ----------
        actor
            "us", "ukraine", "russia", "europe" or "congress".
        month
            "YYYY-MM", not before the start.

        Raises
        ------
        ScenarioError
            If there is no such actor, or the month lies before the start.
        """
        doctrine: Doctrine = self._in_force(actor, month).doctrine
        return doctrine

    def with_doctrine(
        self, actor: str, doctrine: str | Doctrine | dict[str, Any], since: str | None = None
    ) -> Scenario:
        """The same scenario with another doctrine of one actor from a month on.

        Parameters
        ----------
        actor
            "us", "ukraine", "russia", "europe" or "congress".
        doctrine
            A preset's name; a doctrine; or a table as in `[[us.doctrine]]`: dials that amend the doctrine in
            force, or start from a `preset` among them.
        since
            First month in force; the month of the actor's last change if None.

        Raises
        ------
        ScenarioError
            If the result is not a valid scenario.
        """
        entries = self._entries(actor)
        since = entries[-1].since if since is None else since
        old = self._in_force(actor, since)
        kept = [_table(entry) for entry in entries if entry.since < since]
        table = self._doctrine_table(doctrine)
        new = table if "preset" in table else overlay(_table(old), table)
        head, *changes = [*kept, {**new, "from": since}]
        head.pop("from")
        return self._changed({actor: {**head, "doctrine": changes}})

    def with_mechanisms(self, **switches: bool) -> Scenario:
        """The same scenario with some mechanisms switched: `with_mechanisms(leverage=False)`."""
        return self._changed({"mechanisms": _over(self.mechanisms, switches)})

    def with_parameter_sets(self, source: ParameterSource) -> Scenario:
        """The same scenario with "one" set of parameters for all worlds, or a draw for each from a posterior."""
        return self._changed({"parameter_sets": source})

    def with_parameters(self, changes: dict[str, Any]) -> Scenario:
        """The same scenario with other parameters: `with_parameters({"front": {"pull": 0.005}})`."""
        return self._changed({"parameters": _over(self.parameters, changes)})

    def with_horizon(self, months: int) -> Scenario:
        """The same scenario over so many months; what would come after the new end is left out."""
        return self._changed({**self._until(months), "months": months})

    def to_toml(self) -> str:
        """The scenario as a file with nothing left to fill in; loads back to an equal scenario."""
        return tomli_w.dumps(self._file())

    @property
    def digest(self) -> str:
        """SHA-256 of `to_toml()`."""
        return hashlib.sha256(self.to_toml().encode()).hexdigest()

    def _doctrine_table(self, doctrine: Any) -> dict[str, Any]:
        """A doctrine, however it is given, as a table of a file."""
        if isinstance(doctrine, Table):
            return {"preset": CUSTOM, **doctrine.model_dump(mode="json")}
        if isinstance(doctrine, str):
            return {"preset": doctrine}
        if isinstance(doctrine, dict):
            return doctrine
        text = f"must be a preset's name, a doctrine or a table of dials, got {shown(doctrine)}"
        raise ScenarioError(self.name, [Mistake((), text)])

    def _entries(self, actor: str) -> tuple[DatedDoctrine[Any], ...]:
        if actor not in ACTORS:
            raise ScenarioError(self.name, [Mistake((), unknown("actor", actor, ACTORS))])
        entries: tuple[DatedDoctrine[Any], ...] = getattr(self, actor)
        return entries

    def _in_force(self, actor: str, month: str) -> DatedDoctrine[Any]:
        entries = self._entries(actor)
        if not is_month(month):
            raise ScenarioError(self.name, [Mistake((), f"must be a month like '2022-12', got {shown(month)}")])
        past = [entry for entry in entries if entry.since <= month]
        if not past:
            text = f"starts in {self.start}, has no doctrine in {month}"
            raise ScenarioError(self.name, [Mistake((), text)])
        return past[-1]

    def _file(self) -> dict[str, Any]:
        """The scenario as the tables of a file."""
        data = self.model_dump(mode="json", exclude_none=True)
        for actor in ACTORS:
            head, *changes = [_table(entry) for entry in self._entries(actor)]
            head.pop("from")
            data[actor] = {**head, "doctrine": changes}
        return data

    def _until(self, months: Any) -> dict[str, Any]:
        """The tables of the file, without what comes after so many months if that is a sound number."""
        data = self._file()
        if not isinstance(months, int) or not 1 <= months <= LONGEST_HORIZON:
            return data
        last = month_after(self.start, months - 1)
        for actor in ACTORS:
            data[actor]["doctrine"] = [entry for entry in data[actor]["doctrine"] if entry["from"] <= last]
        data["events"] = [event for event in data["events"] if event["month"] <= last]
        return data

    def _changed(self, changes: dict[str, Any]) -> Scenario:
        return _build({**self._file(), **changes}, self.name)


def _table(entry: DatedDoctrine[Any]) -> dict[str, Any]:
    """A dated doctrine as a table of a file."""
    base = entry.preset.split("+")[0]
    return {"from": entry.since, "preset": base, **entry.doctrine.model_dump(mode="json")}


def _over(table: Table, changes: Any) -> Any:
    """A table with changes laid over it; what is not a table of changes is left for the check to refuse."""
    return overlay(table.model_dump(), changes) if isinstance(changes, dict) else changes


def _build(data: dict[str, Any], name: str) -> Scenario:
    resolved, mistakes = explicit(data)
    if mistakes:
        raise ScenarioError(name, mistakes)
    return Scenario.model_validate(resolved)


def load(source: str | os.PathLike[str]) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    source
        Path of a TOML file, or the bare name of a shipped scenario.

    Raises
    ------
    ScenarioError
        With every mistake of the file and of those it extends.
    """
    chain = read_chain(source)
    resolved, mistakes = explicit({"name": chain[0].path.stem, **merged(chain)})
    if mistakes:
        raise ScenarioError(chain[0].shown, [placed(mistake, chain) for mistake in mistakes])
    return Scenario.model_validate(resolved)
