"""Parameters that differ from world to world: a table of the model's numbers in which some are arrays over worlds.

The model's equations are elementwise, so a parameter may be one number or one number a world. A set is drawn by the
world's address, like any other luck: world 17 has the same parameters under every doctrine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Rows, pick, real
from sim.basics.draws import Draws

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.scenario.resolved import Configuration


class ParameterSets:
    """All parameters, a table a stage as in `Parameters`, some of them arrays of shape (W,).

    Parameters
    ----------
    base : Parameters
        The values of all that are not drawn; or any object with a table a stage.
    drawn : mapping of str to Array
        By name such as "front.pull", one value a world.
    """

    def __init__(self, base: Any, drawn: Mapping[str, Array]) -> None:
        self._base, self._some = base, None
        self._drawn = {name: real(array) for name, array in drawn.items()}
        for stage, values in vars(base).items():
            own = {name.split(".")[1]: array for name, array in self._drawn.items() if name.startswith(f"{stage}.")}
            setattr(self, stage, SimpleNamespace(**{**vars(values), **own}))

    _some: tuple[Rows, Some] | None

    def __getattr__(self, stage: str) -> Any:
        """Only for type checkers: stages are set when the sets are made."""
        raise AttributeError(f"no stage {stage!r} among the parameters")

    def at(self, rows: Rows) -> Any:
        """The sets of some of the worlds; asked again for the same ones, those it gave before."""
        if not self._drawn:
            return self
        if self._some is None or self._some[0] is not rows:
            self._some = rows, Some(self, lambda stage: Some(stage, lambda value: pick(value, rows)))
        return self._some[1]

    @property
    def drawn(self) -> dict[str, Array]:
        """The parameters that are one value a world, by name."""
        return dict(self._drawn)

    def redrawn(self, drawn: Mapping[str, Array]) -> ParameterSets:
        """The same table with other values of those parameters."""
        return ParameterSets(self._base, drawn)


class Some:
    """What is made of the attributes of a whole, each when it is first asked for."""

    def __init__(self, whole: Any, made: Callable[[Any], Any]) -> None:
        self._whole, self._made = whole, made

    def __getattr__(self, name: str) -> Any:
        """What is made of an attribute, kept from then on."""
        if name.startswith("_"):
            raise AttributeError(name)
        made = self._made(getattr(self._whole, name))
        setattr(self, name, made)
        return made


ONE, POSTERIOR, POSTERIOR_2024 = "one", "posterior", "posterior_2024"
"""One set for all worlds; and the tables of sets that the record leaves standing, all of it or that up to 2024."""


def of(config: Configuration, draws: Draws) -> ParameterSets:
    """The parameters of these worlds: the scenario's, or each world's own draw from the posterior."""
    return ParameterSets(config.parameters, each_world(config.sets, draws))


def sets_of(scenario: Scenario) -> dict[str, list[float]]:
    """The sets that worlds draw from, by parameter, one value a set; nothing where all share one set.

    A parameter that the scenario sets itself is not drawn: what a user writes holds. One that it sets to its default is
    as if not set, so that a file which only repeats defaults changes no world; `hold` in the file keeps it from draws.
    """
    if scenario.parameter_sets == ONE:
        return {}
    from sim import record

    table = record.table(scenario.parameter_sets)
    return {str(name): table[name].tolist() for name in table if not held(str(name), scenario)}


def names_in(source: str) -> list[str]:
    """Names of the parameters that worlds draw from a table of sets; none where all share one set."""
    from sim import record

    return [] if source == ONE else [str(name) for name in record.table(source)]


def held(name: str, config: Scenario) -> bool:
    """Whether the scenario gives a parameter, such as "front.pull", a value of its own, or holds it at its default."""
    if name in config.hold:
        return True
    from sim.scenario.parameters import Parameters

    value, default = attrgetter(name)(config.parameters), attrgetter(name)(Parameters())
    return bool(value != default)


def each_world(sets: pd.DataFrame | Mapping[str, Any], draws: Draws) -> dict[str, Array]:
    """One of the parameter sets, a value each under every name, for every world, by the world's address."""
    columns = {str(name): np.asarray(values) for name, values in sets.items()}
    if not columns:
        return {}
    number = len(next(iter(columns.values())))
    place = (draws.uniform("parameter set", 0).astype(float) * number).astype(int)
    return {name: values[place] for name, values in columns.items()}
