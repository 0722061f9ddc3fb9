"""The life of a room: who may do what, when months end, who plays what nobody plays."""

import pytest

from sim.basics.limits import InputError
from sim.teaching.classroom import bounds, identity
from sim.teaching.classroom.clock import attended, due, remaining, waiting
from sim.teaching.classroom.settings import Settings


def refused(action, *args):
    with pytest.raises(InputError) as caught:
        action(*args)
    return str(caught.value)


def test_a_month_ends_when_all_have_ordered(class_):
    room, anna, bob = class_
    room.order(anna, {"aid": 0.5}, 11.0)
    assert due(room, 12.0) == []
    assert waiting(room, 0, 12.0) == ["russia"]
    room.order(bob, {}, 12.0)
    assert due(room, 12.0) == [0]
    room.advance(0, 12.0)
    assert room.state.groups[0].months == [{"us": {"aid": 0.5}, "russia": {}}]
    assert room.state.groups[0].players == [{"us": 0, "russia": 1}]
    assert due(room, 13.0) == []


def test_at_the_deadline_doctrines_play_for_those_who_have_not_ordered(class_):
    room, anna, _ = class_
    room.order(anna, {"aid": 0.5}, 11.0)
    assert remaining(room, 0, 30.0) == 40.0
    assert due(room, 69.9) == []
    assert due(room, 70.0) == [0]
    room.advance(0, 70.0)
    assert room.state.groups[0].months == [{"us": {"aid": 0.5}}]
    assert remaining(room, 0, 70.0) == 60.0


def test_a_pause_stops_the_clock_and_no_month_ends_in_it(class_):
    room, anna, bob = class_
    room.pause(30.0)
    assert remaining(room, 0, 500.0) == 40.0
    room.order(anna, {}, 400.0)
    room.order(bob, {}, 400.0)
    assert due(room, 500.0) == []
    room.run(500.0)
    assert due(room, 500.0) == [0]
    room.withdraw(bob, 500.0)
    assert due(room, 539.0) == []
    assert due(room, 540.0) == [0]


def test_nothing_runs_before_the_teacher_begins(rooms, cheap):
    room, _ = rooms.open(Settings(tables=1, clock=60, months=3), 0.0)
    token = room.join("Anna", 0.0)
    room.take(token, 0, "us", 0.0)
    room.presence.arrived(0)
    room.order(token, {}, 1.0)
    assert due(room, 1000.0) == []
    room.run(1000.0)
    assert remaining(room, 0, 1000.0) == 60.0
    assert due(room, 1000.0) == [0]


def test_the_table_waits_a_while_for_somebody_who_is_gone_and_then_no_longer(class_):
    room, anna, _ = class_
    room.order(anna, {}, 11.0)
    room.presence.left(1, 12.0)
    assert waiting(room, 0, 12.0 + bounds.GRACE) == ["russia"]
    assert due(room, 12.0 + bounds.GRACE) == []
    assert due(room, 12.1 + bounds.GRACE) == [0]
    room.presence.arrived(1)
    assert waiting(room, 0, 60.0) == ["russia"]
    assert room.state.students[1].seat == "russia"


def test_a_table_that_all_have_left_stands_still_until_somebody_is_back(class_):
    room, _, _ = class_
    room.presence.left(0, 20.0)
    room.presence.left(1, 20.0)
    assert not attended(room, 0, 100.0)
    assert due(room, 1000.0) == []
    room.presence.arrived(1)
    assert due(room, 1000.0) == [0]


def test_leaving_takes_back_the_orders_and_frees_the_seat(class_):
    room, anna, bob = class_
    room.order(bob, {"effort": 1.0}, 11.0)
    room.leave(bob, 12.0)
    assert room.state.groups[0].orders == {}
    assert room.state.groups[0].sitters == {"us": 0}
    room.take(anna, 0, "russia", 13.0)
    assert room.state.groups[0].sitters == {"russia": 0}
    assert refused(room.order, bob, {}, 14.0) == "take a seat first"


