"""What is asked of the simulator: a scenario, perhaps under several doctrines, and how many worlds of which luck."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import ScenarioError, key, shown, unknown
from sim.basics.plain_text import wrong_with_label, wrong_with_name
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.scenario import Loaded, Scenario, loaded
from sim.scenario.guests import Joined, guest_class, spelt, told
from sim.scenario.layers import in_a_row
from sim.scenario.spelling import ANY_DOCTRINE, OWN, THEN, labelled, parsed, shorts
from sim.scenario.tables import LONGEST_TITLE

if TYPE_CHECKING:
    import xarray as xr

    from sim.actors.guest import Invitation
    from sim.ensemble.ensemble import Progress
    from sim.record.own.beside import OwnTable
    from sim.scenario.doctrine import Doctrine

Source = Scenario | str | os.PathLike[str] | Joined
"""A scenario, the path of its file, or the name of a shipped one; or one of these with guests."""


@dataclass(frozen=True)
class Study:
    """A scenario, the scenarios by label that it becomes, and the worlds they share.

    Attributes
    ----------
    base : Scenario
        The scenario that was asked for.
    scenarios : dict of str to Scenario
        By label of the doctrine; the base itself if nothing is compared.
    ensemble : Ensemble
        Which worlds, and how they are simulated.
    command : str
        What a user would type to make the same results; empty if it was asked in Python.
    notes : tuple of str
        What became of what the scenario's file inherits; empty for a shipped scenario, which is as it is meant.
    notes_in_full : tuple of str
        The notes with every name that they only count.
    spelt : dict of str to str
        By label what the doctrine is, written out; the label says it where this says nothing.
    actor : str
        Whose doctrines are compared.
    own : dict
        By table, what of the user's own record its figures are drawn with; see `sim.record.own.beside.OwnTable`.

    Raises
    ------
    InputError
        If a label cannot be shown.
    """

    base: Scenario
    scenarios: dict[str, Scenario]
    ensemble: Ensemble = USUAL
    command: str = ""
    notes: tuple[str, ...] = ()
    notes_in_full: tuple[str, ...] = ()
    spelt: dict[str, str] = field(default_factory=dict)
    actor: str = "us"
    own: Mapping[str, OwnTable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for label in self.scenarios:
            if wrong := wrong_with_label(label):
                raise InputError(f"label of a doctrine: {wrong}, got {shown(label)}")

    @property
    def compares(self) -> bool:
        """Whether more than the scenario as it stands is run."""
        return list(self.scenarios.values()) != [self.base]

    def simulate(self, guests: Iterable[Invitation] = ()) -> xr.Dataset:
        """Run it; see `sim.ensemble.simulate`."""
        from sim.ensemble import simulate

        return self._told(simulate(self.scenarios, self.ensemble, guests))

    def sample(self) -> xr.Dataset:
        """The first block of its worlds, with their monthly paths."""
        from sim.ensemble import BLOCK, simulate

        return self._told(simulate(self.scenarios, Ensemble(min(self.ensemble.worlds, BLOCK), self.ensemble.seed)))

    def _told(self, dataset: xr.Dataset) -> xr.Dataset:
        """The dataset with its doctrines written out among the attributes, in the order of the labels."""
        from sim.ensemble.dataset import as_text

        return dataset.assign_attrs(doctrines=as_text(self.spelt.get(label, label) for label in self.scenarios))

    def watched(self, progress: Progress, doing: Callable[[str], None] | None = None) -> Study:
        """The same study while somebody looks."""
        return replace(self, ensemble=self.ensemble.watched(progress, doing))

    def asked_by(self, command: str) -> Study:
        """The same study with the command that asks for it."""
        return replace(self, command=command)

    def drawn_with(self, own: Mapping[str, OwnTable]) -> Study:
        """The same study with what of the user's own record is drawn beside it."""
        return replace(self, own=own)


def one_scenario(source: Source, ensemble: Ensemble = USUAL) -> Study:
    """A study of a scenario as it stands.

    Raises
    ------
    ScenarioError
        If the scenario is none.
    """
    from sim.ensemble import label_of

    base, notes = _scenario(source)
    label = label_of(base)
    return Study(base, {label: base}, ensemble, spelt={label: _written(base, "us")}, **notes)


def comparison(
    source: Source,
    doctrines: Iterable[str] | Mapping[str, str | Doctrine | dict[str, Any]],
    actor: str = "us",
    since: str | None = None,
    ensemble: Ensemble = USUAL,
) -> Study:
    """A study of one scenario under several doctrines of an actor, in the same worlds.

    Parameters
    ----------
    source
        A scenario, the path of its file, or the name of a shipped one.
    doctrines
        Names of presets, or `preset:dial=value,dial=value`, each perhaps with a label, `label = preset:dial=value`;
        or by label anything that `Scenario.with_doctrine` takes. `own` is the doctrine that the scenario gives the
        actor, its changes over time included. The first is the one that the others are compared with.
    actor
        "us", "ukraine", "russia", "europe" or "congress".
    since
        First month in force, "YYYY-MM"; the month of the actor's last change in the scenario if None.
    ensemble
        Which worlds, and how they are simulated.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, an actor, a doctrine or a month is none.
    """
    base, notes = _scenario(source)
    if actor not in ACTORS:
        raise InputError(unknown("actor", actor, ACTORS))
    if since is not None and since not in base.calendar:
        first, last = base.calendar[0], base.calendar[-1]
        raise InputError(f"since: must be a month from {first} to {last}, as {base.name} has it, got {shown(since)}")
    named = dict(doctrines) if isinstance(doctrines, Mapping) else _named(doctrines, actor)
    if not named:
        raise InputError("there is no doctrine to compare")
    scenarios = {label: under(base, actor, doctrine, since, label) for label, doctrine in named.items()}
    spelt = {label: _spelt(named[label], scenario, actor) for label, scenario in scenarios.items()}
    return Study(base, scenarios, ensemble, spelt=spelt, actor=actor, **notes)


