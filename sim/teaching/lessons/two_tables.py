"""Chapter 6: at home it matters less how many are in favour than who decides what is voted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sim.basics.labels import HUNDRED, number
from sim.scenario import Scenario, load
from sim.scenario.doctrine import CongressDoctrine
from sim.scenario.presets import CONGRESS
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import SAME_SETTING, IntervalEstimate, by, more

if TYPE_CHECKING:
    import xarray as xr

SESSION = "118th"
SITTING = cast(CongressDoctrine, CONGRESS[SESSION].doctrine)
AS_IT_WAS = SITTING.agenda
MONTHS, FRIENDS = 24, 60
WAITING, VOTES = "months of 24", "votes"
SURE_TO_PASS = 90.0
"""Percent from which a vote is a formality."""


def keeps_asking() -> Scenario:
    """An executive that keeps asking for aid."""
    return load("history").with_doctrine("us", "architectural", since="2025-01")


def sitting(scenario: Scenario, agenda: float = AS_IT_WAS, more_friends: int = 0) -> Scenario:
    """The Congress of 2023-24 from the first month to the last, with so many more of those who always vote for aid."""
    house = dict(SITTING.house)
    for faction in ("isolationist", "leverage"):
        leaving = min(more_friends, house[faction])
        house[faction] -= leaving
        house["order_majority"] += leaving
        more_friends -= leaving
    dials = {"preset": SESSION, "house": house, "agenda": agenda}
    return scenario.with_doctrine("congress", dials, since=scenario.start)


def scenarios(value: float) -> dict[str, Scenario]:
    """The gate as it was and as the knob has it; and sixty more friends behind the gate as it was."""
    asking = keeps_asking().with_horizon(MONTHS)
    return {"base": sitting(asking), "turned": sitting(asking, value), "friends": sitting(asking, more_friends=FRIENDS)}


def months_of_waiting(results: xr.Dataset) -> xr.DataArray:
    """In how many of the first two years' months a bill waits, in each world."""
    return results["bill_pending"].isel(month=slice(MONTHS)).sum("month", dtype=float)


def ayes_and_passes(results: xr.Dataset, label: str) -> tuple[IntervalEstimate, IntervalEstimate]:
    """Ayes in the House for a bill that reaches the floor, and percent of those bills that pass."""
    under = results.sel(doctrine=label)
    voted = under["house_ayes"].notnull()
    ayes, passed = under["house_ayes"].fillna(0.0), under["bill_passed"].astype(bool) & voted
    votes = voted.sum("month")
    return estimates.ratio(ayes.sum("month"), votes), estimates.ratio(HUNDRED * passed.sum("month"), votes)


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """Months of waiting, and what happens to bills that reach the floor."""
    waits = months_of_waiting(results)
    ayes, passes = ayes_and_passes(results, "turned")
    return {
        "truth": estimates.mean(waits.sel(doctrine="turned")),
        "base": estimates.mean(waits.sel(doctrine="base")),
        "difference": estimates.paired(waits),
        "friends": estimates.mean(waits.sel(doctrine="friends")),
        "friends_add": estimates.paired(waits, "friends", "base"),
        "ayes": ayes,
        "passes": passes,
    }


def tell(value: float, found: Findings) -> Told:
    """Say how long bills wait, and whether votes or the gate shorten it."""
    why = (_vote(found), _friends(value, found))
    if value == AS_IT_WAS:
        return Told(SAME_SETTING, why[:1], _rows(found))
    text = (
        f"With the gate at {value:g} a bill waits in {number(found['truth'].mean, 1)} of {MONTHS} months, with the "
        f"gate as it was in {number(found['base'].mean, 1)}: {more(found['difference'], 'months', 1)}."
    )
    return Told(text, why, _rows(found))


def _vote(found: Findings) -> str:
    passes = found["passes"].mean
    text = (
        f"{number(passes, 0)} % of the bills that reach the floor pass, with {number(found['ayes'].mean, 0)} ayes in "
        "the House on average."
    )
    if passes > SURE_TO_PASS:
        return f"{text} The vote that everybody watches decides nothing; whether there is a vote decides."
    return f"{text} So the vote itself is a hurdle too."


def _friends(value: float, found: Findings) -> str:
    friends, gate = found["friends_add"].mean, found["difference"].mean
    text = (
        f"Leave the gate as it was, and give the House {FRIENDS} more members who always vote for aid: a bill waits "
        f"in {number(found['friends'].mean, 1)} months, a change by {by(found['friends_add'], 1)}."
    )
    if gate < friends:
        return f"{text} The gate at {value:g} does more than they do."
    return f"{text} The gate at {value:g} does not do as much."


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("A bill waits, gate as turned", found["truth"], WAITING, 1),
        FindingRow("A bill waits, gate as it was", found["base"], WAITING, 1),
        FindingRow(f"A bill waits, {FRIENDS} more friends, gate as it was", found["friends"], WAITING, 1),
        FindingRow("Bills on the floor that pass", found["passes"], "%"),
        FindingRow("Ayes in the House", found["ayes"], VOTES),
    )


def given(found: Findings) -> str:
    """How long bills waited as it was."""
    return (
        f"As it was (gate at {AS_IT_WAS:g}) a bill of aid waits in {number(found['base'].mean, 1)} of the {MONTHS} "
        "months, on average over the worlds."
    )


def place(value: float) -> Place:
    """The two gates in Explore."""
    gates = f"{SESSION}:agenda={AS_IT_WAS:g}", f"{SESSION}:agenda={value:g}"
    note = "There the same Congress sits for all five years."
    return Place("history", "congress", gates, load("history").start, us="architectural", note=note)


CHAPTER = Chapter(
    number=6,
    knob=Knob(
        "agenda",
        "How open the leaders' gate is",
        f"The dial “agenda” of Congress. In 2023-24 it stood at {AS_IT_WAS:g}; that is what the knob is compared with.",
        0.0,
        1.0,
        0.125,
        AS_IT_WAS + (1.0 - AS_IT_WAS) / 2.0,
        AS_IT_WAS,
        ("shut: hardly any bill comes up", "open: most come up at once"),
    ),
    scale=Scale("In how many of the 24 months does a bill of aid wait?", WAITING, 0.0, 12.0, 0.5, 1),
    worlds=500,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Shut the gate altogether. Why do bills not wait for all 24 months even then?",
        "If votes are only held when they are won, what does a list of roll calls not tell?",
    ),
)
