"""The journal: on disk before it counts, resumed after whatever stopped the server, with no secret in it."""

import json
import os
import re
import stat

import pytest

from sim.basics.limits import InputError
from sim.teaching.classroom import bounds
from sim.teaching.classroom.journal import Journal
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.rooms import Rooms
from sim.teaching.classroom.settings import Settings


def path_of(rooms, room):
    return rooms.folder / f"{room.code}.jsonl"


def again(rooms, now=100.0):
    """The same folder, after the server was stopped and started."""
    rooms.close()
    return Rooms(rooms.folder, now)


def test_a_restart_resumes_all_rooms_as_they_were(rooms, class_):
    room, anna, _ = class_
    room.order(anna, {"aid": 0.25}, 11.0)
    room.advance(0, 12.0)
    room.pause(13.0)
    resumed = again(rooms).find(room.code)
    assert resumed.state == room.state
    assert resumed.student(anna).name == "Anna"
    assert resumed.table(0).series == room.table(0).series


def test_after_a_restart_open_months_have_their_whole_time(rooms, class_):
    room, _, _ = class_
    later = again(rooms, 5000.0)
    resumed = later.find(room.code)
    assert [group.opened for group in resumed.state.groups] == [5000.0, 5000.0]
    assert again(later, 6000.0).find(room.code).state.groups[0].opened == 6000.0


def test_a_last_line_that_was_torn_anywhere_is_dropped_with_a_warning(rooms, class_):
    room, anna, _ = class_
    before = room.state.touched, dict(room.state.groups[0].orders)
    whole = path_of(rooms, room).read_bytes()
    room.order(anna, {"aid": 0.25}, 11.0)
    line = path_of(rooms, room).read_bytes()[len(whole) :]
    rooms.close()
    for kept in range(len(line)):
        path_of(rooms, room).write_bytes(whole + line[:kept])
        found, torn = Room.resumed(Journal(path_of(rooms, room)), 100.0)
        assert torn == (kept > 0)
        assert (found.state.touched, found.state.groups[0].orders) == before
        assert path_of(rooms, room).read_bytes() == whole
    path_of(rooms, room).write_bytes(whole + line[:-1] + b"\0")
    resumed = Rooms(rooms.folder, 100.0)
    assert resumed.notes == [f"room {room.code}: its last action was cut off by a crash and is dropped"]
    resumed.find(room.code).order(anna, {"aid": 1.0}, 101.0)
    assert again(resumed).find(room.code).state.groups[0].orders == {"us": {"aid": 1.0}}


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: [lines[0], b"{", *lines[1:]], "line 2: is no line of a journal"),
        (lambda lines: [lines[0], b'{"at":NaN,"do":"join"}', *lines[1:]], "line 2: is no line of a journal"),
        (lambda lines: [lines[0], b"[" * 100_000, *lines[1:]], "line 2: is no line of a journal"),
        (lambda lines: [lines[0], b'{"at":1,"do":["join"]}', *lines[1:]], "line 2: do: unknown action"),
        (lambda lines: [lines[0], b'{"at":1,"do":"order"}', *lines[1:]], "line 2: order: must have student, orders"),
        (lambda lines: [lines[0], b'{"at":-1,"do":"end"}', *lines[1:]], "line 2: at: must be a time not before"),
        (lambda lines: [lines[0], b'{"at":1' + b"0" * 400 + b',"do":"end"}', *lines[1:]], "line 2: at: must be a time"),
        (
            lambda lines: [lines[0], b'{"at":1' + b"0" * 5000 + b',"do":"end"}', *lines[1:]],
            "line 2: is no line of a journal",
        ),
        (lambda lines: [lines[0], b'{"at":1e400,"do":"end"}', *lines[1:]], "line 2: at: must be a time"),
        (lambda lines: [lines[0], b'{"at":"1","do":"end"}', *lines[1:]], "line 2: at: must be a time"),
        (lambda lines: [lines[0], b'{"at":1,"do":"\xff"}', *lines[1:]], "line 2: is no line of a journal"),
        (lambda lines: [lines[0], b'{"at":1,"do":"take","student":[],"table":{},"seat":[]}', *lines[1:]], "student"),
        (lambda lines: [re.sub(rb'"key":"\w+"', b'"key":7', lines[0]), *lines[1:]], "key: must be a hash, got 7"),
        (lambda lines: [lines[0].replace(b'"at":0.0', b'"at":1' + b"0" * 400), *lines[1:]], "at: must be a time"),
        (lambda lines: [lines[0], b'{"at":1,"do":"leave","student":7}', *lines[1:]], "line 2: student: there is no 7"),
        (lambda lines: lines[1:], "the first line opens no room"),
        (lambda lines: [lines[0].replace(b"classroom", b"klassroom"), *lines[1:]], "scenario: unknown scenario"),
        (lambda lines: [lines[0].replace(b'"tables":2', b'"tables":"2"'), *lines[1:]], "tables: cannot be '2'"),
        (lambda lines: [], "is empty"),
    ],
)
def test_a_damaged_journal_is_set_aside_and_the_others_resume(rooms, class_, damage, said):
    room, _, _ = class_
    other, _ = rooms.open(Settings(), 0.0)
    path = path_of(rooms, room)
    lines = damage(path.read_bytes().splitlines())
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    damaged = path.read_bytes()
    resumed = again(rooms)
    assert len(resumed) == 1
    assert resumed.find(other.code)
    (note,) = resumed.notes
    assert note.startswith(f"room {room.code}: cannot be resumed (")
    assert said in note
    assert note.endswith(f"its journal is kept as {path.name}.damaged")
    assert path.with_name(f"{path.name}.damaged").read_bytes() == damaged
    assert not again(resumed).notes


