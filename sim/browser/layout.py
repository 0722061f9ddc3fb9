"""What every page shares: the header with its navigation, headings, one style sheet; complaints; and how it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from nicegui import app, ui
from nicegui.elements.mixins.text_element import TextElement as TextElement

from sim.basics.limits import InputError
from sim.browser.runs import Stopped, runs
from sim.ensemble.processes import WorkerError

PRIMARY = "#005a8c"
"""The house blue, dark enough to carry white text and to be read on white."""
NAVIGATION = {
    "/explore": "Explore",
    "/lessons": "Lessons",
    "/seat": "Take a seat",
    "/class": "Class",
}
STYLE = Path(__file__).with_name("app.css")
HOME = (
    ("/explore", "Turn the dials of a doctrine and see, in the same worlds, what changes, and why."),
    ("/lessons", "Eight chapters, one dial each: predict, run, be scored, be surprised."),
    ("/seat", "Play Washington, Congress, Europe, Kyiv or Moscow, month by month, against doctrines."),
    ("/class", "Join a room with its code, or open one for your students."),
)
R = TypeVar("R")


def register() -> None:
    """Declare the style sheet and the first page."""
    # Else a bar without a name tells of requests that these pages do not make.
    app.config.quasar_config["loadingBar"]["skipHijack"] = True
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page("/")(_home)


@contextmanager
def frame(title: str, heading_text: str | None = None, wide: bool = False) -> Iterator[None]:
    """A page: what is made inside stands in its main part, under one heading of the first level.

    Parameters
    ----------
    title : str
        Of the browser's tab, and the name in the navigation that is marked as here.
    heading_text : str, optional
        The heading; the title if None.
    wide : bool
        Whether the page uses the whole width of a screen instead of the measure of a book.
    """
    ui.page_title(title)
    ui.colors(primary=PRIMARY)
    ui.link("Skip to the content", "#content").classes("skip")
    with ui.header().classes("head"):
        ui.link("Same world, other doctrine", "/").classes("brand")
        with ui.element("nav").props('aria-label="Parts of the app"').classes("parts"):
            for path, name in NAVIGATION.items():
                link = ui.link(name, path).classes("part")
                if name == title:
                    link.props('aria-current="page"')
    with ui.element("div").props('id="content" tabindex="-1"').classes("content wide" if wide else "content"):
        heading(1, heading_text or title)
        yield


def heading(level: int, text: str) -> TextElement:
    """A heading of a level from 1 to 6."""
    return TextElement(tag=f"h{level}", text=text)


def paragraph(text: str) -> TextElement:
    """A paragraph of plain text."""
    return TextElement(tag="p", text=text)


class Complaint(TextElement):
    """Where a page says what was wrong; unseen while it is empty."""

    def __init__(self, text: str = "") -> None:
        super().__init__(tag="p", text="")
        self.classes("complaint").props("role=alert")
        self.say(text)

    def say(self, text: str) -> None:
        """Show a text; nothing if it is empty."""
        self.text = text
        self.set_visibility(bool(text))


def _home() -> None:
    with frame("Same world, other doctrine"):
        paragraph(
            "A simulation of the negotiations over Ukraine. The luck of a world is held fixed and only an actor's "
            "doctrine changes, so that what a doctrine does can be read off instead of argued about."
        )
        for path, text in HOME:
            with ui.element("section").classes("door"):
                with ui.element("h2"):
                    ui.link(NAVIGATION[path], path)
                paragraph(text)


def ticking(seconds: float, tick: Callable[[], None]) -> ui.timer:
    """A timer, at rest until it is activated, that never ticks once more after it was put to rest.

    NiceGUI's own sets out for a tick before it makes it; what puts it to rest in between would be overwritten.

    Parameters
    ----------
    seconds : float
        Between two ticks.
    tick : callable
        What is done.

    Returns
    -------
    ui.timer
    """

    def awake() -> None:
        if timer.active:
            tick()

    timer = ui.timer(seconds, awake, active=False)
    return timer


def answered(waiting: str, show: Callable[[R], Any], function: Callable[..., R], *args: Any) -> None:
    """Ask a quick question, and build the page's next part of the answer.

    Parameters
    ----------
    waiting : str
        What is shown until the answer is there.
    show : callable
        Builds elements of the answer.
    function, *args
        As in `sim.browser.runs.Runs.ask`.
    """
    place, visitor = ui.element("div"), app.storage.browser["id"]
    with place:
        paragraph(waiting).classes("quiet")

    async def ask() -> None:
        try:
            found = await runs.ask(visitor, function, *args, quick=True)
        except Stopped:
            return
        except (InputError, WorkerError) as error:
            place.clear()
            with place:
                Complaint(str(error))
            return
        place.clear()
        with place:
            show(found)

    ui.timer(0.0, ask, once=True)
