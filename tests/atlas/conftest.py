"""One atlas for all tests here: most of their time is spent on making it."""

import pytest
from small import COUNTS, MONTHS, SEED, WORLDS

from sim.atlas import design, simulated
from sim.scenario import load


@pytest.fixture(scope="session")
def plan():
    return design.design(load("classroom").with_horizon(MONTHS), WORLDS, SEED, COUNTS)


@pytest.fixture(scope="session")
def atlas(plan):
    return simulated(plan)
