"""The numbers that are learned: each as the probit of its place in its prior, so that the prior of all is N(0, I).

They are parameters of the model, constants of a world, numbers of the observation itself, and *placebos*, which do
nothing: a fit that claims to have learned something of these is worn out, not informed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Doubles, real
from sim.basics.normal import ndtr
from sim.estimation.filtering.particles import CONSTANT, Sets
from sim.estimation.priors import PRIORS, Prior

OBSERVATION = {
    "observation.america": Prior(0.1, 0.5, "months are known to a tenth, or to a half", log=True),
    "observation.institutions": Prior(0.1, 0.5, "months are known to a tenth, or to a half", log=True),
    "observation.miscoded": Prior(0.005, 0.1, "one event in two hundred is coded wrongly, or one in ten", log=True),
    "observation.stray": Prior(0.005, 0.1, "one gift in two hundred is none of the law's, or one in ten", log=True),
}
"""Free numbers of the observation."""
CONSTANTS = (
    "defender's advantage",
    "hardship ukraine",
    "hardship russia",
    "rumour about ukraine",
    "rumour about russia",
    "ukrainian audience",
    "russian red line",
    "will of the Senate",
)
"""Streams of what is drawn before the first month and holds for good. Parameters of a history, not states: as states
they would starve, since no world draws them again."""
PLACEBOS = ("placebo 1", "placebo 2", "placebo 3", "placebo 4")
"""Numbers that do nothing."""


class Numbers(NamedTuple):
    """Which numbers are free.

    Attributes
    ----------
    parameters : mapping of str to Prior
        By name, such as "front.pull".
    constants, placebos : sequence of str
        As `CONSTANTS` and `PLACEBOS`.
    """

    parameters: Mapping[str, Prior]
    constants: Sequence[str] = CONSTANTS
    placebos: Sequence[str] = PLACEBOS

    @property
    def names(self) -> list[str]:
        """All of them, in their order."""
        return [*self.parameters, *self.constants, *self.placebos]

    def drawn(self, rows: int, seed: int) -> Doubles:
        """Rows of numbers from the prior, (rows, numbers)."""
        return np.random.default_rng([seed, 0]).standard_normal((rows, len(self.names)))

    def sets(self, z: Doubles) -> Sets:
        """What rows of numbers, (rows, numbers), say of parameters and constants."""
        columns = dict(zip(self.names, np.asarray(z, dtype=float).T, strict=True))
        parameters = {name: real(prior.value(ndtr(columns[name]))) for name, prior in self.parameters.items()}
        return parameters | {f"{CONSTANT}{name}": real(columns[name]) for name in self.constants}


ALL = Numbers({**PRIORS, **OBSERVATION})
"""Every number that is free."""
