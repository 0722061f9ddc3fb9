"""Kyiv's public, and talks without Washington: numbers of two stages that the record speaks to by way of a command."""

from __future__ import annotations

from sim.scenario.doctrine import Table
from sim.scenario.quantities import (
    LogOdds,
    LogOddsAdded,
    Months,
    PositiveShare,
    Share,
    Spread,
    estimated,
    judgement,
    record,
)

SURVEYS, EVENTS = "python -m sim.estimation.public", "python -m sim.estimation.contacts"


class PublicParameters(Table):
    """The share of Ukrainians against any concession of land."""

    opposed_lasting: LogOdds = estimated(0.0, "log-odds", SURVEYS)
    """Log-odds of being opposed to which a long war draws the public."""
    opposed_war: LogOddsAdded = estimated(1.8, "log-odds a year", SURVEYS)
    """Log-odds by which it is drawn higher for each year that the war has yet to last until it is a long one."""
    opposed_months: Months = estimated(24.0, "months", SURVEYS)
    """Months after which a war is a long one: opposition falls no further."""
    opposed_speed: Share = estimated(0.14, "share", SURVEYS)
    """Share of the way to where it is drawn that the public moves in a month."""
    opposed_noise: Spread = estimated(0.018, "share", SURVEYS)
    """Sd of what else moves it in a month, share of the public."""
    opposed_reference: PositiveShare = record(0.53, "share", "surveys of 2025")
    """Share opposed at which `audience_ukraine` holds as it stands."""


class ContactParameters(Table):
    """Kyiv and Moscow meet without Washington at the table."""

    direct_base: LogOdds = estimated(-4.9, "log-odds", EVENTS)
    """Log-odds of a meeting in a month that nothing speaks for."""
    direct_momentum: LogOddsAdded = estimated(4.0, "log-odds", EVENTS)
    """Log-odds that a meeting last month adds: contacts come in clusters."""
    direct_answer: LogOddsAdded = estimated(2.0, "log-odds", EVENTS)
    """Log-odds that Washington's talks of the same month add."""
    direct_ripeness: LogOddsAdded = judgement(1.0, "log-odds", "a guess: the record of meetings leaves it where it was")
    """Log-odds that a fully hurting stalemate adds."""
    direct_truce: LogOddsAdded = judgement(1.0, "log-odds", "a truce needs somebody to talk to")
    """Log-odds that a truce in force adds."""
    direct_tabled: Share = record(0.40, "chance", "two of the five months with meetings")
    """Chance that one of the two tables terms when they meet."""
