"""A page is written as a PNG that every reader reads: the pixels that were drawn, and how large they are meant."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from sim.figures.png_file import encoded


@pytest.mark.parametrize("compression", [0, 1, 9])
def test_a_png_has_the_pixels_that_were_drawn(compression: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, 4), np.uint8)
    with Image.open(BytesIO(encoded(pixels, 150, compression))) as read:
        assert read.mode == "RGB"
        assert np.array_equal(np.asarray(read), pixels[..., :3])
        assert read.info["dpi"] == pytest.approx((150, 150), abs=0.02)
        read.load()
        assert set(read.info) == {"dpi"}, "neither date nor version"
