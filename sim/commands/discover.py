"""`doctrine discover`: in which regions of the parameter space a doctrine fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands.answers import Answer
from sim.commands.answers import answer as end_with
from sim.commands.ensembles import anywhere
from sim.limits import InputError, check_ensemble
from sim.terminal.options import USUAL_OUTPUT, Output, Whole

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.failure import Failure
    from sim.questions.spreads import Spread
    from sim.study import Study
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid

MOST_BOXES = 9


def discover(
    scenario: str,
    /,
    *doctrine: str,
    actor: str = "us",
    over: str = "prior",
    outcome: str | None = None,
    above: float | None = None,
    below: float | None = None,
    boxes: Whole = 2,
    worlds: Whole = 8000,
    seed: Whole = 1,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Find the regions of the uncertain parameters in which a doctrine fails.

    Writes results/discover/: regions with their limits, how many failures they hold, figures.

    Needs an extra that is not installed by default: python -m pip install 'doctrine-sim[explore]'

    For example:

        doctrine discover outlook architectural transactional
        doctrine discover outlook transactional --outcome relapsed --above 0.5

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Doctrines of the actor, as doctrine compare takes them; the scenario as it stands if not given.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    over
        Prior: every free parameter between its bounds, none knows of the others. Posterior: what the record leaves.
    outcome
        An outcome that says whether a world fails (settled, relapsed, land, us_cost ...). If not given, a world fails
        if a settlement broke, or none is in force at the end and Russia holds more land than before the doctrine.
    above
        A world fails if the outcome is above this.
    below
        A world fails if the outcome is below this.
    boxes
        Regions at most, of each doctrine.
    worlds
        Worlds, each with parameters of its own; half of them choose the regions, half measure them.
    seed
        Seed of their luck and their parameters.
    output
        Where results go.
    """
    from sim.questions.failure import failure
    from sim.questions.prim import available
    from sim.questions.sensitivity import parting
    from sim.questions.spreads import spread
    from sim.study import comparison, one_scenario

    study = (
        comparison(scenario, doctrine, actor, worlds=worlds, seed=seed)
        if doctrine
        else one_scenario(scenario, worlds, seed)
    )
    check_ensemble(worlds, seed, output.jobs)
    if not 1 <= boxes <= MOST_BOXES:
        raise InputError(f"boxes: must be a whole number from 1 to {MOST_BOXES}, got {boxes}")
    chosen = spread(over, study.base)
    meant = failure(study.base, parting([study.base, *study.scenarios.values()]), outcome, above, below)
    available()
    sides = {"--outcome": outcome, "--above": above, "--below": below}
    words = ["discover", anywhere(scenario), *doctrine, *(["--actor", actor] if actor != "us" else [])]
    words += ["--over", over] if over != "prior" else []
    words += [word for name, value in sides.items() if value is not None for word in (name, str(value))]
    words += ["--boxes", str(boxes), "--worlds", str(worlds), "--seed", str(seed)]
    title = f"{study.base.title}: {len(chosen.quantiles)} parameters over the {over}, {worlds:,} worlds, seed {seed}"
    return end_with(title, words, output, lambda watch: _work(study, chosen, meant, boxes, output.jobs, watch))


def _work(study: Study, chosen: Spread, meant: Failure, most: int, jobs: int, watch: Watch) -> Answer:
    """Simulate, look for regions, and make tables, figures and sentences of them."""
    from sim.figures import discovery as drawn
    from sim.questions import discovery

    points, fails = discovery.failures(study.scenarios, chosen, meant, study.worlds, study.seed, jobs, watch.simulated)
    watch.doing("Looking for regions")
    found = discovery.discovered(points, fails, most)
    tables = {
        "boxes": discovery.box_table(found),
        "limits": discovery.limit_table(found),
        "trade_off": discovery.trajectory_table(found),
    }
    source = f"Simulated: scenario “{study.base.title}”, {study.worlds:,} worlds, seed {study.seed}."
    figures = {}
    if len(tables["boxes"]):
        figures["boxes"] = drawn.boxes(tables["limits"], tables["boxes"], meant.words, source)
        figures["trade_off"] = drawn.trade_off(tables["trade_off"], tables["boxes"], meant.words, source)
    return Answer(tables, figures, discovery.sentences(found, fails, meant.words), [_grid(tables["boxes"])])


def _grid(found: pd.DataFrame) -> Grid:
    """The regions, a row each."""
    from sim.questions.discovery import HUNDRED
    from sim.questions.labels import doctrine_label, number
    from sim.terminal.summary import Grid

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
