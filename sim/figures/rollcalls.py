"""Votes in Congress: the ayes of the bills that come to a vote, against what passes and what was observed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.colors import to_rgba
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from sim.figures import axes
from sim.figures.record import Observed, own_key
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import CLERKS, POINTS, KeyEntry, doctrine_key, page, put, source_line, width_of
from sim.figures.style import DARK, FAINT, INK, OBSERVED, QUIET, TEXT, Look, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.breakdowns import CHAMBERS, ballots, observed_ballots
from sim.questions.compare.doctrines import first_difference, of_doctrines

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SEATS = {"house": 435, "senate": 100}
GROUP = 0.9
"""Part of a year that the boxes of the doctrines take."""
WIDEST = 0.4
"""Part of a year that one box takes at most."""
DOT, DIAMOND = 10.0, 16.5
"""Points across an observed vote, and across the diamond of one that is the user's, which stands on its tip."""
SIDES = ((0, -1), (0, 1), (1, 0), (-1, 0), (0.9, -0.9), (-0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))
"""Where its number may be: below, above, to the right or to the left, or aslant."""
SAME = "the same under all"
"""How the years before the doctrines differ are called."""
SAME_LOOK = Look("#8a8a8a", "#5a5a5a", (0.0, ()), "o")


class Box(NamedTuple):
    """A box to draw: where, how wide, how, and its row of the table."""

    middle: float
    width: float
    look: Look
    row: Any


