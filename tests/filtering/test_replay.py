"""A world that was resampled is the world of its path, bit for bit; and every array over worlds is known."""

from collections import deque
from collections.abc import Iterator
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.estimation.filtering.guided import Guided
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting
from sim.estimation.priors import PRIORS

SIZE = 307
OPAQUE = (str, bytes, int, float, type, FunctionType, MethodType, ModuleType, np.random.Generator, Guided, Draws)


@pytest.mark.parametrize("world", [0, 7, 150, 299])
def test_a_resampled_world_alone_is_itself(filtered: Particles, world: int) -> None:
    alone = filtered.alone(world)
    for _ in alone:
        pass
    arrays, again = filtered.registry.arrays(filtered.model), filtered.registry.arrays(alone)
    assert arrays.keys() == again.keys()
    assert [n for n in arrays if not np.array_equal(arrays[n][..., [world]], again[n], equal_nan=True)] == []


def test_worlds_jump_and_few_have_to_be_remembered(filtered: Particles) -> None:
    jumps = [len(filtered.path(world)) for world in range(300)]
    assert 1 < np.mean(jumps) < 25


def test_worlds_with_parameters_of_their_own_are_themselves_alone(fully: Setting) -> None:
    names, generator = ["front.pull", "europe.adjustment", "observation.america"], np.random.default_rng(1)
    values = [PRIORS[name].value(generator.random(4)) for name in names[:2]] + [np.array([0.1, 0.2, 0.3, 0.4])]
    sets = dict(zip(names, values, strict=True)) | {"constant.hardship russia": generator.standard_normal(4)}
    found = Particles(fully, 3, 40, 4, sets).run(20)
    for world in (0, 55, 159):
        alone = found.alone(world)
        for _ in range(20):
            alone.step()
        arrays, again = found.registry.arrays(found.model), found.registry.arrays(alone)
        assert [n for n in arrays if not np.array_equal(arrays[n][..., [world]], again[n], equal_nan=True)] == []
        assert "parameters.front.pull" in arrays


def reachable(thing: Any, size: int, seen: set[int]) -> Iterator[int]:
    """Identities of arrays over worlds that can be reached from a thing, but for reasons, luck and functions."""
    if id(thing) in seen or isinstance(thing, OPAQUE):
        return
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        if thing.shape[-1:] == (size,):
            yield id(thing)
        return
    for value in parts(thing):
        yield from reachable(value, size, seen)


def parts(thing: Any) -> list[Any]:
    """What a thing holds."""
    if isinstance(thing, dict):
        return list(thing.values())
    if isinstance(thing, tuple | list | set | deque):
        return list(thing)
    kept = getattr(thing, "__dict__", {})
    return [value for name, value in kept.items() if name not in ("reasons", "_some", "_drawn")]


def test_every_array_over_worlds_is_known(setting: Setting) -> None:
    sets = {"front.pull": np.array([0.006])}
    found = Particles(setting, 1, SIZE, sets=sets).run(30)
    known = {id(array) for array in found.registry.arrays(found.model).values()}
    own = {id(array) for array in vars(found.model.parameters.front).values() if isinstance(array, np.ndarray)}
    assert set(reachable(found.model, SIZE, set())) - known - own == set()
    assert len(known) > 150


def test_what_is_taken_is_taken_everywhere(setting: Setting) -> None:
    found = Particles(setting, 1, SIZE).run(14)
    before = {name: array.copy() for name, array in found.registry.arrays(found.model).items()}
    rows = np.random.default_rng(1).integers(SIZE, size=SIZE)
    found.take(rows)
    after = found.registry.arrays(found.model)
    assert [n for n in before if not np.array_equal(before[n][..., rows], after[n], equal_nan=True)] == []
