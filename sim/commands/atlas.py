"""`doctrine atlas`: one HTML file with dials over precomputed worlds."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from sim.commands.dials import opening, options, typed
from sim.folders import RESULTS
from sim.terminal import console
from sim.terminal.exits import DONE
from sim.terminal.options import USUAL_LUCK, Flag, Luck, Whole

if TYPE_CHECKING:
    from sim.atlas import Atlas


def atlas(
    scenario: str = "classroom",
    /,
    *,
    luck: Luck = USUAL_LUCK,
    jobs: Whole = 1,
    out: Path | None = None,
    force: Flag = False,
    quiet: Flag = False,
    as_json: Annotated[Flag, Parameter(name="--json")] = False,
) -> int:
    """Make one HTML file with dials to turn, to mail or to host.

    Writes results/atlas/NAME.html: dials of Washington, what they change, three worlds told.

    For example:

        doctrine atlas classroom
        doctrine atlas outlook --worlds 2000 --jobs 2 --out outlook.html

    Where a setting was simulated the page shows the model's own numbers.
    In between it interpolates; the error is measured and stands on it.

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    luck
        Which worlds.
    jobs
        Processes.
    out
        The page; results/atlas/NAME.html if not given.
    force
        Replace a page that is there already.
    quiet
        No progress and no summary.
    as_json
        Print one JSON object instead of the summary.
    """
    from sim.atlas import design, saving, simulated
    from sim.atlas.page import render
    from sim.limits import check_ensemble

    check_ensemble(luck.worlds, luck.seed, jobs)
    plan = design.design(scenario, luck.worlds, luck.seed)
    place = out or RESULTS / "atlas" / f"{plan.study.base.name}.html"
    saving.check(place, force)
    command = shlex.join(["doctrine", "atlas", typed(scenario), *options(luck)])
    with console.watching(quiet) as watch:
        found = simulated(plan, jobs, watch.simulated)
        watch.doing("Writing the page")
        size = saving.save(render(found, command), place, force)
    if as_json:
        _as_json(found, command, place, size)
    elif not quiet:
        _show(found, place, size)
    return DONE


def _as_json(found: Atlas, command: str, place: Path, size: int) -> None:
    from sim.atlas import words

    told = words.sentences(found, size)
    console.as_json(
        {"command": command, "found": told, "file": place.as_posix(), "bytes": size, "errors": words.error_rows(found)}
    )


def _show(found: Atlas, place: Path, size: int) -> None:
    from sim.atlas import words

    plan = found.plan
    console.heading(opening(plan.study, len(plan.nodes) + len(plan.held_out) + len(found.whole)))
    console.line()
    console.table(words.TABLE_HEAD, words.screen_rows(found), words.CAPTION)
    console.line()
    console.paragraphs(words.sentences(found, size), console.INDENT)
    console.line()
    console.line(f"Open {place}")
