"""Chapter 4: constructive ambiguity has a price, and the bill comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.basics.labels import number
from sim.scenario import Scenario, load
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import SAME_SETTING, IntervalEstimate, by, more, plus

if TYPE_CHECKING:
    import xarray as xr

CLEAR = 1.0
NO_READINGS = {"constructive_ambiguity": False}
NOT_FRAGILE = {"fragility": False}
NO_WAITING = {"option_value": False}
OFF = {"": {}, ", no own readings": NO_READINGS, ", not fragile": NOT_FRAGILE, ", no waiting": NO_WAITING}
"""Mechanisms that are switched off in both runs of a pair."""
WORLDS = "worlds of 100"
SEEN = ("signed", "broken", "in_force")


def speaking(scenario: Scenario, clarity: float) -> Scenario:
    """The scenario with another clarity in Washington."""
    return scenario.with_doctrine("us", {"clarity": clarity})


def scenarios(value: float) -> dict[str, Scenario]:
    """Clear words and the knob's: as it is, and without each thing that vagueness does."""
    outlook = load("outlook").with_parameter_sets("one")
    return {
        f"{run}{end}": speaking(outlook.with_mechanisms(**off), clarity)
        for end, off in OFF.items()
        for run, clarity in {"base": CLEAR, "turned": value}.items()
    }


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Settlements signed, broken and left, and signatures without each thing that vagueness does."""
    counts = {what: estimates.of_worlds(results, what, "turned") for what in SEEN}
    clear = {f"{what}_base": estimates.of_worlds(results, what, "base") for what in SEEN}
    without = {
        name: estimates.more_worlds(results, "signed", f"turned, {end}", f"base, {end}")
        for name, end in {
            "no_readings": "no own readings",
            "no_fragility": "not fragile",
            "no_waiting": "no waiting",
        }.items()
    }
    left = estimates.more_worlds(results, "in_force", "turned", "base")
    more_signed = estimates.more_worlds(results, "signed", "turned", "base")
    return (
        counts
        | clear
        | without
        | {"truth": left, "difference": left, "base": IntervalEstimate(0.0), "more_signed": more_signed}
    )


def tell(value: float, found: Findings) -> Told:
    """Say what is left at the end, and what became of the rest."""
    if value == CLEAR:
        return Told(SAME_SETTING, (), _rows(found))
    text = (
        f"Under words of clarity {value:g} a settlement is in force at the end in {number(found['in_force'].mean, 1)} "
        f"of 100 worlds, under clear ones in {number(found['in_force_base'].mean, 1)}: "
        f"{more(found['truth'], WORLDS, 1)}."
    )
    return Told(text, (_bill(found), _foreseen(found)), _rows(found))


def _against(found: Findings, what: str) -> str:
    return f"{number(found[what].mean, 0)} against {number(found[f'{what}_base'].mean, 0)}"


def _bill(found: Findings) -> str:
    broken, clear = found["broken"].mean, found["broken_base"].mean
    ending = "The bill comes later." if broken > clear else "They do not break more often."
    return (
        f"At the table these words change the worlds of 100 that sign by {by(found['more_signed'])}: "
        f"{_against(found, 'signed')}. Afterwards settlements break in {_against(found, 'broken')}. {ending}"
    )


def _foreseen(found: Findings) -> str:
    usual, own, sturdy, patient = (
        found[name].mean for name in ("more_signed", "no_readings", "no_fragility", "no_waiting")
    )
    text = (
        f"What do the words themselves do to signing ({plus(usual, 1)})? Without own readings it would be "
        f"{plus(own, 1)}; if vague terms did not break more easily, {plus(sturdy, 1)}; if Moscow did not wait to see "
        f"how much support comes, {plus(patient, 1)}."
    )
    if own < usual < sturdy:
        return (
            f"{text} Own readings do make signing easier; but both sides foresee that such terms break, and sign less "
            "for it. Ambiguity works only on those who do not see through it."
        )
    return f"{text} At this setting the sides' foresight does not undo what own readings bring."


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    names = {"signed": "Signed", "broken": "Broken", "in_force": "In force at the end"}
    return tuple(
        FindingRow(f"{name}, {words}", found[f"{what}{end}"], WORLDS)
        for what, name in names.items()
        for words, end in {"these words": "", "clear words": "_base"}.items()
    )


def given(found: Findings) -> str:
    """What clear words sign and leave."""
    return (
        f"Under clear words (clarity 1) both sides sign in {number(found['signed_base'].mean, 0)} of 100 worlds, and "
        f"in {number(found['in_force_base'].mean, 0)} a settlement is still in force at the end of three years."
    )


def place(value: float) -> Place:
    """Clear words and the knob's in Explore."""
    note = "There each world draws its own parameters, as widely as the record allows; here all worlds share one set."
    return Place("outlook", "us", (f"transactional:clarity={CLEAR:g}", f"transactional:clarity={value:g}"), note=note)


CHAPTER = Chapter(
    number=4,
    knob=Knob(
        "clarity",
        "How clear Washington's words are",
        "The dial “clarity” of Washington's doctrine; all its other dials stay transactional. Compared with clear "
        "words, 1.",
        0.0,
        1.0,
        0.1,
        0.0,
        CLEAR,
        ("vague: everybody keeps guessing", "clear: no doubt about the terms"),
    ),
    scale=Scale(
        "How many more worlds of 100 have a settlement in force at the end than under clear words?",
        WORLDS,
        -30.0,
        30.0,
        1.0,
    ),
    worlds=1000,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Go through the whole dial. Is the best setting at one of its ends, or somewhere in between?",
        "When would you advise a mediator to be vague all the same?",
    ),
)
