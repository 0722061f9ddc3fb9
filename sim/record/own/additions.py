"""The folder of a user's own months: one table for every addition, so that nothing she added is ever written over.

An addition is a file `NUMBER-DATE-TABLE.csv`, such as `0003-2026-04-02-aid.csv`, in the units of the record: plain CSV,
to be read, mailed or kept under version control. Of two rows with the same key the one with the higher number counts;
the other stays, with the date on which it was added: that is the vintage. A file is there whole or not at all, one
writer at a time; nothing in the folder is believed, every file is read by the rules of what is added.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sim.basics import durable, tables
from sim.basics.folders import FolderError, cannot_write, locked
from sim.basics.labels import listed
from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.record.own import against, cells, layout
from sim.record.own.against import Earlier, Given
from sim.record.own.layout import Row, TableLayout
from sim.record.own.reading import ReadTable, read

VARIABLE = "DOCTRINE_RECORD"
"""Names the folder unless an option does."""
MOST_ADDITIONS = 1000
DIGITS = 4
"""Of the number of an addition."""
REMOVED = ".removed"
"""How the name of an addition ends that was taken back: its number is not given again."""
NAME = re.compile(r"(\d{4})-(\d{4}-\d{2}-\d{2})-([a-z]+)\.csv", re.ASCII)
REMEDY = "move it out of the folder; what belongs there is added with doctrine record add"
MOST_STRAY = 5
"""Files that are no additions and are named one by one."""


class Addition(NamedTuple):
    """What was added at once: its number, the date, which table it is of, its rows, its file, and their lines there."""

    number: int
    date: str
    table: TableLayout
    rows: list[Row]
    path: Path
    lines: list[int]


class Known(NamedTuple):
    """A row that counts, the addition that brought it with its line there, and those that it revised, the first first.

    A row that says again what counts already, as is left when a revision between was removed, revises nothing.
    """

    row: Row
    addition: Addition
    line: int
    before: tuple[tuple[Row, Addition], ...] = ()


class Change(NamedTuple):
    """What a file would bring to what is known: rows that are new, that revise one, and that are known already.

    `before` is what is known of the table without it, `doubts` what is odd of what it would bring.
    """

    table: TableLayout
    before: list[Row]
    new: list[Row]
    revised: list[tuple[Row, Known]]
    same: int
    doubts: list[str]

    @property
    def rows(self) -> list[Row]:
        """What is to be added."""
        return [*self.new, *(row for row, _ in self.revised)]


def own_folder(asked: Path | None = None) -> Path:
    """The folder of the user's own months: the one asked for, that of `DOCTRINE_RECORD`, or one among her data."""
    if asked is not None:
        return asked
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("doctrine", appauthor=False) / "record"


def there(asked: Path | None) -> Path | None:
    """A folder that is asked for by name has to be there: a slip of the pen would leave out everything.

    Raises
    ------
    FolderError
        If it is not.
    """
    if asked is not None and asked.exists() and not asked.is_dir():
        raise FolderError(f"{asked}: is no folder; name the one that holds your own months, or leave out --record")
    if asked is not None and not asked.is_dir():
        raise FolderError(f"{asked}: no such folder; doctrine record add FILE --record {asked} makes it")
    return asked


