"""A seat in one month on a page: the briefing, the moves, the news and the months so far; what the class shows too.

It knows nothing of the page that it stands on: all that it shows comes in a `SeatView`, and orders go to a callback.
Make it anew, in a cleared container, when the month changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from nicegui import ui

from sim.basics.actors import NAMES
from sim.basics.labels import HUNDRED, decimals, number
from sim.browser.chart_parts import Options
from sim.browser.charts import ROW_HEIGHT, Chart, Interval, intervals, lines
from sim.browser.layout import TextElement, heading, paragraph
from sim.browser.seat.orders_form import OrdersForm, ordered_lines
from sim.teaching.seats.briefing import Briefing
from sim.teaching.seats.orders import Orders
from sim.teaching.seats.private_information import Belief, Fact
from sim.teaching.seats.table import SeatedWorld

HEADING = "seat-month"
"""Id of the heading of the month, where the focus goes when a new one begins."""
FOCUS = f"document.getElementById('{HEADING}')?.focus()"
NATURAL = {"% of full support": (0.0, 100.0), "%": (0.0, 100.0)}
"""Units that have ends of their own."""
FINE = 10.0
"""Parts of an interval to which its numbers are told."""
News = Sequence[tuple[str, tuple[str, ...]]]
FEWEST_MONTHS = 2
"""Months from which a line can be drawn."""


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
    table: SeatedWorld, seat: str, given: Orders | None = None, deadline: float | None = None, running: bool = True
) -> SeatView:
    """What a seat of a table sees now; costs some milliseconds.

    Parameters
    ----------
    table : SeatedWorld
    seat : str
        One of `sim.teaching.seats.orders.SEATS`.
    given, deadline, running
        As in `SeatView`.
    """
    from sim.teaching.seats.briefing import briefing

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
        Called with orders that hold to the rules (`sim.teaching.seats.orders.checked`), at most once for each view.
    on_withdraw : callable, optional
        Called when somebody wants to change what was given; without it that cannot be done.

    Returns
    -------
    OrdersForm or None
        The form, whose clock can be set (`OrdersForm.clock`); None where orders are given already.
    """
    found = view.briefing
    heading(2, f"{found.month}: month {len(view.past) + 1} of {view.months}").props(f'id={HEADING} tabindex="-1"')
    paragraph(f"You are {NAMES[found.seat].office}.").classes("quiet")
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


def show_facts(facts: Iterable[Fact]) -> None:
    """Show what is known."""
    heading(4, "What you know")
    with ui.element("dl").classes("facts"):
        for fact in facts:
            TextElement(tag="dt", text=fact.label)
            with ui.element("dd"):
                TextElement(tag="span", text=fact.value).classes("value")
                TextElement(tag="span", text=fact.help).classes("quiet")


def show_beliefs(beliefs: Sequence[Belief]) -> None:
    """Show what is believed, with how unsure one is."""
    heading(4, "What you think possible")
    with ui.element("ul").classes("beliefs"):
        for belief in beliefs:
            with ui.element("li"):
                TextElement(tag="span", text=belief.label).classes("what")
                TextElement(tag="span", text=belief_told(belief)).classes("told")
                TextElement(tag="span", text=belief.help).classes("quiet")
    if beliefs:
        told = "; ".join(f"{belief.label}: {belief_told(belief)}" for belief in beliefs)
        Chart(belief_chart(beliefs), f"{told}.", height=ROW_HEIGHT.format(len(beliefs)))


def belief_told(belief: Belief) -> str:
    """A belief as a sentence."""
    mean, low, high = _numbers(belief)
    return f"about {mean} {belief.unit}; nine chances in ten from {low} to {high}"


def belief_chart(beliefs: Sequence[Belief]) -> Options:
    """Beliefs as dots in their intervals, each on the scale of its unit."""
    rows = []
    for belief in beliefs:
        mean, low, high = _numbers(belief)
        natural = NATURAL.get(belief.unit, (0.0, 0.0))
        ends = min(*natural, belief.low), max(*natural, belief.high)
        rows.append(Interval(belief.label, belief.low, belief.mean, belief.high, ends, (low, mean, high)))
    return intervals(rows, "each on its own scale; the upright line is zero", "What is likely, and nine chances in ten")


def _numbers(belief: Belief) -> tuple[str, str, str]:
    digits = decimals((belief.high - belief.low) / FINE, 3) if belief.high > belief.low else 2
    mean, low, high = (number(value, digits) for value in (belief.mean, belief.low, belief.high))
    return mean, low, high


class Public(NamedTuple):
    """One chart of public series: names by series, unit, and a factor."""

    title: str
    names: dict[str, str]
    unit: str
    factor: float


CHARTS = (
    Public("Land that Russia holds", {"russian_held_share": "held by Russia"}, "% of Ukraine", HUNDRED),
    Public("Aid", {"us_allocation": "America", "europe_contribution": "Europe"}, "EUR bn a month", 1.0),
    Public(
        "American instruments", {"sanctions": "sanctions", "intelligence": "intelligence"}, "% of the fullest", HUNDRED
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
    if len(past) < FEWEST_MONTHS:
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
    Chart(
        lines(past, values, one.unit, title), f"{one.title} over {len(past)} months. In {past[-1]}: {told} {one.unit}."
    )
