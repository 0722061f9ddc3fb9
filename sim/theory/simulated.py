"""The simulator in the textbook's limits: `python -m sim.theory.simulated` writes the points that figures show.

With every mechanism off but the one that a game is about, the table and the months must come to the closed form. Each
function lives through such worlds and returns points in the game's own units; nothing in it knows the closed form.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario, load
from sim.scenario.mechanisms import Mechanisms
from sim.theory.beside import PLACE, SimulatedPoint
from sim.world import packages
from sim.world.front import observation_variance

DIGITS = 6
STAKE = 100.0
"""Worth of all of Ukraine, utility a month, to both: costs and gains are shares of it."""
MONTHS = 24.0
"""Months that both weigh, where it is not patience that the game is about."""
STILL = 1e-6
"""Share of Ukraine a month that a log point of superiority moves where the front should stand still."""
EVEN = 1e-3
"""Decisiveness at which the expected movement is straight in the log of forces."""


# ---- the bare table


def bare(on: tuple[str, ...] = (), months: int = 1, **tables: Mapping[str, Any]) -> Scenario:
    """War, land and nothing else; talks every month, with a package in each.

    Parameters
    ----------
    on : tuple of str
        Mechanisms that are on beside the talks.
    months : int
    **tables : mapping
        Parameters by table, laid over those of the bare table.
    """
    switches = {name: name in (*on, "talks") for name in Mechanisms.model_fields}
    scenario = load("outlook").with_parameter_sets("one").with_horizon(months).with_mechanisms(**switches)
    scenario = scenario.with_doctrine("us", {"preset": "transactional", "commitment": 1.0, "affinity": 0.0})
    scenario = scenario.with_doctrine("ukraine", {"preset": "pragmatist", "resolve": 0.6, "audience": 0.6})
    scenario = scenario.with_doctrine("russia", {"preset": "wait_out", "resolve": 0.7, "patience": 0.5})
    nothing: dict[str, dict[str, Any]] = {
        "front": {
            "advantage_sd": 0.0,
            "intelligence_value": 0.0,
            "pull": STILL,
            "decisiveness": 0.1,
            "adjustment_russia": 0.0,
        },
        "beliefs": {"optimism_ukraine": 0.0, "optimism_russia": 0.0},
        "preferences": {
            "land_ukraine": STAKE,
            "land_russia": STAKE,
            "horizon_ukraine": MONTHS,
            "horizon_russia": MONTHS,
            "hardship_sd_ukraine": 0.0,
            "hardship_sd_russia": 0.0,
            "audience_ukraine": 0.0,
            "stop_russia": 0.0,
            "retreat_russia": 0.0,
            "sanctions_cost": 0.0,
        },
        "table": {
            "talks_base": 50.0,
            "audience_sd": 0.0,
            "tabled": 1.0,
            "guarantee_gain": (0.0,) * 5,
            "guarantee_pain": (0.0,) * 5,
            "relief_pain_ukraine": 0.0,
            "relief_gain_russia": 0.0,
            "ambiguity_gain": 0.0,
        },
        "patron": {"land": 0.0},
        "peace": {"regroup_russia": 0.0},
    }
    # Moscow's effort stands still, and costs what it costs at the reference.
    nothing["front"]["effort_reference"] = scenario.parameters.front.wear * scenario.initial.force_russia
    for table, values in tables.items():
        nothing[table] = nothing.get(table, {}) | dict(values)
    return scenario.with_parameters(nothing)


def costs(ukraine: float, russia: float) -> dict[str, float]:
    """Costs of a month of war, shares of the stake."""
    return {"war_cost_ukraine": STAKE * ukraine, "war_cost_russia": STAKE * russia}


def lived(scenario: Scenario, worlds: int = 1) -> Negotiation:
    """The model after its last month."""
    model = opened(scenario, seed=1, start=0, stop=worlds)
    for _ in model:
        pass
    return model


def zone(model: Negotiation) -> float:
    """Width of the lines that both prefer to war, share of Ukraine."""
    return float(model.mediator.zone(np.arange(1))[0])


# ---- the limits

SILENT = {"talks_base": -50.0}
"""Nobody talks, so that the war goes on and the line stays where it is."""


def fearon() -> list[SimulatedPoint]:
    """The range of lines that both prefer to war, by what war costs Moscow; it costs Kyiv a fifth of the stake."""
    found = []
    for cost in np.linspace(0.01, 0.5, 8):
        model = lived(bare(preferences=costs(0.2, cost), table=SILENT))
        x = float(model.russia.cost[0]) / STAKE
        found.append(SimulatedPoint("fearon", "ca", "width", x, zone(model)))
    return found


def rubinstein() -> list[SimulatedPoint]:
    """Kyiv's part of the range in the line that the envoy names, by its patience; Moscow's is that of the lesson.

    A month is a round: who counts the next one at d looks -1 / log d months ahead. The envoy names one of 49 lines.
    """
    found = []
    for patience in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        ahead = {"horizon_ukraine": -1.0 / math.log(patience), "horizon_russia": -1.0 / math.log(0.8)}
        line = _named(costs(packages.ENDS[1], -packages.ENDS[0]) | ahead)
        share = (packages.ENDS[1] - line) / (packages.ENDS[1] - packages.ENDS[0])
        found.append(SimulatedPoint("rubinstein", "d1", "limit", patience, share))
    return found


FAIR = {"hold": 1.0, "channel_tilt": 0.0, "channel_known": 0.0}
"""Both hold out for all that the Nash point gives them, and the envoy leans to neither."""
HIDDEN = 0.004
"""Sd of what war costs either side, share of the stake: so little that the envoy, equally unsure of both, names the
line that the Nash point gives."""


def _named(preferences: Mapping[str, float]) -> float:
    """The line that the envoy names where both hold out for all that the Nash point gives them; NaN where for none."""
    hidden = {f"hardship_sd_{side}": HIDDEN * STAKE / preferences[f"war_cost_{side}"] for side in ("ukraine", "russia")}
    on = ("holding_out", "private_information")
    model = lived(bare(on, preferences={**preferences, **hidden}, table=FAIR))
    return float(model.mediator.offset[0]) if model.mediator.proposed[0] else math.nan


def smith_stam() -> list[SimulatedPoint]:
    """How far Kyiv's and Moscow's beliefs are apart after so many months of war, and when a zone of agreement opens."""
    found = []
    for month, model in _learning(10.0, 100):
        if month % 10 == 0:
            apart = float(model.ukraine.advantage[0] - model.russia.advantage[0])
            found.append(SimulatedPoint("smith_stam", "n", "left", float(month), apart))
    for strength in (2.0, 5.0, 10.0, 20.0, 30.0):
        opens = next((month for month, model in _learning(strength, 120) if zone(model) >= -TRIFLE), math.nan)
        found.append(SimulatedPoint("smith_stam", "s", "battles", strength, float(opens)))
    return found


PULL, APART, LEFT = 0.01, 0.4, 0.1
"""Share of Ukraine a month per log point; log points by which beliefs differ at first; and that war's costs cover."""
TRIFLE = 1e-6


