"""The list of the chapters, and the page of one: read, turn the knob, predict, run, see; then the knob to play with."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

from nicegui import app, ui

from sim.basics.labels import listed, number
from sim.basics.limits import InputError
from sim.browser.chart_parts import Options
from sim.browser.charts import Chart
from sim.browser.explore.comparison import FEWEST, MOST, Comparison
from sim.browser.layout import TextElement, frame, heading, paragraph
from sim.browser.lessons.chapter_charts import STRIP, along, amount, beside, summary
from sim.browser.lessons.chapter_runs import Visit, answer_of, graded, known_answer, memory
from sim.browser.lessons.prediction import Predicting, Turning, Waiting
from sim.teaching.lessons.chapters import (
    CHAPTERS,
    Chapter,
    ChapterAnswer,
    chapter,
    lesson_of,
    opening_question,
    predictand,
)
from sim.teaching.lessons.scoring import RULE

STYLE = Path(__file__).with_name("lessons.css")
FOCUS = "document.getElementById('found')?.focus()"


def register() -> None:
    """Declare the list of chapters and the page of one."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page("/lessons")(list_page)
    ui.page("/lessons/{number}")(chapter_page)


def chapter_page(number: str) -> None:
    """The page `/lessons/{number}`."""
    try:
        asked = chapter(number)
    except InputError as error:
        with frame("Lessons", "There is no such lesson"):
            paragraph(str(error)).classes("complaint")
            ui.link("To the list of lessons", "/lessons")
        return
    ChapterPage(asked, memory.visit(str(app.storage.browser["id"]), asked.number)).build()


class ChapterPage:
    """A chapter as one browser sees it.

    Parameters
    ----------
    asked : Chapter
        Which.
    visit : Visit
        What this browser did in it before.
    """

    def __init__(self, asked: Chapter, visit: Visit) -> None:
        self.chapter, self.visit = asked, visit

    def build(self) -> None:
        """Make the page; what was done before is shown as it was left."""
        lesson = lesson_of(self.chapter.number)
        with frame("Lessons", f"{self.chapter.number}. {lesson.title}"):
            paragraph(opening_question(self.chapter.number)).classes("question")
            heading(2, "Read")
            for text in lesson.introduction:
                paragraph(text)
            self.predicting = Predicting(self.chapter, self.visit, self.ran)
            self.seen = ui.element("section")
            self.after = ui.element("section")
            self._neighbours()
            ui.timer(0.0, self._start, once=True)

    async def _start(self) -> None:
        """As soon as the page is connected: tell what may be known before, and what was found in an earlier visit."""
        await self.predicting.tell_given()
        if self.visit.value is not None:
            self._see(await answer_of(self.chapter.number, self.visit.value))

    async def ran(self, answer: ChapterAnswer, prediction: float) -> None:
        """Score a prediction and show what was found."""
        self.visit.score(answer, prediction)
        self._see(answer)
        ui.run_javascript(FOCUS)

    def _see(self, answer: ChapterAnswer) -> None:
        self.predicting.lock()
        with self.seen.props('aria-labelledby="found"'):
            see(self.chapter, answer, self.visit)
        with self.after:
            Sandbox(self.chapter, self.visit)
            heading(2, "Go on")
            with ui.element("ul").classes("points"):
                for text in self.chapter.next:
                    with ui.element("li"):
                        ui.label(text)
            note = self.chapter.place(answer.value).note
            paragraph(f"In Explore every dial of every actor can be turned, and each month says why. {note}")
            ui.link("Open it in Explore", explore_link(self.chapter, answer.value)).classes("step")

    def _neighbours(self) -> None:
        number = self.chapter.number
        with ui.element("nav").props('aria-label="Lessons"').classes("neighbours"):
            ui.link("All lessons", "/lessons").classes("step")
            if number + 1 in CHAPTERS:
                ui.link(f"Next: {number + 1}. {lesson_of(number + 1).title}", f"/lessons/{number + 1}").classes("step")


def list_page() -> None:
    """The page `/lessons`."""
    browser = str(app.storage.browser["id"])
    done = memory.done(browser)
    with frame("Lessons", "Eight lessons, one knob each"):
        paragraph(
            "Read a page of theory, turn one knob, write down what you expect, and only then let the worlds run. The "
            "surprise is what you learn."
        )
        paragraph(f"Every prediction is scored, 100 points at most. {RULE}")
        _sum(done)
        with ui.element("ol").classes("chapters"):
            for number in CHAPTERS:
                _entry(number, done.get(number))
        if done:
            ui.button("Forget my points", on_click=lambda: _forget(browser)).props("outline no-caps")


def _sum(done: dict[int, Visit]) -> None:
    if done:
        average = graded(mean(visit.points for visit in done.values()))
        paragraph(f"You have done {len(done)} of {len(CHAPTERS)}: {average} on average.").classes("sum")


