"""The app's pages in their main states, one after another, for whoever looks at them: a checker, a camera."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from hands import at_month, click, find, open_page, read, text, until, write

WORLDS = 500
State = tuple[str, Callable[[], Any]]


def states(driver, app: str) -> Iterator[str]:
    """Bring a browser from state to state; the name of each is given when it is reached."""
    for part in (_still, _explore, _world, _lesson, _seat, _class):
        yield from part(driver, app)


def _still(driver, app: str) -> Iterator[str]:
    """Pages that need nothing done."""
    for name, path in (("home", "/"), ("lost", "/nothing"), ("explore", "/explore"), ("lessons", "/lessons")):
        open_page(driver, app + path)
        yield name
    open_page(driver, f"{app}/explore?us=nothing")
    yield "explore-complaint"


def _explore(driver, app: str) -> Iterator[str]:
    open_page(driver, f"{app}/explore?worlds={WORLDS}")
    click(driver, "button", "Its dials")
    yield "explore-dials"
    click(driver, "button", "Run")
    read(driver, f"Done: {WORLDS} worlds")
    for summary in driver.find_elements("css selector", "main summary"):
        driver.execute_script("arguments[0].parentElement.open = true", summary)
    yield "explore-found"


def _world(driver, app: str) -> Iterator[str]:
    open_page(driver, f"{app}/world?scenario=classroom&world=3")
    read(driver, "The story so far")
    read(driver, "Aid that Washington wants to give")
    click(driver, "button", "Step")
    read(driver, "month 2 of")
    yield "world"
    open_page(driver, f"{app}/world?scenario=nothing")
    yield "world-complaint"


def _lesson(driver, app: str) -> Iterator[str]:
    open_page(driver, f"{app}/lessons/2")
    yield "lesson"
    write(driver, "or type it", "10")
    click(driver, "button", "Run ")
    read(driver, "of 100 points")
    yield "lesson-scored"


def _seat(driver, app: str) -> Iterator[str]:
    open_page(driver, f"{app}/seat?seat=ukraine&seed=3")
    yield "seat"
    click(driver, "button", "Start")
    at_month(driver, 1)
    click(driver, "button", "Decide")
    at_month(driver, 2)
    yield "seat-month"
    click(driver, "button", "End now")
    read(driver, "Same world, other plan or other seat")
    until(lambda: "Your game is compared" not in text(driver))
    yield "seat-debrief"


def _class(driver, app: str) -> Iterator[str]:
    """One browser is teacher and student; the app lets it."""
    for name, path in (("class", "/class"), ("teach", "/teach"), ("class-unknown", "/class/AAAAAA")):
        open_page(driver, app + path)
        yield name
    open_page(driver, f"{app}/teach")
    click(driver, "button", "Open the room")
    until(lambda: re.search(r"/teach/\w{6}$", driver.current_url), what=text(driver)[:2000])
    read(driver, "Begin")
    yield "teacher"
    code = driver.current_url.rpartition("/")[2]
    open_page(driver, f"{app}/class/{code}")
    yield "student-join"
    write(driver, "Your name", "Ana")
    click(driver, "button", "Join")
    find(driver, "button", "Take Russia at table 1")
    yield "student-lobby"
    click(driver, "button", "Take Russia at table 1")
    read(driver, "Ana: Russia, table 1")
    yield "student-waits"
    open_page(driver, f"{app}/teach/{code}")
    click(driver, "button", "Begin")
    read(driver, "The class is running")
    click(driver, "button", "End the month at all tables")
    read(driver, "(2 of")
    yield "teacher-running"
    open_page(driver, f"{app}/class/{code}")
    read(driver, "Your table waits for your orders")
    yield "student-seat"
    open_page(driver, f"{app}/teach/{code}")
    click(driver, "button", "End the class")
    yield "teacher-asked"
    driver.find_elements("xpath", "//*[@role='dialog']//button")[0].click()
    read(driver, "The class is over")
    click(driver, "button", "Compare people with doctrines")
    until(lambda: find(driver, "button", "Compare people with doctrines").is_enabled(), what="no comparison comes")
    yield "teacher-over"
    open_page(driver, f"{app}/class/{code}")
    read(driver, "The class is over")
    yield "student-over"
