"""One small atlas for all tests here, made once: most of their time is spent on it."""

from functools import cache

from sim.browser.atlas import grid
from sim.browser.atlas.simulation import Atlas, simulated
from sim.scenario import load

WORLDS, SEED, MONTHS, COUNTS = 8, 5, 4, (4, 4, 4, 4)


@cache
def small_plan() -> grid.Design:
    """The grid: few worlds, few months, no more nodes than needed."""
    return grid.design(load("classroom").with_horizon(MONTHS), WORLDS, SEED, COUNTS)


@cache
def small_atlas() -> Atlas:
    """What was simulated on it."""
    return simulated(small_plan())