def test_an_order_is_the_seat_holders_alone(class_):
    room, anna, _ = class_
    assert refused(room.order, "somebody else", {}, 11.0) == "you are not in this room; join it first"
    assert refused(room.order, anna, {"effort": 1.0}, 11.0).startswith("us: unknown order 'effort'")
    assert refused(room.order, anna, {"aid": float("nan")}, 11.0).startswith("us.aid: must be a number")
    assert refused(room.withdraw, anna, 11.0) == "there are no orders to take back"
    assert room.state.groups[0].orders == {}


def test_a_seat_is_one_persons(class_):
    room, anna, _ = class_
    assert refused(room.take, anna, 0, "russia", 11.0) == "that seat has just been taken; choose another"
    assert refused(room.take, anna, 0, "us", 11.0) == "you sit there already"
    assert refused(room.take, anna, 2, "us", 11.0) == "table: must be a number from 1 to 2"
    assert refused(room.take, anna, True, "us", 11.0) == "table: must be a number from 1 to 2"
    assert refused(room.take, anna, 0, "china", 11.0).startswith("unknown seat 'china'")


def test_names_are_told_apart(class_):
    room, anna, _ = class_
    assert refused(room.join, "ANNA", 11.0) == (
        "name: ANNA is in this room already; add a letter so that you can be told apart"
    )
    assert refused(room.join, "Carla", 11.0, anna) == "you are in this room already, as Anna"


def test_behind_a_closed_door_nobody_new_comes_in(class_):
    room, anna, _ = class_
    room.close_door(True, 11.0)
    assert refused(room.join, "Carla", 12.0) == "your teacher has closed the door of this room; ask to be let in"
    assert refused(room.join, "Anna", 12.0, anna) == "you are in this room already, as Anna"
    assert refused(room.close_door, True, 12.0) == "the door is closed already"
    room.close_door(False, 13.0)
    assert room.join("Carla", 14.0)


def test_whoever_was_taken_out_is_out(class_):
    room, anna, _ = class_
    room.dismiss(0, 11.0)
    assert room.student(anna) is None
    assert room.state.groups[0].sitters == {"russia": 1}
    assert refused(room.join, "Anna", 12.0, anna) == "your teacher has taken you out of this room"
    assert refused(room.dismiss, 0, 12.0) == "your teacher has taken you out of this room"
    assert room.join("Anna", 12.0)


def test_a_table_ends_with_its_last_month(class_):
    room, anna, _ = class_
    for second in (11.0, 12.0, 13.0):
        room.advance(0, second)
    assert room.state.over(0)
    assert refused(room.advance, 0, 14.0) == "table 1 has played its last month"
    assert refused(room.order, anna, {}, 14.0) == "table 1 has played its last month"
    assert due(room, 500.0) == []


def test_after_the_end_nothing_is_played_and_all_is_shown(class_):
    room, anna, _ = class_
    room.end(20.0)
    assert room.state.shown
    assert refused(room.order, anna, {}, 21.0) == "this class is over"
    assert refused(room.join, "Carla", 21.0) == "this class is over"
    assert refused(room.run, 21.0) == "this class is over"
    assert due(room, 500.0) == []
    room.reveal(False, 22.0)
    assert not room.state.shown


def test_what_is_so_already_is_said(class_):
    room, _, _ = class_
    assert refused(room.run, 11.0) == "the class is running already"
    room.pause(12.0)
    assert refused(room.pause, 13.0) == "the class is paused already"
    assert refused(room.reveal, False, 14.0) == "nothing is shown yet"
    assert refused(room.add_tables, 0, 15.0) == "tables: must be a whole number from 1, got 0"


def test_clocks_that_are_set_back_turn_nothing_back(class_):
    room, anna, _ = class_
    room.order(anna, {}, 5.0)
    assert room.state.touched == 10.0


# ---- limits


def test_a_room_has_room_for_so_many(rooms, cheap):
    room, _ = rooms.open(Settings(tables=1), 0.0)
    for number in range(bounds.MOST_STUDENTS):
        room.join(f"Student {number}", 0.0)
    assert refused(room.join, "One more", 0.0) == "this room is full: it has 100 students"
    assert refused(room.add_tables, 30, 0.0) == "tables: a room has at most 30, and this one has 1"


