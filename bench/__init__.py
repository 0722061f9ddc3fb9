"""How fast the model is, and what stands between it and the machine: `python -m bench` writes docs/performance.md.

Nothing here ships with the package, and nothing in `sim` knows of it: the model is timed from outside, and its
arithmetic is counted by handing it arrays that count.
"""
