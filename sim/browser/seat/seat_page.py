"""The page: set up, play month by month, debrief; the state is that of the visitor's game."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import Request
from nicegui import app, ui
from nicegui.events import GenericEventArguments

from sim.basics.actors import ACTORS
from sim.browser.address import MISTAKES, base
from sim.browser.fields import choice, whole
from sim.browser.guard.limits import turns
from sim.browser.guard.messages import bounded
from sim.browser.guard.visitors import Visitor, visitor
from sim.browser.layout import Complaint, TextElement, frame, heading, paragraph
from sim.browser.seat.debrief import Debriefing
from sim.browser.seat.game import CLOCKS, LARGEST_SEED, LONGEST_FILE, Game, by_seat, games, saving
from sim.browser.seat.month import FOCUS, seat_view, view_of
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.scenario import shipped
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import doctrine_name, over_time
from sim.teaching.seats.briefing import TITLES
from sim.teaching.seats.orders import SEATS, Orders
from sim.teaching.seats.table import SeatedWorld

STYLE = Path(__file__).with_name("seat.css")
TICK = 0.5
"""Seconds between two looks at the clock."""
GRACE = 1.0
"""Seconds beyond the clock that an order may be under way from the browser."""
MONTHS_AT_ONCE = 6
"""Months that are lived through before others get their turn at the server."""
SEAT_TEXTS = {
    "us": "You decide on aid, words, intelligence and sanctions, and what your envoy proposes. You want the order in "
    "Europe to hold at a price that you will pay, and a deal, as your doctrine weighs them.",
    "congress": "You decide whether a bill comes to a vote, how large it is, and whether you write one yourself. You "
    "want to save money and to keep Ukraine's land, as the factions of your House weigh them.",
    "europe": "You decide what you give, and whether you agree to a strong guarantee and to deep relief from "
    "sanctions. You want safety at a bearable cost, and as little land as possible in Russian hands.",
    "ukraine": "You decide what you would sign, and how hard you fight. You want your land, a guarantee that holds, "
    "and an end to the cost of war.",
    "russia": "You decide what you would sign, and how much of your economy goes to the war. You want land, relief "
    "from sanctions, and no Western guarantee for Ukraine.",
}
"""What each seat decides, and what it wants."""
READ = f"""async (event) => {{
  const file = event.target.files[0];
  if (file) emit(file.size > {LONGEST_FILE} ? '' : await file.text());
  event.target.value = '';
}}"""
"""In the browser: a file that is too long is not even sent; the field is emptied, so that it can be chosen again."""


def register() -> None:
    """Declare the page."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page(Game.PATH)(_page)


async def _page(request: Request) -> None:
    visitor, complaint = app.storage.browser["id"], ""
    game, start = games.get(visitor), Game(seed=surprise())
    try:
        if request.url.query:
            start, game = Game.read(request.url.query), None
    except MISTAKES as error:
        complaint = f"This link cannot be opened: {error}."
    with frame("Take a seat", wide=True):
        await SeatPage(visitor, start, complaint).show(game)


class SeatPage:
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
        self._table: SeatedWorld | None = None
        self._until: float | None = None
        self._debriefing: Debriefing | None = None
        self._complaint = Complaint(complaint)
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
            self._table = await _lived(game, visitor(self._client.request.scope))
        self._box.clear()
        with self._box:
            if game.ended or self._table.over:
                self._debrief(game, self._table)
            else:
                self._month(game, self._table)

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
            self._complaint.say(f"{error}.")
            return
        await self._begin(game)

    async def _go_on(self, game: Game) -> None:
        """Keep a game, show it, and go to its month."""
        self._complaint.say("")
        games.put(self._visitor, game)
        await self.show(game)
        self._client.run_javascript(
            f"history.replaceState(history.state, '', '{Game.PATH}'); setTimeout(() => {FOCUS}, 150)"
        )

    def _month(self, game: Game, table: SeatedWorld) -> None:
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

    def _debrief(self, game: Game, table: SeatedWorld) -> None:
        self._debriefing = Debriefing(game, table, self._visitor, self._again, self._unend)
        self._debriefing.start()

    async def _decide(self, orders: Orders | None) -> bool:
        """Live one month, None leaves it to the doctrine; say whether it was still to be decided."""
        kept = games.get(self._visitor)
        if self._table is None or (kept is not None and kept != self._game):
            self._table = None
            await self._go_on(kept or self._game)
            self._complaint.say("The game has gone on in another window; this is how it stands.")
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
            self._complaint.say(f"The time for {month} was over: your doctrine decided.")

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
        self._complaint.say("")
        await self.show(None)
        self._client.run_javascript("document.getElementById('content').focus()")

    def _leave(self) -> None:
        if self._debriefing is not None:
            self._debriefing.stop()
            self._debriefing = None


