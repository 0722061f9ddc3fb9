"""A timer put to rest stays at rest, even if its next tick was already on its way."""

import asyncio

import pytest
from nicegui import Client, ui

from sim.browser.layout import ticking


async def ticks(rests: bool) -> int:
    """Ticks of a timer that sets out for one, as NiceGUI's loop does, and is put to rest before that or not."""
    made = []
    with Client(ui.page(""), request=None):
        timer = ticking(60.0, lambda: made.append(1))
        timer.activate()
        on_its_way = asyncio.create_task(timer._invoke_callback())
        if rests:
            timer.deactivate()
        await on_its_way
        timer.cancel()
    return len(made)


@pytest.mark.parametrize(("rests", "made"), [(False, 1), (True, 0)])
def test_no_tick_after_it_was_put_to_rest(rests, made):
    assert asyncio.run(ticks(rests)) == made
