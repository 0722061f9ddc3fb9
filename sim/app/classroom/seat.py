"""A seat of the class: the briefing and the orders of the month; between and after the months what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sim.app.layout import paragraph
from sim.app.seat.component import SeatView, seat_view
from sim.classroom import clock
from sim.classroom.room import Room
from sim.seats.orders import Orders


class SeatOfClass:
    """A seat in one month, until the page is told otherwise.

    Parameters
    ----------
    room : Room
    table : int
        Counted from 0.
    seat : str
    on_order, on_withdraw : callable
        What the student does.
    """

    def __init__(
        self,
        room: Room,
        table: int,
        seat: str,
        on_order: Callable[[Orders], Any],
        on_withdraw: Callable[[], Any],
    ) -> None:
        self._room, self._table = room, table
        self._clock_key = self._clock()
        self._form = seat_view(self._view(seat), on_order, on_withdraw)

    def refresh(self) -> None:
        """Let the clock stand or go on; between these it runs by itself."""
        if self._form is not None and self._clock() != self._clock_key:
            self._clock_key = self._clock()
            self._form.clock(self._left(), self._room.state.stopped is None)

    def _view(self, seat: str) -> SeatView:
        lived, state = self._room.table(self._table), self._room.state
        return SeatView(
            self._room.briefing(self._table, seat),
            tuple(lived.news),
            lived.series,
            tuple(lived.scenario.calendar[: lived.elapsed]),
            lived.scenario.months,
            state.groups[self._table].orders.get(seat),
            self._left(),
            state.stopped is None,
        )

    def _clock(self) -> tuple[float, bool] | None:
        """What the clock on the page depends on, besides time itself; None without a clock."""
        state = self._room.state
        if state.settings.clock is None:
            return None
        return state.groups[self._table].opened, state.stopped is None

    def _left(self) -> float | None:
        left = clock.remaining(self._room, self._table, time.time())
        return None if left is None else max(left, 0.0)


def show_played(room: Room, table: int) -> None:
    """What a seat sees when there is no more month to play and nothing is revealed yet."""
    from sim.app.seat.past import show_past

    lived = room.table(table)
    paragraph("Your teacher will reveal what came of your orders, and what the others believed of you.")
    show_past(tuple(lived.news), lived.series, tuple(lived.scenario.calendar[: lived.elapsed]))
