"""Which record is drawn and held against the model: whose own months lie over it, and which release its aid is of."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class RecordChoice(NamedTuple):
    """Which record a command takes; by default that of the usual folder, and of the newest release.

    Attributes
    ----------
    folder : Path, optional
        Where the user's own months are; as `sim.record.own.additions.own_folder` if not given.
    release : int, optional
        Release of the Ukraine Support Tracker that aid is taken from; the newest if not given.
    """

    folder: Path | None = None
    release: int | None = None

    @property
    def options(self) -> dict[str, str | int | None]:
        """As options of a command, for the one that asks again."""
        return {"record": None if self.folder is None else self.folder.as_posix(), "release": self.release}


USUAL_RECORD = RecordChoice()
