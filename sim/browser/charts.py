"""Charts of the app: numbers in, ECharts options out, in the look of the figures; each with its numbers as a table.

Every function returns a plain dict. The table that `Chart` folds beneath is the first dataset in it, so that picture
and table cannot differ; what a drawing needs besides (the height of a band) is in the second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
from nicegui import ui
from nicegui.events import EChartPointClickEventArguments
from numpy.typing import ArrayLike, NDArray

from sim.basics.labels import MINUS, decimals
from sim.browser.chart_parts import (
    FINE,
    TEXT,
    Options,
    axis,
    band_part,
    bar_of,
    line_of,
    marked,
    over_labels,
    over_months,
    over_rows,
    plain,
    rounded,
    spans,
    ticks,
    whole,
)
from sim.browser.layout import TextElement
from sim.figures.style import INK, LIGHT, QUIET, looks
from sim.scenario.spelling import doctrine_label

Bands = Mapping[str, tuple[ArrayLike, ArrayLike, ArrayLike]]

BINS = 20
STRIP_OPACITY = 0.07
PERCENT = 100.0
HEIGHT, ROW_HEIGHT = "20rem", "calc(1.5rem + {} * 2.75rem)"
"""Of a chart; of one with so many rows."""
EDGE = 0.3
"""Share of the width near either end where a text turns inwards."""
DOT, THICK = 14, 7
"""Pixels of a dot, and of the line of its interval."""
LABEL_ROOM = 110
"""Pixels beside the longest bar for its number."""
LABELLED = 0.75
"""Share of the width of a side that the longest bar takes where bars go to both, and their numbers beside them."""


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
    found = rounded({doctrine_label(name): values for name, values in series.items()})
    styles = list(looks(series).values())
    drawn = [line_of(name, look) for name, look in zip(found, styles, strict=True)]
    return over_months(months, found, {}, drawn, unit, title, zero, change)


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
    found = rounded(table)
    helpers: dict[str, NDArray[np.float64]] = {}
    drawn = []
    for name, look in zip(map(doctrine_label, bands), looks(bands).values(), strict=True):
        low, high = found[f"{name}, low"], found[f"{name}, high"]
        helpers |= {f"{name} from": low, f"{name} height": high - low}
        for part, opacity in (("from", 0.0), ("height", LIGHT)):
            drawn.append(band_part(f"{name} {part}", name, look.colour, opacity))
        drawn.append(line_of(name, look))
    return over_months(months, found, helpers, drawn, unit, title, zero, change)


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
    found = rounded({doctrine_label(name): values for name, values in series.items()})
    drawn = [bar_of(name, look, len(labels)) for name, look in zip(found, looks(series).values(), strict=True)]
    return over_labels(labels, found, drawn, unit, title)


class Amount(NamedTuple):
    """A bar on a scale of its own.

    Attributes
    ----------
    label, text : str
        What it is; its number, with its unit.
    value, most : float
        Its length, and that of the longest there may be; in the same unit.
    colour : str
    limit : float, optional
        Where a tick marks how long it could have been.
    """

    label: str
    text: str
    value: float
    most: float
    colour: str
    limit: float | None = None


def amounts(rows: Sequence[Amount], unit: str, title: str) -> Options:
    """Bars, each on a scale of its own that starts at zero; to the left of it where they are less.

    Parameters
    ----------
    rows : sequence of Amount
        From top to bottom.
    unit, title
        As in `lines`.
    """
    signed = any(row.value < 0.0 for row in rows)
    room = LABELLED if signed else 1.0
    bar = bar_of("number", looks(["architectural"])["architectural"], len(rows))
    bar |= {"encode": {}, "silent": True, "label": {"show": False}}
    lengths = [plain(room * row.value / row.most if row.most else 0.0) for row in rows]
    bar["data"] = [
        {"value": length, "itemStyle": {"color": row.colour}} for length, row in zip(lengths, rows, strict=True)
    ]
    limits = [(row.limit / row.most, n) for n, row in enumerate(rows) if row.limit is not None and row.most]
    # A number stands beyond its bar and whatever marks how long that could have been.
    ends = [
        max(length, *(place for place, at in limits if at == n), 0.0) if length >= 0.0 else length
        for n, length in enumerate(lengths)
    ]
    numbers: Options = {
        "type": "scatter",
        "name": "numbers",
        "symbolSize": 1,
        "silent": True,
        "data": [
            {"value": [end, n], "label": {"formatter": row.text, "position": "left" if end < 0.0 else "right"}}
            for n, (end, row) in enumerate(zip(ends, rows, strict=True))
        ],
        "label": {"show": True, "fontSize": TEXT, "color": INK},
    }
    series = [bar, numbers, ticks("at most", limits, INK)]
    table = {"number": [row.text for row in rows]}
    options = over_rows([row.label for row in rows], table, series, -1.0 if signed else 0.0, unit, title)
    options["grid"]["right"] = 16 if signed else LABEL_ROOM
    return options


class Interval(NamedTuple):
    """A number that is not known exactly, on a scale of its own.

    Attributes
    ----------
    label : str
        What it is.
    low, middle, high : float
    ends : pair of float
        Of its scale.
    texts : triple of str
        The three numbers as a reader sees them.
    """

    label: str
    low: float
    middle: float
    high: float
    ends: tuple[float, float]
    texts: tuple[str, str, str]

    def at(self, value: float) -> float:
        """Where a value stands on its scale, from 0 to 1."""
        return (value - self.ends[0]) / ((self.ends[1] - self.ends[0]) or 1.0)


def intervals(rows: Sequence[Interval], unit: str, title: str) -> Options:
    """A dot in its interval for each row; zero is marked where a scale has it.

    Parameters
    ----------
    rows : sequence of Interval
        From top to bottom.
    unit, title
        As in `lines`.
    """
    colour = looks(["architectural"])["architectural"].colour
    dots: Options = {
        "type": "scatter",
        "name": "number",
        "symbolSize": DOT,
        "silent": True,
        "itemStyle": {"color": colour, "opacity": 1.0},
        "markLine": spans([([row.at(row.low), n], [row.at(row.high), n]) for n, row in enumerate(rows)], colour, THICK),
        "data": [
            {
                "value": [row.at(row.middle), n],
                "label": {"formatter": f"{row.texts[0]} to {row.texts[2]}", "align": _inwards(row.at(row.middle))},
            }
            for n, row in enumerate(rows)
        ],
        "label": {"show": True, "position": "top", "fontSize": TEXT, "color": INK},
    }
    zeros = [(row.at(0.0), n) for n, row in enumerate(rows) if row.ends[0] <= 0.0 <= row.ends[1]]
    low, middle, high = zip(*(row.texts for row in rows), strict=True) if rows else ((), (), ())
    table = {"about": middle, "from": low, "to": high}
    options = over_rows([row.label for row in rows], table, [ticks("zero", zeros, QUIET), dots], 0.0, unit, title)
    options["grid"]["right"] = LABEL_ROOM // 2
    return options


def _inwards(place: float) -> str:
    """How a text is aligned that must not run out of a picture, at a place from 0 to 1."""
    return "left" if place < EDGE else "right" if place > 1.0 - EDGE else "center"


def histogram(
    samples: Mapping[str, ArrayLike],
    marks: Mapping[str, float],
    unit: str,
    title: str,
    *,
    edges: NDArray[Any] | None = None,
) -> Options:
    """How often each value occurs, of 100 worlds, for each name; with values of interest marked.

    Parameters
    ----------
    samples : mapping of str to array
        Values by name.
    marks : mapping of str to float
        Values to mark with a line and a name.
    unit, title
        As in `lines`.
    edges : array, optional
        Of the bins; the outermost hold what is beyond. They hold everything if None.
    """
    values = {doctrine_label(name): np.asarray(some, float) for name, some in samples.items()}
    if edges is None:
        edges = np.histogram_bin_edges(np.concatenate([*values.values(), list(marks.values())]), bins=BINS)
    shares = {
        name: PERCENT * np.histogram(some.clip(edges[0], edges[-1]), edges)[0] / max(some.size, 1)
        for name, some in values.items()
    }
    digits = decimals(float(edges[-1] - edges[0]) / FINE)
    table = {"from": edges[:-1].round(digits), "to": edges[1:].round(digits), **rounded(shares)}
    drawn = [
        line_of(name, look)
        | {"step": "end", "areaStyle": {"color": look.colour, "opacity": LIGHT}, "endLabel": {"show": False}}
        for name, look in zip(values, looks(samples).values(), strict=True)
    ]
    if drawn:
        drawn[0]["markLine"] = marked({name: round(float(value), digits) for name, value in marks.items()})
        for mark in drawn[0]["markLine"]["data"]:
            mark["label"] = {"align": "left" if mark["xAxis"] < (edges[0] + edges[-1]) / 2.0 else "right"}
    options = whole(table, {}, drawn, "of 100 worlds", title)
    values_axis = {"type": "value", "scale": True, "name": unit, "nameLocation": "middle", "nameGap": 34, **axis()}
    options["xAxis"], options["yAxis"] = values_axis, {"type": "value", **axis()}
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


class Chart(ui.echart):
    """A figure with a chart drawn by the browser.

    Parameters
    ----------
    options : dict
        As the functions of `sim.browser.charts` make them.
    alternative : str
        What the picture shows, in a sentence or two, for those who do not see it.
    on_month : callable, optional
        Called with "YYYY-MM" when a month of a chart over months is clicked.
    height : str
        As a style sheet has it.
    """

    def __init__(
        self,
        options: Options,
        alternative: str,
        on_month: Callable[[str], Any] | None = None,
        height: str = HEIGHT,
    ) -> None:
        self._on_month = on_month
        with ui.element("figure").classes("chart"):
            with ui.element("figcaption"):
                self._title = TextElement(tag="strong", text="")
                self._unit = TextElement(tag="span", text="").classes("quiet")
            super().__init__({}, on_point_click=self._clicked if on_month else None, renderer="svg")
            self.style(f"height: {height}; width: 100%")
            with ui.element("details"):
                TextElement(tag="summary", text="The numbers")
                self._numbers = ui.html("", sanitize=False).classes("scroll").props('tabindex="0" role="region"')
        self.show(options, alternative)

    def show(self, options: Options, alternative: str) -> None:
        """Show something else in its place."""
        self._title.text, self._unit.text = options["title"]["text"], f" {options['title']['subtext']}"
        self._numbers.content = table(options)
        self._numbers.props["aria-label"] = f"The numbers: {options['title']['text']}"
        self.props["role"], self.props["aria-label"] = "img", alternative
        self.props["options"] = clickable(options) if self._on_month else options
        self.update()

    def _clicked(self, event: EChartPointClickEventArguments) -> None:
        if self._on_month is not None and isinstance(event.name, str):
            self._on_month(event.name)


def table(options: Options) -> str:
    """The numbers of a chart as a table of HTML; every name in it is escaped."""
    data = options["dataset"][0]
    head = "".join(f'<th scope="col">{escape(name)}</th>' if name else "<td></td>" for name in data["dimensions"])
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in data["source"])
    return f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(row: list[Any]) -> str:
    first, *others = row
    return f'<th scope="row">{_cell(first)}</th>' + "".join(f"<td>{_cell(value)}</td>" for value in others)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return escape(value) if isinstance(value, str) else f"{value:,.10g}".replace("-", MINUS)
