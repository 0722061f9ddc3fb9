"""Chapter 3: leverage is what makes "no" expensive, and a deal needs two signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.labels import HUNDRED, number
from sim.ensemble import opened
from sim.scenario import Scenario, load
from sim.scenario.parameters import Parameters
from sim.teaching.lessons import estimates
from sim.teaching.lessons.chapter import Chapter, FindingRow, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import IntervalEstimate, more
from sim.theory.simulated import bare as bare_table
from sim.world.settlement import Refusal

if TYPE_CHECKING:
    import xarray as xr

NO_CUT: dict[str, float] = {"cut_depth": 0.0}
NO_SURGE: dict[str, float] = {"surge_size": 0.0, "sanctions_threat": 0.0}
NOBODY, KYIV, MOSCOW, BOTH = range(4)
THREATS: tuple[dict[str, float], ...] = (NO_CUT | NO_SURGE, NO_SURGE, NO_CUT, {})
"""What is taken from Washington's two threats, by who is left to be threatened."""
WHO = ("nobody", "only Kyiv", "only Moscow", "both")
HALF_A_YEAR = 6
FULL_SUPPORT = 1.0
WORLDS, UTILITY = "worlds of 100", "units of utility"


def threatening(who: int, **table: float) -> Scenario:
    """The scenario in which Washington threatens nobody, Kyiv, Moscow or both, with other parameters of its threats."""
    return load("outlook").with_parameters({"table": THREATS[who] | table})


def scenarios(value: float) -> dict[str, Scenario]:
    """Nobody threatened, and those that the knob says."""
    return {"base": threatening(NOBODY), "turned": threatening(int(value))}


def read(results: xr.Dataset, _value: float, worlds: int, seed: int) -> Findings:
    """Signatures, who refuses what fails, and what the threats are worth after half a year."""
    return {
        "truth": estimates.of_worlds(results, "signed", "turned"),
        "base": estimates.of_worlds(results, "signed", "base"),
        "difference": estimates.more_worlds(results, "signed", "turned", "base"),
        "refused_by_both": refused(results, "base", Refusal.BOTH),
        **_prices(worlds, seed),
    }


def refused(results: xr.Dataset, label: str, who: Refusal) -> IntervalEstimate:
    """Percent of the proposals that fail, truces among them, which fail by this refusal."""
    refusals = results["refusal"].sel(doctrine=label)
    own, failed = (refusals == who).sum("month"), (refusals != Refusal.NOBODY).sum("month")
    return estimates.ratio(HUNDRED * own, failed)


def half_a_year_in(scenario: Scenario, worlds: int, seed: int = 1) -> Any:
    """The model of these worlds after half a year."""
    model = opened(scenario, seed, 0, worlds)
    for _ in range(HALF_A_YEAR):
        model.step()
    return model


def threat_to(side: Any) -> IntervalEstimate:
    """What the threats take from a side's walking away, as it expects support now."""
    return estimates.mean(side.war_value - side.reservation)


def threat_to_kyiv(model: Any, support: float, sharing: float = 1.0) -> IntervalEstimate:
    """What the threat would take from Kyiv, had every world expected that support and that part of the intelligence."""
    kyiv, told = model.ukraine, model.bureaucracy.intelligence
    kyiv.support = np.full_like(kyiv.support, support)
    model.bureaucracy.intelligence = sharing * told
    kyiv.outlook = kyiv.expected_movement(kyiv.support, model.bureaucracy.intelligence)
    taken = estimates.mean(-sum(kyiv.threat_terms().values()))
    model.bureaucracy.intelligence = told
    return taken


def _prices(worlds: int, seed: int) -> Findings:
    """What the full threats take from either side's walking away, and what they would take had support been full."""
    model = half_a_year_in(load("outlook"), worlds, seed)
    support = estimates.mean(HUNDRED * model.ukraine.support)
    expected = float(np.mean(model.ukraine.support))
    return {
        "support": support,
        "price_moscow": threat_to(model.russia),
        "price_kyiv": threat_to_kyiv(model, expected),
        "price_full": threat_to_kyiv(model, FULL_SUPPORT),
    }


