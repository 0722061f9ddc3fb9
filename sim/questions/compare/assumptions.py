"""What a run assumes: the dials side by side, what is switched off, and what is not as by default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.actors import NAMES
from sim.basics.labels import listed
from sim.scenario.grants import cut_short, money_in_words, note_on
from sim.scenario.quantities import quantities
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    from sim.scenario import Scenario

ACTOR_NAMES = {actor: names.country for actor, names in NAMES.items()}
EVERYWHERE = ""
"""Where something holds that holds under every doctrine compared."""


class AssumedValue(NamedTuple):
    """A value that is set: whose it is, its name, what it means, its value under each doctrine, and by default."""

    actor: str
    name: str
    meaning: str
    values: tuple[str, ...]
    default: str = ""

    @property
    def differs(self) -> bool:
        """Whether the doctrines differ in it."""
        return len(set(self.values)) > 1


def dials(scenarios: Mapping[str, Scenario], month: str) -> list[AssumedValue]:
    """The dials in force in a month: all of Washington's, and of other actors those in which the scenarios differ."""
    found = [setting for actor in ACTOR_NAMES for setting in _dials_of(scenarios, actor, month)]
    return [setting for setting in found if setting.actor == ACTOR_NAMES["us"] or setting.differs]


def presets(scenarios: Mapping[str, Scenario]) -> list[AssumedValue]:
    """The named doctrines of every actor over time, such as "architectural, from 2025-01 transactional"."""
    return [
        AssumedValue(name, name, "", tuple(_over_time(scenario, actor) for scenario in scenarios.values()))
        for actor, name in ACTOR_NAMES.items()
    ]


def switched_off(scenarios: Mapping[str, Scenario]) -> list[tuple[str, str, str]]:
    """Mechanisms that are off: name, what they do when on, and under which doctrines (`EVERYWHERE` for all)."""
    mechanisms = type(next(iter(scenarios.values())).mechanisms)
    found = []
    for name, field in mechanisms.model_fields.items():
        labels = [label for label, scenario in scenarios.items() if not getattr(scenario.mechanisms, name)]
        if labels:
            found.append((name, _plain(field.description), _where(labels, scenarios)))
    return found


def not_default(scenarios: Mapping[str, Scenario]) -> list[AssumedValue]:
    """Parameters and values of the initial state that differ from their defaults under some doctrine."""
    return [setting for table in ("parameters", "initial") for setting in _not_default(scenarios, table)]


def events(scenario: Scenario) -> list[tuple[str, str]]:
    """What happens whatever the actors do: month, and what; then what the scenario's end cuts off."""
    last = scenario.calendar[-1]
    found = [(event.month, _event(event)) for event in scenario.events]
    return [*found, *((last, sentence) for sentence in cut_short(scenario.events, last))]


def _dials_of(scenarios: Mapping[str, Scenario], actor: str, month: str) -> list[AssumedValue]:
    doctrines = [scenario.doctrine(actor, month) for scenario in scenarios.values()]
    tables = [_flat(doctrine) for doctrine in doctrines]
    meanings = _meanings(type(doctrines[0]))
    return [
        AssumedValue(ACTOR_NAMES[actor], name, meanings.get(name, ""), tuple(_shown(table[name]) for table in tables))
        for name in tables[0]
    ]


def _flat(table: Any, before: str = "") -> dict[str, Any]:
    """The values of a table and of the tables in it, by their path."""
    found: dict[str, Any] = {}
    for name in type(table).model_fields:
        value = getattr(table, name)
        inner = hasattr(type(value), "model_fields")
        found |= _flat(value, f"{before}{name}.") if inner else {f"{before}{name}": value}
    return found


def _meanings(table: Any) -> dict[str, str]:
    """What each value of a table means and rests on, by its path."""
    return {number.name: _plain(number.sentence) for number in quantities(table)}


def _not_default(scenarios: Mapping[str, Scenario], table: str) -> list[AssumedValue]:
    tables = [getattr(scenario, table) for scenario in scenarios.values()]
    default, meanings = _flat(type(tables[0])()), _meanings(type(tables[0]))
    flat = [_flat(values) for values in tables]
    names = dict.fromkeys(name for values in flat for name in values)
    changed = [name for name in names if any(values.get(name) != default.get(name) for values in flat)]
    return [
        AssumedValue(
            "",
            f"{table}.{name}",
            meanings.get(name, ""),
            tuple(_shown(values.get(name)) for values in flat),
            _shown(default.get(name)),
        )
        for name in changed
    ]


def _over_time(scenario: Scenario, actor: str) -> str:
    found: list[str] = []
    before = ""
    for dated in getattr(scenario, actor):
        if dated.label != before:
            name = doctrine_label(dated.label)
            found.append(f"from {dated.since} {name}" if found else name)
        before = dated.label
    return ", ".join(found)


def _where(labels: list[str], scenarios: Mapping[str, Scenario]) -> str:
    return EVERYWHERE if len(labels) == len(scenarios) else listed([doctrine_label(label) for label in labels])


def _plain(description: str | None) -> str:
    """A description without the marks of code."""
    return (description or "").replace("`", "")


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else "none" if value is None else str(value)


def _event(event: Any) -> str:
    if event.kind != "crisis":
        return money_in_words(event)
    return f"crisis of size {event.size:g} ({str(event.theatre).replace('_', '-')}){note_on(event)}"
