"""What all tests share: how properties are searched, and the scenarios that most of them live in."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from browsing import missing
from doubles import doubles
from hypothesis import settings
from shipped import plain

from sim.scenario import Scenario, load

# The same examples every time: a suite that fails must fail again. No deadline: the first example pays for imports.
settings.register_profile("sim", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("sim")


# Tests in a real browser need Chromium, its driver and selenium (the extra `browser`); the head of a run says if not.
collect_ignore = ["browser", "hands.py", "screenshots.py", "states.py"] if missing() else []


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the load test to a run of its own: it measures seconds, which tests beside it would take from it."""
    return True if collection_path.name == "load" and _has_company(config) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a second Python run every test, and not every case of it."""
    parser.addoption(
        "--once", action="store_true", help="each test with the first of its cases alone, and none that is marked long"
    )


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say which tests are left out here."""
    return [_explore(), _gambit(), _browser(), _load(config), *_once(config)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is held against pygambit where that is not installed, and with `--once` all cases but the first.

    What a test says of the model holds under every Python or under none; that it runs there is said by one case.
    """
    if find_spec("pygambit") is None:
        for item in items:
            if item.get_closest_marker("gambit"):
                item.add_marker(pytest.mark.skip(reason="pygambit is not installed"))
    if config.getoption("once"):
        first = {_test(item): item for item in reversed(items)}
        chosen = {item for item in first.values() if not item.get_closest_marker("long")}
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = [item for item in items if item in chosen]


def _test(item: pytest.Item) -> str:
    """The name of a test without that of its case."""
    return item.nodeid.partition("[")[0]


def _has_company(config: pytest.Config) -> bool:
    """Whether other tests run at the same time, in this process's siblings."""
    return hasattr(config, "workerinput") or bool(getattr(config.option, "numprocesses", None))


def _load(config: pytest.Config) -> str:
    if _has_company(config):
        return "tests/load: NOT collected, it measures seconds and wants the machine to itself (make test-load)"
    return "tests/load: collected"


def _explore() -> str:
    if find_spec("ema_workbench"):
        return "tests/explore: collected, ema_workbench is installed"
    return "tests/explore: NOT collected, ema_workbench is not installed (python -m pip install -e '.[explore]')"


def _gambit() -> str:
    if find_spec("pygambit"):
        return "tests held against pygambit: run, it is installed"
    return "tests held against pygambit: SKIPPED, it is not installed (make test-game)"


def _browser() -> str:
    absent = missing()
    if not absent:
        return "tests/browser: collected, Chromium, its driver and selenium are installed"
    remedy = "apt install chromium chromium-driver; python -m pip install -e '.[browser]'"
    return f"tests/browser: NOT collected, not installed: {', '.join(absent)} ({remedy})"


def _once(config: pytest.Config) -> list[str]:
    told = "every test with its first case alone, none that is marked long (--once)"
    return [told] if config.getoption("once") else []


@pytest.fixture(scope="session", autouse=True)
def nobodys_months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The record as it ships, whatever months whoever runs the tests has added to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCTRINE_RECORD", str(tmp_path_factory.mktemp("nobody") / "record"))
        yield


@pytest.fixture(scope="module")
def precise() -> Iterator[None]:
    """All of a module in double precision: equations are held to more digits than single precision has."""
    with doubles():
        yield


@pytest.fixture(scope="session")
def history() -> Scenario:
    """The world as it was, with one set of parameters."""
    return plain("history")


@pytest.fixture(scope="session")
def outlook() -> Scenario:
    """The outlook as it ships: each world draws its parameters from what the record leaves standing."""
    return load("outlook")


@pytest.fixture(scope="session")
def plain_outlook() -> Scenario:
    """The outlook with one set of parameters."""
    return plain("outlook")
