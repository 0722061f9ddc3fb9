"""`doctrine sensitivity`: which assumptions carry a comparison, and where its sign flips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands.answers import Answer
from sim.commands.answers import answer as end_with
from sim.commands.ensembles import anywhere
from sim.limits import InputError, check_ensemble, check_power
from sim.mistakes import unknown
from sim.terminal.options import USUAL_OUTPUT, Names, Output, Whole

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.questions.carrying import Cloud
    from sim.questions.sensitivity import Size
    from sim.questions.spreads import Spread
    from sim.study import Study
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid

USUAL = ("architectural", "transactional")
OUTCOMES = ("settled", "relapsed", "durable_months", "land", "us_cost", "europe_cost")
"""Outcomes asked about unless others are named."""
FEWEST_POINTS, MOST_POINTS = 16, 65536
MOST_LUCKS = 1000
PAIR = 2
NAMED = 2
"""Parameters an outcome on the screen."""


def sensitivity(
    scenario: str = "outlook",
    /,
    *doctrine: str,
    actor: str = "us",
    over: str = "prior",
    outcome: Names = None,
    base: Whole = 512,
    lucks: Whole = 4,
    seed: Whole = 1,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Find which assumptions carry a comparison of two doctrines, and where its sign flips.

    Writes results/sensitivity/: Sobol indices of the outcomes and of their difference over the model's free parameters,
    how far the indices have settled, where the difference flips its sign, figures.

    For example:

        doctrine sensitivity
        doctrine sensitivity outlook architectural nixon_china --outcome land --outcome settled --base 1024

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two doctrines of the actor, as doctrine compare takes them; the difference is the second less the first. For
        Washington architectural and transactional if not given.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    over
        Prior: every free parameter between its bounds, none knows of the others. Posterior: what the record leaves.
    outcome
        An outcome, and again for more (settled, relapsed, land, us_cost ...); six of them if not given.
    base
        Points of the design, a power of 2; each parameter adds as many again.
    lucks
        Worlds that a point is averaged over, an even number.
    seed
        Seed of luck, design and bootstrap.
    output
        Where results go.
    """
    from sim.questions.sensitivity import Size
    from sim.questions.spreads import spread
    from sim.study import comparison

    outcomes = _checked(outcome, doctrine, actor, lucks)
    check_power("base", base, FEWEST_POINTS, MOST_POINTS)
    labels = doctrine or USUAL
    study = comparison(scenario, labels, actor, worlds=base * lucks, seed=seed)
    chosen, size = spread(over, study.base), Size(base, lucks, seed, output.jobs)
    check_ensemble(size.worlds(len(chosen.quantiles)), seed, output.jobs)
    words = ["sensitivity", anywhere(scenario), *labels, *(["--actor", actor] if actor != "us" else [])]
    words += ["--over", over] if over != "prior" else []
    words += [word for name in outcome or () for word in ("--outcome", name)]
    words += ["--base", str(base), "--lucks", str(lucks), "--seed", str(seed)]
    title = (
        f"{study.base.title}: {len(chosen.quantiles)} parameters over the {over}, "
        f"{size.worlds(len(chosen.quantiles)):,} worlds under each of 2 doctrines, seed {seed}"
    )
    return end_with(title, words, output, lambda watch: _work(study, chosen, outcomes, size, watch))


def _checked(outcome: list[str] | None, doctrine: tuple[str, ...], actor: str, lucks: int) -> list[str]:
    """The outcomes that are asked about, once nothing is wrong."""
    from sim.questions.headline import OUTCOMES as KNOWN

    for name in outcome or ():
        if name not in KNOWN:
            raise InputError(unknown("outcome", name, KNOWN))
    if len(doctrine) != PAIR and (doctrine or actor != "us"):
        usual = f", or none for {' and '.join(USUAL)}" if actor == "us" else f" of {actor}"
        raise InputError(f"sensitivity: name two doctrines{usual}; got {len(doctrine)}")
    if not PAIR <= lucks <= MOST_LUCKS or lucks % PAIR:
        raise InputError(f"lucks: must be an even number from {PAIR} to {MOST_LUCKS:,}, got {lucks:,}")
    return list(dict.fromkeys(outcome or OUTCOMES))


def _work(study: Study, chosen: Spread, outcomes: list[str], size: Size, watch: Watch) -> Answer:
    """Simulate the design, and make tables, figures and sentences of it."""
    from sim.figures import sensitivity as drawn
    from sim.questions import carrying
    from sim.questions import sensitivity as asked

    labels = list(study.scenarios)
    found = asked.evaluated(study.scenarios, chosen, outcomes, size, watch.simulated)
    seen = carrying.cloud(found, chosen, study.scenarios, size, watch.simulated)
    watch.doing("Taking the variance apart")
    indices = asked.indices(found, labels, size.seed)
    flipping = carrying.flip_table(seen, size.seed)
    tables = {
        "indices": indices,
        "convergence": asked.convergence(found, labels),
        "flips": flipping,
        "flips_by_third": carrying.thirds_table(seen),
        "points": carrying.points_table(seen),
    }
    source = f"Simulated: scenario “{study.base.title}”, seed {size.seed}, parameters over the {chosen.name}, "
    figures = {
        "indices": drawn.bars(indices, outcomes, labels, f"{source}{size.base} points, {size.lucks} lucks each.")
    }
    if (mapped := _map(tables, seen, labels, source)) is not None:
        figures["flips"] = mapped
    sentences = carrying.sentences(indices, flipping, labels)
    sentences += carrying.caveats(indices, tables["convergence"], chosen)
    return Answer(tables, figures, sentences, [_grid(indices, flipping)])


def _map(tables: dict[str, pd.DataFrame], seen: Cloud, labels: list[str], source: str) -> Figure | None:
    """The map of the outcome whose difference flips most, if there are two parameters that move it."""
    from sim.figures import sensitivity as drawn
    from sim.questions import carrying, flips

    row = tables["flips"].sort_values("share", ascending=False, kind="stable").iloc[0]
    known = carrying.carriers(tables["indices"], str(row["outcome"]))["parameter"].head(PAIR).tolist()
    if len(known) < PAIR:
        return None
    pair = (str(known[0]), str(known[1]))
    columns = [seen.names.index(name) for name in pair]
    surface = flips.surface(pair, seen.points[:, columns], flips.drawn_in(seen.differences[str(row["outcome"])]))
    source = f"{source}{row['sets']} parameter sets, {row['lucks']} lucks each."
    return drawn.flip_map(tables["points"], pair, surface, row, labels, source)


def _grid(indices: pd.DataFrame, flipping: pd.DataFrame) -> Grid:
    """For each outcome, how often the difference flips, what luck does, and what moves it."""
    from sim.questions.carrying import HUNDRED, carriers
    from sim.questions.labels import number
    from sim.terminal.summary import Grid

    rows = []
    for row in flipping.to_dict("records"):
        outcome = str(row["outcome"])
        known = carriers(indices, outcome).head(NAMED)
        named = [f"{name} {total:.2f}" for name, total in zip(known["parameter"], known["total"], strict=True)]
        there = indices[(indices["outcome"] == outcome) & (indices["quantity"] == "difference")]
        shares = (row["share"], float(there["luck"].iloc[0]))
        rows.append([outcome, *(number(HUNDRED * share, 0) for share in shares), *[*named, *[""] * NAMED][:NAMED]])
    head = ["difference in", "flips, %", "luck, %", "moved most by (total index)", "then by"]
    return Grid(head, rows)
