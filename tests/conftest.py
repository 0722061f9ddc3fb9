"""What all tests share: how properties are searched, and the scenarios that most of them live in."""

from importlib.util import find_spec

import pytest
from hypothesis import settings
from shipped import plain

from sim.scenario import Scenario, load

# The same examples every time: a suite that fails must fail again. No deadline: the first example pays for imports.
settings.register_profile("sim", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("sim")


def pytest_report_header() -> str:
    """Say which tests are left out here."""
    if find_spec("ema_workbench"):
        return "tests/explore: collected, ema_workbench is installed"
    return "tests/explore: NOT collected, ema_workbench is not installed (python -m pip install -e '.[explore]')"


@pytest.fixture(scope="session")
def history() -> Scenario:
    """The world as it was, with one set of parameters."""
    return plain("history")


@pytest.fixture(scope="session")
def outlook() -> Scenario:
    """The outlook as it ships: each world draws its parameters from what the record leaves standing."""
    return load("outlook")


@pytest.fixture(scope="session")
def plain_outlook() -> Scenario:
    """The outlook with one set of parameters."""
    return plain("outlook")