async def _lived(game: Game, asking: Visitor) -> SeatedWorld:
    """The table of a game; other visitors get their turn in between."""
    table = game.anew().table()
    for first in range(0, len(game.months), MONTHS_AT_ONCE):
        async with turns.turn(asking):
            for orders in game.months[first : first + MONTHS_AT_ONCE]:
                table.play(by_seat(game.seat, orders))
        await asyncio.sleep(0)
    return table


def surprise() -> int:
    """A seed that nobody chose."""
    return secrets.randbelow(LARGEST_SEED + 1)


class Setup:
    """The form; it holds the game, and tells when it starts.

    Parameters
    ----------
    game : Game
        What is chosen at first.
    on_start : callable
        Called with the game.
    on_file : callable
        Called with the text of a file that somebody opens.
    """

    def __init__(self, game: Game, on_start: Callable[[Game], Any], on_file: Callable[[Any], Any]) -> None:
        self.game = game
        paragraph(
            "Sit down as one of five actors and decide month by month; doctrines play the others. You are told what "
            "that actor would know, not what is so. Afterwards you learn what your decisions were worth."
        )
        with ui.element("form").props('aria-label="The game"').classes("seat-setup") as form:
            self._seats()
            self._scenario()
            self._world()
            self._box = ui.element("details")
            self._doctrines()
            ui.button("Start", on_click=lambda: on_start(self.game)).props("type=button")
        form.on("submit", js_handler="(event) => event.preventDefault()")
        _open_file(on_file)

    def _set(self, **changes: Any) -> None:
        self.game = self.game.with_(**changes)

    def _seats(self) -> None:
        with ui.element("fieldset").classes("seats"):
            TextElement(tag="legend", text="Your seat")
            for seat in SEATS:
                self._seat(seat)

    def _seat(self, seat: str) -> None:
        with ui.element("label").classes("pick"):
            field = ui.element("input").props(f'type=radio name=seat value="{seat}"')
            field.props["checked"] = seat == self.game.seat
            with ui.element("span"):
                TextElement(tag="strong", text=TITLES[seat])
                TextElement(tag="span", text=f" {SEAT_TEXTS[seat]}")
        field.on("change", lambda: self._sit(seat), js_handler="() => emit()")

    def _sit(self, seat: str) -> None:
        self._set(seat=seat)
        self._doctrines()

    def _scenario(self) -> None:
        names = {name: base(name).title for name in shipped()}
        choice("Scenario", names, self.game.scenario, self._go)
        self._question = paragraph("").classes("quiet")
        self._ask()

    def _go(self, scenario: str) -> None:
        self._set(scenario=scenario)
        self._ask()
        self._doctrines()

    def _ask(self) -> None:
        here = base(self.game.scenario)
        self._question.text = (
            f"{here.question} {here.months} months, {here.calendar[0]} to {here.calendar[-1]}; you may end earlier."
        )

    def _world(self) -> None:
        label = f"World (0 to {LARGEST_SEED:,}: the same number brings the same luck)"
        seed = whole(label, self.game.seed, 0, LARGEST_SEED, lambda seed: self._set(seed=seed))

        def draw() -> None:
            self._set(seed=surprise())
            seed.props["value"] = self.game.seed

        ui.button("Surprise me", on_click=draw).props("outline type=button")
        names = {str(seconds): text for seconds, text in CLOCKS.items()}
        choice("Time for each month", names, str(self.game.clock), lambda text: self._set(clock=int(text)))
        paragraph("When the time is over, the doctrine decides that month.").classes("quiet")

    def _doctrines(self) -> None:
        """Make the choices of doctrines anew."""
        self._box.clear()
        with self._box:
            TextElement(tag="summary", text="Whose doctrines you meet")
            for actor in ACTORS:
                self._doctrine(actor)

    def _doctrine(self, actor: str) -> None:
        here = base(self.game.scenario)
        own = doctrine_name(over_time([dated.label for dated in getattr(here, actor)]))
        names = {"": f"as in the scenario ({own})"} | {name: doctrine_name(name) for name in PRESETS[actor]}
        mine = actor == self.game.seat
        label = f"{ACTOR_NAMES[actor]}: your own, which advises you and sets your goals" if mine else ACTOR_NAMES[actor]
        choice(label, names, getattr(self.game, actor), lambda name: self._set(**{actor: name}))


def _open_file(on_file: Callable[[Any], Any]) -> None:
    with ui.element("section").props('aria-labelledby="seat-open"'):
        heading(2, "Continue a saved game").props('id="seat-open"')
        with ui.element("div").classes("field"):
            named = TextElement(tag="label", text="File of the game (.json)")
            field = ui.element("input").props('type=file accept=".json,application/json"')
            named.props["for"] = field.html_id

    def chosen(event: GenericEventArguments) -> Any:
        return on_file(event.args)

    bounded(field, LONGEST_FILE).on("change", chosen, js_handler=READ)
