"""From a user's CSV file to rows, or to every mistake in it at once, each with its line, column, rule and remedy."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, NoReturn

from sim.basics.mistakes import Mistake, MistakesError, clipped, nearest, shown
from sim.basics.user_files import UnreadableError, read_text
from sim.record.own import against, cells, layout
from sim.record.own.against import Earlier, Given
from sim.record.own.layout import ColumnLayout, Row, TableLayout

LARGEST_FILE = 1_000_000
"""Bytes of the largest table that is read: ten thousand months."""
MOST_COLUMNS = 40
CODED = ("votes", "events")
"""Tables whose rows are coded by rules, which are read for them alone."""
LONGEST_HEADING = 100
"""Letters of a heading in which a unit is looked for."""
SEPARATORS = {";": "semicolons", "\t": "tabs"}
"""What else spreadsheets put between cells."""
IN_BRACKETS = re.compile(r"(.*?)\s*[(\[](.*)[)\]]")
SIGNS = str.maketrans({"²": "2", "%": "percent", "€": "eur", "$": "usd", " ": "_", "-": "_", "/": "_"})


class RecordError(MistakesError):
    """Everything that is wrong with a table of a user's own."""


class ReadTable(NamedTuple):
    """A table that was read: which of the four it is, its rows in the units of the record, and the line of each."""

    table: TableLayout
    rows: list[Row]
    lines: list[int]


class FileColumn(NamedTuple):
    """A column of the file: its heading there, which of the table's it is, and how its cells are read."""

    heading: str
    column: ColumnLayout
    read: cells.Read


@dataclass
class FileMistakes:
    """Mistakes found so far in one file."""

    file: str
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, text: str, line: int | None = None, column: str = "") -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake((column,) if column else (), text, self.file, line))

    def stop(self) -> None:
        """Give up if anything is wrong."""
        if self.mistakes:
            raise RecordError(self.file, self.mistakes)

    def fail(self, text: str, line: int | None = None) -> NoReturn:
        """Give up, since nothing after this mistake can be read."""
        self.wrong(text, line)
        raise RecordError(self.file, self.mistakes)


NOTHING: Mapping[str, Sequence[Earlier]] = {}
"""What is known of hers where she added nothing."""


def read(path: Path, earlier: Mapping[str, Sequence[Earlier]] | None = NOTHING) -> ReadTable:
    """Read a table.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 whose first line names the columns.
    earlier : mapping of str to sequence of Earlier, optional
        Her rows that are known already, by table; None if it is not asked whether the file fits to what is known.

    Raises
    ------
    RecordError
        If anything is wrong with it; all of it is told.
    """
    found = FileMistakes(clipped(str(path)))
    lines = _lines(path, found)
    separator = _separator(lines[0], found)
    rows = _cells(lines, separator, found)
    head_line, head = next(rows, (1, []))
    table, places = _head(head, head_line, found)
    wide = len(places)
    kept: list[Given] = []
    line = 0
    for line, texts in rows:
        if len(texts) != wide:
            found.wrong(_wrong_count(len(texts), wide), line)
        elif (row := _row(texts, places, line, found)) is not None:
            kept += [Given(line, row)]
    _across(table, kept, found, earlier)
    if not line:
        found.wrong("has a head and no rows")
    found.stop()
    return ReadTable(table, [row for _, row in kept], [at for at, _ in kept])