def test_nobody_fills_the_journal_with_changes_of_mind(class_):
    room, anna, bob = class_
    for _ in range(bounds.MOST_CHANGES // 2):
        room.order(anna, {}, 11.0)
        room.withdraw(anna, 11.0)
    assert refused(room.order, anna, {}, 11.0) == "you have changed your orders 30 times this month; they stand now"
    room.order(bob, {}, 11.0)
    room.advance(0, 12.0)
    room.order(anna, {}, 13.0)
    for turn in range(bounds.MOST_MOVES - 1):
        room.take(anna, 1, ("europe", "us")[turn % 2], 14.0)
    assert refused(room.take, anna, 1, "congress", 15.0).startswith("you have changed seats 100 times")


def test_a_server_keeps_so_many_rooms(rooms, monkeypatch):
    monkeypatch.setattr("sim.teaching.classroom.rooms.MOST_ROOMS", 2)
    first, _ = rooms.open(Settings(), 0.0)
    rooms.open(Settings(), 0.0)
    assert refused(rooms.open, Settings(), 0.0) == (
        "this server has 2 rooms, as many as it takes; delete one that is over"
    )
    rooms.delete(first.code)
    assert rooms.open(Settings(), 0.0)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"tables": 0}, "tables: must be a whole number from 1 to 30, got 0"),
        ({"tables": True}, "tables: cannot be true"),
        ({"seed": -1}, "seed: must be a whole number from 0 to 2**64 - 1, got -1"),
        ({"clock": 5}, "clock: must be a whole number from 15 to 3,600, got 5"),
        ({"seats": ()}, "seats: must be at least one, and each once"),
        ({"seats": ("us", "us")}, "seats: must be at least one, and each once"),
        ({"seats": ("china",)}, "seats: unknown seat 'china' (one of us, congress, europe, ukraine, russia)"),
        ({"months": 25}, "months: must be a whole number from 1 to 24, got 25"),
        ({"doctrines": {"us": "bold"}}, "unknown doctrine of us 'bold'"),
        ({"doctrines": {"china": "bold"}}, "doctrines: unknown actor 'china'"),
    ],
)
def test_settings_that_cannot_be_are_said(settings, said):
    assert refused(lambda: Settings(**settings).resolved()).startswith(said)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "classroom.toml", "scenarios/classroom", ""])
def test_a_room_plays_shipped_scenarios_and_reads_no_other_file(name):
    assert refused(Settings(scenario=name).resolved).startswith("scenario: unknown scenario")


# ---- secrets


def test_codes_are_typed_as_they_come(class_, rooms):
    room, _, _ = class_
    code = room.code
    assert rooms.find(f" {code[:3].lower()}-{code[3:].lower()} ") is room
    assert refused(rooms.find, "000000") == "there is no room with this code; check it against the board"
    assert identity.typed("x" * 1_000_000) is None


def test_the_teachers_key_is_nobody_elses(rooms):
    room, key = rooms.open(Settings(), 0.0)
    assert room.teaches(key)
    assert not room.teaches(key[:-1])
    assert not room.teaches("")
    assert room.teaches(room.new_key(1.0))
    for _ in range(bounds.MOST_TEACHERS - 1):
        room.new_key(1.0)
    assert refused(room.new_key, 1.0).startswith("this room has been opened by its teacher in 20 browsers")


def test_a_briefing_is_worked_out_once_a_month(rooms, monkeypatch):
    from sim.teaching.seats import briefing

    worked, real = [], briefing.briefing
    monkeypatch.setattr(briefing, "briefing", lambda table, seat: worked.append(seat) or real(table, seat))
    room, _ = rooms.open(Settings(tables=1, months=3), 0.0)
    first = room.briefing(0, "us")
    assert room.briefing(0, "us") is first
    room.advance(0, 1.0)
    assert room.briefing(0, "us").month > first.month
    assert worked == ["us", "us"]
