"""Options that commands share: which worlds, where results go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter


def _whole(_: Any, tokens: Sequence[Any]) -> int:
    """A whole number, to the letter: 1.5 is none."""
    text = tokens[0].value
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"must be a whole number, got {text!r}") from None


Whole = Annotated[int, Parameter(converter=_whole)]
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

    jobs: Whole = 1
    """Processes; more than one pays from about 10,000 worlds."""


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


# What holds unless said otherwise: made once, since a signature is read once.
USUAL_LUCK, USUAL_ANSWERING, USUAL_OUTPUT, USUAL_ENSEMBLE_OUTPUT = Luck(), Answering(), Output(), EnsembleOutput()
