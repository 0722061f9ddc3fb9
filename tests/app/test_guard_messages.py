"""Hostile messages close the connection they came over, with a reason, and touch nobody else."""

import asyncio
import json
import time
from pathlib import Path

import pytest
from serving import serving
from tabs import visiting
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

TRIED = str(Path(__file__).with_name("tried.py"))
VIOLATION, TOO_BIG = 1008, 1009


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("tried"), TRIED) as running:
        yield running


def event(page, **changes) -> str:
    """A click on the counter, with something about it forged."""
    name, content = json.loads(page.packet(page.find("count"), "click", {})[2:])
    return "42" + json.dumps([name, {**content, **changes}])


def message(name, page, **content) -> str:
    return "42" + json.dumps([name, {"client_id": page.query["client_id"], **content}])


MALFORMED = {
    "binary": lambda page: b"\x04\x00",
    "no packet": lambda page: "hello",
    "empty": lambda page: "",
    "no such kind": lambda page: "9",
    "cut off": lambda page: '42["event",{',
    "not JSON": lambda page: "42[event]",
    "no event": lambda page: "42[]",
    "event of no name": lambda page: "42[[],{}]",
    "event of no known name": lambda page: '42["shutdown",{}]',
    "a name of Python's": lambda page: '42["__init__",{}]',
    "no content": lambda page: '42["event"]',
    "content of another kind": lambda page: '42["event",7]',
    "too much content": lambda page: '42["event",{},{},{}]',
    "an answer to nothing": lambda page: "43[1]",
    "attachments": lambda page: '451-["event",{"_placeholder":true,"num":0}]',
    "another room": lambda page: "40/admin,",
    "in twice": lambda page: "40",
    "out of levels": lambda page: '42["event",' + "[" * 900 + "]" * 900 + "]",
}
FORGED = {
    "no such element": lambda page: event(page, id=10**6),
    "element below zero": lambda page: event(page, id=-1),
    "element of another kind": lambda page: event(page, id=[]),
    "element true": lambda page: event(page, id=True),
    "no such listener": lambda page: event(page, listener_id="00000000-0000-0000-0000-000000000000"),
    "listener of another kind": lambda page: event(page, listener_id={}),
    "arguments of another kind": lambda page: event(page, args="{}"),
    "an argument that is no text": lambda page: event(page, args=[1]),
    "not a number": lambda page: event(page, args=["NaN"]),
    "infinity": lambda page: event(page, args=["1e999"]),
    "an argument cut off": lambda page: event(page, args=["{"]),
    "an argument out of levels": lambda page: event(page, args=["[" * 900 + "]" * 900]),
    "a field too many": lambda page: event(page, sender="teacher"),
    "client of another kind": lambda page: event(page, client_id=[]),
    "acknowledged by a word": lambda page: message("ack", page, next_message_id="x"),
    "an answer nobody asked for": lambda page: message("javascript_response", page, request_id={}, result=1),
    "a log at no level": lambda page: message("log", page, level="__class__", message="x"),
    "a second introduction": lambda page: '42["handshake",{"client_id":"x"}]',
    "an introduction of another kind": lambda page: '42["handshake",[]]',
    "a text too long for its field": lambda page: page.packet(page.find("words"), "update:value", "x" * 21),
    "a text far too long for its field": lambda page: page.packet(page.find("words"), "update:value", "x" * 31_000),
    "an event that tells too much": lambda page: event(page, args=[json.dumps("x" * 5000)]),
    "a dial at a word": lambda page: page.packet(page.find("dial"), "update:modelValue", "high"),
    "a dial at a list": lambda page: page.packet(page.find("dial"), "update:modelValue", [[[1]]]),
}


async def counts(page) -> float:
    """Seconds that a well-behaved page waits for its answer."""
    before = max(int(word) for word in page.text().split() if word.isdigit())
    begun = time.monotonic()
    await page.click("count")
    await page.until(lambda: page.shown(str(before + 1)))
    return time.monotonic() - begun


async def attack(page, packets) -> None:
    for packet in [packet(page) for packet in packets]:  # made before the first is sent: a slow flood is none
        await page.say(packet)
    await page.socket.wait_closed()
    await page.say("3")


