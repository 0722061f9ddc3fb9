"""The tables that ship with the package: small CSV files, one subject each; publishers in `tables/SOURCES.md`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.basics import tables

FOLDER = Path(__file__).parent / "tables"
DATES = ("month", "date", "until", "enacted", "field_start", "field_end")
"""Columns that hold dates, wherever they occur."""


def names() -> list[str]:
    """Names of the tables, in alphabetical order.

    Examples
    --------
    >>> "territory" in names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def read(name: str) -> pd.DataFrame:
    """Read one table, dates parsed; an empty cell means not covered.

    Parameters
    ----------
    name : str
        One of `names()`.

    Raises
    ------
    ValueError
        If there is no such table.
    """
    if name not in names():
        raise ValueError(f"no table {name!r} in the record; allowed: {', '.join(names())}")
    frame = pd.read_csv(FOLDER / f"{name}.csv", keep_default_na=False, na_values=[""])
    return frame.assign(**{column: dates(frame[column]) for column in DATES if column in frame})


def dates(texts: pd.Series) -> pd.Series:
    """Days or months as dates; the form is named, because older versions of pandas guess it, and warn."""
    return pd.to_datetime(texts, format="ISO8601")


def text(frame: pd.DataFrame) -> str:
    """A table as the bytes in its file: comma-separated, no index, line feeds."""
    return tables.text(frame, exact=True)


def write(name: str, frame: pd.DataFrame) -> Path:
    """Write an estimated table beside the observed ones and return its path."""
    path = FOLDER / f"{name}.csv"
    tables.write(frame, path, exact=True)
    return path
