"""Take a seat: brief somebody as an actor, take the orders, live the month, and debrief in the end."""


def register() -> None:
    """Declare the page, and open the pool of processes with the server."""
    from sim.app.seat.page import declare

    declare()
