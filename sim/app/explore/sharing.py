"""How a state leaves the page: a link, a file, and the command that makes the same numbers."""

from __future__ import annotations

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.explore.state import State
from sim.app.layout import heading, paragraph

COPY = """
async () => {
  const text = location.href;
  try { await navigator.clipboard.writeText(text); } catch {
    const field = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(field); field.select(); document.execCommand('copy'); field.remove();
  }
  document.getElementById('copied').textContent = 'The link is copied.';
}
"""
"""Pages that come over a network without encryption have no clipboard; the old way works there."""


class Sharing:
    """The buttons, and the command."""

    def __init__(self, state: State) -> None:
        self._state = state
        with ui.element("section").props('aria-labelledby="again"'):
            heading(2, "The same again, elsewhere").props('id="again"')
            with ui.element("div").classes("row"):
                ui.button("Copy link").props("outline").on("click", js_handler=COPY)
                ui.button("Save as TOML", on_click=self._save).props("outline")
                TextElement(tag="span", text="").props('id="copied" role="status"')
            paragraph(
                "The link opens this page as it is now. The file holds the scenario under A, with nothing left to fill "
                "in; this command then finds the same numbers to the last digit:"
            )
            self._command = paragraph("").classes("command")
        self.show(state)

    def show(self, state: State) -> None:
        """Follow the state; one that cannot be had has no command."""
        self._state = state
        self._command.text = state.command(file_name(state))

    def _save(self) -> None:
        ui.download.content(self._state.toml(), file_name(self._state), "application/toml")


def file_name(state: State) -> str:
    """Name of the file that is saved."""
    return f"{state.scenario}-explored.toml"
