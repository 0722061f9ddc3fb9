"""`doctrine list`, `check` and `schema`: what ships, and whether a scenario file is sound."""

from __future__ import annotations

import json as json_text
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.basics.plugins import PluginError
from sim.cli import console
from sim.cli.exits import BAD_INPUT, DONE
from sim.cli.options import Flag

if TYPE_CHECKING:
    from sim.basics.plugins import Offer
    from sim.scenario import Loaded
    from sim.scenario.quantities import Quantity

SHORT_LISTS = ("scenarios", "presets", "mechanisms", "guests")
"""What is listed unless one list is named."""
LISTS = (*SHORT_LISTS, "parameters")


def list_(what: str | None = None, /, *, json: Flag = False) -> int:
    """List the shipped scenarios, the presets of every actor, the mechanisms, and the guests that are installed.

    Prints names to use in commands and scenario files, each with what it is.

    For example:

        doctrine list presets

    Parameters
    ----------
    what
        scenarios, presets, mechanisms or guests, all four if not given; or parameters, each with what it rests on.
    json
        Print one JSON object.
    """
    return show_lists(what, json)


def check(*file: str, resolved: Flag = False, json: Flag = False) -> int:
    """Say whether scenario files are sound, with every mistake in them.

    Prints a line a file, and what became of what it inherits: changed, replaced, let go. Or every mistake with its line
    and what is allowed; exit code 2 if there is any.

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
    """Show what there is: scenarios, presets, mechanisms, guests; parameters where they are named."""
    from sim.basics.limits import InputError
    from sim.basics.mistakes import unknown

    if what is not None and what not in LISTS:
        raise InputError(unknown("list", what, LISTS))
    found = {name: _lists()[name]() for name in (SHORT_LISTS if what is None else (what,))}
    if as_json:
        console.as_json(found)
        return DONE
    for place, (name, entries) in enumerate(found.items()):
        if place:
            console.line()
        if name == "presets":
            _show_presets(entries)
        elif name == "parameters":
            _show_parameters(entries)
        elif name == "guests":
            _show_guests(entries)
        else:
            console.heading(name.capitalize())
            console.glossary(entries.items())
    return DONE


def _lists() -> dict[str, Callable[[], dict[str, Any]]]:
    return {
        "scenarios": _scenarios,
        "presets": _presets,
        "mechanisms": _mechanisms,
        "guests": _guests,
        "parameters": _parameters,
    }


def _scenarios() -> dict[str, str]:
    """Questions of the shipped scenarios, by name."""
    from sim.scenario import load, shipped

    return {name: load(path).question for name, path in shipped().items()}


def _presets() -> dict[str, dict[str, str]]:
    """Summaries of the presets, by actor and name; of those that other packages offer with the package's name."""
    from sim.scenario.presets import PRESETS, unusable

    for error in unusable():
        console.note(str(error))
    return {
        actor: {name: _from(preset.summary, presets.offer(name)) for name, preset in presets.items()}
        for actor, presets in PRESETS.items()
    }


def _from(text: str, offer: Offer | None) -> str:
    """What something is, and the package that offers it."""
    return text if offer is None else f"{text} From {offer.package} {offer.version}."


def _guests() -> dict[str, str]:
    """What each guest is that an installed package offers, with its dials; those that cannot be used are told."""
    import inspect

    from sim.basics import plugins
    from sim.scenario import guests

    found = {}
    for name in plugins.offers(guests.GROUP):
        try:
            kind, dials = guests.guest_class(name), guests.dials(name)
        except PluginError as error:
            console.note(str(error))
            continue
        at = f" Dials: {', '.join(f'{dial}={value:g}' for dial, value in dials.items())}." if dials else ""
        summary = (inspect.getdoc(kind) or name).partition("\n")[0]
        found[name] = _from(f"{summary}{at}", guests.offer(name))
    return found


def _mechanisms() -> dict[str, str]:
    """What each mechanism does, by the name of its switch."""
    from sim.scenario.mechanisms import Mechanisms

    return {name: field.description or "" for name, field in Mechanisms.model_fields.items()}


