"""What was found: points, the truth beside the prediction, the finding, why, and the numbers behind it."""

from __future__ import annotations

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.charts import chart as draw
from sim.app.layout import heading, paragraph
from sim.app.lessons.memory import Visit, graded
from sim.app.lessons.pictures import STRIP, amount, beside
from sim.lessons.chapters import Answer, Chapter
from sim.questions.labels import number


def see(chapter: Chapter, answer: Answer, visit: Visit) -> None:
    """Show an answer beside what was predicted."""
    if visit.prediction is None:
        return
    said, truth = number(visit.prediction, chapter.scale.digits), answer.truth
    heading(2, f"{graded(visit.points)}").props('id=found tabindex="-1"')
    verdict = (
        f"You said {said}, the model says {amount(chapter, truth.mean)} {chapter.scale.unit}, give or take "
        f"{amount(chapter, truth.about)} by the luck of the {answer.worlds:,} worlds."
    )
    paragraph(verdict)
    picture = draw(beside(chapter, answer, visit.prediction), f"Marks on a scale. {verdict}")
    picture.style(f"height: {STRIP.format(3)}")
    heading(2, "What is found")
    paragraph(answer.told.found).classes("finding")
    heading(2, "Why")
    for text in answer.told.why:
        paragraph(text)
    numbers(answer)


def numbers(answer: Answer) -> None:
    """The numbers behind a finding, folded."""
    with ui.element("details"):
        TextElement(tag="summary", text="The numbers behind it")
        region = 'tabindex=0 role=region aria-label="The numbers behind it"'
        with ui.element("div").classes("scrolls").props(region), ui.element("table").classes("numbers"):
            with ui.element("thead"), ui.element("tr"):
                for title in ("", "Mean", "Give or take", "Unit"):
                    TextElement(tag="th" if title else "td", text=title)
            with ui.element("tbody"):
                for row in answer.told.rows:
                    mean, about = row.estimate
                    _row(row.label, number(mean, row.digits), number(about, row.digits + 1), row.unit)
        paragraph(f"Over {answer.worlds:,} worlds, seed {answer.seed}; the same luck at every setting.").classes(
            "quiet"
        )


def _row(label: str, *cells: str) -> None:
    with ui.element("tr"):
        TextElement(tag="th", text=label).props("scope=row")
        for cell in cells:
            TextElement(tag="td", text=cell)
