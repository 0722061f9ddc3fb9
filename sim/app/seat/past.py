"""What all could see: last month's news, the months before, and the public numbers so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.charts import chart, lines
from sim.app.layout import heading, paragraph
from sim.questions.labels import number

News = Sequence[tuple[str, tuple[str, ...]]]
PERCENT = 100.0
FEWEST = 2
"""Months from which a line can be drawn."""


class Public(NamedTuple):
    """One chart of public series: names by series, unit, and a factor."""

    title: str
    names: dict[str, str]
    unit: str
    factor: float


CHARTS = (
    Public("Land that Russia holds", {"russian_held_share": "held by Russia"}, "% of Ukraine", PERCENT),
    Public("Aid", {"us_allocation": "America", "europe_contribution": "Europe"}, "EUR bn a month", 1.0),
    Public(
        "American instruments", {"sanctions": "sanctions", "intelligence": "intelligence"}, "% of the fullest", PERCENT
    ),
)


def show_last_month(news: News, past: Sequence[str]) -> None:
    """Show what happened in the month that is just over."""
    if not past:
        return
    heading(3, f"What happened in {past[-1]}")
    sentences = dict(news).get(past[-1], ())
    with ui.element("ul"):
        for sentence in sentences or ("Nothing that the papers wrote about.",):
            TextElement(tag="li", text=sentence)


def show_past(news: News, series: Mapping[str, Sequence[float]], past: Sequence[str]) -> None:
    """Show the public numbers so far, and the news of all months."""
    if len(past) < FEWEST:
        return
    with ui.element("section").props('aria-labelledby="seat-past"'):
        heading(3, "So far, as everybody can see it").props('id="seat-past"')
        with ui.element("div").classes("seat-charts"):
            for one in CHARTS:
                _draw(one, series, past)
        with ui.element("details"):
            TextElement(tag="summary", text="The news of all months")
            for month, sentences in news:
                heading(4, month)
                for sentence in sentences:
                    paragraph(sentence)


def _draw(one: Public, series: Mapping[str, Sequence[float]], past: Sequence[str]) -> None:
    values = {name: [one.factor * value for value in series[key]] for key, name in one.names.items()}
    told = "; ".join(f"{name} {number(some[-1], 1)}" for name, some in values.items())
    title = f"{one.title}: {told}"
    chart(
        lines(past, values, one.unit, title), f"{one.title} over {len(past)} months. In {past[-1]}: {told} {one.unit}."
    )
