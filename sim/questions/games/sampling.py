"""How sure an empirical game is: resampled worlds, and a hold-out check against the flattery of selection.

Worlds are resampled whole, so that what common random numbers have in common across profiles stays in common. Where
each world has parameters of its own, resampling worlds resamples those too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.questions.games.equilibrium import TIE, least_regret, regret, shape_of

RESAMPLES, SPLITS = 1000, 200
BYTES = 2e8
"""Memory for resampled payoffs at a time."""
ENDS = (0.025, 0.975)


class Resampled(NamedTuple):
    """What resampling says of each profile, every array (S_1, ..., S_n).

    probability : share of resamples in which the profile is an equilibrium. least : in which it has the least regret.
    low, high : 95 % interval of its regret, by percentiles.
    """

    probability: Array
    least: Array
    low: Array
    high: Array


class HoldOut(NamedTuple):
    """Regret of the profile that half of the worlds selects, in that half and in the other, means over splits.

    `same` is the share of splits in which both halves select the same profile.
    """

    in_sample: float
    out_of_sample: float
    same: float


def resampled(samples: Array, seed: int, resamples: int = RESAMPLES) -> Resampled:
    """Resample worlds with replacement.

    Parameters
    ----------
    samples : array (n, S_1, ..., S_n, W)
    seed : int
        Of the resampling.
    resamples : int

    Notes
    -----
    Regret is a maximum, so noise can only raise it: near an equilibrium its interval lies high.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    worlds, shape = samples.shape[-1], shape_of(samples)
    flat = samples.reshape(-1, worlds)
    step = max(1, int(BYTES / (8 * max(len(flat), worlds))))
    drawn = []
    for start in range(0, resamples, step):
        counts = rng.multinomial(worlds, np.full(worlds, 1.0 / worlds), size=min(step, resamples - start))
        means = (flat @ counts.T / worlds).reshape(len(samples), *shape, -1)
        drawn.append(regret(means))
    regrets = np.concatenate(drawn, axis=-1)
    low, high = np.quantile(regrets, ENDS, axis=-1)
    least = np.bincount(regrets.reshape(-1, resamples).argmin(axis=0), minlength=int(np.prod(shape))) / resamples
    return Resampled((regrets <= TIE).mean(axis=-1), least.reshape(shape), low, high)


def hold_out(samples: Array, seed: int, splits: int = SPLITS) -> HoldOut:
    """Select the profile of least regret on half of the worlds, and hold it against the other half.

    Parameters
    ----------
    samples : array (n, S_1, ..., S_n, W)
        Two worlds or more.
    seed : int
        Of the splits.
    splits : int
        Random splits; each is used both ways.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    worlds, rows = samples.shape[-1], []
    for _ in range(splits):
        order = rng.permutation(worlds)
        halves = [samples[..., half].mean(axis=-1) for half in np.array_split(order, 2)]
        chosen = [least_regret(half) for half in halves]
        regrets = [regret(half) for half in halves]
        rows += [
            (regrets[place][chosen[place]], regrets[1 - place][chosen[place]], chosen[0] == chosen[1])
            for place in range(2)
        ]
    return HoldOut(*(float(mean) for mean in np.mean(rows, axis=0)))
