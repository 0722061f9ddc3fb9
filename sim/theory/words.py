"""Numbers as the sentences of a solution say them."""

from __future__ import annotations

from sim.questions.labels import MINUS

HUNDRED = 100.0
SMALL = 1e-12
"""Under this a number is nought: what rounding leaves."""


def short(value: float) -> str:
    """A number in three figures, with a true minus sign and no minus zero.

    >>> short(0.714286), short(-2.0), short(17.0), short(-1e-15)
    ('0.714', '−2', '17', '0')
    """
    rounded = 0.0 if abs(value) < SMALL else value
    return (
        f"{rounded:,.3g}".replace("-", MINUS) if abs(rounded) < 10 * HUNDRED else f"{rounded:,.0f}".replace("-", MINUS)
    )


def percent(chance: float) -> str:
    """A chance or share in percent, in three figures.

    >>> percent(0.375), percent(1.0), percent(0.001865)
    ('37.5 %', '100 %', '0.186 %')
    """
    return f"{short(HUNDRED * chance)} %"


def exact(value: float) -> str:
    """A number in six figures, as the tables of the lessons have it.

    >>> exact(2 / 3), exact(25.0), exact(float("nan"))
    ('0.666667', '25', 'none')
    """
    if value != value:
        return "none"
    return f"{0.0 if abs(value) < SMALL else value:.6g}".replace("-", MINUS)
