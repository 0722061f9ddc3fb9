"""Pages of a class without browsers: who sees what, and that a change is sent to those alone whom it concerns."""

import asyncio
import time
from types import SimpleNamespace

import pytest
from nicegui import Client, app, core
from nicegui.elements.mixins.text_element import TextElement
from nicegui.page import page

from sim.browser.classroom.hall import Hall
from sim.browser.classroom.student import Lobby, StudentPage
from sim.browser.classroom.teacher import GroupRows
from sim.teaching.classroom.settings import Settings

NAME = "<i id=evil>${1}{{1}}"


def staged(tmp_path, act):
    """A room of two tables with three students, two of them at the first, and everybody's page."""

    async def run():
        core.loop = asyncio.get_running_loop()
        hall = Hall(tmp_path)
        app.state.hall = hall
        await hall.start()
        try:
            room, _ = hall.opened().open(Settings(tables=2, months=2), time.time())
            tokens = [room.join(name, time.time()) for name in (NAME, "Bob", "Carla")]
            for token, seat in zip(tokens[:2], ("us", "russia"), strict=True):
                room.take(token, 0, seat, time.time())
            pages = []
            for token in tokens:
                student = room.student(token)
                room.presence.arrived(student.number)
                pages.append(opened(lambda student=student, token=token: StudentPage(room, student, token)))
            teacher = opened(lambda: GroupRows(room))
            await act(SimpleNamespace(hall=hall, room=room, tokens=tokens, pages=pages, teacher=teacher))
        finally:
            await hall.stop()
            for client in list(Client.instances.values()):
                client.delete()
            core.loop = None

    asyncio.run(run())


def opened(make):
    client = Client(page("/"))
    with client:
        view = make()
    return client, view


def text(shown):
    client, _ = shown
    found = [e.text for e in client.elements.values() if isinstance(e, TextElement) and e.visible]
    return " | ".join(map(str, found))


def sent(shown):
    """What a refresh sends to a page: how many elements."""
    client, view = shown
    client.outbox.updates.clear()
    with client:
        view.refresh()
    return len(client.outbox.updates)


def test_names_are_text(tmp_path):
    async def act(stage):
        assert f"Washington: {NAME}" in text(stage.pages[2])
        assert f"Washington: {NAME} is deciding" in text(stage.teacher)

    staged(tmp_path, act)


def test_a_change_is_sent_to_those_whom_it_concerns(tmp_path):
    async def act(stage):
        anna, bob, carla = stage.pages
        assert [sent(shown) for shown in (*stage.pages, stage.teacher)] == [0, 0, 0, 0]
        stage.room.run(time.time())
        assert all(sent(shown) == 1 for shown in stage.pages)  # the sentence on top
        stage.room.order(stage.tokens[1], {}, time.time())
        assert sent(bob) > 10
        assert sent(anna) == 1
        assert sent(carla) == 0
        assert sent(stage.teacher) == 1
        stage.room.take(stage.tokens[2], 1, "us", time.time())
        assert sent(anna) == 0
        assert sent(carla) > 10

    staged(tmp_path, act)


def test_each_sees_what_is_waited_for(tmp_path):
    async def act(stage):
        anna, bob, carla = stage.pages
        assert "Your teacher has not begun yet." in text(anna)
        stage.room.run(time.time())
        stage.room.order(stage.tokens[1], {}, time.time())
        for shown in stage.pages:
            sent(shown)
        assert "Your orders are in. Waiting for Washington." in text(bob)
        assert "Your table waits for your orders." in text(anna)
        assert "The class is running: take a seat." in text(carla)
        stage.room.pause(time.time())
        sent(anna)
        assert "Your teacher has paused the class." in text(anna)
        stage.room.dismiss(1, time.time())
        sent(bob)
        assert "Your teacher has taken you out of this room." in text(bob)
        stage.hall.delete(stage.room)
        sent(carla)
        assert "Your teacher has deleted this room." in text(carla)

    staged(tmp_path, act)


def test_a_seat_in_the_lobby_is_a_button_or_a_name(tmp_path):
    async def act(stage):
        client, lobby = opened(lambda: Lobby(stage.room, lambda table, seat: None))
        buttons = [e for e in client.elements.values() if e.props.get("aria-label") == "Take Russia at table 1"]
        assert [button.visible for button in buttons] == [False]
        stage.room.leave(stage.tokens[1], time.time())
        assert sent((client, lobby)) == 2
        assert [button.visible for button in buttons] == [True]

    staged(tmp_path, act)


@pytest.mark.parametrize("gone", [0.0, 60.0])
def test_the_teacher_sees_who_is_away_and_when_the_doctrine_plays(tmp_path, gone):
    async def act(stage):
        stage.room.presence.left(1, time.time() - gone)
        sent(stage.teacher)
        assert ("Russia: Bob is away: the doctrine plays" in text(stage.teacher)) == (gone > 30.0)
        assert "Russia: Bob is away" in text(stage.teacher)

    staged(tmp_path, act)