def test_a_journal_that_breaks_the_reader_itself_is_set_aside_too(rooms, class_, monkeypatch):
    room, _, _ = class_
    other, _ = rooms.open(Settings(), 0.0)
    resumed = Room.resumed

    def broken(journal, now):
        if room.code in journal.path.name:
            raise ZeroDivisionError("a fault\nof the reader")
        return resumed(journal, now)

    monkeypatch.setattr(Room, "resumed", broken)
    (note,) = again(rooms).notes
    assert note.startswith(f"room {room.code}: cannot be resumed ('ZeroDivisionError: a fault\\nof the reader'); its")
    assert [path.stem for path in rooms.folder.glob("*.jsonl")] == [other.code]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_not_read_and_keeps_no_other_away(rooms, class_, make):
    make(rooms.folder / "CCCCCC.jsonl")
    resumed = again(rooms)
    assert resumed.notes == ["room CCCCCC: cannot be resumed (is no file); its journal is kept as CCCCCC.jsonl.damaged"]
    assert len(resumed) == 1


def test_a_disk_that_is_full_at_the_start_damages_no_room(rooms, class_, monkeypatch):
    room, _, _ = class_

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "append", full)
    resumed = again(rooms)
    assert resumed.find(room.code).state == room.state
    assert "its clocks go on from where they were ([Errno 28] No space left on device)" in resumed.notes[0]


def test_a_second_damaged_journal_does_not_replace_the_first(rooms, class_):
    room, _, _ = class_
    path = path_of(rooms, room)
    path.with_name(f"{path.name}.damaged").write_bytes(b"first")
    path.write_bytes(b"{}\n")
    assert again(rooms).notes[0].endswith(f"kept as {path.name}.damaged2")
    assert path.with_name(f"{path.name}.damaged").read_bytes() == b"first"


def test_a_journal_of_another_room_is_not_taken_for_this_one(rooms, class_):
    room, _, _ = class_
    path_of(rooms, room).rename(rooms.folder / "CCCCCC.jsonl")
    assert "is the journal of room" in again(rooms).notes[0]


