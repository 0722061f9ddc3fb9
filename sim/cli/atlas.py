"""`doctrine atlas`: one HTML file with dials over precomputed worlds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from sim.answers.answer import command, guests_of, named, same_worlds
from sim.basics.folders import RESULTS
from sim.cli import console
from sim.cli.exits import DONE
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, Company, Flag, Luck, Whole

if TYPE_CHECKING:
    from sim.browser.atlas.simulation import Atlas


def atlas(
    scenario: str = "classroom",
    /,
    *,
    company: Company = USUAL_COMPANY,
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
    company
        Who joins.
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
    from sim.basics.limits import check_ensemble
    from sim.browser.atlas import atlas_page, grid
    from sim.browser.atlas.simulation import simulated
    from sim.scenario.guests import joined

    check_ensemble(luck.worlds, luck.seed, jobs)
    source = joined(scenario, company.guest)
    plan = grid.design(source, luck.worlds, luck.seed)
    place = out or RESULTS / "atlas" / f"{plan.study.base.name}.html"
    atlas_page.check_place(place, force)
    typed = command("atlas", named(scenario), *guests_of(source), worlds=luck.worlds, seed=luck.seed)
    with console.watching(quiet) as watch:
        found = simulated(plan, jobs, watch.simulated)
        watch.doing("Writing the page")
        size = atlas_page.save_page(atlas_page.render(found, typed), place, force)
    if as_json:
        _as_json(found, typed, place, size)
    elif not quiet:
        _show(found, place, size)
    return DONE


def _as_json(found: Atlas, typed: str, place: Path, size: int) -> None:
    from sim.browser.atlas import atlas_page

    told = atlas_page.sentences(found, size)
    console.as_json(
        {
            "command": typed,
            "found": told,
            "file": place.as_posix(),
            "bytes": size,
            "errors": atlas_page.error_rows(found),
        }
    )


def _show(found: Atlas, place: Path, size: int) -> None:
    from sim.browser.atlas import atlas_page

    plan = found.plan
    study, scenarios = plan.study, len(plan.nodes) + len(plan.held_out) + len(found.whole)
    console.heading(same_worlds(study.base.title, scenarios, study.ensemble))
    console.line()
    console.table(atlas_page.TABLE_HEAD, atlas_page.screen_rows(found), atlas_page.CAPTION)
    console.line()
    console.paragraphs(atlas_page.sentences(found, size), console.INDENT)
    console.line()
    console.line(f"Open {place}")
