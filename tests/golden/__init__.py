"""Golden numbers: what the model said when they were made, so that nothing it says changes unnoticed.

A few worlds of every shipped scenario, and the tables of every command that makes some, at a small size. They are made
again by one command, `python -m tests.golden`, which the changelog entry of a change of output names.
"""

REMEDY = "If the change is meant: python -m tests.golden, and say in CHANGELOG.md which numbers moved, and why."
