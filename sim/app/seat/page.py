"""The page: set up, play month by month, debrief; the state is that of the visitor's game in `games`."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from fastapi import Request
from nicegui import app, ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.layout import frame, heading
from sim.app.seat.component import FOCUS, seat_view, view_of
from sim.app.seat.debriefing import Debriefing
from sim.app.seat.game import PATH, Game, by_seat
from sim.app.seat.games import games
from sim.app.seat.saving import saving
from sim.app.seat.setup import Setup, surprise
from sim.limits import InputError
from sim.mistakes import ScenarioError
from sim.seats.orders import Orders
from sim.seats.table import Table

STYLE = Path(__file__).with_name("seat.css")
MISTAKES = (InputError, ScenarioError)
TICK = 0.5
"""Seconds between two looks at the clock."""
GRACE = 1.0
"""Seconds beyond the clock that an order may be under way from the browser."""
MONTHS_AT_ONCE = 6
"""Months that are lived through before others get their turn at the server."""


def declare() -> None:
    """Declare the page, and open the pool of processes with the server."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page(PATH)(_page)


async def _page(request: Request) -> None:
    visitor, complaint = app.storage.browser["id"], ""
    game, start = games.get(visitor), Game(seed=surprise())
    try:
        if request.url.query:
            start, game = Game.from_link(request.url.query), None
    except MISTAKES as error:
        complaint = f"This link cannot be opened: {error}."
    with frame("Take a seat", wide=True):
        await Player(visitor, start, complaint).show(game)


class Player:
    """One visitor's page.

    Parameters
    ----------
    visitor : str
        Who it is.
    start : Game
        What the form of a new game proposes.
    complaint : str
        What was wrong with the link; empty if nothing.
    """

    def __init__(self, visitor: str, start: Game, complaint: str = "") -> None:
        self._visitor, self._start, self._game = visitor, start, start
        self._table: Table | None = None
        self._until: float | None = None
        self._debriefing: Debriefing | None = None
        self._complaint = TextElement(tag="p", text="").classes("complaint").props("role=alert")
        self._complain(complaint)
        self._box = ui.element("div")
        ui.timer(TICK, self._look_at_clock)
        self._client = ui.context.client
        self._client.on_delete(self._leave)

    async def show(self, game: Game | None) -> None:
        """Show a game as it stands; None for the form of a new one."""
        self._until = None
        self._leave()
        if game is None:
            self._set_up()
            return
        self._game = game
        if self._table is None or self._table.elapsed != len(game.months):
            self._table = await _lived(game)
        self._box.clear()
        with self._box:
            if game.ended or self._table.over:
                self._debrief(game, self._table)
            else:
                self._month(game, self._table)

    def _complain(self, text: str) -> None:
        self._complaint.text = text
        self._complaint.set_visibility(bool(text))

    def _set_up(self) -> None:
        self._box.clear()
        with self._box:
            if games.get(self._visitor) is not None:
                ui.button("Continue the game that is under way", on_click=self._resume).props("outline")
            Setup(self._start, self._begin, self._open)

    async def _begin(self, game: Game) -> None:
        self._table = None
        await self._go_on(game)

    async def _resume(self) -> None:
        await self._begin(games.get(self._visitor) or self._start)

    async def _open(self, text: object) -> None:
        try:
            game = Game.from_text(text)
        except MISTAKES as error:
            self._complain(f"{error}.")
            return
        await self._begin(game)

    async def _go_on(self, game: Game) -> None:
        """Keep a game, show it, and go to its month."""
        self._complain("")
        games.put(self._visitor, game)
        await self.show(game)
        self._client.run_javascript(
            f"history.replaceState(history.state, '', '{PATH}'); setTimeout(() => {FOCUS}, 150)"
        )

    def _month(self, game: Game, table: Table) -> None:
        """Show the month to be decided, and start its clock."""
        seat_view(view_of(table, game.seat, deadline=float(game.clock) or None), self._decide)
        self._until = time.monotonic() + game.clock + GRACE if game.clock else None
        with ui.element("section").props('aria-labelledby="seat-game"'):
            heading(2, "Your game").props('id="seat-game"')
            with ui.element("div").classes("row"):
                ui.button("Let the doctrine play the rest", on_click=self._rest).props("outline")
                ui.button("End now", on_click=self._end).props("outline")
                ui.button("New game", on_click=self._new).props("outline")
            saving(game)

    def _debrief(self, game: Game, table: Table) -> None:
        self._debriefing = Debriefing(game, table, self._visitor, self._again, self._unend)
        self._debriefing.start()

    async def _decide(self, orders: Orders | None) -> bool:
        """Live one month, None leaves it to the doctrine; say whether it was still to be decided."""
        kept = games.get(self._visitor)
        if self._table is None or (kept is not None and kept != self._game):
            self._table = None
            await self._go_on(kept or self._game)
            self._complain("The game has gone on in another window; this is how it stands.")
            return False
        self._table.play(by_seat(self._game.seat, orders))
        await self._go_on(self._game.after(orders))
        return True

    async def _look_at_clock(self) -> None:
        """Let the doctrine decide when the time is over; a page that has been left, as by a reload, decides nothing."""
        if self._until is None or time.monotonic() < self._until or not self._client.has_socket_connection:
            return
        self._until = None
        month = self._table.month if self._table else ""
        if await self._decide(None):
            self._complain(f"The time for {month} was over: your doctrine decided.")

    async def _rest(self) -> None:
        """Let the doctrine play the months that are left."""
        self._until = None
        left = self._table.scenario.months - self._table.elapsed if self._table else 0
        game = self._game.with_(months=(*self._game.months, *[None] * left))
        self._table = None
        await self._go_on(game)

    async def _end(self) -> None:
        await self._go_on(self._game.with_(ended=True))

    async def _unend(self) -> None:
        await self._go_on(self._game.with_(ended=False))

    async def _new(self) -> None:
        await self._again(self._game.anew().with_(seed=surprise()))

    async def _again(self, start: Game) -> None:
        """Offer a new game; the old one is kept until that one starts."""
        self._start = start
        self._complain("")
        await self.show(None)
        self._client.run_javascript("document.getElementById('content').focus()")

    def _leave(self) -> None:
        if self._debriefing is not None:
            self._debriefing.stop()
            self._debriefing = None


async def _lived(game: Game) -> Table:
    """The table of a game; other visitors get their turn in between."""
    table = game.anew().table()
    for place, orders in enumerate(game.months):
        table.play(by_seat(game.seat, orders))
        if place % MONTHS_AT_ONCE == 0:
            await asyncio.sleep(0)
    return table