def additions(folder: Path) -> list[Addition]:
    """Everything that was added, in that order; nothing where there is no folder yet.

    Raises
    ------
    FolderError
        If it is no folder, or something is in it that was not added.
    RecordError
        If a file in it breaks a rule.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".csv" and not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise FolderError(f"{folder}: cannot be read as a folder: {getattr(error, 'strerror', '') or error}") from None
    if stray := [path.name for path in files if not _is_addition(path)]:
        more = len(stray[MOST_STRAY:])
        named = listed([*map(shown, stray[:MOST_STRAY]), *([f"{more:,} more"] if more else [])])
        one = len(stray) == 1
        raise FolderError(
            f"{folder}: {named} {'was' if one else 'were'} not added by this program, and nobody knows whether "
            f"{'it counts' if one else 'they count'}; move {'it' if one else 'them'} out of this folder, such as into "
            "the one above it, and add what shall count with doctrine record add FILE"
        )
    if len(files) > MOST_ADDITIONS:
        raise FolderError(f"{folder}: holds {len(files):,} tables, more than the {MOST_ADDITIONS:,} that are read")
    return [_addition(path) for path in files]


def _is_addition(path: Path) -> bool:
    """Whether a file is named as additions are."""
    found = NAME.fullmatch(path.name)
    return found is not None and found[3] in layout.tables()


def _addition(path: Path) -> Addition:
    found = NAME.fullmatch(path.name)
    assert found is not None, path
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FolderError(f"{path}: is no plain file; {REMEDY}")
    table, rows, lines = read(path, earlier=None)
    if table.name != found[3]:
        raise FolderError(f"{path}: is a table of {table.name}; {REMEDY}")
    return Addition(int(found[1]), found[2], table, rows, path, lines)


def known(added: list[Addition], table: TableLayout) -> dict[tuple[cells.Value, ...], Known]:
    """The rows of a table that count, each with those that it revised, by what it was known by when it first came."""
    found: dict[tuple[cells.Value, ...], Known] = {}
    places: dict[tuple[cells.Value, ...], tuple[cells.Value, ...]] = {}
    for addition in added:
        if addition.table.name != table.name:
            continue
        for given, line in zip(addition.rows, addition.lines, strict=True):
            keys = table.keys_of(given)
            place = next((places[key] for key in reversed(keys) if key in places), keys[0])
            earlier = found.get(place)
            if earlier is None:
                found[place] = Known(given, addition, line)
            else:
                row = table.under_its_name(given, earlier.row)
                for key in table.keys_of(earlier.row):
                    places.pop(key, None)
                keys = table.keys_of(row)
                if not table.same(earlier.row, row):
                    found[place] = Known(row, addition, line, (*earlier.before, (earlier.row, earlier.addition)))
            places |= dict.fromkeys(keys, place)
    return found


def change(path: Path, folder: Path) -> Change:
    """What a file would bring; nothing is written.

    Raises
    ------
    RecordError
        If anything is wrong with the file, or with one in the folder.
    FolderError
        As `additions`.
    """
    added = additions(folder)
    there = {table.name: list(known(added, table).values()) for table in layout.tables().values()}
    earlier = {name: [_earlier(item) for item in items] for name, items in there.items()}
    given = read(path, earlier)
    return _change(given, there[given.table.name], earlier[given.table.name])


def _earlier(item: Known) -> Earlier:
    return Earlier(item.row, item.addition.path, item.line, item.addition.number, len(item.addition.rows))


def _change(given: ReadTable, there: list[Known], earlier: list[Earlier]) -> Change:
    table = given.table
    by_key = {key: item for item in there for key in table.keys_of(item.row)}
    new: list[Row] = []
    revised: list[tuple[Row, Known]] = []
    brought: list[Given] = []
    same = 0
    for said, line in zip(given.rows, given.lines, strict=True):
        before = next((by_key[key] for key in reversed(table.keys_of(said)) if key in by_key), None)
        row = said if before is None else table.under_its_name(said, before.row)
        if before is not None and table.same(before.row, row):
            same += 1
            continue
        brought.append(Given(line, row))
        if before is None:
            new.append(row)
        else:
            revised.append((row, before))
    doubts = list(against.doubts(table, brought, earlier))
    return Change(table, [item.row for item in there], new, revised, same, doubts)


def add(path: Path, folder: Path) -> tuple[Change, Path | None]:
    """Add what is new in a file, and what revises something.

    Returns
    -------
    Change
        What it brought.
    Path, optional
        The file that was written; None if there was nothing that is not known.

    Raises
    ------
    RecordError, FolderError
        As `change`; or if the folder cannot be written, or somebody else is writing there.
    """
    change(path, folder)  # before the folder is made for nothing
    with _writing(folder):
        found = change(path, folder)
        if not found.rows:
            return found, None
        number = _next_number(folder)
        place = folder / f"{number:04d}-{cells.today()}-{found.table.name}.csv"
        text = _text(found)
        durable.write(place, (tables.mark([text]) + text).encode())
    return found, place


def _next_number(folder: Path) -> int:
    """The number of the next addition: none that was given before, so that nothing else is removed by it."""
    there = additions(folder)
    numbers = [int(path.name[:DIGITS]) for path in folder.glob(f"*{REMOVED}") if path.name[:DIGITS].isdecimal()]
    number = max([*numbers, *(addition.number for addition in there)], default=0) + 1
    if len(there) >= MOST_ADDITIONS or number >= 10**DIGITS:
        raise FolderError(
            f"{folder}: is full: {len(there):,} tables were added, the last with the number {number - 1:,}; "
            "name another folder with --record"
        )
    return number


def _text(found: Change) -> str:
    """The rows as a table in the units of the record; columns in which nothing stands are left out."""
    used = [
        column
        for column in found.table.columns
        if not column.may_lack or any(row.get(column.name) is not None for row in found.rows)
    ]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.heading for column in used)
    for row in found.rows:
        writer.writerow("" if row.get(column.name) is None else row[column.name] for column in used)
    return stream.getvalue()


def remove(number: int, folder: Path) -> Path:
    """Take an addition back; what it revised counts again.

    Its file stays under a name that ends in `.removed`: it does not count, and its number is not given again.

    Returns
    -------
    Path
        The file as it was called.

    Raises
    ------
    InputError
        If nothing has that number.
    FolderError
        As `add`.
    """
    found = _numbered(number, folder)
    with _writing(folder):
        with suppress(FileNotFoundError):
            found.rename(found.with_suffix(REMOVED))
        durable.flush_names(folder)
    return found


def _numbered(number: int, folder: Path) -> Path:
    """The file with that number, whatever is wrong with it: it may be what has to go."""
    there = sorted(folder.glob("[0-9]*.csv")) if folder.is_dir() else []
    named = {int(match[1]): path for path in there if (match := NAME.fullmatch(path.name))}
    if number not in named:
        numbers = ", ".join(map(str, sorted(named))) or "none"
        raise InputError(f"remove: no addition has the number {number}; there are: {numbers}")
    return named[number]


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Be the only one who writes there; the folder is made, and taken back if nothing comes of it."""
    with cannot_write(folder):
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder), cannot_write(folder):
            for rest in folder.glob(".*.csv.writing"):  # of a writer that was killed
                rest.unlink(missing_ok=True)
            yield
    finally:
        if not any(folder.glob("*.csv")):
            for path in made:
                with suppress(OSError):
                    path.rmdir()
