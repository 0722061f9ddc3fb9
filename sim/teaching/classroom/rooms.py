"""All rooms of a server: opened, found by code, resumed from their journals after a restart, removed when old."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sim.basics.folders import NO_SPACE, FolderError, locked
from sim.basics.limits import InputError
from sim.basics.mistakes import ScenarioError, clipped, count
from sim.store.provenance import version
from sim.teaching.classroom.bounds import DAY, MOST_ROOMS, ROOM_DAYS, SPARED, UNJOINED_DAYS
from sim.teaching.classroom.identity import new_code, typed
from sim.teaching.classroom.journal import Journal
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.settings import Settings

if TYPE_CHECKING:
    from sim.scenario import Scenario

ENDING, DAMAGED = ".jsonl", ".damaged"


class Rooms:
    """The rooms in a folder, which belongs to one server at a time.

    Parameters
    ----------
    folder : Path
        Made if it is not there, for its owner alone.
    now : float
        Seconds since the epoch.

    Attributes
    ----------
    notes : list of str
        What whoever started the server should know about the rooms that were resumed.

    Raises
    ------
    InputError
        If another server has the folder, or it cannot be used.
    """

    def __init__(self, folder: Path, now: float) -> None:
        self.folder = folder
        self.notes: list[str] = []
        self._rooms: dict[str, Room] = {}
        self._lock = ExitStack()
        self._claim()
        for path in sorted(folder.glob(f"*{ENDING}")):
            if typed(path.stem) == path.stem:
                self._resume(path, now)
        self._clear(now)

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._rooms.values()))

    def __len__(self) -> int:
        return len(self._rooms)

    def close(self) -> None:
        """Leave the folder to others."""
        self._lock.close()

    def find(self, text: str) -> Room:
        """The room with a code, as somebody typed it.

        Raises
        ------
        InputError
            If there is none.
        """
        room = self._rooms.get(typed(text) or "")
        if room is None:
            raise InputError("there is no room with this code; check it against the board")
        return room

    def open(self, settings: Settings, now: float, scenario: Scenario | None = None) -> tuple[Room, str]:
        """Open a room; returns it with its teacher's key, which is told only here.

        Parameters
        ----------
        settings : Settings
        now : float
            Seconds since the epoch.
        scenario : Scenario, optional
            What the settings resolve to, where that was found out elsewhere.

        Raises
        ------
        InputError, ScenarioError
            If the settings are none, or the server has as many rooms as it takes.
        """
        self._clear(now)
        self._make_place(now)
        if len(self) >= MOST_ROOMS:
            raise InputError(f"this server has {MOST_ROOMS} rooms, as many as it takes; delete one that is over")
        code = new_code()
        while code in self._rooms or self._path(code).exists():
            code = new_code()
        room, key = Room.open(code, settings, Journal(self._path(code)), now, scenario)
        self._rooms[code] = room
        return room, key

    def delete(self, code: str) -> None:
        """Remove a room and its journal."""
        self._rooms.pop(code).deleted = True
        self._path(code).unlink(missing_ok=True)

    def _path(self, code: str) -> Path:
        return self.folder / f"{code}{ENDING}"

    def _claim(self) -> None:
        own_folder(self.folder)
        try:
            self._lock.enter_context(locked(self.folder))
        except FolderError:
            raise InputError(
                f"rooms: another server keeps its rooms in {self.folder}; stop it, or give another folder with --rooms"
            ) from None

    def _resume(self, path: Path, now: float) -> None:
        try:
            room, torn = Room.resumed(Journal(path), now)
            if room.code != path.stem:
                raise InputError(f"{path}: is the journal of room {room.code}")
        except Exception as error:  # whatever is wrong with one journal keeps no other room away
            self._set_aside(path, error)
            return
        self._rooms[room.code] = room
        self._wake(room, now)
        if torn:
            self.notes.append(f"room {room.code}: its last action was cut off by a crash and is dropped")
        if room.version != version() and any(group.months for group in room.state.groups):
            self.notes.append(
                f"room {room.code}: was opened with version {room.version} of the program, and this is {version()}: "
                "the same orders may now lead to other worlds"
            )

    def _wake(self, room: Room, now: float) -> None:
        """Give open months their whole time again; that this cannot be written down is no damage."""
        try:
            room.wake(now)
        except (InputError, OSError) as error:
            self.notes.append(f"room {room.code}: its clocks go on from where they were ({error})")

    def _set_aside(self, path: Path, error: Exception) -> None:
        """Keep a journal that cannot be resumed out of the way, under a name that is free."""
        number = 1
        place = path.with_name(f"{path.name}{DAMAGED}")
        while place.exists():
            number += 1
            place = path.with_name(f"{path.name}{DAMAGED}{number}")
        reason = str(error).removeprefix(f"{path}").strip(": ")
        if not isinstance(error, InputError | ScenarioError | OSError):
            reason = clipped(f"{type(error).__name__}: {error}")
        try:
            path.rename(place)
        except OSError:
            place = path
        self.notes.append(f"room {path.stem}: cannot be resumed ({reason}); its journal is kept as {place.name}")

    def _clear(self, now: float) -> None:
        """Remove rooms in which nothing has happened for long: they have names in them, or were opened for nothing."""
        for days, joined, what in ((ROOM_DAYS, True, "a visit"), (UNJOINED_DAYS, False, "a student")):
            old = [room.code for room in self if room.joined == joined and now - room.state.touched > days * DAY]
            for code in old:
                self.delete(code)
            if old:
                self.notes.append(f"{count(len(old), 'room')} without {what} in {days:.0f} days: removed")

    def _make_place(self, now: float) -> None:
        """Where there is no place left, let the room go that has waited longest for its first student."""
        waiting = [room for room in self if not room.joined and now - room.state.touched > SPARED]
        if waiting and len(self) >= MOST_ROOMS:
            self.delete(min(waiting, key=lambda room: room.state.touched).code)


def own_folder(folder: Path) -> None:
    """Make the folder of the rooms if it is not there, for its owner alone, and make sure that it takes files.

    Raises
    ------
    InputError
        If nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        if error.errno in NO_SPACE:
            raise
        raise InputError(f"rooms: {folder}: cannot write there: {error.strerror or error}") from None
