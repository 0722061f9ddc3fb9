"""Where a month goes: CPU time by stage, recording and luck apart."""

from __future__ import annotations

import pandas as pd

from bench.clock import Stopwatch
from bench.month import DRAWS, RECORD, STAGES, watched
from bench.sizes import Sizes
from bench.worlds import EVERYTHING, SEED, go_on, scenario
from sim.ensemble import opened
from sim.ensemble.recorder import Recorder
from sim.scenario import Scenario

SCENARIO = "outlook"
NANO, PERCENT = 1e9, 100.0


def by_stage(sizes: Sizes) -> pd.DataFrame:
    """One row a stage: nanoseconds of CPU a world and month, and its share of all of them (per cent)."""
    config = scenario(SCENARIO, sizes.months)
    seconds = pd.DataFrame([seconds_by_stage(config, sizes.worlds) for _ in range(sizes.repetitions)]).min()
    rows = sorted(seconds.index, key=_place)
    frame = pd.DataFrame({"stage": rows, "ns a world and month": NANO * seconds[rows].to_numpy()})
    frame["ns a world and month"] /= sizes.worlds * config.months
    frame["share, %"] = PERCENT * frame["ns a world and month"] / frame["ns a world and month"].sum()
    return frame


def seconds_by_stage(config: Scenario, worlds: int) -> dict[str, float]:
    """CPU seconds that a block spends in each stage, from its first month to its last."""
    watch, model = Stopwatch(), opened(config, SEED, 0, worlds)
    recorder = Recorder(model, 0, EVERYTHING)
    recorder.record = watch.timing(RECORD, recorder.record)  # type: ignore[method-assign]
    with watched(model, watch.timing, watch.timing):
        go_on(model, recorder)
    return watch.seconds


def _place(stage: str) -> int:
    order = [*STAGES, RECORD, DRAWS]
    return order.index(stage) if stage in order else len(order)
