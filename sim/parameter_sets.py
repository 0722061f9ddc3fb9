"""Parameters that differ from world to world: a table of the model's numbers in which some are arrays over worlds.

The model's equations are elementwise, so a parameter may be one number or one number a world. A set is drawn by the
world's address, like any other luck: world 17 has the same parameters under every doctrine.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sim import record
from sim.arrays import Array, Rows, real
from sim.draws import Draws
from sim.parameters import Parameters
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


class ParameterSets:
    """All parameters, a table a stage as in `Parameters`, some of them arrays of shape (W,).

    Parameters
    ----------
    base : Parameters
        The values of all that are not drawn.
    drawn : mapping of str to Array
        By name such as "front.pull", one value a world.
    """

    def __init__(self, base: Parameters, drawn: Mapping[str, Array]) -> None:
        fixed = {stage: dict(getattr(base, stage)) for stage in type(base).model_fields}
        self._fill(fixed, {name: real(array) for name, array in drawn.items()})

    def _fill(self, fixed: Mapping[str, Mapping[str, Any]], drawn: Mapping[str, Array]) -> None:
        self._fixed, self._drawn = fixed, dict(drawn)
        self._some: tuple[Rows, ParameterSets] | None = None
        for stage, values in fixed.items():
            own = {name.split(".")[1]: array for name, array in drawn.items() if name.startswith(f"{stage}.")}
            setattr(self, stage, SimpleNamespace(**{**values, **own}))

    def __getattr__(self, stage: str) -> Any:
        """Only for type checkers: stages are set when the sets are made."""
        raise AttributeError(f"no stage {stage!r} among the parameters")

    def at(self, rows: Rows) -> ParameterSets:
        """The sets of some of the worlds; asked again for the same ones, those it gave before."""
        if not self._drawn:
            return self
        if self._some is None or self._some[0] is not rows:
            some = ParameterSets.__new__(ParameterSets)
            some._fill(self._fixed, {name: array[rows] for name, array in self._drawn.items()})
            self._some = rows, some
        return self._some[1]


ONE, POSTERIOR, POSTERIOR_2024 = "one", "posterior", "posterior_2024"
"""One set for all worlds; and the tables of sets that the record leaves standing, all of it or that up to 2024."""


def of(config: Scenario, draws: Draws) -> ParameterSets:
    """The parameters of these worlds: the scenario's, or each world's own draw from the posterior.

    A parameter that the scenario sets itself is not drawn: what a user writes holds.
    """
    if config.parameter_sets == ONE:
        return ParameterSets(config.parameters, {})
    drawn = each_world(record.table(config.parameter_sets), draws)
    return ParameterSets(config.parameters, {name: v for name, v in drawn.items() if not held(name, config)})


def held(name: str, config: Scenario) -> bool:
    """Whether the scenario gives a parameter, such as "front.pull", a value of its own."""
    value, default = attrgetter(name)(config.parameters), attrgetter(name)(Parameters())
    return bool(value != default)


def each_world(sets: pd.DataFrame, draws: Draws) -> dict[str, Array]:
    """One of the parameter sets, a row each, for every world, by the world's address."""
    place = (draws.uniform("parameter set", 0).astype(float) * len(sets)).astype(int)
    return {str(name): sets[name].to_numpy()[place] for name in sets}
