"""What the tables say, in a sentence each."""

from __future__ import annotations

from typing import Any

from bench import peers
from bench.results import Results
from bench.text import rows, shown
from sim.basics.labels import listed

TARGET = 1000
"""Times as many worlds a second as Mesa's `batch_run` of the same model: what this model is meant to reach."""
SPEED, SHARE, PEAK = "worlds a second, CPU", "share, %", "peak memory, MB"


def findings(results: Results) -> list[str]:
    """What the tables say, in a sentence each."""
    return [
        *_speed(rows(results.throughput)),
        *_stage(rows(results.stages)),
        *_floor(rows(results.floor)),
        *_mesa(rows(results.peers)),
        *_memory(rows(results.memory)),
    ]


def _speed(found: list[dict[str, Any]]) -> list[str]:
    quick, slow = (choose(found, key=lambda row: row[SPEED]) for choose in (max, min))
    told = [f"{shown(r[SPEED])} (`{r['scenario']}`, {r['recorded']} recorded)" for r in (quick, slow)]
    return [f"Worlds a second of CPU time: {' to '.join(told)}."]


def _stage(found: list[dict[str, Any]]) -> list[str]:
    largest = max(found, key=lambda row: row[SHARE])
    return [f"The largest stage of a month is *{largest['stage']}*: {shown(largest[SHARE])} % of it."]


def _floor(found: list[dict[str, Any]]) -> list[str]:
    times = listed([f"{shown(row['model over floor'])} times (`{row['scenario']}`)" for row in found])
    return [f"The model takes {times} what its bare NumPy operations and draws take: the *floor*, below."]


def _mesa(found: list[dict[str, Any]]) -> list[str]:
    """How a block does against `batch_run`, and whether that is what it was meant to do."""
    times = [row["the block makes"] for row in found if row["runner"].startswith(peers.MESA)]
    return [
        f"A block makes {shown(more)} times the worlds a second that Mesa's `batch_run` of the same model makes "
        f"(target: {shown(TARGET)}, {'reached' if more >= TARGET else '**not reached**'})."
        for more in times
    ]


def _memory(found: list[dict[str, Any]]) -> list[str]:
    return [f"{shown(row['worlds'])} worlds without paths hold {shown(row[PEAK])} MB at most." for row in found[-1:]]
