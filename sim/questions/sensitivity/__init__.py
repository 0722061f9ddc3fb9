"""Which assumptions carry a comparison (`design`, `sobol`, `flips`), and where doctrines fail (`discovery`, `prim`).

From outside: what `sim.answers.sensitivity` and `sim.answers.discover` take.
"""
