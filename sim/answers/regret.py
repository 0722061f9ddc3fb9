"""Which doctrine would one regret least, not knowing the scenario? Asked with `sim.regret`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, named, not_us, repeated
from sim.basics.labels import short_label
from sim.basics.limits import InputError
from sim.basics.mistakes import count, unknown
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.ensemble.study import comparison
from sim.questions import regret as minimax_regret
from sim.questions.regret import GOOD
from sim.scenario import Scenario, shipped
from sim.scenario.guests import joined
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source

OUTCOMES = ("land", "durable_months", "us_cost")
"""Outcomes asked about unless others are named."""
FIRST = ("history", "outlook")
"""Shipped scenarios that give their name to those that are like them but for Washington's doctrine."""
FEWEST = 2


def regret(
    doctrines: Iterable[str] = (),
    actor: str = "us",
    scenarios: Iterable[Source] = (),
    outcomes: Iterable[str] = (),
    ensemble: Ensemble = USUAL,
    guests: Iterable[str] = (),
) -> Answer:
    """Find the doctrine that one would regret least, not knowing which scenario the world is in.

    Parameters
    ----------
    doctrines
        Two or more doctrines of the actor, as `sim.compare` takes them; all its shipped presets if none.
    actor
        Whose doctrine: "us", "ukraine", "russia", "europe" or "congress".
    scenarios
        Scenarios, paths of their files, or names of shipped ones; if none, all shipped ones that differ in more than
        the actor's doctrine, which is replaced.
    outcomes
        Of settled, in_force, durable_months, credibility (more is better), relapsed, land, us_cost, europe_cost (less
        is); land, durable_months and us_cost if none.
    ensemble
        Which worlds; how they are simulated.
    guests
        Actors that other packages offer and that join every scenario, as `sim.run` takes their names.

    Returns
    -------
    Answer
        Tables `regret` (a row an outcome, scenario and doctrine) and `minimax`, figure `regret`.

    Raises
    ------
    ScenarioError, InputError
        If a scenario, the actor, a doctrine or an outcome is none, or only one doctrine is named.
    """
    wanted, others, chosen, company = tuple(doctrines), tuple(scenarios), tuple(outcomes), tuple(guests)
    for name in chosen:
        if name not in GOOD:
            raise InputError(unknown("outcome of which more is better, or less,", name, GOOD))
    if actor not in PRESETS:
        raise InputError(unknown("actor", actor, PRESETS))
    compared = wanted or tuple(PRESETS[actor].shipped)
    if len(compared) < FEWEST:
        raise InputError("regret: name at least two doctrines; one alone is never regretted")
    sources: tuple[Source, ...] = others or tuple(sorted(shipped(), key=lambda name: (name not in FIRST, name)))
    studies = minimax_regret.distinct(
        {_name(source): comparison(joined(source, company), compared, actor).scenarios for source in sources}
    )
    names, labels = list(dict.fromkeys(chosen or OUTCOMES)), list(next(iter(studies.values())))
    values = minimax_regret.outcomes(studies, names, ensemble)
    ensemble.says("Comparing")
    found = {name: minimax_regret.regrets(values[name], GOOD[name].sign, ensemble.seed) for name in names}
    table = minimax_regret.regret_table(found, list(studies), labels)
    minimax = minimax_regret.minimax_table(found, list(studies), labels)
    many, worlds = count(len(studies), "scenario"), count(ensemble.worlds, "world")

    def draw() -> dict[str, Figure]:
        from sim.figures.regret import regret as drawn

        return {"regret": drawn(table, minimax, f"Simulated: {many}, {worlds} in each, seed {ensemble.seed}.")}

    words = [
        *repeated("actor", not_us(actor)),
        *repeated("scenario", map(named, others)),
        *repeated("outcome", chosen),
        *repeated("guest", company),
    ]
    return Answer(
        title=f"Regret of {len(compared)} doctrines in {many}, {worlds}, seed {ensemble.seed}",
        sentences=minimax_regret.sentences(minimax),
        tables={"regret": table, "minimax": minimax},
        grids=[_largest(minimax)],
        command=command("regret", *wanted, *words, worlds=ensemble.worlds, seed=ensemble.seed),
        draw=draw,
    )


def _name(source: Source) -> str:
    return source.name if isinstance(source, Scenario) else str(named(source))


def _largest(minimax: pd.DataFrame) -> Grid:
    """The largest regret of every doctrine, a column an outcome."""
    labels = [short_label(str(label)) for label in dict.fromkeys(minimax["label"])]
    rows = [
        [doctrine_label(str(name)), *(minimax_regret.regret_text(row, ends=False) for row in part.to_dict("records"))]
        for name, part in minimax.groupby("doctrine", sort=False)
    ]
    return Grid(["largest regret", *labels], rows)