async def closes(url: str, *packets) -> ConnectionClosed:
    """How a connection ends over which packets were sent that a function makes of its page."""
    async with visiting(url, "/tried") as good, visiting(url, "/tried") as bad:
        await counts(good)
        with pytest.raises(ConnectionClosed) as end:
            await attack(bad, packets)
        assert await counts(good) < 1
    return end.value


def logged(server, before: str) -> list[str]:
    return server.said()[len(before) :].strip().splitlines()


@pytest.mark.parametrize("packet", [*MALFORMED.values(), *FORGED.values()], ids=[*MALFORMED, *FORGED])
def test_a_hostile_message_closes_its_own_connection_with_a_reason(server, packet):
    before = server.said()
    end = asyncio.run(closes(server.url, packet))
    assert end.rcvd.code == VIOLATION
    assert end.rcvd.reason
    lines = logged(server, before)
    assert [line for line in lines if "closed a connection from 127.0.0.1: " in line] == lines[-1:]
    assert "Traceback" not in server.said()


def test_a_page_can_speak_for_itself_only(server):
    async def scene():
        async with visiting(server.url, "/tried") as good, visiting(server.url, "/tried") as bad:
            await bad.say(good.packet(good.find("count"), "click", {}))
            await bad.socket.wait_closed()
            assert bad.socket.close_reason == "event: of a page that is not yours"
            await asyncio.sleep(0.2)
            assert "0" in good.text().splitlines()  # the counter; the number of pages in memory may hold any digit
            assert "1" not in good.text().splitlines()

    asyncio.run(scene())


@pytest.mark.parametrize("letters", [300_000, 2_000_000])
def test_an_oversize_message_is_not_read_to_its_end(server, letters):
    end = asyncio.run(closes(server.url, lambda page: event(page, args=[json.dumps("x" * letters)])))
    assert end.rcvd.code in (VIOLATION, TOO_BIG)


def test_a_field_takes_what_it_says_that_it_takes(server):
    async def scene():
        async with visiting(server.url, "/tried") as page:
            assert page.elements[page.find("words")]["props"]["maxlength"] == 20
            text = "\u0001" * 20  # takes six characters each on its way
            await page.event(page.find("words"), "update:value", text)
            await page.until(lambda: page.shown(text))

    asyncio.run(scene())


def test_who_sends_much_is_cut_off_though_each_message_is_allowed(server):
    end = asyncio.run(closes(server.url, *[lambda page: event(page, args=[json.dumps("x" * 200_000)])] * 3))
    assert end.rcvd.code == VIOLATION


def test_a_connection_without_a_page_is_closed_after_a_while(server):
    async def scene():
        address = server.url.replace("http", "ws", 1) + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
        begun = time.monotonic()
        async with connect(address) as socket:
            await socket.wait_closed()
        assert socket.close_reason == "no page has introduced itself"
        return time.monotonic() - begun

    assert 4 < asyncio.run(scene()) < 15


def test_who_floods_is_cut_off(server):
    end = asyncio.run(closes(server.url, *[event] * 400))
    assert (end.rcvd.code, end.rcvd.reason) == (VIOLATION, "more than 40 messages a second")


def test_a_dragged_slider_is_no_flood(server):
    async def scene():
        async with visiting(server.url, "/tried") as page:
            for value in range(100):
                await page.event(page.find("dial"), "update:modelValue", value / 10)
            await page.until(lambda: page.shown("9.9"))

    asyncio.run(scene())


@pytest.mark.parametrize("button", ["fail", "fail later"])
def test_a_fault_in_a_handler_is_told_without_its_details_and_the_page_comes_back(server, button):
    before = server.said()

    async def scene():
        async with visiting(server.url, "/tried") as page:
            await page.click(button)
            await page.socket.wait_closed()
            assert page.socket.close_reason == "that did not work; what you see may be out of date"
            return page.told

    assert "nobody outside" not in json.dumps(asyncio.run(scene()))
    assert len(logged(server, before)) == 2
    assert "RuntimeError: what nobody outside may read in two lines (tried.py, line" in logged(server, before)[0]
