"""Charts of the app: numbers in, ECharts options out, in the look of the figures; each with its numbers as a table.

Every function returns a plain dict. The table that `Chart` folds beneath is the first dataset in it, so that picture
and table cannot differ; what a drawing needs besides (the height of a band) is in the second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.figures.style import FAINT, INK, LIGHT, LINES, QUIET, looks
from sim.questions.labels import decimals, doctrine_label

Options = dict[str, Any]
Bands = Mapping[str, tuple[ArrayLike, ArrayLike, ArrayLike]]

FONT = 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif'
TEXT = 14
"""Pixels of the smallest text."""
LINE_WIDTH, MARK_WIDTH = 3, 2
NARROW = 560
"""Pixels below which names stand in a legend above instead of at the ends of lines."""
CHARACTER = 8
"""Pixels of an average character."""
FINE = 200.0
"""Steps into which the range of a chart's numbers is resolved by their decimals."""
BINS = 20
LONG = 30
"""Months from which only years are written."""
STRIP_OPACITY = 0.07
PERCENT = 100.0


def lines(
    months: Sequence[str],
    series: Mapping[str, ArrayLike],
    unit: str,
    title: str,
    *,
    zero: bool = False,
    change: str | None = None,
) -> Options:
    """Lines over months.

    Parameters
    ----------
    months : sequence of str
        "YYYY-MM".
    series : mapping of str to array (months,)
        By name; the names of doctrines have their fixed looks. NaN leaves a gap.
    unit, title : str
        Unit of the numbers; what the chart shows, as a sentence.
    zero : bool
        Whether the vertical axis starts at zero.
    change : str, optional
        A month to mark: that of a change of doctrine.
    """
    found = _rounded({doctrine_label(name): values for name, values in series.items()})
    styles = list(looks(series).values())
    drawn = [_line(name, look) for name, look in zip(found, styles, strict=True)]
    return _over_months(months, found, {}, drawn, unit, title, zero, change)


def fan(
    months: Sequence[str], bands: Bands, unit: str, title: str, *, zero: bool = False, change: str | None = None
) -> Options:
    """A line within its band over months, for each name.

    Parameters
    ----------
    months, unit, title, zero, change
        As in `lines`.
    bands : mapping of str to (low, middle, high), arrays (months,)
        By name.
    """
    table: dict[str, ArrayLike] = {}
    for name, (low, middle, high) in bands.items():
        label = doctrine_label(name)
        table |= {f"{label}, low": low, label: middle, f"{label}, high": high}
    found = _rounded(table)
    helpers: dict[str, NDArray[np.float64]] = {}
    drawn = []
    for name, look in zip(map(doctrine_label, bands), looks(bands).values(), strict=True):
        low, high = found[f"{name}, low"], found[f"{name}, high"]
        helpers |= {f"{name} from": low, f"{name} height": high - low}
        drawn += [_band(f"{name} from", name, look.colour, 0.0), _band(f"{name} height", name, look.colour, LIGHT)]
        drawn.append(_line(name, look))
    return _over_months(months, found, helpers, drawn, unit, title, zero, change)


def bars(labels: Sequence[str], values: ArrayLike, lows: ArrayLike, highs: ArrayLike, unit: str, title: str) -> Options:
    """One bar a label, with its interval.

    Parameters
    ----------
    labels : sequence of str
    values, lows, highs : array (labels,)
        The numbers, and the ends of their intervals; NaN where there is none.
    unit, title
        As in `lines`.
    """
    found = _rounded({"value": values, "low": lows, "high": highs})
    series = _bar("value", looks(["architectural"])["architectural"], len(labels))
    ends = zip(found["low"], found["high"], strict=True)
    series["markLine"] = {
        "symbol": ["none", "none"],
        "silent": True,
        "lineStyle": {"color": INK, "width": LINE_WIDTH, "type": "solid"},
        "label": {"show": False},
        "data": [
            [{"coord": [_plain(low), place]}, {"coord": [_plain(high), place]}]
            for place, (low, high) in enumerate(ends)
            if np.isfinite(low) and np.isfinite(high)
        ],
    }
    series["label"]["position"] = "insideLeft"
    series["label"] |= {"color": "#ffffff", "fontWeight": "bold"}
    return _barred(labels, found, [series], unit, title)


