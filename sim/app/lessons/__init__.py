"""Lessons: eight chapters with one knob each; a prediction before the run, scored; then the knob to play with."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

from sim.app.lessons import listing, page

STYLE = Path(__file__).with_name("lessons.css")


def register() -> None:
    """Declare the list of chapters and the page of one."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page("/lessons")(listing.show)
    ui.page("/lessons/{number}")(page.show)
