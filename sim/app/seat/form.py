"""The moves of a seat as a form, with its clock; it counts and fills in by itself, and sends once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from sim.app.seat.wording import form_fields, orders_of
from sim.limits import InputError
from sim.seats.briefing import Briefing
from sim.seats.orders import Orders


class OrdersForm(ui.element, component="form.js"):
    """What a seat may order this month.

    Parameters
    ----------
    briefing : Briefing
        Whose moves, and what its doctrine would order.
    on_order : callable
        Called with orders that hold to the rules, once.
    deadline : float, optional
        Seconds left; None without a clock. The form shows the time; what happens when it runs out is the owner's.
    running : bool
        Whether the clock runs.
    """

    def __init__(
        self,
        briefing: Briefing,
        on_order: Callable[[Orders], Any],
        deadline: float | None = None,
        running: bool = True,
    ) -> None:
        super().__init__()
        self._seat, self._on_order, self._sent = briefing.seat, on_order, False
        self._props["fields"] = [field._asdict() for field in form_fields(briefing.seat, briefing.advice)]
        self.clock(deadline, running)
        self.on("decide", self._decided)
        self._complaint = TextElement(tag="p", text="").classes("complaint").props("role=alert")
        self._complaint.set_visibility(False)

    def clock(self, left: float | None, running: bool = True) -> None:
        """Set the clock to so many seconds, and let it run or stand; None takes it away."""
        self._props |= {"left": None if left is None else round(left, 1), "running": running}
        self.update()

    async def _decided(self, event: GenericEventArguments) -> None:
        if self._sent:
            return
        try:
            orders = orders_of(self._seat, event.args)
        except InputError as error:
            self._complaint.text = str(error)
            self._complaint.set_visibility(True)
            self.run_method("again")
            return
        self._sent = True
        done = self._on_order(orders)
        if done is not None and hasattr(done, "__await__"):
            await done
