"""Many worlds: their luck by address, one runner for every purpose, processes; one Dataset out.

From outside: the record `Ensemble` (how many worlds, of which luck, on how many processes), the record `Study` (a
scenario under one doctrine or several), `simulate` and `survey`, and for what is no Dataset `tasks` and `worked`. What
is recorded of a month is in `sim.ensemble.recorder`.
"""

from sim.ensemble.ensemble import USUAL, Ensemble, Progress
from sim.ensemble.runner import (
    BLOCK,
    Read,
    Sets,
    Task,
    label_of,
    opened,
    run_block,
    simulate,
    survey,
    tasks,
    worked,
)

__all__ = [
    "BLOCK",
    "USUAL",
    "Ensemble",
    "Progress",
    "Read",
    "Sets",
    "Task",
    "label_of",
    "opened",
    "run_block",
    "simulate",
    "survey",
    "tasks",
    "worked",
]
