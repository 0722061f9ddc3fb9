"""A seat in a browser: five months are played, and the world is the one that the engine lives through."""

from hands import at_month, click, move, open_page, read, text, until

from sim.basics.labels import number
from sim.scenario import load
from sim.teaching.seats.orders import ORDERS
from sim.teaching.seats.table import SeatedWorld

MONTHS, SEED, SEAT = 5, 12, "ukraine"
EFFORT = next(order for order in ORDERS[SEAT] if not order.choices)


def test_five_months_of_a_seat(app, visitor):
    open_page(visitor, f"{app}/seat?seat={SEAT}&seed={SEED}")
    click(visitor, "button", "Start")
    own = EFFORT.low + round((EFFORT.high - EFFORT.low) / EFFORT.step * 0.75) * EFFORT.step
    for month in range(1, MONTHS + 1):
        at_month(visitor, month)
        move(visitor, EFFORT.label, own)
        until(lambda: "1 of " in text(visitor), what="the order is not taken over")
        click(visitor, "button", "Decide")
    at_month(visitor, MONTHS + 1)

    engine = SeatedWorld(load("outlook"), seed=SEED, world=0, months=[{SEAT: {EFFORT.name: own}}] * MONTHS)
    held = number(100 * engine.series["russian_held_share"][-1], 1)
    read(visitor, f"{held} % of Ukraine")
    month, words = engine.news[-1]
    assert month == f"2026-{MONTHS:02}"
    for word in words:
        read(visitor, word)

    click(visitor, "button", "End now")
    read(visitor, "Same world, other plan or other seat")


def test_a_reload_loses_nothing(app, visitor):
    open_page(visitor, f"{app}/seat?seat=russia&seed=1")
    click(visitor, "button", "Start")
    at_month(visitor, 1)
    click(visitor, "button", "Decide")
    at_month(visitor, 2)
    open_page(visitor, f"{app}/seat")
    read(visitor, ": month 2 of ")
