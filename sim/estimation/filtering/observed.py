"""What was observed in each month, by series: numbers under the names that guides and densities ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

SERIES = ("line", "america", "europe", "talks", "law", "peace", "public", "contacts", "calls", "acts", "answers")
"""What can be observed, in the order in which evidence is counted."""
PLAIN = ("line", "america", "europe", "talks", "law", "peace")
"""Series that hang on no coding but that of talks: what filters observe if not told otherwise."""
MEMBER = "given by {}"
"""Name of what a European member gave."""
PERCENT = 100.0
INITIAL = "2022-12"
"""Month whose law is in the authority from which worlds start."""


class Observed(NamedTuple):
    """Observed numbers by name and month; what is missing was not observed.

    Attributes
    ----------
    values : mapping of str to mapping of str to float
        By name, then by month, "YYYY-MM".
    series : tuple of str
        Which of `SERIES` count.
    """

    values: Mapping[str, Mapping[str, float]]
    series: tuple[str, ...] = PLAIN

    def at(self, name: str, month: str) -> float | None:
        """What was observed, if anything."""
        return self.values.get(name, {}).get(month)

    def only(self, *series: str) -> Observed:
        """The same, of these series alone."""
        return self._replace(series=series)

    def within(self, first: str, last: str) -> Observed:
        """The same, of some months alone."""
        kept = {
            name: {month: value for month, value in months.items() if first <= month <= last}
            for name, months in self.values.items()
        }
        return self._replace(values=kept)


NOTHING = Observed({}, ())
"""Nothing at all."""


def of_record(coding: str = "formal", series: Iterable[str] = PLAIN) -> Observed:
    """The shipped record.

    Parameters
    ----------
    coding : str
        Which of both codings of events counts: "formal" or "upkeep".
    series : iterable of str
        Which of `SERIES` count.
    """
    values = {**_money(), **_conduct(coding), **_rest()}
    return Observed(values, tuple(series))


def _money() -> dict[str, dict[str, float]]:
    """America's allocations, and those of every European member, without the loan, EUR bn."""
    from sim import record
    from sim.record import europe
    from sim.record.monthly import TYPES

    found = {MEMBER.format(member): _by_month(months) for member, months in europe.by_member(*TYPES).items()}
    return {"america": _by_month(record.series()["us_allocation_without_loan"].to_series()), **found}


def _conduct(coding: str) -> dict[str, dict[str, float]]:
    """What was done, of the table `conduct_monthly`; `kept up` is known under the coding that counts upkeep alone."""
    from sim import record

    table = record.table("conduct_monthly")
    wide = {name: rows.set_index("month")[coding] for name, rows in table.groupby("observable")}
    acts, first = wide["sanctions"], wide["first_contact"]
    found = {
        "talks": wide["talks"],
        "met": wide["met"],
        "moscow first": first[first != 0] > 0,
        "tightened": acts > 0,
        "ukraine refused": wide["ukraine_refused"],
        "russia refused": wide["russia_refused"],
        "quiet": wide["settled"],
        **({"kept up": acts >= 0} if coding == "upkeep" else {"eased": acts < 0}),
    }
    return {name: _by_month(months) for name, months in found.items()}


def _rest() -> dict[str, dict[str, float]]:
    """The line, laws that granted aid, and what Ukrainians said of concessions."""
    from sim import record
    from sim.record import concessions

    line = _by_month(record.series()["russian_held_share"].to_series())
    enacted = {day.strftime("%Y-%m") for day in record.appropriations()["enacted"]}
    opposed = {f"{month:%Y-%m}": float(percent) / PERCENT for month, percent in concessions.opposed().items()}
    law = {month: float(month in enacted) for month in line if month > INITIAL}
    return {"line": line, "law": law, "opposed": opposed}


def _by_month(months: object) -> dict[str, float]:
    """A monthly series of pandas, without what is missing."""
    return {f"{day:%Y-%m}": float(value) for day, value in months.items() if not np.isnan(value)}  # type: ignore[attr-defined]
