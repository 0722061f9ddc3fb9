"""One function a figure: a Dataset in, a matplotlib Figure out; no statistics in here.

Every figure takes `(dataset, record=None, since=None)`: an ensemble of one or more doctrines; the record to draw in, as
`observed()` reads it; and the month of a change of doctrine, found from the data if the doctrines differ in it.

Examples
--------
>>> from sim import figures
>>> figures.FIGURES[0]
'overview'
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.figures.differences import paired_differences
    from sim.figures.members import europe_members
    from sim.figures.minds import beliefs
    from sim.figures.packages import settlement_terms
    from sim.figures.record import Observed
    from sim.figures.rollcalls import votes
    from sim.figures.sanctioning import sanctions
    from sim.figures.saving import save
    from sim.figures.series import aid_flows, europe_share, front
    from sim.figures.settling import settlement_incidence
    from sim.figures.summary import overview
    from sim.figures.taken_for import reading

__all__ = [
    "FIGURES",
    "aid_flows",
    "beliefs",
    "europe_members",
    "europe_share",
    "front",
    "observed",
    "overview",
    "paired_differences",
    "reading",
    "ready",
    "sanctions",
    "save",
    "settlement_incidence",
    "settlement_terms",
    "votes",
]

# No module here may be called like a function: importing it would hide the function behind the module.
_HOMES = {
    "overview": "summary",
    "paired_differences": "differences",
    "aid_flows": "series",
    "europe_share": "series",
    "europe_members": "members",
    "front": "series",
    "settlement_incidence": "settling",
    "settlement_terms": "packages",
    "votes": "rollcalls",
    "sanctions": "sanctioning",
    "beliefs": "minds",
    "reading": "taken_for",
}
FIGURES = tuple(_HOMES)
"""Names of the figures, in the order in which a report shows them."""


if not TYPE_CHECKING:  # a type checker that sees it takes every name, misspelt ones too, for Any

    def __getattr__(name: str) -> Any:
        """Import a figure, and matplotlib with it, when it is first asked for."""
        if name == "save":
            return import_module("sim.figures.saving").save
        if name not in _HOMES:
            raise AttributeError(f"module 'sim.figures' has no figure {name!r}; there are {', '.join(FIGURES)}")
        return getattr(import_module(f"sim.figures.{_HOMES[name]}"), name)


def ready() -> None:
    """Import everything that draws, which takes as long as it takes to draw a figure."""
    for module in ("saving", *_HOMES.values()):
        import_module(f"sim.figures.{module}")


def __dir__() -> list[str]:
    return __all__


def observed(folder: Path | None = None, release: int | None = None) -> Observed:
    """The record for the figures to draw in, with the user's own months; see `sim.record.own.beside.observed`."""
    from sim.figures.record import load

    return load(folder, release)
