"""Chapter 5: what everyone enjoys, everyone likes to leave to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.lessons import reading
from sim.lessons.chapter import Chapter, Findings, Knob, Place, Row, Scale, Told
from sim.lessons.quick import HUNDRED
from sim.lessons.wording import SAME_SETTING, between, more
from sim.questions.labels import number
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    import xarray as xr

NONE = 0.0
HOLE, ANSWER = "2023-10", slice("2023-10", "2024-12")
"""When the hole is dug, and the months in which Europe may answer it."""
MONTHS = 25
SHUT = {"congress": {"gate_shut": -1e3}}
"""No bill ever reaches the floor."""
CENTS, MONEY = "cents", "billion euros a month"


def flowing(riding: float) -> Scenario:
    """American aid without a hole, before Europeans who count so much of what others give."""
    history = load("history").with_horizon(MONTHS).with_mechanisms(agenda_gate=False)
    return history.with_doctrine("europe", {"free_riding": riding})


def cut_by_president(scenario: Scenario) -> Scenario:
    """The hole that the president makes: another doctrine, announced."""
    return scenario.with_doctrine("us", "transactional", since=HOLE)


def cut_by_congress(scenario: Scenario) -> Scenario:
    """The hole that Congress makes: the executive keeps asking, and there is no vote."""
    starving = scenario.with_mechanisms(agenda_gate=True, discharge_petition=False).with_parameters(SHUT)
    return starving.with_doctrine("congress", {"agenda": 0.0}, since="2023-01")


def scenarios(value: float) -> dict[str, Scenario]:
    """Aid that flows and a hole: at the knob's setting and without free riding; and by whom, and without fear."""
    here, base = flowing(value), flowing(NONE)
    fearless = here.with_mechanisms(hedging=False, alarm=False)
    return {
        "base, flowing": base,
        "base": cut_by_president(base),
        "flowing": here,
        "turned": cut_by_president(here),
        "Congress": cut_by_congress(here),
        "fearless, flowing": fearless,
        "fearless": cut_by_president(fearless),
    }


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Cents that Europe adds per missing euro, and what it gives where nothing is missing."""
    money = results[["us_allocation", "europe_contribution"]].sel(month=ANSWER).mean("month", dtype=float)
    europe, america = money["europe_contribution"], money["us_allocation"]

    def both(cut: str, whole: str) -> tuple[xr.DataArray, xr.DataArray]:
        added = europe.sel(doctrine=cut) - europe.sel(doctrine=whole)
        return HUNDRED * added, america.sel(doctrine=whole) - america.sel(doctrine=cut)

    filled = {"truth": both("turned", "flowing"), "base": both("base", "base, flowing")}
    others = {"congress": both("Congress", "flowing"), "fearless": both("fearless", "fearless, flowing")}
    found = {name: reading.ratio(*pair) for name, pair in (filled | others).items()}
    return found | {
        "difference": reading.difference_of_ratios(filled["truth"], filled["base"]),
        "gives": reading.mean(europe.sel(doctrine="flowing")),
        "gives_base": reading.mean(europe.sel(doctrine="base, flowing")),
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
            f"{text} Europe asks who cut. Missing money says little about what America wants, as long as its "
            "president asks for it."
        )
    return f"{text} So who cut makes little difference here."


def _fear(found: Findings) -> str:
    fearless, usual = found["fearless"], found["truth"]
    text = (
        f"Take away Europe's fear of being left alone, and it fills {between(fearless, 0)} cents of the hole that the "
        "president makes."
    )
    return f"{text} Fear pays what free riding alone would not." if fearless.high < usual.low else text


def _rows(found: Findings) -> tuple[Row, ...]:
    return (
        Row("Filled when the president cuts", found["truth"], CENTS),
        Row("The same, nothing of others counted", found["base"], CENTS),
        Row("Filled when Congress cuts", found["congress"], CENTS),
        Row("Filled when the president cuts, without fear", found["fearless"], CENTS),
        Row("Europe gives where nothing is missing", found["gives"], MONEY, 1),
        Row("The same, nothing of others counted", found["gives_base"], MONEY, 1),
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
)
