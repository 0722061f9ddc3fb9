"""A scenario with nothing left to fill in: read from a file, varied in code, written out."""

from __future__ import annotations

import hashlib
import os
from typing import Any, Self

import tomli_w
from pydantic import Field, model_validator

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import Mistake, ScenarioError, shown, unknown
from sim.basics.months import is_month, months_from
from sim.scenario.check import explicit, names_the_file
from sim.scenario.doctrine import Doctrine, Table
from sim.scenario.file import BEFORE, FORMAT, FORMAT_KEY, SourceFile, overlay, read_chain, shipped
from sim.scenario.inherit import merged, varied
from sim.scenario.layers import Layers, Loaded, Note, event_notes, old_kinds, parameter_notes
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.minds import Reading, doctrine_of
from sim.scenario.parameters import Parameters
from sim.scenario.presets import CUSTOM, PRESETS
from sim.scenario.spelling import OWN, doctrine_name, parsed
from sim.scenario.tables import (
    CongressDated,
    DatedDoctrine,
    EuropeDated,
    Event,
    Initial,
    Month,
    ParameterSource,
    RussiaDated,
    UkraineDated,
    UnitedStatesDated,
)


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
    hold: tuple[str, ...] = ()
    """Parameters that no world draws though they have their default value."""
    mechanisms: Mechanisms
    """Which mechanisms are on."""
    reading: Reading
    """Which doctrines of Washington audiences think possible, and how likely."""
    initial: Initial
    """The state of the world before the first month."""
    events: tuple[Event, ...]
    """What happens in given months whatever the actors do."""
    guests: dict[str, dict[str, float]] = Field(default={})
    """Actors that other packages offer and that join, by name in alphabetical order, each with its dials."""

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
        return months_from(self.start, self.months)

    @property
    def hypotheses(self) -> tuple[Doctrine, ...]:
        """The doctrines of Washington that audiences think possible."""
        return tuple(map(doctrine_of, self.reading.hypotheses))

    @property
    def sets(self) -> dict[str, list[float]]:
        """The sets of parameters that worlds draw from, by parameter; nothing where all share one set."""
        from sim.scenario.parameter_sets import sets_of  # NumPy, which reading a file does without

        return sets_of(self)

    def called(self, actor: str, month: str) -> str:
        """What a sentence calls the doctrine of an actor that is in force in a month."""
        return doctrine_name([entry for entry in getattr(self, actor) if entry.since <= month][-1].label)

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

    def with_(self, **changes: Any) -> Scenario:
        """The same scenario with tables laid over it, by the rules of a file that extends it.

        Parameters
        ----------
        **changes
            By key of the file: numbers and texts, tables as dicts, lists of tables. Its doctrines are explicit: a dial
            of an actor's table holds until the actor's next dated change, which has every dial of its own. What lies
            beyond an earlier end is left out. The name gets what was changed and a few digits of what the whole says,
            so that no two scenarios share a folder of results, unless a `name` is given.

        Raises
        ------
        ScenarioError
            With every mistake: key, what was found, what is allowed.

        Examples
        --------
        >>> sooner = load("outlook").with_(months=24, us={"preset": "transactional", "commitment": 0.5})
        >>> sooner.title, sooner.calendar[-1], sooner.us[-1].label
        ('Outlook (changed: months, us)', '2027-12', 'transactional:commitment=0.5')
        >>> sooner.name.rpartition("-")[0]
        'outlook-with-months-us'
        """
        return Scenario.model_validate(varied(self._file(), changes))

    def with_doctrine(
        self, actor: str, doctrine: str | Doctrine | dict[str, Any], since: str | None = None
    ) -> Scenario:
        """The same scenario with another doctrine of one actor from a month on.

        Parameters
        ----------
        actor
            "us", "ukraine", "russia", "europe" or "congress".
        doctrine
            A preset's name, or `"preset:dial=value,dial=value"`; a doctrine; or a table as in `[[us.doctrine]]`:
            dials that amend the doctrine in force, or start from a `preset` among them. `"own:dial=value"` amends the
            doctrines that the actor has, as `amended` does.
        since
            First month in force; the month of the actor's last change if None.

        Raises
        ------
        ScenarioError
            If the result is not a valid scenario.
        """
        if isinstance(doctrine, str) and "preset" not in (table := self._spelt(actor, doctrine)):
            return self.amended(actor, table, since)
        entries = self._entries(actor)
        since = entries[-1].since if since is None else since
        old = self._in_force(actor, since)
        kept = [entry.table() for entry in entries if entry.since < since]
        table = self._doctrine_table(actor, doctrine)
        new = table if "preset" in table else overlay(old.table(), table)
        return self._with_entries(actor, [*kept, {**new, "from": since}])

    def amended(self, actor: str, dials: dict[str, Any], since: str | None = None) -> Scenario:
        """The same scenario with dials laid over every doctrine that one actor has from a month on.

        Unlike `with_doctrine`, this keeps the later changes of doctrine, and amends them too.

        Parameters
        ----------
        actor
            "us", "ukraine", "russia", "europe" or "congress".
        dials
            As in `[us]`; none leave the scenario as it is.
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
        if not dials:
            return self
        tables = [entry.table() for entry in entries if entry.since < since]
        tables += [overlay(entry.table(), dials) for entry in entries if entry.since > since]
        tables.append({**overlay(old.table(), dials), "from": since})
        return self._with_entries(actor, sorted(tables, key=lambda table: str(table["from"])))

    def with_mechanisms(self, **switches: bool) -> Scenario:
        """The same scenario with some mechanisms switched: `with_mechanisms(leverage=False)`."""
        return self._still(mechanisms=switches)

    def with_parameter_sets(self, source: ParameterSource) -> Scenario:
        """The same scenario with "one" set of parameters for all worlds, or a draw for each from a posterior."""
        return self._still(parameter_sets=source)

    def with_parameters(self, changes: dict[str, Any]) -> Scenario:
        """The same scenario with other parameters: `with_parameters({"front": {"pull": 0.005}})`."""
        return self._still(parameters=changes)

    def with_horizon(self, months: int) -> Scenario:
        """The same scenario over so many months; what would come after the new end is left out."""
        return self._still(months=months)

    def to_toml(self) -> str:
        """The scenario as a file with nothing left to fill in; loads back to an equal scenario."""
        return tomli_w.dumps({FORMAT_KEY: FORMAT, **self._file()})

    @property
    def digest(self) -> str:
        """SHA-256 of `to_toml()`."""
        return hashlib.sha256(self.to_toml().encode()).hexdigest()

    def _with_entries(self, actor: str, tables: list[dict[str, Any]]) -> Scenario:
        """The scenario with these dated doctrines of an actor, the first from the start on."""
        head, *changes = tables
        head.pop("from")
        return self._changed({actor: {**head, "doctrine": changes}})

    def _spelt(self, actor: str, text: str) -> dict[str, Any]:
        """A doctrine that is given as text, as a table of a file; a name that is no preset is left for the check."""
        preset = text.partition(":")[0]
        if actor not in ACTORS or (preset not in PRESETS[actor] and preset not in (CUSTOM, OWN)):
            return {"preset": text}
        try:
            return parsed(text, actor)
        except InputError as error:
            raise ScenarioError(self.name, [Mistake((), str(error))]) from None

    def _doctrine_table(self, actor: str, doctrine: Any) -> dict[str, Any]:
        """A doctrine, however it is given, as a table of a file."""
        if isinstance(doctrine, Table):
            return {"preset": CUSTOM, **doctrine.model_dump(mode="json")}
        if isinstance(doctrine, str):
            return self._spelt(actor, doctrine)
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
        if not self.guests:
            del data["guests"]
        for actor in ACTORS:
            head, *changes = (entry.table() for entry in self._entries(actor))
            head.pop("from")
            data[actor] = {**head, "doctrine": changes}
        return data

    def _still(self, **changes: Any) -> Scenario:
        """The scenario varied, by its old name."""
        return self.with_(**{"name": self.name, "title": self.title, **changes})

    def _changed(self, changes: dict[str, Any]) -> Scenario:
        return _build({**self._file(), **changes}, self.name)


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
    InputError
        If it is neither a path nor a name.
    """
    return _read(read_chain(source))[0]


