"""The player: step, play, pause, back, reset; the same month of the same world under each doctrine side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.fields import choice
from sim.app.layout import heading
from sim.app.player.asked import answered
from sim.app.player.flows import Scale, flows, scale
from sim.app.player.frames import Frame, watched
from sim.app.player.front_map import front_map
from sim.app.ticks import ticking
from sim.questions.labels import doctrine_label, month_text, number

if TYPE_CHECKING:
    from sim.scenario import Scenario

Films = dict[str, list[Frame]]
SPEEDS = {"2": "Slow: 2 s a month", "1": "1 s a month", "0.4": "Fast: 0.4 s a month"}
YEAR = 12
"""Months back to which the dashed line on the map recalls the front."""
LATEST = 8
"""Months with news that are shown; older ones are folded away."""
PERCENT = 100.0


def player(scenarios: dict[str, Scenario], seed: int, world: int) -> None:
    """Build the player of a world.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        By the label of the doctrine; one or two are best.
    seed, world : int
        Which luck.
    """
    answered(f"Living through world {world} …", Player, watched, scenarios, seed, world)


class Player:
    """What shows a world, at the month to which it has been stepped.

    Parameters
    ----------
    films : dict of str to list of Frame
        Every month of the world, by the label of the doctrine.
    """

    def __init__(self, films: Films) -> None:
        self._films, self._place = films, 0
        self._months = [frame.month for frame in next(iter(films.values()))]
        self._scale = scale(list(films.values()))
        self._timer = ticking(1.0, self._tick)
        self._controls()
        with ui.element("div").classes("beside"):
            self._screens = [Screen(label, frames, self._scale) for label, frames in films.items()]
        self._show()

    def _controls(self) -> None:
        with ui.element("div").classes("controls").props('role="group" aria-label="Player"'):
            self._play = ui.button("Play", on_click=self._toggle)
            ui.button("Step", on_click=lambda: self._go(self._place + 1))
            ui.button("Back", on_click=lambda: self._go(self._place - 1)).props("outline")
            ui.button("Reset", on_click=self._reset).props("outline")
            choice("Speed", SPEEDS, "1", self._speed)
        with ui.element("div").classes("player-month"):
            named = TextElement(tag="label", text="Month: ")
            self._now = TextElement(tag="output", text="")
            self._slider = ui.element("input").props(f'type=range min=0 max="{len(self._months) - 1}" step=1')
            self._slider.props["value"] = 0
            named.props["for"] = self._now.props["for"] = self._slider.html_id
        self._slider.on("input", lambda event: self._slid(event.args), js_handler="(e) => emit(e.target.value)")

    def _slid(self, text: object) -> None:
        if isinstance(text, str) and text.isascii() and text.isdigit():
            self._go(int(text))

    def _speed(self, seconds: str) -> None:
        self._timer.interval = float(seconds)

    def _toggle(self) -> None:
        if not self._timer.active and self._place == len(self._months) - 1:
            self._place = 0
        self._run(not self._timer.active)
        self._show()

    def _run(self, runs: bool) -> None:
        self._timer.active = runs
        self._play.text = "Pause" if runs else "Play"

    def _reset(self) -> None:
        self._run(False)
        self._go(0)

    def _tick(self) -> None:
        self._go(self._place + 1)
        if self._place == len(self._months) - 1:
            self._run(False)

    def _go(self, place: int) -> None:
        self._place = min(max(place, 0), len(self._months) - 1)
        self._show()

    def _show(self) -> None:
        month = self._months[self._place]
        self._now.text = f"{month_text(month)}, month {self._place + 1} of {len(self._months)}"
        self._slider.props["value"] = self._place
        self._slider.props["aria-valuetext"] = month_text(month)
        self._slider.update()
        for screen in self._screens:
            screen.show(self._place)


class Screen:
    """A world under one doctrine: the map, the flows, the story so far."""

    def __init__(self, label: str, frames: list[Frame], longest: Scale) -> None:
        self._label, self._frames, self._scale = label, frames, longest
        with ui.element("section").classes("screen").props(f'aria-label="Under {doctrine_label(label)}"'):
            heading(4, f"Under {doctrine_label(label)}")
            self._map = ui.html("", sanitize=False)
            self._flows = ui.html("", sanitize=False)
            heading(5, "The story so far")
            self._story = ui.element("div").classes("story").props('role="log" aria-live="polite"')
        self._told: list[int] | None = None

    def show(self, place: int) -> None:
        """Show a month."""
        frame, before = self._frames[place], self._frames[max(place - YEAR, 0)]
        self._map.content = front_map(
            frame.line,
            before.line,
            month_text(before.month),
            frame.settled,
            state(frame),
            map_sentence(self._label, frame),
        )
        self._flows.content = flows(frame, self._scale)
        with_news = [n for n in range(place, -1, -1) if self._frames[n].news]
        if with_news != self._told:
            self._told = with_news
            self._tell(with_news)

    def _tell(self, places: list[int]) -> None:
        self._story.clear()
        with self._story:
            for place in places[:LATEST]:
                self._chapter(self._frames[place])
            if places[LATEST:]:
                with ui.element("details"):
                    TextElement(tag="summary", text=f"{len(places) - LATEST} earlier months")
                    for place in places[LATEST:]:
                        self._chapter(self._frames[place])

    @staticmethod
    def _chapter(frame: Frame) -> None:
        with ui.element("p"):
            TextElement(tag="strong", text=f"{month_text(frame.month)}. ")
            TextElement(tag="span", text=" ".join(frame.news))


def state(frame: Frame) -> str:
    """How the war stands, in words."""
    if frame.settled:
        return (
            "Ukraine collapsed: the terms are imposed" if frame.collapsed else "A settlement holds: the guns are silent"
        )
    return "The settlement broke: the guns speak again" if frame.relapsed else "The guns speak"


def map_sentence(label: str, frame: Frame) -> str:
    """What the map shows, in words."""
    return (
        f"Schematic map, under {doctrine_label(label)}, {month_text(frame.month)}: Russia holds "
        f"{number(PERCENT * frame.line, 1)} per cent of Ukraine. {state(frame)}."
    )
