"""Worlds in double precision, in which an equation can be held to more digits than single precision has."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from sim.basics import arrays


@contextmanager
def doubles() -> Iterator[None]:
    """While this lasts, models that are opened live in double precision, with the same luck."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "PRECISION", np.float64)
        yield
