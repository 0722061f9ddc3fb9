"""T13 Power over an American bill (Shapley and Shubik 1954): House, Senate and President."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.stats import binom

from sim.basics.arrays import Array
from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent

HOUSE, SENATE = 435, 100
HOUSE_PASSES, HOUSE_OVERRIDES, SENATE_OVERRIDES = 218, 290, 67
NODES = 270
"""Points of the Gauss-Legendre rule: exact for the polynomials that are integrated, whose degree is 535."""


@lru_cache(maxsize=1)
def _rule() -> tuple[Array, Array]:
    """Points and weights on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return (nodes + 1.0) / 2.0, weights / 2.0


@lru_cache(maxsize=128)
def power(senate: int) -> tuple[float, float, float]:
    """Shapley-Shubik index of the President, of all senators and of all representatives.

    By Owen's integral: a voter's power is the chance to be needed when every other has joined with probability t,
    averaged over t from 0 to 1. A bill passes with 218 of 435, `senate` of 100 and the President, or with 290 and 67.

    Parameters
    ----------
    senate : int
        Senators that a bill needs, 51, or 60 to end a filibuster, up to 67.

    References
    ----------
    Shapley, L. and Shubik, M. (1954). A method for evaluating the distribution of power in a committee system. American
    Political Science Review 48. Owen, G. (1972). Multilinear extensions of games. Management Science 18.

    Examples
    --------
    >>> [round(number, 6) for number in power(51)]
    [0.16047, 0.437418, 0.402112]
    """
    t, weights = _rule()

    def reached(quota: int, members: int) -> Array:
        return np.asarray(binom.sf(quota - 1, members, t))

    passes = reached(HOUSE_PASSES, HOUSE) * reached(senate, SENATE)
    overrides = reached(HOUSE_OVERRIDES, HOUSE) * reached(SENATE_OVERRIDES, SENATE)
    # A senator is needed at the edge of passing a signed bill, or of overriding a veto.
    to_pass = binom.pmf(senate - 1, SENATE - 1, t) * reached(HOUSE_PASSES, HOUSE) * t
    to_override = binom.pmf(SENATE_OVERRIDES - 1, SENATE - 1, t) * reached(HOUSE_OVERRIDES, HOUSE) * (1.0 - t)
    president = float(weights @ (passes - overrides))
    senators = SENATE * float(weights @ (to_pass + to_override))
    return president, senators, 1.0 - president - senators


def solve(senate: float) -> Solution:
    """Power of the three, and of one member of each chamber."""
    president, senators, representatives = power(int(senate))
    return Solution(
        (
            NamedNumber("president", "President", president),
            NamedNumber("senate", "Senate", senators),
            NamedNumber("house", "House", representatives),
            NamedNumber("senator", "one senator", senators / SENATE),
            NamedNumber("representative", "one representative", representatives / HOUSE),
        ),
        (
            (
                f"The Senate has {percent(senators)} of the power, the House {percent(representatives)}, the "
                f"President {percent(president)}"
            ),
            f"One senator weighs as much as {senators / SENATE / (representatives / HOUSE):.1f} representatives.",
        ),
    )


GAME = TextbookGame(
    name="us_bill",
    title="Power over an American bill",
    reference="Shapley and Shubik 1954",
    statement=(
        "A bill passes with 218 of 435 representatives, a number of 100 senators and the President; or, over a veto, "
        "with 290 and 67. The Vice President is left out. Power is the chance to be the one who makes it pass, over "
        "all orders of joining."
    ),
    lesson="The filibuster moves power from the House and the President to the Senate, and within it to the reluctant.",
    parameters=(Parameter("senate", "senators that a bill needs", 51.0, 1.0, 67.0, whole=True),),
    solve=solve,
    panels=(
        Panel("senate", ("president", "senate", "house"), "Share of the power over a bill", 40.0, 67.0, ceiling=1.0),
    ),
)
