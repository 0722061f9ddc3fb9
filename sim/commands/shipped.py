"""`doctrine list`, `check` and `schema`: what ships, and whether a scenario file is sound."""

from __future__ import annotations

import json as json_text
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.terminal import console
from sim.terminal.exits import BAD_INPUT, DONE
from sim.terminal.options import Flag

if TYPE_CHECKING:
    from sim.scenario import Scenario

LISTS = ("scenarios", "presets", "mechanisms")
ACTORS_IN_WORDS = {
    "us": "Washington",
    "ukraine": "Kyiv",
    "russia": "Moscow",
    "europe": "the Europeans",
    "congress": "Congress",
}


def list_(what: str | None = None, /, *, json: Flag = False) -> int:
    """List the shipped scenarios, the presets of every actor, and the mechanisms.

    Prints names to use in commands and scenario files, each with what it is.

    For example:

        doctrine list presets

    Parameters
    ----------
    what
        scenarios, presets or mechanisms; all three if not given.
    json
        Print one JSON object.
    """
    return show_lists(what, json)


def check(*file: str, resolved: Flag = False, json: Flag = False) -> int:
    """Say whether scenario files are sound, with every mistake in them.

    Prints a line a file, or every mistake with its line and what is allowed; exit code 2 if there is any.

    For example:

        doctrine check scenarios/history.toml

    Parameters
    ----------
    file
        Scenario files, or names of shipped ones.
    resolved
        Print the scenarios with nothing left to fill in.
    json
        Print one JSON object.
    """
    return check_files(file, resolved, json)


def schema() -> int:
    """Print the JSON Schema of a scenario file, for editors.

    Prints JSON to save beside the files; an editor with TOML support then completes keys and marks mistakes.

    For example:

        doctrine schema > scenario.schema.json
    """
    from sim.scenario import schema

    console.plain(json_text.dumps(schema(), indent=2, ensure_ascii=False) + "\n")
    return DONE


def show_lists(what: str | None, as_json: bool) -> int:
    """Show what ships: scenarios, presets, mechanisms."""
    from sim.limits import InputError
    from sim.mistakes import unknown

    if what is not None and what not in LISTS:
        raise InputError(unknown("list", what, LISTS))
    found = {name: _lists()[name]() for name in LISTS if what in (None, name)}
    if as_json:
        console.as_json(found)
        return DONE
    for place, (name, entries) in enumerate(found.items()):
        if place:
            console.line()
        if name == "presets":
            _show_presets(entries)
        else:
            console.heading(name.capitalize())
            console.glossary(entries.items())
    return DONE


def _lists() -> dict[str, Callable[[], dict[str, Any]]]:
    return {"scenarios": _scenarios, "presets": _presets, "mechanisms": _mechanisms}


def _scenarios() -> dict[str, str]:
    """Questions of the shipped scenarios, by name."""
    from sim.scenario import load, shipped

    return {name: load(path).question for name, path in shipped().items()}


def _presets() -> dict[str, dict[str, str]]:
    """Summaries of the presets, by actor and name."""
    from sim.presets import PRESETS

    return {actor: {name: preset.summary for name, preset in presets.items()} for actor, presets in PRESETS.items()}


def _mechanisms() -> dict[str, str]:
    """What each mechanism does, by the name of its switch."""
    from sim.mechanisms import Mechanisms

    return {name: field.description or "" for name, field in Mechanisms.model_fields.items()}


def _show_presets(presets: dict[str, dict[str, str]]) -> None:
    for place, (actor, entries) in enumerate(presets.items()):
        if place:
            console.line()
        console.heading(f"Doctrines of {ACTORS_IN_WORDS[actor]} ({actor})")
        console.glossary(entries.items())


def check_files(files: Sequence[str], resolved: bool, as_json: bool) -> int:
    """Say of each scenario file whether it is sound, and everything that is wrong with it."""
    from sim.limits import InputError
    from sim.mistakes import ScenarioError
    from sim.scenario import load

    if not files:
        raise InputError("check: name at least one scenario file")
    reports = []
    for file in files:
        try:
            reports.append(_sound(file, load(file), resolved, as_json))
        except ScenarioError as error:
            reports.append(_unsound(error, as_json))
    if as_json:
        console.as_json({"files": reports})
    return DONE if all(report["sound"] for report in reports) else BAD_INPUT


def _sound(file: str, scenario: Scenario, resolved: bool, as_json: bool) -> dict[str, Any]:
    calendar = scenario.calendar
    if as_json:
        return {"file": file, "sound": True, "mistakes": []} | (
            {"resolved": json_text.loads(scenario.model_dump_json())} if resolved else {}
        )
    if resolved:
        console.plain(scenario.to_toml())
    else:
        console.line(f"{file}: sound; {scenario.title}, {len(calendar)} months, {calendar[0]} to {calendar[-1]}")
    return {"sound": True}


def _unsound(error: Any, as_json: bool) -> dict[str, Any]:
    from sim.mistakes import key

    if not as_json:
        console.complaint(str(error))
    mistakes = [
        {"file": m.file or error.source, "line": m.line, "key": key(m.path), "text": m.text} for m in error.mistakes
    ]
    return {"file": error.source, "sound": False, "mistakes": mistakes}
