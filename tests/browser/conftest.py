"""One server for all tests of the app in a browser, and browsers that must not complain or look elsewhere."""

from collections.abc import Iterator

import pytest
from browsing import browser, requested
from hands import complaints
from serving import serving


@pytest.fixture(scope="session")
def app(tmp_path_factory) -> Iterator[str]:
    """The address of a server."""
    with serving(tmp_path_factory.mktemp("app") / "served") as server:
        yield server.url
        assert "Traceback" not in server.said()


@pytest.fixture
def visitors(app):
    """Browsers, one after another as they are asked for; at the end they have asked nobody else and had no errors."""
    opened = []

    def visitor(width: int = 1280):
        opened.append(browser(width))
        driver = opened[-1].__enter__()
        drivers.append(driver)
        return driver

    drivers = []
    yield visitor
    try:
        for driver in drivers:
            assert {url for url in requested(driver) if not url.startswith((app, app.replace("http", "ws")))} == set()
            assert complaints(driver) == []
    finally:
        for each in opened:
            each.__exit__(None, None, None)


@pytest.fixture
def visitor(visitors):
    """A browser at a desk."""
    return visitors()