def _learning(strength: float, months: int) -> Iterator[tuple[int, Negotiation]]:
    """Months of a war in which both learn from the front, each after its number."""
    front = {"pull": PULL, "noise": 0.0003}
    noise = float(observation_variance(bare(front=front).parameters.front))
    beliefs = {
        "optimism_ukraine": APART / 2.0,
        "optimism_russia": APART / 2.0,
        "advantage_prior_sd": math.sqrt(noise / strength),
    }
    worth = LEFT * PULL * MONTHS / 2.0
    scenario = bare(
        ("learning", "front_noise"), months, front=front, beliefs=beliefs, preferences=costs(worth, worth), table=SILENT
    )
    model = opened(scenario, seed=1, start=0, stop=1)
    for month, _ in enumerate(model, start=1):
        yield month, model


def pause() -> list[SimulatedPoint]:
    """What peace on the front is worth to Kyiv, by what a pause adds to what Moscow wins by war."""
    still, found = _standing_front(), []
    for shift in np.linspace(0.0, 0.5, 9):
        model = lived(_paused(still, ("renewed_war", "temptation"), peace=_shift(float(shift))))
        found.append(SimulatedPoint("pause", "shift", "gain", float(shift), zone(model)))
    return found


PAUSED, SMALL_STAKE = 0.012, 0.1
"""Share of Ukraine a month per log point, so that a pause can shift half of the stake; and the stake, small beside
what giving land back costs, so that none is."""


