"""A page of the app without a browser: it loads, connects and speaks as NiceGUI's own script does."""

import ast
import asyncio
import html
import json
import re
import uuid
from contextlib import asynccontextmanager, nullcontext
from typing import Any
from urllib.parse import urlencode

import httpx
from websockets.asyncio.client import ClientConnection, connect

ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
QUERY = re.compile(r"query: (\{.*?\}),\n")
FILES = re.compile(r'(?:src|href)="(/_nicegui/[^"]+)"|url\("(/_nicegui/[^"]+)"\)')
LIBRARY_FILES = re.compile(r"\.(js|mjs|css)$")
MONTH = re.compile(r"\b20\d\d-\d\d\b")
ACKNOWLEDGE = 3.0
"""Seconds between two acknowledgements, as NiceGUI's script has it."""
PATIENCE = 10.0
"""Seconds that an answer may take before a test gives up."""


class Page:
    """What a browser tab knows of a page.

    Attributes
    ----------
    elements : dict
        What the server says is on the page, by number; updated as it says more.
    told : list
        Every other message of the server: (event, content).
    """

    def __init__(self, url: str, path: str, text: str, cookie: str) -> None:
        self.url, self.path, self.cookie = url, path, cookie
        self.elements = {int(key): value for key, value in json.loads(html.unescape(ELEMENTS.search(text)[1])).items()}
        self.query = {
            **ast.literal_eval(QUERY.search(text)[1]),
            "tab_id": str(uuid.uuid4()),
            "document_id": str(uuid.uuid4()),
        }
        self.files = sorted({one or other for one, other in FILES.findall(text)})
        self.told: list[tuple[str, Any]] = []
        self.socket: ClientConnection | None = None
        self.changed = asyncio.Condition()

    @property
    def address(self) -> str:
        """Where its script connects to."""
        query = {"EIO": 4, "transport": "websocket", **self.query, "implicit_handshake": "true"}
        return f"{self.url.replace('http', 'ws', 1)}/_nicegui_ws/socket.io/?{urlencode(query)}"

    def find(self, text: str, kind: str = "") -> int:
        """The first element that bears a text, as its content, label, name for screen readers or test id."""
        for number, element in self.elements.items():
            if element and kind in element["tag"] and text in words(element):
                return number
        raise KeyError(f"{text!r} is not on {self.path}: {self.text()}")

    def shown(self, text: str) -> bool:
        """Whether any element holds a text."""
        return text in self.text()

    def shown_month(self) -> str:
        """The month in the page's heading of the second level; empty if it shows none."""
        for element in self.elements.values():
            found = MONTH.search(element.get("text") or "") if element and element["tag"] == "h2" else None
            if found:
                return found[0]
        return ""

    def text(self) -> str:
        """All text on the page."""
        return "\n".join(word for element in self.elements.values() if element for word in words(element))

    async def say(self, packet: str | bytes) -> None:
        """Send a packet as it is."""
        await self.socket.send(packet)

    async def event(self, number: int, kind: str, *arguments: Any) -> None:
        """Tell the server what a hand did to an element, once for each that listens."""
        for place in range(len(self.listeners(number, kind))):
            await self.say(self.packet(number, kind, *arguments, place=place))

    def listeners(self, number: int, kind: str) -> list[str]:
        """Names of those that listen to an element."""
        return [each["listener_id"] for each in self.elements[number]["events"] if each["type"] == kind]

    def packet(self, number: int, kind: str, *arguments: Any, place: int = -1) -> str:
        """The message for that, to one of those that listen."""
        content = {
            "id": number,
            "client_id": self.query["client_id"],
            "listener_id": self.listeners(number, kind)[place],
            "args": [json.dumps(argument) for argument in arguments],
        }
        return "42" + json.dumps(["event", content])

    async def click(self, text: str, kind: str = "") -> None:
        """Click on what bears a text."""
        await self.event(self.find(text, kind), "click", {})

    async def enter(self, label: str, value: Any) -> None:
        """Write into a field."""
        await self.event(self.find(label, "input"), "update:value", value)

    async def until(self, true, seconds: float = PATIENCE) -> None:
        """Wait until something holds on the page."""
        try:
            async with asyncio.timeout(seconds), self.changed:
                await self.changed.wait_for(true)
        except TimeoutError:
            raise TimeoutError(f"{self.path} after {seconds:g} s still shows:\n{self.text()}") from None

    async def acknowledge(self) -> None:
        """Tell every while what arrived, so that the server need not keep it."""
        while True:
            await asyncio.sleep(ACKNOWLEDGE)
            content = {"client_id": self.query["client_id"], "next_message_id": self.query["next_message_id"]}
            await self.say("42" + json.dumps(["ack", content]))

    async def listen(self) -> None:
        """Take in what the server says until the connection ends."""
        async for packet in self.socket:
            await self.hear(packet)

    async def hear(self, packet: str) -> None:
        """Take in one packet."""
        if packet == "2":
            await self.say("3")
        elif packet.startswith("42"):
            event, content = json.loads(packet[2:])
            self.query["next_message_id"] = content.pop("_id", -1) + 1
            if event == "update":
                self.elements |= {int(number): element for number, element in content.items()}
            self.told.append((event, content))
            async with self.changed:
                self.changed.notify_all()


def words(element: dict[str, Any]) -> list[str]:
    """What a person may call an element by."""
    props = element.get("props", {})
    kinds = ("label", "aria-label", "data-testid", "innerHTML", "title", "text", "href", "placeholder")
    found = [
        element.get("text"),
        *(props.get(kind) for kind in kinds),
        *(each["type"] for each in element.get("events", ())),
    ]
    return [str(word) for word in found if word]


def fresh() -> httpx.AsyncClient:
    """A browser that was never here; without the certificates of the wide world, which take long to read."""
    return httpx.AsyncClient(timeout=30, verify=False, trust_env=False)


async def load(url: str, path: str, browser: httpx.AsyncClient) -> Page:
    """Get a page; `browser` holds the cookie."""
    answer = await browser.get(url + path, follow_redirects=True)
    assert answer.status_code == 200, answer.text[:300]
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return Page(url, path, answer.text, cookie)


@asynccontextmanager
async def connected(page: Page):
    """The page while it is connected."""
    headers = {"Cookie": page.cookie}
    async with connect(page.address, origin=page.url, additional_headers=headers, max_size=None) as page.socket:
        assert (await page.socket.recv()).startswith("0{")
        await page.say("40")
        answer = await page.socket.recv()
        assert answer.startswith("40{"), answer
        yield page


@asynccontextmanager
async def visiting(url: str, path: str, browser: httpx.AsyncClient | None = None):
    """A page that is loaded, connected and listening; what a tab does in the background."""
    given = nullcontext(browser) if browser else fresh()
    async with given as own, connected(await load(url, path, own)) as page:
        tasks = [asyncio.create_task(work()) for work in (page.listen, page.acknowledge)]
        try:
            yield page
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