def groups(labels: Sequence[str], series: Mapping[str, ArrayLike], unit: str, title: str) -> Options:
    """Bars side by side: one a name in each group.

    Parameters
    ----------
    labels : sequence of str
        The groups.
    series : mapping of str to array (labels,)
        By name; the names of doctrines have their fixed looks.
    unit, title
        As in `lines`.
    """
    found = _rounded({doctrine_label(name): values for name, values in series.items()})
    drawn = [_bar(name, look, len(labels)) for name, look in zip(found, looks(series).values(), strict=True)]
    return _barred(labels, found, drawn, unit, title)


def histogram(samples: Mapping[str, ArrayLike], marks: Mapping[str, float], unit: str, title: str) -> Options:
    """How often each value occurs, of 100 worlds, for each name; with values of interest marked.

    Parameters
    ----------
    samples : mapping of str to array
        Values by name.
    marks : mapping of str to float
        Values to mark with a line and a name.
    unit, title
        As in `lines`.
    """
    values = {doctrine_label(name): np.asarray(some, float) for name, some in samples.items()}
    edges = np.histogram_bin_edges(np.concatenate([*values.values(), list(marks.values())]), bins=BINS)
    shares = {name: PERCENT * np.histogram(some, edges)[0] / max(some.size, 1) for name, some in values.items()}
    digits = decimals(float(edges[-1] - edges[0]) / FINE)
    table = {"from": edges[:-1].round(digits), "to": edges[1:].round(digits), **_rounded(shares)}
    drawn = [
        _line(name, look)
        | {"step": "end", "areaStyle": {"color": look.colour, "opacity": LIGHT}, "endLabel": {"show": False}}
        for name, look in zip(values, looks(samples).values(), strict=True)
    ]
    if drawn:
        drawn[0]["markLine"] = _marks({name: round(float(value), digits) for name, value in marks.items()})
    options = _whole(table, {}, drawn, "of 100 worlds", title)
    axis = {"type": "value", "scale": True, "name": unit, "nameLocation": "middle", "nameGap": 34, **_axis()}
    options["xAxis"], options["yAxis"] = axis, {"type": "value", **_axis()}
    options["legend"]["show"] = len(drawn) > 1
    options["grid"] |= {"bottom": 56, "right": 24}
    del options["media"]
    return options


def clickable(options: Options) -> Options:
    """The same chart of months with a strip over each month, so that a click anywhere in it gives that month."""
    months = options["xAxis"]["data"]
    strips = {
        "name": "month",
        "type": "bar",
        "yAxisIndex": 1,
        "data": [1] * len(months),
        "barWidth": "100%",
        "z": 10,
        "cursor": "pointer",
        "itemStyle": {"color": INK, "opacity": 0.0},
        "emphasis": {"itemStyle": {"opacity": STRIP_OPACITY}},
        "tooltip": {"show": False},
    }
    hidden = {"type": "value", "min": 0, "max": 1, "show": False}
    return {**options, "yAxis": [options["yAxis"], hidden], "series": [*options["series"], strips]}


def chart(options: Options, alternative: str, on_month: Callable[[str], Any] | None = None) -> Any:
    """Show a chart on the page; see `sim.app.figure.Chart`."""
    from sim.app.figure import Chart

    return Chart(options, alternative, on_month)


