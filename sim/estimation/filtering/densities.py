"""How likely an observation is in each world, and how a draw is moved to where it meets one.

A moved draw comes with a ratio: the density of the draw under the law of the model over that under which it was drawn
now. Evidence stays what it is whatever the draws were moved by, since every world's weight carries the ratio.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gamma, log, pi, sqrt
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array, Doubles, Mask, Number, clip, real

TINY = 2.0**-24
"""How near to 0 and 1 a quantile may lie: single precision has nothing nearer to 1."""
T = 0.375 * sqrt(2.0)
LOG_T = log(T)
"""Density at 0 of Student's t with 4 degrees of freedom scaled to variance 1."""
LOG_NORMAL = -0.5 * log(2.0 * pi)
"""Log density at 0 of a standard normal."""
IMPOSSIBLE = -np.inf


class Moved(NamedTuple):
    """Draws, (W,), and the log of their density under the law over that under which they were drawn."""

    draw: Array
    log_ratio: Array


def log_heavy_tailed(shock: Array) -> Array:
    """Log density of `sim.basics.draws.Draws.heavy_tailed`."""
    return np.asarray(LOG_T - 2.5 * np.log1p(0.5 * np.square(shock)))


def log_normal(sds: Array) -> Array:
    """Log density of a standard normal."""
    return np.asarray(LOG_NORMAL - 0.5 * np.square(sds))


def amount(seen: float, paid: Array, least: float, spread: Number) -> Array:
    """Density of money that is seen where so much was paid: see `log_amount`."""
    away = (log(seen + least) - np.log(paid + least)) / spread
    wide = np.square(away)
    wide *= 0.5
    wide += 1.0
    return np.asarray(T / (np.square(wide) * np.sqrt(wide) * spread))


def log_amount(seen: float, paid: Array, least: float, spread: Number) -> Array:
    """Log density of money that is seen where so much was paid.

    The logs of both, and `least`, differ by a heavy-tailed shock: most revisions are small, and a few are not.
    """
    return np.asarray(np.log(amount(seen, paid, least, spread)))


def log_event(seen: bool, happened: Mask, miscoded: Number) -> Array:
    """Log chance that something is coded so, if it happened or not and so many are coded wrongly."""
    right = happened if seen else ~happened
    return np.asarray(np.where(right, np.log1p(-real(miscoded)), np.log(real(miscoded))))


def log_lump(lump: Array, nothing: float, power: float) -> Array:
    """Log density of a lump of `sim.world.flows.lumps`: a chance of nothing, else a power of an exponential."""
    mean = (1.0 - nothing) * gamma(1.0 + power)
    exponential = np.power(lump * mean, 1.0 / power)
    return np.asarray(log(1.0 - nothing) - exponential + np.log(exponential) - np.log(power * lump))


def event(quantile: Array, chance: Array, seen: bool, miscoded: Number) -> Moved:
    """Move quantiles under which something of this chance happens, to where it is likely to have been coded so."""
    if_so, if_not = (1.0 - miscoded, miscoded) if seen else (miscoded, 1.0 - miscoded)
    likely = chance * if_so
    whole = likely + (1.0 - chance) * if_not
    now = likely / whole
    happens = quantile < now
    below = quantile * (chance / np.where(now > 0.0, now, 1.0))
    above = chance + (quantile - now) * ((1.0 - chance) / np.where(now < 1.0, 1.0 - now, 1.0))
    draw = np.where(happens, np.minimum(below, np.nextafter(chance, real(-1.0))), np.maximum(above, chance))
    return Moved(real(draw), np.log(whole) - np.log(np.where(happens, real(if_so), real(if_not))))


def redrawn(quantile: Array, edges: Doubles, likelihood: Callable[[Array], Array]) -> Moved:
    """Move quantiles between `edges`, 0 to 1, to where the likelihood is high, by its values in the middles.

    Parameters
    ----------
    quantile : Array (W,)
        As drawn.
    edges : Doubles (K + 1,)
        Of the parts of (0, 1).
    likelihood : callable
        Of what was seen in every world, (K, W), if the draw has these quantiles, (K, 1).
    """
    lows, widths = real(edges[:-1, None]), real(np.diff(edges)[:, None])
    likely = likelihood(lows + real(0.5) * widths)
    below = np.cumsum(widths * likely, axis=0)  # a sum in order, whatever the number of worlds
    sought, worlds = quantile * below[-1], np.arange(quantile.size)
    part = np.minimum((below <= sought).sum(axis=0), len(widths) - 1)
    here = likely[part, worlds]
    short = (below[part, worlds] - sought) / np.where(here > 0.0, here, real(1.0))
    draw = lows[part, 0] + widths[part, 0] - clip(short, 0.0, widths[part, 0])
    return Moved(clip(draw, TINY, 1.0 - TINY), np.log(below[-1]) - np.log(here))
