"""What the figures have in common inside their axes: fans, months, the change of doctrine, labels of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.dates import DateFormatter, MonthLocator, YearLocator, date2num
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.basics.labels import MINUS, month_text, number
from sim.figures.sheet import LEADING, POINTS, spread, width_of, wrapped
from sim.figures.style import (
    DARK,
    FAINT,
    FAMILY,
    INK,
    LABEL,
    LIGHT,
    LONE_MARKER,
    MEAN_WIDTH,
    OBSERVED,
    OTHER_WIDTH,
    OWN_MARKER,
    QUIET,
    TEXT,
    Look,
)
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes

FANS = "Line: mean; dark band: half of the worlds; light band: 90 of 100."
ONE_WORLD = "Line: the one world simulated."
LONG_SPAN, MIDDLE_SPAN = 30, 12
"""Months from which years alone are marked; from which every third month is."""
MARGIN = 15.0
"""Days left free on either side of the months."""
OWN_MARKS: dict[str, Any] = {
    "linestyle": "none",
    "marker": OWN_MARKER,
    "markerfacecolor": "white",
    "markeredgecolor": OBSERVED,
}
"""How what is the user's own is marked."""
LABEL_WIDTH = 1.75
"""Inches kept for labels at the end of lines."""


def numbers(months: Any) -> Any:
    """Months as matplotlib counts days."""
    return date2num(np.asarray(months, dtype="datetime64[ns]"))  # type: ignore[no-untyped-call]


def prepare(
    ax: Axes, heading: str = "", unit: str = "", lines: Literal["x", "y", "both"] = "y", stacked: bool = False
) -> None:
    """Plain axes: two spines, faint lines to read values by, and above them what is shown, with its unit."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(QUIET)
    ax.tick_params(labelsize=TEXT, labelcolor=INK, color=QUIET, labelfontfamily=FAMILY)
    ax.grid(axis=lines, color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    (ax.xaxis if lines == "x" else ax.yaxis).set_major_formatter(FuncFormatter(tick))
    caption(ax, heading, unit, stacked=stacked)


def caption(ax: Axes, heading: str, unit: str = "", colour: str = INK, up: float = 7.0, stacked: bool = False) -> None:
    """Say `up` points above axes what they show, and in which unit: beside it, or `stacked` under it."""
    options: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "family": FAMILY}
    options |= {"parse_math": False, "annotation_clip": False, "va": "bottom"}
    right = 0.0 if stacked or not heading else POINTS * width_of(heading + " ", LABEL, "bold")
    if unit:
        ax.annotate(unit, (0.0, 1.0), xytext=(right, up), size=TEXT, color=QUIET, **options)
    if heading:
        above = up + TEXT * LEADING if stacked and unit else up
        ax.annotate(heading, (0.0, 1.0), xytext=(0.0, above), size=LABEL, weight="bold", color=colour, **options)


def name_rows(ax: Axes, labels: Sequence[str], named: bool = True) -> None:
    """Rows from the top, each with its name at the left, if it is to be there."""
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0, labelleft=named)
    ax.set_ylim(len(labels) - 0.5, -0.5)


def tick(value: float, _place: Any = None) -> str:
    """A tick in as few figures as it needs, with a true minus sign."""
    return f"{round(value, 10):,.10g}".replace("-", MINUS)


def few_ticks(ax: Axes, most: int = 5) -> None:
    """At most so many ticks on the vertical axis."""
    ax.yaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))


def span_months(ax: Axes, months: Any, labels: bool = True) -> None:
    """A horizontal axis of months: years where the span is long, months where it is short."""
    first, last = numbers(months)[[0, -1]]
    ax.set_xlim(first - MARGIN, last + MARGIN)
    count = len(months)
    if count > LONG_SPAN:
        ax.xaxis.set_major_locator(YearLocator(1 if count <= 4 * LONG_SPAN else 5))  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))  # type: ignore[no-untyped-call]
    else:
        step = 6 if count > MIDDLE_SPAN else max(1, -(-count // 4))
        ax.xaxis.set_major_locator(MonthLocator(range(1, 13, step)))  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_formatter(DateFormatter("%Y-%m"))  # type: ignore[no-untyped-call]
    ax.tick_params(axis="x", labelbottom=labels)


def changes(since: Any, months: Any) -> bool:
    """Whether a doctrine changes between the first month and the last."""
    return since is not None and bool(months[0] < np.datetime64(since) <= months[-1])


def change_line(ax: Axes, since: Any, months: Any) -> None:
    """A thin vertical line where the doctrine changes; none if it never does within the months."""
    if changes(since, months):
        ax.axvline(numbers(since), color=QUIET, linewidth=1.2, zorder=1.5)


def change_note(since: Any, months: Any, several: bool) -> str:
    """What the vertical line means, with one doctrine or several."""
    if not changes(since, months):
        return ""
    month = month_text(since)
    return f" Vertical line: {f'doctrines can differ from {month} on' if several else f'change of doctrine, {month}'}."


def fan(ax: Axes, frame: pd.DataFrame, look: Look, scale: float = 1.0, wide: bool = True) -> None:
    """Mean and bands of one doctrine, as `statistics.bands` gives them; `wide` draws the outer band too."""
    x = numbers(frame["month"])
    values = {name: scale * frame[name].to_numpy(float) for name in ("mean", "p05", "p25", "p75", "p95")}
    if wide:
        ax.fill_between(x, values["p05"], values["p95"], color=look.colour, alpha=LIGHT, linewidth=0)
    ax.fill_between(x, values["p25"], values["p75"], color=look.colour, alpha=DARK, linewidth=0)
    line(ax, x, values["mean"], look)


def fans(
    ax: Axes, frames: Mapping[str, pd.DataFrame], styles: Mapping[str, Look], scale: float = 1.0, since: Any = None
) -> None:
    """Means and inner bands of several doctrines over each other; in the look of the first until they differ."""
    for nth, (name, frame) in enumerate(frames.items()):
        rows = frame if since is None or nth == 0 else frame.iloc[max(int((frame["month"] < since).sum()) - 1, 0) :]
        fan(ax, rows, styles[name], scale, wide=len(frames) == 1)


def line(ax: Axes, x: Any, y: Any, look: Look, width: float = MEAN_WIDTH) -> None:
    """A line in a doctrine's look."""
    ax.plot(x, y, color=look.colour, linestyle=look.line, linewidth=width, dash_capstyle="butt", zorder=3)


