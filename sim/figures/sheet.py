"""The page that a figure is drawn on: its finding on top, how to read it, its axes, its source at the bottom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from sim.basics.labels import listed
from sim.basics.mistakes import clipped, count
from sim.figures.settings import drawable
from sim.figures.style import FAMILY, HEIGHT, INK, LABEL, MEAN_WIDTH, QUIET, SOLID, TEXT, TITLE, WIDTH, Dashes, Look
from sim.scenario.spelling import OWN, doctrine_label

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

POINTS = 72.0
SIDE = 0.3
"""Inches left free at either side of the page."""
LEADING = 1.3
"""Height of a line of text over its size."""
KIEL = "Kiel Institute, Ukraine Support Tracker"
ISW = "The Economist, ISW maps"
KIIS = "Kyiv International Institute of Sociology"
CLERKS = "Clerk of the House, Secretary of the Senate"
MOST_SOURCES = 3
"""Sources of the user's own that a figure names."""
NO_BREAK = "\N{NO-BREAK SPACE}"
NOT_PLAIN = {OWN: " (the scenario’s own)"}
"""What a key says of a doctrine after its name."""
KEY_LINE, KEY_DOT = 0.5, 0.2
"""Inches of the sample of a line, and of a marker, in a key."""


class KeyEntry(NamedTuple):
    """An entry of a key: its text, and a sample of a line, a marker (`hollow` or full), or an area with a `hatch`."""

    label: str
    ink: str
    colour: str
    line: Dashes | None = SOLID
    marker: str = ""
    hatch: str | None = None
    hollow: bool = False


def doctrine_key(styles: Mapping[str, Look], dots: bool = False) -> list[KeyEntry]:
    """The key of doctrines, as lines or as dots."""
    return [
        KeyEntry(
            f"{doctrine_label(name)}{' (the scenario’s own)' if name == OWN else ''}",
            look.ink,
            look.colour,
            *((None, look.marker) if dots else (look.line, "")),
        )
        for name, look in styles.items()
    ]


class Sheet(NamedTuple):
    """A figure, and where its axes may go (figure fractions)."""

    figure: Figure
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """Height of the figure, inches."""
        return float(self.figure.get_figheight())

    def grid(
        self, rows: int, columns: int, left: float = 0.85, right: float = 0.1, top: float = 0.0, **options: Any
    ) -> Any:
        """Axes in rows and columns; `left`, `right` and `top` are inches kept free for labels inside the space."""
        spec = self.figure.add_gridspec(
            rows,
            columns,
            left=self.left + left / WIDTH,
            right=self.right - right / WIDTH,
            top=self.top - top / self.height,
            bottom=self.bottom,
            **options,
        )
        return spec.subplots(sharex=False, sharey=False, squeeze=False)


def page(
    title: str,
    note: str = "",
    source: str = "",
    key: Sequence[KeyEntry] = (),
    height: float = HEIGHT,
    below: float = 0.55,
) -> Sheet:
    """A page with its texts; `below` is the room under the axes for their labels, inches.

    Parameters
    ----------
    title : str
        The finding.
    note : str
        How to read the figure.
    source : str
        Where it comes from.
    key : sequence of Entry
        What to name above the axes.
    """
    figure = Figure(figsize=(WIDTH, height), facecolor="white")
    figure.set_label(title)
    down = 0.22
    for text, size, colour, weight in ((title, TITLE, INK, "bold"), (note, TEXT, QUIET, "normal")):
        if text:
            down = _block(figure, text, down, size, colour, weight) + 0.08
    if key:
        down = _key(figure, key, down) + 0.05
    lines = wrapped(source, TEXT, WIDTH - 2 * SIDE)
    up = 0.15 + len(lines) * TEXT * LEADING / POINTS
    put(figure, SIDE / WIDTH, 0.12 / height, "\n".join(lines), size=TEXT, color=QUIET, va="bottom", linespacing=1.2)
    return Sheet(figure, SIDE / WIDTH, 1.0 - SIDE / WIDTH, (up + below) / height, 1.0 - (down + 0.1) / height)


def put(where: Figure | Axes, x: float, y: float, text: str, **options: Any) -> Any:
    """Text that is never read as mathematics: titles and names come from users."""
    return where.text(x, y, text, **{"size": TEXT, "family": FAMILY, "color": INK, "parse_math": False, **options})


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text, inches."""
    font = FontProperties(family=FAMILY, size=size, weight=weight)
    width: float = text_to_path.get_text_width_height_descent(drawable(text), font, False)[0]
    return width / POINTS


def wrapped(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Lines of text that fit a width in inches."""
    words, lines = text.replace(" %", f"{NO_BREAK}%").split(" "), []

    def reaches(count: int) -> float:
        return width_of(" ".join(words[:count]), size, weight)

    while words:
        fit = max(bisect_right(range(1, len(words) + 1), width, key=reaches), 1)
        lines.append(" ".join(words[:fit]))
        words = words[fit:]
    return lines


