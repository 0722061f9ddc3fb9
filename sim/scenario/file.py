"""Scenario files: from bytes to plain tables, along the chain of `extends`; every failure in words.

A file that the program wrote says its format, and names every dial, parameter and mechanism that there was. What was
added since must not take its present default there: the file would tell of another world than the one that was
simulated. So `INTRODUCED` says what the program did without it. Where the equations themselves became others, no value
says that: a file from before `LAW` is refused.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, cast

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import KeyPath, Mistake, ScenarioError, clipped, nearest, shown
from sim.basics.user_files import UnreadableError, read_text
from sim.scenario.lines import key_lines, outline, syntax_mistake
from sim.scenario.tables import REQUIRED

LARGEST_FILE = 1_000_000
"""Bytes of the largest scenario file that is read."""

MOST_DOTS = 100
"""Dots of one key. The parser's memory grows with the square of the parts of a dotted key."""

MOST_VALUES = 10_000
"""Keys, tables and entries of lists that a scenario file and those that it extends may hold together."""

LONGEST_CHAIN = 300
"""Files that may extend one another."""

DEEPEST = 8
"""Tables within tables that a scenario file may have."""

ENDING = ".toml"


@dataclass(frozen=True)
class SourceFile:
    """One file of a chain: its path as messages show it, its text, and what it sets."""

    path: Path
    text: str
    data: dict[str, Any]
    values: int = 0
    """Keys, tables and entries of lists in it."""

    @property
    def shown(self) -> str:
        """The path as a reader would write it."""
        return shown_path(self.path)

    @cached_property
    def resolved(self) -> Path:
        """The path without links and detours."""
        return self.path.resolve()

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """The line of every key."""
        return key_lines(self.text)

    @cached_property
    def dropped(self) -> frozenset[str]:
        """What it lets go of, by name."""
        names = self.data.get("drop")
        return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()

    def line(self, path: KeyPath) -> int | None:
        """Line of the key, or of the nearest table around it that has one."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.lines:
                return self.lines[path[:depth]]
        return None


def shown_path(path: Path) -> str:
    """A path relative to the working directory if it lies there, without detours."""
    plain = os.path.normpath(path)
    inside = os.path.relpath(plain)
    return plain if inside.startswith("..") else inside


def shipped() -> dict[str, Path]:
    """Every scenario that comes with the package, by name."""
    package = Path(__file__).parents[1]
    for folder in (package / "scenarios", package.parent / "scenarios"):
        if folder.is_dir():
            return {path.stem: path for path in sorted(folder.glob(f"*{ENDING}"))}
    return {}


def find(name: str | os.PathLike[str], beside: Path) -> Path | None:
    """The file that `name` means: a path from the folder `beside`, or the bare name of a shipped scenario."""
    path = beside / name
    try:
        if path.exists() and not (path.is_dir() and str(name) in shipped()):
            return path
    except (OSError, ValueError):
        return None
    return shipped().get(str(name).removesuffix(ENDING))


def not_found(name: str) -> str:
    """Say that there is no such file, and which shipped scenario may be meant."""
    near = nearest(Path(name).stem, shipped())
    hint = f"; did you mean '{near}'?" if near else f" (one of {', '.join(shipped())})"
    return f"no such file, and no shipped scenario of that name{hint}"


def read_chain(source: str | os.PathLike[str], unsaid: int | None = None) -> list[SourceFile]:
    """The file that `source` names and those it extends, the file itself first.

    If it does not say its format, it is `unsaid`, the present one if None. Of files that a run wrote some do not; those
    have nothing left to take from elsewhere, so that nothing else is opened in the name of one.
    """
    given: Any = source
    if not isinstance(given, str | os.PathLike) or isinstance(os.fspath(given), bytes):
        raise InputError(
            f"scenario: must be the name of a shipped scenario or the path of a file, got {shown(given)}; "
            "in code a scenario is varied by laying tables over it: sim.load('outlook').with_(months=24)"
        )
    path = find(source, Path())
    if path is None:
        raise ScenarioError(clipped(str(source)), [Mistake((), not_found(str(source)))])
    main = shown_path(path)
    chain = [_read(path, main, unsaid)]
    if unsaid is not None and "extends" in chain[0].data:
        raise _misfit(chain[0], main, "is not allowed in a folder of results, whose scenarios stand alone")
    room = MOST_VALUES - chain[0].values
    while "extends" in chain[-1].data:
        chain.append(_read(_parent(chain, main), main))
        room -= chain[-1].values
        if room < 0:
            raise _misfit(chain[-2], main, f"more than {MOST_VALUES:,} values with those of {chain[-1].shown}")
    return chain


def _parent(chain: list[SourceFile], main: str) -> Path:
    """The file that the last of the chain extends."""
    child = chain[-1]
    name = child.data["extends"]
    if len(chain) == LONGEST_CHAIN:
        raise _misfit(child, main, f"is the last of {LONGEST_CHAIN} files that may extend one another")
    if not isinstance(name, str) or not name:
        raise _misfit(child, main, "must be the name of a file or of a shipped scenario, in quotes")
    path = find(name, child.path.parent)
    if path is None:
        raise _misfit(child, main, f"{shown(name)}: {not_found(name)}")
    seen = [file.resolved for file in chain]
    if path.resolve() in seen:
        circle = [file.shown for file in chain[seen.index(path.resolve()) :]]
        raise _misfit(child, main, f"goes round in a circle: {' -> '.join([*circle, circle[0]])}")
    return path


def _misfit(child: SourceFile, main: str, text: str) -> ScenarioError:
    return ScenarioError(main, [Mistake(("extends",), text, child.shown, child.line(("extends",)))])


def _read(path: Path, main: str, unsaid: int | None = None) -> SourceFile:
    text = _text(path, main)
    found = outline(text)
    if found.dots > MOST_DOTS:
        raise _unreadable(path, main, f"has a key with more than {MOST_DOTS} dots", found.dotted)
    if found.values > MOST_VALUES:
        raise _unreadable(path, main, f"sets {found.values:,} values, more than the {MOST_VALUES:,} of a scenario")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise _unreadable(path, main, f"nests lists or tables more than {DEEPEST} deep") from None
    except ValueError as error:
        raise _unreadable(path, main, *syntax_mistake(str(error), text)) from None
    if _depth(data) > DEEPEST:
        raise _unreadable(path, main, f"nests lists or tables more than {DEEPEST} deep")
    if not data:
        raise _unreadable(path, main, f"sets nothing; a scenario needs {', '.join(REQUIRED)}, or extends")
    try:
        return SourceFile(path, text, of_now(data, unsaid), found.values)
    except ValueError as error:
        mistake = Mistake((FORMAT_KEY,), str(error), shown_path(path), SourceFile(path, text, data).line((FORMAT_KEY,)))
        raise ScenarioError(main, [mistake]) from None


def _text(path: Path, main: str) -> str:
    """The text of a file, or a mistake that says why there is none."""
    try:
        return read_text(path, LARGEST_FILE, "a scenario file", "a scenario")
    except UnreadableError as error:
        raise _unreadable(path, main, str(error), error.line) from None


def _unreadable(path: Path, main: str, text: str, line: int | None = None) -> ScenarioError:
    return ScenarioError(main, [Mistake((), text, shown_path(path), line)])


def _depth(data: dict[str, Any]) -> int:
    """How deep tables and lists lie within each other, counted without recursion: no file is too deep."""
    level: list[Any] = [data]
    depth = 0
    while level and depth <= DEEPEST:
        depth += 1
        inner = [item for value in level for item in (value.values() if isinstance(value, dict) else value)]
        level = [value for value in inner if isinstance(value, dict | list)]
    return depth


def overlay(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """`base` with the values of `top` over it, tables merged key by key."""
    result = dict(base)
    for name, value in top.items():
        below = base.get(name)
        mergeable = isinstance(below, dict) and isinstance(value, dict)
        result[name] = overlay(cast(dict[str, Any], below), value) if mergeable else value
    return result


FORMAT_KEY = "format"
FORMAT = 3
"""Format of the files that are written now, and of those that do not say theirs."""
BEFORE = 0
"""Format of the files that the program wrote before it said one."""
LAW = 3
"""First format whose worlds the program can still bring about: since then beliefs, threats and guarantees differ."""


class Introduced(NamedTuple):
    """A dial, parameter or mechanism that was added.

    Attributes
    ----------
    format : int
        First format that has it; `FORMAT` rises to it.
    path : tuple of str
        Where it stands: ("us", "patience"), ("mechanisms", "mud"), ("parameters", "front", "mud_slowing").
    value : object
        The value with which the program behaves as it did before.
    """

    format: int
    path: tuple[str, ...]
    value: Any


INTRODUCED: tuple[Introduced, ...] = ()
"""Everything that was added since `LAW`."""


def of_now(data: dict[str, Any], unsaid: int | None = None) -> dict[str, Any]:
    """The tables of a file, with what its format did not know filled in.

    Parameters
    ----------
    data
        The tables as they stand in the file.
    unsaid
        Format of a file that does not say its own; the present one if None.

    Raises
    ------
    ValueError
        If a newer version of the program wrote the file, one whose law is gone, or the format is no number of one.
    """
    number = data.get(FORMAT_KEY, FORMAT if unsaid is None else unsaid)
    if not isinstance(number, int) or isinstance(number, bool) or number < BEFORE:
        raise ValueError(f"must be a whole number from {BEFORE} to {FORMAT}, got {shown(number)}")
    if number > FORMAT:
        newer = f"the file is of format {number}, from a newer doctrine-sim"
        raise ValueError(f"{newer}; this one reads up to format {FORMAT}: update it")
    if number < LAW:
        whose = "says no format, as the first versions did" if FORMAT_KEY not in data else f"is of format {number}"
        raise ValueError(
            f"the file {whose}, and with format {LAW} beliefs, threats and guarantees became others: no value of "
            "a scenario brings the worlds of before back. Explain and replay such a result with the version that "
            "wrote it (run.json says which), or make it anew with its command; in a file of one's own say "
            f"{FORMAT_KEY} = {FORMAT}, and what it sets is checked by the names of today"
        )
    for added in INTRODUCED:
        if added.format > number:
            data = _with(data, added)
    return data


def _with(data: dict[str, Any], added: Introduced) -> dict[str, Any]:
    """The tables with one value filled in, where they do not name it."""
    first, *rest = added.path
    if first in ACTORS:
        return {**data, first: _actor(data.get(first, {}), rest, added.value)}
    if first == "parameters":
        return _parameter(data, rest, added.value)
    return {**data, first: _filled(data.get(first, {}), rest, added.value)}


def _actor(table: Any, path: list[str], value: Any) -> Any:
    """A dial, in the head and in the changes that start anew from a preset; other changes take the one before."""
    if not isinstance(table, dict):
        return table
    filled = _filled(table, path, value)
    changes = table.get("doctrine")
    if isinstance(changes, list):
        filled["doctrine"] = [
            _filled(change, path, value) if isinstance(change, dict) and "preset" in change else change
            for change in changes
        ]
    return filled


def _parameter(data: dict[str, Any], path: list[str], value: Any) -> dict[str, Any]:
    """A parameter, which no world draws: there were no draws of it."""
    table = data.get("parameters", {})
    if isinstance(table, str):
        data, table = {"parameter_sets": "one" if table == "default" else table, **data}, {}
    held = data.get("hold", [])
    hold = [*held, ".".join(path)] if isinstance(held, list) and _at(table, path) is None else held
    return {**data, "parameters": _filled(table, path, value), "hold": hold}


def _filled(table: Any, path: list[str], value: Any) -> Any:
    """A table with a value at a path, unless there is one; what is no table is left for the check to refuse."""
    if not isinstance(table, dict):
        return table
    first, *rest = path
    return {**table, first: _filled(table.get(first, {}), rest, value) if rest else table.get(first, value)}


def _at(table: Any, path: list[str]) -> Any:
    """What stands at a path."""
    for part in path:
        table = table.get(part) if isinstance(table, dict) else None
    return table
