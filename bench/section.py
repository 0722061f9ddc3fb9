"""The section of the page that a run against a commit writes, and that every other run leaves as it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from bench.text import markdown, shown

BEGIN, END = "<!-- against a commit -->", "<!-- that was all of it -->"
NOT_YET = "Not measured yet: `python -m bench --against REV` writes it here."


def section(table: pd.DataFrame, revision: str, pairs: int, load: str) -> str:
    """What a run against a commit found, as the page has it.

    Parameters
    ----------
    table : DataFrame
        As `bench.before.against` gives it.
    revision : str
        The commit.
    pairs : int
        Times that the comparison was repeated.
    load : str
        Processes that wanted a core when it began.
    """
    about = f"Against commit `{revision}`, {shown(pairs)} pairs of the comparison; load when it began: {load}."
    return f"{about}\n\n{markdown(table)}"


def written_there(page: Path) -> str:
    """What the section of a page says; that nothing was measured if there is no such page, or no section in it."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    found = text.partition(BEGIN)[2].partition(END)
    return found[0].strip() if found[1] else NOT_YET


def put_there(page: Path, said: str) -> None:
    """Write the section of a page anew."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{said}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
