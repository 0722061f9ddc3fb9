"""Take a seat: brief somebody as an actor, take the orders, live the month, and debrief in the end.

`month` and `debrief` show a seat to a class too.
"""
