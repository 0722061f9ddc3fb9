"""The shipped scenarios, with one set of parameters for all worlds where a test speaks of parameters."""

from sim.scenario import Scenario, load


def plain(name: str) -> Scenario:
    """A shipped scenario in which every world has the scenario's own parameters and draws none."""
    return load(name).with_parameter_sets("one")
