"""Chapter 7: they do not know the same, and they cannot trust what is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.basics.labels import HUNDRED, number
from sim.scenario import Scenario, load
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import SAME_SETTING, by, more

if TYPE_CHECKING:
    import xarray as xr

ALL = 100.0
CLEAR_EYED = {"beliefs": {"optimism_ukraine": 0.0, "optimism_russia": 0.0}}
WORLDS, LEVEL = "worlds of 100", "level of 4"
STUBBORN = 10.0
"""Worlds of 100 from which "many" is a fair word."""


def with_danger(scenario: Scenario, left: float) -> Scenario:
    """The scenario with so many percent left of the danger that a peace breaks."""
    peace = scenario.parameters.peace
    less = {name: getattr(peace, name) * left / ALL for name in ("hazard", "truce_hazard")}
    return scenario.with_parameters({"peace": less})


def scenarios(value: float) -> dict[str, Scenario]:
    """The danger that a peace breaks as it is and as the knob has it, each also without illusions."""
    outlook = load("outlook")
    trusted = with_danger(outlook, value)
    return {
        "base": outlook,
        "turned": trusted,
        "knowing": outlook.with_parameters(CLEAR_EYED),
        "both": trusted.with_parameters(CLEAR_EYED),
    }


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Signatures with more trust, with more knowledge, with both; and what is written on paper."""
    signed = {name: estimates.of_worlds(results, "signed", name) for name in ("knowing", "both")}
    paper = results["settlement_guarantee"]
    return signed | {
        "truth": estimates.of_worlds(results, "signed", "turned"),
        "base": estimates.of_worlds(results, "signed", "base"),
        "difference": estimates.more_worlds(results, "signed", "turned", "base"),
        "know": estimates.more_worlds(results, "signed", "knowing", "base"),
        "level": estimates.mean(paper.sel(doctrine="turned")),
        "level_base": estimates.mean(paper.sel(doctrine="base")),
    }


def tell(value: float, found: Findings) -> Told:
    """Say what trust adds, what knowledge adds, and what neither removes."""
    why = (_knowledge(found), _paper(found), _stubborn(found))
    if value == ALL:
        return Told(SAME_SETTING, why[:1], _rows(found))
    text = (
        f"With {number(value, 0)} % of the danger left both sides sign in {number(found['truth'].mean, 1)} of 100 "
        f"worlds, as it is in {number(found['base'].mean, 1)}: {more(found['difference'], WORLDS, 1)}."
    )
    return Told(text, why, _rows(found))


def _knowledge(found: Findings) -> str:
    trust, know = found["difference"], found["know"]
    text = (
        "Now leave the danger as it is, and take away both sides' illusions about their strength instead. That "
        f"changes the worlds of 100 that sign by {by(know)}."
    )
    if trust.low > know.high:
        return f"{text} At this setting trust is scarcer than knowledge."
    if trust.high < know.low:
        return f"{text} At this setting knowledge is scarcer than trust."
    return f"{text} Luck does not let us tell which of the two is scarcer at this setting."


def _paper(found: Findings) -> str:
    level, base = found["level"].mean, found["level_base"].mean
    text = (
        f"What they sign is different too: the mean guarantee on paper is of level {number(level, 1)} of 4, where it "
        f"was {number(base, 1)}."
    )
    return f"{text} A part of what a guarantee is for is to stand in for trust." if level < base else text


def _stubborn(found: Findings) -> str:
    rest = HUNDRED - found["both"].mean
    text = f"With less danger and without illusions {number(rest, 0)} of 100 worlds still do not sign."
    return f"{text} Some wars are about what they are about." if rest > STUBBORN else text


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("Both sides sign, danger as turned", found["truth"], WORLDS),
        FindingRow("Both sides sign, as it is", found["base"], WORLDS),
        FindingRow("Both sides sign, no illusions", found["knowing"], WORLDS),
        FindingRow("Both sides sign, danger as turned and no illusions", found["both"], WORLDS),
        FindingRow("Guarantee on paper, danger as turned", found["level"], LEVEL, 1),
        FindingRow("Guarantee on paper, as it is", found["level_base"], LEVEL, 1),
    )


def given(found: Findings) -> str:
    """Signatures as it is."""
    signed = number(found["base"].mean, 0)
    return f"As it is ({ALL:g} % of the danger) both sides sign in {signed} of 100 worlds within three years."


def place(_value: float) -> Place:
    """In Explore, where trust is a matter of Washington's commitment."""
    note = (
        "Explore has no knob for the danger itself. It opens with the dial that makes a peace hold: Washington's "
        "commitment."
    )
    return Place("outlook", "us", ("transactional", "transactional:commitment=1"), note=note)


CHAPTER = Chapter(
    number=7,
    knob=Knob(
        "danger",
        "How much of the danger that a peace breaks is left",
        "At 100 % a settlement or a truce breaks as easily as the model's usual judgement says; at 0 % none ever can.",
        0.0,
        ALL,
        10.0,
        0.0,
        ALL,
        ("no peace can break", "as it is"),
        " %",
    ),
    scale=Scale("In how many worlds of 100 do both sides sign within three years?", WORLDS, 0.0, 100.0, 1.0),
    worlds=1000,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Half of the danger, is it half of the way? Go through the whole knob and look at the shape of the curve.",
        "A mediator has one month and may bring either a satellite or a battalion. Which, and why?",
    ),
)
