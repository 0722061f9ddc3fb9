"""When Kyiv and Moscow meet without Washington, and which of the two tables terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.basics.arrays import Array, Number

if TYPE_CHECKING:
    from sim.scenario.politics import ContactParameters

Terms = dict[str, Array]


def meeting_terms(met: Number, talks: Number, ripeness: Number, truce: Number, p: ContactParameters) -> Terms:
    """Terms of the log-odds that the two meet this month.

    Parameters
    ----------
    met : Number
        1 where they met last month, else 0: contacts come in clusters.
    talks : Number
        1 where Washington holds talks this month, which they answer.
    ripeness : Number
        How much a stalemate hurts, 0 to 1.
    truce : Number
        1 where a truce is in force.
    p : ContactParameters
    """
    return {
        "the habit of not meeting": np.asarray(p.direct_base + 0.0 * ripeness),
        "a meeting last month": np.asarray(p.direct_momentum * met),
        "Washington's talks": np.asarray(p.direct_answer * talks),
        "a hurting stalemate": np.asarray(p.direct_ripeness * ripeness),
        "a truce": np.asarray(p.direct_truce * truce),
    }


def clusters(meets: Array, silence: int) -> Array:
    """How many clusters of meetings there are, months along the last axis.

    A meeting after more than `silence` months without one opens a new cluster.

    >>> clusters(np.array([[1, 1, 0, 0, 0, 1, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0]]), 2).tolist()
    [2, 0]
    """
    count = np.zeros(meets.shape[:-1], dtype=int)
    quiet = np.full(meets.shape[:-1], silence + 1)
    for month in np.moveaxis(np.asarray(meets) > 0, -1, 0):
        count = count + (month & (quiet > silence))
        quiet = np.where(month, 0, quiet + 1)
    return count
