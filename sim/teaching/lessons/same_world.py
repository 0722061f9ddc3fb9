"""Chapter 1: what followed a change of doctrine is not what the change did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import record
from sim.basics.labels import HUNDRED, month_name, number
from sim.scenario import Scenario, load
from sim.scenario.presets import UNITED_STATES
from sim.scenario.spelling import doctrine_label
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import IntervalEstimate, luck, most, plus

if TYPE_CHECKING:
    import xarray as xr

BEFORE, CHANGE = "architectural", "2025-01"
DOCTRINES = tuple(name for name in UNITED_STATES if name != BEFORE)
DEFAULT = "transactional"
POINTS = "points of Ukraine's territory"
NO_TALKS = {"talks": False, "direct_talks": False}
NO_FEAR = NO_TALKS | {"hedging": False, "alarm": False}
SWITCHES: dict[str, dict[str, bool]] = {"": {}, ", no talks": NO_TALKS, ", no talks, no fear": NO_FEAR}
"""What is switched off in both runs of a pair, by what its labels end with."""


def scenarios(value: float) -> dict[str, Scenario]:
    """Both doctrines as it is, without talks, and without talks and without Europe's fear."""
    history = load("history")
    runs = {"base": BEFORE, "turned": DOCTRINES[int(value)]}
    return {
        f"{run}{end}": history.with_mechanisms(**off).with_doctrine("us", doctrine, since=CHANGE)
        for end, off in SWITCHES.items()
        for run, doctrine in runs.items()
    }


def effect_on_land(results: xr.Dataset, one: str, other: str) -> IntervalEstimate:
    """How many points of territory more Russia holds at the end under one label than, in the same worlds, the other."""
    return estimates.paired(HUNDRED * results["russian_held_share"].isel(month=-1), one, other)


def effect_on_money(results: xr.Dataset, whose: str, one: str, other: str) -> IntervalEstimate:
    """How many billion euros more somebody gives after the change under one label than under the other."""
    return estimates.paired(results[whose].sel(month=slice(CHANGE, None)).sum("month"), one, other)


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """The doctrine's share in the land that Russia holds at the end, and what else differs."""
    land = HUNDRED * results["russian_held_share"]
    gain = land.isel(month=-1) - land.sel(month=CHANGE).squeeze("month")
    found = {
        "truth": effect_on_land(results, "turned", "base"),
        "base": IntervalEstimate(0.0),
        "start": estimates.mean(land.sel(doctrine="turned", month=CHANGE)),
        "gain": estimates.mean(gain.sel(doctrine="turned")),
        "gain_base": estimates.mean(gain.sel(doctrine="base")),
        "america": effect_on_money(results, "us_allocation", "turned", "base"),
        "europe": effect_on_money(results, "europe_contribution", "turned", "base"),
        "signed": estimates.of_worlds(results, "signed", "turned"),
        "signed_base": estimates.of_worlds(results, "signed", "base"),
        "no_talks": effect_on_land(results, "turned, no talks", "base, no talks"),
        "no_fear": effect_on_land(results, "turned, no talks, no fear", "base, no talks, no fear"),
    }
    return found | {"difference": found["truth"]}


def tell(value: float, found: Findings) -> Told:
    """Say what the doctrine did, and what hides it."""
    name, effect = doctrine_label(DOCTRINES[int(value)]), found["truth"]
    gain, other = found["gain"].mean, found["gain_base"].mean
    doubt = luck(effect, 2)
    if effect.sure or not effect.has_interval:
        size, less = number(abs(effect.mean), 2), "more" if effect.mean > 0.0 else "less"
        did = f"Russia ends with {size} points {less} land ({doubt})"
    else:
        did = f"Russia's land at the end does not differ beyond luck ({plus(effect.mean, 2)}, {doubt})"
    found_text = (
        f"In the same worlds, under the {name} doctrine {did}. Before and after said {plus(gain, 1)} points; but "
        f"under the {BEFORE} doctrine the line moves by {plus(other, 1)} too. So {most(other, gain)} of the change "
        "would have come anyway."
    )
    return Told(found_text, (_others(found), _hidden(found)), _rows(found))