def load_written(path: os.PathLike[str]) -> Scenario:
    """Read a scenario that a run wrote: a file that says no format is older than formats are.

    Raises
    ------
    ScenarioError
        As `load` does.
    """
    return _read(read_chain(path, unsaid=BEFORE))[0]


def loaded(source: str | os.PathLike[str]) -> Loaded:
    """Read a scenario as `load` does, and say what became of what its file inherits.

    Of the files that it extends in turn, those that come with the package say nothing: they are as they are meant.
    """
    chain = read_chain(source)
    scenario, layers = _read(chain)
    package = {path.resolve() for path in shipped().values()}
    own = [file for file in chain if file.path.resolve() not in package]
    inherited = layers.notes_on(own)
    more = [*parameter_notes(chain, own, scenario), *old_kinds(layers, own), *event_notes(scenario)]
    notes, in_full = ((*(getattr(note, form) for note in inherited), *more) for form in Note._fields)
    return Loaded(scenario, notes, shipped=chain[0] not in own, in_full=in_full)


def _read(chain: list[SourceFile]) -> tuple[Scenario, Layers]:
    layers = merged(chain)
    resolved, mistakes = explicit({"name": chain[0].path.stem, **layers.whole()})
    if "name" not in chain[0].data:
        mistakes = list(map(names_the_file, mistakes))
    found = [*layers.mistakes, *map(layers.placed, mistakes)]
    if found:
        raise ScenarioError(chain[0].shown, found)
    return Scenario.model_validate(resolved), layers
