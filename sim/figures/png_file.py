"""A drawn page as a PNG: no filter before compression, which suits lines and letters on white.

A general writer tries five filters on every row, which takes longer than drawing some figures, and packs pages such as
ours a tenth worse than none does.

References
----------
W3C (2003). Portable Network Graphics (PNG) Specification, second edition: sections 5, 9.2, 11.2 and 11.3.5.3.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BITS, RGB, USUAL = 8, 2, 0
"""Of a colour; the colour type without transparency; the only way to compress and to filter, and no interlacing."""
METRE = 1 / 0.0254
"""Inches."""


def encoded(pixels: Any, dpi: float, compression: int) -> bytes:
    """The file of an opaque page.

    Parameters
    ----------
    pixels : array (height, width, 4)
        Red, green, blue and opacity, 0 to 255; opacity is not looked at.
    dpi : float
        Dots an inch.
    compression : int
        0 to 9, as `zlib` has it.
    """
    height, width, _ = np.shape(pixels)
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each begins with the number of its filter, 0 for none
    rows[:, 1:].reshape(height, width, 3)[...] = np.asarray(pixels)[..., :3]
    dots = round(dpi * METRE)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, BITS, RGB, USUAL, USUAL, USUAL)),
            _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)),  # 1: a metre
            _chunk(b"IDAT", zlib.compress(rows.data, compression)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
