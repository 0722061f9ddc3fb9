"""How the parameters answer to the record.

Two halves. The fit: priors, simulated histories in a reference table, summary statistics, rejection, a posterior and
its checks, the seven facts, the back-test; `sim.estimation.calibration_tables` makes their tables. And the coding of
the record by methods of its own: factions of Congress and their votes, the memory of Europe's allocations.
"""
