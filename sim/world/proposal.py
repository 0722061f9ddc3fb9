"""What each side asks for, from which hardship on it accepts, and which package is proposed: many worlds at once.

The asymmetric Nash point, at the public means of both hardships, gives each side its ask. For one guarantee and
relief the frontier is a line: o adds k_R to Russia's gain and takes k_U from Ukraine's; a_U and a_R are the gains on
the front. The point is o* = w_R a_U / k_U - w_U a_R / k_R, where Ukraine has w_U (a_U + a_R k_U / k_R). It is bent at
the front, since giving land back costs Russia more.

References
----------
Nash, J. (1950). The bargaining problem. *Econometrica* 18.
Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. *Econometrica* 50.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Mask, Number, Rows, clip, either, real
from sim.world.packages import COUNT, ENDS, LINES, SHAPE, Stakes

STEP = float(LINES[1] - LINES[0])
"""Between two lines, share of Ukraine: the point lies on one of them, so that what is asked for can be had."""
LEAST = 1e-6
"""Slope, gain or worth that counts as none."""
LEAST_SLOPE = 0.02
"""Share of a unit of hardship that always moves an answer."""
HOPELESS = 0.01
"""Chance, all that must agree counted, under which nothing is put on the table."""
RATIFIABLE = 0.3
"""Chance of consent under which a package counts for nothing in what a side holds out for."""
BARRED = -1e9
"""Score of what cannot be proposed."""


class Proposer(IntEnum):
    """Who puts a package on the table."""

    NOBODY = 0
    WASHINGTON = 1
    UKRAINE = 2
    RUSSIA = 3


class Point(NamedTuple):
    """The public Nash point of R worlds.

    Attributes
    ----------
    offset : Array (5, 4, R)
        Bargained line of each guarantee and relief, to the nearest that can be agreed on.
    place : Rows (R,)
        Best of the twenty.
    gains : tuple of Array (R,)
        What Ukraine and Russia have there; 0 where no package is better than refusing for both.
    exists : Mask (R,)
        Where there is one.
    trade : Array (R,)
        Russia's gain for a unit of Ukraine's, along the frontier there.
    """

    offset: Array
    place: Rows
    gains: tuple[Array, Array]
    exists: Mask
    trade: Array


def power(horizon: Number, other: Number) -> Number:
    """w, bargaining power of a side that weighs so many months, against one that weighs so many (Rubinstein 1982)."""
    return horizon / (horizon + other)


def nash_point(ukraine: Stakes, russia: Stakes, front: tuple[Array, Array], weight: Number, allowed: Mask) -> Point:
    """The public Nash point.

    Parameters
    ----------
    ukraine, russia : Stakes
    front : tuple of Array (5, 4, R)
        Gain of each over refusing along the front.
    weight : Number
        w_U, Ukraine's bargaining power.
    allowed : Mask (5, 4, R)
        Packages that count.
    """
    (up_u, down_u), (up_r, down_r) = ukraine.slopes(), russia.slopes()
    lose = (np.maximum(-up_u, LEAST), np.maximum(-down_u, LEAST))
    win = (np.maximum(up_r, LEAST), np.maximum(down_r, LEAST))
    beyond, behind = (
        (1.0 - weight) * front[0] / k_u - weight * front[1] / k_r for k_u, k_r in zip(lose, win, strict=True)
    )
    offset = clip(beyond, 0.0, ENDS[1]) + real(beyond <= 0.0) * clip(behind, ENDS[0], 0.0)
    offset = ENDS[0] + STEP * np.rint((offset - ENDS[0]) / STEP)
    forward, back = np.maximum(offset, 0.0), np.minimum(offset, 0.0)
    gain_u = front[0] - lose[0] * forward - lose[1] * back
    gain_r = front[1] + win[0] * forward + win[1] * back
    good = (gain_u > LEAST) & (gain_r > LEAST) & allowed
    joint = weight * np.log(np.maximum(gain_u, LEAST)) + (1.0 - weight) * np.log(np.maximum(gain_r, LEAST))
    joint = either(good, joint, BARRED).reshape(COUNT, -1)
    place = joint.argmax(axis=0)
    worlds = np.arange(place.size)
    exists = joint[place, worlds] > BARRED
    gains = tuple(np.where(exists, flat(gain)[place, worlds], 0.0) for gain in (gain_u, gain_r))
    ahead = flat(offset)[place, worlds] > 0.5 * STEP  # a line of nought may be a trifle more
    trade = np.where(ahead, win[0] / lose[0], win[1] / lose[1])
    return Point(offset, place, gains, exists, trade)  # type: ignore[arg-type]


def width(ukraine: Stakes, russia: Stakes, front: tuple[Array, Array]) -> Array:
    """Width of the lines that both prefer to refusing, by guarantee and relief, (5, 4, R); negative where none is.

    Fearon's range: with equal beliefs and nothing paid at signing it is the sum of both costs of war over the worth of
    land.
    """
    (up_u, down_u), (up_r, down_r) = ukraine.slopes(), russia.slopes()
    furthest = front[0] / np.where(front[0] > 0.0, np.maximum(-up_u, LEAST), np.maximum(-down_u, LEAST))
    nearest = -front[1] / np.where(front[1] > 0.0, np.maximum(down_r, LEAST), np.maximum(up_r, LEAST))
    return np.asarray(furthest - nearest)


class Asks(NamedTuple):
    """What a side holds out for beyond refusing, at the public mean of its hardship, and how that moves with it, (R,).

    Attributes
    ----------
    settlement, slope : Array
        Of a settlement.
    truce, truce_slope : Array (2, R)
        Of a truce, by its guarantee.
    """

    settlement: Array
    slope: Array
    truce: Array
    truce_slope: Array


def asks(
    point: Point,
    truces: tuple[Array, Array],
    keeps: tuple[Array, Array],
    truce_keeps: tuple[Array, Array],
    weight: Number,
    hold: Number,
) -> tuple[Asks, Asks]:
    """What Ukraine and Russia hold out for: their tangents at the public point.

    Of a settlement, `hold` of what the point gives them. Of a truce, their share of what it takes off the table: of
    what both gain by it, and of no more than the point would give.

    Parameters
    ----------
    point : Point
    truces : tuple of Array (2, R)
        What each gains by a truce.
    keeps, truce_keeps : tuple of Array
        What a unit of hardship adds to the gain of each at the point, (R,), and in a truce, (2, R).
    weight, hold : Number
    """
    weights = (weight, 1.0 - weight)
    whole = point.gains[0] + point.gains[1]
    both = np.maximum(truces[0] + truces[1], 0.0)
    short = both < whole
    # What a unit of one's own hardship adds to the sum of gains at the point: one's share, and the other's of the rest.
    trade = (weights[0] + weights[1] * point.trade, weights[1] + weights[0] / point.trade)
    found = []
    for w, n, keep, truce_keep, more in zip(weights, point.gains, keeps, truce_keeps, trade, strict=True):
        own = np.where(point.exists, keep, 0.0)
        rise = np.where(short, np.where(both > 0.0, truce_keep, 0.0), more * own)
        found.append(Asks(hold * n, hold * w * own, hold * w * np.minimum(both, whole), hold * w * rise))
    return found[0], found[1]


def threshold(gain: Array, ask: Array, rise: Array, ask_rise: Array, unit: Array, mean: Array) -> Array:
    """Hardship, mood included, from which on a side accepts: where its gain is at least its ask, and at least nothing.

    Parameters
    ----------
    gain, ask : Array
        At the public mean of its hardship.
    rise, ask_rise : Array
        What a unit of hardship adds to them.
    unit : Array
        What it adds to the cost of war, the scale of the least slope.
    mean : Array
        The public mean.
    """
    least = np.maximum(LEAST_SLOPE * unit, LEAST)
    over_refusing = gain / np.maximum(rise, least)
    over_ask = (gain - ask) / np.maximum(rise - ask_rise, least)
    return np.asarray(mean - np.minimum(over_refusing, over_ask))


def best(score: Array) -> tuple[Rows, Array]:
    """Place of the best of the packages in each world, and its score."""
    place = score.argmax(axis=0)
    return place, score[place, np.arange(place.size)]


def flat(values: Any) -> Any:
    """Values of the twenty packages, one a row."""
    return np.broadcast_to(values, (*SHAPE, values.shape[-1])).reshape(COUNT, -1)
