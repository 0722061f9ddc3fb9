"""Colours for differences: from blue over near-white to vermilion, in equal steps of what the eye sees.

The ends are of the palette of Okabe and Ito, which colour-blind readers tell apart, brought to the same lightness; the
steps lie on straight lines in the space OKLab, so that as large a difference looks as large on either side of zero.

References
----------
Ottosson, B. (2020). A perceptual color space for image processing. https://bottosson.github.io/posts/oklab/
"""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_rgb

from sim.basics.arrays import Doubles
from sim.figures.style import COLOURS

BELOW, ABOVE = COLOURS[0], COLOURS[1]
DARK, WHITE = 0.55, 0.97
"""Lightness of the ends and of the middle, 0 black to 1 white."""
STEPS = 128
"""Colours on each side."""
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def diverging() -> LinearSegmentedColormap:
    """The colours, from far below zero to far above it."""
    below, above = (oklab(np.array(to_rgb(colour))) for colour in (BELOW, ABOVE))
    middle = np.array([WHITE, 0.0, 0.0])
    ends = [np.array([DARK, *end[1:]]) for end in (below, above)]
    part = np.linspace(0.0, 1.0, STEPS)[:, np.newaxis]
    whole = np.concatenate([ends[0] + part * (middle - ends[0]), (middle + part * (ends[1] - middle))[1:]])
    return LinearSegmentedColormap.from_list("below to above", srgb(whole).tolist(), N=len(whole))


def oklab(rgb: Doubles) -> Doubles:
    """Lightness and the two opponent colours of sRGB colours from 0 to 1, last axis the three."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 -- IEC 61966-2-1
    lab: Doubles = np.cbrt(linear @ TO_CONES.T) @ TO_LAB.T
    return lab


def srgb(lab: Doubles) -> Doubles:
    """The sRGB colours of colours in OKLab, cut off where a screen cannot show them."""
    linear = np.clip((lab @ np.linalg.inv(TO_LAB).T) ** 3 @ np.linalg.inv(TO_CONES).T, 0.0, 1.0)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)  # noqa: PLR2004
