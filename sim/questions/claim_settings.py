"""The settings that the claims compare: which shipped scenario, under which doctrines, with what switched off."""

from __future__ import annotations

from dataclasses import dataclass

from sim.scenario import Crisis, Scenario, load
from sim.study import parsed

SIZE = 2.0
"""Of a crisis in the Indo-Pacific that a setting adds; 1 is the size that chance brings."""
PLAIN_EUROPE = {"europe": {"pressed": 0.0, "posture_weight": 0.0}}
"""Europe that minds neither open pressure nor a thinner posture."""
FEARLESS = ("hedging", "alarm")
"""Mechanisms without which Europe does not fear to be left alone."""


@dataclass(frozen=True)
class Setting:
    """A shipped scenario with what a claim changes in it.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    us : str
        Washington's doctrine from its last change on, as in `sim.study.parsed`; the scenario's own if empty.
    congress : str
        The session that sits from the first month on; the scenario's own if empty.
    off : tuple of str
        Mechanisms that are switched off.
    months : int
        Horizon; the scenario's own if 0.
    crisis : str
        Month of a crisis in the Indo-Pacific, "YYYY-MM"; none if empty.
    plain_europe : bool
        Whether Europe minds neither pressure nor posture (`PLAIN_EUROPE`).
    """

    scenario: str
    us: str = ""
    congress: str = ""
    off: tuple[str, ...] = ()
    months: int = 0
    crisis: str = ""
    plain_europe: bool = False

    def built(self) -> Scenario:
        """The scenario, with the parameters as it ships with them."""
        found = load(self.scenario)
        if self.months:
            found = found.with_horizon(self.months)
        if self.us:
            found = found.with_doctrine("us", parsed(self.us))
        if self.congress:
            found = found.with_doctrine("congress", self.congress, since=found.start)
        if self.off:
            found = found.with_mechanisms(**dict.fromkeys(self.off, False))
        if self.plain_europe:
            found = found.with_parameters(PLAIN_EUROPE)
        return _with_crisis(found, self.crisis) if self.crisis else found


def _with_crisis(scenario: Scenario, month: str) -> Scenario:
    crisis = Crisis(month=month, kind="crisis", theatre="indo_pacific", size=SIZE)
    events = tuple(sorted([*scenario.events, crisis], key=lambda event: event.month))
    return Scenario.model_validate({**dict(scenario), "events": events})
