"""Make the golden numbers again, and say what changed: `python -m tests.golden [CASE ...]`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))  # this checkout, not a package installed elsewhere

from golden.cases import NUMBERS, cases, read, write
from golden.commands import COMMANDS, NEEDS
from golden.compared import differences


def main(wanted: list[str]) -> None:
    """Write the cases that are named, or every one, and name the first number of each table that is another now."""
    every = cases()
    for case in wanted or every:
        tables, before = every[case](), read(case)
        for difference in differences(case, before, tables) if before else [f"{case}: new"]:
            print(difference)
        write(case, tables)
    if not wanted:
        _clear(set(every))


def _clear(every: set[str]) -> None:
    """Take away what nothing makes any more; what cannot be made here stays."""
    for folder in sorted(NUMBERS.glob("*/*")):
        case = f"{folder.parent.name}/{folder.name}"
        if folder.name in COMMANDS and case not in every:
            print(f"{case}: NOT made again, it needs {NEEDS[folder.name]}, which is not installed")
        elif case not in every:
            print(f"{case}: gone")
            shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
