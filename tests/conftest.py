"""What all tests share: how properties are searched, and the two scenarios that most of them live in."""

import pytest
from hypothesis import settings

from sim.scenario import Scenario, load

# The same examples every time: a suite that fails must fail again. No deadline: the first example pays for imports.
settings.register_profile("sim", deadline=None, derandomize=True, max_examples=30)
settings.load_profile("sim")


@pytest.fixture(scope="session")
def history() -> Scenario:
    return load("history")


@pytest.fixture(scope="session")
def outlook() -> Scenario:
    return load("outlook")
