"""Options that commands share: which worlds, where results go."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from sim.basics.mistakes import shown
from sim.basics.typed_numbers import number, whole
from sim.record.own.choice import RecordChoice


def _whole(_: Any, tokens: Sequence[Any]) -> int:
    """A whole number, to the letter: 1.5 is none, nor is 1_000."""
    text = tokens[0].value
    value = whole(text)
    if value is None:
        raise ValueError(f"must be a whole number, got {shown(text)}")
    return value


def _number(_: Any, tokens: Sequence[Any]) -> float:
    """A number, to the letter: nan and inf are none."""
    text = tokens[0].value
    value = number(text)
    if value is None or not math.isfinite(value):
        raise ValueError(f"must be a number, got {shown(text)}")
    return value


Whole = Annotated[int, Parameter(converter=_whole)]
Real = Annotated[float, Parameter(converter=_number)]
Names = Annotated[list[str] | None, Parameter(consume_multiple=True, negative="")]
"""Some names, one after the other."""
Flag = Annotated[bool, Parameter(negative="", show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Luck:
    """Which worlds."""

    worlds: Whole = 1000
    """Number of worlds."""
    seed: Whole = 1
    """Seed of their luck."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Answering:
    """Where an answer goes, and what is said of it."""

    out: Path | None = None
    """The folder of results itself; results/NAME if not given."""
    force: Flag = False
    """Replace a folder of results that is there already."""
    quiet: Flag = False
    """No progress and no summary."""
    json: Flag = False
    """Print one JSON object instead of the summary."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Output(Answering):
    """Where results go, what is said of them, and how many work on them."""

    jobs: Whole | None = None
    """Processes; by default two where there are cores for them and they pay: for figures and 10,000 worlds of a run."""

    def processes(self, worlds: int = 0) -> int:
        """Processes that simulate so many worlds of a run."""
        if self.jobs is not None:
            return self.jobs
        return min(cores(), USUAL) if worlds > PAYS_FROM else 1

    @property
    def drawers(self) -> int:
        """Processes that draw beside this one."""
        return (min(cores(), USUAL) if self.jobs is None else self.jobs) - 1


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class EnsembleOutput(Output):
    """Where results go, what is said and what is kept of them."""

    cluster: str | None = None
    """Address of a dask scheduler that shall do the work, such as tcp://127.0.0.1:8786."""
    resume: Flag = False
    """Finish a run that was interrupted, to the same results."""
    paths: bool | None = None
    """Keep every monthly path of every world; by default up to 10,000 worlds."""
    record: Path | None = None
    """Folder of months of your own to draw beside the record (see: doctrine record)."""
    release: Whole | None = None
    """Release of the Ukraine Support Tracker that the observed aid is drawn from, 28 or 29; the newest if not given."""

    @property
    def beside(self) -> RecordChoice:
        """The record that is drawn beside the worlds."""
        return RecordChoice(self.record, self.release)


USUAL, PAYS_FROM = 2, 10_000
"""Processes that nobody minds, and worlds above which a second one pays."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Company:
    """Who joins."""

    guest: Annotated[list[str] | None, Parameter(negative="")] = None
    """An actor that another package offers (see: doctrine list guests), written name or name:dial=value,dial=value; and
    again for more."""


NO_COMPANY = {
    "claims": "what would decide a claim was set down for the model that ships; each claim names the contrast behind "
    "it, a doctrine compare, which takes guests",
    "calibrate": "the fit to the record is of the model that ships: nobody has said what a guest's dials may be",
    "backtest": "what is scored are forecasts of the model that ships, which was fitted without guests",
    "app": "it shows what ships, to people who installed nothing; doctrine page --light makes a page with guests",
}
"""Commands that simulate and take no guests, and why."""


# What holds unless said otherwise: made once, since a signature is read once.
USUAL_LUCK, USUAL_ANSWERING, USUAL_OUTPUT, USUAL_ENSEMBLE_OUTPUT = Luck(), Answering(), Output(), EnsembleOutput()
USUAL_COMPANY = Company()
