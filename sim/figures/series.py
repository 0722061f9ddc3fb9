"""Figures of monthly series: money, Europe's share, the front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.labels import month_text
from sim.figures import axes
from sim.figures.record import Observed, during, kiel, not_drawn, own_key, own_sources
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import ISW, Sheet, doctrine_key, page, source_line
from sim.figures.style import MEAN_WIDTH, Look, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.breakdowns import coverage
from sim.questions.compare.doctrines import after, first_difference, of_doctrines, start_of_effect
from sim.questions.compare.statistics import bands
from sim.scenario.spelling import doctrine_label

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


class SeriesRow(NamedTuple):
    """A variable in a figure: what it is called, its unit, the scale that makes the unit, the ends of its axis.

    Its number is that of the last month, or the mean of the months after the change where `averaged`.
    """

    variable: str
    heading: str
    unit: str
    scale: float = 1.0
    low: float | None = None
    high: float | None = None
    digits: int = 1
    averaged: bool = False


FLOWS = (
    SeriesRow("us_allocation", "American allocations", "EUR bn a month, mean of 3 months", low=0.0, averaged=True),
    SeriesRow(
        "europe_contribution", "European contributions", "EUR bn a month, mean of 3 months", low=0.0, averaged=True
    ),
)
SHARE = SeriesRow("europe_share", "Europe's share of aid", "percent, last six months together", 100.0, 0.0, 100.0, 0)
LAND = SeriesRow("russian_held_share", "Land held by Russia", "percent of Ukraine", 100.0)


class Drawing(NamedTuple):
    """What the panels of one figure share."""

    frames: dict[str, dict[str, pd.DataFrame]]
    seen: dict[str, Any]
    styles: Mapping[str, Look]
    months: Any
    since: Any
    start: Any
    averages: dict[str, dict[str, float]]

    @property
    def recorded(self) -> bool:
        """Whether anything observed is drawn."""
        return any(series is not None for series in self.seen.values())

    @property
    def beside(self) -> list[str]:
        """The sources of what is the user's own in it."""
        return own_sources(self.seen.values())


@figure_of_ours
@of_doctrines
def aid_flows(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """American and European aid by month, with the record."""
    return _figure(dataset, FLOWS, findings.aid_flows(dataset, since), kiel(record), record, since, WINDOW)


@figure_of_ours
@of_doctrines
def europe_share(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Europe's share of aid by month, with the record."""
    return _figure(dataset, (SHARE,), findings.europe_share(dataset, since), kiel(record), record, since)


@figure_of_ours
@of_doctrines
def front(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Land held by Russia by month, with the record."""
    return _figure(dataset, (LAND,), findings.front(dataset, since), ISW, record, since)


def _figure(
    dataset: xr.Dataset,
    rows: tuple[SeriesRow, ...],
    title: str,
    publisher: str,
    record: Observed | None,
    since: Any,
    window: int = 1,
) -> Figure:
    """A column of fans a doctrine; if there are too many for that, their means on one pair of axes a variable."""
    drawing = _drawing(dataset, rows, record, since, window)
    many = len(drawing.styles) > MOST_COLUMNS
    source = source_line(dataset, *([publisher] if drawing.recorded else []), own=drawing.beside)
    keyed = many and len(rows) > 1
    variables = tuple(row.variable for row in rows)
    note = _note(drawing, many, dataset.sizes["world"]) + coverage(dataset, variables)
    note += not_drawn(record, variables, drawing.months)
    key = [*(doctrine_key(drawing.styles) if keyed else ()), *own_key(drawing.beside, drawing.seen.values())]
    sheet = page(title, note, source, key=key)
    if many:
        _together(sheet, rows, drawing, keyed)
    else:
        _columns(sheet, rows, drawing)
    return sheet.figure


def _drawing(
    dataset: xr.Dataset, rows: tuple[SeriesRow, ...], record: Observed | None, since: Any, window: int
) -> Drawing:
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
        start_of_effect(dataset, since),
        {row.variable: _averages(after(dataset, since)[row.variable]) for row in rows if row.averaged},
    )


def _averages(values: xr.DataArray) -> dict[str, float]:
    """Mean over worlds and the months after the change, by doctrine: what the title tells."""
    means = values.mean(("month", "world"), dtype=float)
    return {str(name): float(means.sel(doctrine=name)) for name in means["doctrine"].to_numpy()}


def _note(drawing: Drawing, many: bool, worlds: int) -> str:
    several = len(drawing.styles) > 1
    note = axes.ONE_WORLD if worlds == 1 else "Lines: means of the worlds." if many else axes.FANS
    note += " Thin lines: the other doctrines." if several and not many else ""
    note += " Black: observed." if drawing.recorded else ""
    note += axes.change_note(drawing.since, drawing.months, several)
    return note + (f" Numbers: means from {month_text(drawing.start)} on." if drawing.averages and not many else "")


def _columns(sheet: Sheet, rows: tuple[SeriesRow, ...], drawing: Drawing) -> None:
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


def _together(sheet: Sheet, rows: tuple[SeriesRow, ...], drawing: Drawing, keyed: bool) -> None:
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


def _panel(ax: Any, row: SeriesRow, name: str, drawing: Drawing) -> None:
    frames, look = drawing.frames[row.variable], drawing.styles[name]
    rest = {other: frame for other, frame in frames.items() if other != name}
    axes.means(ax, rest, drawing.styles, row.scale, since=drawing.since)
    axes.fan(ax, frames[name], look, row.scale)
    told = drawing.averages[row.variable][name] if row.averaged else None
    axes.end_value(ax, frames[name], look, row.scale, row.digits, told)
    _frame(ax, row, drawing)


def _frame(ax: Any, row: SeriesRow, drawing: Drawing) -> None:
    axes.observed(ax, drawing.seen[row.variable], row.scale)
    axes.span_months(ax, drawing.months)
    axes.change_line(ax, drawing.since, drawing.months)
    axes.few_ticks(ax)


def _same_scale(row: Any, about: SeriesRow) -> None:
    """The same ends for all axes of a row."""
    low = min(ax.get_ylim()[0] for ax in row) if about.low is None else about.low
    high = max(ax.get_ylim()[1] for ax in row) if about.high is None else about.high
    for ax in row:
        ax.set_ylim(low, high)
