"""What two hosts can do to a class, on this machine's loopback alone: python tests/load/attacks.py KIND URL SECONDS.

The hosts are 127.0.0.2 and 127.0.0.3; the class is at 127.0.0.1. Every attack ends by itself after so many seconds, and
has bounds on how many connections it holds and how many requests it makes. It refuses any address but the loopback's.
"""

import argparse
import asyncio
import contextlib
import json
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import connect

sys.path.insert(0, str(Path(__file__).parents[1]))

from tabs import Page, connected, fresh, load

HOSTS = ("127.0.0.2", "127.0.0.3")
LOOPBACK = "127.0.0.1"
LONGEST = 120.0
"""Seconds that an attack may last."""
IDLE, SOCKETS, PAGES = 500, 200, 250
"""Connections that say nothing, connections of no page, and pages loaded at a time, by each host."""
WRONG_CODES = 60
UNKNOWN_DIALS = "transactional:" + ",".join(f"a{number}=0" for number in range(4200))
"""31 kB that cost more than a second each where somebody says all that is wrong with them."""
FLOOD = 240
"""Messages that one connection may send at once."""


class Attack:
    """What one host does until its time is over.

    Parameters
    ----------
    url : str
        Of a server on the loopback.
    host : str
        Where it comes from.
    seconds : float
    """

    def __init__(self, url: str, host: str, seconds: float) -> None:
        self.url, self.host = url, host
        self.end = time.monotonic() + min(seconds, LONGEST)
        self.did: Counter[str] = Counter()

    @property
    def going(self) -> bool:
        """Whether it goes on."""
        return time.monotonic() < self.end

    def browser(self) -> httpx.AsyncClient:
        """One that asks from this host."""
        return httpx.AsyncClient(timeout=20, transport=httpx.AsyncHTTPTransport(local_address=self.host))

    async def shut_out(self) -> None:
        """Everything that takes places away from others, at the same time."""
        work = (self.idle(), self.sockets(), self.pages(), self.codes(), self.rooms())
        await asyncio.gather(*work)

    async def idle(self) -> None:
        """Connections that never say anything; what is closed is opened anew."""
        where = urlsplit(self.url).hostname, urlsplit(self.url).port

        async def one() -> None:
            while self.going:
                with contextlib.suppress(OSError):
                    reader, writer = await asyncio.open_connection(*where, local_addr=(self.host, 0))
                    self.did["idle connections"] += 1
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(), max(self.end - time.monotonic(), 0.0))
                    writer.close()
                await asyncio.sleep(1.0)

        await self.several(IDLE, one)

    async def sockets(self) -> None:
        """Connections of pages that there are not."""
        address = f"{self.url.replace('http', 'ws', 1)}/_nicegui_ws/socket.io/?EIO=4&transport=websocket"

        async def one() -> None:
            while self.going:
                with contextlib.suppress(Exception):
                    async with connect(address, local_addr=(self.host, 0)) as socket:
                        self.did["connections without a page"] += 1
                        async with asyncio.timeout_at(asyncio.get_running_loop().time() + self.end - time.monotonic()):
                            async for _ in socket:
                                pass
                await asyncio.sleep(1.0)

        await self.several(SOCKETS, one)

    async def pages(self) -> None:
        """Pages that nobody looks at, each as if it were the first of a browser."""

        async def one() -> None:
            while self.going:
                with contextlib.suppress(httpx.HTTPError):
                    async with self.browser() as browser:
                        status = (await browser.get(f"{self.url}/explore")).status_code
                        self.did[f"pages answered with {status}"] += 1
                await asyncio.sleep(5.0)

        await self.several(PAGES, one)

    async def codes(self) -> None:
        """Codes of no room."""
        async with self.browser() as browser:
            for _ in range(WRONG_CODES):
                with contextlib.suppress(httpx.HTTPError):
                    await browser.get(f"{self.url}/class/CCCCCC")
                    self.did["wrong codes"] += 1
                if not self.going:
                    return

    async def rooms(self) -> None:
        """Rooms, wherever one is offered to be opened."""
        while self.going:
            with contextlib.suppress(Exception):
                async with self.browser() as browser:
                    answer = await browser.get(f"{self.url}/teach")
                    self.did["openings asked for"] += 1
                    self.did["openings offered"] += "Open the room" in answer.text
            await asyncio.sleep(2.0)

    async def freeze(self) -> None:
        """A text that is much work to read, as often as a connection lets through, and then again.

        It comes from the class's own address, as in a school behind one router.
        """
        while self.going:
            with contextlib.suppress(Exception):
                async with fresh() as browser:
                    page = await load(self.url, "/teach", browser)
                    async with connected(page):
                        await self.flood(page)
            await asyncio.sleep(0.5)

    async def flood(self, page: Page) -> None:
        """All messages at once: the text, and the button that has it read."""
        field, button = page.find("Washington", "input"), page.find("Open the room")
        text = page.packet(field, "update:value", UNKNOWN_DIALS)
        for _ in range(FLOOD // 2):
            await page.say(text)
            await page.say(page.packet(button, "click", {}))
            self.did["messages"] += 2
        async with asyncio.timeout(5):
            await page.socket.wait_closed()

    async def several(self, number: int, one) -> None:
        """So many at a time."""
        await asyncio.gather(*(one() for _ in range(number)))


async def attacked(kind: str, url: str, seconds: float) -> Counter[str]:
    """Attack from all hosts, and count what was done."""
    attacks = [Attack(url, host, seconds) for host in HOSTS]
    await asyncio.gather(*(getattr(attack, kind)() for attack in attacks))
    return sum((attack.did for attack in attacks), Counter())


def main() -> int:
    """Attack a server on the loopback."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["shut_out", "freeze"])
    parser.add_argument("url")
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    if urlsplit(asked.url).hostname != LOOPBACK:
        parser.error(f"only a server at {LOOPBACK} is attacked")
    sys.stdout.write(json.dumps(asyncio.run(attacked(asked.kind, asked.url, asked.seconds))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
