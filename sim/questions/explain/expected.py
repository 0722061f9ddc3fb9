"""How likely each side's yes was to whoever proposed, and why a refused package seemed worth tabling again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.basics.actors import NAMES
from sim.basics.arrays import real
from sim.basics.labels import HUNDRED
from sim.basics.normal import ndtr
from sim.basics.terms import percent, value
from sim.world.proposal import threshold

if TYPE_CHECKING:
    from sim.model import Negotiation

UNSAID = 0.005
"""Change of a chance that rounds to nothing."""


class Expected(NamedTuple):
    """What was known of a side before it answered; hardship in standard deviations of what war may cost it.

    Attributes
    ----------
    gain, ask : float
        What the package gives it over refusing, and what it holds out for, at the public mean of its hardship.
    rise, ask_rise : float
        What a unit of hardship adds to each.
    unit : float
        What a unit of hardship adds to its cost of war.
    public : float
        The public mean of its hardship.
    believed, spread : float
        Mean and sd of its hardship, mood included, as whoever proposes believes them.
    """

    gain: float
    ask: float
    rise: float
    ask_rise: float
    unit: float
    public: float
    believed: float
    spread: float

    @property
    def least(self) -> float:
        """Hardship from which on it says yes."""
        return value(threshold(*(real(number) for number in self[:6])))

    @property
    def chance(self) -> float:
        """The chance of its yes."""
        return float(ndtr((self.believed - self.least) / self.spread))

    def read_at(self, public: float) -> Expected:
        """The same lines of gain and of what it holds out for, read at another hardship."""
        beyond = public - self.public
        gain, ask = self.gain + self.rise * beyond, self.ask + self.ask_rise * beyond
        return self._replace(gain=gain, ask=ask, public=public)


def expected(model: Negotiation, side: str) -> Expected:
    """What whoever proposed this month knew of a side."""
    known = model.mediator.reasons[f"what {side} would take"]
    return Expected(**{name: value(known[name]) for name in Expected._fields})


def since(side: str, before: Expected, now: Expected) -> str:
    """Tell how likely a side's yes to the same package is since it refused, and what moved that.

    Three parts that sum to the change: what its answer betrayed, what the package gives it, what it holds out for.

    >>> was = Expected(gain=0.1, rise=0.2, ask=0.1, ask_rise=0.1, unit=0.2, public=0.0, believed=0.0, spread=1.0)
    >>> since("russia", was, was._replace(gain=0.0, public=-0.5, believed=-0.5, ask=0.05))
    "Moscow's yes is put at 31 %: 50 % when last tabled, 19 points less by what its answer betrayed."
    """
    before = before.read_at(now.public)
    learned = now._replace(gain=before.gain, rise=before.rise, ask=before.ask, ask_rise=before.ask_rise)
    given = now._replace(ask=before.ask, ask_rise=before.ask_rise)
    chances = [known.chance for known in (before, learned, given, now)]
    causes = ("what its answer betrayed", "what the package gives it now", "what it holds out for now")
    parts = [
        f"{HUNDRED * abs(after - first):.0f} points {'more' if after > first else 'less'} by {why}"
        for first, after, why in zip(chances[:-1], chances[1:], causes, strict=True)
        if abs(after - first) >= UNSAID
    ]
    told = ", ".join([f"{percent(before.chance)} when last tabled", *parts])
    return f"{NAMES[side].capital}'s yes is put at {percent(now.chance)}: {told}."
