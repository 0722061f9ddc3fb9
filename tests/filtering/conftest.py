"""Histories filtered once for several tests."""

import pytest

from sim.estimation.filtering.observed import SERIES, of_record
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting
from sim.estimation.reference_table import scenario


@pytest.fixture(scope="session")
def setting() -> Setting:
    """The history, and what the record has of it, but for what starves few worlds."""
    return Setting(scenario(), of_record())


@pytest.fixture(scope="session")
def filtered(setting: Setting) -> Particles:
    """Three hundred worlds that have met the record to its end."""
    return Particles(setting, 1, 300).run(setting.config.months)


@pytest.fixture(scope="session")
def fully(setting: Setting) -> Setting:
    """The history, and everything that the record has of it."""
    return setting._replace(observed=of_record(series=SERIES))
