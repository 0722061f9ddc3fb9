"""Chapter 1: what followed a change of doctrine is not what the change did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sim import record
from sim.lessons import reading
from sim.lessons.chapter import Chapter, Estimate, Findings, Knob, Place, Row, Scale, Told
from sim.lessons.quick import HUNDRED
from sim.lessons.wording import most, plus
from sim.presets import UNITED_STATES
from sim.questions.labels import doctrine_label, number
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    import xarray as xr

BEFORE, CHANGE = "architectural", "2025-01"
DOCTRINES = tuple(name for name in UNITED_STATES if name != BEFORE)
DEFAULT = "transactional"
POINTS = "points of Ukraine's territory"
SWITCHES: dict[str, dict[str, bool]] = {
    "": {},
    ", no talks": {"talks": False},
    ", no talks, no fear": {"talks": False, "hedging": False, "alarm": False},
}
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


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """The doctrine's share in the land that Russia holds at the end, and what else differs."""
    land = HUNDRED * results["russian_held_share"]
    end, after = land.isel(month=-1), results.sel(month=slice(CHANGE, None))
    gain = end - land.sel(month=CHANGE).squeeze("month")
    found = {
        "truth": reading.paired(end),
        "base": Estimate(0.0),
        "start": reading.mean(land.sel(doctrine="turned", month=CHANGE)),
        "gain": reading.mean(gain.sel(doctrine="turned")),
        "gain_base": reading.mean(gain.sel(doctrine="base")),
        "america": reading.paired(after["us_allocation"].sum("month")),
        "europe": reading.paired(after["europe_contribution"].sum("month")),
        "signed": reading.of_worlds(results, "signed", "turned"),
        "signed_base": reading.of_worlds(results, "signed", "base"),
        "no_talks": reading.paired(end, "turned, no talks", "base, no talks"),
        "no_fear": reading.paired(end, "turned, no talks, no fear", "base, no talks, no fear"),
    }
    return found | {"difference": found["truth"]}


def tell(value: float, found: Findings) -> Told:
    """Say what the doctrine did, and what hides it."""
    name, effect = doctrine_label(DOCTRINES[int(value)]), found["truth"]
    gain, other = found["gain"].mean, found["gain_base"].mean
    luck = f"give or take {number(effect.about, 2)}"
    if effect.sure:
        size, less = number(abs(effect.mean), 2), "more" if effect.mean > 0.0 else "less"
        did = f"Russia ends with {size} points {less} land ({luck})"
    else:
        did = f"Russia's land at the end does not differ beyond luck ({plus(effect.mean, 2)}, {luck})"
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
        f"{number(found['signed_base'].mean, 0)}, and where one is in force the front stands still."
    )


def _hidden(found: Findings) -> str:
    effect, silent, fearless = (found[name] for name in ("truth", "no_talks", "no_fear"))
    text = (
        "Switch the talks off in both runs, so that no settlement stops the front: the doctrine now makes "
        f"{plus(silent.mean, 2)} points. Switch off Europe's fear of being left alone too: {plus(fearless.mean, 2)}."
    )
    if abs(fearless.mean) > abs(effect.mean) + fearless.about:
        return f"{text} A small difference can be a large one with others against it."
    return f"{text} Neither hides a large effect here."


def _rows(found: Findings) -> tuple[Row, ...]:
    money = "billion euros"
    return (
        Row("Land: effect of the doctrine", found["truth"], "points", 2),
        Row("The same without talks", found["no_talks"], "points", 2),
        Row("The same without talks and without Europe's fear", found["no_fear"], "points", 2),
        Row("Before and after, this doctrine", found["gain"], "points", 1),
        Row(f"Before and after, {BEFORE}", found["gain_base"], "points", 1),
        Row("American aid, difference", found["america"], money),
        Row("European aid, difference", found["europe"], money),
    )


def given(found: Findings) -> str:
    """What newspapers would say, and what the record has."""
    held = HUNDRED * record.series()["russian_held_share"].sel(month=["2025-01", "2025-08"]).to_numpy()
    start, gain = found["start"].mean, found["gain"].mean
    return (
        f"The record: Russia held {number(held[0], 1)} % of Ukraine in January 2025 and {number(held[1], 1)} % in "
        f"August. The simulator, under the {DEFAULT} doctrine and on average over its worlds: {number(start, 1)} % in "
        f"January 2025 and {number(start + gain, 1)} % in {_last_month()}. Before and after: "
        f"{plus(gain, 1)} points."
    )


def _last_month() -> str:
    return f"{date.fromisoformat(load('history').calendar[-1] + '-01'):%B %Y}"


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
)
