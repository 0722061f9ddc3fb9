"""The server's own business: where it listens, what it keeps, what it says when it cannot."""

import socket
import stat

import pytest

from sim.app import server
from sim.cli import main
from sim.limits import InputError


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


def test_others_are_told_an_address_only_if_they_are_let_in():
    assert server.addresses("127.0.0.1", 8080) == ["http://127.0.0.1:8080"]
    assert server.addresses("::1", 8080) == ["http://[::1]:8080"]
    assert server.addresses("0.0.0.0", 8080)[0] == "http://127.0.0.1:8080"


def test_without_nicegui_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr("sim.commands.serving.find_spec", lambda name: None)
    assert main(["app"]) == 2
    assert "pip install 'doctrine-sim[app]'" in capsys.readouterr().err
