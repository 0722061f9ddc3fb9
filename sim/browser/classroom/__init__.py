"""A class: a teacher opens a room, students join it with a code, and play at tables; what they do is kept on disk."""

from __future__ import annotations

from pathlib import Path

from nicegui import app, ui

STYLE = Path(__file__).with_name("class.css")


def register() -> None:
    """Declare the pages, and have the rooms resumed when the server starts."""
    from sim.browser.classroom import entrance, student, teacher
    from sim.browser.classroom.hall import Hall

    app.state.hall = hall = Hall(app.state.rooms)
    app.on_startup(hall.start)
    app.on_shutdown(hall.stop)
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page("/class")(entrance.join_page)
    ui.page("/class/{code}")(student.page)
    ui.page("/teach")(entrance.teach_page)
    ui.page("/teach/{code}")(teacher.page)
