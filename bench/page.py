"""The results as docs/performance.md: a template and the numbers that go into it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from bench import memory, peers, scaling, stages, throughput
from bench.findings import findings
from bench.results import Results
from bench.section import BEGIN, BEGIN_PAGE, END, NOT_YET, NOT_YET_PAGE
from bench.text import markdown, shown
from bench.worlds import EVERYTHING, SPAN
from sim.ensemble import BLOCK

TEMPLATE = Path(__file__).with_name("template.md")
MILLION = 1_000_000
NOT_A_MILLION = "A million worlds take minutes: `python -m bench --full` measures them too."


def page(results: Results, waited: str = NOT_YET, in_page: str = NOT_YET_PAGE) -> str:
    """The whole page; `waited` and `in_page` are its sections of other runs (`bench.section`)."""
    sizes = results.sizes
    tables = {name: markdown(table) for name, table in results.tables().items()}
    texts = tables | {
        "floor": markdown(upright(results.floor, "scenario", "a month of")),
        "findings": "\n".join(f"- {finding}" for finding in findings(results)),
        "machine": markdown(pd.DataFrame({"machine": results.machine.keys(), "": results.machine.values()})),
        "waited": f"{BEGIN}\n{waited}\n{END}",
        "in_page": f"{BEGIN_PAGE}\n{in_page}\n{END}",
        "missing": "\n".join(results.missing) or "All of them were installed.",
        "memory_note": "" if MILLION in sizes.memory else NOT_A_MILLION,
        "memory_command": f"doctrine {' '.join(memory.COMMAND)}",
        "by_block": throughput.BY_BLOCK,
        "by_stage": stages.SCENARIO,
        "by_peer": peers.SCENARIO,
        "by_scale": scaling.SCENARIO,
    }
    numbers = {
        "repetitions": sizes.repetitions,
        "worlds": sizes.worlds,
        "scaling_worlds": sizes.scaling_worlds,
        "span": SPAN,
        "block": BLOCK,
        "variables": len(EVERYTHING),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    return text.format(**texts, **{name: shown(value) for name, value in numbers.items()}).rstrip() + "\n"


def upright(table: pd.DataFrame, index: str, corner: str) -> pd.DataFrame:
    """A table of few rows and many columns, turned."""
    return table.set_index(index).T.rename_axis(corner).rename_axis(None, axis=1).reset_index()