def _shift(share: float) -> dict[str, float]:
    """The peace of the lesson, in which a pause adds so much of the stake to what Moscow wins by war."""
    points = share / (PAUSED * MONTHS)
    return {"regroup_russia": points, "temptation": 2.0 / SMALL_STAKE, "hazard": 0.012, "discount": 0.03}


def _paused(advantage: float, on: tuple[str, ...] = (), peace: Mapping[str, Any] | None = None) -> Scenario:
    """A war that costs Kyiv a tenth of the stake and Moscow a fiftieth, in which no land can be given back."""
    front = {"pull": PAUSED, "advantage": advantage}
    prices = {"war_cost_ukraine": 0.1 * SMALL_STAKE, "war_cost_russia": 0.02 * SMALL_STAKE, "retreat_russia": 100.0}
    land = {"land_ukraine": SMALL_STAKE, "land_russia": SMALL_STAKE}
    return bare(on, front=front, preferences=prices | land, table=SILENT, peace=peace or {})


def _standing_front() -> float:
    """The defender's advantage at which nobody expects the front to move."""
    advantage = 0.0
    for _ in range(STEPS):
        model = lived(_paused(advantage))
        advantage += float(model.russia.outlook[0]) / PAUSED
    return advantage


STEPS = 4


def home_public() -> list[SimulatedPoint]:
    """The line that the envoy names, and the range of settlements, by what ceding land costs Kyiv at home."""
    whole = packages.HELD_AT_REFERENCE - packages.HELD_BEFORE
    found = []
    for cost in np.linspace(0.0, 1.6, 9):
        prices = costs(packages.ENDS[1], -packages.ENDS[0]) | {"audience_ukraine": STAKE * float(cost) * whole}
        width, line = zone(lived(bare(preferences=prices, table=SILENT))), _named(prices)
        found.append(SimulatedPoint("home_public", "cost", "width", float(cost), width))
        if width > 0.0 and math.isfinite(line):
            found.append(SimulatedPoint("home_public", "cost", "line", float(cost), line))
    return found


def senate() -> list[SimulatedPoint]:
    """How often the Senate ratifies, by how far its will is expected to exceed the bar."""
    found, worlds = [], np.arange(SENATES)
    for refused in (0.005, 0.02, 0.07, 0.17, 0.5, 0.8, 0.95):
        scenario = bare(("ratification",), congress={"treaty_refused": refused, "treaty_sd": 1.0})
        congress = opened(scenario, seed=1, start=0, stop=SENATES).congress
        bar = congress.treaty_bar(worlds)
        margin = float(np.mean(congress.treaty_mean - bar.will))
        found.append(SimulatedPoint("senate", "margin", "chance", margin, float(congress.ratifies(worlds).mean())))
    return found


SENATES = 20_000

LIMITS: dict[str, Callable[[], list[SimulatedPoint]]] = {
    "fearon": fearon,
    "rubinstein": rubinstein,
    "smith_stam": smith_stam,
    "pause": pause,
    "home_public": home_public,
    "senate": senate,
}
"""Games that the simulator contains, and what it comes to in their limit."""


# ---- the points that ship


def made() -> str:
    """Every point, as the bytes of its file."""
    rows = [",".join(SimulatedPoint._fields)]
    for points in LIMITS.values():
        rows += [f"{p.game},{p.across},{p.up},{p.x:.{DIGITS}g},{p.y:.{DIGITS}g}" for p in points()]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    PLACE.write_text(made(), encoding="utf-8")
    sys.stdout.write(f"{PLACE}\n")
