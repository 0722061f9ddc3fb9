"""What the commands do, once their words are understood: call the simulator, and show what it says."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import console

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Scenario
    from sim.study import Study

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
RESULTS = Path("results")
LONGEST_NAME = 70
"""Characters of a folder's name that still reads as one."""
SHOWN_FILES = ("report.html", "figures", "summary.csv", "worlds.csv.gz", "paths.zarr")
"""What a reader looks for in a folder of results."""
LISTS = ("scenarios", "presets", "mechanisms")
ACTORS_IN_WORDS = {
    "us": "Washington",
    "ukraine": "Kyiv",
    "russia": "Moscow",
    "europe": "the Europeans",
    "congress": "Congress",
}


@dataclass(frozen=True)
class Wishes:
    """How a study is to be carried out, and where its results go."""

    jobs: int = 1
    out: Path | None = None
    force: bool = False
    paths: bool | None = None
    quiet: bool = False
    json: bool = False


# ---- run and compare


def carry_out(study: Study, wishes: Wishes) -> int:
    """Simulate, write the folder of results, and say what was found."""
    from sim import store
    from sim.limits import check_ensemble

    check_ensemble(study.worlds, study.seed, wishes.jobs)
    place = wishes.out or RESULTS / folder_name(study)
    with console.watching(wishes.quiet) as watch, store.new_results(place, wishes.force) as folder:
        dataset = study.simulate(wishes.jobs, watch.simulated)
        watch.doing("Writing tables")
        store.write(dataset, study, folder, wishes.paths)
        watch.doing("Drawing figures")
        store.draw_all(dataset, study, folder)
    try:
        show_results(dataset, study, place, wishes)
    except (KeyboardInterrupt, OSError) as stop:
        console.error(f"interrupted ({type(stop).__name__}); the results are in {place}")
        return INTERRUPTED if isinstance(stop, KeyboardInterrupt) else FAILED
    return DONE


def folder_name(study: Study) -> str:
    """Name of the folder of results: the scenario's, and what was compared in it."""
    from sim.store import slug

    if not study.compares:
        return study.base.name
    name = f"{study.base.name}-{'-vs-'.join(map(slug, study.scenarios))}"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{study.base.name}-{len(study.scenarios)}-doctrines-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def as_typed(command: str, source: str, words: Iterable[str], study: Study, paths: bool | None) -> str:
    """The command that makes the same data again, on any machine: without the folders of this one."""
    path = Path(source)
    here = path.is_absolute() or ".." in path.parts
    kept = [] if paths is None else ["--paths" if paths else "--no-paths"]
    luck = ["--worlds", str(study.worlds), "--seed", str(study.seed)]
    return shlex.join(["doctrine", command, path.name if here else source, *words, *luck, *kept])


def show_results(dataset: xr.Dataset, study: Study, place: Path, wishes: Wishes) -> None:
    """Say what was found, and where it is."""
    from sim import summary
    from sim.questions.since import month_of_change

    since = month_of_change(dataset, study.scenarios)
    if wishes.json:
        about = {
            "command": study.command,
            "scenario": study.base.name,
            "worlds": study.worlds,
            "seed": study.seed,
            "doctrines": list(study.scenarios),
            "folder": place.as_posix(),
            "files": sorted(path.name for path in place.iterdir()),
        }
        _json(about | summary.found(dataset, since))
    elif not wishes.quiet:
        _headline(study)
        console.table(*summary.grid(dataset, since))
        if sentences := summary.differences_in_words(dataset, since):
            console.line()
            console.paragraphs(sentences, console.INDENT)
        console.line()
        _whereabouts(place)


def _headline(study: Study) -> None:
    calendar = study.base.calendar
    span = f"{calendar[0]} to {calendar[-1]}"
    worlds = f"{study.worlds:,} world{'s' if study.worlds > 1 else ''}"
    if study.compares:
        worlds = f"the same {worlds} under {len(study.scenarios)} doctrines"
    console.heading(f"{study.base.title}: {worlds}, {span}, seed {study.seed}")
    console.line()


