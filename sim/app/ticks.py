"""A timer that can be put to rest between two ticks."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui


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
