"""What a chapter of the app is made of: one knob, a scale to predict on, and an answer that is computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.labels import number
from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.basics.typed_numbers import stepped
from sim.teaching.lessons.estimates import IntervalEstimate
from sim.teaching.lessons.scoring import Predictand

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Scenario

TOLERANCE = 1e-9


Findings = dict[str, IntervalEstimate]
"""What is read off the worlds of a chapter, by name. "truth" is what was to be predicted, "base" the same with the knob
where it was, "difference" the one less the other, taken world by world."""


class Knob(NamedTuple):
    """The one thing that a chapter turns.

    Attributes
    ----------
    name : str
        Its name in a message.
    label, help : str
        What it is, in words.
    low, high, step : float
        The settings it has.
    default, base : float
        Where it is first offered, and the setting that is compared with.
    ends : pair of str
        What the lowest and the highest setting mean.
    unit : str
        Of the setting.
    choices : tuple of str
        Names of the settings `low`, `low + 1`, ... where they are no numbers.
    standing : str
        Name of the setting that is compared with.
    """

    name: str
    label: str
    help: str
    low: float
    high: float
    step: float
    default: float
    base: float
    ends: tuple[str, str] = ("", "")
    unit: str = ""
    choices: tuple[str, ...] = ()
    standing: str = ""

    @property
    def settings(self) -> list[float]:
        """Every setting."""
        count = round((self.high - self.low) / self.step) + 1
        return [stepped(self.low + place * self.step, self.step, self.low) for place in range(count)]

    def checked(self, value: Any) -> float:
        """The setting that is meant.

        Raises
        ------
        InputError
            If the knob has no such setting.
        """
        if isinstance(value, int | float) and math.isfinite(value):
            for setting in self.settings:
                if abs(setting - value) < TOLERANCE:
                    return setting
        raise InputError(
            f"{self.name}: must be from {self.low:g} to {self.high:g} in steps of {self.step:g}, got {shown(value)}"
        )

    def said(self, value: float) -> str:
        """A setting as a reader sees it."""
        if self.choices:
            return self.standing if value == self.base else self.choices[round(value - self.low)]
        return f"{value:g}{self.unit}"


class Scale(NamedTuple):
    """What is to be predicted: its name, its unit, the ends and the steps of the scale, decimals that are shown."""

    what: str
    unit: str
    low: float
    high: float
    step: float
    digits: int = 0

    def checked(self, prediction: Any) -> float:
        """The prediction, if it is one.

        Raises
        ------
        InputError
            If it is no number on the scale.
        """
        good = isinstance(prediction, int | float) and not isinstance(prediction, bool)
        if not good or not self.low <= prediction <= self.high:
            ends = f"{number(self.low, 0)} to {number(self.high, 0)}"
            got = f"{prediction:g}" if good else shown(prediction)
            raise InputError(f"prediction: must be a number from {ends} ({self.unit}), got {got}")
        return float(prediction)

    def predictand(self, truth: float, base: float, about: float) -> Predictand:
        """What was to be predicted on this scale, what was told before, and the luck in their difference."""
        return Predictand(truth, base, about, self.low, self.high, self.digits)


class FindingRow(NamedTuple):
    """One of the numbers behind a finding."""

    label: str
    estimate: IntervalEstimate
    unit: str
    digits: int = 0


class Told(NamedTuple):
    """A finding in words made from its numbers: what is found, why, and the numbers behind it."""

    found: str
    why: tuple[str, ...]
    rows: tuple[FindingRow, ...]


class Place(NamedTuple):
    """Where in Explore a chapter goes on.

    Attributes
    ----------
    scenario, actor : str
        A shipped scenario, and who is compared there.
    doctrines : tuple of str
        The two, written `preset:dial=value`.
    since : str, optional
        First month of both; the actor's last change in the scenario if None.
    us : str
        Washington's doctrine where another actor is compared; the scenario's own if empty.
    note : str
        How what is seen there differs from the chapter.
    """

    scenario: str
    actor: str
    doctrines: tuple[str, str]
    since: str | None = None
    us: str = ""
    note: str = ""


class Chapter(NamedTuple):
    """One of the eight.

    Attributes
    ----------
    number : int
        Of the lesson.
    knob, scale
        What is turned, and what is predicted.
    worlds : int
        How many worlds are simulated.
    scenarios : callable
        The scenarios by label that a setting needs: "base", "turned", and those that show the mechanism.
    read : callable
        What is read off their worlds: (results, setting, worlds, seed) to `Findings`.
    tell : callable
        The findings in words: (setting, findings) to `Told`.
    given : callable
        What the reader is told before predicting, from the findings at the default setting.
    place : callable
        Where in Explore it goes on, by setting.
    next : tuple of str
        What to try next.
    """

    number: int
    knob: Knob
    scale: Scale
    worlds: int
    scenarios: Callable[[float], Mapping[str, Scenario]]
    read: Callable[[xr.Dataset, float, int, int], Findings]
    tell: Callable[[float, Findings], Told]
    given: Callable[[Findings], str]
    place: Callable[[float], Place]
    next: tuple[str, ...]


class ChapterAnswer(NamedTuple):
    """What a chapter finds at a setting of its knob; it can be sent between processes.

    Attributes
    ----------
    chapter : int
        Number of the lesson.
    value : float
        The setting.
    worlds, seed : int
        Of the worlds that were simulated.
    findings : dict of str to IntervalEstimate
        Everything that was read off them.
    told : Told
        The same in words.
    given : str
        What a reader may know before predicting, at the setting that is offered first.
    """

    chapter: int
    value: float
    worlds: int
    seed: int
    findings: Findings
    told: Told
    given: str

    @property
    def truth(self) -> IntervalEstimate:
        """What was to be predicted."""
        return self.findings["truth"]

    @property
    def base(self) -> IntervalEstimate:
        """The same with the knob where it was."""
        return self.findings["base"]
