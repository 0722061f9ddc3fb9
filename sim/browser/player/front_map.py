"""A schematic map of the front: the model knows one number, the share of Ukraine that Russia holds; the map draws it.

A curve that runs as the front does, from the mouth of the Dnipro to the north-east, is moved west or east until the
area behind it is that share. Where land changes hands on the map is therefore a convention; how much is not.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from html import escape
from pathlib import Path

import numpy as np
from scipy.optimize import brentq

from sim.basics.arrays import Array
from sim.basics.labels import HUNDRED, number
from sim.figures.style import COLOURS, INK, QUIET

OUTLINE = Path(__file__).with_name("outline.csv")
CURVE = np.array(
    [[31.4, 44.0], [31.9, 46.3], [33.4, 46.8], [34.7, 47.3], [36.0, 47.6], [37.4, 48.0], [38.0, 48.8], [38.2, 52.6]]
)
"""The front's course, degrees east and north, from south to north: of our own drawing, as it ran at the end of 2022."""
MIDDLE = np.cos(np.radians(48.5))
"""A degree of longitude over a degree of latitude, in the middle of the country."""
ROWS = 4000
"""Lines along which the area is measured."""
WIDEST = 25.0
"""Degrees by which the curve is moved at most: past either border."""
ACCURACY = 1e-9
SCALE, MARGIN = 40.0, 14.0
"""Pixels a degree of latitude, and around the map."""
CAPTION = 106.0
"""Pixels beneath the map, for its words."""
HELD, FREE, HATCH = COLOURS[1], "#e9eef2", 9
DIGITS = 1
KYIV = (30.5, 50.45)


@cache
def outline() -> Array:
    """Corners of the country, degrees east and north, shape (corners, 2)."""
    return np.loadtxt(OUTLINE, delimiter=",", skiprows=2)


def held(shift: float) -> float:
    """Share of the country's area that lies behind the curve once it is moved west by `shift` degrees."""
    starts, ends, norths = _chords()
    front = _course(norths) - shift
    behind = np.maximum(ends - np.maximum(starts, front), 0.0).sum()
    return float(behind / (ends - starts).sum())


@cache
def shift_of(share: float) -> float:
    """How far west the curve must move for a share of the country to lie behind it, degrees."""
    if not 0.0 < share < 1.0:
        return WIDEST if share >= 1.0 else -WIDEST
    return float(brentq(lambda shift: held(shift) - share, -WIDEST, WIDEST, xtol=ACCURACY))


class Standing(IntEnum):
    """As what the line is drawn."""

    FRONT = 0
    TRUCE = 1
    BORDER = 2


def front_map(share: float, before: float, month: str, standing: Standing, state: str, sentence: str) -> str:
    """The map as SVG.

    Parameters
    ----------
    share, before : float
        Of Ukraine, held by Russia: now, and where a dashed line recalls the front.
    month : str
        To which the dashed line goes back, in words.
    standing : Standing
        Whether the line is a front, one along which the guns are silent, or a border.
    state : str
        How the war stands, in words.
    sentence : str
        What the map shows, for those who do not see it.
    """
    name = f"u{round(share * 1e6)}-{round(before * 1e6)}-{int(standing)}"
    west, south, width, height = _frame()
    land = " ".join(_point(corner) for corner in outline())
    now, then = _path(shift_of(share)), _path(shift_of(before))
    behind = f"{now} L{_point((west + 40.0, south + 20.0))} L{_point((west + 40.0, south - 10.0))} Z"
    line = f'<path d="{now}" fill="none" stroke="{INK if standing == Standing.BORDER else HELD}" stroke-width="4"/>'
    if standing != Standing.FRONT:
        line += f'<path d="{now}" fill="none" stroke="#fff" stroke-width="1.5"/>'
    kyiv = [MARGIN + SCALE * MIDDLE * (KYIV[0] - west), MARGIN + SCALE * (south + (height / SCALE) - KYIV[1])]
    return (
        f'<svg viewBox="0 0 {width + 2 * MARGIN:.0f} {height + 2 * MARGIN + CAPTION:.0f}" role="img" '
        f'aria-label="{escape(sentence)}" xmlns="http://www.w3.org/2000/svg" class="front">'
        f'<defs><clipPath id="{name}"><polygon points="{land}"/></clipPath>'
        f'<pattern id="h{name}" width="{HATCH}" height="{HATCH}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{HATCH}" height="{HATCH}" fill="#fbe3d4"/>'
        f'<rect width="3" height="{HATCH}" fill="{HELD}"/></pattern></defs>'
        f'<polygon points="{land}" fill="{FREE}" stroke="{QUIET}" stroke-width="1.5"/>'
        f'<g clip-path="url(#{name})"><path d="{behind}" fill="url(#h{name})"/>'
        f'<path d="{then}" fill="none" stroke="{INK}" stroke-width="2" stroke-dasharray="6 5"/>{line}</g>'
        f'<circle cx="{kyiv[0]:.1f}" cy="{kyiv[1]:.1f}" r="4" fill="{INK}"/>'
        f'<text x="{kyiv[0] - 8:.1f}" y="{kyiv[1] + 5:.1f}" text-anchor="end" class="m">Kyiv</text>'
        f'<text x="{MARGIN}" y="{height + MARGIN + 26:.0f}" class="big">'
        f"Russia holds {number(HUNDRED * share, DIGITS)} % (hatched).</text>"
        f'<text x="{MARGIN}" y="{height + MARGIN + 51:.0f}" class="m">{escape(state)}.</text>'
        f'<text x="{MARGIN}" y="{height + MARGIN + 76:.0f}" class="m">Schematic: the model knows only the share.</text>'
        f'<text x="{MARGIN}" y="{height + MARGIN + 101:.0f}" class="m">'
        f"Dashed: the front in {escape(month)}.</text></svg>"
    )


def _course(norths: Array) -> Array:
    """Degrees east of the curve at some degrees north."""
    return np.asarray(np.interp(norths, CURVE[:, 1], CURVE[:, 0]))


@cache
def _chords() -> tuple[Array, Array, Array]:
    """Stretches of the country along lines of latitude: western and eastern ends, and latitudes, one a stretch."""
    corners = outline()
    following = np.roll(corners, -1, axis=0)
    south, north = corners[:, 1].min(), corners[:, 1].max()
    starts, ends, norths = [], [], []
    for row in south + (np.arange(ROWS) + 0.5) / ROWS * (north - south):
        crossed = (corners[:, 1] <= row) != (following[:, 1] <= row)
        (x, y), (x2, y2) = corners[crossed].T, following[crossed].T
        borders = np.sort(x + (row - y) / (y2 - y) * (x2 - x))
        starts.append(borders[::2])
        ends.append(borders[1::2])
        norths.append(np.full(borders.size // 2, row))
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(norths)


def _frame() -> tuple[float, float, float, float]:
    """Western and southern edge of the country, degrees; its width and height, pixels."""
    (west, south), (east, north) = outline().min(axis=0), outline().max(axis=0)
    return float(west), float(south), SCALE * MIDDLE * float(east - west), SCALE * float(north - south)


def _point(place: Array | tuple[float, float]) -> str:
    """A place as SVG coordinates."""
    west, south, _, height = _frame()
    return f"{MARGIN + SCALE * MIDDLE * (place[0] - west):.1f},{MARGIN + height - SCALE * (place[1] - south):.1f}"


def _path(shift: float) -> str:
    """The curve, moved west, as an SVG path."""
    return "M" + " L".join(_point((east - shift, north)) for east, north in CURVE)
