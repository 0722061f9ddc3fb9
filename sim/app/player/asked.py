"""An answer from another process, put where it belongs when it comes; meanwhile a line says that it is on its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from nicegui import app, ui

from sim.app.layout import paragraph
from sim.app.runs import Stopped, runs
from sim.ensemble.workers import WorkerError
from sim.limits import InputError

R = TypeVar("R")


def answered(waiting: str, show: Callable[[R], Any], function: Callable[..., R], *args: Any) -> None:
    """Ask a quick question, and build the page's next part of the answer.

    Parameters
    ----------
    waiting : str
        What is shown until the answer is there.
    show : callable
        Builds elements of the answer.
    function, *args
        As in `sim.app.runs.Runs.ask`.
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
            _say(str(error))
            return
        place.clear()
        with place:
            show(found)

    def _say(text: str) -> None:
        place.clear()
        with place:
            paragraph(text).classes("complaint").props("role=alert")

    ui.timer(0.0, ask, once=True)