def _whereabouts(place: Path) -> None:
    from sim.store import REPORT

    there = [place / name for name in SHOWN_FILES if (place / name).exists()]
    names = [f"{path.name}/" if path.is_dir() else path.name for path in there]
    console.line(f"In {place}: {', '.join(names)}")
    console.line(f"Open {place / REPORT}")


# ---- explain and replay


def tell_month(result: Path, world: int, month: str, doctrine: str | None, actor: str | None, as_json: bool) -> int:
    """Tell why each actor did what it did in a month of a world."""
    from sim.limits import InputError
    from sim.mistakes import unknown
    from sim.questions.explain import ACTOR_NAMES, explain

    asked = _asked(result, world, doctrine)
    calendar = next(iter(asked.values()))[0].calendar
    if month not in calendar:
        raise InputError(f"month: must be from {calendar[0]} to {calendar[-1]}, like '2025-03', got {month!r}")
    if actor is not None and actor not in ACTOR_NAMES:
        raise InputError(unknown("actor", actor, ACTOR_NAMES))

    def sections(scenario: Scenario, seed: int) -> list[tuple[str, tuple[str, ...]]]:
        return [(account.actor, account.sentences) for account in explain(scenario, seed, world, month, actor)]

    return _tell(asked, f"world {world}, {month}", "actor", sections, as_json)


def tell_story(result: Path, world: int, doctrine: str | None, as_json: bool) -> int:
    """Tell the story of a world."""
    from sim.questions.replay import replay

    def sections(scenario: Scenario, seed: int) -> list[tuple[str, tuple[str, ...]]]:
        return [(chapter.month, chapter.sentences) for chapter in replay(scenario, seed, world)]

    return _tell(_asked(result, world, doctrine), f"world {world}", "month", sections, as_json)


def _asked(result: Path, world: int, doctrine: str | None) -> dict[str, tuple[Scenario, int]]:
    """Scenario and seed of each doctrine that is asked about."""
    from sim.limits import InputError, check_world
    from sim.mistakes import unknown
    from sim.provenance import version
    from sim.store import open_run, open_scenarios

    run, scenarios = open_run(result), open_scenarios(result)
    check_world(world, run.worlds)
    if run.version != version():
        console.note(f"Made by version {run.version}, told by {version()}: details may differ.")
    if doctrine is not None and doctrine not in scenarios:
        raise InputError(unknown(f"doctrine in {result}", doctrine, scenarios))
    return {label: (scenario, run.seed) for label, scenario in scenarios.items() if doctrine in (None, label)}


def _tell(
    asked: dict[str, tuple[Scenario, int]],
    where: str,
    kind: str,
    sections: Callable[[Scenario, int], list[tuple[str, tuple[str, ...]]]],
    as_json: bool,
) -> int:
    """Tell something of a world under each doctrine that is asked about."""
    told = {label: sections(*study) for label, study in asked.items()}
    if as_json:
        _json({label: [{kind: title, "sentences": list(s)} for title, s in parts] for label, parts in told.items()})
        return DONE
    for place, (label, parts) in enumerate(told.items()):
        if place:
            console.line()
        scenario = asked[label][0]
        console.heading(f"{scenario.title}, {where}, {label}")
        for title, sentences in parts:
            console.entry(title, sentences)
    return DONE


# ---- list, check


def show_lists(what: str | None, as_json: bool) -> int:
    """Show what ships: scenarios, presets, mechanisms."""
    from sim.limits import InputError
    from sim.mistakes import unknown

    if what is not None and what not in LISTS:
        raise InputError(unknown("list", what, LISTS))
    found = {name: _lists()[name]() for name in LISTS if what in (None, name)}
    if as_json:
        _json(found)
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
        _json({"files": reports})
    return DONE if all(report["sound"] for report in reports) else BAD_INPUT


def _sound(file: str, scenario: Scenario, resolved: bool, as_json: bool) -> dict[str, Any]:
    calendar = scenario.calendar
    if as_json:
        return {"file": file, "sound": True, "mistakes": []} | (
            {"resolved": json.loads(scenario.model_dump_json())} if resolved else {}
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


def _json(data: Any) -> None:
    console.plain(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
