"""How likely each side's yes was to whoever proposed, and why a refused package seemed worth tabling again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sim.basics.actors import NAMES
from sim.basics.arrays import real
from sim.basics.labels import HUNDRED, counted
from sim.basics.normal import ndtr
from sim.basics.terms import percent, signed, value
from sim.world.proposal import threshold

if TYPE_CHECKING:
    from sim.model import Negotiation

HARDSHIP = "its hardship beyond what is believed"
"""Term of a gain that changes with what is believed, and takes from the cost of war what that adds."""
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


class Answer(NamedTuple):
    """A side before a package: what was known of it, the terms of its gain, and what it said.

    Attributes
    ----------
    known : Expected
    terms : dict of str to float
        What the package gives it over refusing, by what that consists of, its true hardship counted.
    refuses : bool
        Whether it refused.
    """

    known: Expected
    terms: dict[str, float]
    refuses: bool


def expected(model: Negotiation, side: str) -> Expected:
    """What whoever proposed this month knew of a side."""
    known = model.mediator.reasons[f"what {side} would take"]
    return Expected(**{name: value(known[name]) for name in Expected._fields})


def since(side: str, before: Answer, now: Answer) -> str:
    """Tell how likely a side's yes to the same package is since it was last tabled, and what moved that.

    Three parts that sum to the change: what its answer betrayed, what the package gives it, what it holds out for. Of
    the second the term that moved most is named.

    >>> was = Expected(gain=0.1, rise=0.2, ask=0.1, ask_rise=0.1, unit=0.2, public=0.0, believed=0.0, spread=1.0)
    >>> moved = was._replace(gain=0.02, public=-0.5, believed=-0.5, ask=0.05)
    >>> since("russia", Answer(was, {"the line": 0.2}, True), Answer(moved, {"the line": 0.22}, True))
    "Moscow's yes is put at 38 %: 50 % when last tabled, 19 points less by what its answer betrayed, 8 points more by \
what the package gives it (most of all the line +0.02)."
    """
    then, today = before.known.read_at(now.known.public), now.known
    learned = today._replace(gain=then.gain, rise=then.rise, ask=then.ask, ask_rise=then.ask_rise)
    given = today._replace(ask=then.ask, ask_rise=then.ask_rise)
    chances = [known.chance for known in (then, learned, given, today)]
    causes = (
        "what its answer betrayed",
        f"what the package gives it{_moved_most(before.terms, now.terms, chances[2] - chances[1])}",
        "what it holds out for",
    )
    parts = [
        f"{counted(f'{HUNDRED * abs(after - first):.0f}', 'points')} {'more' if after > first else 'less'} by {why}"
        for first, after, why in zip(chances[:-1], chances[1:], causes, strict=True)
        if abs(after - first) >= UNSAID
    ]
    told = ", ".join([f"{percent(then.chance)} when last tabled", *parts])
    return f"{NAMES[side].capital}'s yes is put at {percent(today.chance)}: {told}."


def _moved_most(before: Mapping[str, float], now: Mapping[str, float], way: float) -> str:
    """The term of a gain that moved most in the way that its chance moved; its hardship is told apart."""
    moved = {reason: now.get(reason, 0.0) - before.get(reason, 0.0) for reason in {**before, **now}}
    moved["the cost of war"] = moved.get("the cost of war", 0.0) + moved.pop(HARDSHIP, 0.0)
    reason = max(moved, key=lambda term: moved[term] * way)
    return f" (most of all {reason} {signed(moved[reason])})" if moved[reason] * way > 0.0 else ""
