"""Everything that golden numbers are kept of, and where they are kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from golden.commands import commands, of_command
from golden.worlds import of_scenario, scenarios

NUMBERS = Path(__file__).parent / "numbers"
DIGITS = "%.6g"
"""Two digits more than are compared."""
Tables = dict[str, pd.DataFrame]


def cases() -> dict[str, Callable[[], Tables]]:
    """What makes the tables of each case, by its name, which is that of its folder."""
    found: dict[str, Callable[[], Tables]] = {f"scenarios/{name}": partial(of_scenario, name) for name in scenarios()}
    return found | {f"commands/{name}": partial(of_command, name) for name in commands()}


def write(case: str, tables: Tables) -> None:
    """Keep the tables of a case, and nothing else of it."""
    folder = NUMBERS / case
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n")


def read(case: str) -> Tables:
    """The tables that are kept of a case; none if it is new."""
    return {path.stem: _read(path) for path in sorted((NUMBERS / case).glob("*.csv"))}


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""])
