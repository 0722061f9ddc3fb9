"""Kyiv's public: the share of Ukrainians against any concession of land, and how it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.basics.arrays import Array, Number, clip, expit, real

if TYPE_CHECKING:
    from sim.scenario.politics import PublicParameters

YEAR = 12.0


def leaning(months: Number, p: PublicParameters) -> Array:
    """o*: the share opposed to which a war of so many months draws the public.

    logit o* = `opposed_lasting` + `opposed_war` max(0, `opposed_months` - months) / 12
    """
    unwearied = np.maximum(0.0, p.opposed_months - months) / YEAR
    return expit(real(p.opposed_lasting + p.opposed_war * unwearied))


def moved(opposed: Array, towards: Array, shock: Number, p: PublicParameters) -> Array:
    """The share opposed a month later: o' = o + `opposed_speed` (o* - o) + `opposed_noise` shock, between 0 and 1."""
    step = p.opposed_speed * (towards - opposed) + p.opposed_noise * shock
    return clip(opposed + step, 0.0, 1.0)


def weight(opposed: Array, p: PublicParameters) -> Array:
    """What ceding land costs a Ukrainian government now, over what it costs at `opposed_reference`."""
    return np.asarray(opposed / p.opposed_reference)