def tell(value: float, found: Findings) -> Told:
    """Say what the threat brought, what it was worth, and who else had to sign."""
    text = (
        f"With {WHO[int(value)]} threatened both sides sign in {number(found['truth'].mean, 1)} of 100 worlds, with "
        f"nobody threatened in {number(found['base'].mean, 1)}: {more(found['difference'], WORLDS, 1)}."
    )
    return Told(text, (_left_to_cut(found), _two_signatures(found)), _rows(found))


def _left_to_cut(found: Findings) -> str:
    kyiv, full, moscow = (found[name].mean for name in ("price_kyiv", "price_full", "price_moscow"))
    heavier = "heavier than" if moscow > kyiv else "no heavier than"
    text = (
        f"What is a threat worth? Half a year in, Kyiv expects {number(found['support'].mean, 0)} % of full American "
        f"support. The threat of a cut makes refusing dearer for Kyiv by {number(kyiv, 3)} {UTILITY}, the model's "
        f"measure of how well off a side is. The threat to Moscow weighs {number(moscow, 3)}, {heavier} that. Had "
        f"Kyiv still expected full support, the same threat would weigh {number(full, 3)} for it."
    )
    return f"{text} Leverage is what you could still take, not what you have taken." if full > kyiv else text


def _two_signatures(found: Findings) -> str:
    share = found["refused_by_both"].mean
    text = (
        f"A deal needs two signatures. Of the proposals that fail when nobody is threatened, {number(share, 0)} % are "
        "refused by both sides."
    )
    if share > HUNDRED / 2.0:
        return f"{text} One threat removes one “no”, and the other one stays."
    return f"{text} Most fail by one “no”, which one threat can remove."


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("Both sides sign, those threatened", found["truth"], WORLDS),
        FindingRow("Both sides sign, nobody threatened", found["base"], WORLDS),
        FindingRow("Failed proposals refused by both", found["refused_by_both"], "%"),
        FindingRow("Price of refusing for Kyiv", found["price_kyiv"], UTILITY, 3),
        FindingRow("The same, had Kyiv expected full support", found["price_full"], UTILITY, 3),
        FindingRow("Price of refusing for Moscow", found["price_moscow"], UTILITY, 3),
    )


def given(found: Findings) -> str:
    """Signatures without any threat."""
    signed = number(found["base"].mean, 0)
    return f"With no threat to anybody both sides sign in {signed} of 100 worlds within three years."


def place(_value: float) -> Place:
    """The scenario with both threats, in Explore, where an affinity for Moscow takes the threat to it away."""
    note = (
        "Explore has no switch for the threats themselves. It opens with a Washington that Moscow need not fear: who "
        "is known to share Moscow's wishes cannot threaten it."
    )
    return Place("outlook", "us", ("transactional", "transactional:affinity=1"), note=note)


CHAPTER = Chapter(
    number=3,
    knob=Knob(
        "threatened",
        "Who is threatened",
        "Washington does not threaten who is not named. Compared with the same worlds without any threat.",
        1.0,
        3.0,
        1.0,
        1.0,
        0.0,
        choices=WHO[1:],
        standing=WHO[0],
    ),
    scale=Scale("In how many worlds of 100 do both sides sign within three years?", WORLDS, 0.0, 100.0, 1.0),
    worlds=1000,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
    next=(
        "Predict the other two settings before you run them. Do the two threats together do more than the sum of each?",
        (
            "A minister says: “We pay for Kyiv, so let us cut the aid now and use the threat of a cut afterwards.” "
            "What is wrong with that?"
        ),
    ),
)


def war_and_land() -> Scenario:
    """A table at which only land and the cost of war count: talks at once, nobody threatens, nobody is unsure.

    What is left is the bargaining range of the textbook: each side's expected line, less or plus what war costs it.
    """
    usual = Parameters().front
    land = {"land_ukraine": 10.0, "land_russia": 10.0, "horizon_ukraine": 24.0, "horizon_russia": 24.0}
    return bare_table(front={"pull": usual.pull, "decisiveness": usual.decisiveness}, preferences=land)