def _parameters() -> dict[str, dict[str, Any]]:
    """What is known of every parameter, and what base rates leave of it, by name."""
    from sim.record.base_rates import priors
    from sim.scenario.parameters import Parameters
    from sim.scenario.quantities import quantities

    left = {name: prior._asdict() for name, prior in priors().items()}
    return {number.name: {**number._asdict(), "base_rates": left.get(number.name)} for number in quantities(Parameters)}


def _show_guests(guests: dict[str, str]) -> None:
    console.heading("Guests")
    console.glossary(guests.items() or [("none", "Another package offers them: docs/how-to/add-an-actor.md.")])


def _show_presets(presets: dict[str, dict[str, str]]) -> None:
    from sim.basics.actors import NAMES

    for place, (actor, entries) in enumerate(presets.items()):
        if place:
            console.line()
        console.heading(f"Doctrines of {NAMES[actor].people} ({actor})")
        console.glossary(entries.items())


def _show_parameters(parameters: dict[str, dict[str, Any]]) -> None:
    from sim.estimation.priors import against_base_rates
    from sim.scenario.quantities import SOURCES, Quantity

    console.heading("Parameters")
    numbers = [Quantity(**{name: about[name] for name in Quantity._fields}) for about in parameters.values()]
    console.glossary((number.name, f"{_value(number)}: {number.sentence}") for number in numbers)
    console.line()
    words = [number.source for number in numbers]
    counts = ", ".join(f"{words.count(word)} {word}" for word in SOURCES if word in words)
    console.paragraphs([f"What {len(words)} parameters rest on: {counts}."])
    console.line()
    console.heading("Against which base rates speak (docs/reference/base-rates.md)")
    console.glossary(against_base_rates().items())


def _value(number: Quantity) -> str:
    """Default, range and unit: `0.8 (0 to 0.999, share)`."""
    values = number.default if isinstance(number.default, tuple) else [number.default]
    known = dict.fromkeys(part for part in (number.allowed, number.unit) if part)
    return f"{', '.join(f'{value:g}' for value in values)} ({', '.join(known)})"


def check_files(files: Sequence[str], resolved: bool, as_json: bool) -> int:
    """Say of each scenario file whether it is sound, and everything that is wrong with it."""
    from sim.basics.limits import InputError
    from sim.basics.mistakes import ScenarioError
    from sim.scenario import loaded

    if not files:
        raise InputError("check: name at least one scenario file")
    reports = []
    for file in files:
        try:
            reports.append(_sound(file, loaded(file), resolved, as_json))
        except ScenarioError as error:
            reports.append(unsound(error, as_json))
    if as_json:
        console.as_json({"files": reports})
    return DONE if all(report["sound"] for report in reports) else BAD_INPUT


def _sound(file: str, found: Loaded, resolved: bool, as_json: bool) -> dict[str, Any]:
    from sim.basics.mistakes import count
    from sim.scenario.guests import told

    scenario = found.scenario
    calendar = scenario.calendar
    if as_json:
        return {"file": file, "sound": True, "mistakes": [], "notes": [*found.in_full, *told(scenario)]} | (
            {"resolved": json_text.loads(scenario.model_dump_json())} if resolved else {}
        )
    if resolved:
        console.plain(scenario.to_toml())
    else:
        span = f"{count(len(calendar), 'month')}, {calendar[0]} to {calendar[-1]}"
        console.line(f"{file}: sound; {scenario.title}, {span}")
        console.paragraphs([f"- {note}" for note in (*found.notes, *told(scenario))], console.INDENT)
    return {"sound": True}


def unsound(error: Any, as_json: bool) -> dict[str, Any]:
    """Everything that is wrong with a file, printed unless it is to be JSON, and as JSON has it."""
    from sim.basics.mistakes import key

    if not as_json:
        console.complaint(str(error))
    mistakes = [
        {"file": m.file or error.source, "line": m.line, "key": key(m.path), "text": m.text} for m in error.mistakes
    ]
    return {"file": error.source, "sound": False, "mistakes": mistakes, "more": error.more}
