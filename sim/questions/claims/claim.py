"""A claim and the statistics that decide it, as data; and what every claim says in the same words.

The smallest effects that matter are the same for all claims, and judgement.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.questions.claims.measures import Difference, Measure
from sim.questions.claims.readings import AGREEMENT, Reading, Variant

MORE, LESS, EITHER = 1, -1, 0
YES, PARTLY, NO = "yes", "partly", "no"
"""Whether a result is built in: cannot come out otherwise; in sign; or not."""
ABSOLUTE, LEVEL, SPREAD = "", "level", "spread"

LINE_STEP = 0.25
"""Between two lines that can be agreed on, percent of Ukraine."""
WORLDS_OF_100, TENTH, SMALL, QUARTER = 5.0, 0.1, 0.2, 0.25
"""Smallest effects that matter, all judgement: 5 of 100 worlds or months; a tenth of the level that it is a change of;
a fifth of the spread between worlds where a level means nothing (Cohen's small effect); a quarter of a change."""
ONE_MONTH, TEN_TO_ONE = 1.0, 10.0
"""A month of talks a year; odds, in decibans."""
COIN, HALFWAY = 0.5, 0.75
"""A chance that tells nothing; halfway from there to proof: beyond it a frequency tells doctrines apart."""
HALF_OF_RECORD = 0.235
"""Half of the split on the bills of aid of 2023 and 2024, in which 46 and 47 of 100 House Republicans voted aye."""


@dataclass(frozen=True)
class Statistic:
    """A statistic that decides a claim.

    Attributes
    ----------
    name : str
        In tables.
    text : str
        What is claimed of it, with its unit, as short as the screen is narrow.
    measure : Measure
        How it is measured.
    direction : int
        Whether more, less or either is claimed, `scale` and unit as in the text.
    matters : float
        Smallest effect that matters, in units of `of`: itself, the level, or the spread of what it is held against.
    scale : float
        From the measure to the unit of the text.
    null : float
        What no effect would be, in the unit of the measure.
    width : float
        Where `matters` is 0 and `null` a bound: the distance from it that the figure draws as one.
    built_in : str
        `YES`, `PARTLY` or `NO`.
    contrast : str
        The command that shows the same contrast.
    decides : bool
        Whether the verdict on the claim rests on it; if not it is printed to inform.
    """

    name: str
    text: str
    measure: Measure
    direction: int
    matters: float
    contrast: str
    of: str = ABSOLUTE
    scale: float = 1.0
    null: float = 0.0
    width: float = 0.0
    built_in: str = NO
    decides: bool = True


@dataclass(frozen=True)
class Claim:
    """A claim.

    Attributes
    ----------
    name, short, statement : str
        What is claimed.
    dials : str
        What carries it.
    refuted : str
        What would refute it.
    refuted_by : str
        Whether `ANY` of the statistics, contradicted, does, or only `ALL` of them.
    built_in : str
        What cannot come out otherwise.
    statistics : tuple of Statistic
        What decides it, and what informs.
    """

    name: str
    short: str
    statement: str
    dials: str
    refuted: str
    refuted_by: str
    built_in: str
    statistics: tuple[Statistic, ...]

    @property
    def decisive(self) -> tuple[str, ...]:
        """Names of the statistics that the verdict rests on."""
        return tuple(statistic.name for statistic in self.statistics if statistic.decides)


SIGNED = Reading("settled", "ever", scale=100.0)
AGREED = Reading("agreement", AGREEMENT, scale=100.0)
"""Worlds with a settlement or a truce."""
KEPT, WITHHELD = Variant("history", "architectural", months=37), Variant("history", months=37)
"""2025 without and with the change of doctrine."""


def outlook(us: str = "", off: tuple[str, ...] = ()) -> Variant:
    """The outlook under a doctrine, with some mechanisms off."""
    return Variant("outlook", us, off=off)


TRANSACTIONAL = outlook("transactional")


def change(reading: Reading, one: Variant, other: Variant) -> Difference:
    """What the first variant has over the second."""
    return Difference(reading, ((1.0, one), (-1.0, other)))
