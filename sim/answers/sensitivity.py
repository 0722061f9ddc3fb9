"""Which assumptions carry a comparison, and where does its sign flip? Asked with `sim.sensitivity`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, guests_of, named, not_us, repeated
from sim.basics.labels import HUNDRED, number, short_label
from sim.basics.limits import InputError, check_power
from sim.basics.mistakes import unknown
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.ensemble.study import comparison
from sim.questions.compare.measures import OUTCOMES
from sim.questions.sensitivity import design, flips
from sim.questions.sensitivity import sensitivity_sentences as wording
from sim.questions.sensitivity.sensitivity_sentences import carriers, constant

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source

DOCTRINES = ("architectural", "transactional")
ASKED = ("settled", "relapsed", "durable_months", "land", "us_cost", "europe_cost")
"""Outcomes asked about unless others are named."""
FEWEST_POINTS, MOST_POINTS = 16, 65536
MOST_LUCKS = 1000
PAIR = 2
NAMED = 2
"""Parameters an outcome on the screen."""


def sensitivity(
    scenario: Source = "outlook",
    doctrines: Iterable[str] = (),
    actor: str = "us",
    over: str = "prior",
    outcomes: Iterable[str] = (),
    base: int = 512,
    lucks: int = 4,
    ensemble: Ensemble = USUAL,
) -> Answer:
    """Find which assumptions carry a comparison of two doctrines, and where its sign flips.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a shipped one.
    doctrines
        Two doctrines of the actor, as `sim.compare` takes them in a list; the difference is the second less the first.
        For Washington architectural and transactional if none.
    actor
        "us", "ukraine", "russia", "europe" or "congress".
    over
        "prior": every free parameter between its bounds, none knows of the others. "posterior": what the record leaves.
    outcomes
        Outcomes such as "settled", "relapsed", "land", "us_cost"; six of them if none.
    base
        Points of the design, a power of 2; each parameter adds as many again.
    lucks
        Worlds that a point is averaged over, an even number.
    ensemble
        Seed of luck, design and bootstrap, and how worlds are simulated; how many there are is `lucks` times the points
        of the design, whatever it says.

    Returns
    -------
    Answer
        Tables `indices` (Sobol indices of the outcomes and of their difference), `convergence`, `flips`,
        `flips_by_third` and `points`; figures of the indices and of where the difference flips.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, a doctrine or an outcome is none, or a number is out of bounds.
    """
    asked, pair = list(outcomes), tuple(doctrines)
    _check(asked, pair, actor, base, lucks)
    labels, quantities = pair or DOCTRINES, list(dict.fromkeys(asked or ASKED))
    study = comparison(scenario, labels, actor, ensemble=ensemble.of(base * lucks))
    free, size, seed = design.free_parameters(over, study.base), design.Size(base, lucks), ensemble.seed
    worlds = ensemble.of(size.worlds(len(free.quantiles))).worlds
    found = design.evaluated(study.scenarios, free, quantities, size, ensemble)
    seen = flips.cloud(found, free, study.scenarios, size, ensemble)
    ensemble.says("Taking the variance apart")
    labels = tuple(study.scenarios)
    tables = {
        "indices": design.indices(found, labels, seed),
        "convergence": design.convergence(found, labels),
        "flips": flips.flip_table(seen, seed),
        "flips_by_third": flips.thirds_table(seen),
        "points": flips.points_table(seen),
    }
    indices, flipping = tables["indices"], tables["flips"]

    def draw() -> dict[str, Figure]:
        from sim.figures.sensitivity import bars

        source = f"Simulated: scenario “{study.base.title}”, seed {seed}, parameters over the {free.name}, "
        shown = bars(indices, quantities, labels, f"{source}{base} points, {lucks} lucks each.")
        mapped = _map(tables, seen, labels, source)
        return {"indices": shown} if mapped is None else {"indices": shown, "flips": mapped}

    return Answer(
        title=f"{study.base.title}: {len(free.quantiles)} parameters over the {over}, {worlds:,} worlds under each "
        f"of 2 doctrines, seed {seed}",
        sentences=wording.sentences(indices, flipping, labels) + wording.caveats(indices, tables["convergence"], free),
        tables=tables,
        grids=[_by_outcome(indices, flipping)],
        command=command(
            *("sensitivity", named(scenario), *(pair or DOCTRINES)),
            *guests_of(scenario),
            *repeated("actor", not_us(actor)),
            *repeated("over", () if over == "prior" else (over,)),
            *repeated("outcome", asked),
            base=base,
            lucks=lucks,
            seed=seed,
        ),
        draw=draw,
    )


def _check(outcomes: Sequence[str], doctrines: Sequence[str], actor: str, base: int, lucks: int) -> None:
    for name in outcomes:
        if name not in OUTCOMES:
            raise InputError(unknown("outcome", name, OUTCOMES))
    if len(doctrines) != PAIR and (doctrines or actor != "us"):
        usual = f", or none for {' and '.join(DOCTRINES)}" if actor == "us" else f" of {actor}"
        raise InputError(f"sensitivity: name two doctrines{usual}; got {len(doctrines)}")
    if not PAIR <= lucks <= MOST_LUCKS or lucks % PAIR:
        raise InputError(f"lucks: must be an even number from {PAIR} to {MOST_LUCKS:,}, got {lucks:,}")
    check_power("base", base, FEWEST_POINTS, MOST_POINTS)


def _map(tables: dict[str, pd.DataFrame], seen: flips.Cloud, labels: Sequence[str], source: str) -> Figure | None:
    """The map of the outcome whose difference flips most, if there are two parameters that move it."""
    from sim.figures.sensitivity import flip_map

    row = tables["flips"].sort_values("share", ascending=False, kind="stable").iloc[0]
    known = carriers(tables["indices"], str(row["outcome"]))["parameter"].head(PAIR).tolist()
    if len(known) < PAIR:
        return None
    pair = (str(known[0]), str(known[1]))
    columns = [seen.names.index(name) for name in pair]
    surface = flips.surface(pair, seen.points[:, columns], flips.drawn_in(seen.differences[str(row["outcome"])]))
    source = f"{source}{row['sets']} parameter sets, {row['lucks']} lucks each."
    return flip_map(tables["points"], pair, surface, row, labels, source)


def _by_outcome(indices: pd.DataFrame, flipping: pd.DataFrame) -> Grid:
    """For each outcome, how often the difference flips, what luck does, and what moves it."""
    rows = []
    for row in flipping.to_dict("records"):
        outcome = str(row["outcome"])
        known = carriers(indices, outcome).head(NAMED)
        movers = [f"{name} {total:.2f}" for name, total in zip(known["parameter"], known["total"], strict=True)]
        there = indices[(indices["outcome"] == outcome) & (indices["quantity"] == design.DIFFERENCE)]
        luck = "does not vary" if constant(indices, outcome) else number(HUNDRED * float(there["luck"].iloc[0]), 0)
        often = number(HUNDRED * row["share"], 0)
        rows.append([short_label(str(row["label"])), often, luck, *[*movers, *[""] * NAMED][:NAMED]])
    return Grid(["difference in", "flips, %", "luck, %", "moved most by (total index)", "then by"], rows)
