"""`doctrine run` and `doctrine compare`: simulate, write the folder of results, say what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.basics.folders import RESULTS
from sim.cli import console
from sim.cli.exits import DONE, FAILED, INTERRUPTED
from sim.cli.options import USUAL_COMPANY, USUAL_ENSEMBLE_OUTPUT, USUAL_LUCK, Company, EnsembleOutput, Luck

if TYPE_CHECKING:
    from sim.answers.ensemble_answer import EnsembleFindings
    from sim.ensemble.study import Study

SHOWN_FILES = ("report.html", "figures", "summary.csv", "worlds.csv.gz", "worlds.zarr", "paths.zarr")
"""What a reader looks for in a folder of results."""


def run(
    scenario: str,
    /,
    *,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    output: EnsembleOutput = USUAL_ENSEMBLE_OUTPUT,
) -> int:
    """Run one scenario in many worlds.

    Writes results/NAME/: report, figures, tables, paths.

    For example:

        doctrine run history --worlds 2000
        doctrine run outlook --guest china

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.compare import run_study
    from sim.ensemble.ensemble import Ensemble
    from sim.scenario.guests import joined

    ensemble = Ensemble(luck.worlds, luck.seed, output.processes(luck.worlds))
    return carry_out(run_study(joined(scenario, company.guest), ensemble, output.paths, output.beside), output)


def compare(
    scenario: str,
    /,
    *doctrine: str,
    actor: str = "us",
    since: str | None = None,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    output: EnsembleOutput = USUAL_ENSEMBLE_OUTPUT,
) -> int:
    """Run a scenario under several doctrines of one actor, in the same worlds.

    Writes results/NAME/: report, figures, tables, paths; prints how far the doctrines are apart.

    For example:

        doctrine compare outlook architectural transactional
        doctrine compare outlook transactional transactional:commitment=0.85
        doctrine compare outlook own "firm word = own:commitment=1,clarity=1"

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two or more: presets of the actor (see: doctrine list presets), or presets with other dials, written
        preset:dial=value,dial=value; own is what the scenario has. A label for tables and figures stands before it:
        label = preset:dial=value. The first is the one that the others are compared with.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    since
        First month in force, YYYY-MM; the month of the actor's last change in the scenario if not given.
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.compare import FEWEST, comparison_study
    from sim.basics.limits import InputError
    from sim.ensemble.ensemble import Ensemble
    from sim.scenario.guests import joined

    if len(doctrine) < FEWEST:
        raise InputError("compare: name at least two doctrines; one alone is for doctrine run")
    ensemble = Ensemble(luck.worlds, luck.seed, output.processes(luck.worlds))
    source = joined(scenario, company.guest)
    return carry_out(comparison_study(source, doctrine, actor, since, ensemble, output.paths, output.beside), output)


def carry_out(study: Study, output: EnsembleOutput) -> int:
    """Simulate, write the folder of results, and say what was found."""
    from sim.answers.ensemble_answer import Writing, folder_name, written_ensemble
    from sim.cli.answers import announce

    place = output.out or RESULTS / folder_name(study)
    if study.notes and not (output.quiet or output.json):
        console.paragraphs([f"- {note}" for note in study.notes])
        console.line()
    with console.watching(output.quiet) as watch:
        how = Writing(
            output.paths,
            output.force,
            output.cluster,
            output.resume,
            console.note,
            lambda found: announce(found, watch, output),
            output.drawers,
            output.beside,
        )
        found = written_ensemble(study.watched(watch.simulated, watch.doing), place, how)
    try:
        show_place(found, place, output)
    except (KeyboardInterrupt, OSError) as stop:
        console.error(f"interrupted ({type(stop).__name__}); the results are in {place}")
        return INTERRUPTED if isinstance(stop, KeyboardInterrupt) else FAILED
    return DONE


def show_place(found: EnsembleFindings, place: Path, output: EnsembleOutput) -> None:
    """Say where everything is; to another program also what was found."""
    if output.json:
        console.as_json(found.about(place))
    elif not output.quiet:
        there = [place / name for name in SHOWN_FILES if (place / name).exists()]
        names = [f"{path.name}/" if path.is_dir() else path.name for path in there]
        console.line(f"In {place}: {', '.join(names)}")
        console.line(f"Open {place / SHOWN_FILES[0]}")
