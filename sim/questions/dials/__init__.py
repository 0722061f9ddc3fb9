"""What each dial of a doctrine does: alone, together, and over its whole range.

`sim.attribution` and `sim.map` ask. A difference between doctrines is shared out over `coalitions` by the values of
`shapley`, and told by `attribution`; two dials are turned over a `dial_grid`, and told by `dial_map`.
"""
