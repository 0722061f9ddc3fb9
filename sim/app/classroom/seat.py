"""A seat of the class: the briefing and the orders of the month, and afterwards the debrief."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from sim.app.layout import heading, paragraph
from sim.classroom.room import Room
from sim.seats.briefing import briefing
from sim.seats.orders import ORDERS


def seat_of_class(
    room: Room,
    table: int,
    seat: str,
    on_order: Callable[[Mapping[str, Any]], None],
    on_withdraw: Callable[[], None],
) -> None:
    """Show a seat as it is now."""
    lived = room.table(table)
    found = briefing(lived, seat)
    heading(2, f"{found.title}, {found.month}")
    for fact in found.facts:
        paragraph(f"{fact.label}: {fact.value}")
    fields: dict[str, Any] = {}
    for order in ORDERS[seat]:
        if order.choices:
            options: dict[float | None, str] = {None: "as the doctrine would", **dict(order.choices)}
            fields[order.name] = ui.select(options, label=order.label, value=None)
        else:
            fields[order.name] = ui.number(order.label, min=order.low, max=order.high, step=order.step)
    if seat in room.state.groups[table].orders:
        ui.button("Change my orders", on_click=on_withdraw)
    else:
        ui.button(
            "Give orders",
            on_click=lambda: on_order({name: field.value for name, field in fields.items() if field.value is not None}),
        )
