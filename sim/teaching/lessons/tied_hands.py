"""Chapter 2: to take away one's own choices can be a strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.basics.labels import number
from sim.scenario import Scenario, load
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import SAME_SETTING, IntervalEstimate, by, more, most

if TYPE_CHECKING:
    import xarray as xr

FREE = 0.0
KNOWN = {"reading": False}
"""Hands are tied for all to see; a secret tie is read from conduct like any other doctrine."""
NO_BELIEF, NO_THREAT = {"guarantees": False}, {"leverage": False}
"""Mechanisms that are switched off in both runs of a pair."""
WORLDS = "worlds of 100"


def hands(scenario: Scenario, commitment: float) -> Scenario:
    """The scenario with Washington bound so far, and known to be; all its other dials as they are."""
    return scenario.with_doctrine("us", {"commitment": commitment}).with_mechanisms(**KNOWN)


def scenarios(value: float) -> dict[str, Scenario]:
    """Free and bound hands: as it is, where nobody believes in guarantees, where nobody can threaten."""
    outlook = load("outlook")
    return {
        f"{run}{end}": hands(outlook.with_mechanisms(**off), commitment)
        for end, off in {"": {}, ", no belief": NO_BELIEF, ", no threat": NO_THREAT}.items()
        for run, commitment in {"base": FREE, "turned": value}.items()
    }


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Signatures that the dial adds, with and without each of its two ways."""
    signed = {
        name: estimates.more_worlds(results, "signed", f"turned{end}", f"base{end}")
        for name, end in {"truth": "", "no_belief": ", no belief", "no_threat": ", no threat"}.items()
    }
    return signed | {
        "base": IntervalEstimate(0.0),
        "difference": signed["truth"],
        "signed": estimates.of_worlds(results, "signed", "turned"),
        "signed_base": estimates.of_worlds(results, "signed", "base"),
        "kept": estimates.of_worlds(results, "in_force", "turned"),
        "kept_base": estimates.of_worlds(results, "in_force", "base"),
    }


def tell(value: float, found: Findings) -> Told:
    """Say whether commitment costs or brings deals, and by which way."""
    if value == FREE:
        return Told(SAME_SETTING, (), _rows(found))
    text = (
        f"At commitment {value:g} both sides sign in {number(found['signed'].mean, 1)} of 100 worlds, with free hands "
        f"in {number(found['signed_base'].mean, 1)}: {more(found['truth'], WORLDS, 1)}."
    )
    return Told(text, (_ways(found), _kept(found)), _rows(found))


def _ways(found: Findings) -> str:
    total, left = found["truth"].mean, found["no_belief"].mean
    text = (
        "Take each of the two ways out of both runs. Where nobody believes in guarantees, the same turn of the dial "
        f"changes the worlds that sign by {by(found['no_belief'])}. Where nobody can threaten, by "
        f"{by(found['no_threat'])}."
    )
    if not found["truth"].sure:
        return f"{text} As it is the two ways leave nothing that stands out of the luck."
    if total > 0.0:
        return f"{text} So {most(total - left, total)} of what commitment adds, it adds by being believed."
    return f"{text} So the lost threat weighs more than the promise."


def _kept(found: Findings) -> str:
    kept, base = found["kept"].mean, found["kept_base"].mean
    text = (
        f"At the end of the three years a settlement is in force in {number(kept, 0)} of 100 worlds, with free hands "
        f"in {number(base, 0)}."
    )
    if kept - base > max(found["truth"].mean, 0.0):
        return f"{text} That gap is wider than the one in signatures: what is signed also lasts longer."
    return text


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("More that sign, as it is", found["truth"], WORLDS),
        FindingRow("More that sign, nobody believes in guarantees", found["no_belief"], WORLDS),
        FindingRow("More that sign, nobody can threaten", found["no_threat"], WORLDS),
        FindingRow("In force at the end, at this commitment", found["kept"], WORLDS),
        FindingRow("In force at the end, free hands", found["kept_base"], WORLDS),
    )


def given(found: Findings) -> str:
    """Signatures with free hands."""
    signed = number(found["signed_base"].mean, 0)
    return f"With free hands (commitment {FREE:g}) both sides sign a settlement in {signed} of 100 worlds."


def place(value: float) -> Place:
    """Free and bound hands in Explore."""
    note = (
        "Explore lets everybody read Washington from what it does; here its commitment is known (switch “reading” off)."
    )
    doctrines = (f"transactional:commitment={FREE:g}", f"transactional:commitment={value:g}")
    return Place("outlook", "us", doctrines, note=note)


CHAPTER = Chapter(
    number=2,
    knob=Knob(
        "commitment",
        "How far Washington binds itself",
        "The dial “commitment” of Washington's doctrine, which all know; its other dials stay transactional. Compared "
        "with free hands, 0.",
        0.0,
        1.0,
        0.1,
        1.0,
        FREE,
        ("free hands: commitments are chips", "tied hands: no walking out"),
    ),
    scale=Scale(
        "How many more worlds of 100 see both sides sign within three years than with free hands?",
        WORLDS,
        -30.0,
        30.0,
        1.0,
    ),
    worlds=500,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Go through the whole dial. The lost threat and the promise pull against each other: does one ever win?",
        "If commitment is so useful, why does anybody keep free hands? Find what the model leaves out.",
    ),
)
