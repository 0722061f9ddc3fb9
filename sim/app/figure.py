"""A chart on a page: its sentence above, the picture with a text for those who do not see it, its numbers folded."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import EChartPointClickEventArguments

from sim.app.charts import clickable
from sim.app.drawing import Options
from sim.questions.labels import MINUS

HEIGHT = "20rem"


class Chart(ui.echart):
    """A figure with a chart drawn by the browser.

    Parameters
    ----------
    options : dict
        As the functions of `sim.app.charts` make them.
    alternative : str
        What the picture shows, in a sentence or two, for those who do not see it.
    on_month : callable, optional
        Called with "YYYY-MM" when a month of a chart over months is clicked.
    """

    def __init__(self, options: Options, alternative: str, on_month: Callable[[str], Any] | None = None) -> None:
        self._on_month = on_month
        with ui.element("figure").classes("chart"):
            with ui.element("figcaption"):
                self._title = TextElement(tag="strong", text="")
                self._unit = TextElement(tag="span", text="").classes("quiet")
            super().__init__({}, on_point_click=self._clicked if on_month else None, renderer="svg")
            self.style(f"height: {HEIGHT}; width: 100%")
            with ui.element("details"):
                TextElement(tag="summary", text="The numbers")
                self._numbers = ui.html("", sanitize=False).classes("scroll").props('tabindex="0" role="region"')
        self.show(options, alternative)

    def show(self, options: Options, alternative: str) -> None:
        """Show something else in its place."""
        self._title.text, self._unit.text = options["title"]["text"], f" {options['title']['subtext']}"
        self._numbers.content = table(options)
        self._numbers.props["aria-label"] = f"The numbers: {options['title']['text']}"
        self.props["role"], self.props["aria-label"] = "img", alternative
        self.props["options"] = clickable(options) if self._on_month else options
        self.update()

    def _clicked(self, event: EChartPointClickEventArguments) -> None:
        if self._on_month is not None and isinstance(event.name, str):
            self._on_month(event.name)


def table(options: Options) -> str:
    """The numbers of a chart as a table of HTML; every name in it is escaped."""
    data = options["dataset"][0]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in data["dimensions"])
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in data["source"])
    return f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(row: list[Any]) -> str:
    first, *others = row
    return f'<th scope="row">{_cell(first)}</th>' + "".join(f"<td>{_cell(value)}</td>" for value in others)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return escape(value) if isinstance(value, str) else f"{value:,.10g}".replace("-", MINUS)
