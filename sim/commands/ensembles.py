"""`doctrine run` and `doctrine compare`: simulate, write the folder of results, say what was found."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.folders import RESULTS
from sim.terminal import console
from sim.terminal.exits import DONE, FAILED, INTERRUPTED
from sim.terminal.options import USUAL_ENSEMBLE_OUTPUT, USUAL_LUCK, EnsembleOutput, Luck

if TYPE_CHECKING:
    from sim.questions.results import Results
    from sim.study import Study

LONGEST_NAME = 70
"""Characters of a folder's name that still reads as one."""
SHOWN_FILES = ("report.html", "figures", "summary.csv", "worlds.csv.gz", "worlds.zarr", "paths.zarr")
"""What a reader looks for in a folder of results."""
FEWEST = 2
"""Doctrines that make a comparison."""


def run(scenario: str, /, *, luck: Luck = USUAL_LUCK, output: EnsembleOutput = USUAL_ENSEMBLE_OUTPUT) -> int:
    """Run one scenario in many worlds.

    Writes results/NAME/: report, figures, tables, paths.

    For example:

        doctrine run history --worlds 2000

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.study import one_scenario

    study = one_scenario(scenario, luck.worlds, luck.seed)
    command = as_typed("run", scenario, [], study, output.paths)
    return carry_out(study.asked_by(command), output)


def compare(
    scenario: str,
    /,
    *doctrine: str,
    actor: str = "us",
    since: str | None = None,
    luck: Luck = USUAL_LUCK,
    output: EnsembleOutput = USUAL_ENSEMBLE_OUTPUT,
) -> int:
    """Run a scenario under several doctrines of one actor, in the same worlds.

    Writes results/NAME/: report, figures, tables, paths; prints how far the doctrines are apart.

    For example:

        doctrine compare outlook architectural transactional
        doctrine compare outlook transactional transactional:commitment=0.85

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two or more: presets of the actor (see: doctrine list presets), or presets with other dials, written
        preset:dial=value,dial=value. The first is the one that the others are compared with.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    since
        First month in force, YYYY-MM; the month of the actor's last change in the scenario if not given.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.limits import InputError
    from sim.study import comparison

    if len(doctrine) < FEWEST:
        raise InputError("compare: name at least two doctrines; one alone is for doctrine run")
    study = comparison(scenario, doctrine, actor, since, luck.worlds, luck.seed)
    options = [*(["--actor", actor] if actor != "us" else []), *(["--since", since] if since else [])]
    command = as_typed("compare", scenario, [*doctrine, *options], study, output.paths)
    return carry_out(study.asked_by(command), output)


def carry_out(study: Study, output: EnsembleOutput) -> int:
    """Simulate, write the folder of results, and say what was found."""
    from sim.limits import check_ensemble
    from sim.store import PATHS_UP_TO

    check_ensemble(study.worlds, study.seed, output.jobs)
    place = output.out or RESULTS / folder_name(study)
    large = study.worlds > PATHS_UP_TO or output.paths is False or output.cluster or output.resume
    found = (_in_batches if large else _in_memory)(study, place, output)
    try:
        show_results(found, study, place, output)
    except (KeyboardInterrupt, OSError) as stop:
        console.error(f"interrupted ({type(stop).__name__}); the results are in {place}")
        return INTERRUPTED if isinstance(stop, KeyboardInterrupt) else FAILED
    return DONE


def _in_memory(study: Study, place: Path, output: EnsembleOutput) -> Results:
    """A run that is held in memory whole."""
    from sim import store
    from sim.questions.results import results
    from sim.questions.since import month_of_change

    with console.watching(output.quiet) as watch, store.new_results(place, output.force) as folder:
        dataset = study.simulate(output.jobs, watch.simulated)
        watch.doing("Writing tables")
        store.write(dataset, study, folder, output.paths)
        found = results(dataset, month_of_change(dataset, study.scenarios))
        watch.doing("Drawing figures")
        store.draw_all(dataset, study, folder, found)
    return found


def _in_batches(study: Study, place: Path, output: EnsembleOutput) -> Results:
    """A run of any size: worlds go to disk batch by batch, and whatever stops it, what is done can be resumed."""
    from sim import store
    from sim.ensemble.engine import engine
    from sim.questions.results import pooled_results
    from sim.questions.since import month_of_change
    from sim.store import unfinished

    wanted = unfinished.order(study, store.keeps_paths(study, output.paths))
    with (
        console.watching(output.quiet) as watch,
        store.new_results(place, output.force) as folder,
        unfinished.unfinished(place, wanted, output.resume, output.force) as run,
        engine(output.jobs, output.cluster) as where,
    ):
        sample = study.sample()
        changed = month_of_change(sample, study.scenarios)
        unfinished.complete(run, study, sample, changed, where, watch.simulated)
        digest = run.digest()
        found = pooled_results(sample, changed, digest)
        watch.doing("Drawing figures")
        store.draw_all(sample, study, folder, found)
        watch.doing("Writing tables")
        store.write_large(run, sample, digest, study, folder)
    return found


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
    kept = [] if paths is None else ["--paths" if paths else "--no-paths"]
    luck = ["--worlds", str(study.worlds), "--seed", str(study.seed)]
    return shlex.join(["doctrine", command, anywhere(source), *words, *luck, *kept])


def anywhere(source: str) -> str:
    """A scenario as one names it on any machine: a file's name without the folders of this one."""
    path = Path(source)
    return path.name if path.is_absolute() or ".." in path.parts else source


def show_results(found: Results, study: Study, place: Path, output: EnsembleOutput) -> None:
    """Say what was found, and where it is."""
    from sim.terminal import summary

    if output.json:
        about = {
            "command": study.command,
            "scenario": study.base.name,
            "worlds": study.worlds,
            "seed": study.seed,
            "doctrines": list(study.scenarios),
            "folder": place.as_posix(),
            "files": sorted(path.name for path in place.iterdir()),
        }
        console.as_json(about | summary.found(found))
    elif not output.quiet:
        _headline(study)
        console.table(*summary.grid(found))
        if sentences := summary.differences_in_words(found):
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
