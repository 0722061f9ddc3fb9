"""The results as a picture: speed by the size of a block, and where a month goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import FuncFormatter, NullLocator

from bench.findings import SHARE, SPEED
from bench.results import Results
from bench.stages import SCENARIO
from bench.text import rows, shown
from bench.throughput import BY_BLOCK
from bench.worlds import SPAN
from sim.basics.labels import number, spoken
from sim.figures.axes import prepare, tick
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import page
from sim.figures.style import COLOURS, INK, LABEL, MEAN_WIDTH, QUIET, TEXT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 1.15
"""Length of an axis over its longest bar or highest point."""


@figure_of_ours
def performance(results: Results) -> Figure:
    """Two panels: worlds a second by the size of a block; share of each stage in a month."""
    best = max(rows(results.blocks), key=lambda row: row[SPEED])
    largest = max(rows(results.stages), key=lambda row: row[SHARE])
    drawn = page(
        f"Blocks of {shown(best['worlds a block'])} worlds are quickest; "
        f"“{largest['stage']}” takes {spoken(largest[SHARE])} % of a month",
        note=f"Left: worlds of {SPAN} months a second of CPU time on one core ({BY_BLOCK}, nothing recorded). "
        f"Right: share of CPU time, a block of {shown(results.sizes.worlds)} worlds ({SCENARIO}, everything recorded). "
        f"Minimum of {results.sizes.repetitions} repetitions.",
        source=f"Measured: {results.machine['processor']}, Python {results.machine['Python']}, "
        f"NumPy {results.machine['numpy']}; python -m bench.",
    )
    left, right = drawn.grid(1, 2, top=0.35, wspace=0.45)[0]
    _speeds(left, results.blocks)
    _shares(right, results.stages)
    return drawn.figure


def _speeds(ax: Axes, blocks: pd.DataFrame) -> None:
    sizes, speeds = blocks["worlds a block"].to_numpy(), blocks[SPEED].to_numpy()
    prepare(ax, "Worlds a second", "by worlds a block")
    ax.plot(sizes, speeds, color=COLOURS[0], linewidth=MEAN_WIDTH, marker="o", markersize=8)
    ax.set_xscale("log", base=2)
    ax.set_xticks(sizes[::2])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(tick))
    ax.set_ylim(0.0, ROOM * speeds.max())


def _shares(ax: Axes, stages: pd.DataFrame) -> None:
    shares = stages[SHARE].to_numpy()
    prepare(ax, "Share of a month", "%", lines="x")
    bars = ax.barh(stages["stage"], shares, color=[COLOURS[1] if s == shares.max() else QUIET for s in shares])
    ax.bar_label(bars, [number(share, 1) for share in shares], padding=4, size=TEXT, color=INK)
    ax.tick_params(axis="y", labelsize=LABEL, length=0)
    ax.invert_yaxis()
    ax.set_xlim(0.0, ROOM * shares.max())
