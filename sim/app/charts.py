"""Charts of the app: numbers in, ECharts options out, in the look of the figures; each with its numbers as a table.

Every function returns a plain dict. The table that `Chart` folds beneath is the first dataset in it, so that picture
and table cannot differ; what a drawing needs besides (the height of a band) is in the second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.app.drawing import (
    FINE,
    LINE_WIDTH,
    Options,
    axis,
    band_part,
    bar_of,
    line_of,
    marked,
    over_labels,
    over_months,
    plain,
    rounded,
    whole,
)
from sim.figures.style import INK, LIGHT, looks
from sim.questions.labels import decimals, doctrine_label

Bands = Mapping[str, tuple[ArrayLike, ArrayLike, ArrayLike]]

BINS = 20
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
    found = rounded({"value": values, "low": lows, "high": highs})
    series = bar_of("value", looks(["architectural"])["architectural"], len(labels))
    ends = zip(found["low"], found["high"], strict=True)
    series["markLine"] = {
        "symbol": ["none", "none"],
        "silent": True,
        "lineStyle": {"color": INK, "width": LINE_WIDTH, "type": "solid"},
        "label": {"show": False},
        "data": [
            [{"coord": [plain(low), place]}, {"coord": [plain(high), place]}]
            for place, (low, high) in enumerate(ends)
            if np.isfinite(low) and np.isfinite(high)
        ],
    }
    series["label"]["position"] = "insideLeft"
    series["label"] |= {"color": "#ffffff", "fontWeight": "bold"}
    return over_labels(labels, found, [series], unit, title)


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
    table = {"from": edges[:-1].round(digits), "to": edges[1:].round(digits), **rounded(shares)}
    drawn = [
        line_of(name, look)
        | {"step": "end", "areaStyle": {"color": look.colour, "opacity": LIGHT}, "endLabel": {"show": False}}
        for name, look in zip(values, looks(samples).values(), strict=True)
    ]
    if drawn:
        drawn[0]["markLine"] = marked({name: round(float(value), digits) for name, value in marks.items()})
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


def chart(options: Options, alternative: str, on_month: Callable[[str], Any] | None = None) -> Any:
    """Show a chart on the page; see `sim.app.figure.Chart`."""
    from sim.app.figure import Chart

    return Chart(options, alternative, on_month)
