"""Tables to sit at: textbook conditions, and how many worlds have a zone of agreement."""

import numpy as np

from sim.ensemble import opened
from sim.scenario import Scenario, load

SILENT = {"talks": False, "direct_talks": False}
"""Nobody talks, so that all worlds go on fighting and none is selected."""
FREE = {"audience_ukraine": 0.0, "stop_russia": 0.0}
"""Nothing is paid for ceding land or for stopping."""


def textbook() -> Scenario:
    """History with what Fearon's range needs: equal values, horizons and beliefs, and nothing but costs of war."""
    off = ("private_information", "leverage", "caution", "option_value", "renewed_war", "learning", "signals")
    switches = dict.fromkeys((*off, "constructive_ambiguity"), False)
    scenario = load("history").with_parameter_sets("one").with_mechanisms(**switches, **SILENT)
    scenario = scenario.with_doctrine("russia", {"patience": 0.5, "resolve": 0.7})
    equal = {"horizon_ukraine": 30.0, "horizon_russia": 30.0, "land_ukraine": 10.0, "land_russia": 10.0}
    return optimistic(scenario.with_parameters({"preferences": {**FREE, **equal, "retreat_russia": 0.0}}), 0.0)


def optimistic(scenario: Scenario, by: float) -> Scenario:
    """Both sides misjudge the defender's advantage by so many log points, each to its own good."""
    return scenario.with_parameters({"beliefs": {"optimism_ukraine": by, "optimism_russia": by}})


def sat_down(scenario: Scenario, months: int, worlds: int, seed: int = 1):
    """Live through some months; the model, and what lies open at a table in all its worlds."""
    model = opened(scenario, seed, 0, worlds)
    for _ in range(months):
        model.step()
    return model, model.mediator._sit_down(np.arange(worlds))


def zone(scenario: Scenario, months: int, worlds: int = 400) -> float:
    """Share of worlds in which, after so many months, some package is better than refusing for both."""
    model = opened(scenario, 1, 0, worlds)
    for _ in range(months):
        model.step()
    return float((model.mediator.zone(np.arange(worlds)) > 0.0).mean())


def true_front(model, sitting):
    """Gain of each side along the front, its true hardship counted."""
    sides = (model.ukraine, model.russia)
    return tuple(
        front + rise * (side.felt - side.believed)
        for front, rise, side in zip(sitting.front, sitting.rise, sides, strict=True)
    )
