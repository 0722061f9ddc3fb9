"""Every NumPy operation of a model's months, counted on the model as it is."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from bench.counted import Counted, Operation, Tally, counted
from bench.month import Method, watched
from sim.basics.draws import Draws
from sim.model import Negotiation

MAKERS = ("arange", "array", "asanyarray", "asarray", "empty", "full", "ones", "zeros")
"""Functions of NumPy that make an array out of none; only what they are given as an array could count itself."""
FREE = ("asarray", "asanyarray")
"""Those that hand on an array as it is."""


class Draw(NamedTuple):
    """One call for luck."""

    method: str
    arguments: tuple[Any, ...]


class Count(NamedTuple):
    """What a model did in some months.

    operations : every call of NumPy, in order, without those inside a draw.
    draws : every call for luck, in order.
    blind : calls that met an array which had come about unseen.
    sittings : worlds in which somebody has something to propose, summed over months.
    months : how many months.
    """

    operations: list[Operation]
    draws: list[Draw]
    blind: int
    sittings: int
    months: int

    @property
    def coverage(self) -> float:
        """Share of calls all of whose arrays came about in plain sight."""
        return 1.0 - self.blind / max(len(self.operations), 1)


def count(model: Negotiation, months: int | None = None) -> Count:
    """Live through months that are counted.

    Parameters
    ----------
    model : Negotiation
        A block of worlds; it is changed for good, into one whose arrays count.
    months : int, optional
        How many months; all that are left if None.
    """
    tally, before, sat = Tally(model.size), model.elapsed, list[int]()
    draws: list[Draw] = []
    negotiate = model.mediator._negotiate

    def noted(rows: Any) -> None:
        sat.append(rows.size)
        negotiate(rows)

    _count_in(model, {})
    sitting = patch.object(model.mediator, "_negotiate", noted)
    with patch.object(Counted, "tally", tally), _counting(model, tally, draws), sitting:
        for _ in islice(model, months):
            pass
    return Count(tally.operations, draws, tally.blind, sum(sat), model.elapsed - before)


@contextmanager
def _counting(model: Negotiation, tally: Tally, draws: list[Draw]) -> Iterator[None]:
    """Let arrays be made as arrays that count, luck included; know the stage; look away inside a draw."""

    def staged(stage: str, method: Method) -> Method:
        def called(*arguments: Any) -> Any:
            tally.stage = stage
            return method(*arguments)

        return called

    drawing = _Drawing(draws)
    with ExitStack() as changed:
        changed.enter_context(watched(model, staged, drawing.beside))
        for module, name, table in _tables():
            changed.enter_context(patch.object(module, name, counted(table)))
        for name in MAKERS:
            changed.enter_context(patch.object(np, name, _maker(name, tally, drawing)))
        yield


def _tables() -> list[tuple[ModuleType, str, Any]]:
    """Arrays that a module of the model keeps for all models, those of luck apart: module, name and array."""
    modules = [(name, module) for name, module in sys.modules.items() if name != Draws.__module__]
    ours = [module for name, module in modules if name.partition(".")[0] == "sim"]
    found = [(module, name, value) for module in ours for name, value in vars(module).items()]
    return [(module, name, value) for module, name, value in found if type(value) is np.ndarray]


class _Drawing:
    """Notes the calls for luck from outside; those that one draw makes of another are its own affair."""

    def __init__(self, draws: list[Draw]) -> None:
        self.draws, self.on = draws, False

    def beside(self, _stage: str, method: Method) -> Method:
        def drawn(luck: Draws, *arguments: Any) -> Any:
            if self.on:
                return method(luck, *arguments)
            self.draws.append(Draw(method.__name__, arguments))
            self.on = True
            try:
                return counted(method(luck, *arguments))
            finally:
                self.on = False

        return drawn


def _maker(name: str, tally: Tally, drawing: _Drawing) -> Callable[..., Any]:
    make = getattr(np, name)

    def made(*arguments: Any, **options: Any) -> Any:
        if drawing.on:
            return make(*arguments, **options)
        given = arguments[0] if arguments else None
        if name in FREE and isinstance(given, Counted) and options.get("dtype") in (None, given.dtype):
            return given
        result = counted(make(*arguments, **options))
        if name not in FREE:
            tally.add(name, [], [result])
        return result

    return made


def _count_in(value: Any, seen: dict[int, tuple[Any, Any]]) -> Any:
    """The same value with all arrays in it counting: in place where it can be changed, else a new one."""
    if id(value) in seen:
        return seen[id(value)][1]
    if isinstance(value, np.ndarray):
        found = counted(value) if value.dtype.kind in "bif" else value
    elif isinstance(value, tuple):
        parts = [_count_in(part, seen) for part in value]
        found = type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    else:
        found = value
    seen[id(value)] = value, found  # the old value too: while it lives nothing else has its id
    for place, part in _places(value):
        _put(value, place, part, _count_in(part, seen))
    return found


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Where a value that can be changed keeps its parts."""
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list | deque):
        return list(enumerate(value))
    ours = type(value).__module__.partition(".")[0] == "sim" or isinstance(value, SimpleNamespace)
    return list(vars(value).items()) if ours and hasattr(value, "__dict__") else []


def _put(owner: Any, place: Any, old: Any, new: Any) -> None:
    if new is old:
        return
    if isinstance(owner, dict | list | deque):
        owner[place] = new
    else:
        object.__setattr__(owner, place, new)
