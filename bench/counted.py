"""Arrays that count what is done with them.

NumPy hands every ufunc and nearly every function that meets a `Counted` array to that array first; it writes down what
is done and to how many elements, has it done on plain arrays, and returns the results as `Counted` again. So the
count spreads from the state of a model to all that follows from it, and no line of the model need know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

LOGICAL, GATHER, SCATTER = "logical", "gather", "scatter"
"""A ufunc on truth values alone; reading by an array of places or truths; writing into an array."""
VIEWS = frozenset({"broadcast_to", "expand_dims", "ndim", "ravel", "reshape", "shape", "size", "squeeze", "transpose"})
"""Functions that touch no element."""
METHODS = ("argmax", "argmin", "astype", "compress", "copy", "cumsum", "fill", "nonzero", "put", "repeat", "take")
"""Methods of an array that are no ufuncs and would go by unseen."""
PICKS = ("take",)
"""Those that read as much as they write, however large the array."""


class Operation(NamedTuple):
    """One call of NumPy."""

    stage: str
    """Stage of the month in which it was made."""
    kind: str
    """Name of the ufunc or function, or one of `LOGICAL`, `GATHER`, `SCATTER`."""
    elements: int
    """Elements of the largest array that it read or wrote."""
    single: bool = False
    """Whether it wrote numbers of four bytes; all others count as numbers of eight."""


class Tally:
    """What has been done, in order.

    Attributes
    ----------
    operations : list of Operation
        Every call seen.
    blind : int
        Calls that met a plain array of `width` or more elements: something was done to it that nobody saw.
    """

    def __init__(self, width: int) -> None:
        self.operations: list[Operation] = []
        self.width, self.blind, self.stage = width, 0, ""

    def add(self, kind: str, read: list[Any], wrote: list[Any]) -> None:
        """Write down a call, the arrays that it read and those that it wrote."""
        elements = max((array.size for array in (*read, *wrote)), default=0)
        self.operations.append(Operation(self.stage, kind, elements, any(a.dtype == np.float32 for a in wrote)))
        self.blind += any(type(array) is np.ndarray and array.size >= self.width for array in read)


class Counted(np.ndarray[Any, Any]):
    """An array that writes into `Counted.tally` what is done with it."""

    tally = Tally(1)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Write down a ufunc and do it on plain arrays."""
        out = options.get("out")
        result = getattr(ufunc, method)(*bare(inputs), **bare(options))
        read, wrote = _arrays((inputs, options)), _arrays(result)
        kind = LOGICAL if all(array.dtype == bool for array in (*read, *wrote)) else ufunc.__name__
        self.tally.add(kind, read, wrote)
        return counted(result) if out is None else (out[0] if len(out) == 1 else out)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Write down a function and do it on plain arrays."""
        result = func(*bare(args), **bare(kwargs))
        if func.__name__ not in VIEWS:
            self.tally.add(func.__name__, _arrays((args, kwargs)), _arrays(result))
        return counted(result)

    def __getitem__(self, key: Any) -> Any:
        """Read; only reading by arrays moves elements."""
        result = bare(self)[bare(key)]
        if _arrays(key):
            self.tally.add(GATHER, _arrays(key), _arrays(result))
        return counted(result)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Write."""
        plain, place = bare(self), bare(key)
        plain[place] = bare(value)
        self.tally.add(SCATTER, _arrays((key, value)), [plain[place]])


def _method(name: str) -> Callable[..., Any]:
    def done(self: Counted, *arguments: Any, **options: Any) -> Any:
        result = getattr(bare(self), name)(*bare(arguments), **bare(options))
        read = _arrays(arguments) if name in PICKS else [self, *_arrays(arguments)]
        self.tally.add(name, read, _arrays(result))
        return counted(result)

    return done


for _name in METHODS:
    setattr(Counted, _name, _method(_name))


def counted(value: Any) -> Any:
    """The same array, or arrays in tuples and lists, as arrays that count; shares memory."""
    if isinstance(value, np.ndarray):
        return value.view(Counted)
    return type(value)(map(counted, value)) if type(value) in (tuple, list) else value


def bare(value: Any) -> Any:
    """The same array, or arrays in tuples, lists and dicts, as plain arrays; shares memory."""
    if isinstance(value, Counted):
        return value.view(np.ndarray)
    if type(value) in (tuple, list):
        return type(value)(map(bare, value))
    return {name: bare(v) for name, v in value.items()} if type(value) is dict else value


def _arrays(value: Any) -> list[Any]:
    """All arrays in a value, in tuples, lists and dicts too."""
    if isinstance(value, np.ndarray):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ()
    return [array for part in inside for array in _arrays(part)]