def test_what_cannot_be_written_has_not_happened(rooms, class_, monkeypatch):
    room, anna, _ = class_
    before, told = path_of(rooms, room).read_bytes(), room.state.touched

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    for action in (lambda: room.order(anna, {}, 11.0), lambda: room.advance(0, 11.0)):
        with pytest.raises(OSError, match="No space"):
            action()
    monkeypatch.undo()
    assert path_of(rooms, room).read_bytes() == before
    assert room.state.touched == told
    assert room.state.groups[0].orders == {}
    assert room.table(0).months == room.state.groups[0].months == []


def test_a_full_journal_says_so(rooms, class_, monkeypatch):
    room, anna, _ = class_
    monkeypatch.setattr("sim.teaching.classroom.journal.JOURNAL_BYTES", path_of(rooms, room).stat().st_size + 10)
    with pytest.raises(InputError, match=r"^this room's journal is full; open a new room$"):
        room.order(anna, {}, 11.0)
    assert room.state.groups[0].orders == {}


def test_a_journal_is_its_owners_and_holds_no_secret(rooms, class_):
    room, anna, bob = class_
    _, key = rooms.open(Settings(), 0.0)
    everything = b"".join(path.read_bytes() for path in rooms.folder.iterdir())
    for secret in (anna, bob, key):
        assert secret.encode() not in everything
    assert stat.S_IMODE(path_of(rooms, room).stat().st_mode) == 0o600
    assert stat.S_IMODE(rooms.folder.stat().st_mode) == 0o700
    assert [json.loads(row)["do"] for row in path_of(rooms, room).read_bytes().splitlines()] == [
        *("open", "join", "join", "take", "take", "run")
    ]


def test_one_server_a_folder(rooms):
    with pytest.raises(InputError) as caught:
        Rooms(rooms.folder, 0.0)
    assert str(caught.value) == (
        f"rooms: another server keeps its rooms in {rooms.folder}; stop it, or give another folder with --rooms"
    )


def test_a_folder_that_cannot_be_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"^rooms: .*/file/rooms: cannot write there: Not a directory$"):
        Rooms(tmp_path / "file" / "rooms", 0.0)


def test_old_rooms_go_and_files_of_others_stay(rooms, class_):
    room, _, _ = class_
    (rooms.folder / "secret").write_text("s")
    (rooms.folder / "notes.jsonl").write_text("n")
    room.pause(11.0)
    later = again(rooms, (bounds.ROOM_DAYS + 1) * bounds.DAY)
    assert len(later) == 0
    assert later.notes == ["1 room without a visit in 60 days: removed"]
    assert {path.name for path in rooms.folder.iterdir()} == {"secret", "notes.jsonl"}


def test_a_room_that_nobody_joined_goes_sooner(rooms, class_):
    rooms.open(Settings(), 11.0)
    later = again(rooms, (bounds.UNJOINED_DAYS + 1) * bounds.DAY)
    assert [room.code for room in later] == [class_[0].code]
    assert later.notes == ["1 room without a student in 2 days: removed"]


def test_rooms_that_nobody_joined_give_way_when_there_is_no_place_left(rooms, class_, monkeypatch):
    monkeypatch.setattr("sim.teaching.classroom.rooms.MOST_ROOMS", 3)
    first, _ = rooms.open(Settings(), 20.0)
    second, _ = rooms.open(Settings(), 30.0)
    with pytest.raises(InputError, match="this server has 3 rooms"):
        rooms.open(Settings(), 20.0 + bounds.SPARED)
    third, _ = rooms.open(Settings(), 21.0 + bounds.SPARED)
    assert first.deleted
    assert {room.code for room in rooms} == {class_[0].code, second.code, third.code}


def test_a_room_played_with_another_version_says_so(rooms, class_, monkeypatch):
    room, _, _ = class_
    room.advance(0, 11.0)
    monkeypatch.setattr("sim.teaching.classroom.rooms.version", lambda: "9.9")
    assert "the same orders may now lead to other worlds" in again(rooms).notes[0]


def test_a_deleted_room_is_gone(rooms, class_):
    room, _, _ = class_
    rooms.delete(room.code)
    with pytest.raises(InputError, match=r"^this room has been deleted$"):
        room.pause(11.0)
    assert len(again(rooms)) == 0
