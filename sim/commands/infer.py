"""`doctrine infer`: hold doctrines against the observed record, and say which it looks like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.answers import Answer, answer
from sim.limits import InputError
from sim.terminal.options import USUAL_LUCK, USUAL_OUTPUT, Luck, Output

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.inference import Question
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid


def infer(
    scenario: str = "history",
    /,
    *doctrine: str,
    since: str | None = None,
    prior: str | None = None,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Say which American doctrine the observed record looks like, and how far that can be trusted.

    Writes results/infer/: posterior by month, weight of evidence, reliability, what would tell most, does the record
    fit at all, does the answer survive other codings; figures.

    For example:

        doctrine infer history --worlds 2000
        doctrine infer history transactional transactional:affinity=0.6

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine
        Two or more hypotheses: American presets, or preset:dial=value,dial=value; architectural, transactional and
        aligned if not given.
    since
        First month in which they are in force, YYYY-MM; the month of Washington's last change if not given.
    prior
        Prior weights in the order of the hypotheses, such as 1,1,2; equal if not given.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.limits import check_ensemble
    from sim.questions import inference

    check_ensemble(luck.worlds, luck.seed, output.jobs)
    names = list(doctrine) or list(inference.HYPOTHESES)
    question = inference.asked(scenario, names, since, _weights(prior))
    inference.check_worlds(luck.worlds)
    options = [*(["--since", since] if since else []), *(["--prior", prior] if prior else [])]
    words = ["infer", _portable(scenario), *doctrine, *options, "--worlds", str(luck.worlds), "--seed", str(luck.seed)]
    span = f"{question.observed[1]} to {question.observed[-1]}"
    title = f"The record of {span} against {len(names)} doctrines: {luck.worlds:,} worlds each, seed {luck.seed}"
    return answer(title, words, output, lambda watch: _answered(question, luck, output.jobs, watch))


def _answered(question: Question, luck: Luck, jobs: int, watch: Watch) -> Answer:
    from sim.figures import inference as pages
    from sim.figures import inference_checks as checks
    from sim.questions import inference, robustness
    from sim.questions import verdict as verdicts

    worlds = {
        parameters: inference.lived(question, parameters, luck.worlds, luck.seed, jobs, watch.simulated)
        for parameters in inference.PARAMETERS
    }
    main = next(iter(worlds.values()))
    watch.doing("Weighing the evidence")
    findings = inference.found(question, main)
    watch.doing("Asking whether the answer survives")
    varied = robustness.table(question, worlds)
    found = verdicts.verdict(question, findings, varied)
    ahead = inference.ahead(question, main, (found.leader, found.rival))
    source = pages.source(question, luck.worlds, luck.seed)
    drawn = {
        "posterior": pages.posterior(findings.posterior, found, source),
        "evidence": pages.evidence(findings.evidence, found, source, luck.worlds),
        "robustness": pages.robustness(varied, found, source),
        "calibration": checks.calibration(findings.calibration, findings.scores, source),
        **({"information": checks.information(ahead, found, source)} if len(ahead) else {}),
    }
    tables = findings._asdict() | {"information": ahead, "robustness": varied}
    told = verdicts.sentences(question, findings, varied, ahead, found)
    return Answer(tables, drawn, told, [_by_month(findings.posterior)])


def _portable(source: str) -> str:
    """The scenario as it may stand in a command for any machine: without the folders of this one."""
    path = Path(source)
    return path.name if path.is_absolute() or ".." in path.parts else source


def _weights(prior: str | None) -> list[float] | None:
    if prior is None:
        return None
    try:
        return [float(word) for word in prior.split(",")]
    except ValueError:
        raise InputError(f"prior: must be numbers with commas between them, such as 1,1,2, got {prior!r}") from None


def _by_month(table: pd.DataFrame) -> Grid:
    """The posterior month by month."""
    from sim.questions.labels import doctrine_label
    from sim.terminal.summary import Grid

    wide = table.pivot(index="month", columns="hypothesis", values="probability")[
        list(dict.fromkeys(table["hypothesis"]))
    ]
    rows = [
        [f"{month}, prior" if place == 0 else str(month), *(f"{chance:.3f}" for chance in row)]
        for place, (month, row) in enumerate(zip(wide.index, wide.to_numpy(), strict=True))
    ]
    return Grid(["after", *map(doctrine_label, wide.columns)], rows)
