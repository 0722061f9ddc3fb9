"""`doctrine page`: one HTML file with dials over worlds and the model in it; `doctrine atlas`: the same without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cyclopts import Parameter

from sim.answers.answer import command, guests_of, named, same_worlds
from sim.basics.folders import RESULTS
from sim.cli import console
from sim.cli.exits import DONE
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, Company, Flag, Luck, Whole

if TYPE_CHECKING:
    from sim.browser.atlas.grid import Design
    from sim.browser.atlas.simulation import Atlas
    from sim.browser.page.contents import Live

Json = Annotated[Flag, Parameter(name="--json")]


def page(
    scenario: str = "classroom",
    /,
    *,
    light: Flag = False,
    wheels: Path | None = None,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    jobs: Whole = 1,
    out: Path | None = None,
    force: Flag = False,
    quiet: Flag = False,
    as_json: Json = False,
) -> int:
    """Make one HTML file that runs the model: dials to turn, worlds to replay.

    Writes results/page/NAME.html, some 10 MB; it opens from disk and asks for nothing from outside.

    For example:

        doctrine page classroom
        doctrine page outlook --light --out outlook.html

    It shows worlds simulated beforehand at once, and the model's own answers as soon as it runs in the page.
    The Python for it is Pyodide's, which npm gets; it is taken by its SHA-256 and kept for the next page.

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    light
        Without the model: under 1 MB, to mail. Between settings that were simulated it interpolates.
    wheels
        A folder with files of Pyodide 0.27.7: pyodide-0.27.7.tgz and NumPy's wheel, as published.
    company
        Who joins; only with --light.
    luck
        Which worlds it opens with.
    jobs
        Processes.
    out
        The page; results/page/NAME.html if not given.
    force
        Replace a page that is there already.
    quiet
        No progress and no summary.
    as_json
        Print one JSON object instead of the summary.
    """
    wanted = Wanted("page", scenario, light, wheels, company, luck, jobs, out, force)
    return _told(wanted, quiet, as_json)


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
    as_json: Json = False,
) -> int:
    """Make the page without the model, as doctrine page --light does.

    Writes results/atlas/NAME.html, under 1 MB: dials of Washington, what they change, three worlds told.

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
    wanted = Wanted("atlas", scenario, True, None, company, luck, jobs, out, force)
    return _told(wanted, quiet, as_json)


class Wanted(NamedTuple):
    """A page that somebody asks for."""

    what: str
    scenario: str
    light: bool
    wheels: Path | None
    company: Company
    luck: Luck
    jobs: int
    out: Path | None
    force: bool


def _told(wanted: Wanted, quiet: bool, as_json: bool) -> int:
    """Simulate, write and tell; what can be refused is refused before anything takes time."""
    from sim.basics.limits import check_ensemble
    from sim.browser.atlas import atlas_page, grid
    from sim.browser.atlas.simulation import simulated
    from sim.scenario.guests import joined

    scenario, luck = wanted.scenario, wanted.luck
    check_ensemble(luck.worlds, luck.seed, wanted.jobs)
    source = joined(scenario, wanted.company.guest)
    plan = grid.design(source, luck.worlds, luck.seed)
    place = wanted.out or RESULTS / wanted.what / f"{plan.study.base.name}.html"
    atlas_page.check_place(place, wanted.force)
    words = {"worlds": luck.worlds, "seed": luck.seed, "light": wanted.light and wanted.what == "page"}
    typed = command(wanted.what, named(scenario), *guests_of(source), **words)
    with console.watching(quiet) as watch:
        model = None if wanted.light else _model(plan, named(scenario) or scenario, wanted.wheels, watch.doing)
        found = simulated(plan, wanted.jobs, watch.simulated)
        watch.doing("Writing the page")
        size = atlas_page.save_page(atlas_page.render(found, typed, model), place, wanted.force)
    if as_json:
        _as_json(found, model, typed, place, size)
    elif not quiet:
        _show(found, model, place, size)
    return DONE


def _model(plan: Design, called: str, wheels: Path | None, say: Callable[[str], None]) -> Live:
    """What runs the model in the page."""
    from sim.browser.page.contents import live
    from sim.browser.page.runtime import runtime
    from sim.scenario.resolved import as_json

    as_json(plan.study.base)  # which refuses guests, before anything is fetched
    return live(plan.study.base, called, plan.study.ensemble, runtime(wheels, say))


def _as_json(found: Atlas, model: Live | None, typed: str, place: Path, size: int) -> None:
    from sim.browser.atlas import atlas_page

    told = atlas_page.sentences(found, size, model)
    console.as_json(
        {
            "command": typed,
            "found": told,
            "file": place.as_posix(),
            "bytes": size,
            "errors": atlas_page.error_rows(found),
            "inside": model.inside if model else [],
        }
    )


def _show(found: Atlas, model: Live | None, place: Path, size: int) -> None:
    from sim.browser.atlas import atlas_page

    plan = found.plan
    study, scenarios = plan.study, len(plan.nodes) + len(plan.held_out) + len(found.whole)
    console.heading(same_worlds(study.base.title, scenarios, study.ensemble))
    console.line()
    console.table(atlas_page.TABLE_HEAD, atlas_page.screen_rows(found), atlas_page.CAPTION)
    console.line()
    console.paragraphs(atlas_page.sentences(found, size, model), console.INDENT)
    console.line()
    console.line(f"Open {place}")
