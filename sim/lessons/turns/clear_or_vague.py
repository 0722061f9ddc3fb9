"""Chapter 4: constructive ambiguity has a price, and the bill comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.lessons import reading
from sim.lessons.chapter import Chapter, Estimate, Findings, Knob, Place, Row, Scale, Told
from sim.lessons.wording import SAME_SETTING, by, more, plus
from sim.questions.labels import number
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    import xarray as xr

CLEAR = 1.0
OFF = {
    "": {},
    ", no own readings": {"constructive_ambiguity": False},
    ", not fragile": {"fragility": False},
    ", no waiting": {"option_value": False},
}
"""Mechanisms that are switched off in both runs of a pair."""
WORLDS = "worlds of 100"
SEEN = ("signed", "broken", "in_force")


def scenarios(value: float) -> dict[str, Scenario]:
    """Clear words and the knob's: as it is, and without each thing that vagueness does."""
    outlook = load("outlook").with_parameter_sets("one")
    return {
        f"{run}{end}": outlook.with_mechanisms(**off).with_doctrine("us", {"clarity": clarity})
        for end, off in OFF.items()
        for run, clarity in {"base": CLEAR, "turned": value}.items()
    }


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Settlements signed, broken and left, and signatures without each thing that vagueness does."""
    counts = {what: reading.of_worlds(results, what, "turned") for what in SEEN}
    clear = {f"{what}_base": reading.of_worlds(results, what, "base") for what in SEEN}
    without = {
        name: reading.more_worlds(results, "signed", f"turned, {end}", f"base, {end}")
        for name, end in {
            "no_readings": "no own readings",
            "no_fragility": "not fragile",
            "no_waiting": "no waiting",
        }.items()
    }
    left = reading.more_worlds(results, "in_force", "turned", "base")
    more_signed = reading.more_worlds(results, "signed", "turned", "base")
    return (
        counts
        | clear
        | without
        | {"truth": left, "difference": left, "base": Estimate(0.0), "more_signed": more_signed}
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


def _rows(found: Findings) -> tuple[Row, ...]:
    names = {"signed": "Signed", "broken": "Broken again", "in_force": "In force at the end"}
    return tuple(
        Row(f"{name}, {words}", found[f"{what}{end}"], WORLDS)
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
    worlds=1500,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
)
