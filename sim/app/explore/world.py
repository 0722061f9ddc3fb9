"""One world of a run: which, its story under both doctrines, and why in any month of it."""

from __future__ import annotations

from nicegui import ui

from sim.app.explore.state import State
from sim.app.explore.work import Found
from sim.app.fields import choice, whole
from sim.app.layout import heading, paragraph
from sim.app.player import player, why
from sim.questions.labels import doctrine_label

ANCHOR = "why"
NONE = ""
"""No month is chosen yet."""


class World:
    """The part of the page about one world.

    Parameters
    ----------
    found : Found
        What the run found.
    state : State
        What was run.
    """

    def __init__(self, found: Found, state: State) -> None:
        self._found, self._state = found, state
        self._scenarios = state.named()
        self._world = found.examples[0].world if found.examples else 0
        self._month, self._open = NONE, False
        with ui.element("section").props('aria-labelledby="one-world"'):
            heading(2, "One world, and why").props('id="one-world"')
            self._which()
            heading(3, "Why, in one month").props(f'id="{ANCHOR}"')
            self._months = ui.element("div")
            self._why = ui.element("div")
            with ui.element("details").on("toggle", self._opened):
                with ui.element("summary"):
                    heading(3, "The whole story of this world, month by month")
                self._player = ui.element("div")
        self._tell()

    def month(self, month: str) -> None:
        """Tell why in this month, and go there."""
        self._month = month
        self._tell()
        ui.run_javascript(f"document.getElementById('{ANCHOR}').scrollIntoView({{block: 'start'}})")

    def _which(self) -> None:
        first, second = map(doctrine_label, self._found.labels)
        names = {
            str(one.world): f"World {one.world}: {one.endings[0]} under {first}, {one.endings[1]} under {second}"
            for one in self._found.examples
        }
        if names:
            paragraph("Luck is the same under both doctrines. These worlds end otherwise all the same:")
            choice("A world that ends otherwise", names, str(self._world), lambda text: self._go(int(text)))
        else:
            paragraph("Every world ends in the same way under both doctrines.")
        whole(f"Or any world, 0 to {self._state.worlds - 1}", self._world, 0, self._state.worlds - 1, self._go)

    def _go(self, world: int) -> None:
        self._world = world
        self._tell()
        self._play()

    def _pick(self, month: str) -> None:
        self._month = month
        self._tell()

    def _tell(self) -> None:
        self._months.clear()
        with self._months:
            months = {NONE: "choose a month"} | {month: month for month in self._found.months}
            choice("Which month", months, self._month, self._pick)
        self._why.clear()
        if self._month:
            with self._why:
                why(self._scenarios, self._state.seed, self._world, self._month)

    def _opened(self) -> None:
        """Live through the world when its story is first asked for."""
        if not self._open:
            self._open = True
            self._play()

    def _play(self) -> None:
        if not self._open:
            return
        self._player.clear()
        with self._player:
            player(self._scenarios, self._state.seed, self._world)
