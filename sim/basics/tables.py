"""Tables for spreadsheets and R: comma-separated values, every one of them written here.

They are ASCII. A spreadsheet takes a file without a mark for one in the code of its country, so that the dash of
Kalai–Smorodinsky comes out as three letters; and with a mark R takes it for a part of the first heading. So typographic
signs become plain ones. Where something else is left, such as an umlaut in a doctrine's label, the file begins with the
mark (BOM): then nothing plain would say the same. So do tables of the package whose text is read back to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
"""A row of a table, by its columns."""
PLAIN = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": "'",
        "”": "'",
        "…": "...",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "²": "2",
        "³": "3",
        "×": "x",
        "±": "+-",
        "≤": "<=",
        "≥": ">=",
        "→": "->",
        "€": "EUR",
    }
)
"""None of them makes a comma or a double quote, so that a whole table can be rewritten as it stands."""
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Says in which code a file is written (the byte order mark)."""


class Grid(NamedTuple):
    """A table in words: its head, its rows, the first column text and the others numbers, and what to know of it."""

    head: list[str]
    rows: list[list[str]]
    caption: str = ""


def plain(text: str) -> str:
    """A text without typographic signs.

    >>> plain("Kalai–Smorodinsky, 1,000 km²")
    'Kalai-Smorodinsky, 1,000 km2'
    """
    return text.translate(PLAIN)


def text(frame: pd.DataFrame, exact: bool = False, numbers: str = "", **options: Any) -> str:
    """A table as the text in its file: no index, line feeds.

    Parameters
    ----------
    frame : DataFrame
        The table.
    exact : bool
        Whether typographic signs stay, for what is read back to the letter.
    numbers : str
        How numbers that are not whole are written, such as "%.7g"; with every digit if empty. pandas has an option for
        it that takes ten times as long.
    options
        As in `pandas.DataFrame.to_csv`.
    """
    if numbers:
        written: dict[str, Any] = {str(name): _written(frame[name], numbers) for name in frame.select_dtypes("float")}
        frame = frame.assign(**written)
    found = str(frame.to_csv(index=False, lineterminator="\n", **options))
    return found if exact else plain(found)


def _written(column: pd.Series[float], numbers: str) -> list[str | None]:
    return [numbers % value if value == value else None for value in column.tolist()]


def mark(texts: Iterable[str]) -> str:
    r"""What a file begins with that has these texts in it: nothing if they are ASCII.

    >>> mark(["architectural"]), mark(["Überfall"])
    ('', '\ufeff')
    """
    return "" if all(text.isascii() for text in texts) else MARK


def write(frame: pd.DataFrame, path: Path, exact: bool = False, **options: Any) -> None:
    """Write a table; everything as in `text`."""
    rows = text(frame, exact, **options)
    path.write_text(mark([rows]) + rows, encoding="utf-8", newline="\n")
