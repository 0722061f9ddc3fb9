"""What audiences make of Washington: what each sign tells them, what they believe by it, and what it costs.

From outside: `signs.seen` (what there was to see), `observers` (what is believed by it), `costs.costs`.
"""
