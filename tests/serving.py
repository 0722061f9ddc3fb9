"""A real server in a process of its own, on a free port of this machine, which leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil

ROOT = Path(__file__).parents[1]
START, STOP = 60, 15
"""Seconds that it may take to come up and to go down, on a busy machine."""
APP = ("-m", "sim", "app", "--no-browser")


class Server(NamedTuple):
    """A server that runs."""

    url: str
    process: subprocess.Popen
    log: Path
    rooms: Path

    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text(encoding="utf-8")


@contextmanager
def serving(folder: Path, *command: str) -> Iterator[Server]:
    """Serve the app, or what a script makes of it, until the block ends."""
    work, port = folder / "work", free_port()
    work.mkdir(parents=True)
    with running(
        (*(command or APP), "--port", str(port), "--rooms", str(folder / "rooms")), work, folder / "log"
    ) as process:
        server = Server(f"http://127.0.0.1:{port}", process, folder / "log", folder / "rooms")
        wait(server)
        yield server
        assert process.poll() is None, server.said()
    assert process.returncode in (0, -signal.SIGINT), server.said()
    assert not alive(process.pid), "it left a process"
    assert list(work.iterdir()) == [], "it left a file"


@contextmanager
def running(command: tuple[str, ...], work: Path, log: Path) -> Iterator[subprocess.Popen]:
    """A Python in a session of its own, interrupted at the end and killed if it is deaf to that."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    environment.pop("PYTEST_CURRENT_TEST", None)  # NiceGUI behaves otherwise where it thinks that it is tested
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=work, env=environment, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise


def wait(server: Server) -> None:
    """Wait until it answers."""
    end = time.monotonic() + START
    while time.monotonic() < end:
        assert server.process.poll() is None, server.said()
        try:
            httpx.get(server.url + "/favicon.ico", timeout=1)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(server.said())


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def alive(session: int) -> bool:
    """Whether a process of a session still runs a moment later; one that has ended and was not yet fetched does not."""
    for _ in range(20):
        if not any(_belongs(process, session) for process in psutil.process_iter(["status"])):
            return False
        time.sleep(0.1)
    return True


def _belongs(process: psutil.Process, session: int) -> bool:
    try:
        return process.info["status"] != psutil.STATUS_ZOMBIE and os.getsid(process.pid) == session
    except ProcessLookupError:
        return False
