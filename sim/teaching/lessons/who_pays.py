"""Chapter 5: what everyone enjoys, everyone likes to leave to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.basics.labels import HUNDRED, number
from sim.scenario import Scenario, load
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import SAME_SETTING, IntervalEstimate, between, more

if TYPE_CHECKING:
    import xarray as xr

NONE = 0.0
HOLE, ANSWER = "2023-10", slice("2023-10", "2024-12")
"""When the hole is dug, and the months in which Europe may answer it."""
MONTHS = 25
FEARLESS = {"hedging": False, "alarm": False}
SHUT = {"congress": {"gate_shut": -1e3}}
"""No bill ever reaches the floor."""
UNHEARD = {"signals": False, "sanctions_acts": False}
UNSEEN = {"reading": {"intelligence_seen": 3.0}, "bureaucracy": {"upkeep_turn": 0.0}}
"""Words and calls say nothing of a doctrine, nor do sanctions; sharing is seen so badly that it tells nothing."""
CENTS, MONEY = "cents", "billion euros a month"


def two_years() -> Scenario:
    """The scenario from before the hole until it is filled or not."""
    return load("history").with_horizon(MONTHS)


def holes(scenario: Scenario) -> dict[str, Scenario]:
    """No hole; one that Congress makes, which does not vote; one that the president makes by another doctrine."""
    flowing = scenario.with_mechanisms(agenda_gate=False)
    starving = scenario.with_mechanisms(agenda_gate=True, discharge_petition=False).with_parameters(SHUT)
    return {
        "none": flowing,
        "Congress": starving.with_doctrine("congress", {"agenda": 0.0}, since="2023-01"),
        "president": flowing.with_doctrine("us", "transactional", since=HOLE),
    }


def money_alone(scenario: Scenario) -> Scenario:
    """The scenario in which nothing but money says what Washington wants."""
    return scenario.with_mechanisms(**UNHEARD).with_parameters(UNSEEN)


def scenarios(value: float) -> dict[str, Scenario]:
    """Aid that flows and a hole: at the knob's setting and without free riding; and by whom, and without fear."""
    here, base = (two_years().with_doctrine("europe", {"free_riding": riding}) for riding in (value, NONE))
    usual, free, fearless = holes(here), holes(base), holes(here.with_mechanisms(**FEARLESS))
    return {
        "base, flowing": free["none"],
        "base": free["president"],
        "flowing": usual["none"],
        "turned": usual["president"],
        "Congress": usual["Congress"],
        "fearless, flowing": fearless["none"],
        "fearless": fearless["president"],
    }


def added_and_missing(results: xr.Dataset, cut: str, whole: str) -> estimates.Pair:
    """Cents that Europe adds, and euros that America withholds, a month and world."""
    money = results[["us_allocation", "europe_contribution"]].sel(month=ANSWER).mean("month", dtype=float)
    europe, america = money["europe_contribution"], money["us_allocation"]
    added = europe.sel(doctrine=cut) - europe.sel(doctrine=whole)
    return HUNDRED * added, america.sel(doctrine=whole) - america.sel(doctrine=cut)


