"""Numbers with the luck in them: means over worlds, paired differences, ratios of means; and how they are said.

The words follow sign and luck, and stay true if the model changes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics import intervals
from sim.basics.labels import HUNDRED, number
from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.questions.compare.doctrines import of_doctrines
from sim.questions.compare.settlements import signed

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray


class IntervalEstimate(NamedTuple):
    """A mean over worlds and its 95 % interval, which is luck of the worlds that were drawn.

    Attributes
    ----------
    mean : float
    about : float
        How far the interval reaches, to the side to which it reaches farther; NaN where one world tells nothing.
    ends : pair of float, optional
        The interval's ends where it is not as wide to both sides, as that of a count.
    """

    mean: float
    about: float = 0.0
    ends: tuple[float, float] | None = None

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.ends[0] if self.ends else self.mean - self.about

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.ends[1] if self.ends else self.mean + self.about

    @property
    def has_interval(self) -> bool:
        """Whether the worlds tell how far luck goes; one world does not."""
        return math.isfinite(self.about)

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return abs(self.mean) > self.about


COUNTED = {"broken": "breaks", "truce": "truces"}
"""What is seen where it was counted at least once, by the variable that counts it."""


@of_doctrines
def worlds_where(results: xr.Dataset, what: str, doctrine: str) -> float:
    """How many of 100 worlds see something under a doctrine.

    Parameters
    ----------
    results : xarray.Dataset
        From `sim.compare`, `sim.run` or `sim.ensemble.simulate`.
    what : str
        "signed": a settlement was signed in the run; "in_force": one is in force at the end; "broken": one broke;
        "truce": a truce was agreed; "agreed": a settlement or a truce.
    doctrine : str
        A label of `results`.

    Raises
    ------
    InputError
        If `what` is none of these.
    """
    under = results.sel(doctrine=doctrine)
    return HUNDRED * float(seen(under, what).mean())


def seen(under: xr.Dataset, what: str) -> Any:
    """Whether each world of one doctrine sees something, 1.0 or 0.0; `what` as in `worlds_where`.

    Raises
    ------
    InputError
        If `what` is none of these.
    """
    if what == "signed":
        return signed(under, under["month"].to_numpy()[0]).astype(float)
    if what == "in_force":
        return under["settled"].isel(month=-1).astype(float)
    if what in COUNTED:
        return (under[COUNTED[what]] > 0.0).astype(float)
    if what == "agreed":
        return np.maximum(seen(under, "signed"), seen(under, "truce"))
    raise InputError(f"what: must be 'signed', 'in_force', 'broken', 'truce' or 'agreed', got {shown(what)}")


def mean(values: NDArray[np.floating] | xr.DataArray) -> IntervalEstimate:
    """The mean of one value a world; worlds without a value do not count.

    >>> mean(np.array([1.0, 2.0, 3.0]))
    IntervalEstimate(mean=2.0, about=2.48..., ends=None)
    """
    numbers = np.asarray(values, dtype=float)
    numbers = numbers[~np.isnan(numbers)]
    if not numbers.size:
        return IntervalEstimate(intervals.NOTHING, intervals.NOTHING)
    middle, _, high, _ = intervals.interval(numbers)
    return IntervalEstimate(middle, high - middle)


def share(happened: NDArray[np.floating] | xr.DataArray) -> IntervalEstimate:
    """In how many of 100 worlds something happened: 1 for each world in which it did, 0 for the others.

    >>> share(np.zeros(100))
    IntervalEstimate(mean=0.0, about=3.69..., ends=(0.0, 3.69...))
    """
    numbers = np.asarray(happened, dtype=float)
    middle = HUNDRED * float(numbers.mean())
    low, high = (HUNDRED * end for end in intervals.count_interval(int(numbers.sum()), numbers.size))
    return IntervalEstimate(middle, max(middle - low, high - middle), (low, high))


def ratio(above: NDArray[np.floating] | xr.DataArray, below: NDArray[np.floating] | xr.DataArray) -> IntervalEstimate:
    """The ratio of two means over the same worlds, each with one value a world.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, section 2.11 (the ratio's error, linearised). Wiley.
    """
    numerator, denominator = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    size = float(denominator.mean())
    if size == 0.0:
        return IntervalEstimate(intervals.NOTHING, intervals.NOTHING)
    value = float(numerator.mean()) / size
    return IntervalEstimate(value, mean((numerator - value * denominator) / size).about)


def of_worlds(results: xr.Dataset, what: str, label: str) -> IntervalEstimate:
    """How many of 100 worlds see something; `what` as in `sim.teaching.lessons.worlds_where`."""
    return share(seen(results.sel(doctrine=label), what))


def more_worlds(results: xr.Dataset, what: str, one: str, other: str) -> IntervalEstimate:
    """How many more of 100 worlds see something under `one` than under `other`, world by world."""
    return mean(HUNDRED * (seen(results.sel(doctrine=one), what) - seen(results.sel(doctrine=other), what)))


def interval(results: xr.Dataset, what: str, one: str, other: str) -> tuple[float, float]:
    """How many more of 100 worlds see something under `one` than under `other`, and the 95 % interval's half-width.

    The worlds are the same under both: the difference is taken world by world. One world has a half-width of NaN.
    """
    more = more_worlds(results, what, one, other)
    return more.mean, more.about


def paired(values: xr.DataArray, one: str = "turned", other: str = "base") -> IntervalEstimate:
    """The difference of one value a world between two labels, world by world."""
    return mean(values.sel(doctrine=one).to_numpy().astype(float) - values.sel(doctrine=other).to_numpy().astype(float))


Pair = tuple["xr.DataArray", "xr.DataArray"]


def difference_of_ratios(one: Pair, other: Pair) -> IntervalEstimate:
    """The difference of two ratios of means over the same worlds; the worlds' luck is in both, and mostly cancels."""
    first, second = ratio(*one), ratio(*other)
    rests = [
        (np.asarray(above, dtype=float) - value.mean * np.asarray(below, dtype=float)) / float(np.mean(below))
        for (above, below), value in ((one, first), (other, second))
    ]
    return IntervalEstimate(first.mean - second.mean, mean(rests[0] - rests[1]).about)


ONE_WORLD = "how far luck goes cannot be told from one world"
SAME_SETTING = (
    "This is the setting that everything is compared with: with the same luck and the same doctrine every world is the "
    "same world. Turn the knob to see something differ."
)


def more(difference: IntervalEstimate, what: str, digits: int = 0, words: tuple[str, str] = ("more", "fewer")) -> str:
    """A difference in words.

    >>> more(IntervalEstimate(12.4, 3.0), "worlds of 100")
    '12 more worlds of 100 (give or take 3)'
    >>> more(IntervalEstimate(-12.4, 3.0), "worlds of 100")
    '12 fewer worlds of 100 (give or take 3)'
    >>> more(IntervalEstimate(0.4, 3.0), "worlds of 100")
    'no difference beyond luck (0, give or take 3)'
    >>> more(IntervalEstimate(100.0, float("nan")), "worlds of 100")
    '100 more worlds of 100 (how far luck goes cannot be told from one world)'
    """
    if difference.has_interval and not difference.sure:
        return f"no difference beyond luck ({number(difference.mean, digits)}, {luck(difference, digits)})"
    size = number(abs(difference.mean), digits)
    return f"{size} {words[difference.mean < 0.0]} {what} ({luck(difference, digits)})"


def luck(estimate: IntervalEstimate, digits: int) -> str:
    """How far the luck of the worlds goes.

    >>> luck(IntervalEstimate(3.0, 1.2), 0), luck(IntervalEstimate(3.0, float("nan")), 0)
    ('give or take 1', 'how far luck goes cannot be told from one world')
    """
    return f"give or take {number(estimate.about, digits)}" if estimate.has_interval else ONE_WORLD


def plus(value: float, digits: int) -> str:
    """A number with its sign.

    >>> plus(0.11, 1), plus(-0.11, 1), plus(0.0, 1)
    ('+0.1', '−0.1', '0.0')
    """
    text = number(value, digits)
    return f"+{text}" if value > 0.0 and text.strip("0.,") else text


def by(difference: IntervalEstimate, digits: int = 0) -> str:
    """A change as a signed number.

    >>> by(IntervalEstimate(-12.4, 3.0)), by(IntervalEstimate(0.6, 2.0))
    ('−12 (give or take 3)', '+1 (give or take 2, so perhaps nothing)')
    """
    doubt = ", so perhaps nothing" if difference.has_interval and not difference.sure else ""
    return f"{plus(difference.mean, digits)} ({luck(difference, digits)}{doubt})"


def between(estimate: IntervalEstimate, digits: int) -> str:
    """A number with the luck in it.

    >>> between(IntervalEstimate(54.8, 6.2), 0)
    '55 (give or take 6)'
    """
    return f"{number(estimate.mean, digits)} ({luck(estimate, digits)})"


def most(part: float, whole: float) -> str:
    """How much of a whole a part is.

    >>> most(12.0, 10.0), most(9.0, 10.0), most(6.0, 10.0), most(3.0, 10.0), most(-1.0, 10.0)
    ('more than all', 'nearly all', 'most', 'a part', 'nothing')
    """
    share = part / whole if whole else 0.0
    steps = ((1.15, "more than all"), (0.85, "nearly all"), (0.5, "most"), (0.1, "a part"))
    return next((words for least, words in steps if share >= least), "nothing")
