"""Before the first month: where to sit, in which world, against which doctrines, and whether by the clock."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from sim.app.fields import choice, whole
from sim.app.layout import heading, paragraph
from sim.app.links import base
from sim.app.seat.game import CLOCKS, LARGEST_SEED, LONGEST_FILE, Game
from sim.presets import PRESETS
from sim.questions.explain import ACTOR_NAMES
from sim.questions.labels import doctrine_label
from sim.scenario import ACTORS, shipped
from sim.seats.briefing import TITLES
from sim.seats.orders import SEATS

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
        own = doctrine_label(" > ".join(dated.preset for dated in getattr(here, actor)))
        names = {"": f"as in the scenario ({own})"} | {name: doctrine_label(name) for name in PRESETS[actor]}
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

    field.on("change", chosen, js_handler=READ)
