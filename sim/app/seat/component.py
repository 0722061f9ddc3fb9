"""A seat on a page: the briefing, the moves, the news and the months so far; what the class shows too.

It knows nothing of the page that it stands on: all that it shows comes in a `SeatView`, and orders go to a callback.
Make it anew, in a cleared container, when the month changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.layout import heading, paragraph
from sim.app.seat.desk import show_beliefs, show_facts
from sim.app.seat.form import OrdersForm
from sim.app.seat.past import show_last_month, show_past
from sim.app.seat.wording import ordered_lines
from sim.seats.briefing import Briefing
from sim.seats.orders import Orders
from sim.seats.table import Table

HEADING = "seat-month"
"""Id of the heading of the month, where the focus goes when a new one begins."""
FOCUS = f"document.getElementById('{HEADING}')?.focus()"


class SeatView(NamedTuple):
    """All that somebody in a seat sees in one month.

    Attributes
    ----------
    briefing : Briefing
        What the seat knows, believes and is advised.
    news : tuple of (str, tuple of str)
        Months that had news with their public sentences, oldest first.
    series : dict of str to list of float
        The public monthly series so far.
    past : tuple of str
        Months that are over, "YYYY-MM"; those of `series`.
    months : int
        Months in all.
    given : Orders, optional
        What was ordered for this month already, where that is still to be waited for; None while it is to be decided.
    deadline : float, optional
        Seconds left to decide; None without a clock.
    running : bool
        Whether the clock runs; False while a class is paused.
    """

    briefing: Briefing
    news: tuple[tuple[str, tuple[str, ...]], ...]
    series: dict[str, list[float]]
    past: tuple[str, ...]
    months: int
    given: Orders | None = None
    deadline: float | None = None
    running: bool = True


def view_of(
    table: Table, seat: str, given: Orders | None = None, deadline: float | None = None, running: bool = True
) -> SeatView:
    """What a seat of a table sees now; costs some milliseconds.

    Parameters
    ----------
    table : Table
    seat : str
        One of `sim.seats.orders.SEATS`.
    given, deadline, running
        As in `SeatView`.
    """
    from sim.seats.briefing import briefing

    past = tuple(table.scenario.calendar[: table.elapsed])
    found = briefing(table, seat)
    return SeatView(found, tuple(table.news), table.series, past, table.scenario.months, given, deadline, running)


def seat_view(
    view: SeatView, on_order: Callable[[Orders], Any], on_withdraw: Callable[[], Any] | None = None
) -> OrdersForm | None:
    """Show a seat in one month.

    Parameters
    ----------
    view : SeatView
    on_order : callable
        Called with orders that hold to the rules (`sim.seats.orders.checked`), at most once for each view.
    on_withdraw : callable, optional
        Called when somebody wants to change what was given; without it that cannot be done.

    Returns
    -------
    OrdersForm or None
        The form, whose clock can be set (`OrdersForm.clock`); None where orders are given already.
    """
    found = view.briefing
    heading(2, f"{found.month}: month {len(view.past) + 1} of {view.months}").props(f'id={HEADING} tabindex="-1"')
    paragraph(f"You are {SITTING[found.seat]}.").classes("quiet")
    ui.link("Go to your moves", "#seat-moves").classes("seat-jump")
    with ui.element("div").classes("seat"):
        with ui.element("section").props('aria-labelledby="seat-briefing"').classes("seat-briefing"):
            show_last_month(view.news, view.past)
            heading(3, "Your briefing").props('id="seat-briefing"')
            show_beliefs(found.beliefs)
            show_facts(found.facts)
        with ui.element("section").props('aria-labelledby="seat-moves"').classes("seat-moves"):
            heading(3, "Your moves").props('id="seat-moves" tabindex="-1"')
            form = _moves(view, on_order, on_withdraw)
    show_past(view.news, view.series, view.past)
    return form


SITTING = {
    "us": "the executive in Washington",
    "congress": "Congress",
    "europe": "the Europeans",
    "ukraine": "the government in Kyiv",
    "russia": "the government in Moscow",
}
"""Who sits in a seat, in a sentence."""


def _moves(
    view: SeatView, on_order: Callable[[Orders], Any], on_withdraw: Callable[[], Any] | None
) -> OrdersForm | None:
    if view.given is None:
        return OrdersForm(view.briefing, on_order, view.deadline, view.running)
    paragraph("You have decided. The month is lived when everybody has.")
    with ui.element("ul"):
        for line in ordered_lines(view.briefing.seat, view.given):
            TextElement(tag="li", text=line)
    if on_withdraw is not None:
        ui.button("Change my orders", on_click=on_withdraw).props("outline")
    return None