def _scenario(source: Source) -> tuple[Scenario, dict[str, Any]]:
    """A scenario, and what became of what its file inherits if that is a user's own, by the fields of a study."""
    company: list[str] = []
    while isinstance(source, Joined):
        company = [*source.guests, *company]
        source = source.scenario
    found = Loaded(source, (), shipped=True, in_full=()) if isinstance(source, Scenario) else loaded(source)
    base = with_guests(found.scenario, company)
    notes, in_full = ((), ()) if found.shipped else (found.notes, found.in_full)
    return base, {"notes": (*notes, *told(base)), "notes_in_full": (*in_full, *told(base))}


def with_guests(base: Scenario, guests: Sequence[str]) -> Scenario:
    """A scenario with guests beside those that it has, under a name and a title that say so.

    Raises
    ------
    InputError
        If nobody offers a guest, or one is named twice or with a dial that it does not have.
    """
    if not guests:
        return base
    tables: dict[str, dict[str, float]] = {}
    labels = []
    for name, dials in map(spelt, guests):
        if name in tables:
            raise InputError(f"guest {shown(name)} is given twice")
        tables[name] = dials
        at = ", ".join(f"{dial} {value:g}" for dial, value in dials.items())
        labels.append(f"{guest_class(name).label} ({at})" if at else guest_class(name).label)
    name = "-with-".join([base.name, "-".join(re.sub(r"[^\w.]+", "-", text) for text in guests)])
    title = f"{base.title}, with {in_a_row(labels)}"
    called = {} if wrong_with_name(name) or len(title) > LONGEST_TITLE else {"name": name, "title": title}
    try:
        return base.with_(guests=tables, **called)
    except ScenarioError as error:
        raise InputError("; ".join(map(str, error.mistakes))) from None


def _named(texts: Iterable[str], actor: str) -> dict[str, Any]:
    """Doctrines by their labels, each its own text unless a label is given or the text is too long for one."""
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise InputError(f"doctrines: must be a list of names, got {shown(texts)}")
    pairs = [_pair(text) for text in texts]
    found: dict[str, Any] = {}
    for label, doctrine in zip(_labels(pairs), (doctrine for _, doctrine in pairs), strict=True):
        if label in found or doctrine in found.values():
            raise InputError(f"doctrine {shown(label if label in found else doctrine)} is given twice")
        parsed(doctrine, actor)
        found[label] = doctrine
    return found


def _pair(text: Any) -> tuple[str, str]:
    if not isinstance(text, str):
        raise InputError(
            f"doctrines: a list takes text, {ANY_DOCTRINE}; what is no text is given by label, "
            f"as in {{'label': doctrine}}; got {shown(text)}"
        )
    return labelled(text)


def _labels(pairs: list[tuple[str, str]]) -> list[str]:
    """The labels that are given, and short ones for the others."""
    made = iter(shorts([doctrine for label, doctrine in pairs if not label]))
    return [label or next(made) for label, _ in pairs]


def under(base: Scenario, actor: str, doctrine: Any, since: str | None = None, label: str = "") -> Scenario:
    """A scenario under another doctrine of an actor; what is wrong with its dials is said of the doctrine.

    Parameters
    ----------
    base
        The scenario.
    actor, doctrine, since
        As in `Scenario.with_doctrine`.
    label
        What the doctrine is called where it is wrong; its text if empty.

    Raises
    ------
    InputError
        If the doctrine or the month is none.
    """
    try:
        table = parsed(doctrine, actor) if isinstance(doctrine, str) else doctrine
        if isinstance(doctrine, str) and "preset" not in table:
            return base.amended(actor, table, since)
        return base.with_doctrine(actor, table, since)
    except ScenarioError as error:
        reasons = [f"{key(mistake.path[1:])}: {mistake.text}".removeprefix(": ") for mistake in error.mistakes]
        raise InputError(f"doctrine {shown(label or doctrine)}: {'; '.join(reasons)}") from None


def _spelt(doctrine: Any, scenario: Scenario, actor: str) -> str:
    """A doctrine written out: as it was given, or what stands behind it."""
    if isinstance(doctrine, str) and doctrine.partition(":")[0] != OWN:
        return doctrine
    return _written(scenario, actor)


def _written(scenario: Scenario, actor: str) -> str:
    return THEN.join(dated.text for dated in getattr(scenario, actor))
