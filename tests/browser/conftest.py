"""Tests in a real browser need Chromium, its driver and selenium (the extra `browser`); else they are not collected.

The head of a run says which (`tests/conftest.py`).
"""

import pytest
from browsing import browser, missing

collect_ignore_glob = ["test_*.py"] if missing() else []


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """An atlas over few worlds of half a year, and its page."""
    from sim.atlas import simulated
    from sim.atlas.design import design
    from sim.atlas.page import render
    from sim.scenario import load

    found = simulated(design(load("classroom").with_horizon(6), worlds=12, counts=(4, 4, 4, 4)))
    place = tmp_path_factory.mktemp("atlas") / "page.html"
    place.write_text(render(found, "doctrine atlas classroom"), encoding="utf-8")
    return found, place


@pytest.fixture(scope="session")
def desktop():
    with browser() as driver:
        yield driver


@pytest.fixture
def page(desktop, made):
    """The page, just opened from its file, and the atlas in it."""
    found, place = made
    desktop.get("about:blank")
    desktop.get_log("browser"), desktop.get_log("performance")
    desktop.get(place.as_uri())
    return desktop, found
