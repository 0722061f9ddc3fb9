"""Explore: choose the doctrines, run the same worlds under two of them, read what changes, and why."""


def register() -> None:
    """Declare the page, and open the pool of processes with the server."""
    from sim.app.explore.page import declare

    declare()
