"""The atlas of these tests: few worlds, few months, no more nodes than needed."""

WORLDS, SEED, MONTHS, COUNTS = 8, 5, 4, (4, 4, 4, 4)
