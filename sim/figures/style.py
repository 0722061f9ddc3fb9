"""How every figure looks: one colour, line and marker a doctrine, one set of sizes, one black for what was observed.

The colours are those of Okabe and Ito, which colour-blind readers tell apart; line and marker carry the same
distinction into grey print. Text in a doctrine's colour is darkened until it reads on white.

References
----------
Okabe, M. and Ito, K. (2008). Color universal design. University of Tokyo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from matplotlib.colors import to_hex, to_rgb

from sim.scenario.spelling import THEN

WIDTH, HEIGHT = 13.33, 7.5
"""Inches: a slide."""
TITLE, HEADING, LABEL, TEXT = 21.0, 17.0, 15.0, 14.0
"""Points; nothing is smaller than the last, which a lecture hall still reads."""
FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that figures are the same everywhere."""
OBSERVED, INK, QUIET, FAINT = "#000000", "#222222", "#5a5a5a", "#d9d9d9"
OWN_MARKER = "D"
"""Of a month or vote that is the user's own; hollow, where the shipped record's are full."""
LONE_MARKER = "s"
"""Of a month of the user's that stands by itself where the others are means."""
MEAN_WIDTH, OTHER_WIDTH = 3.0, 1.6
LIGHT, DARK = 0.16, 0.30
"""Opacity of the band of 90 of 100 worlds, and of the half in the middle."""
DARKER = 0.95
READABLE = 4.5
"""Least contrast of text against white (WCAG 2.1, level AA)."""

Dashes = tuple[float, tuple[float, ...]]
SOLID: Dashes = (0.0, ())
LINES: tuple[Dashes, ...] = (
    SOLID,
    (0.0, (5.0, 1.6)),
    (0.0, (1.4, 1.1)),
    (0.0, (6.0, 1.5, 1.4, 1.5)),
    (0.0, (9.0, 2.5)),
    (0.0, (4.0, 1.4, 1.2, 1.4, 1.2, 1.4)),
    (0.0, (2.5, 2.5)),
    (0.0, (8.0, 1.4, 3.0, 1.4)),
)
COLOURS = ("#0072B2", "#D55E00", "#CC79A7", "#009E73", "#E69F00", "#56B4E9", "#8C6D1F", "#6F6F9F")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<")
PRESETS = (
    "architectural",
    "transactional",
    "aligned",
    "reagan_ussr",
    "nixon_china",
    "obama_iran",
    "trump_dprk",
)
"""Doctrines whose look is fixed, in the order of the colours."""


class Look(NamedTuple):
    """How a doctrine is drawn."""

    colour: str
    ink: str
    line: Dashes
    marker: str


def looks(doctrines: Iterable[str]) -> dict[str, Look]:
    """The look of each doctrine: fixed for a preset, and for any other name always the same unless it is taken.

    Parameters
    ----------
    doctrines : iterable of str
        The doctrines of one figure.
    """
    names = list(doctrines)
    taken = {name: PRESETS.index(name) for name in names if name in PRESETS}
    for name in names:
        if name not in taken:
            wanted = _wanted(name)
            free = [place for place in wanted if place not in taken.values()]
            taken[name] = (free or wanted)[0]
    return {name: _look(taken[name]) for name in names}


def _wanted(name: str) -> list[int]:
    """Places in the order in which a name would like them: its last preset's, then by hash, the unfixed first."""
    base = name.split(THEN)[-1].partition(":")[0]
    fixed = [PRESETS.index(base)] if base in PRESETS else []
    offset = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big")
    every = [(offset + step) % len(COLOURS) for step in range(len(COLOURS))]
    return [*fixed, *sorted(every, key=lambda place: place < len(PRESETS))]


def _look(place: int) -> Look:
    colour = COLOURS[place]
    return Look(colour, ink(colour), LINES[place], MARKERS[place])


def ink(colour: str) -> str:
    """The colour, darkened until text in it reads on white."""
    while contrast(colour) < READABLE:
        red, green, blue = to_rgb(colour)
        colour = to_hex((DARKER * red, DARKER * green, DARKER * blue))
    return colour


def contrast(colour: str, ground: str = "#ffffff") -> float:
    """Contrast of a colour against a ground, white unless given, 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted(map(_luminance, (colour, ground)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
