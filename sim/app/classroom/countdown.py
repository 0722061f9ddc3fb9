"""A clock that counts down in the browser."""

from __future__ import annotations

from nicegui import ui


class Countdown(ui.element, component="countdown.js"):
    """Time left, as minutes and seconds.

    Parameters
    ----------
    prefix : str
        What is said before the time.
    """

    def __init__(self, prefix: str = "") -> None:
        super().__init__()
        self._props |= {"left": 0.0, "running": False, "prefix": prefix}

    def show(self, left: float, running: bool) -> None:
        """Set it to so many seconds, and let it run or stand; call it when that changes, not every second."""
        self._props |= {"left": round(left, 1), "running": running}
        self.update()
