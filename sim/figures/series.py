"""Figures of monthly series: money, Europe's share, the front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.figures import axes
from sim.figures.page import ISW, KIEL, Page, doctrine_key, page, source_line
from sim.figures.record import Observed, during
from sim.figures.style import MEAN_WIDTH, Look, looks
from sim.questions import findings
from sim.questions.bands import bands
from sim.questions.labels import doctrine_label
from sim.questions.since import first_difference
from sim.questions.trust import coverage

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.figure import Figure

MOST_COLUMNS = 4
"""Doctrines that get a column of their own; more share one pair of axes, without bands."""
NAME_UP = 30.0
"""Points between a column and its doctrine's name, with room for the caption of the row between them."""
WINDOW = 3
"""Months of the trailing mean of money: single months are too lumpy to read."""


class Row(NamedTuple):
    """A variable in a figure: what it is called, its unit, the scale that makes the unit, the ends of its axis."""

    variable: str
    heading: str
    unit: str
    scale: float = 1.0
    low: float | None = None
    high: float | None = None
    digits: int = 1


FLOWS = (
    Row("us_allocation", "American allocations", "EUR bn a month, mean of 3 months", low=0.0),
    Row("europe_contribution", "European contributions", "EUR bn a month, mean of 3 months", low=0.0),
)
SHARE = Row("europe_share", "Europe's share of aid", "percent, last six months together", 100.0, 0.0, 100.0, 0)
LAND = Row("russian_held_share", "Land held by Russia", "percent of Ukraine", 100.0)


class Drawing(NamedTuple):
    """What the panels of one figure share."""

    frames: dict[str, dict[str, pd.DataFrame]]
    seen: dict[str, Any]
    styles: Mapping[str, Look]
    months: Any
    since: Any

    @property
    def recorded(self) -> bool:
        """Whether anything observed is drawn."""
        return any(series is not None for series in self.seen.values())


def aid_flows(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """American and European aid by month, with the record."""
    return _figure(dataset, FLOWS, findings.aid_flows(dataset, since), KIEL, record, since, WINDOW)


def europe_share(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Europe's share of aid by month, with the record."""
    return _figure(dataset, (SHARE,), findings.europe_share(dataset, since), KIEL, record, since)


def front(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Land held by Russia by month, with the record."""
    return _figure(dataset, (LAND,), findings.front(dataset, since), ISW, record, since)


def _figure(
    dataset: xr.Dataset,
    rows: tuple[Row, ...],
    title: str,
    publisher: str,
    record: Observed | None,
    since: Any,
    window: int = 1,
) -> Figure:
    """A column of fans a doctrine; if there are too many for that, their means on one pair of axes a variable."""
    drawing = _drawing(dataset, rows, record, since, window)
    many = len(drawing.styles) > MOST_COLUMNS
    source = source_line(dataset, *([publisher] if drawing.recorded else []))
    keyed = many and len(rows) > 1
    note = _note(drawing, many, dataset.sizes["world"]) + coverage(dataset, tuple(row.variable for row in rows))
    sheet = page(title, note, source, key=doctrine_key(drawing.styles) if keyed else ())
    if many:
        _together(sheet, rows, drawing, keyed)
    else:
        _columns(sheet, rows, drawing)
    return sheet.figure


def _drawing(dataset: xr.Dataset, rows: tuple[Row, ...], record: Observed | None, since: Any, window: int) -> Drawing:
    months = dataset["month"].to_numpy()
    table = bands(dataset, [row.variable for row in rows], window)
    seen = {row.variable: during(record, row.variable, months, window) for row in rows}
    starts = [series["month"].to_numpy()[0] for series in seen.values() if series is not None]
    first = min([months[0], *starts])
    lead = np.arange(first.astype("datetime64[M]"), months[0].astype("datetime64[M]"))
    return Drawing(
        {row.variable: axes.by_doctrine(table, row.variable) for row in rows},
        seen,
        looks(map(str, dataset["doctrine"].to_numpy())),
        np.concatenate([lead.astype("datetime64[ns]"), months]),
        first_difference(dataset) if since is None else np.datetime64(since, "ns"),
    )


def _note(drawing: Drawing, many: bool, worlds: int) -> str:
    several = len(drawing.styles) > 1
    note = axes.ONE_WORLD if worlds == 1 else "Lines: means of the worlds." if many else axes.FANS
    note += " Thin lines: the other doctrines." if several and not many else ""
    note += " Black: observed." if drawing.recorded else ""
    return note + axes.change_note(drawing.since, drawing.months, several)


def _columns(sheet: Page, rows: tuple[Row, ...], drawing: Drawing) -> None:
    """A row a variable, a column a doctrine, one vertical scale a row."""
    named = len(drawing.styles) > 1
    grid = sheet.grid(len(rows), len(drawing.styles), top=0.7 if named else 0.4, wspace=0.07, hspace=0.32)
    for line, row in enumerate(rows):
        for column, name in enumerate(drawing.styles):
            ax = grid[line, column]
            axes.prepare(ax, row.heading if column == 0 else "", row.unit if column == 0 else "")
            _panel(ax, row, name, drawing)
            ax.tick_params(axis="both", labelleft=column == 0)
            ax.tick_params(axis="x", labelbottom=line == len(rows) - 1)
            if named and line == 0:
                axes.caption(ax, doctrine_label(name), colour=drawing.styles[name].ink, up=NAME_UP)
        _same_scale(grid[line], row)


def _together(sheet: Page, rows: tuple[Row, ...], drawing: Drawing, keyed: bool) -> None:
    """Many doctrines: one pair of axes a variable, means only, named in a key or at the end of the lines."""
    right = 0.1 if keyed else axes.LABEL_WIDTH
    grid = sheet.grid(1, len(rows), top=0.6, wspace=0.15, right=right)
    for ax, row in zip(grid[0], rows, strict=True):
        axes.prepare(ax, row.heading, row.unit, stacked=True)
        frames = drawing.frames[row.variable]
        axes.means(ax, frames, drawing.styles, row.scale, MEAN_WIDTH)
        _frame(ax, row, drawing)
        _same_scale([ax], row)
        if not keyed:
            ends = {name: row.scale * frame["mean"].iloc[-1] for name, frame in frames.items()}
            axes.end_labels(ax, ends, drawing.styles)


def _panel(ax: Any, row: Row, name: str, drawing: Drawing) -> None:
    frames, look = drawing.frames[row.variable], drawing.styles[name]
    rest = {other: frame for other, frame in frames.items() if other != name}
    axes.means(ax, rest, drawing.styles, row.scale, since=drawing.since)
    axes.fan(ax, frames[name], look, row.scale)
    axes.end_value(ax, frames[name], look, row.scale, row.digits)
    _frame(ax, row, drawing)


def _frame(ax: Any, row: Row, drawing: Drawing) -> None:
    axes.observed(ax, drawing.seen[row.variable], row.scale)
    axes.span_months(ax, drawing.months)
    axes.change_line(ax, drawing.since, drawing.months)
    axes.few_ticks(ax)


def _same_scale(row: Any, about: Row) -> None:
    """The same ends for all axes of a row."""
    low = min(ax.get_ylim()[0] for ax in row) if about.low is None else about.low
    high = max(ax.get_ylim()[1] for ax in row) if about.high is None else about.high
    for ax in row:
        ax.set_ylim(low, high)
