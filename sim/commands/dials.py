"""What the questions about dials share: how their options are written down, and the command that asks them again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.study import Study
    from sim.terminal.options import Luck


def typed(source: str) -> str:
    """A scenario as it was given, without the folders of this machine."""
    path = Path(source)
    return path.name if path.is_absolute() or ".." in path.parts else source


def options(luck: Luck, **given: str | Iterable[str] | bool | None) -> list[str]:
    """The options that were given, as words of a command.

    >>> from sim.terminal.options import Luck
    >>> options(Luck(worlds=50), since="2026-01", outcome=["land", "settled"], groups=True, actor=None)
    ['--since', '2026-01', '--outcome', 'land', 'settled', '--groups', '--worlds', '50', '--seed', '1']
    """
    words: list[str] = []
    for name, value in given.items():
        if value is None or value is False:
            continue
        values = [] if value is True else [value] if isinstance(value, str) else list(value)
        words += [f"--{name}", *values]
    return [*words, "--worlds", str(luck.worlds), "--seed", str(luck.seed)]


def opening(study: Study, scenarios: int) -> str:
    """The line above a summary: the scenario, and how much was simulated."""
    worlds = f"{study.worlds:,} world{'s' if study.worlds > 1 else ''}"
    return f"{study.base.title}: {scenarios:,} scenarios in the same {worlds}, seed {study.seed}"
