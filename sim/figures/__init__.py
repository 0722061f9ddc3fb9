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
    from sim.figures.record import Observed

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
    "beliefs": "minds",
}
FIGURES = tuple(_HOMES)
"""Names of the figures, in the order in which a report shows them."""


def __getattr__(name: str) -> Any:
    """Import a figure, and matplotlib with it, when it is first asked for."""
    if name == "save":
        return import_module("sim.figures.saving").save
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.figures' has no figure {name!r}; there are {', '.join(FIGURES)}")
    return getattr(import_module(f"sim.figures.{_HOMES[name]}"), name)


def ready() -> None:
    """Import everything that draws, which takes as long as it takes to draw a figure."""
    for name in ("save", *FIGURES):
        __getattr__(name)


def __dir__() -> list[str]:
    return [*FIGURES, "FIGURES", "observed", "ready", "save"]


def observed(folder: Path | None = None, release: int | None = None) -> Observed:
    """The record for the figures to draw in, with the user's own months; see `sim.record.own.beside.observed`."""
    from sim.figures.record import load

    return load(folder, release)
