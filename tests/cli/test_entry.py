"""The command as a process of its own: how fast it answers, how it ends, and what it leaves running."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.store import result_folder as store

ROOT = Path(store.__file__).parents[1]
LINE = (sys.executable, "-m", "sim")
HEAVY = ("mesa", "pandas", "xarray", "matplotlib", "zarr", "scipy", "numpy")
PATIENCE = 120.0
"""Seconds after which a busy machine is no excuse."""
posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups the POSIX way")


@pytest.fixture
def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"}


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("check", "history"), ("schema",), ("list",)])
def test_light_commands_import_nothing_heavy(words, environment):
    script = (
        "import sys\nfrom sim.cli import main\nmain(sys.argv[1:])\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"


@posix
def test_a_reader_that_leaves_early_is_no_failure(environment, tmp_path):
    shell = f"'{sys.executable}' -m sim list | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Scenarios", "0"]
    assert done.stderr == ""
    with subprocess.Popen([*LINE, "schema"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as gone:
        assert gone.stdout is not None
        assert gone.stderr is not None
        gone.stdout.close()
        assert gone.stderr.read() == b""
    assert gone.returncode == 0


def workers_of(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line]


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


ENDINGS = {
    "Ctrl-C": (
        lambda main: os.killpg(main, signal.SIGINT),
        (130, -signal.SIGINT),
        "interrupted; nothing was written",
    ),
    "a kill": (lambda main: os.kill(main, signal.SIGTERM), (130,), "interrupted; nothing was written"),
    "a killed main process": (lambda main: os.kill(main, signal.SIGKILL), (-signal.SIGKILL,), ""),
}


@contextmanager
def hearing_interrupts() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def long_run(place: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A run in two processes that would take minutes, in a process group of its own."""
    line = [*LINE, "run", "history", "--worlds", "200000", "--jobs", "2", "--out", str(place)]
    with hearing_interrupts():  # a job in the background of a shell is born deaf to Ctrl-C, and so are its children
        main = subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield main
    finally:
        if main.poll() is None:
            os.killpg(main.pid, signal.SIGKILL)
        main.communicate()


@posix
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes the Linux way")
@pytest.mark.parametrize("ending", ENDINGS)
def test_however_it_ends_early_nothing_is_left(ending, environment, tmp_path):
    end, codes, words = ENDINGS[ending]
    place = tmp_path / "results" / "long"
    with long_run(place, environment) as main:
        assert until(lambda: len(workers_of(main.pid)) == 2)
        workers = workers_of(main.pid)
        time.sleep(1.0)  # into the imports or the work of the processes: any moment must do
        end(main.pid)
        _, said = main.communicate(timeout=PATIENCE)
    assert main.returncode in codes
    assert said == (f"doctrine: {words}\n" if words else "")
    assert until(lambda: not any(map(running, workers)))
    assert not place.exists()
    if ending != "a killed main process":
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"# \xe9\n", b"no.such.setting: 1\n", b"text.usetex: perhaps\n", b"\x00"])
def test_a_damaged_file_of_matplotlibs_settings_is_not_read(content, environment, tmp_path):
    (tmp_path / "matplotlibrc").write_bytes(content)
    (tmp_path / "work").mkdir()
    settings = {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "MPLCONFIGDIR": str(tmp_path)}
    line = [*LINE, "theory", "fearon", "--quiet", "--out", "mine"]
    done = subprocess.run(
        line, env={**environment, **settings}, cwd=tmp_path / "work", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


LOST = """
import os, signal, sys, time
from sim.cli.endings import ended, prepare

class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)

def act():
    Last()
    time.sleep(30)
    return 0

prepare()
sys.exit(ended(act, debug=False))
"""


@posix
def test_an_interrupt_that_python_drops_is_heard_all_the_same(environment):
    """It comes while an object's life ends, where nothing that is raised gets out."""
    line = [sys.executable, "-c", LOST]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (130, "doctrine: interrupted; nothing was written\n")
