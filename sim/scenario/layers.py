"""The files of a chain of `extends` laid over each other: where everything stands, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.actors import ACTORS
from sim.basics.mistakes import KeyPath, Mistake, count, key, shown
from sim.scenario.check import month_at
from sim.scenario.file import FORMAT_KEY, SourceFile
from sim.scenario.grants import cut_short
from sim.scenario.json_schema import value_at
from sim.scenario.parameters import Parameters
from sim.scenario.tables import PARAMETERS

if TYPE_CHECKING:
    from sim.scenario import Scenario


EVENTS, HOLD = ("events",), ("hold",)
CHANGES = {actor: (actor, "doctrine") for actor in ACTORS}
LISTS: tuple[tuple[str, ...], ...] = (EVENTS, HOLD, *CHANGES.values())
"""Lists that add up along a chain, by their place in a file."""
MOST_NAMED = 6
"""Names that a note on the terminal lists in full."""
FIRST_NAMED = 4
"""Names that stand for a longer list."""


class Entry(NamedTuple):
    """An entry of a list, and where it stands: the file, and its position in that file's list."""

    value: Any
    file: SourceFile
    place: int


class Note(NamedTuple):
    """What became of something, in a line, and the same with every name that the line only counts."""

    text: str
    full: str

    def under(self, opening: str) -> Note:
        """The note with an opening."""
        return Note(opening + self.text, opening + self.full)


class Layers:
    """What the files of a chain say together, from the last ancestor to the file that is laid on now.

    Attributes
    ----------
    tables : dict
        Tables and single values; without the lists that add up.
    lists : dict of tuple to list of Entry
        The lists that add up, by their place.
    as_of : dict of str to str
        By value of `[initial]`, the start that it was given for, "" if unknown; without those never given.
    doctrine_of : dict of str to str
        By actor, the month for which the preset was given that holds at the start; without those never given.
    mistakes : list of Mistake
        Mistakes of what files want to do with what they inherit.
    """

    def __init__(self, chain: list[SourceFile]) -> None:
        self.chain = chain
        self.tables: dict[str, Any] = {}
        self.lists: dict[tuple[str, ...], list[Entry]] = {}
        self.as_of: dict[str, str] = {}
        self.doctrine_of: dict[str, str] = {}
        self.mistakes: list[Mistake] = []
        self._notes: list[tuple[SourceFile, Note]] = []
        self.file, self.parent = chain[-1], ""

    def turn_to(self, file: SourceFile, parent: SourceFile | None) -> None:
        """Go on with a file; what there is so far is what it inherits from `parent`."""
        self.file, self.parent = file, parent.path.name if parent else ""

    def say(self, text: str, full: str = "") -> None:
        """Take down what became of something that the file inherits; `full` names what the text only counts."""
        self._notes.append((self.file, Note(text, full or text)))

    def refuse(self, path: KeyPath, words: str | Callable[[], str]) -> None:
        """Take down a mistake of the file."""
        self.mistakes.append(Mistake(path, words, self.file.shown, self.file.line(path)))

    def notes_on(self, files: list[SourceFile]) -> list[Note]:
        """What became of what some of the files inherit; those of an ancestor open with its name."""
        return [note.under(self.opening(file)) for file, note in self._notes if any(file is one for one in files)]

    def opening(self, file: SourceFile) -> str:
        """How a note on a file opens: with its name if it is an ancestor."""
        return "" if file is self.chain[0] else f"{file.path.name}: "

    def whole(self) -> dict[str, Any]:
        """Everything as the tables of one file."""
        data = dict(self.tables)
        for path, entries in self.lists.items():
            values = [entry.value for entry in entries]
            if path[0] not in ACTORS:
                data.setdefault(path[0], values)
            elif isinstance(table := data.get(path[0], {}), dict):
                data[path[0]] = {"doctrine": values, **table}
        return data

    def let_go(self, name: str) -> str:
        """Forget what is inherited under a name of `DROPPED`; say what went, "" for nothing."""
        path = tuple(name.split("."))
        if path in LISTS:
            return self._let_go_list(path)
        if name in ACTORS:
            self.doctrine_of.pop(name, None)
            return _gone(self.tables.pop(name, None), self._let_go_list(CHANGES[name]))
        if name == "parameters":
            drawn = self.tables.pop("parameter_sets", "one") != "one"
            numbers = self.tables.pop("parameters", None)
            return _gone(numbers, "draws" if drawn else "", self._let_go_list(HOLD))
        if name == "guests":
            return in_a_row(list(self.tables.pop(name, {})))
        if name == "initial":
            self.as_of.clear()
        table = value_at(path[:-1], self.tables)
        return _gone(table.pop(path[-1], None)) if isinstance(table, dict) else ""

    def _let_go_list(self, path: tuple[str, ...]) -> str:
        gone = self.lists.pop(path, [])
        table = value_at(path[:-1], self.tables)
        wrong = table.pop(path[-1], None) if isinstance(table, dict) else None
        if not gone:
            return _gone(wrong)
        if path == HOLD:
            return f"{count(len(gone), 'name')} to hold"
        key = "month" if path == EVENTS else "from"
        return f"{count(len(gone), path[-1].removesuffix('s').replace('doctrine', 'change'))} ({dates(gone, key)})"

    def placed(self, mistake: Mistake) -> Mistake:
        """The mistake with the file and line that set the value; what is missing is placed at its table."""
        for path, entries in self.lists.items():
            rest = mistake.path[len(path) :]
            if mistake.path[: len(path)] == path and rest and isinstance(rest[0], int):
                entry = entries[rest[0]]
                own: KeyPath = (*path, entry.place, *rest[1:])
                return replace(mistake, path=own, file=entry.file.shown, line=entry.file.line(own))
        setter, most = self.chain[0], 0
        for file in self.chain:
            if not mistake.path or (mistake.path[0] not in file.data and mistake.path[0] not in file.dropped):
                continue
            depth, closed = _depth(file, mistake.path)
            if depth > most:
                setter, most = file, depth
            if closed:
                break
        return replace(mistake, file=setter.shown, line=setter.line(mistake.path[:most]))


