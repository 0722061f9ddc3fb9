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

NO_CUT: dict[str, dict[str, float]] = {"executive": {"press_ukraine": 0.0}, "bureaucracy": {"intelligence_pause": 0.0}}
NO_SURGE: dict[str, dict[str, float]] = {"executive": {"press_russia": 0.0}, "bureaucracy": {"sanctions_press": 0.0}}
NOBODY, KYIV, MOSCOW, BOTH = range(4)
UNPRESSED: tuple[tuple[dict[str, dict[str, float]], ...], ...] = ((NO_CUT, NO_SURGE), (NO_SURGE,), (NO_CUT,), ())
"""What Washington does not do to a side that refuses, by who is left to be pressed."""
WHO = ("nobody", "only Kyiv", "only Moscow", "both")
HALF_A_YEAR = 6
FULL_SUPPORT = 1.0
WORLDS, UTILITY = "worlds of 100", "units of utility"


def threatening(who: int, parameters: dict[str, dict[str, float]] | None = None) -> Scenario:
    """The scenario in which Washington presses nobody, Kyiv, Moscow or both, with other parameters of its pressure.

    A threat is what it would still do; who is not pressed has nothing to fear, and all know that.
    """
    scenario = load("outlook")
    for left_out in UNPRESSED[who]:
        scenario = scenario.with_parameters(left_out)
    return scenario.with_parameters(parameters or {})


def scenarios(value: float) -> dict[str, Scenario]:
    """Nobody pressed, and those that the knob says."""
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


def threat_of_money(model: Any) -> IntervalEstimate:
    """What the threat to Kyiv takes from it if intelligence is shared whatever it says."""
    kyiv = model.ukraine
    left = kyiv.support + model.reading.more_aid(kyiv.probabilities, "ukraine")
    return loss_of_support(model, kyiv.support, np.maximum(0.0, left))


def loss_of_support(model: Any, support: Any, left: Any) -> IntervalEstimate:
    """What it takes from Kyiv's fighting on if American support falls, in shares of full support."""
    kyiv, shared = model.ukraine, model.bureaucracy.intelligence
    everywhere = np.ones_like(kyiv.support)
    more = kyiv.expected_movement(left * everywhere, shared) - kyiv.expected_movement(support * everywhere, shared)
    return estimates.mean(kyiv.land_value() * kyiv.horizon() * more)


def _prices(worlds: int, seed: int) -> Findings:
    """What the threats take from either side's walking away, and what the loss of full support would take from Kyiv."""
    model = half_a_year_in(load("outlook"), worlds, seed)
    return {
        "support": estimates.mean(HUNDRED * model.ukraine.support),
        "price_moscow": threat_to(model.russia),
        "price_kyiv": threat_to(model.ukraine),
        "price_full": loss_of_support(model, FULL_SUPPORT, 0.0),
    }


def tell(value: float, found: Findings) -> Told:
    """Say what the threat brought, what it was worth, and who else had to sign."""
    text = (
        f"With {WHO[int(value)]} pressed both sides sign in {number(found['truth'].mean, 1)} of 100 worlds, with "
        f"nobody pressed in {number(found['base'].mean, 1)}: {more(found['difference'], WORLDS, 1)}."
    )
    return Told(text, (_left_to_cut(found), _two_signatures(found)), _rows(found))


def _left_to_cut(found: Findings) -> str:
    kyiv, full, moscow = (found[name].mean for name in ("price_kyiv", "price_full", "price_moscow"))
    heavier = "heavier than" if moscow > kyiv else "no heavier than"
    text = (
        f"What is a threat worth? Half a year in, Kyiv expects {number(found['support'].mean, 0)} % of full American "
        f"support. What Washington would still do to it makes refusing dearer for Kyiv by {number(kyiv, 3)} {UTILITY}, "
        f"the model's measure of how well off a side is. The threat to Moscow weighs {number(moscow, 3)}, {heavier} "
        f"that. Were full support Kyiv's to lose, the loss would weigh {number(full, 3)}."
    )
    return f"{text} Leverage is what you could still take, not what you have taken." if full > kyiv else text


def _two_signatures(found: Findings) -> str:
    share = found["refused_by_both"].mean
    text = (
        f"A deal needs two signatures. Of the proposals that fail when nobody is pressed, {number(share, 0)} % are "
        "refused by both sides."
    )
    if share > HUNDRED / 2.0:
        return f"{text} One threat removes one “no”, and the other one stays."
    return f"{text} Most fail by one “no”, which one threat can remove."


def _rows(found: Findings) -> tuple[FindingRow, ...]:
    return (
        FindingRow("Both sides sign, those pressed", found["truth"], WORLDS),
        FindingRow("Both sides sign, nobody pressed", found["base"], WORLDS),
        FindingRow("Failed proposals refused by both", found["refused_by_both"], "%"),
        FindingRow("Price of refusing for Kyiv", found["price_kyiv"], UTILITY, 3),
        FindingRow("The loss of full support, were it Kyiv's", found["price_full"], UTILITY, 3),
        FindingRow("Price of refusing for Moscow", found["price_moscow"], UTILITY, 3),
    )


def given(found: Findings) -> str:
    """Signatures without any pressure."""
    signed = number(found["base"].mean, 0)
    return f"With nobody pressed both sides sign in {signed} of 100 worlds within three years."


def place(_value: float) -> Place:
    """The scenario with both pressed, in Explore, where an affinity for Moscow takes the pressure on it away."""
    note = (
        "Explore has no switch for pressure on one side. It opens with a Washington that would not press Moscow: who "
        "shares Moscow's wishes has nothing to threaten it with."
    )
    return Place("outlook", "us", ("transactional", "transactional:affinity=1"), note=note)


CHAPTER = Chapter(
    number=3,
    knob=Knob(
        "threatened",
        "Who is pressed",
        "Washington does nothing to those who refuse and are not named. Compared with the same worlds, nobody pressed.",
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
