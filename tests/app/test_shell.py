"""The server's own business: where it listens, what it keeps, what it says when it cannot."""

import os
import socket
import stat

import pytest

from sim.basics.limits import InputError
from sim.browser import server
from sim.cli import main


@pytest.fixture
def taken():
    """A port of this machine that somebody listens at."""
    with socket.socket() as listener:
        listener.bind((server.LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_said_before_anything_starts(taken, tmp_path, capsys):
    assert main(["app", "--port", str(taken), "--rooms", str(tmp_path / "rooms"), "--no-browser"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"doctrine: host, port: cannot listen at 127.0.0.1:{taken} (Address already in use);")
    assert "another --port may be free" in said
    assert not (tmp_path / "rooms").exists()


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 65_536), ("127.0.0.1", -1), ("203.0.113.7", 8080), ("nowhere.invalid", 8080)]
)
def test_a_place_where_nobody_can_listen_is_a_mistake(host, port):
    with pytest.raises(InputError, match=rf"^host, port: cannot listen at {host}:{port} \("):
        server.check_free(host, port)


def test_the_key_of_cookies_is_made_once_and_is_the_owners_alone(tmp_path):
    folder = tmp_path / "rooms"
    key = server.secret(folder)
    assert server.secret(folder) == key
    assert server.secret(tmp_path / "others") != key
    (folder / server.SECRET_FILE).write_text("")  # what is left where the disk was full
    assert len(server.secret(folder)) > 40
    assert stat.S_IMODE((folder / server.SECRET_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("left", [b"\xff\xfe", b"short", b"line\nline" * 10, b"x" * 5000])
def test_a_damaged_key_is_made_anew(tmp_path, left):
    (tmp_path / server.SECRET_FILE).write_bytes(left)
    key = server.secret(tmp_path)
    assert server.SECRET.fullmatch(key.encode())
    assert server.secret(tmp_path) == key


def test_a_pipe_in_the_place_of_the_key_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / server.SECRET_FILE)
    with pytest.raises(InputError, match=r"^rooms: .*/secret must be a file, which keeps the key of cookies"):
        server.secret(tmp_path)


def test_rooms_that_cannot_be_kept_are_said_before_anything_starts(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "rooms"
    assert main(["app", "--port", "0", "--rooms", str(place), "--no-browser"]) == 2
    said = capsys.readouterr()
    assert said.err == f"doctrine: rooms: {place}: cannot write there: Not a directory\n"
    assert said.out == ""


def test_any_port_that_is_free_is_said_and_served(tmp_path, capsys, monkeypatch):
    served = []
    monkeypatch.setattr(server, "serve", lambda reach, *_, **__: served.append(reach.port))
    assert main(["app", "--port", "0", "--rooms", str(tmp_path / "rooms"), "--no-browser"]) == 0
    assert 1 <= served[0] <= 65_535
    assert f"The app is at http://127.0.0.1:{served[0]}\n" in capsys.readouterr().out


def test_others_are_told_an_address_only_if_they_are_let_in():
    assert server.addresses("127.0.0.1", 8080) == ["http://127.0.0.1:8080"]
    assert server.addresses("::1", 8080) == ["http://[::1]:8080"]
    assert server.addresses("0.0.0.0", 8080)[0] == "http://127.0.0.1:8080"


def test_without_nicegui_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr("sim.cli.serving.find_spec", lambda name: None)
    assert main(["app"]) == 2
    assert "pip install 'doctrine-sim[app]'" in capsys.readouterr().err