def _lines(path: Path, found: FileMistakes) -> list[str]:
    try:
        text = read_text(path, LARGEST_FILE, "a CSV file", "a table of one's own")
    except UnreadableError as error:
        found.fail(f"{error}{'; save it as CSV in UTF-8' if error.line else ''}", error.line)
    lines = text.replace("\r", "\n").rstrip("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            found.wrong("has a zero byte in it; save it as CSV in UTF-8", number)
    if not text.strip():
        found.wrong(f"is empty; the first line names the columns of {layout.every_heading()}")
    found.stop()
    return lines


def _separator(head: str, found: FileMistakes) -> str:
    """What lies between cells; if it is no comma, that is a mistake, and what else is wrong is told all the same."""
    for separator, name in SEPARATORS.items():
        if separator in head and "," not in head:
            found.wrong(f"cells are set apart by {name}; save it with commas, and with decimal points", 1)
            return separator
    return ","


def _cells(lines: list[str], separator: str, found: FileMistakes) -> Iterator[tuple[int, list[str]]]:
    """The cells of every row that has any, and the line on which it begins."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    begins = 1
    try:
        for given in reader:
            texts = [text.strip(" ") for text in given]
            if any(texts):
                yield begins, texts
            begins = reader.line_num + 1
    except csv.Error as error:
        found.fail(f"is no CSV: {error}; a quote inside quotes is written twice", begins)


def _wrong_count(cells_: int, columns: int) -> str:
    return (
        f"has {cells_} cells, and the head names {columns} columns; "
        "put texts that hold a comma in quotes, and write decimals with a point"
    )


def _head(head: Sequence[str], line: int, found: FileMistakes) -> tuple[TableLayout, list[FileColumn]]:
    """The table that the head is of, and what each of its columns is."""
    if len(head) > MOST_COLUMNS:
        found.fail(f"names {len(head):,} columns; a table has at most {MOST_COLUMNS}: {layout.every_heading()}", line)
    spelt = [_spelt(name) for name in head]
    table = layout.of_head([_of_its_unit(name)[0] for name in spelt])
    if table is None:
        found.fail(f"is the head of no table; name the columns of {layout.every_heading()}", line)
    before = len(found.mistakes)
    places = [_place(given, name, table, line, found) for given, name in zip(head, spelt, strict=True)]
    there = [_of_its_unit(name)[0] for name in spelt]
    for column in table.columns:
        if there.count(column.name) > 1:
            found.wrong(f"{column.name} is there {there.count(column.name)} times; keep one of them", line)
        if column.name not in there and not column.may_lack:
            found.wrong(f"is missing; {table.name} has the columns {table.headings}", line, column.heading)
    if len(found.mistakes) > before:
        found.stop()
    return table, [place for place in places if place is not None]


def _spelt(name: str) -> str:
    """A heading as a name: `Military (EUR bn)` is `military_eur_bn`."""
    inside = IN_BRACKETS.fullmatch(name.strip()) if len(name) <= LONGEST_HEADING else None
    whole = f"{inside[1]}_{inside[2]}" if inside else name.strip()
    return whole.lower().translate(SIGNS)


def _of_its_unit(name: str) -> tuple[str, str]:
    """A name without the unit that ends it, and that unit; of a column that has units."""
    for table in layout.tables().values():
        for column in table.columns:
            if column.units and (name == column.name or name.startswith(f"{column.name}_")):
                return column.name, name.removeprefix(column.name).removeprefix("_")
    return name, ""


def _place(given: str, name: str, table: TableLayout, line: int, found: FileMistakes) -> FileColumn | None:
    """What a column of the file is, with the unit in which it is given."""
    bare, unit_name = _of_its_unit(name)
    column = next((column for column in table.columns if column.name == bare), None)
    if column is None:
        near = nearest(name, [column.heading for column in table.columns])
        guess = f"; did you mean '{near}'?" if near else ""
        found.wrong(
            f"unknown column{guess} ({table.name} has {table.headings})", line, given or "a column without name"
        )
        return None
    if not column.units:
        return FileColumn(given, column, column.read)
    unit = next((unit for unit in column.units if unit.name == unit_name), None)
    if unit is None:
        allowed = " or ".join(f"{column.name}_{unit.name}" for unit in column.units)
        if unit_name:
            found.wrong(f"unknown unit {shown(unit_name)}; convert it, and call the column {allowed}", line, given)
        else:
            found.wrong(f"the unit is missing; call the column {allowed}", line, given)
        return None
    return FileColumn(given, column, cells.amount(unit))


def _row(texts: list[str], places: list[FileColumn], line: int, found: FileMistakes) -> Row | None:
    """The values of a row; None if any of them is wrong."""
    before, row = len(found.mistakes), {}
    for text, (heading, column, read_cell) in zip(texts, places, strict=True):
        try:
            row[column.name] = _value(text, column, read_cell)
        except ValueError as error:
            found.wrong(str(error), line, heading)
    return row if len(found.mistakes) == before else None


def _value(text: str, column: ColumnLayout, read_cell: cells.Read) -> cells.Value:
    if text:
        return read_cell(text)
    if column.may_be_empty or column.may_lack:
        return None
    remedy = "leave out the row of what is not known" if column.name != "source" else "say who says so"
    raise ValueError(f"is empty; {remedy}")


def _across(
    table: TableLayout, rows: list[Given], found: FileMistakes, earlier: Mapping[str, Sequence[Earlier]] | None
) -> None:
    """Rules that hold within a row, between rows, and beside what is known."""
    lines: dict[tuple[cells.Value, ...], int] = {}
    ways: dict[tuple[cells.Value, ...], tuple[str, int]] = {}
    for line, row in rows:
        for column, text in table.fits(row):
            found.wrong(text, line, column)
        key = table.keys_of(row)[0]
        if key in lines:
            what = ", ".join(map(str, table.key_of(row)))
            found.wrong(f"{what} is on line {lines[key]} already; keep one of them", line, table.key[0])
        lines.setdefault(key, line)
        if table.given is not None:
            whole, way = table.given(row)
            known, where = ways.setdefault(whole, (way, line))
            if known != way:
                found.wrong(
                    f"{' '.join(map(str, whole))} is given {known} on line {where}; leave one out", line, "donor"
                )
    if table.name in CODED:
        from sim.record.own import coding

        before = None if earlier is None else [item.row for item in earlier.get("events", ())]
        for place, column, text in coding.mistakes(table.name, [row for _, row in rows], before):
            found.wrong(text, rows[place].line, column)
    if earlier is not None:
        for line, column, text in against.mistakes(table, rows, earlier.get(table.name, ())):
            found.wrong(text, line, column)
