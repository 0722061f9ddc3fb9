"""Who may open rooms: whoever has the token that was printed, or sits at this machine; and what the owner may do."""

import asyncio
import re

import pytest
from serving import APP, serving
from tabs import fresh, load, visiting

from sim.basics.limits import InputError
from sim.browser import server as servers
from sim.browser.classroom.access import ANYBODY, HERE, TOKEN
from sim.browser.server import Reach
from sim.cli import main

pytestmark = pytest.mark.long

TOKENS = re.compile(r"/teach\?token=([\w-]{32})\n")
FIELD = "Washington"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A server whose rooms are opened with a token."""
    with serving(tmp_path_factory.mktemp("kept"), *APP, "--teach", "token", "--name", "school.example.org") as running:
        yield running


def token(server) -> str:
    return TOKENS.search(server.said())[1]


def scene(act):
    return asyncio.run(act())


def test_the_token_opens_the_form_leaves_the_address_and_stays_in_the_cookie(kept):
    async def act():
        async with fresh() as browser:
            first = await browser.get(f"{kept.url}/teach?token={token(kept)}")
            assert (first.status_code, first.headers["location"]) == (303, "/teach")
            assert token(kept) not in first.headers["set-cookie"]
            page = await load(kept.url, "/teach", browser)
            assert page.find(FIELD, "input")
            assert page.shown("All rooms of this server")

    scene(act)


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=%FF%00", "?token=" + "x" * 5000])
def test_without_the_token_no_room_is_opened(kept, query):
    async def act():
        async with fresh() as browser:
            page = await load(kept.url, f"/teach{query}", browser)
            assert page.shown("Rooms are opened by whoever runs this server, at the address with a token")
            assert not page.shown("Open the room")
            assert not page.shown("All rooms")

    scene(act)


def test_the_token_stands_in_no_log_beside_where_it_is_printed(kept):
    async def act():
        async with fresh() as browser:
            await load(kept.url, f"/teach?token={token(kept)}", browser)
            await browser.get(f"{kept.url}/nothing?token={token(kept)}")
            await browser.get(f"{kept.url}/teach?token={token(kept)}", headers={"Host": "evil.example"})

    scene(act)
    assert kept.said().count(token(kept)) == 1
    assert token(kept) not in "".join(path.read_text(errors="replace") for path in kept.rooms.iterdir())


def test_the_owner_sees_and_deletes_the_rooms_of_others(tmp_path):
    with serving(tmp_path / "served") as server:

        async def act():
            async with fresh() as teacher, fresh() as owner:
                async with visiting(server.url, "/teach", teacher) as opening:
                    await opening.click("Open the room")
                    await opening.until(lambda: any(event == "open" for event, _ in opening.told))
                (journal,) = server.rooms.glob("*.jsonl")
                async with visiting(server.url, "/teach", owner) as page:
                    assert page.shown(f"Room {journal.stem}: ")
                    await page.click(f"Delete room {journal.stem}")
                    await page.until(lambda: page.shown("Delete the room"))
                    await page.click("Delete the room")
                    await page.until(lambda: not page.shown(f"Room {journal.stem}: "))
                assert not journal.exists()

        scene(act)


def test_a_token_is_asked_for_as_soon_as_others_reach_the_app():
    assert Reach().owner == HERE
    assert Reach("::1").owner == HERE
    assert Reach("0.0.0.0").owner == TOKEN
    assert Reach("192.168.0.7").owner == TOKEN
    assert Reach(names=("school.example.org",)).owner == TOKEN
    assert Reach(proxies=("127.0.0.1",)).owner == TOKEN
    assert Reach("0.0.0.0", teach=ANYBODY).owner == ANYBODY


def test_behind_a_proxy_nobody_is_here_unless_it_says_who_asks():
    with pytest.raises(
        InputError, match=r"^teach: behind a proxy everybody seems to be on this machine; say with --prox"
    ):
        Reach(port=0, names=("school.example.org",), teach=HERE).check()
    Reach(port=0, names=("school.example.org",), proxies=("127.0.0.1",), teach=HERE).check()


def test_the_board_shows_the_name_under_which_a_proxy_answers():
    reach = Reach(names=("school.example.org", "http://school.lan"))
    assert reach.addresses() == ["http://127.0.0.1:8080", "https://school.example.org", "http://school.lan"]


@pytest.mark.parametrize("option", ["--name=a b", "--proxy=nowhere", "--teach=nobody"])
def test_a_wrong_option_is_said_before_anything_starts(option, tmp_path, capsys):
    assert main(["app", "--port", "0", "--rooms", str(tmp_path / "rooms"), "--no-browser", option]) == 2
    assert f"{option.partition('=')[0].strip('-')}" in capsys.readouterr().err
    assert not (tmp_path / "rooms").exists()


def test_the_secret_of_cookies_is_no_token(tmp_path):
    assert len({servers.secret(tmp_path), *(servers.Owner(TOKEN).token for _ in range(3))}) == 4
    assert servers.Owner(HERE).token == ""