def _gone(table: Any, *words: str) -> str:
    """What was let go: how many values of a table, and what is in words already."""
    values = f"preset {shown(table['preset'])}" if isinstance(table, dict) and "preset" in table else ""
    number = _size(table) - bool(values)
    more = count(number, "dial" if values else "value") if number else ""
    return " and ".join(part for part in (values, more, *words) if part)


def _size(value: Any) -> int:
    """How many values there are in a table and the tables in it."""
    return sum(map(_size, value.values())) if isinstance(value, dict) else int(value is not None)


def in_a_row(words: list[str]) -> str:
    """`line`, `line and europe`, `line, momentum and europe`."""
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), *words[-1:]])


def some_of(words: list[str]) -> str:
    """Words in a row; of many the first few, and how many more there are."""
    if len(words) <= MOST_NAMED:
        return in_a_row(words)
    return in_a_row([*words[:FIRST_NAMED], f"{len(words) - FIRST_NAMED} more"])


def dates(entries: list[Entry], key: str) -> str:
    """The months of entries, those that have a sound one."""
    return ", ".join(month for entry in entries if (month := month_at(entry.value, key)))


def renews(data: dict[str, Any], actor: str) -> bool:
    """Whether a file names the preset of an actor: the dials inherited belong to another one."""
    table = data.get(actor)
    return actor in ACTORS and isinstance(table, dict) and "preset" in table


def _depth(file: SourceFile, path: KeyPath) -> tuple[int, bool]:
    """How much of `path` a file sets, and whether nothing is inherited there."""
    value: Any = file.data
    table = str(path[0]) if path else ""
    closed = renews(value, table) or table in file.dropped
    for depth, part in enumerate(path):
        closed = closed or isinstance(value, list)
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return depth, closed
    return len(path), closed


SOURCES = {"posterior": "the posterior", "posterior_2024": "the posterior of the record up to 2024"}
ABOUT_PARAMETERS = ("parameters", "parameter_sets", "hold")


