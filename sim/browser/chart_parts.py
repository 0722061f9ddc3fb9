"""The parts of which charts are made: axes, lines, bands, bars, in the look of the figures; ECharts options all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.basics.labels import decimals
from sim.figures.style import FAINT, INK, LINES, QUIET

Options = dict[str, Any]

FONT = 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif'
TEXT = 14
"""Pixels of the smallest text."""
LINE_WIDTH, MARK_WIDTH = 3, 2
TICK = [3, 26]
"""Width and height of a short upright line, pixels."""
NARROW = 560
"""Pixels below which names stand in a legend above instead of at the ends of lines."""
CHARACTER = 8
"""Pixels of an average character."""
WIDEST = 180
"""Pixels beyond which names stand in a legend too."""
ABOVE, LEADING, ONE_LINE = 40, 20, 32
"""Pixels above a chart, pixels of a line of its legend, and characters of names that fit into one."""
FINE = 200.0
"""Steps into which the range of a chart's numbers is resolved by their decimals."""
LONG = 30
"""Months from which only years are written."""


def rounded(table: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
    """Numbers with the decimals that their common range allows to see."""
    arrays = {name: np.asarray(values, dtype=float) for name, values in table.items()}
    every = np.concatenate([values.ravel() for values in arrays.values()]) if arrays else np.zeros(1)
    finite = every[np.isfinite(every)]
    width = float(np.ptp(finite)) or float(np.abs(finite).max(initial=1.0)) if finite.size else 1.0
    return {name: values.round(decimals(width / FINE)) for name, values in arrays.items()}


def plain(value: Any) -> Any:
    """A number that JSON has; None for what is missing."""
    if isinstance(value, str):
        return value
    return float(value) if np.isfinite(value) else None


def dataset(table: Mapping[str, Sequence[Any] | NDArray[Any]]) -> Options:
    """Columns by name as a dataset of ECharts."""
    rows = [[plain(value) for value in row] for row in zip(*table.values(), strict=True)]
    return {"dimensions": list(table), "source": rows}


def whole(
    table: Mapping[str, Any], helpers: Mapping[str, Any], series: list[Options], unit: str, title: str
) -> Options:
    """What all charts share."""
    names = [one["name"] for one in series if one.get("areaStyle") is None or "step" in one]
    room = CHARACTER * max((len(name) for name in names), default=0) + 16
    return {
        "title": {"show": False, "text": title, "subtext": unit},
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": TEXT, "color": INK},
        "dataset": [dataset(table), *([dataset(helpers)] if helpers else [])],
        "grid": {"left": 8, "right": room, "top": ABOVE, "bottom": 8, "containLabel": True},
        "legend": {"show": False, "data": names, "top": 0, "left": 0, "textStyle": {"fontSize": TEXT, "color": INK}},
        "tooltip": {"trigger": "axis", "confine": True, "textStyle": {"fontSize": TEXT, "color": INK}},
        "series": series,
        "media": media(series, names, room),
    }


def legend_top(names: Sequence[str]) -> int:
    """Pixels above a chart for a legend: a line, or as many as there are names where those are long."""
    rows = 1 if sum(map(len, names)) <= ONE_LINE else len(names)
    return ABOVE + (rows - 1) * LEADING


def media(series: list[Options], names: Sequence[str], room: int) -> list[Options]:
    """Names at the ends of lines where there is room for them; on a phone a legend above."""

    def shape(query: Options, ends: bool) -> Options:
        named = [{"endLabel": {"show": ends}} if "endLabel" in one else {} for one in series]
        legend = {"show": not ends and sum("endLabel" in one for one in series) > 1}
        grid = {"right": room if ends else 16, "top": legend_top(names if legend["show"] else ())}
        return {**query, "option": {"legend": legend, "grid": grid, "series": named}}

    return [shape({"query": {"maxWidth": NARROW}}, ends=False), shape({}, ends=room <= WIDEST)]


def axis() -> Options:
    """How every axis looks."""
    return {
        "axisLabel": {"fontSize": TEXT, "color": INK, "hideOverlap": True},
        "axisLine": {"show": True, "lineStyle": {"color": QUIET}},
        "splitLine": {"lineStyle": {"color": FAINT}},
        "nameTextStyle": {"fontSize": TEXT, "color": INK},
    }


def line_of(name: str, look: Any) -> Options:
    """A line in a doctrine's look, named at its end."""
    dashes = [round(LINE_WIDTH * part) for part in look.line[1]]
    return {
        "name": name,
        "type": "line",
        "encode": {"x": 0, "y": name},
        "symbol": "none",
        "lineStyle": {"color": look.colour, "width": LINE_WIDTH, "type": dashes or "solid"},
        "itemStyle": {"color": look.colour},
        "endLabel": {"show": True, "formatter": "{a}", "color": look.ink, "fontSize": TEXT, "fontWeight": "bold"},
        "labelLayout": {"moveOverlap": "shiftY"},
        "z": 3,
    }


def band_part(name: str, stack: str, colour: str, opacity: float) -> Options:
    """One of the two stacked areas that make a band: what lies under it, which is not seen, and its height."""
    return {
        "name": name,
        "type": "line",
        "datasetIndex": 1,
        "encode": {"x": 0, "y": name},
        "stack": stack,
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "lineStyle": {"width": 0, "color": colour},
        "itemStyle": {"color": colour},
        "areaStyle": {"color": colour, "opacity": opacity},
        "tooltip": {"show": False},
        "z": 2,
    }


def over_months(
    months: Sequence[str],
    table: Mapping[str, NDArray[np.float64]],
    helpers: Mapping[str, NDArray[np.float64]],
    series: list[Options],
    unit: str,
    title: str,
    zero: bool,
    change: str | None,
) -> Options:
    """A chart with a horizontal axis of months; `helpers` are columns that are drawn and not told."""
    column = {"month": list(months)}
    options = whole({**column, **table}, {**column, **helpers} if helpers else {}, series, unit, title)
    years = len(months) > LONG
    shown = [month if not years or month.endswith("-01") else "" for month in months]
    labels = {"fontSize": TEXT, "color": INK, "hideOverlap": True}
    if years:
        labels |= {":interval": "(place, month) => month.endsWith('-01')", ":formatter": "month => month.slice(0, 4)"}
    options["xAxis"] = {"type": "category", "data": list(months), "boundaryGap": True, **axis(), "axisLabel": labels}
    options["xAxis"]["axisTick"] = {"show": any(shown), "alignWithLabel": True, "lineStyle": {"color": QUIET}}
    options["xAxis"]["splitLine"] = {"show": False}
    options["yAxis"] = {"type": "value", "scale": not zero, **axis()}
    if change is not None and series:
        series[-1]["markLine"] = marked({"doctrines differ": change})
    return options


def marked(marks: Mapping[str, Any]) -> Options:
    """Named vertical lines."""
    return {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": QUIET, "width": MARK_WIDTH, "type": "solid"},
        "label": {"position": "end", "align": "left", "fontSize": TEXT, "color": INK, "formatter": "{b}"},
        "data": [{"name": name, "xAxis": value} for name, value in marks.items()],
    }


def bar_of(name: str, look: Any, count: int) -> Options:
    """Bars in a doctrine's look; the second kind is hatched, for those who do not see its colour."""
    hatched = look.line != LINES[0]
    decal = {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 0.7, "color": "#ffffff66"}
    return {
        "name": name,
        "type": "bar",
        "encode": {"y": 0, "x": name},
        "barMaxWidth": 26 if count else None,
        "itemStyle": {"color": look.colour, **({"decal": decal} if hatched else {})},
        "label": {"show": True, "position": "right", "fontSize": TEXT, "color": INK},
    }


def spans(ends: Sequence[tuple[list[Any], list[Any]]], colour: str, width: float = LINE_WIDTH) -> Options:
    """Lines between pairs of points, as marks of a series."""
    return {
        "symbol": ["none", "none"],
        "silent": True,
        "lineStyle": {"color": colour, "width": width, "type": "solid"},
        "label": {"show": False},
        "data": [[{"coord": low}, {"coord": high}] for low, high in ends],
    }


def ticks(name: str, places: Sequence[tuple[float, int]], colour: str) -> Options:
    """Short upright lines, each at a value of a row."""
    return {
        "type": "scatter",
        "name": name,
        "data": [list(place) for place in places],
        "symbol": "rect",
        "symbolSize": TICK,
        "itemStyle": {"color": colour, "opacity": 1.0},
        "silent": True,
        "z": 4,
    }


def over_rows(
    labels: Sequence[str], table: Mapping[str, Sequence[str]], series: list[Options], low: float, unit: str, title: str
) -> Options:
    """Rows of which each has a scale of its own: from `low` to 1, and not told."""
    options = over_labels(labels, table, series, unit, title)
    options["xAxis"] = {"type": "value", "min": low, "max": 1, "show": False}
    options["yAxis"]["axisLine"] = {"show": False}
    options["legend"]["show"], options["tooltip"]["show"] = False, False
    options["grid"] |= {"top": 8}
    return options


def over_labels(
    labels: Sequence[str], table: Mapping[str, Any], series: list[Options], unit: str, title: str
) -> Options:
    """Horizontal bars, the first label on top."""
    options = whole({"": list(labels), **table}, {}, series, unit, title)
    options["yAxis"] = {"type": "category", "data": list(labels), "inverse": True, **axis()}
    options["yAxis"] |= {"axisTick": {"show": False}, "splitLine": {"show": False}}
    options["yAxis"]["axisLabel"] = {"fontSize": TEXT, "color": INK, "width": 150, "overflow": "break", "interval": 0}
    options["yAxis"]["axisLabel"]["lineHeight"] = TEXT + 4
    options["xAxis"] = {"type": "value", "boundaryGap": [0, "12%"], **axis()}
    options["legend"]["show"] = len(series) > 1
    options["grid"] |= {"top": legend_top(options["legend"]["data"]) if len(series) > 1 else 8, "right": 56}
    options["tooltip"]["axisPointer"] = {"type": "shadow"}
    del options["media"]
    return options
