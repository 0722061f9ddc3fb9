"""Luck that knows what was observed: a draw that decides about it is moved to where it meets it.

The model asks for its draws by name when it needs them. So whoever answers can see how things stand at that moment,
and what the draw will decide: nothing of the model is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array, real
from sim.basics.draws import PARTS, Draws
from sim.estimation.filtering.densities import Moved
from sim.estimation.filtering.observed import Observed
from sim.model import Luck, Negotiation


class Guide(NamedTuple):
    """How a stream's draw meets what was observed.

    Attributes
    ----------
    series, name : str
        Which of `SERIES`, and the name of what was observed.
    move : callable
        Model, draw and what was observed, to where the draw is moved.
    """

    series: str
    name: str
    move: Callable[[Negotiation, Array, float], Moved]


class Guided(Luck):
    """The luck of worlds that meet what was observed.

    Parameters
    ----------
    model : Negotiation
        Whose luck it is.
    draws : Draws
        Its luck as drawn.
    observed : Observed
        What was observed.
    guides : mapping of str to Guide
        By stream.
    """

    def __init__(self, model: Negotiation, draws: Draws, observed: Observed, guides: Mapping[str, Guide]) -> None:
        super().__init__(draws)
        self._model, self._observed = model, observed
        self._guides = {stream: guide for stream, guide in guides.items() if guide.series in observed.series}
        self._ratios: dict[str, Array] = {}

    def uniform(self, stream: str) -> Array:
        """See `Luck.uniform`."""
        return self._moved(stream, super().uniform(stream))

    def normal(self, stream: str) -> Array:
        """See `Luck.normal`."""
        return self._moved(stream, super().normal(stream))

    def exponential(self, stream: str) -> Array:
        """See `Luck.exponential`."""
        return self._moved(stream, super().exponential(stream))

    def heavy_tailed(self, stream: str) -> Array:
        """See `Luck.heavy_tailed`."""
        return self._moved(stream, super().heavy_tailed(stream))

    def listed(self, stream: str, table: Array, out: Array) -> None:
        """See `Luck.listed`; a guide is given the quantile, and gives the value."""
        if self._seen(stream) is None:
            super().listed(stream, table, out)
        else:
            out[:] = self._moved(stream, real((super().part(stream) + 0.5) / PARTS))

    def ratios(self) -> dict[str, Array]:
        """Logs of the ratios of the draws moved since last asked, by series."""
        month, self._ratios = self._ratios, {}
        return month

    def _seen(self, stream: str) -> float | None:
        """What was observed this month that a draw decides about, if anything."""
        guide = self._guides.get(stream)
        return None if guide is None else self._observed.at(guide.name, self._model.month)

    def _moved(self, stream: str, draw: Array) -> Array:
        seen = self._seen(stream)
        if seen is None:
            return draw
        guide = self._guides[stream]
        with np.errstate(divide="ignore", invalid="ignore"):  # what cannot be has the log of nothing
            moved = guide.move(self._model, draw, seen)
        self._ratios[guide.series] = self._ratios.get(guide.series, 0.0) + moved.log_ratio
        return moved.draw
