"""The page of an atlas in a real browser: it shows the engine's own numbers, asks nothing of the network, and works."""

from dataclasses import replace

import numpy as np
import pytest
from browsing import browser, requested, turn
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from sim.basics.labels import decimals, number
from sim.browser.atlas.grid import DIALS, interpolate
from sim.browser.atlas.payload import GUESSED, outcomes
from sim.browser.atlas.shown import SHOWN


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An atlas over few worlds of half a year, and its page."""
    from sim.browser.atlas.atlas_page import render
    from sim.browser.atlas.grid import design
    from sim.browser.atlas.simulation import simulated
    from sim.scenario import load

    found = simulated(design(load("classroom").with_horizon(6), worlds=12, counts=(4, 4, 4, 4)))
    place = tmp_path_factory.mktemp("atlas") / "page.html"
    place.write_text(render(found, "doctrine atlas classroom"), encoding="utf-8")
    return found, place


@pytest.fixture(scope="module")
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


def text(driver, selector):
    return driver.find_element(By.CSS_SELECTOR, selector).text


def press(driver, name):
    driver.find_element(By.ID, name).click()


def guess(driver, answers):
    for name, answer in answers.items():
        selector = f"input[name='guess-{SHOWN.index(name)}'][value='{answer}']"
        driver.find_element(By.CSS_SELECTOR, selector).click()


def truth(found, preset="architectural"):
    """What the engine says of each outcome that is predicted, under a whole doctrine: the page opens with this one."""
    own, place = found.presets.mean[0], list(found.whole).index(preset)
    answers = {}
    for name in GUESSED:
        k = SHOWN.index(name)
        difference, half = (found.presets.mean[place] - own)[k], found.presets.half[place, k]
        answers[name] = "same" if abs(difference) <= half else "up" if difference > 0 else "down"
    return answers


def start(found):
    """The node at which the dials stand when the page opens."""
    return next(
        place
        for place, point in enumerate(found.plan.nodes)
        if np.allclose(point, [0.90, 0.85, 0.85, 0.10])  # architectural
    )


def test_moving_a_dial_shows_the_engines_own_number(page):
    driver, found = page
    press(driver, "skip")
    node = len(found.plan.nodes) - 1
    for dial in range(len(DIALS)):
        turn(driver, dial, 1.0)
    assert text(driver, "#exactness").startswith("Simulated")
    for k, about in enumerate(outcomes(found)):
        half = found.nodes.half[node, k] or about["usual"]
        digits = min(decimals(about["scale"] * half / 2.0), 2)
        shown = number(about["scale"] * found.nodes.mean[node, k], digits)
        assert text(driver, f"#outcome-{k} .mean") == shown, SHOWN[k]


def test_every_node_can_be_reached_with_a_slider(page):
    driver, found = page
    for dial, levels in enumerate(found.plan.levels):
        for level in levels:
            turn(driver, dial, round(level, 2))
            assert driver.execute_script("return state.point[arguments[0]]", dial) == level


def test_between_nodes_the_page_says_so_and_widens_its_intervals(page):
    driver, _ = page
    press(driver, "skip")
    turn(driver, 0, 0.95)
    assert text(driver, "#exactness").startswith("Interpolated between 2 simulated nodes")
    half, alone = driver.execute_script(
        "return [outcomes(state.point)[4].half, interpolate(HALF, KINDS, corners(LEVELS, state.point))[4]]"
    )
    assert half - alone == pytest.approx(driver.execute_script("return DATA.outcomes[4].error"))


def test_both_interpolations_are_one(page):
    driver, found = page
    rng = np.random.Generator(np.random.PCG64(3))
    for point in [*rng.random((20, len(DIALS))), *found.plan.nodes[::97]]:
        there = driver.execute_script(
            "return Array.from(interpolate(MEAN, KINDS, corners(LEVELS, arguments[0])))", list(map(float, point))
        )
        here = interpolate(found.nodes.mean, found.plan.levels, point)
        np.testing.assert_allclose(there, here, rtol=1e-6, atol=1e-7)


def test_the_fans_come_out_of_their_16_bits(page):
    driver, found = page
    node = start(found)
    for place in range(4):
        there = driver.execute_script("return fanOf(arguments[0], state.point).map((line) => Array.from(line))", place)
        scale = [1.0, 1.0, 100.0, 100.0][place]
        span = scale * np.ptp(found.nodes.fans[:, place])
        np.testing.assert_allclose(there, scale * found.nodes.fans[node, place], rtol=0.0, atol=span / 60_000 + 1e-9)


def test_predict_then_reveal(page):
    driver, found = page
    assert not driver.find_element(By.ID, "results").is_displayed()
    press(driver, "reveal")
    assert text(driver, "#verdict") == "Make a guess for every outcome first."
    answers = truth(found)
    guess(driver, answers)
    press(driver, "reveal")
    assert text(driver, "#verdict") == "4 of 4 right."
    assert driver.find_element(By.ID, "results").is_displayed()


def test_a_wrong_guess_is_named_and_the_score_adds_up(page):
    driver, found = page
    answers = truth(found)
    other = {"up": "down", "down": "same", "same": "up"}
    guess(driver, answers | {"land": other[answers["land"]]})
    press(driver, "reveal")
    label = outcomes(found)[SHOWN.index("land")]["label"]
    assert text(driver, "#verdict") == f"3 of 4 right. Otherwise than you guessed: {label}."
    press(driver, "again")
    assert not driver.find_element(By.ID, "results").is_displayed()
    assert driver.find_elements(By.CSS_SELECTOR, "#guess input:checked") == []
    guess(driver, answers)
    press(driver, "reveal")
    assert text(driver, "#verdict") == "4 of 4 right. So far: 7 of 8."


def test_a_button_sets_the_dials_of_a_doctrine(page):
    driver, found = page
    press(driver, "skip")
    buttons = driver.find_elements(By.CSS_SELECTOR, "[data-preset]")
    buttons[0].click()
    own = [driver.execute_script("return state.point[arguments[0]]", dial) for dial in range(len(DIALS))]
    assert own == list(found.plan.own)
    assert buttons[0].get_attribute("aria-pressed") == "true"
    assert text(driver, "#finding") == "No outcome differs beyond noise from transactional."


def test_a_button_shows_the_doctrine_that_it_names_until_a_dial_is_turned(page):
    driver, found = page
    press(driver, "skip")
    place = list(found.whole).index("architectural")
    button = driver.find_element(By.XPATH, "//button[text()='architectural']")
    button.click()
    assert text(driver, "#exactness") == "Simulated: architectural, with all of its dials, in 12 worlds."
    for k, about in enumerate(outcomes(found)):
        half = found.presets.half[place, k] or about["usual"]
        digits = min(decimals(about["scale"] * half / 2.0), 2)
        shown = number(about["scale"] * found.presets.mean[place, k], digits)
        assert text(driver, f"#outcome-{k} .mean") == shown, SHOWN[k]
    turn(driver, 0, 1.0)
    assert button.get_attribute("aria-pressed") == "false"
    assert text(driver, "#exactness").endswith("every other dial is as in transactional.")


def test_the_keyboard_turns_a_dial(page):
    driver, _ = page
    slider = driver.find_element(By.ID, "dial-1")
    slider.send_keys(Keys.HOME)
    assert text(driver, "#value-1") == "0.00"
    slider.send_keys(Keys.ARROW_RIGHT)
    assert text(driver, "#value-1") == "0.01"


def test_a_map_has_a_cell_for_every_pair_of_nodes_and_never_the_same_dial_twice(page):
    driver, found = page
    press(driver, "skip")
    cells = driver.find_elements(By.CSS_SELECTOR, "#map rect.ground")
    assert len(cells) == len(found.plan.levels[0]) * len(found.plan.levels[1])
    driver.find_element(By.CSS_SELECTOR, "#map-x option[value='1']").click()
    assert driver.find_element(By.ID, "map-y").get_attribute("value") == "2"


def test_nothing_goes_wrong_and_nothing_is_asked_of_the_network(page):
    driver, _ = page
    press(driver, "skip")
    for dial in range(len(DIALS)):
        turn(driver, dial, 0.33)
    for preset in driver.find_elements(By.CSS_SELECTOR, "[data-preset]"):
        preset.click()
    assert driver.get_log("browser") == []
    assert requested(driver) == []


def test_a_hostile_title_is_text_and_runs_nothing(made, desktop, tmp_path):
    from sim.browser.atlas.atlas_page import render

    found, _ = made
    hostile = (
        "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">{{ 7*7 }}"
    )
    base = found.plan.study.base.model_copy(update={"title": hostile, "question": hostile})
    study = replace(found.plan.study, base=base)
    place = tmp_path / "hostile.html"
    place.write_text(render(found._replace(plan=found.plan._replace(study=study)), hostile), encoding="utf-8")
    desktop.get(place.as_uri())
    assert text(desktop, "h1") == hostile
    assert desktop.title.startswith("</script>")
    assert desktop.get_log("browser") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_no_wider_than_the_screen(made, width):
    with browser(width) as driver:
        driver.get(made[1].as_uri())
        press(driver, "skip")
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_every_control_has_a_name_and_is_large_enough_for_a_thumb(made):
    with browser(360) as driver:
        driver.get(made[1].as_uri())
        press(driver, "skip")
        for control in driver.find_elements(By.CSS_SELECTOR, "button, select, input, summary, [role=img]"):
            assert control.accessible_name or not control.is_displayed(), control.get_attribute("outerHTML")
        for button in driver.find_elements(By.CSS_SELECTOR, "button"):
            assert not button.is_displayed() or button.size["height"] >= 44
