"""What the figures have in common inside their axes: fans, months, the change of doctrine, labels at the end of lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.dates import DateFormatter, MonthLocator, YearLocator, date2num
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.figures.page import POINTS, put, spread, wrapped
from sim.figures.style import (
    DARK,
    FAINT,
    FAMILY,
    HEADING,
    INK,
    LABEL,
    LIGHT,
    MEAN_WIDTH,
    OBSERVED,
    OTHER_WIDTH,
    QUIET,
    TEXT,
    Look,
)
from sim.questions.labels import MINUS, doctrine_label, month_text

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes

FANS = "Line: mean of the worlds; dark band: half of them; light band: 90 of 100."
LONG_SPAN, MIDDLE_SPAN = 30, 12
"""Months from which years alone are marked; from which every third month is."""
LABEL_WIDTH = 1.75
"""Inches kept for labels at the end of lines."""


def numbers(months: Any) -> Any:
    """Months as matplotlib counts days."""
    return date2num(np.asarray(months, dtype="datetime64[ns]"))


def prepare(ax: Axes, unit: str = "", heading: str = "", colour: str = INK, lines: bool = True) -> None:
    """Plain axes: two spines, faint lines to read values by, a heading, the unit on top of the vertical axis."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(QUIET)
    ax.tick_params(labelsize=TEXT, labelcolor=INK, color=QUIET, labelfontfamily=FAMILY)
    if lines:
        ax.grid(axis="y", color=FAINT, linewidth=0.8)
        ax.set_axisbelow(True)
    ax.yaxis.set_major_formatter(FuncFormatter(tick))
    ax.set_ylabel(unit, size=TEXT, color=INK, family=FAMILY)
    if heading:
        put(ax, 0.0, 1.03, heading, size=HEADING, color=colour, weight="bold", va="bottom", transform=ax.transAxes)


def tick(value: float, _place: Any = None) -> str:
    """A tick in as few figures as it needs, with a true minus sign."""
    return f"{round(value, 10):,.10g}".replace("-", MINUS)


def few_ticks(ax: Axes, most: int = 5) -> None:
    """At most so many ticks on the vertical axis."""
    ax.yaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))


def span_months(ax: Axes, months: Any, labels: bool = True) -> None:
    """A horizontal axis of months: years where the span is long, months where it is short."""
    first, last = numbers(months)[[0, -1]]
    pad = 15.0
    ax.set_xlim(first - pad, last + pad)
    count = len(months)
    if count > LONG_SPAN:
        ax.xaxis.set_major_locator(YearLocator(1 if count <= 4 * LONG_SPAN else 5))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
    else:
        step = 6 if count > MIDDLE_SPAN else max(1, -(-count // 4))
        ax.xaxis.set_major_locator(MonthLocator(range(1, 13, step)))
        ax.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
    ax.tick_params(axis="x", labelbottom=labels)


def change_line(ax: Axes, since: Any, months: Any, label: bool = False) -> None:
    """A thin vertical line where the doctrine changes; none if it never does within the months."""
    if since is None or not months[0] < np.datetime64(since) <= months[-1]:
        return
    at = numbers(since)
    ax.axvline(at, color=QUIET, linewidth=1.2, zorder=1.5)
    if label:
        text = f"{month_text(since)}: doctrine changes"
        put(ax, at, 0.99, f" {text}", size=TEXT, color=QUIET, va="top", transform=ax.get_xaxis_transform())


def fan(ax: Axes, frame: pd.DataFrame, look: Look, scale: float = 1.0, wide: bool = True) -> None:
    """Mean and bands of one doctrine, as `sim.questions.bands` gives them; `wide` draws the outer band too."""
    x = numbers(frame["month"])
    values = {name: scale * frame[name].to_numpy(float) for name in ("mean", "p05", "p25", "p75", "p95")}
    if wide:
        ax.fill_between(x, values["p05"], values["p95"], color=look.colour, alpha=LIGHT, linewidth=0)
    ax.fill_between(x, values["p25"], values["p75"], color=look.colour, alpha=DARK, linewidth=0)
    line(ax, x, values["mean"], look)


def line(ax: Axes, x: Any, y: Any, look: Look, width: float = MEAN_WIDTH) -> None:
    """A line in a doctrine's look."""
    ax.plot(x, y, color=look.colour, linestyle=look.line, linewidth=width, dash_capstyle="butt", zorder=3)


def others(ax: Axes, frames: Mapping[str, pd.DataFrame], styles: Mapping[str, Look], scale: float = 1.0) -> None:
    """Means of the other doctrines, thin."""
    for name, frame in frames.items():
        line(ax, numbers(frame["month"]), scale * frame["mean"].to_numpy(float), styles[name], OTHER_WIDTH)


def observed(ax: Axes, series: xr.DataArray | None, scale: float = 1.0, joined: bool = True) -> None:
    """The record, black."""
    if series is None:
        return
    series = series.dropna("month")
    ax.plot(
        numbers(series["month"]),
        scale * series.to_numpy(),
        color=OBSERVED,
        linewidth=1.4 if joined else 0.0,
        marker="o",
        markersize=3.6,
        zorder=4,
    )


def by_doctrine(frame: pd.DataFrame, variable: str) -> dict[str, pd.DataFrame]:
    """The rows of one variable, by doctrine, in the order of the table."""
    chosen = frame[frame["variable"] == variable]
    return {str(name): rows for name, rows in chosen.groupby("doctrine", sort=False)}


def end_labels(ax: Axes, ends: Mapping[str, float], styles: Mapping[str, Look], observed_end: Any = None) -> None:
    """Name the lines right of their ends, apart from each other."""
    figure: Any = ax.figure
    inches = ax.get_position().height * figure.get_figheight()
    low, high = ax.get_ylim()
    texts = {name: wrapped(doctrine_label(name), LABEL, LABEL_WIDTH - 0.2, "bold") for name in ends}
    most = max(len(lines) for lines in texts.values())
    gap = (high - low) / inches * most * LABEL * 1.25 / POINTS
    places = spread(list(ends.values()), gap, low, high)
    right = ax.get_xlim()[1]
    for (name, end), place in zip(ends.items(), places, strict=True):
        text = "\n".join(texts[name])
        ax.annotate(
            text,
            (right, end),
            xytext=(right + (right - ax.get_xlim()[0]) * 0.03, place),
            annotation_clip=False,
            va="center",
            size=LABEL,
            weight="bold",
            color=styles[name].ink,
            family=FAMILY,
            parse_math=False,
            arrowprops={"arrowstyle": "-", "color": styles[name].colour, "shrinkA": 0, "shrinkB": 0},
        )
