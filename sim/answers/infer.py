"""Which doctrine does the observed record look like? Asked with `sim.infer`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, guests_of, named
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.questions.infer import conclusion, inference, robustness
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source


def infer(
    scenario: Source = "history",
    doctrines: Iterable[str] = (),
    since: str | None = None,
    prior: Sequence[float] | None = None,
    ensemble: Ensemble = USUAL,
) -> Answer:
    """Say which American doctrine the observed record looks like, and how far that can be trusted.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a shipped one.
    doctrines
        Two or more hypotheses: American presets, or `preset:dial=value,dial=value`; architectural, transactional and
        aligned if none.
    since
        First month in which they are in force, "YYYY-MM"; the month of Washington's last change if None.
    prior
        Prior weights in the order of the hypotheses; equal if None.
    ensemble
        Which worlds, each hypothesis; how they are simulated.

    Returns
    -------
    Answer
        Tables `posterior`, `evidence`, `calibration`, `scores`, `robustness`, `information` and others, a figure of
        each of the main ones.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, a hypothesis or a month is none, or there are too few worlds.
    """
    chosen = list(doctrines)
    question = inference.posed(scenario, chosen or list(inference.HYPOTHESES), since, prior)
    worlds = {parameters: inference.simulated(question, parameters, ensemble) for parameters in inference.PARAMETERS}
    main = next(iter(worlds.values()))
    ensemble.says("Weighing the evidence")
    findings = inference.findings(question, main)
    ensemble.says("Asking whether the answer survives")
    varied = robustness.table(question, worlds)
    found = conclusion.concluded(question, findings, varied)
    ahead = inference.ahead(question, main, (found.leader, found.rival))

    def draw() -> dict[str, Figure]:
        from sim.figures import inference as drawn

        source = drawn.source(question, ensemble.worlds, ensemble.seed)
        return {
            "posterior": drawn.posterior(findings.posterior, found, source),
            "evidence": drawn.evidence(findings.evidence, found, source, ensemble.worlds),
            "robustness": drawn.robustness(varied, found, source),
            "calibration": drawn.calibration(findings.calibration, findings.scores, source),
            **({"information": drawn.information(ahead, found, source)} if len(ahead) else {}),
        }

    weights = None if prior is None else ",".join(f"{weight:g}" for weight in prior)
    return Answer(
        title=f"The record of {question.observed[1]} to {question.observed[-1]} against {len(question.hypotheses)} "
        f"doctrines: {ensemble.worlds:,} worlds each, seed {ensemble.seed}",
        sentences=conclusion.sentences(question, findings, varied, ahead, found),
        tables=findings._asdict() | {"information": ahead, "robustness": varied},
        grids=[_by_month(findings.posterior)],
        command=command(
            "infer",
            named(scenario),
            *chosen,
            *guests_of(scenario),
            since=since,
            prior=weights,
            worlds=ensemble.worlds,
            seed=ensemble.seed,
        ),
        draw=draw,
    )


def _by_month(table: pd.DataFrame) -> Grid:
    """The posterior month by month."""
    wide = table.pivot(index="month", columns="hypothesis", values="probability")[
        list(dict.fromkeys(table["hypothesis"]))
    ]
    rows = [
        [f"{month}, prior" if place == 0 else str(month), *(f"{chance:.3f}" for chance in row)]
        for place, (month, row) in enumerate(zip(wide.index, wide.to_numpy(), strict=True))
    ]
    return Grid(["after", *map(doctrine_label, wide.columns)], rows)
