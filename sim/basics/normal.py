"""The normal distribution without SciPy: its function, the logarithm of that, and the inverse, in double precision.

They are for tables that are made once and for single numbers: roots, exponentials and logarithms are those of the C
library, one by one, so that the tables of the model come out as SciPy makes them, to the last bit.

References
----------
Moshier, S. L. (1989). Methods and Programs for Mathematical Functions, `ndtri`: the rational approximations.
Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions, 7.1.14: the continued fraction.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

ROOT_HALF, ROOT_TWO_PI, ROOT_ONE_OVER_PI = math.sqrt(0.5), 2.50662827463100050242, 0.56418958354775628695
LOWER_TAIL = 0.13533528323661269189
"""exp(-2): a chance under it lies in the tail."""
# fmt: off
MIDDLE = (
    (-59.96335010141079, 98.00107541859997, -56.67628574690703, 13.931260938727968, -1.2391658386738125),
    (1.0, 1.9544885833814176, 4.676279128988815, 86.36024213908905, -225.46268785411937, 200.26021238006066,
     -82.03722561683334, 15.90562251262117, -1.1833162112133),
)
"""Numerator and denominator of the approximation between the tails, the highest power first."""
TAIL = (
    (4.0554489230596245, 31.525109459989388, 57.16281922464213, 44.08050738932008, 14.684956192885803,
     2.1866330685079025, -0.1402560791713545, -0.03504246268278482, -0.0008574567851546854),
    (1.0, 15.779988325646675, 45.39076351288792, 41.3172038254672, 15.04253856929075, 2.504649462083094,
     -0.14218292285478779, -0.03808064076915783, -0.0009332594808954574),
)
"""In the tail, for roots up to `FAR`."""
FAR_TAIL = (
    (3.2377489177694603, 6.915228890689842, 3.9388102529247444, 1.3330346081580755, 0.20148538954917908,
     0.012371663481782003, 0.00030158155350823543, 2.6580697468673755e-06, 6.239745391849833e-09),
    (1.0, 6.02427039364742, 3.6798356385616087, 1.3770209948908132, 0.21623699359449663, 0.013420400608854318,
     0.00032801446468212774, 2.8924786474538068e-06, 6.790194080099813e-09),
)
"""Further out."""
# fmt: on
FAR = 8.0
NEAR, TERMS = 3.0, 60
"""From where the continued fraction is taken, and how much of it."""


def _each(function: Callable[[float], float], values: Any) -> Doubles:
    """A function of the C library of every value."""
    values = np.asarray(values, dtype=float)
    return np.array([function(value) for value in values.ravel().tolist()]).reshape(values.shape)


_log, _log1p, _exp, _erfc = (partial(_each, f) for f in (math.log, math.log1p, math.exp, math.erfc))


def ndtr(x: Any) -> Doubles:
    """Chance that a standard normal is at most x.

    >>> float(ndtr(0.0))
    0.5
    """
    return 0.5 * _erfc(np.asarray(x, dtype=float) * -ROOT_HALF)


def log_ndtr(x: Any) -> Doubles:
    """Logarithm of that chance, of x far down as well.

    >>> float(log_ndtr(-100.0))
    -5005.524...
    """
    t = np.asarray(x, dtype=float) * ROOT_HALF
    low = t < -ROOT_HALF
    found = np.empty(t.shape)
    found[low] = _log(0.5 * _scaled_erfc(-t[low])) - t[low] * t[low]
    found[~low] = _log1p(-0.5 * _erfc(t[~low]))
    return found


def ndtri(p: Any) -> Doubles:
    """The x under which a standard normal lies with chance p, 0 to 1.

    >>> round(float(ndtri(0.975)), 6)
    1.959964
    """
    p = np.asarray(p, dtype=float)
    above = p > 1.0 - LOWER_TAIL
    y = np.where(above, 1.0 - p, p)
    tail = y <= LOWER_TAIL
    found = np.empty(p.shape)
    centred = y[~tail] - 0.5
    square = centred * centred
    found[~tail] = (centred + centred * _ratio(square, square, MIDDLE)) * ROOT_TWO_PI
    with np.errstate(divide="ignore", invalid="ignore"):  # at the ends, which are infinite
        root = np.sqrt(-2.0 * _each(_log_or_end, y[tail]))
        z = 1.0 / root
        rest = np.where(root < FAR, _ratio(z, z, TAIL), _ratio(z, z, FAR_TAIL))
        far = np.where(np.isinf(root), np.inf, root - _each(_log_or_end, root) / root - rest)
    found[tail] = np.where(above[tail], far, -far)
    return found


def _log_or_end(value: float) -> float:
    return math.log(value) if 0.0 < value < math.inf else math.inf if value > 0.0 else -math.inf


def _ratio(scale: Doubles, x: Doubles, of: tuple[tuple[float, ...], tuple[float, ...]]) -> Doubles:
    """A multiple of a ratio of polynomials, by Horner's rule, in the order in which SciPy rounds."""
    above, below = np.zeros_like(x), np.zeros_like(x)
    for coefficient in of[0]:
        above = above * x + coefficient
    for coefficient in of[1]:
        below = below * x + coefficient
    return scale * above / below


def _scaled_erfc(u: Doubles) -> Doubles:
    """exp(u^2) erfc(u), for u from about .7 up: near a product, u^2 split so as not to round, else 7.1.14."""
    near = u < NEAR
    found = np.empty(u.shape)
    head = u[near].astype(np.float32).astype(float)
    rest = u[near] - head
    found[near] = _exp(head * head) * (_exp(rest * (u[near] + head)) * _erfc(u[near]))
    fraction = np.zeros_like(u[~near])
    for term in range(TERMS, 0, -1):
        fraction = 0.5 * term / (u[~near] + fraction)
    found[~near] = ROOT_ONE_OVER_PI / (u[~near] + fraction)
    return found
