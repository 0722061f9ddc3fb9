"""The page with the model in it, in a real browser: it lives through the worlds that Python lives through here.

It wants a Python for browsers: `make test-page` gets it into results/wheels (tests/wheels.py) and runs this.
"""

import json
import os
from pathlib import Path

import pytest
from auditing import lasting, told
from browsing import browser, requested, turn
from hands import until
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import sim
from sim.basics.labels import decimals, number
from sim.browser.atlas.payload import IN_SIGHT
from sim.browser.atlas.shown import SHOWN
from sim.browser.page.contents import asked_of
from sim.browser.page.inside import Page, stories
from sim.questions.compare.outcomes import headline
from sim.questions.explain.replay import replay
from sim.scenario import load

WHEELS = Path(os.environ.get("DOCTRINE_WHEELS", Path(__file__).parents[2] / "results" / "wheels"))
pytestmark = pytest.mark.skipif(
    not any(WHEELS.glob("numpy-*wasm32.whl")), reason=f"no Python for browsers in {WHEELS}: make test-page gets it"
)
STARTED, SOON = 240, 120
"""Seconds on a busy machine: until the model runs, and until it has answered."""
WORLDS = 256


def made(name: str, folder: Path) -> Path:
    """A page of a scenario; few worlds were computed before."""
    from sim.browser.atlas.atlas_page import render
    from sim.browser.atlas.grid import design
    from sim.browser.atlas.simulation import simulated
    from sim.browser.page.contents import live
    from sim.browser.page.runtime import runtime

    plan = design(load(name), worlds=100)
    ends = tuple((levels[0], levels[-1]) for levels in plan.levels)
    corners = plan.nodes[(plan.nodes % 1.0 == 0.0).all(axis=1)]
    plan = plan._replace(levels=ends, nodes=corners, held_out=plan.held_out[:2])
    model = live(plan.study.base, name, plan.study.ensemble, runtime(WHEELS))
    place = folder / f"{name}.html"
    place.write_text(render(simulated(plan), f"doctrine page {name}", model), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {name: made(name, folder) for name in ("classroom", "history")}


def text(driver, name: str) -> str:
    return driver.find_element(By.ID, name).text


def started(driver, page: Path) -> None:
    driver.get(page.as_uri())
    until(lambda: "runs in this page" in text(driver, "model-state"), STARTED, "the model does not start")


def answered(driver) -> str:
    return until(lambda: text(driver, "exactness").startswith("Computed in") and text(driver, "exactness"), SOON)


@pytest.fixture(scope="module")
def phone(pages):
    """A phone that shows the page of the classroom, on which the model runs and nobody wants to guess."""
    with browser(390, 844) as driver:
        started(driver, pages["classroom"])
        driver.find_element(By.ID, "skip").click()
        answered(driver)
        yield driver


def test_the_page_is_a_file_under_ten_megabytes(pages):
    assert all(page.stat().st_size < 10_000_000 for page in pages.values())


@pytest.mark.parametrize("name", ["classroom", "history"])
def test_every_settlement_truce_and_break_is_in_the_month_in_which_it_is_here(name, pages):
    scenario = load(name)
    other = scenario.with_doctrine("us", "architectural")
    last = scenario.calendar[-1]
    dials = {**other.doctrine("us", last).model_dump(mode="json"), "name": "architectural"}
    for chosen in ({}, {"us": dials}):
        asked = json.dumps({"dials": chosen, "seed": 5, "worlds": WORLDS})
        here = json.loads(stories(Page(asked_of(scenario, (WORLDS,))), asked))["peace"]
        assert len({state for world in here for state in world}) > 2
        with browser() as driver:
            started(driver, pages[name])
            driver.execute_script(
                "ON.stories = ({ stories }) => { window.told = stories; };"
                "worker.postMessage({ kind: 'stories', id: 0, text: arguments[0] })",
                asked,
            )
            there = until(lambda: driver.execute_script("return window.told"), SOON)
        assert json.loads(there)["peace"] == here


def test_a_dial_turned_on_a_phone_moves_the_number_beside_it_to_that_of_the_command_line(phone):
    turn(phone, 0, 0.7)
    answered(phone)
    assert text(phone, "command").startswith("doctrine compare classroom own architectural:order=0.7")
    doctrines = ["own", "architectural:order=0.7"]
    outcomes = headline(sim.compare("classroom", doctrines, worlds=100, seed=1).dataset)
    for name in IN_SIGHT:
        half = phone.execute_script("return live.found.outcomes[arguments[0]].half", SHOWN.index(name))
        scale = 100.0 if name == "settled" else 1.0
        digits = min(decimals(scale * half / 2.0), 2)
        mean = float(outcomes[name].isel(doctrine=1).mean())
        assert text(phone, f"readout-{SHOWN.index(name)}") == number(scale * mean, digits)
        assert phone.find_element(By.ID, "readout").is_displayed()


def test_a_dial_of_another_actor_and_another_seed(phone):
    phone.find_elements(By.CSS_SELECTOR, "#panels summary")[2].click()
    phone.execute_script("choose('us', 'own'); $('seed').value = 9; $('seed').dispatchEvent(new Event('change'))")
    slider = phone.find_element(By.ID, "russia-patience")
    slider.send_keys(Keys.HOME)
    slider.send_keys(Keys.ARROW_RIGHT)
    assert text(phone, "russia-patience-value") == "0.01"
    answered(phone)
    assert text(phone, "command") == (
        "doctrine compare classroom own own:patience=0.01 --actor russia --worlds 100 --seed 9"
    )
    dataset = sim.compare("classroom", ["own", "own:patience=0.01"], actor="russia", worlds=100, seed=9).dataset
    land = headline(dataset)["land"].isel(doctrine=1).mean()
    found = phone.execute_script("return live.found.outcomes[arguments[0]].mean", SHOWN.index("land"))
    assert found == pytest.approx(float(land), abs=1e-5)


def test_world_17_tells_the_story_that_replay_tells(phone):
    phone.execute_script("set.russia.dials = { ...ACTORS.russia.own }; choose('us', 'architectural')")
    phone.find_element(By.ID, "tell").click()
    until(lambda: text(phone, "story-state").endswith("told."), SOON)
    scenario = load("classroom")
    columns = phone.find_elements(By.CSS_SELECTOR, "#story > div")
    for column, one in zip(columns, (scenario, scenario.with_doctrine("us", "architectural")), strict=True):
        months = [each.text for each in column.find_elements(By.TAG_NAME, "dt")]
        news = [each.text for each in column.find_elements(By.TAG_NAME, "dd")]
        assert list(zip(months, news, strict=True)) == [
            (chapter.month, " ".join(chapter.sentences)) for chapter in replay(one, 9, 17)
        ]


def test_shares_of_one_whole_go_on_making_one(phone):
    phone.execute_script("turn('us', 'priorities.europe', 0.7)")
    shares = phone.execute_script(
        "return Object.entries(set.us.dials).filter(([name]) => name.startsWith(SHARES)).map(([, share]) => share)"
    )
    assert sum(shares) == pytest.approx(1.0, abs=1e-9)
    assert answered(phone)


def test_the_phone_shows_all_of_it_and_nothing_went_wrong(phone):
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 390
    assert phone.get_log("browser") == []
    assert [url for url in requested(phone) if not url.startswith("blob:")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_breaks_no_rule_of_accessibility_by_day_or_by_night(phone, scheme):
    feature = {"name": "prefers-color-scheme", "value": scheme}
    phone.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    broken = lasting(phone)
    assert not broken, told(broken)


def test_where_the_model_cannot_run_the_worlds_computed_before_stay(pages):
    with browser() as driver:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": "delete window.WebAssembly"})
        driver.get(pages["classroom"].as_uri())
        until(lambda: "cannot run in this browser (it has no WebAssembly)" in text(driver, "model-state"))
        driver.find_element(By.ID, "skip").click()
        assert text(driver, "exactness").startswith("Simulated: architectural")
        assert driver.find_element(By.ID, "results").is_displayed()
        assert driver.get_log("browser") == []
