"""The Mesa agents, one file each: they own their state (arrays over worlds) and their decisions.

From outside: the classes, and `sim.actors.guest.Guest` for whoever adds an actor.
"""
