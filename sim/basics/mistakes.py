"""Mistakes in what a user wrote: where each is, what was found, what is allowed; reported all at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from sim.basics.plain_text import visible

KeyPath = tuple[str | int, ...]
"""Where a value is in a file: keys, and positions in lists counted from 0."""

LONGEST_SHOWN = 60
MOST_SHOWN = 50
"""Mistakes that a report tells one by one."""
NEAR = 0.75
"""Likeness from which a name is offered for a misspelt word; 1 is equal."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the key, what is wrong in plain words, and the file and line that set the value.

    The words may be made only when they are read: of thousands of mistakes most are never shown.
    """

    path: KeyPath
    words: str | Callable[[], str]
    file: str = ""
    line: int | None = None

    @property
    def text(self) -> str:
        """What is wrong."""
        return self.words if isinstance(self.words, str) else self.words()

    def place(self, main: str) -> str:
        """Where to look: `line 4`, or `history.toml line 4` in a file other than the one that was opened."""
        file = self.file if self.file != main else ""
        line = f"line {self.line}" if self.line else ""
        return f"{file} {line}".strip()

    def __str__(self) -> str:
        return f"{key(self.path)}: {self.text}" if self.path else self.text


class MistakesError(ValueError):
    """Everything that is wrong with what a user wrote, as one report.

    Attributes
    ----------
    source
        The file that was opened, as the user named it, or the scenario that was to be changed.
    mistakes
        The first of them, in the order of the file.
    more
        How many others there are.
    """

    def __init__(self, source: str, mistakes: Iterable[Mistake], more: int = 0) -> None:
        self.source = source
        first = sorted(mistakes, key=self._order)
        self.mistakes = tuple(replace(mistake, words=mistake.text) for mistake in first[:MOST_SHOWN])
        self.more = more + len(first[MOST_SHOWN:])
        super().__init__(self.source, self.mistakes, self.more)

    def _order(self, mistake: Mistake) -> tuple[bool, str, float]:
        """Those of the file itself first, by line; what has no line comes last."""
        return mistake.file not in ("", self.source), mistake.file, mistake.line or math.inf

    def __str__(self) -> str:
        places = [mistake.place(self.source) for mistake in self.mistakes]
        width = max(map(len, places), default=0)
        margin = width + len("   ") if width else 0
        lines = [f"  {place:<{margin}}{mistake}" for place, mistake in zip(places, self.mistakes, strict=True)]
        if self.more:
            lines.append(f"  ... and {self.more:,} more")
        return visible("\n".join([f"{self.source}: {count(len(self.mistakes) + self.more, 'mistake')}", *lines]))


class ScenarioError(MistakesError):
    """Everything that is wrong with a scenario."""


def count(number: int, noun: str) -> str:
    """`1 mistake`, `2,000 mistakes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def key(path: KeyPath) -> str:
    """The key as a reader names it; positions in lists count from 1.

    >>> key(("us", "doctrine", 0, "clarity"))
    'us.doctrine[1].clarity'
    """
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{clipped(part)}" for part in path]
    return "".join(parts).removeprefix(".")


def shown(value: Any) -> str:
    """A value as it may stand in a message: in the file's own spelling, and short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**LONGEST_SHOWN:
        return f"a number of about {math.ceil(abs(value).bit_length() * math.log10(2))} digits"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, date | datetime | time):
        return f"the date {value}" if not isinstance(value, time) else f"the time {value}"
    return clipped(repr(value))


def clipped(text: str) -> str:
    """The text without what cannot be printed, and short."""
    text = text if text.isprintable() else repr(text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def nearest(word: Any, names: Iterable[str]) -> str | None:
    """The name that a misspelt word most likely means, if any is near."""
    if not isinstance(word, str) or len(word) > LONGEST_SHOWN:
        return None
    plain = {_plain(name): name for name in names}
    close = get_close_matches(_plain(word), plain, n=1, cutoff=NEAR)
    return plain[close[0]] if close else None


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(" ", "_")


def unknown(what: str, word: Any, names: Iterable[str]) -> str:
    """Say that `word` is no known `what`, with the nearest name and all of them, unless that is the only one.

    >>> unknown("dial", "cafe", ["care"]), unknown("dial", "?", ["care"]), unknown("dial", "cafe", ["care", "zeal"])
    ("unknown dial 'cafe'; did you mean 'care'?", "unknown dial '?' (must be care)", \
"unknown dial 'cafe'; did you mean 'care'? (one of care, zeal)")
    """
    names = list(names)
    near = nearest(word, names)
    guess = f"; did you mean '{near}'?" if near else ""
    match names:
        case [_] if near:
            known = ""
        case [only]:
            known = f" (must be {only})"
        case _:
            known = f" (one of {', '.join(names)})"
    return f"unknown {what} {shown(word)}{guess}{known}"
