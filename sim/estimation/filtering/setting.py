"""What is filtered: a scenario of the negotiations, and what was observed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.basics.draws import Draws
from sim.estimation.filtering.guided import Guided
from sim.estimation.filtering.guides import guides
from sim.estimation.filtering.observed import SERIES, Observed
from sim.estimation.filtering.particles import CONSTANT, Sets, each
from sim.estimation.filtering.state import Registry
from sim.estimation.filtering.weighing import weighed
from sim.model import Negotiation
from sim.scenario.parameter_sets import ParameterSets

if TYPE_CHECKING:
    from sim.scenario.resolved import Configuration

OBSERVATION = {"america": 0.2, "institutions": 0.2, "miscoded": 0.03, "stray": 0.02}
"""Spread of American and of the EU's allocations as seen, on logs; share of events that are coded wrongly, and of
members' gifts that are none of the law's (judgement). Releases of the tracker differ by .1 on logs, and by .5 at most.
"""
STAGE = "observation"
"""The stage of the parameters under which they stand."""


class Setting(NamedTuple):
    """A scenario, and what was observed."""

    config: Configuration
    observed: Observed

    @property
    def calendar(self) -> Sequence[str]:
        """The months that can be lived through."""
        return self.config.calendar

    def model(self, draws: Draws, parameters: Mapping[str, Array]) -> Negotiation:
        """Worlds of these draws that meet what was observed."""
        stages = {STAGE: SimpleNamespace(**OBSERVATION), CONSTANT.removesuffix("."): SimpleNamespace()}
        base = SimpleNamespace(**vars(self.config.parameters), **stages)
        model = Negotiation(self.config, draws, ParameterSets(base, parameters))
        if self.observed.series:
            model.luck = Guided(model, draws, self.observed, guides(model.europe.members))
        return model

    def registry(self, sets: Sets) -> Registry:
        """Where the arrays of such models are, whose worlds differ in these parameters."""

        def make(draws: Draws) -> Negotiation:
            return self.model(draws, each(sets, np.zeros(draws.stop, dtype=np.intp)))

        return Registry(make)

    def gains(self, model: Negotiation) -> dict[str, Array]:
        """Log weights that the month adds: by what draws were moved by, and by what is left open."""
        found = weighed(model, self.observed)
        for series, ratio in model.luck.ratios().items() if isinstance(model.luck, Guided) else ():
            found[series] = found.get(series, 0.0) + ratio
        return {series: found[series] for series in SERIES if series in found}
