"""`doctrine regret`: which doctrine one would regret least, not knowing the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.commands.answers import Answer
from sim.commands.answers import answer as end_with
from sim.commands.ensembles import anywhere
from sim.limits import InputError, check_ensemble
from sim.mistakes import unknown
from sim.presets import PRESETS
from sim.terminal.options import USUAL_LUCK, USUAL_OUTPUT, Luck, Names, Output

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid

OUTCOMES = ("land", "durable_months", "us_cost")
"""Outcomes asked about unless others are named."""
FIRST = ("history", "outlook")
"""Shipped scenarios that give their name to those that are like them but for Washington's doctrine."""
FEWEST = 2


def regret(
    *doctrine: str,
    actor: str = "us",
    scenario: Names = None,
    outcome: Names = None,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Find the doctrine that one would regret least, not knowing which scenario the world is in.

    Writes results/regret/: outcomes and regrets of every doctrine in every scenario, the largest regrets, a figure.

    For example:

        doctrine regret
        doctrine regret architectural transactional --scenario outlook --scenario frozen_conflict --outcome relapsed

    Parameters
    ----------
    doctrine
        Doctrines of the actor, as doctrine compare takes them; all its presets if not given.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    scenario
        A scenario file or the name of a shipped one, and again for more; if not given, all shipped ones that differ in
        more than the actor's doctrine, which is replaced.
    outcome
        An outcome, and again for more: settled, in_force, durable_months, credibility (more is better), relapsed, land,
        us_cost, europe_cost (less is); land, durable_months and us_cost if not given.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.questions.regret import GOOD, distinct
    from sim.scenario import shipped
    from sim.study import comparison

    for name in outcome or ():
        if name not in GOOD:
            raise InputError(unknown("outcome of which more is better, or less,", name, GOOD))
    check_ensemble(luck.worlds, luck.seed, output.jobs)
    if actor not in PRESETS:
        raise InputError(unknown("actor", actor, PRESETS))
    doctrines = doctrine or tuple(PRESETS[actor])
    if len(doctrines) < FEWEST:
        raise InputError("regret: name at least two doctrines; one alone is never regretted")
    sources = scenario or sorted(shipped(), key=lambda name: (name not in FIRST, name))
    studies = {anywhere(source): comparison(source, doctrines, actor).scenarios for source in sources}
    kept, outcomes = distinct(studies), list(dict.fromkeys(outcome or OUTCOMES))
    words = ["regret", *doctrine, *(["--actor", actor] if actor != "us" else [])]
    words += [word for source in scenario or () for word in ("--scenario", anywhere(source))]
    words += [word for name in outcome or () for word in ("--outcome", name)]
    words += ["--worlds", str(luck.worlds), "--seed", str(luck.seed)]
    title = f"Regret of {len(doctrines)} doctrines in {len(kept)} scenarios, {luck.worlds:,} worlds, seed {luck.seed}"
    return end_with(title, words, output, lambda watch: _work(kept, outcomes, luck, output.jobs, watch))


def _work(
    studies: Mapping[str, Mapping[str, Scenario]], outcomes: list[str], luck: Luck, jobs: int, watch: Watch
) -> Answer:
    """Simulate, and make tables, a figure and sentences of the regrets."""
    from sim.figures import regret as drawn
    from sim.questions import regret as asked

    values = asked.outcomes(studies, outcomes, luck.worlds, luck.seed, jobs, watch.simulated)
    watch.doing("Resampling worlds")
    found = {name: asked.regrets(values[name], asked.GOOD[name].sign, luck.seed) for name in outcomes}
    scenarios, doctrines = list(studies), list(next(iter(studies.values())))
    table = asked.regret_table(found, scenarios, doctrines)
    minimax = asked.minimax_table(found, scenarios, doctrines)
    source = f"Simulated: {len(scenarios)} scenarios, {luck.worlds:,} worlds in each, seed {luck.seed}."
    figures = {"regret": drawn.regret(table, minimax, source)}
    return Answer({"regret": table, "minimax": minimax}, figures, asked.sentences(minimax), [_grid(minimax)])


def _grid(minimax: pd.DataFrame) -> Grid:
    """The largest regret of every doctrine, a column an outcome."""
    from sim.questions.labels import doctrine_label
    from sim.questions.regret import amount
    from sim.terminal.summary import Grid

    outcomes = list(dict.fromkeys(map(str, minimax["outcome"])))
    rows = [
        [doctrine_label(str(name)), *(amount(row, ends=False) for row in part.to_dict("records"))]
        for name, part in minimax.groupby("doctrine", sort=False)
    ]
    return Grid(["largest regret", *outcomes], rows)
