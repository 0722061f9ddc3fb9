"""Write docs/app/limits.md from the constants that hold the app's limits: `python docs/make_limits.py`.

A number stands here only as the constant that is in force; a test says if the page is older than they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

from sim.browser import runs
from sim.browser.classroom import hall
from sim.browser.explore import comparison
from sim.browser.explore.comparison import Comparison
from sim.browser.guard import limits, visitors
from sim.browser.lessons import chapter_runs
from sim.browser.player.player_page import WorldAddress
from sim.browser.seat import game
from sim.browser.seat.game import Game
from sim.scenario.spelling import LONGEST_DOCTRINE
from sim.teaching.classroom import bounds

PAGE = Path(__file__).parent / "app" / "limits.md"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
Row = tuple[str, str, str]

PLACES = limits.PLACES
SECTIONS: dict[str, list[Row]] = {
    "Connections": [
        (
            "Connections that wait or are answered",
            f"{limits.CONNECTIONS_AN_ADDRESS:,} an address, {limits.CONNECTIONS_IN_ALL:,} in all",
            "one that does nothing is closed for a new one: that of longest standing, of the address that has most",
        ),
        ("A request that was begun", f"{limits.PATIENCE:.0f} seconds for its head", "it is closed"),
        ("An answer that is not fetched", f"{limits.SLOWEST:.0f} seconds", "it is closed"),
        ("A connection of a page that has not introduced itself", f"{limits.SILENCE:.0f} seconds", "it is closed"),
        ("An address", f"an IPv4 address, or the {visitors.NETWORK} bits of an IPv6 network", ""),
    ],
    "Pages": [
        (
            "Pages in memory, and as many connections of pages, of strangers",
            f"{PLACES.an_address} an address, {PLACES.strangers} in all",
            "one that has not introduced itself gives way, of the address that has most; else the new one is refused",
        ),
        (
            "The same, of students, teachers and the owner",
            f"{PLACES.a_browser} a browser, {PLACES.known} in all, whatever strangers do",
            "a browser's oldest gives way",
        ),
        (
            "Pages asked for, by an address or a known browser",
            f"{limits.PAGES_A_SECOND:.0f} a second, {limits.PAGES_AT_ONCE:.0f} at once",
            "refused (429)",
        ),
        (
            "Pages that wait to be made, of an address or a known browser",
            f"{limits.MOST_WAITING}, for {limits.LONGEST_WAIT:.0f} seconds",
            "refused (503)",
        ),
        (
            "The time of the server",
            "one page or message at a time; the known first; strangers by address, half of it in all",
            "waits",
        ),
    ],
    "Messages": [
        ("A message or a request", f"{limits.MOST_BYTES:,} bytes", "the connection is closed"),
        (
            "Messages of one connection",
            f"{limits.MESSAGES_A_SECOND:.0f} a second, {limits.MESSAGES_AT_ONCE:.0f} at once",
            "the connection is closed",
        ),
        (
            "Bytes of the messages of one connection",
            f"{limits.BYTES_A_SECOND:,.0f} a second, {limits.BYTES_AT_ONCE:,.0f} at once",
            "the connection is closed",
        ),
        ("What is told of one event", f"{limits.LONGEST_EVENT:,} characters", "the connection is closed"),
        ("A field for a doctrine", f"{LONGEST_DOCTRINE} characters", "the connection is closed"),
        ("A field for a name", f"{4 * bounds.LONGEST_NAME} characters", "the connection is closed"),
        ("A file of a saved game", f"{game.LONGEST_FILE:,} characters", "the connection is closed"),
        ("Lists within lists", f"{limits.DEEPEST} levels", "the connection is closed"),
        (
            "A link, in characters",
            f"{Comparison.LONGEST:,} to Explore, {WorldAddress.LONGEST:,} to one world, {Game.LONGEST} for a seat",
            "said on the page",
        ),
        ("A doctrine in a link or a field", "its own dials, each once", "said on the page, at the first mistake"),
    ],
    "Classes": [
        (
            "Tries to open a room, of an address",
            f"{hall.MOST_TRIES} in {hall.OPENING_WHILE / MINUTE:.0f} minutes, whatever came of them",
            "said on the page",
        ),
        (
            "Rooms opened by an address",
            f"{hall.MOST_OPENED} in {hall.OPENING_WHILE / MINUTE:.0f} minutes, {hall.MOST_AT_ONCE} at a time",
            "said on the page",
        ),
        (
            "Rooms of a server",
            f"{bounds.MOST_ROOMS}",
            f"one that nobody joined in {bounds.SPARED / MINUTE:.0f} minutes gives way; else said on the page",
        ),
        ("A room that nobody joined", f"{bounds.UNJOINED_DAYS:.0f} days", "removed"),
        ("A room that nobody used", f"{bounds.ROOM_DAYS:.0f} days", "removed"),
        (
            "A room",
            f"{bounds.MOST_STUDENTS} students, {bounds.MOST_TABLES} tables, names of {bounds.LONGEST_NAME} characters",
            "said on the page",
        ),
        ("A room's journal", f"{bounds.JOURNAL_BYTES:,} bytes, lines of {bounds.LINE_BYTES:,}", "said on the page"),
        (
            "Wrong room codes, for who is in no room",
            f"{hall.MOST_OWN} a browser and {hall.MOST_WRONG} an address in {hall.GUESS_WHILE:.0f} seconds",
            "said on the page; a code is one of 64 million",
        ),
    ],
    "Work and memory": [
        (
            "Runs",
            f"one at a time for each browser, {comparison.MOST:,} worlds each, {runs.MOST_WAITING} waiting",
            "said on the page",
        ),
        ("Debriefs and results of classes", f"{runs.MOST_WAITING} waiting; they go before runs", "said on the page"),
        ("Quick questions", f"{runs.MOST_QUICK} a browser, {runs.MOST_WAITING} in all", "said on the page"),
        (
            "Games that are remembered",
            f"{game.MOST}, for {game.AGE / HOUR:.0f} hours",
            "the one that was played longest ago is forgotten",
        ),
        ("Browsers whose lessons are remembered", f"{chapter_runs.MOST_BROWSERS:,}", "the longest unseen is forgotten"),
    ],
}
"""By section: what is bounded, to how much, and what happens beyond."""


def made() -> str:
    """The page."""
    head = (
        "<!-- Made by `python docs/make_limits.py`; edits are lost. -->\n\n"
        "# What one may ask of the app\n\n"
        "Every bound of the [app's server](security.md), from the constants that hold it. *Strangers* are browsers "
        "that are in no room; *known* are those of students, teachers and the owner of the server."
    )
    return "\n\n".join([head, *(f"## {title}\n\n{table(rows)}" for title, rows in SECTIONS.items())]) + "\n"


def table(rows: list[Row]) -> str:
    """One section as a table."""
    cells = [("What", "Bound", "Beyond it"), ("---", "---", "---"), *rows]
    return "\n".join(f"| {' | '.join(cell or '—' for cell in row)} |" for row in cells)


def main() -> int:
    """Write the page."""
    PAGE.write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
