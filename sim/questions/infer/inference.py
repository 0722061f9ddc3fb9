"""Which doctrine does the observed record look like? The question of `doctrine infer`.

The simulator is run under every hypothesis; its months and those of the record are coded alike and summed up
(`conduct`), and judged (`classifier`). Around that stand the checks that decide what the odds are worth: reliability,
other codings, other parameters, another method, and whether any hypothesis makes such a record at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.basics.arrays import Array, Mask
from sim.basics.limits import InputError
from sim.basics.months import month_after
from sim.ensemble import Ensemble, survey
from sim.ensemble.study import comparison
from sim.questions.infer import classifier, conduct, evidence
from sim.questions.infer.classifier import gaussians, regress, weighed
from sim.questions.infer.conduct import Coded, Rules, summarised
from sim.scenario import Scenario
from sim.scenario.tables import ParameterSource

AHEAD = 12
"""Months after the record over which what would tell most is looked for, where the scenario goes on."""
ENOUGH_TO_LEARN = 50
"""Worlds under which a half of them teaches nothing."""
FEWEST = 2
MOST_UNEVEN = 1_000_000
"""How many times another a prior weight may be: odds beyond that say that nothing could convince."""
UNSEEN_FROM = "2025-01"
"""First month of which the parameters that the answer rests on have seen nothing."""
HYPOTHESES = ("architectural", "transactional", "aligned")
PARAMETERS: dict[ParameterSource, str] = {
    "posterior_2024": "parameters fitted to the record up to 2024",
    "one": "default parameters",
    "posterior": "parameters fitted to the whole record, 2025 too",
}
"""Sources of the parameters, the first the one that the answer rests on."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes
    ----------
    scenarios : dict of str to Scenario
        By hypothesis.
    months : list of str
        The month of the change, which only opens the record, the months of evidence, and those that come after.
    evidence : int
        How many of them are evidence.
    prior : array (hypotheses,)
        Prior probabilities.
    """

    scenarios: dict[str, Scenario]
    months: list[str]
    evidence: int
    prior: Array

    @property
    def hypotheses(self) -> list[str]:
        """Their labels."""
        return list(self.scenarios)

    @property
    def observed(self) -> list[str]:
        """The month of the change and the months of evidence."""
        return self.months[: self.evidence + 1]


class InferenceTables(NamedTuple):
    """The tables of an answer; see `docs/questions/infer.md`."""

    posterior: pd.DataFrame
    evidence: pd.DataFrame
    calibration: pd.DataFrame
    scores: pd.DataFrame
    check: pd.DataFrame


def posed(
    source: Any,
    hypotheses: Sequence[str] = HYPOTHESES,
    since: str | None = None,
    prior: Sequence[float] | None = None,
) -> Question:
    """Make a question of what a user names.

    Parameters
    ----------
    source
        A scenario, the path of its file, or the name of a shipped one.
    hypotheses : sequence of str
        American doctrines, as in `sim.ensemble.study.comparison`; two or more.
    since : str, optional
        First month in which they are in force; the month of Washington's last change if None.
    prior : sequence of float, optional
        Prior weights in the order of the hypotheses; equal if None.

    Raises
    ------
    InputError, ScenarioError
        If there are fewer than two hypotheses, or the scenario does not span the record, or a weight is none.
    """
    if len(hypotheses) < FEWEST:
        raise InputError("infer: name at least two doctrines; one alone has nothing to be held against")
    study = comparison(source, hypotheses, since=since)
    start = since or study.base.us[-1].since
    months, count = _months(study.base, start)
    last = study.base.calendar.index(months[-1]) + 1
    short = {label: scenario.with_horizon(last) for label, scenario in study.scenarios.items()}
    return Question(short, months, count, _prior(prior, len(short)))


def _months(base: Scenario, start: str) -> tuple[list[str], int]:
    """The month of the change and those after it, and how many of these the record covers."""
    known, calendar = [month for month in conduct.covered() if month >= UNSEEN_FROM], base.calendar
    possible = [month for month in known[:-FEWEST] if month in calendar[1:]]
    if start not in possible or known[-1] not in calendar:
        record = f"the record of conduct, {known[0]} to {known[-1]}"
        if not possible or known[-1] not in calendar:
            raise InputError(
                f"infer: {base.name} runs from {calendar[0]} to {calendar[-1]} and cannot be held against {record}: it "
                f"must begin before {known[-FEWEST - 1]} and reach {known[-1]}"
            )
        raise InputError(
            f"since: the doctrines must come into force after the first month of {base.name} and while {record}, has "
            f"two months left: from {possible[0]} to {possible[-1]}; got {start}"
        )
    first, last = calendar.index(start), calendar.index(known[-1])
    return calendar[first : last + 1 + AHEAD], last - first


def _prior(weights: Sequence[float] | None, count: int) -> Array:
    found = np.ones(count) if weights is None else np.asarray(weights, dtype=float)
    if found.shape != (count,) or not (np.isfinite(found) & (found > 0.0)).all():
        raise InputError(
            f"prior: must be {count} numbers above 0, one a doctrine, got {', '.join(map(str, weights or ()))}"
        )
    if found.max() / MOST_UNEVEN > found.min():
        raise InputError(
            f"prior: no number may be more than {MOST_UNEVEN:,} times another: what is as good as ruled out, leave out"
        )
    return np.asarray(found / found.sum())


# ---- simulated worlds


class SimulatedRecords(NamedTuple):
    """Monthly paths of every hypothesis, (hypotheses, worlds, months), from the month before the change on."""

    paths: Mapping[str, Array]
    seed: int

    def coded(self, rules: Rules, reading: Mapping[str, str] | None = None) -> dict[str, Array]:
        """As somebody codes them who errs and reads so; from the month of the change on."""
        return conduct.misread(conduct.coded(self.paths, rules, reading), rules.error, self.seed)


def check_enough_to_learn(worlds: int) -> None:
    """Ask for enough worlds to learn from.

    Raises
    ------
    InputError
        If there are fewer than `ENOUGH_TO_LEARN`.
    """
    if worlds < ENOUGH_TO_LEARN:
        raise InputError(f"worlds: must be at least {ENOUGH_TO_LEARN} to learn from, got {worlds}")


def simulated(question: Question, parameters: ParameterSource, ensemble: Ensemble) -> SimulatedRecords:
    """Run every hypothesis in the same worlds, with parameters from one of `PARAMETERS`.

    Raises
    ------
    InputError
        If there are too few worlds to learn from.
    """
    check_enough_to_learn(ensemble.worlds)
    scenarios = {label: scenario.with_parameter_sets(parameters) for label, scenario in question.scenarios.items()}
    first = month_after(question.months[0], -1)
    read = partial(_kept, first=first)
    found = survey(scenarios, read, ensemble, conduct.NEEDED)
    return SimulatedRecords(
        {n: found[n].transpose("doctrine", "world", "month").to_numpy() for n in conduct.NEEDED}, ensemble.seed
    )


def _kept(dataset: xr.Dataset, first: str) -> xr.Dataset:
    return dataset.sel(month=slice(first, None))


# ---- the answer


def findings(question: Question, main: SimulatedRecords) -> InferenceTables:
    """What the simulated worlds say of the record; whether it survives is asked in `sim.questions.infer.robustness`."""
    coded, record = main.coded(Rules()), conduct.recorded(question.observed)
    stop = question.evidence + 1
    summaries, seen = summarised(coded, 1, stop), summarised(record)
    names = question.hypotheses
    over_time = posterior(coded, record, question, main.seed)
    judged = {"regression": classifier.held_out(summaries), "Gaussian": classifier.held_out(summaries, gaussians)}
    own = [f"given to {name} in its own worlds" for name in names]
    return InferenceTables(
        posterior=over_time,
        evidence=evidence.weight_table(evidence.weigh(summaries, seen), names),
        calibration=pd.concat(
            [classifier.calibration_table(log).assign(method=method) for method, log in judged.items()],
            ignore_index=True,
        ),
        scores=pd.DataFrame(
            {"method": method, **classifier.scores(log)._asdict()}
            | dict(zip(own, np.diag(classifier.recovery(log)), strict=True))
            for method, log in judged.items()
        ),
        check=evidence.check(summaries, seen, names),
    )


def posterior(coded: Coded, record: Coded, question: Question, seed: int) -> pd.DataFrame:
    """Posterior after each month: evidence up to and with it.

    Returns
    -------
    pandas.DataFrame
        `month, hypothesis, probability, low, high`. The row before the first month of evidence is the prior. `low` and
        `high`, of the last month only, are the range over resampled worlds: the error of the simulation.
    """
    rows = [_told(question.months[0], question, question.prior)]
    for stop in range(2, question.evidence + 2):
        fitted = regress(summarised(coded, 1, stop))
        chances = weighed(fitted.log_odds(summarised(record, 1, stop)), question.prior)
        rows.append(_told(question.months[stop - 1], question, chances))
    summaries = summarised(coded, 1, question.evidence + 1)
    again = weighed(evidence.resampled(summaries, summarised(record), seed), question.prior)
    rows[-1] = [
        {**row, "low": low, "high": high} for row, low, high in zip(rows[-1], again.min(0), again.max(0), strict=True)
    ]
    return pd.DataFrame([row for month in rows for row in month])


def _told(month: str, question: Question, chances: Array) -> list[dict[str, Any]]:
    return [
        {"month": month, "hypothesis": name, "probability": float(chance)}
        for name, chance in zip(question.hypotheses, chances, strict=True)
    ]


def ahead(question: Question, main: SimulatedRecords, pair: tuple[str, str]) -> pd.DataFrame:
    """What would tell most in the months after the record; empty if the scenario has none.

    Parameters
    ----------
    question : Question
        What is asked.
    main : SimulatedRecords
        Simulated worlds.
    pair : tuple of str
        Two hypotheses that are to be told apart.
    """
    coded, stop = main.coded(Rules()), question.evidence + 1
    if len(question.months) <= stop:
        return pd.DataFrame(columns=list(evidence.INFORMATION))
    fitted = regress(summarised(coded, 1, stop))
    now = weighed(fitted.log_odds(summarised(conduct.recorded(question.observed))), question.prior)
    at_war: Mask = coded["settled"][..., stop - 1] == 0.0
    two = [question.hypotheses.index(name) for name in pair]
    return evidence.information_table(summarised(coded, stop), now, at_war, two)