def means(
    ax: Axes,
    frames: Mapping[str, pd.DataFrame],
    styles: Mapping[str, Look],
    scale: float = 1.0,
    width: float = OTHER_WIDTH,
    since: Any = None,
) -> None:
    """Means of doctrines without their bands; from the month before `since` on, until when they are equal."""
    for name, frame in frames.items():
        rows = frame if since is None else frame.iloc[max(int((frame["month"] < since).sum()) - 1, 0) :]
        line(ax, numbers(rows["month"]), scale * rows["mean"].to_numpy(float), styles[name], width)


def end_value(
    ax: Axes, frame: pd.DataFrame, look: Look, scale: float = 1.0, digits: int = 1, told: float | None = None
) -> None:
    """The mean of the last month, or another number to be told of the line, written at its end."""
    value = scale * float(frame["mean"].iloc[-1])
    ax.annotate(
        number(value if told is None else scale * told, digits),
        (numbers(frame["month"])[-1], value),
        xytext=(0, 5),
        textcoords="offset points",
        ha="right",
        va="bottom",
        size=LABEL,
        weight="bold",
        color=look.ink,
        family=FAMILY,
        path_effects=[withStroke(linewidth=3.0, foreground="white")],
        zorder=5,
    )


def observed(ax: Axes, series: xr.DataArray | None, scale: float = 1.0, joined: bool = True) -> None:
    """What ships of the record, black; where the coordinate `own` is true, the user's own as hollow marks.

    A dotted line joins those after what ships, month by month: none crosses months that nobody knows. Those beside what
    ships stand alone, and so do those that are true in `alone`.
    """
    if series is None:
        return
    series = series.dropna("month")
    at, values, shipped = numbers(series["month"]), scale * series.to_numpy(), scale * series["shipped"].to_numpy()
    own, there = series["own"].to_numpy(), ~np.isnan(shipped)
    width = 1.4 if joined else 0.0
    ax.plot(at[there], shipped[there], color=OBSERVED, linewidth=width, marker="o", markersize=3.6, zorder=4)
    if own.any():
        alone = series["alone"].to_numpy()
        after = np.arange(len(at)) >= there.sum() - 1
        path = _broken(series["month"].to_numpy()[after & ~alone], np.where(there, shipped, values)[after & ~alone])
        ax.plot(*path, color=OBSERVED, linewidth=width, linestyle=":", zorder=4)
        for chosen, marker in ((own & ~alone, OWN_MARKER), (alone, LONE_MARKER)):
            marks = {**OWN_MARKS, "marker": marker, "markersize": 6.0, "markeredgewidth": 1.5}
            ax.plot(at[chosen], values[chosen], **marks, zorder=4.5, clip_on=False)


def _broken(months: Any, values: Any) -> tuple[Any, Any]:
    """A line through months, with nothing between two that do not follow each other."""
    holes = np.flatnonzero(np.diff(months.astype("datetime64[M]").astype(int)) > 1) + 1
    return np.insert(numbers(months), holes, np.nan), np.insert(values.astype(float), holes, np.nan)


def observed_at_foot(ax: Axes, months: Any, own: Any) -> None:
    """Months in which something happened, at the foot of the axes: those that ship as dots, the user's own hollow."""
    at, foot = numbers(months), ax.get_ylim()[0]
    ax.plot(at[~own], [foot] * int((~own).sum()), "o", color=OBSERVED, markersize=4.5, zorder=4, clip_on=False)
    ax.plot(
        at[own], [foot] * int(own.sum()), **OWN_MARKS, markersize=6.0, markeredgewidth=1.5, zorder=4.5, clip_on=False
    )


def by_doctrine(frame: pd.DataFrame, variable: str) -> dict[str, pd.DataFrame]:
    """The rows of one variable, by doctrine, in the order of the table."""
    chosen = frame[frame["variable"] == variable]
    return {str(name): rows for name, rows in chosen.groupby("doctrine", sort=False)}


def end_labels(ax: Axes, ends: Mapping[str, float], styles: Mapping[str, Look]) -> None:
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
