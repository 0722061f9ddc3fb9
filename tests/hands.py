"""What a person does in a browser, who finds things by what they are called."""

import time
from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ALL = {
    "button": "button, [role=button], summary",
    "link": "a[href]",
    "field": "input, textarea, select, [role=combobox], [role=slider]",
    "dial": "input[type=range], [role=slider]",
    "choice": "[role=radio], [role=option], [role=checkbox], input[type=radio], input[type=checkbox]",
}
SLOW = 40
"""Seconds that something may take to appear on a busy machine."""
MOVE = (
    "const [dial, value] = arguments;"
    "Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(dial, value);"
    "for (const kind of ['input', 'change']) dial.dispatchEvent(new Event(kind, { bubbles: true }))"
)
HARMLESS = ("favicon",)


def until(true: Callable[[], Any], seconds: float = SLOW, what: str = "") -> Any:
    """Wait until something holds, and return it."""
    end = time.monotonic() + seconds
    while True:
        try:
            if found := true():
                return found
        except StaleElementReferenceException:
            pass
        if time.monotonic() > end:
            raise TimeoutError(what or "it did not come")
        time.sleep(0.1)


def open_page(driver, url: str) -> None:
    """Open a page and wait until its server hears it."""
    driver.get(url)
    until(lambda: driver.execute_script("return Boolean(window.did_handshake)"), what=f"{url} does not connect")


def find(driver, kind: str, name: str, seconds: float = SLOW) -> Any:
    """The first thing of a kind whose name, as a screen reader says it, contains a text."""

    def found() -> Any:
        things = driver.find_elements(By.CSS_SELECTOR, ALL[kind])
        return next((each for each in things if name in each.accessible_name and shown(driver, each)), None)

    return until(found, seconds, f"there is no {kind} {name!r} on {driver.current_url}:\n{text(driver)[:3000]}")


def shown(driver, element) -> bool:
    """Whether an element takes part in the page; a checkbox of Quasar's is invisible by itself and yet does."""
    return driver.execute_script("return arguments[0].getClientRects().length > 0", element)


def click(driver, kind: str, name: str) -> None:
    """Click on something, as soon as it can be."""
    until(lambda: find(driver, kind, name).is_enabled(), what=f"{name!r} stays dead")
    element = find(driver, kind, name)
    driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
    element.click()


def write(driver, name: str, value: str) -> None:
    """Write into a field, in the place of what stands there."""
    field = find(driver, "field", name)
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(value, Keys.TAB)


def move(driver, name: str, value: float) -> None:
    """Move a dial."""
    driver.execute_script(MOVE, find(driver, "dial", name), value)


def text(driver) -> str:
    """What the page says."""
    return driver.execute_script("return document.body?.innerText ?? ''")


def read(driver, part: str, seconds: float = SLOW) -> str:
    """Wait until the page says something, and return all that it says."""
    until(lambda: part in text(driver), seconds, f"{part!r} does not appear on {driver.current_url}")
    return text(driver)


def at_month(driver, month: int) -> None:
    """Wait until a seat has a month before it and the focus is on its heading, where the page scrolls to."""
    read(driver, f": month {month} of ")
    there = "return document.activeElement?.id === 'seat-month'"
    until(lambda: driver.execute_script(there), what=f"the focus does not come to month {month}")


def complaints(driver) -> list[str]:
    """Errors in the browser's console since it was asked last."""
    said = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    return [entry["message"] for entry in said if not any(word in entry["message"] for word in HARMLESS)]
