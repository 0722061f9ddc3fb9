"""What other wars say: hazards of truces and settlements, durations, alliances, treaties, and the priors that follow.

Rules of coding and sources stand in `tables/SOURCES.md`; `docs/make_base_rates.py` computes again what is computed.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sim.record import columns

SUBJECTS = ("settlement", "truce", "guarantee", "vagueness", "duration", "talks", "treaty", "leaders", "crisis")
"""What rates are about, in the order of the table."""
OUTCOMES = ("settled", "talks")
"""What rates speak to that no parameter sets: whether a war is settled, whether there are talks."""


class BaseRate(NamedTuple):
    """A number that other cases give.

    Attributes
    ----------
    rate, subject : str
        Its name, and one of `SUBJECTS`.
    value, low, high : float, float or None
        The number and its interval, of 90 % unless `how` says otherwise; None where none is known.
    unit : str
        "chance a month", "share", "months", "ratio" or "log-hazard".
    counts, years : str
        The cases and what happened to them; the years that they are from, "" where the source does not say.
    n, events, months : int or None
        Cases, those of them to which it happened, and months under observation.
    basis : str
        "computed" from published data, or "published" as a number.
    how, source, beware : str
        How it was measured, where it was had, and what it does not say.
    speaks_to : tuple of str
        Parameters of the model, of `priors()`, or `OUTCOMES`.
    """

    rate: str
    subject: str
    value: float
    low: float | None
    high: float | None
    unit: str
    counts: str
    years: str
    n: int | None
    events: int | None
    months: int | None
    basis: Literal["computed", "published"]
    how: str
    source: str
    beware: str
    speaks_to: tuple[str, ...]


class RatePrior(NamedTuple):
    """What rates leave of a parameter: a prior that is flat, or flat in the logarithm, from `low` to `high`.

    The parameter need not exist yet: a truce that is no settlement, for one, has rates before it has equations.
    """

    parameter: str
    scale: Literal["flat", "log"]
    low: float
    high: float
    rates: tuple[str, ...]
    reason: str

    def holds(self, value: float) -> bool:
        """Whether a value lies between the ends.

        >>> priors()["peace.hazard"].holds(0.03)
        False
        """
        return self.low <= value <= self.high


def rates() -> dict[str, BaseRate]:
    """Every rate by name, in the order of the table.

    >>> rates()["truce_over_settlement"].unit
    'ratio'
    """
    return {row["rate"]: _rate(row) for row in _rows("base_rates")}


def priors() -> dict[str, RatePrior]:
    """The prior that follows for each parameter to which rates speak, by parameter."""
    return {row["parameter"]: _prior(row) for row in _rows("base_rate_priors")}


def _rows(table: str) -> list[dict[str, str]]:
    read = columns(table)
    return [dict(zip(read, cells, strict=True)) for cells in zip(*read.values(), strict=True)]


def _rate(row: dict[str, str]) -> BaseRate:
    read = {name: float(row[name]) if row[name] else None for name in ("value", "low", "high")}
    counted = {name: int(row[name]) if row[name] else None for name in ("n", "events", "months")}
    return BaseRate(**{**row, **read, **counted, "speaks_to": tuple(row["speaks_to"].split())})  # type: ignore[arg-type]


def _prior(row: dict[str, str]) -> RatePrior:
    ends = {end: float(row[end]) for end in ("low", "high")}
    return RatePrior(**{**row, **ends, "rates": tuple(row["rates"].split())})  # type: ignore[arg-type]
