"""The server with a page of our own to attack, whatever the app's pages are like, and little patience."""

import argparse
import asyncio
import contextlib
from pathlib import Path

from nicegui import ui

from sim.app import layout, server
from sim.app.guard import gate, patience

SECRET = "what nobody outside may read"


def register() -> None:
    """One page with what can be pressed, moved and broken; one that cannot be made."""
    layout.register()
    ui.page("/tried")(tried)
    ui.page("/broken")(broken)


def tried() -> None:
    """A counter, a dial, and two buttons that fail."""
    shown = ui.label("0")
    ui.button("count", on_click=lambda: shown.set_text(str(int(shown.text) + 1)))
    ui.slider(min=0, max=10, value=5, on_change=lambda event: shown.set_text(f"{event.value + 0.0:.1f}")).props(
        'aria-label="dial"'
    )
    ui.button("fail", on_click=fail)
    ui.button("fail later", on_click=fail_later)


def fail() -> None:
    """A handler with a fault."""
    raise RuntimeError(f"{SECRET}\nin two lines")


async def fail_later() -> None:
    """A handler with a fault that shows after a while."""
    await asyncio.sleep(0.01)
    fail()


def broken() -> None:
    """A page that cannot be made."""
    fail()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--rooms", type=Path)
    asked = parser.parse_args()
    server.register = register
    gate.PATIENCE = patience.PATIENCE = 0.5
    with contextlib.suppress(KeyboardInterrupt):
        server.serve("127.0.0.1", asked.port, asked.rooms, show=False)
