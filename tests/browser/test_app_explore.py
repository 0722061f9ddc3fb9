"""Explore in a browser: a dial is moved, the worlds run, and the numbers on the page are the engine's own."""

import pytest
from hands import click, find, move, open_page, read, until
from selenium.webdriver.common.by import By

import sim
from sim.basics.labels import MINUS

WORLDS, DIAL, SETTING = 500, "Commitment", 0.2


@pytest.fixture(scope="module")
def engine():
    """The same worlds, run without the app."""
    return sim.compare(
        "outlook", [f"architectural:commitment={SETTING}", "transactional"], worlds=WORLDS, seed=1
    ).dataset


def row(driver, name: str) -> list[float]:
    """The first two numbers of a row of the table."""
    for line in driver.find_elements(By.CSS_SELECTOR, "table.numbers tr"):
        cells = [cell.text for cell in line.find_elements(By.CSS_SELECTOR, "th, td")]
        if cells[0].startswith(name):
            return [float(cell.replace(MINUS, "-")) for cell in cells[1:3]]
    raise KeyError(name)


def run(driver) -> None:
    click(driver, "button", "Run")
    read(driver, f"Done: {WORLDS} worlds under each doctrine.")


def test_a_dial_is_moved_and_the_numbers_become_the_engines_own(app, visitor, engine):
    open_page(visitor, f"{app}/explore?worlds={WORLDS}")
    run(visitor)
    before = row(visitor, "American aid")
    click(visitor, "button", "Its dials")
    move(visitor, DIAL, SETTING)
    read(visitor, f"Changed: {DIAL.lower()}={SETTING}")
    run(visitor)
    until(lambda: row(visitor, "American aid") != before, what="the number stays as it was")
    aid = engine["us_total"].mean("world").to_numpy().tolist()
    assert row(visitor, "American aid") == [round(number) for number in aid]
    signed = 100 * engine["settled"].any("month").mean("world").to_numpy()
    assert row(visitor, "Settlement signed") == pytest.approx(signed.tolist(), abs=0.051)
    land = 100 * engine["russian_held_share"].isel(month=-1).mean("world").to_numpy()
    assert row(visitor, "Land held") == pytest.approx(land.tolist(), abs=0.051)


def test_the_link_brings_the_same_state_back(app, visitor):
    open_page(visitor, f"{app}/explore?worlds={WORLDS}")
    click(visitor, "button", "Its dials")
    move(visitor, DIAL, SETTING)
    until(lambda: "commitment" in visitor.current_url)
    link = visitor.current_url
    open_page(visitor, f"{app}/")
    open_page(visitor, link)
    assert float(find(visitor, "dial", DIAL).get_attribute("value")) == SETTING


def test_a_link_that_says_nonsense_is_answered_in_words(app, visitor):
    open_page(visitor, f"{app}/explore?us=<script>alert(1)</script>")
    assert "This link cannot be opened" in read(visitor, "cannot be opened")
