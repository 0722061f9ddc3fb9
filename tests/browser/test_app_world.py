"""One world in a real browser: step, play, pause, back and reset, with the engine's own numbers on the map."""

import pytest
from hands import click, find, open_page, read, until

import sim
from sim.basics.labels import number
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison

SEED, WORLD, MONTHS = 4, 7, 24
DOCTRINES = ["architectural", "transactional"]


@pytest.fixture(scope="module")
def held():
    """Land that Russia holds, in per cent, by doctrine and month, as the engine has it."""
    own = comparison("classroom", DOCTRINES, ensemble=Ensemble(worlds=WORLD + 1, seed=SEED)).simulate()
    return 100.0 * own["russian_held_share"].isel(world=WORLD).to_numpy()


@pytest.fixture
def page(app, visitors):
    driver = visitors()
    open_page(driver, f"{app}/world?scenario=classroom&doctrines={';'.join(DOCTRINES)}&seed={SEED}&world={WORLD}")
    read(driver, "The story so far")
    return driver


def maps(driver) -> list[str]:
    return [each.text for each in driver.find_elements("css selector", "svg.front text.big")]


def said(held, place: int) -> list[str]:
    return [f"Russia holds {number(float(share), 1)} % (hatched)." for share in held[:, place]]


def test_stepping_shows_the_engines_own_numbers_under_both_doctrines(page, held):
    assert maps(page) == said(held, 0)
    for place in range(1, 6):
        click(page, "button", "Step")
        read(page, f"month {place + 1} of {MONTHS}")
        until(lambda place=place: maps(page) == said(held, place))
    click(page, "button", "Back")
    until(lambda: maps(page) == said(held, 4))
    click(page, "button", "Reset")
    until(lambda: maps(page) == said(held, 0))


def test_it_plays_by_itself_until_it_is_paused(page, held):
    click(page, "button", "Play")
    read(page, f"month 3 of {MONTHS}")
    click(page, "button", "Pause")
    find(page, "button", "Play")
    stopped = page.find_element("css selector", "output").text
    place = int(stopped.split("month ")[1].split(" ")[0]) - 1
    until(lambda: maps(page) == said(held, place))
    assert page.find_element("css selector", "output").text == stopped


def test_the_world_can_be_chosen(page):
    other = 100.0 * sim.compare("classroom", DOCTRINES, worlds=12, seed=SEED).dataset["russian_held_share"]
    field = page.find_element("css selector", "input[type=number]")
    page.execute_script(
        "arguments[0].value = 11; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", field
    )
    until(lambda: maps(page) == said(other.isel(world=11).to_numpy(), 0))
