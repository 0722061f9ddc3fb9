"""All rooms of a server: opened, found by code, resumed from their journals after a restart, removed when old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from sim.classroom.bounds import DAY, MOST_ROOMS, ROOM_DAYS
from sim.classroom.journal import Journal
from sim.classroom.room import Room
from sim.classroom.secret import new_code, typed
from sim.classroom.settings import Settings
from sim.folders import FolderError, locked
from sim.limits import InputError
from sim.mistakes import ScenarioError, count
from sim.store.provenance import version

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

    def open(self, settings: Settings, now: float) -> tuple[Room, str]:
        """Open a room; returns it with its teacher's key, which is told only here.

        Raises
        ------
        InputError, ScenarioError
            If the settings are none, or the server has as many rooms as it takes.
        """
        self._clear(now)
        if len(self) >= MOST_ROOMS:
            raise InputError(f"this server has {MOST_ROOMS} rooms, as many as it takes; delete one that is over")
        code = new_code()
        while code in self._rooms or self._path(code).exists():
            code = new_code()
        room, key = Room.open(code, settings, Journal(self._path(code)), now)
        self._rooms[code] = room
        return room, key

    def delete(self, code: str) -> None:
        """Remove a room and its journal."""
        self._rooms.pop(code).deleted = True
        self._path(code).unlink(missing_ok=True)

    def _path(self, code: str) -> Path:
        return self.folder / f"{code}{ENDING}"

    def _claim(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.enter_context(locked(self.folder))
        except FolderError:
            raise InputError(
                f"rooms: another server keeps its rooms in {self.folder}; stop it, or give another folder with --rooms"
            ) from None
        except OSError as error:
            raise InputError(f"rooms: cannot use {self.folder}: {error.strerror or error}") from None

    def _resume(self, path: Path, now: float) -> None:
        try:
            room, torn = Room.resumed(Journal(path), now)
            if room.code != path.stem:
                raise InputError(f"{path}: is the journal of room {room.code}")
            room.wake(now)
        except (InputError, ScenarioError, OSError) as error:
            self._set_aside(path, error)
            return
        self._rooms[room.code] = room
        if torn:
            self.notes.append(f"room {room.code}: its last action was cut off by a crash and is dropped")
        if room.version != version() and any(group.months for group in room.state.groups):
            self.notes.append(
                f"room {room.code}: was opened with version {room.version} of the program, and this is {version()}: "
                "the same orders may now lead to other worlds"
            )

    def _set_aside(self, path: Path, error: Exception) -> None:
        """Keep a journal that cannot be resumed out of the way, under a name that is free."""
        number = 1
        place = path.with_name(f"{path.name}{DAMAGED}")
        while place.exists():
            number += 1
            place = path.with_name(f"{path.name}{DAMAGED}{number}")
        reason = str(error).removeprefix(f"{path}").strip(": ")
        try:
            path.rename(place)
        except OSError:
            place = path
        self.notes.append(f"room {path.stem}: cannot be resumed ({reason}); its journal is kept as {place.name}")

    def _clear(self, now: float) -> None:
        """Remove rooms in which nothing has happened for long: they have names in them."""
        old = [room.code for room in self if now - room.state.touched > ROOM_DAYS * DAY]
        for code in old:
            self.delete(code)
        if old:
            self.notes.append(f"{count(len(old), 'room')} without a visit in {ROOM_DAYS:.0f} days: removed")