def cents_added(results: xr.Dataset, cut: str, whole: str = "none") -> IntervalEstimate:
    """Cents that Europe adds for each euro that America withholds."""
    return estimates.ratio(*added_and_missing(results, cut, whole))


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Cents that Europe adds per missing euro, and what it gives where nothing is missing."""
    europe = results["europe_contribution"].sel(month=ANSWER).mean("month", dtype=float)
    turned, base = ("turned", "flowing"), ("base", "base, flowing")
    return {
        "truth": cents_added(results, *turned),
        "base": cents_added(results, *base),
        "congress": cents_added(results, "Congress", "flowing"),
        "fearless": cents_added(results, "fearless", "fearless, flowing"),
        "difference": estimates.difference_of_ratios(
            added_and_missing(results, *turned), added_and_missing(results, *base)
        ),
        "gives": estimates.mean(europe.sel(doctrine="flowing")),
        "gives_base": estimates.mean(europe.sel(doctrine="base, flowing")),
    }


def tell(value: float, found: Findings) -> Told:
    """Say how much of the hole is filled, by whom it was made, and what fear adds."""
    why = (_less(value, found), _who(found), _fear(found))
    if value == NONE:
        return Told(SAME_SETTING, why[1:], _rows(found))
    text = (
        f"If Europeans count {number(HUNDRED * value, 0)} % of what others give as their own, they fill "
        f"{between(found['truth'], 0)} cents of every euro that the president withholds, instead of "
        f"{number(found['base'].mean, 0)}: {more(found['difference'], CENTS)}."
    )
    return Told(text, why, _rows(found))


def _less(value: float, found: Findings) -> str:
    gives, base = found["gives"].mean, found["gives_base"].mean
    text = (
        f"Where nothing is missing such a Europe gives {number(gives, 1)} {MONEY}; one that counts nothing of what "
        f"others give, {number(base, 1)}."
    )
    if gives < base and found["difference"].mean > 0.0:
        return (
            f"{text} Free riders give less in all. But who leans on the others notices more when one of them stops. "
            "That is crowding out, read backwards."
        )
    return f"{text} Here leaning on others and filling their hole do not go the way of the textbook."


def _who(found: Findings) -> str:
    congress, president = found["congress"], found["truth"]
    text = (
        "Is a hole a hole? If it is Congress that does not vote, while the executive keeps asking, the same Europe "
        f"fills {between(congress, 0)} cents."
    )
    if congress.high < president.low:
        return (
            f"{text} Europe asks who cut, and hears what else is said. Missing money says little about what America "
            "wants, as long as its president asks for it."
        )
    return f"{text} So who cut makes little difference here."


def _fear(found: Findings) -> str:
    fearless, usual = found["fearless"], found["truth"]
    text = (
        f"Take away Europe's fear of being left alone, and it fills {between(fearless, 0)} cents of the hole that the "
        "president makes."
    )
    return f"{text} Fear pays what free riding alone would not." if fearless.high < usual.low else text


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("Filled when the president cuts", found["truth"], CENTS),
        FindingRow("The same, nothing of others counted", found["base"], CENTS),
        FindingRow("Filled when Congress cuts", found["congress"], CENTS),
        FindingRow("Filled when the president cuts, without fear", found["fearless"], CENTS),
        FindingRow("Europe gives where nothing is missing", found["gives"], MONEY, 1),
        FindingRow("The same, nothing of others counted", found["gives_base"], MONEY, 1),
    )


def given(found: Findings) -> str:
    """What is filled without free riding."""
    return (
        f"A Europe that counts nothing of what others give (knob at 0) adds {number(found['base'].mean, 0)} cents for "
        "every euro that the president withholds. Where nothing is missing it gives "
        f"{number(found['gives_base'].mean, 1)} {MONEY}."
    )


def place(value: float) -> Place:
    """Europe with and without free riding in Explore."""
    note = "There the executive changes in January 2025, as it did. Look at what Europe gives before and after."
    return Place("history", "europe", (f"hedger:free_riding={NONE:g}", f"hedger:free_riding={value:g}"), note=note)


CHAPTER = Chapter(
    number=5,
    knob=Knob(
        "free_riding",
        "How far Europeans count what others give as their own",
        "The dial “free_riding” of Europe's doctrine. Compared with a Europe that counts nothing of it, 0.",
        0.0,
        1.0,
        0.1,
        1.0,
        NONE,
        ("nothing of it", "all of it: pure free riders"),
    ),
    scale=Scale(
        "How many cents does Europe add for every euro that the president withholds?", CENTS, -50.0, 150.0, 5.0
    ),
    worlds=400,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        (
            "Go through the whole dial. Watch two curves in your mind: what Europe gives in all, and how it answers a "
            "hole."
        ),
        (
            "If you were a president who wanted Europe to pay more, would you prefer a hole of your own or one of "
            "Congress?"
        ),
    ),
)
