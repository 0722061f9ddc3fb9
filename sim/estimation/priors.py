"""Which parameters are free, between what bounds, and why.

Every prior is flat between its bounds, on the scale that is named. The first group is there because the record should
say something about it; the second because the record cannot (there was no settlement), so that forecasts stay as unsure
as we are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.basics.draws import Draws
from sim.record import base_rates
from sim.scenario.parameters import Parameters
from sim.scenario.quantities import quantities


class Prior(NamedTuple):
    """Bounds of a free parameter; `log` says that it is flat in its logarithm."""

    low: float
    high: float
    reason: str
    log: bool = False

    def value(self, u: Array) -> Array:
        """The parameter at these quantiles, 0 to 1."""
        if self.log:
            return np.asarray(self.low * (self.high / self.low) ** u)
        return self.low + (self.high - self.low) * u

    def quantile(self, value: Array) -> Array:
        """Where in its prior a value lies, 0 to 1."""
        if self.log:
            return np.asarray(np.log(value / self.low) / np.log(self.high / self.low))
        return (value - self.low) / (self.high - self.low)


PRIORS: dict[str, Prior] = {
    # What the record should speak to
    "front.pull": Prior(0.002, 0.012, "from nearly no answer of the line to force, to twice the default", log=True),
    "front.advantage": Prior(0.15, 0.35, "attacker a seventh to two fifths stronger to advance"),
    "front.noise": Prior(0.00012, 0.0005, "half to twice the observed scatter", log=True),
    "front.decisiveness": Prior(2.0, 5.0, "the most the line can move is pull a month, or two fifths of it", log=True),
    "front.effort_convexity": Prior(3.0, 8.0, "a tenth more effort costs a third more, or doubles the cost", log=True),
    "executive.order_base": Prior(0.4, 1.2, "an architectural executive wants a third of full support, or all of it"),
    "executive.press_europe": Prior(0.0, 0.6, "from no pressure on allies to twice the default"),
    "executive.press_affinity": Prior(0.0, 4.0, "an aligned executive counts nothing of Moscow's loss, or twice"),
    "congress.gate_shut": Prior(-9.0, -3.0, "a closed gate holds for years, or for months"),
    "congress.gate_openness": Prior(3.0, 10.0, "an open gate opens at once, or rarely"),
    "congress.reserve_months": Prior(0.5, 5.0, "requests go up at the last moment, or early"),
    "reading.pace": Prior(0.2, 0.7, "what keeps audiences honest that know dials to a fifth, or better than a tenth"),
    "reading.switch": Prior(0.003, 0.03, "a doctrine lasts three years or thirty", log=True),
    "reading.switch_turn": Prior(0.2, 0.9, "a new president keeps the course as a rule, or hardly ever"),
    "reading.cap": Prior(2.0, 5.0, "one odd month says seven to one, or a hundred and fifty to one"),
    "bureaucracy.sanctions_tighten": Prior(0.4, 0.96, "what the acts leave of a rival's, at rivalry 1"),
    "bureaucracy.sanctions_press": Prior(0.0, 0.5, "refusals are not answered, or every second month"),
    "bureaucracy.sanctions_ease": Prior(
        0.01, 0.2, "acts that ease come once in eight years, or every five months", log=True
    ),
    "bureaucracy.sanctions_affinity": Prior(
        0.05, 0.8, "alignment adds an act in twenty months, or in five weeks", log=True
    ),
    "bureaucracy.upkeep_turn": Prior(0.05, 0.5, "lapses last for years, or for a quarter", log=True),
    "bureaucracy.upkeep_leak": Prior(
        0.01, 0.15, "half of the pressure is gone in six years, or in four months", log=True
    ),
    "reading.intelligence_seen": Prior(0.02, 0.1, "sharing is seen to a fiftieth, or to a tenth", log=True),
    "europe.packages": Prior(0.18, 0.49, "what the acts leave of how often packages are proposed"),
    "europe.reluctant_sanctions": Prior(0.12, 0.67, "what the vetoes leave of how many hold sanctions up"),
    "europe.taste": Prior(0.7, 1.4, "level of contributions three tenths below the table of members, to two above"),
    "europe.hedge": Prior(0.0, 4.0, "from no hedging to three times the default"),
    "europe.alarm_gain": Prior(0.0, 10.0, "from no emergency packages to two and a half times the default"),
    "europe.alarm_fade": Prior(0.0, 0.8, "packages of a single month, or of half a year"),
    "europe.adjustment": Prior(0.03, 0.4, "budgets follow in years, or in a quarter", log=True),
    "europe.publicness": Prior(0.0, 0.4, "aid of others does not count, or counts two fifths"),
    "table.talks_base": Prior(-6.5, -3.5, "a closed doctrine talks once in fifty years, or in three"),
    # What it cannot speak to: no settlement was ever made or broken
    "preferences.audience_ukraine": Prior(0.2, 0.7, "half to nearly twice the default", log=True),
    "preferences.war_cost_ukraine": Prior(0.2, 0.5, "two thirds to one and two thirds of the default", log=True),
    "preferences.war_cost_russia": Prior(0.16, 0.45, "two thirds to one and two thirds of the default", log=True),
    "preferences.hardship_sd_ukraine": Prior(0.2, 0.5, "the cost of war is known well, or hardly"),
    "preferences.hardship_sd_russia": Prior(0.2, 0.5, "the cost of war is known well, or hardly"),
    "preferences.retreat_russia": Prior(
        30.0, 70.0, "giving land back costs three times what it is worth, or seven times that"
    ),
    "preferences.stop_russia": Prior(0.0, 0.15, "stopping costs nothing, or one and a half points of land"),
    "table.mood_sd": Prior(0.05, 0.4, "answers betray a side at once, or slowly"),
    "table.known": Prior(0.0, 0.5, "nobody knows what a war costs the other, or half of it is plain"),
    "table.hold": Prior(0.9, 1.0, "sides give in by a tenth, or not at all"),
    "table.tabled": Prior(0.1, 0.85, "one month of talks in ten has a package, or all but one in seven", log=True),
    "table.truce_audience": Prior(0.0, 0.2, "a truce costs nothing at home, or a fifth of a settlement"),
    "table.ambiguity_gain": Prior(0.0, 0.15, "vague words help nobody, or three times the default"),
    "patron.guarantee_liability": Prior(0.8, 3.2, "half to twice the default", log=True),
    "patron.truce_worth": Prior(0.3, 1.0, "a truce is a third of a success, or a whole one"),
    "congress.treaty_refused": Prior(0.01, 0.17, "what all treaties, and those of alliance, leave of a refusal"),
    "congress.follow_leaders": Prior(0.0, 1.0, "votes as in 2024, or as their leaders: no grant was voted on since"),
    "congress.treaty_sd": Prior(0.5, 1.5, "a Senate's will is known to a sixth of its members, or to half of them"),
    "public.opposed_lasting": Prior(-0.57, 0.21, "what the surveys leave of where a long war draws the public"),
    "contacts.direct_base": Prior(-6.5, -3.2, "what the events leave of a meeting in a month that nothing speaks for"),
    "contacts.direct_momentum": Prior(1.8, 5.7, "what the events leave of how a meeting brings another"),
    "contacts.direct_answer": Prior(0.4, 3.7, "what the events leave of an answer to Washington's talks"),
    "contacts.direct_tabled": Prior(0.2, 0.8, "one meeting in five has terms, or four"),
    "peace.hazard": Prior(0.001, 0.02, "what other wars leave of the hazard of renewed war", log=True),
    "peace.truce_hazard": Prior(0.02, 0.08, "what other wars leave of the hazard of a truce", log=True),
    "peace.temptation": Prior(0.0, 4.0, "gains from war do not tempt, or twice the default"),
    "peace.regroup_russia": Prior(-0.25, 0.25, "beyond arms a pause strengthens either by a quarter"),
    "peace.tripwire": Prior(0.0, 1.0, "who stands in Europe does not matter to what is believed, or all hangs on it"),
    "peace.belief_european": Prior(0.1, 0.8, "European soldiers are believed a little, or nearly as a full ally"),
    "bureaucracy.sanctions_act": Prior(0.1, 0.3, "acts of 2022 closed a tenth of the gap each, or three tenths"),
    "bureaucracy.american_sanctions": Prior(0.3, 0.7, "the dollar is a third of the pressure on Russia, or two thirds"),
    "europe.consent_threat": Prior(0.6, 2.6, "threat hardly binds governments, or twice the default", log=True),
    "europe.purchases": Prior(0.0, 0.4, "Europeans buy no American arms, or twice the default"),
    "europe.force_cost": Prior(0.3, 2.0, "ten thousand soldiers near home, or eighty thousand", log=True),
    "front.need_armed": Prior(0.35, 1.0, "a pledge of arms is not kept, or is kept as in war"),
    "peace.fragility": Prior(0.2, 1.4, "vagueness hardly matters, or more than doubles the hazard"),
    "peace.deterrence": Prior(0.1, 1.0, "what peacekeepers and alliances leave of deterrence", log=True),
}
"""Free parameters by name."""


def drawn(draws: Draws, names: Iterable[str] = PRIORS) -> dict[str, Array]:
    """One value a world of each free parameter, from its prior."""
    return {name: PRIORS[name].value(draws.uniform(f"prior {name}", 0)) for name in names}


def against_base_rates() -> dict[str, str]:
    """What base rates say against a parameter's default or its free range, in a sentence, by parameter.

    >>> against_base_rates()
    {}
    """
    said = {
        number.name: _against(number.default, base_rates.priors().get(number.name), PRIORS.get(number.name))
        for number in quantities(Parameters)
    }
    return {name: sentence for name, sentence in said.items() if sentence}


def _against(default: float, rates: base_rates.RatePrior | None, free: Prior | None) -> str:
    if rates is None:
        return ""
    left = f"{rates.low:g} to {rates.high:g}"
    said = [f"{default:g} lies outside {left}"] * (not rates.holds(default))
    if free is not None and not (rates.holds(free.low) and rates.holds(free.high)):
        said.append(f"free from {free.low:g} to {free.high:g}" + f", beyond {left}" * (not said))
    return "; ".join(said) + "." if said else ""
