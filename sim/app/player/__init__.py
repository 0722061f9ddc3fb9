"""One world, stepped and played: its story beside a schematic map of the front and the flows; and why, in any month."""

from __future__ import annotations

from sim.app.player.playing import player
from sim.app.player.why import why

__all__ = ["player", "register", "why"]


def register() -> None:
    """Declare the page of one world."""
    from sim.app.player import page

    page.declare()