def _others(found: Findings) -> str:
    america, europe = found["america"].mean, found["europe"].mean
    words = [
        f"{who} gives {number(abs(money), 0)} billion euros {'more' if money > 0.0 else 'less'}"
        for who, money in (("America", america), ("Europe", europe))
    ]
    return (
        f"Look at what else differs in the very same worlds. {words[0]}, and {words[1]}, all years together. A "
        f"settlement is signed in {number(found['signed'].mean, 0)} of 100 worlds instead of "
        f"{number(found['signed_base'].mean, 0)}; it stops the front, and moves the line."
    )


def _hidden(found: Findings) -> str:
    effect, silent, fearless = (found[name] for name in ("truth", "no_talks", "no_fear"))
    text = (
        "Switch the talks off in both runs, so that no settlement stops the front or moves the line: the doctrine now "
        f"makes {plus(silent.mean, 2)} points. Switch off Europe's fear of being left alone too: "
        f"{plus(fearless.mean, 2)}."
    )
    if silent.mean < 0.0 < fearless.mean and silent.sure and fearless.sure:
        return f"{text} What fear makes Europe give turns the sign: the doctrine costs land, and this saves more."
    if abs(fearless.mean) > abs(effect.mean) + fearless.about:
        return f"{text} A small difference can be a large one with others against it."
    return f"{text} Neither hides a large effect here."


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    money = "billion euros"
    return (
        FindingRow("Land: effect of the doctrine", found["truth"], "points", 2),
        FindingRow("The same without talks", found["no_talks"], "points", 2),
        FindingRow("The same without talks and without Europe's fear", found["no_fear"], "points", 2),
        FindingRow("Before and after, this doctrine", found["gain"], "points", 1),
        FindingRow(f"Before and after, {BEFORE}", found["gain_base"], "points", 1),
        FindingRow("American aid, difference", found["america"], money),
        FindingRow("European aid, difference", found["europe"], money),
    )


def given(found: Findings) -> str:
    """What newspapers would say, and what the record has."""
    held = HUNDRED * record.series()["russian_held_share"].sel(month=[CHANGE, record.last_month()]).to_numpy()
    start, gain = found["start"].mean, found["gain"].mean
    change, last = month_name(CHANGE), month_name(record.last_month())
    return (
        f"The record: Russia held {number(held[0], 1)} % of Ukraine in {change} and {number(held[1], 1)} % in {last}. "
        f"The simulator, under the {DEFAULT} doctrine and on average over its worlds: {number(start, 1)} % in {change} "
        f"and {number(start + gain, 1)} % in {month_name(load('history').calendar[-1])}. Before and after: "
        f"{plus(gain, 1)} points."
    )


def place(value: float) -> Place:
    """Both doctrines in Explore."""
    return Place("history", "us", (BEFORE, DOCTRINES[int(value)]), CHANGE)


CHAPTER = Chapter(
    number=1,
    knob=Knob(
        "doctrine",
        "Doctrine in Washington from January 2025",
        f"In the other run of every world Washington stays with the {BEFORE} doctrine: alliances, long commitments, "
        "clear words. A name of two countries stands for how that president dealt with that country.",
        0.0,
        float(len(DOCTRINES) - 1),
        1.0,
        float(DOCTRINES.index(DEFAULT)),
        -1.0,
        choices=tuple(doctrine_label(name) for name in DOCTRINES),
        standing=BEFORE,
    ),
    scale=Scale(
        "How much more land does Russia hold at the end under this doctrine than, in the same worlds, under the "
        f"{BEFORE} one?",
        POINTS,
        -3.0,
        3.0,
        0.1,
        1,
    ),
    worlds=1000,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Turn the knob through all six doctrines. Is there one under which Russia ends with more land for sure?",
        "Which outcome would you have looked at first, land or money or signatures? Would you have stopped there?",
    ),
)
