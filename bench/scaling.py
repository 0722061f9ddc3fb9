"""What one more world costs as there are more of them, more months, or more members of Europe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pandas as pd

from bench.clock import Time, Work, quickest
from bench.sizes import Sizes
from bench.worlds import live, live_in_blocks, scenario
from sim import record
from sim.ensemble import BLOCK

SCENARIO = "history"
MICRO = 1e6


def scaling(sizes: Sizes) -> pd.DataFrame:
    """One row a size: CPU microseconds a world and month, and what that is next to the smallest size of its kind."""
    return pd.concat([by_worlds(sizes), by_months(sizes), by_members(sizes)], ignore_index=True)


def by_worlds(sizes: Sizes) -> pd.DataFrame:
    """More worlds, in blocks as the package runs them."""
    config = scenario(SCENARIO, sizes.months)
    cases = {worlds: _case(lambda w: live_in_blocks(config, w, BLOCK), worlds) for worlds in sizes.ensembles}
    times = quickest(cases, sizes.repetitions)
    return _rows("worlds", {w: (times[w], w * config.months) for w in times})


def by_months(sizes: Sizes) -> pd.DataFrame:
    """More months of the same worlds."""
    configs = {months: scenario(SCENARIO, months) for months in sizes.horizons}
    cases = {m: _case(lambda c: live(c, sizes.scaling_worlds), configs[m]) for m in configs}
    times = quickest(cases, sizes.repetitions)
    return _rows("months", {m: (times[m], m * sizes.scaling_worlds) for m in times})


def by_members(sizes: Sizes) -> pd.DataFrame:
    """More members of Europe: the same ones over again, each with its part of what it had."""
    config = scenario(SCENARIO, sizes.months)
    donors = {copies * len(record.members()): copies for copies in sizes.copies}
    tables = {
        many: {"europe_members": repeated(copies), "europe_supply": _named(record.table("europe_supply"), copies)}
        for many, copies in donors.items()
    }

    def many(members: int) -> None:
        with patch("sim.actors.europe.columns", tables[members].__getitem__):
            live(config, sizes.scaling_worlds)

    times = quickest({members: _case(many, members) for members in tables}, sizes.repetitions)
    return _rows("members of Europe", {m: (times[m], config.months * sizes.scaling_worlds) for m in times})


def repeated(copies: int) -> pd.DataFrame:
    """The table of Europe's members, each split into so many of the same; what they have together stays."""
    table = record.members()
    share = table.assign(**{money: table[money] / copies for money in ("budget", "start")})
    return _named(share, copies)


def _named(table: pd.DataFrame, copies: int) -> pd.DataFrame:
    """The rows of a table so many times over, with names that tell them apart."""
    names = [name for name in ("member", "label") if name in table]
    parts = [table.assign(**{name: table[name] + f" {copy}" for name in names}) for copy in range(1, copies)]
    return pd.concat([table, *parts], ignore_index=True)


def _case(work: Callable[[Any], Any], size: Any) -> Callable[[], Work]:
    return lambda: lambda: work(size)


def _rows(what: str, found: dict[int, tuple[Time, int]]) -> pd.DataFrame:
    costs = {size: MICRO * time.cpu / moves for size, (time, moves) in found.items()}
    first = next(iter(costs.values()))
    return pd.DataFrame(
        [
            {"varied": what, "size": size, "µs a world and month": cost, "over the first": cost / first}
            for size, cost in costs.items()
        ]
    )
