"""The scenario: a loose TOML file in, a fully explicit, frozen `Scenario` out.

Rules of the file
-----------------
- Dials not given are those of the actor's preset; an actor without a preset follows its default one.
- `[[us.doctrine]]` changes the doctrine from a month on, in order of date. With a `preset` it starts from
  that preset; without, it amends the doctrine then in force.
- `preset = "custom"` starts from no preset: every dial must then be given.
- Files that the program wrote say their `format`; one that does not is of the present format (`sim.scenario.file`).
- Dated changes lie after the first month, events anywhere from the first month to the last.
- `extends = "history.toml"` takes over another file, found beside this one, or a shipped scenario by name.
  What a file does not name stays; tables merge, lists add; `drop` lets go.

What a file inherits
--------------------
- `[[events]]` are added to those inherited; an event that both have counts once. `[[us.doctrine]]` are added in
  order of date; in the same month the file's own replaces. `events = []` is short for `drop = ["events"]`.
- A `preset` named anew replaces the preset and the dials inherited, which belonged to it; dated changes stay.
- A table of parameters keeps the draws inherited. `parameters = "default"` switches them off, and lets go of the
  numbers inherited. A parameter that has its default value is drawn; `hold = ["front.pull"]` holds it there.
- Another `start`: the doctrine in force by then holds from the start, what lay before is left out. The state is what
  the record knows of the month before (`sim.record.opening`), if that is more than the inherited start knew; the rest
  stays. `[initial]` of the file wins, and `state = "inherited"` reads nothing. Where the months get fewer, what was
  inherited for later ones is left out.
- `name`, `drop` and `state` say something of their own file alone.

Every mistake is reported at once, with file, line, key, what was found and what is allowed; `loaded` says in a line
each what became of what was inherited.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.basics.actors import ACTORS
    from sim.basics.mistakes import ScenarioError
    from sim.scenario.file import shipped
    from sim.scenario.json_schema import schema
    from sim.scenario.layers import Loaded
    from sim.scenario.scenario import Scenario, load, loaded
    from sim.scenario.tables import Crisis, DatedDoctrine, Event, Initial, Instrument, Money, Settlement

__all__ = [
    "ACTORS",
    "Crisis",
    "DatedDoctrine",
    "Event",
    "Initial",
    "Instrument",
    "Loaded",
    "Money",
    "Scenario",
    "ScenarioError",
    "Settlement",
    "load",
    "loaded",
    "schema",
    "shipped",
]

_HOMES = {
    "ACTORS": "sim.basics.actors",
    "ScenarioError": "sim.basics.mistakes",
    "shipped": "sim.scenario.file",
    "schema": "sim.scenario.json_schema",
    "Loaded": "sim.scenario.layers",
    "Scenario": "sim.scenario.scenario",
    "load": "sim.scenario.scenario",
    "loaded": "sim.scenario.scenario",
}
"""Modules of what does not stand with the tables; none is imported before it is used: the model needs no pydantic."""


if not TYPE_CHECKING:  # a type checker that sees it takes every name, misspelt ones too, for Any

    def __getattr__(name: str) -> Any:
        if name in __all__:
            return getattr(import_module(_HOMES.get(name, "sim.scenario.tables")), name)
        raise AttributeError(f"module 'sim.scenario' has no attribute {name!r}")
