"""The server with a page of our own to attack, whatever the app's pages are like, and little patience."""

import argparse
import asyncio
import contextlib
from pathlib import Path

from nicegui import Client, ui

from sim.browser import layout, server
from sim.browser.classroom.access import HERE, Owner
from sim.browser.guard import connections, gate
from sim.browser.guard.messages import bounded

WORDS = 20
SECRET = "what nobody outside may read"


def register() -> None:
    """One page with what can be pressed, moved and broken; one that cannot be made."""
    layout.register()
    ui.page("/tried")(tried)
    ui.page("/broken")(broken)


def tried() -> None:
    """A counter, a dial, and two buttons that fail."""
    shown = ui.label("0")
    ui.label(f"pages-in-memory:{len(Client.instances)}")
    ui.button("count", on_click=lambda: shown.set_text(str(int(shown.text) + 1)))
    ui.slider(min=0, max=10, value=5, on_change=lambda event: shown.set_text(f"{event.value + 0.0:.1f}")).props(
        'aria-label="dial"'
    )
    bounded(ui.input("words", on_change=lambda event: shown.set_text(event.value)), WORDS)
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
    gate.PATIENCE = connections.PATIENCE = 0.5
    gate.SILENCE = connections.SLOWEST = 5.0
    with contextlib.suppress(KeyboardInterrupt):
        server.serve(server.Reach(port=asked.port), Owner(HERE), asked.rooms, show=False)