@dataclass(frozen=True)
class Loaded:
    """A scenario, and what became of what its file inherits.

    Attributes
    ----------
    scenario : Scenario
        The scenario, nothing left to fill in.
    notes : tuple of str
        What was inherited and changed, replaced or let go, and what the end cuts off, a line each.
    shipped : bool
        Whether the file comes with the package.
    in_full : tuple of str
        The notes with every name that they only count.
    """

    scenario: Scenario
    notes: tuple[str, ...]
    shipped: bool
    in_full: tuple[str, ...]


def parameter_notes(chain: list[SourceFile], own: list[SourceFile], scenario: Scenario) -> list[str]:
    """Say what worlds draw and what they share, if one of a user's own files says anything of parameters.

    Parameters
    ----------
    chain, own
        The files, the scenario's own first; and those of them that do not come with the package.
    scenario
        What they say together.
    """
    if not any(key in file.data for file in own for key in ABOUT_PARAMETERS):
        return []
    from sim.scenario.parameter_sets import held, names_in

    names = names_in(scenario.parameter_sets)
    idle = [name for name in scenario.hold if name not in names]
    notes = [f"hold: no world draws {in_a_row(idle)}, so there is nothing to hold"] if idle else []
    if not names:
        return notes
    fixed = [name for name in names if held(name, scenario)]
    loose = [name for file in own for name in _at_default(file) if name in names and name not in fixed]
    drawn = f"each world draws {len(names) - len(fixed)} from {SOURCES[scenario.parameter_sets]}{_source(chain)}"
    notes.append("; ".join([f"parameters: {drawn}", *_held(fixed, scenario.parameters)]))
    return [*notes, *_not_held(list(dict.fromkeys(loose)))]


def event_notes(scenario: Scenario) -> list[str]:
    """Say what the end of a scenario cuts off."""
    return [f"events: {sentence}" for sentence in cut_short(scenario.events, scenario.calendar[-1])]


def old_kinds(layers: Layers, own: list[SourceFile]) -> list[str]:
    """Say whose money it is where a user's own file writes it by its old name; what the program wrote, nobody did."""
    written = [file for file in own if FORMAT_KEY not in file.data]
    return [
        f"{layers.opening(entry.file)}{key((*EVENTS, entry.place))}: 'instrument' is American money; "
        'kind = "money" with a donor says whose'
        for entry in layers.lists.get(EVENTS, [])
        if any(entry.file is file for file in written) and entry.value["kind"] == "instrument"
    ]


def _held(names: list[str], parameters: Parameters) -> list[str]:
    if len(names) > MOST_NAMED:
        return [f"{count(len(names), 'other')} are held"]
    return [in_a_row([f"{name} is held at {_value(parameters, name):g}" for name in names])] if names else []


def _value(parameters: Parameters, name: str) -> float:
    value: float = attrgetter(name)(parameters)
    return value


def _source(chain: list[SourceFile]) -> str:
    """The file that asks for the draws, where it is not the scenario's own."""
    asks = [file for file in chain if "parameter_sets" in file.data or isinstance(file.data.get("parameters"), str)]
    return f" ({asks[0].path.name})" if asks and asks[0] is not chain[0] else ""


def _at_default(file: SourceFile) -> list[str]:
    """Parameters that a file sets to their defaults; none if it sets them all, as a file in full does."""
    found = {name: value_at(tuple(name.split(".")), file.data.get("parameters")) for name in PARAMETERS}
    given = {name: value for name, value in found.items() if value is not None}
    if len(given) == len(PARAMETERS):
        return []
    return [name for name, value in given.items() if value == _default(name)]


def _default(name: str) -> Any:
    return attrgetter(name)(Parameters())


def _not_held(names: list[str]) -> list[str]:
    if not names:
        return []
    some = names[:MOST_NAMED]
    at = in_a_row([f"{name} is written at its default, {_default(name):g}" for name in some])
    holds = ", ".join(f'"{name}"' for name in some)
    return [f"parameters: {at}, and drawn all the same; hold = [{holds}] holds {'it' if len(some) == 1 else 'them'}"]
