"""How many worlds, of which luck, on how many processes: said once, in one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sim.basics.limits import check_ensemble

Progress = Callable[[int, int], None]
"""Called with (world-months done, world-months in all)."""


@dataclass(frozen=True)
class Ensemble:
    """The worlds that a question is asked of, and how they are simulated.

    Parameters
    ----------
    worlds : int
        Number of worlds, 1 or more.
    seed : int
        Seed of their luck.
    jobs : int
        Processes; results do not depend on it. A script that asks for more than one needs
        `if __name__ == "__main__":` around what it does.
    progress : callable, optional
        Called with the world-months done and those in all.
    doing : callable, optional
        Called with what is done now, in a few words.

    Raises
    ------
    InputError
        If a number is not whole or out of bounds.

    Examples
    --------
    >>> Ensemble(worlds=500).seed
    1
    """

    worlds: int = 1000
    seed: int = 1
    jobs: int = 1
    progress: Progress | None = None
    doing: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        check_ensemble(self.worlds, self.seed, self.jobs)

    def of(self, worlds: int) -> Ensemble:
        """The same luck and the same processes, with another number of worlds."""
        return replace(self, worlds=worlds)

    def watched(self, progress: Progress | None, doing: Callable[[str], None] | None = None) -> Ensemble:
        """The same worlds, while somebody looks."""
        return replace(self, progress=progress, doing=doing)

    def says(self, what: str) -> None:
        """Tell whoever watches what is done now."""
        if self.doing is not None:
            self.doing(what)


USUAL = Ensemble()
"""What holds unless said otherwise."""
