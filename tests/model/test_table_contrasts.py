"""Signs that the theory gives, as paired differences over two seeds, by default and over draws of the prior.

A sign counts beyond two standard errors; more secrecy may raise nothing by as much. Worlds are as few as leave every
sign three or more, of which those of guarantees over the prior, and of learning under architecture, take most.
"""

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.estimation import priors
from sim.model import Negotiation
from sim.scenario import Scenario, load
from sim.scenario.parameter_sets import ParameterSets

SEEDS = (1, 2)
WORLDS = 1000
"""Of each seed."""


def outlook() -> Scenario:
    return load("outlook").with_parameter_sets("one")


LIVED: dict[tuple[str, int, bool, str], tuple[np.ndarray, np.ndarray]] = {}
"""What `deals` found: most contrasts share one of their sides."""


def deals(scenario: Scenario, seed: int, drawn: bool, fixed: str = "") -> tuple[np.ndarray, np.ndarray]:
    """Worlds in which a settlement was ever in force, and in which it or a truce was."""
    asked = scenario.digest, seed, drawn, fixed if drawn else ""
    if asked not in LIVED:
        draws = Draws(seed, 0, WORLDS)
        sets = priors.drawn(draws, [name for name in priors.PRIORS if name != fixed]) if drawn else {}
        model = Negotiation(scenario, draws, ParameterSets(scenario.parameters, sets))
        for _ in model:
            pass
        table = model.mediator
        LIVED[asked] = table.settlements > 0.0, (table.settlements + table.truces) > 0.0
    return LIVED[asked]


def paired(one: Scenario, other: Scenario, drawn: bool, fixed: str = "") -> list[tuple[float, float]]:
    """Mean difference of settled worlds, and of those with any agreement, of 100, and its standard error."""
    both = [(deals(one, seed, drawn, fixed), deals(other, seed, drawn, fixed)) for seed in SEEDS]
    found = []
    for kind in (0, 1):
        gaps = np.concatenate([1.0 * mine[kind] - theirs[kind] for mine, theirs in both])
        found.append((100.0 * gaps.mean(), 100.0 * gaps.std() / np.sqrt(gaps.size)))
    return found


@pytest.mark.parametrize("drawn", [False, True])
def test_more_private_information_makes_no_more_deals(drawn: bool) -> None:
    secret, plain = (outlook().with_parameters({"table": {"known": known}}) for known in (0.0, 0.8))
    for gap, error in paired(secret, plain, drawn, "table.known"):
        assert gap <= 2.0 * error
    for gap, error in paired(outlook(), outlook().with_mechanisms(private_information=False), drawn):
        assert gap <= 2.0 * error


SIGNS = {
    "leverage": 1,
    "guarantees": 1,
    "learning": 1,
    "constructive_ambiguity": 1,
    "renewed_war": -1,
    "holding_out": -1,
    "fragility": -1,
}
"""What a mechanism does to the number of settlements."""
SETTLED, ANY = range(2)
COUNTED = {("holding_out", False): ANY}
"""What shows it if not settlements: who holds out for a settlement may sign a truce, and settle out of it."""


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("mechanism", SIGNS)
def test_each_mechanism_moves_settlements_as_its_theory_says(mechanism: str, drawn: bool) -> None:
    counted = COUNTED.get((mechanism, drawn), SETTLED)
    gap, error = paired(outlook(), outlook().with_mechanisms(**{mechanism: False}), drawn)[counted]
    assert SIGNS[mechanism] * gap > 2.0 * error


@pytest.mark.parametrize("mechanism", ["learning", "holding_out"])
def test_these_signs_are_the_same_under_architecture(mechanism: str) -> None:
    """The others move nothing beyond noise there: few worlds talk, and little is vague, threatened or short-lived."""
    architectural = outlook().with_doctrine("us", "architectural")
    gap, error = paired(architectural, architectural.with_mechanisms(**{mechanism: False}), False)[0]
    assert SIGNS[mechanism] * gap > 2.0 * error