def _rounded(table: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
    """Numbers with the decimals that their common range allows to see."""
    arrays = {name: np.asarray(values, dtype=float) for name, values in table.items()}
    every = np.concatenate([values.ravel() for values in arrays.values()]) if arrays else np.zeros(1)
    finite = every[np.isfinite(every)]
    width = float(np.ptp(finite)) or float(np.abs(finite).max(initial=1.0)) if finite.size else 1.0
    return {name: values.round(decimals(width / FINE)) for name, values in arrays.items()}


def _plain(value: Any) -> Any:
    """A number that JSON has; None for what is missing."""
    if isinstance(value, str):
        return value
    return float(value) if np.isfinite(value) else None


def _dataset(table: Mapping[str, Sequence[Any] | NDArray[Any]]) -> Options:
    rows = [[_plain(value) for value in row] for row in zip(*table.values(), strict=True)]
    return {"dimensions": list(table), "source": rows}


def _whole(
    table: Mapping[str, Any], helpers: Mapping[str, Any], series: list[Options], unit: str, title: str
) -> Options:
    """What all charts share."""
    names = [one["name"] for one in series if one.get("areaStyle") is None or "step" in one]
    room = CHARACTER * max((len(name) for name in names), default=0) + 16
    return {
        "title": {"show": False, "text": title, "subtext": unit},
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": TEXT, "color": INK},
        "dataset": [_dataset(table), *([_dataset(helpers)] if helpers else [])],
        "grid": {"left": 8, "right": room, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"show": False, "data": names, "top": 0, "left": 0, "textStyle": {"fontSize": TEXT, "color": INK}},
        "tooltip": {"trigger": "axis", "confine": True, "textStyle": {"fontSize": TEXT, "color": INK}},
        "series": series,
        "media": _media(series, room),
    }


def _media(series: list[Options], room: int) -> list[Options]:
    """Names at the ends of lines where there is room for them; on a phone a legend above."""

    def shape(query: Options, ends: bool) -> Options:
        named = [{"endLabel": {"show": ends}} if "endLabel" in one else {} for one in series]
        legend = {"show": not ends and sum("endLabel" in one for one in series) > 1}
        return {**query, "option": {"legend": legend, "grid": {"right": room if ends else 16}, "series": named}}

    return [shape({"query": {"maxWidth": NARROW}}, ends=False), shape({}, ends=True)]


def _axis() -> Options:
    return {
        "axisLabel": {"fontSize": TEXT, "color": INK, "hideOverlap": True},
        "axisLine": {"show": True, "lineStyle": {"color": QUIET}},
        "splitLine": {"lineStyle": {"color": FAINT}},
        "nameTextStyle": {"fontSize": TEXT, "color": INK},
    }


def _line(name: str, look: Any) -> Options:
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


def _band(name: str, stack: str, colour: str, opacity: float) -> Options:
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


def _over_months(
    months: Sequence[str],
    table: Mapping[str, NDArray[np.float64]],
    helpers: Mapping[str, NDArray[np.float64]],
    series: list[Options],
    unit: str,
    title: str,
    zero: bool,
    change: str | None,
) -> Options:
    column = {"month": list(months)}
    options = _whole({**column, **table}, {**column, **helpers} if helpers else {}, series, unit, title)
    years = len(months) > LONG
    shown = [month if not years or month.endswith("-01") else "" for month in months]
    labels = {"fontSize": TEXT, "color": INK, "hideOverlap": True}
    if years:
        labels |= {":interval": "(place, month) => month.endsWith('-01')", ":formatter": "month => month.slice(0, 4)"}
    options["xAxis"] = {"type": "category", "data": list(months), "boundaryGap": True, **_axis(), "axisLabel": labels}
    options["xAxis"]["axisTick"] = {"show": any(shown), "alignWithLabel": True, "lineStyle": {"color": QUIET}}
    options["xAxis"]["splitLine"] = {"show": False}
    options["yAxis"] = {"type": "value", "scale": not zero, **_axis()}
    if change is not None and series:
        series[-1]["markLine"] = _marks({"doctrines differ": change})
    return options


def _marks(marks: Mapping[str, Any]) -> Options:
    """Named vertical lines."""
    return {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": QUIET, "width": MARK_WIDTH, "type": "solid"},
        "label": {"position": "end", "align": "left", "fontSize": TEXT, "color": INK, "formatter": "{b}"},
        "data": [{"name": name, "xAxis": value} for name, value in marks.items()],
    }


def _bar(name: str, look: Any, count: int) -> Options:
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


def _barred(
    labels: Sequence[str], table: Mapping[str, NDArray[np.float64]], series: list[Options], unit: str, title: str
) -> Options:
    """Horizontal bars, the first label on top."""
    options = _whole({"": list(labels), **table}, {}, series, unit, title)
    options["yAxis"] = {"type": "category", "data": list(labels), "inverse": True, **_axis()}
    options["yAxis"] |= {"axisTick": {"show": False}, "splitLine": {"show": False}}
    options["yAxis"]["axisLabel"] = {"fontSize": TEXT, "color": INK, "width": 150, "overflow": "break", "interval": 0}
    options["yAxis"]["axisLabel"]["lineHeight"] = TEXT + 4
    options["xAxis"] = {"type": "value", "boundaryGap": [0, "12%"], **_axis()}
    options["legend"]["show"] = len(series) > 1
    options["grid"] |= {"top": 40 if len(series) > 1 else 8, "right": 56}
    options["tooltip"]["axisPointer"] = {"type": "shadow"}
    del options["media"]
    return options
