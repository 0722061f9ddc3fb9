"""Worlds a second: by scenario, recorded and not, and by the size of a block."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bench.clock import Case, Time, Work, quickest
from bench.sizes import Sizes
from bench.worlds import EVERYTHING, SCENARIOS, live, live_in_blocks, scenario, speed

BY_BLOCK = "history"
PERCENT = 100.0


def by_scenario(sizes: Sizes) -> pd.DataFrame:
    """One row a scenario and way of recording: worlds a second of CPU and of wall time."""
    configs = {name: scenario(name, sizes.months) for name in SCENARIOS}
    kept = {"nothing": None, "everything": EVERYTHING}
    cases = {(n, k): _case(partial(live, configs[n], sizes.worlds, kept[k])) for n in configs for k in kept}
    times = quickest(cases, sizes.repetitions)
    return pd.DataFrame(
        [
            {"scenario": n, "months": configs[n].months, "recorded": k}
            | _speeds(speed(configs[n], sizes.worlds, 1.0), times[n, k])
            for n, k in cases
        ]
    )


def by_block(sizes: Sizes) -> pd.DataFrame:
    """One row a size: worlds a second of CPU and of wall time, nothing recorded."""
    config = scenario(BY_BLOCK, sizes.months)
    worlds = {block: max(block, sizes.worlds_in_blocks) for block in sizes.blocks}
    cases = {block: _case(partial(live_in_blocks, config, worlds[block], block)) for block in sizes.blocks}
    times = quickest(cases, sizes.repetitions)
    return pd.DataFrame(
        [{"worlds a block": b} | _speeds(speed(config, worlds[b], 1.0), times[b]) for b in sizes.blocks]
    )


def _case(work: Work) -> Case:
    return lambda: work


def _speeds(worlds: float, time: Time) -> dict[str, float]:
    return {
        "worlds a second, CPU": worlds / time.cpu,
        "worlds a second, wall": worlds / time.wall,
        "noise, %": PERCENT * time.noise,
    }
