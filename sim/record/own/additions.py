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
from sim.basics.limits import InputError
from sim.record.own import cells, layout
from sim.record.own.layout import Row, TableLayout
from sim.record.own.reading import ReadTable, read

VARIABLE = "DOCTRINE_RECORD"
"""Names the folder unless an option does."""
MOST_ADDITIONS = 1000
NAME = re.compile(r"(\d{4})-(\d{4}-\d{2}-\d{2})-([a-z]+)\.csv", re.ASCII)
REMEDY = "take it out of the folder; what belongs there is added with doctrine record add"


class Addition(NamedTuple):
    """What was added at once: its number, the date, which table it is of, its rows, and its file."""

    number: int
    date: str
    table: TableLayout
    rows: list[Row]
    path: Path


class Known(NamedTuple):
    """A row that counts, the addition that brought it, and those that it revised, the first first.

    A row that says again what counts already, as is left when a revision between was removed, revises nothing.
    """

    row: Row
    addition: Addition
    before: tuple[tuple[Row, Addition], ...] = ()


class Change(NamedTuple):
    """What a file would bring to what is known: rows that are new, that revise one, and that are known already.

    `before` is what is known of the table without it.
    """

    table: TableLayout
    before: list[Row]
    new: list[Row]
    revised: list[tuple[Row, Known]]
    same: int

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
    if len(files) > MOST_ADDITIONS:
        raise FolderError(f"{folder}: holds {len(files):,} tables, more than the {MOST_ADDITIONS:,} that are read")
    return [_addition(path) for path in files]


def _addition(path: Path) -> Addition:
    found = NAME.fullmatch(path.name)
    if found is None or found[3] not in layout.tables():
        raise FolderError(f"{path}: was not added by this program; {REMEDY}")
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FolderError(f"{path}: is no plain file; {REMEDY}")
    table, rows = read(path, earlier=None)
    if table.name != found[3]:
        raise FolderError(f"{path}: is a table of {table.name}; {REMEDY}")
    return Addition(int(found[1]), found[2], table, rows, path)


def known(added: list[Addition], table: TableLayout) -> dict[tuple[cells.Value, ...], Known]:
    """The rows of a table that count, by key, each with those that it revised."""
    found: dict[tuple[cells.Value, ...], Known] = {}
    for addition in added:
        if addition.table.name == table.name:
            for row in addition.rows:
                key = table.key_of(row)
                earlier = found.get(key)
                if earlier is not None and table.same(earlier.row, row):
                    continue
                before = () if earlier is None else (*earlier.before, (earlier.row, earlier.addition))
                found[key] = Known(row, addition, before)
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
    events = [item.row for item in known(added, layout.tables()["events"]).values()]
    return _change(path, read(path, events), added)


def _change(path: Path, given: ReadTable, added: list[Addition]) -> Change:
    table, rows = given
    there = known(added, table)
    _check_ways(path, given, there)
    new, revised, same = [], [], 0
    for row in rows:
        earlier = there.get(table.key_of(row))
        if earlier is None:
            new.append(row)
        elif table.same(earlier.row, row):
            same += 1
        else:
            revised.append((row, earlier))
    return Change(table, [item.row for item in there.values()], new, revised, same)


def _check_ways(path: Path, given: ReadTable, there: dict[tuple[cells.Value, ...], Known]) -> None:
    """What was given whole is not given in parts later, nor the other way round: it would count twice."""
    table, rows = given
    if table.given is None:
        return
    ways = {}
    for item in there.values():
        whole, way = table.given(item.row)
        ways[whole] = (way, item.addition)
    for row in rows:
        whole, way = table.given(row)
        before = ways.get(whole)
        if before is not None and before[0] != way:
            number = before[1].number
            raise InputError(
                f"{path}: {' '.join(map(str, whole))} is given {way} here and {before[0]} in {before[1].path.name}, "
                f"which would count it twice; take that out first: doctrine record remove {number}"
            )


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
        numbers = [addition.number for addition in additions(folder)]
        if len(numbers) >= MOST_ADDITIONS:
            raise FolderError(f"{folder}: is full: {MOST_ADDITIONS:,} tables were added")
        number = max(numbers, default=0) + 1
        place = folder / f"{number:04d}-{cells.today()}-{found.table.name}.csv"
        text = _text(found)
        durable.write(place, (tables.mark([text]) + text).encode())
    return found, place


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

    Returns
    -------
    Path
        The file that is gone.

    Raises
    ------
    InputError
        If nothing has that number.
    FolderError
        As `add`.
    """
    found = _numbered(number, folder)
    with _writing(folder):
        found.unlink(missing_ok=True)
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