@figure_of_ours
@of_doctrines
def votes(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Ayes by year and doctrine in both chambers, with the observed final passages."""
    table = ballots(dataset)
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    split = first_difference(dataset) if len(styles) > 1 else None
    seen = None if record is None else observed_ballots(record.every_vote)
    seen = None if seen is None else _in_reach(seen, table)
    several = len(styles) > 1
    common = several and split is not None and (table["year"] < split.astype("datetime64[Y]").astype(int) + 1970).any()
    key = (
        [
            *doctrine_key(styles, dots=True),
            *([KeyEntry(SAME, QUIET, SAME_LOOK.colour, None, SAME_LOOK.marker)] if common else []),
        ]
        if several
        else []
    )
    beside = [] if seen is None else sorted(set(seen.loc[seen["own"], "source"]))
    sheet = page(
        findings.votes(dataset, since),
        "Box: half of the votes, with their mean; whisker: 90 of 100. Numbers below, if any: votes held per 100 worlds."
        + (" Black: observed final passages." if seen is not None else ""),
        source_line(dataset, *([CLERKS] if seen is not None else []), own=beside),
        key=[*key, *own_key(beside)],
    )
    grid = sheet.grid(1, 2, top=0.4, wspace=0.16)
    for ax, chamber in zip(grid[0], CHAMBERS, strict=True):
        boxes = list(_boxes(table[table["chamber"] == chamber], styles, split))
        _chamber(ax, chamber, boxes, None if seen is None else seen[seen["chamber"] == chamber])
    return sheet.figure


def _in_reach(seen: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame | None:
    """The observed votes of the years that are simulated; None if there are none."""
    years = seen["date"].dt.year
    chosen = seen[(years >= table["year"].min()) & (years <= table["year"].max())]
    return None if chosen.empty else chosen


def _boxes(table: pd.DataFrame, styles: Mapping[str, Look], split: Any) -> list[Box]:
    """A box a year and doctrine; one for all in the years before the doctrines differ."""
    parted = 0 if split is None else int(split.astype("datetime64[Y]").astype(int)) + 1970
    found = []
    for year, rows in table[table["votes"] > 0].groupby("year"):
        names = list(styles) if int(str(year)) >= parted else list(styles)[:1]
        same = int(str(year)) < parted and len(styles) > 1
        width = GROUP / len(names)
        for nth, name in enumerate(names):
            row = rows[rows["doctrine"] == name]
            middle = int(str(year)) + 0.5 + (nth - (len(names) - 1) / 2) * width
            if len(row):
                look = SAME_LOOK if same else styles[name]
                found.append(Box(middle, min(width, WIDEST), look, row.iloc[0]))
    return found


def _chamber(ax: Axes, chamber: str, boxes: list[Box], seen: pd.DataFrame | None) -> None:
    name, passes = CHAMBERS[chamber]
    axes.prepare(ax, name, f"ayes, of {SEATS[chamber]}")
    for box in boxes:
        _draw(ax, box)
    low, high = _reach(boxes, seen, passes)
    ax.set_ylim(low, high)
    _possible(ax, SEATS[chamber])
    _years(ax, boxes, seen)
    if seen is not None:
        _observed(ax, seen, boxes)
    right = ax.get_xlim()[1]
    ax.axhline(passes, color=INK, linewidth=1.4, linestyle=(0, (5, 3)), zorder=1)
    put(ax, right, passes, f"{passes} pass ", ha="right", va="bottom", color=INK)
    counts = [f"{box.row['votes_per_100_worlds']:.0f}" for box in boxes]
    if all(box.width * _inches(ax) > width_of(often, TEXT) for box, often in zip(boxes, counts, strict=True)):
        for box, often in zip(boxes, counts, strict=True):
            put(ax, box.middle, low, often, ha="center", va="bottom", color=box.look.ink)


def _draw(ax: Axes, box: Box) -> None:
    row, half = box.row, 0.42 * box.width
    ax.plot([box.middle] * 2, [row["p05"], row["p95"]], color=box.look.colour, linewidth=2.0, zorder=2)
    ax.fill_between(
        [box.middle - half, box.middle + half], row["p25"], row["p75"], color="white", linewidth=0, zorder=2.1
    )
    ax.fill_between(
        [box.middle - half, box.middle + half],
        row["p25"],
        row["p75"],
        facecolor=to_rgba(box.look.colour, 2 * DARK),
        edgecolor=box.look.colour,
        linewidth=1.5,
        zorder=2.2,
    )
    ax.plot([box.middle], [row["mean"]], marker=box.look.marker, markersize=6, color=INK, zorder=2.3)


def _observed(ax: Axes, seen: pd.DataFrame, boxes: list[Box]) -> None:
    """The dots of the record, each with its number where nothing else is, if there is such a place."""
    x = seen["date"].dt.year + (seen["date"].dt.day_of_year - 1) / 366.0
    own = seen["own"]
    ax.plot(x[~own], seen.loc[~own, "ayes"], linestyle="none", marker="o", markersize=DOT, color=OBSERVED, zorder=4)
    ax.plot(x[own], seen.loc[own, "ayes"], **axes.OWN_MARKS, markersize=DOT, markeredgewidth=2.0, zorder=4)
    points, (wide, high) = list(zip(x, seen["ayes"], own.map({True: DIAMOND, False: DOT}), strict=True)), _points(ax)
    taken = [_around(at, ayes, across / wide, across / high) for at, ayes, across in points]
    taken += [Rectangle(*ax.get_xlim(), min(ax.get_ylim()[0], 0.0), 0.0)]  # below no ayes at all there is no vote
    taken += [
        Rectangle(box.middle - box.width / 2, box.middle + box.width / 2, box.row["p25"], box.row["p75"])
        for box in boxes
    ]
    for at, ayes, across in points:
        text = f"{ayes}"
        sizes = (POINTS * width_of(text, TEXT, "bold"), TEXT)
        places = [(sideways * (across + sizes[0] + 2) / 2, up * (across + sizes[1] + 4) / 2) for sideways, up in SIDES]
        rooms = [_around(at + dx / wide, ayes + dy / high, sizes[0] / wide, sizes[1] / high) for dx, dy in places]
        free = next((n for n, room in enumerate(rooms) if not any(map(room.meets, taken))), 0)
        taken.append(rooms[free])
        ax.annotate(
            text,
            (at, ayes),
            xytext=places[free],
            textcoords="offset points",
            ha="center",
            va="center",
            size=TEXT,
            weight="bold",
            color=OBSERVED,
            path_effects=[withStroke(linewidth=3.0, foreground="white")],
            zorder=5,
        )


class Rectangle(NamedTuple):
    """A part of a pair of axes, in their units."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: Rectangle) -> bool:
        """Whether two overlap."""
        aside = self.left < other.right and other.left < self.right
        return aside and self.low < other.high and other.low < self.high


def _around(x: float, y: float, width: float, height: float) -> Rectangle:
    return Rectangle(x - width / 2, x + width / 2, y - height / 2, y + height / 2)


def _points(ax: Axes) -> tuple[float, float]:
    """Points a year, and points an aye."""
    figure: Any = ax.figure
    low, high = ax.get_ylim()
    return POINTS * _inches(ax), float(POINTS * ax.get_position().height * figure.get_figheight() / (high - low))


def _reach(boxes: list[Box], seen: pd.DataFrame | None, passes: int) -> tuple[float, float]:
    """Ends of the vertical axis, with room for the numbers below."""
    values = [float(box.row[end]) for box in boxes for end in ("p05", "p95")] + [float(passes)]
    values += [] if seen is None else [float(ayes) for ayes in seen["ayes"]]
    low, high = min(values), max(values)
    return low - 0.16 * (high - low + 1.0), high + 0.12 * (high - low + 1.0)


def _possible(ax: Axes, seats: int) -> None:
    """End the vertical axis where ayes do, at none and at all; what is beyond is room for numbers."""
    low, high = ax.get_ylim()
    least, most = max(low, 0.0), min(high, float(seats))
    ax.set_yticks([ayes for ayes in MaxNLocator(6, integer=True).tick_values(low, high) if least <= ayes <= most])
    ax.spines["left"].set_bounds(least, most)


def _years(ax: Axes, boxes: list[Box], seen: pd.DataFrame | None) -> None:
    years = [int(box.row["year"]) for box in boxes] + ([] if seen is None else list(seen["date"].dt.year))
    if not years:
        ax.set_xticks([])
        return
    first, last = min(years), max(years)
    ax.set_xlim(first, last + 1)
    ax.set_xticks([year + 0.5 for year in range(first, last + 1)], map(str, range(first, last + 1)))
    ax.tick_params(axis="x", length=0)
    for year in range(first + 1, last + 1):
        ax.axvline(year, color=FAINT, linewidth=0.8, zorder=0.5)


def _inches(ax: Axes) -> float:
    """Inches a year."""
    figure: Any = ax.figure
    low, high = ax.get_xlim()
    return float(ax.get_position().width * figure.get_figwidth() / (high - low))
