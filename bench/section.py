"""The sections of the page that runs of their own write, and that every other run leaves as they are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from bench.text import markdown, shown

BEGIN, END = "<!-- against a commit -->", "<!-- that was all of it -->"
NOT_YET = "Not measured yet: `python -m bench --against REV` writes it here."
BEGIN_PAGE = "<!-- in a page -->"
NOT_YET_PAGE = "Not measured yet: `python -m bench --in-page` writes it here."


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


def section_in_page(table: pd.DataFrame, load: str) -> str:
    """What a run in a browser found, as the page has it; `load` is as in `section`."""
    return f"In headless Chromium; load when it began: {load}.\n\n{markdown(table)}"


def written_there(page: Path, begin: str = BEGIN, not_yet: str = NOT_YET) -> str:
    """What the section of a page says; that nothing was measured if there is no such page, or no section in it."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    found = text.partition(begin)[2].partition(END)
    return found[0].strip() if found[1] else not_yet


def put_there(page: Path, said: str, begin: str = BEGIN) -> None:
    """Write the section of a page anew."""
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    page.write_text(f"{before}{begin}\n{said}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
