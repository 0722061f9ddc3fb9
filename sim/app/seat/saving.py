"""How a game leaves the page: a file that continues it, and a link to the same world from its first month."""

from __future__ import annotations

from nicegui import ui

from sim.app.layout import paragraph
from sim.app.seat.game import Game
from sim.app.seat.games import AGE

HOUR = 3600.0


def saving(game: Game) -> None:
    """Show how to keep a game."""
    paragraph(
        f"A reload loses nothing, and the server remembers your last game for {AGE / HOUR:.0f} hours. To keep it "
        "longer, or to go on elsewhere, save it; the file is opened where a new game starts."
    )
    with ui.element("div").classes("row"):
        ui.button("Save the game", on_click=lambda: save(game)).props("outline")
        ui.link("Link to this world from its first month", game.link())


def save(game: Game) -> None:
    """Hand the file of a game to the browser."""
    ui.download.content(game.text(), file_name(game), "application/json")


def file_name(game: Game) -> str:
    """Name of the file that is saved."""
    return f"{game.scenario}-{game.seat}-{game.seed}-month{len(game.months)}.json"
