"""In which regions of the uncertain parameters does a doctrine fail? Asked with `sim.discover`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, guests_of, named, not_us
from sim.basics.labels import HUNDRED, number
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.ensemble.ensemble import Ensemble
from sim.ensemble.study import comparison, one_scenario
from sim.questions.compare.doctrines import parting
from sim.questions.sensitivity import discovery, prim
from sim.questions.sensitivity.design import free_parameters
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source

MOST_BOXES = 9
MANY = Ensemble(worlds=8000)
"""Worlds, each with parameters of its own, of which half choose the regions and half measure them."""


def discover(
    scenario: Source,
    doctrines: Iterable[str] = (),
    actor: str = "us",
    over: str = "prior",
    outcome: str | None = None,
    above: float | None = None,
    below: float | None = None,
    boxes: int = 2,
    ensemble: Ensemble = MANY,
) -> Answer:
    """Find the regions of the uncertain parameters in which a doctrine fails.

    Needs an extra that is not installed by default: ``python -m pip install 'doctrine-sim[explore]'``.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a shipped one.
    doctrines
        Doctrines of the actor, as `sim.compare` takes them in a list; the scenario as it stands if none.
    actor
        "us", "ukraine", "russia", "europe" or "congress".
    over
        "prior": every free parameter between its bounds, none knows of the others. "posterior": what the record leaves.
    outcome
        An outcome that says whether a world fails, such as "settled", "relapsed", "land", "us_cost". If None, a world
        fails if a settlement broke, or none is in force at the end and Russia holds more land than before the doctrine.
    above, below
        A world fails if the outcome is above, or below, this.
    boxes
        Regions at most, of each doctrine.
    ensemble
        Which worlds, each with parameters of its own; half of them choose the regions, half measure them.

    Returns
    -------
    Answer
        Tables `boxes`, `limits` and `trade_off`; a figure of the regions and one of what a smaller one gains and loses,
        if any is found.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, a doctrine or an outcome is none, a number is out of bounds, or the extra is not installed.
    """
    asked, seed = tuple(doctrines), ensemble.seed
    study = comparison(scenario, asked, actor, ensemble=ensemble) if asked else one_scenario(scenario, ensemble)
    if not 1 <= boxes <= MOST_BOXES:
        raise InputError(f"boxes: must be a whole number from 1 to {MOST_BOXES}, got {boxes}")
    free = free_parameters(over, study.base)
    meant = discovery.failure(study.base, parting([study.base, *study.scenarios.values()]), outcome, above, below)
    prim.available()
    points, fails = discovery.failures(study.scenarios, free, meant, ensemble)
    ensemble.says("Looking for regions")
    found = {label: prim.boxes(points, failing, boxes) for label, failing in fails.items()}
    tables = {
        "boxes": discovery.box_table(found),
        "limits": discovery.limit_table(found),
        "trade_off": discovery.trajectory_table(found),
    }

    def draw() -> dict[str, Figure]:
        from sim.figures import discovery as drawn

        source = f"Simulated: scenario “{study.base.title}”, {ensemble.worlds:,} worlds, seed {seed}."
        return {
            "boxes": drawn.boxes(tables["limits"], tables["boxes"], meant.words, source),
            "trade_off": drawn.trade_off(tables["trade_off"], tables["boxes"], meant.words, source),
        }

    return Answer(
        title=f"{study.base.title}: {count(len(free.quantiles), 'parameter')} over the {over}, "
        f"{count(ensemble.worlds, 'world')}, seed {seed}",
        sentences=discovery.sentences(found, fails, meant.words),
        tables=tables,
        grids=[_regions(tables["boxes"])],
        command=command(
            *("discover", named(scenario), *asked, *guests_of(scenario)),
            actor=not_us(actor),
            over=None if over == "prior" else over,
            outcome=outcome,
            above=None if above is None else str(above),
            below=None if below is None else str(below),
            boxes=boxes,
            worlds=ensemble.worlds,
            seed=seed,
        ),
        draw=draw if len(tables["boxes"]) else None,
    )


def _regions(found: pd.DataFrame) -> Grid:
    """The regions, a row each."""
    columns = ("base", "density", "density_choosing", "coverage", "mass")
    rows = [
        [
            f"{doctrine_label(str(row['doctrine']))} {row['box']}",
            *(number(HUNDRED * row[column], 0) for column in columns),
            "yes" if row["confirmed"] else "no",
        ]
        for row in found.to_dict("records")
    ]
    head = ["region, %", "fail at all", "inside", "in choosing", "of failures", "of worlds", "confirmed"]
    return Grid(head, rows)
