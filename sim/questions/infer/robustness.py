"""Does the answer of `doctrine infer` survive? The posterior with one thing at a time done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.arrays import Array
from sim.basics.labels import lower
from sim.questions.infer import conduct, evidence
from sim.questions.infer.classifier import gaussians, regress, weighed
from sim.questions.infer.conduct import OBSERVABLES, SUMMARIES, Rules, summarised, without
from sim.questions.infer.inference import PARAMETERS, Question, SimulatedRecords
from sim.scenario.spelling import doctrine_label
from sim.scenario.tables import ParameterSource

FACTORS = {"half": 0.5, "twice": 2.0}
"""What the thresholds of the coding are multiplied with."""
ERRORS = (0.01, 0.15)
"""Other chances that an item is misread."""
WAYS = {"lowest": "lower", "highest": "higher"}
SANCTIONS = "sanctions"
"""The observable that simulated months are read for in the same way as the record."""
BASE, CODING, BOUND, LEFT_OUT = "as it is", "coding", "bound", "left out"
RULES, SOURCE, METHOD = "rules", "parameters", "method"


class Variation(NamedTuple):
    """One thing done otherwise: of which group, and what.

    Attributes
    ----------
    reading : mapping of str to str, optional
        How contestable months are read; see `sim.questions.infer.conduct.recorded`.
    left_out : str
        An observable that does not count, nor anything that is made of it.
    rival : bool
        Whether the Gaussian judges instead of the regression.
    """

    group: str
    label: str
    parameters: ParameterSource
    rules: Rules = Rules()
    reading: Mapping[str, str] | None = None
    left_out: str = ""
    rival: bool = False


def variations(
    question: Question, parameters: Sequence[ParameterSource], favourable: Mapping[str, Mapping[str, str]]
) -> Iterator[Variation]:
    """The answer as it is, and everything that could be done otherwise, one thing at a time.

    Parameters
    ----------
    question : Question
        What is asked.
    parameters : sequence of str
        Sources of the parameters, the main one first.
    favourable : mapping of str to mapping
        By hypothesis, the reading that speaks most for it.
    """
    main = parameters[0]
    yield Variation(BASE, "as it is", main)
    for name in conduct.contested(question.observed[1:]):
        for way, word in WAYS.items():
            label = f"{lower(OBSERVABLES[name].short)}, contestable months read {word}"
            yield Variation(CODING, label, main, reading={name: way})
    every = dict.fromkeys(OBSERVABLES, conduct.UPKEEP)
    yield Variation(CODING, "what was kept up instead of formal acts", main, reading=every)
    for name, reading in favourable.items():
        yield Variation(BOUND, f"every contestable month read for {doctrine_label(name)}", main, reading=reading)
    for name, observable in OBSERVABLES.items():
        yield Variation(LEFT_OUT, f"without {lower(observable.short)}", main, left_out=name)
    for word, factor in FACTORS.items():
        yield Variation(RULES, f"thresholds {word} as large", main, Rules().stretched(factor))
    for error in ERRORS:
        yield Variation(RULES, f"misread with a chance of {error:g}", main, Rules(error=error))
    for source in parameters[1:]:
        yield Variation(SOURCE, PARAMETERS[source], source)
    yield Variation(METHOD, "Gaussian synthetic likelihood", main, rival=True)


def table(question: Question, worlds: Mapping[ParameterSource, SimulatedRecords]) -> pd.DataFrame:
    """The posterior under every variation.

    Parameters
    ----------
    question : Question
        What is asked.
    worlds : mapping of str to SimulatedRecords
        By source of the parameters, the main one first.

    Returns
    -------
    pandas.DataFrame
        `group, variation, leader, typical`, and a column a hypothesis with its probability. `typical` is the share of
        the leader's worlds at least as far out as the record.
    """

    @cache
    def summaries(parameters: ParameterSource, rules: Rules, way: str) -> Array:
        return summarised(worlds[parameters].coded(rules, {SANCTIONS: way}), 1, question.evidence + 1)

    main = next(iter(worlds))
    favourable = _favourable(question, partial(summaries, main, Rules()))
    every = variations(question, list(worlds), favourable)
    return pd.DataFrame([_row(one, question, summaries(one.parameters, one.rules, _way(one.reading))) for one in every])


def _way(reading: Mapping[str, str] | None) -> str:
    """How sanctions are read, in the record and in simulated months alike."""
    return (reading or {}).get(SANCTIONS, conduct.FORMAL)


def _favourable(question: Question, summaries: Callable[[str], Array]) -> dict[str, Mapping[str, str]]:
    """The reading of all contestable months that gives each hypothesis most: how far coding alone can push."""
    months = question.observed
    names = conduct.contested(months[1:])
    ways = {way: conduct.recorded(months, dict.fromkeys(names, way)) for way in (conduct.FORMAL, conduct.UPKEEP, *WAYS)}
    readings = [dict(zip(names, chosen, strict=True)) for chosen in product(ways, repeat=len(names))]
    seen = {
        name: np.stack([ways[reading.get(name, conduct.FORMAL)][name] for reading in readings]) for name in OBSERVABLES
    }
    summed, how = summarised(seen), np.array([_way(reading) for reading in readings])
    odds = np.empty((len(readings), len(question.hypotheses)))
    for way in dict.fromkeys(how):
        odds[how == way] = regress(summaries(way)).log_odds(summed[how == way])
    return {name: readings[place] for name, place in zip(question.hypotheses, odds.argmax(axis=0), strict=True)}


def _row(one: Variation, question: Question, summaries: Array) -> dict[str, object]:
    chosen = without(one.left_out) if one.left_out else list(range(len(SUMMARIES)))
    summaries = summaries[..., chosen]
    seen = summarised(conduct.recorded(question.observed, one.reading))[chosen]
    fitted = gaussians(summaries) if one.rival else regress(summaries)
    chances = weighed(fitted.log_odds(seen), question.prior)
    leader = int(np.argmax(chances))
    return {
        "group": one.group,
        "variation": one.label,
        "leader": question.hypotheses[leader],
        "typical": evidence.typical(summaries, seen, leader),
        **dict(zip(question.hypotheses, chances.tolist(), strict=True)),
    }
