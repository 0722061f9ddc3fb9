"""The rule of judgement: when a statistic, and when a claim, is supported, contradicted or undecided.

A statistic comes with the direction that is claimed, with what no effect would be, and with the smallest effect that
matters; all three stand in the code before anything is run. With d the effect in the claimed direction and its 95 %
interval,

- supported: the interval is clear of no effect in the claimed direction, and d is at least the size that matters;
- contradicted: the whole interval lies below the size that matters, be it opposite, nothing, or too small;
- undecided otherwise.

That is a test of superiority and one of equivalence side by side: "no effect" must be shown like any other finding, it
does not follow from a wide interval. Both sets of parameters must agree; else the verdict is undecided.

References
----------
Lakens, D. (2017). Equivalence tests. Social Psychological and Personality Science 8(4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "undecided"
VERDICTS = (SUPPORTED, CONTRADICTED, UNDECIDED)
ANY, ALL = "any", "all"
AS_CLAIMED, OPPOSITE, TOO_SMALL, NONE, NOT_TOLD = "as claimed", "opposite", "too small", "no effect", "not told"
PAST = "past the bound"


class Judged(NamedTuple):
    """What a statistic comes to, and how."""

    verdict: str
    how: str


class Effect(NamedTuple):
    """An effect in the claimed direction, its interval, and the smallest one that matters, all in one unit."""

    value: float
    low: float
    high: float
    matters: float


def effect(
    value: float, low: float, high: float, null: float = 0.0, direction: int = 1, matters: float = 0.0
) -> Effect:
    """Turn a statistic so that what is claimed is positive and no effect is zero.

    Parameters
    ----------
    value, low, high : float
        The statistic and its interval.
    null : float
        What no effect would be.
    direction : int
        1 if more is claimed, -1 if less, 0 if any difference is.
    matters : float
        Smallest effect that matters.

    Examples
    --------
    >>> effect(-3.0, -4.0, -2.0, direction=-1, matters=1.0)
    Effect(value=3.0, low=2.0, high=4.0, matters=1.0)
    """
    sign = direction or (1 if value >= null else -1)
    low, high = sorted((sign * (low - null) + 0.0, sign * (high - null) + 0.0))
    if direction == 0:
        high = max(high, -low)  # a difference of either sign may be as large as the farther end
    return Effect(sign * (value - null) + 0.0, low, high, matters)


def judge(found: Effect, doubts: Iterable[str] = ()) -> Judged:
    """Apply the rule to one statistic; NaN or a doubt leaves it undecided."""
    if any(doubts) or not found.low <= found.high or found.value != found.value:
        return Judged(UNDECIDED, NOT_TOLD)
    if found.low > 0.0 and found.value >= found.matters:
        return Judged(SUPPORTED, AS_CLAIMED)
    if found.high < 0.0:
        return Judged(CONTRADICTED, OPPOSITE if found.matters else PAST)
    if found.high < found.matters:
        return Judged(CONTRADICTED, TOO_SMALL if found.low > 0.0 else NONE)
    return Judged(UNDECIDED, NOT_TOLD)


def combined(verdicts: Sequence[str], refuted_by: str) -> str:
    """The verdict on a claim under one set of parameters.

    Parameters
    ----------
    verdicts : sequence of str
        Of its statistics.
    refuted_by : str
        Whether "any" statistic that is contradicted refutes the claim, or only "all" of them together do.

    Examples
    --------
    >>> combined(["supported", "contradicted"], "any"), combined(["supported", "contradicted"], "all")
    ('contradicted', 'undecided')
    """
    if all(verdict == SUPPORTED for verdict in verdicts):
        return SUPPORTED
    some = any if refuted_by == ANY else all
    return CONTRADICTED if some(verdict == CONTRADICTED for verdict in verdicts) else UNDECIDED


def agreed(verdicts: Iterable[str]) -> str:
    """The verdict where sets of parameters agree; undecided where they do not.

    >>> agreed(["supported", "supported"]), agreed(["supported", "contradicted"])
    ('supported', 'undecided')
    """
    found = set(verdicts)
    return found.pop() if len(found) == 1 else UNDECIDED
