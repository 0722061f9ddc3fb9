"""Single worlds: which to look at, and one lived through again.

`reasons` tells why actors did what they did in a month, `decisions` has the numbers behind it, `replay` tells what
happened in all months. `nearest_to_record` finds the worlds that run closest to what was observed.
"""
