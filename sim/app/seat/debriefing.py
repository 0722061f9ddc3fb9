"""The end of a game: the debrief is worked out in another process, with progress; then what to do next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.layout import heading, paragraph
from sim.app.runs import Stopped, runs
from sim.app.seat.component import HEADING
from sim.app.seat.game import Game
from sim.app.seat.hindsight import show_debrief
from sim.app.seat.saving import saving
from sim.ensemble import Progress
from sim.ensemble.workers import WorkerError
from sim.limits import InputError
from sim.scenario import ACTORS
from sim.seats.debrief import Debrief, debrief
from sim.seats.table import Table

WORLDS = 400
"""Other worlds that each doctrine of the seat is run in."""
MOST_REMEMBERED = 64
REMEMBERED: OrderedDict[str, tuple[Debrief, Table]] = OrderedDict()
"""Debriefs by the text of their game: a reload does not work them out again."""
PERCENT = 100


def judged(table: Table, seat: str, progress: Progress | None = None) -> tuple[Debrief, Table]:
    """In a worker: the debrief, and its table played to the end by the doctrines."""
    found = debrief(table, seat, WORLDS, progress)
    lived = Table(table.scenario, table.seed, table.world, table.months)
    while not lived.over:
        lived.play({})
    return found, lived


class Debriefing:
    """The part of the page after a game.

    Parameters
    ----------
    game : Game
    table : Table
        The game's.
    visitor : str
        Who it is, as the pool of runs knows them.
    on_again : callable
        Called with a game to set up next.
    on_resume : callable
        Called when a game that was ended early shall go on.
    """

    def __init__(
        self,
        game: Game,
        table: Table,
        visitor: str,
        on_again: Callable[[Game], Any],
        on_resume: Callable[[], Any],
    ) -> None:
        self._game, self._table, self._visitor = game, table, visitor
        self._running = False
        heading(2, f"The game is over: {self._span()}").props(f'id={HEADING} tabindex="-1"')
        self._progress()
        self._box = ui.element("div")
        self._then(on_again, on_resume)

    def start(self) -> None:
        """Work it out, and show it when it is there."""
        ui.timer(0.0, self._work, once=True)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._running:
            runs.cancel(self._visitor)

    def _span(self) -> str:
        played = sum(orders is not None for orders in self._game.months)
        return f"you decided {played} of {self._table.scenario.months} months"

    def _progress(self) -> None:
        with ui.element("div").classes("row") as self._row:
            self._bar = ui.element("progress").props(f'max="{PERCENT}" aria-label="Progress of the debrief"')
            self._status = TextElement(tag="span", text="").props("role=status")
            self._cancel = ui.button("Cancel", on_click=self.stop).props("outline")
            self._retry = ui.button("Work out the debrief", on_click=self._work).props("outline")

    async def _work(self) -> None:
        text = self._game.text()
        if text not in REMEMBERED and not self._running:
            await self._ask(text)
        if text in REMEMBERED and not self._box.is_deleted:
            self._row.set_visibility(False)
            self._box.clear()
            with self._box:
                show_debrief(*REMEMBERED[text])

    async def _ask(self, text: str) -> None:
        self._show_running(True, "Your game is compared with other worlds")
        told = "Cancelled."
        try:
            REMEMBERED[text] = await runs.ask(
                self._visitor, judged, self._table, self._game.seat, on_progress=self._tell
            )
            if len(REMEMBERED) > MOST_REMEMBERED:
                REMEMBERED.popitem(last=False)
        except Stopped:
            pass
        except (InputError, WorkerError) as error:
            told = f"{error}."
        finally:
            if not self._box.is_deleted:
                self._show_running(False, told)

    def _show_running(self, running: bool, text: str) -> None:
        self._running, self._status.text = running, text
        self._bar.set_visibility(running)
        self._cancel.set_visibility(running)
        self._retry.set_visibility(not running)

    def _tell(self, done: int, total: int) -> None:
        if self._box.is_deleted:
            return
        part = PERCENT * done // max(total, 1)
        self._bar.props["value"] = part
        self._status.text = f"Your game is compared with other worlds: {part} %"

    def _then(self, on_again: Callable[[Game], Any], on_resume: Callable[[], Any]) -> None:
        with ui.element("section").props('aria-labelledby="seat-next"'):
            heading(2, "What next").props('id="seat-next"')
            paragraph(
                "The same world again shows what a plan is worth: luck stays as it was, only your orders change. From "
                "another seat you learn what the others knew."
            )
            with ui.element("div").classes("row"):
                if self._game.ended and not self._table.over:
                    ui.button("Go on playing", on_click=on_resume).props("outline")
                ui.button("Same world, other plan or other seat", on_click=lambda: on_again(self._game.anew())).props(
                    "outline"
                )
                ui.link("Explore these doctrines in many worlds", explore_link(self._game))
            saving(self._game)


def explore_link(game: Game) -> str:
    """Address of Explore with the scenario, the doctrines and the luck of a game; the seat's doctrines are compared."""
    from sim.app.explore.state import State, own
    from sim.presets import PRESETS

    start = game.anew().world().start
    mine = getattr(game, game.seat) or own(game.scenario, game.seat, start)
    other = next(name for name in PRESETS[game.seat] if name != mine)
    doctrines = {actor: getattr(game, actor) for actor in ACTORS} | {game.seat: mine}
    state = State(scenario=game.scenario, **doctrines, actor=game.seat, against=other, since=start, seed=game.seed)
    return state.link()