def _entry(number: int, visit: Visit | None) -> None:
    lesson = lesson_of(number)
    with ui.element("li"):
        ui.link(lesson.title, f"/lessons/{number}").classes("chapter")
        paragraph(opening_question(number))
        state = f"Done: {graded(visit.points)}." if visit is not None else "Not done yet."
        paragraph(state).classes("quiet")


def _forget(browser: str) -> None:
    memory.forget(browser)
    ui.navigate.to("/lessons")


def see(chapter: Chapter, answer: ChapterAnswer, visit: Visit) -> None:
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
    asked = predictand(answer)
    paragraph(f"The direction: you said {asked.told(visit.prediction)}, the model says {asked.direction}.")
    picture = Chart(beside(chapter, answer, visit.prediction), f"Marks on a scale. {verdict}")
    picture.style(f"height: {STRIP.format(3)}")
    heading(2, "What is found")
    paragraph(answer.told.found).classes("finding")
    heading(2, "Why")
    for text in answer.told.why:
        paragraph(text)
    numbers(answer)


def numbers(answer: ChapterAnswer) -> None:
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
                    mean, about = row.estimate.mean, row.estimate.about
                    told = number(about, row.digits + 1) if row.estimate.has_interval else "–"
                    _row(row.label, number(mean, row.digits), told, row.unit)
        paragraph(f"Over {answer.worlds:,} worlds, seed {answer.seed}; the same luck at every setting.").classes(
            "quiet"
        )


def _row(label: str, *cells: str) -> None:
    with ui.element("tr"):
        TextElement(tag="th", text=label).props("scope=row")
        for cell in cells:
            TextElement(tag="td", text=cell)


class Sandbox:
    """Turn again, run again.

    Parameters
    ----------
    chapter : Chapter
        Which.
    visit : Visit
        What this browser did in it; settings that are run are added.
    """

    def __init__(self, chapter: Chapter, visit: Visit) -> None:
        self.chapter, self.visit = chapter, visit
        heading(2, "Turn the knob again")
        paragraph(f"{chapter.scale.what} The dots are what was run so far, in the same worlds.")
        self.picture = Chart(*self._drawn())
        self.knob = Turning(chapter, chapter.knob.default if visit.value is None else visit.value)
        with ui.element("div").classes("buttons"):
            self.one = ui.button("Run this setting", on_click=self._one).props("no-caps")
            self.every = ui.button("Run every setting", on_click=self._every).props("outline no-caps")
        self.waiting = Waiting()
        self.words = ui.element("div").props("role=status")
        self._draw()

    async def _one(self) -> None:
        self._hold(True)
        answer = await self._try(self.knob.value)
        if answer is not None:
            self._draw()
            self._tell(answer)
        self._hold(False)

    async def _every(self) -> None:
        """Go through the whole knob; whoever stops waiting keeps what was run."""
        self._hold(True)
        for value in self.chapter.knob.settings:
            if await self._try(value) is None:
                break
            self._draw()
        self._hold(False)

    async def _try(self, value: float) -> ChapterAnswer | None:
        answer = await self.waiting.wait(self.chapter.number, value)
        if answer is not None:
            self.visit.tried.add(value)
        return answer

    def _hold(self, busy: bool) -> None:
        for button in (self.one, self.every):
            button.set_enabled(not busy)

    def _answers(self) -> list[ChapterAnswer]:
        found = (known_answer(self.chapter.number, value) for value in sorted(self.visit.tried))
        return [answer for answer in found if answer is not None]

    def _drawn(self) -> tuple[Options, str]:
        """The chart of what was run so far, and the same in words."""
        answers = self._answers()
        each = [f"{self.chapter.knob.said(a.value)}: {amount(self.chapter, a.truth.mean)}" for a in answers]
        words = f"{self.chapter.scale.what} {summary(self.chapter, answers)}. {listed(each)}."
        return along(self.chapter, answers, self.visit), words

    def _draw(self) -> None:
        self.picture.show(*self._drawn())
        if self.chapter.knob.choices:
            self.picture.style(f"height: {STRIP.format(len(self._answers()) + 2)}")

    def _tell(self, answer: ChapterAnswer) -> None:
        self.words.clear()
        with self.words:
            paragraph(answer.told.found).classes("finding")
            for text in answer.told.why:
                paragraph(text)
            numbers(answer)


def explore_link(chapter: Chapter, value: float) -> str:
    """The address; at the setting that everything is compared with, that of the setting that is offered first.

    Parameters
    ----------
    chapter : Chapter
        Which.
    value : float
        The setting of its knob.
    """
    place = chapter.place(value if value != chapter.knob.base else chapter.knob.default)
    first, against = place.doctrines
    worlds = min(max(chapter.worlds, FEWEST), MOST)
    around = Comparison(place.scenario, us=place.us, actor=place.actor, since=place.since or "", worlds=worlds)
    return around.with_(**{place.actor: first}, against=against).link()