def source_line(dataset: xr.Dataset, *observed: str, own: Sequence[str] = ()) -> str:
    """Where a figure comes from: the record's publishers, sources of the user's `own` months, scenario, seed."""
    title = str(dataset.attrs.get("title", dataset.attrs.get("scenario", "no name")))
    worlds = count(dataset.sizes["world"], "world")
    run = f"Simulated: scenario “{title}”, {worlds}, seed {dataset.attrs.get('seed', '?')}."
    return f"{seen} {run}" if (seen := observed_line(*observed, own=own)) else run


def observed_line(*observed: str, own: Sequence[str] = ()) -> str:
    """Where what was observed comes from: the publishers, and sources of what is the user's `own`."""
    told = [*map(clipped, own[:MOST_SOURCES]), *(["others"] if len(own) > MOST_SOURCES else [])]
    sources = [*observed, *([f"your months: {listed(told)}"] if own else [])]
    return f"Observed: {'; '.join(sources)}." if sources else ""


def _block(figure: Figure, text: str, down: float, size: float, colour: str, weight: str) -> float:
    """Write lines from `down` inches under the top; how far down they end."""
    height = figure.get_figheight()
    for line in wrapped(text, size, WIDTH - 2 * SIDE, weight):
        put(figure, SIDE / WIDTH, 1.0 - down / height, line, size=size, color=colour, weight=weight, va="top")
        down += size * LEADING / POINTS
    return down


def _key(figure: Figure, key: Sequence[KeyEntry], down: float) -> float:
    """Name the entries in a row, or in several, each beside its sample."""
    height, x = figure.get_figheight(), SIDE
    step = LABEL * LEADING / POINTS
    for entry in key:
        sample = KEY_LINE if entry.line or entry.hatch is not None else KEY_DOT
        width = sample + 0.12 + width_of(entry.label, LABEL, "bold") + 0.35
        if x + width > WIDTH - SIDE and x > SIDE:
            x, down = SIDE, down + step
        y = 1.0 - (down + step / 2) / height
        figure.add_artist(_sample(entry, x / WIDTH, y, height))
        left = (x + sample + 0.12) / WIDTH
        put(figure, left, y, entry.label, size=LABEL, color=entry.ink, weight="bold", va="center_baseline")
        x += width
    return down + step


def _sample(entry: KeyEntry, x: float, y: float, height: float) -> Any:
    width = KEY_LINE / WIDTH
    if entry.hatch is None:
        if entry.line is None:
            return Line2D(
                [x + KEY_DOT / 2 / WIDTH],
                [y],
                color=entry.colour,
                linestyle="none",
                marker=entry.marker,
                markersize=10,
                fillstyle="none" if entry.hollow else "full",
                markeredgewidth=2.0 if entry.hollow else 1.0,
            )
        return Line2D([x, x + width], [y, y], color=entry.colour, linestyle=entry.line, linewidth=MEAN_WIDTH)
    half = 0.1 / height
    face: dict[str, Any] = {"facecolor": entry.colour, "hatch": entry.hatch}
    face |= {"edgecolor": "white", "linewidth": 0.0} if entry.hatch else {"edgecolor": QUIET, "linewidth": 0.8}
    return Rectangle((x, y - half), width, 2 * half, **face)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved apart to at least `gap`, in their order and near where they were, between `low` and `high`.

    >>> spread([1.0, 1.1, 5.0], 1.0, 0.0, 10.0)
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    clusters: list[list[float]] = []
    for i in order:
        clusters.append([places[i], 1])
        while len(clusters) > 1 and _touch(clusters[-2], clusters[-1], gap):
            (x, n), (y, m) = clusters[-2:]
            clusters[-2:] = [[(n * x + m * y) / (n + m), n + m]]
    apart: list[float] = []
    for middle, size in clusters:
        apart += [middle + (step - (size - 1) / 2) * gap for step in range(int(size))]
    for place in range(len(apart)):
        apart[place] = max(apart[place], low if place == 0 else apart[place - 1] + gap)
    for place in range(len(apart) - 1, -1, -1):
        apart[place] = min(apart[place], high if place == len(apart) - 1 else apart[place + 1] - gap)
    found = dict(zip(order, apart, strict=True))
    return [round(found[i], 9) for i in range(len(places))]


def _touch(below: list[float], above: list[float], gap: float) -> bool:
    return above[0] - below[0] < gap * (below[1] + above[1]) / 2
