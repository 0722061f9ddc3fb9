"""A real browser without a window: Chromium, driven by selenium, with a profile of its own that it leaves nowhere."""

import base64
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
SCRIPT = (
    "let [dial, value] = arguments; const slider = document.getElementById('dial-' + dial); slider.value = value;"
    "slider.dispatchEvent(new Event('input', { bubbles: true }))"
)


def missing() -> list[str]:
    """What a test in a browser would need and is not here."""
    packages = {name: find_spec(name) for name in ("selenium", "selenium_axe_python", "nicegui")}
    found = {"chromium": CHROMIUM, "chromedriver": DRIVER, **packages}
    return [name for name, place in found.items() if not place]


@contextmanager
def browser(width: int = 1280, height: int = 900) -> Iterator:
    """A browser with a window of so many pixels; narrow ones are phones."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        try:
            shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
            yield driver
        finally:
            driver.quit()


def turn(driver, dial: int, value: float) -> None:
    """Move a slider as a hand does."""
    driver.execute_script(SCRIPT, dial, value)


def requested(driver) -> list[str]:
    """Addresses asked for so far; not the page's own file, what it holds itself, and pages of the browser's own."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("file:", "data:", "chrome:", "chrome-untrusted:"))]


def picture(driver, place: Path) -> None:
    """The whole page as PNG, from top to bottom."""
    width, height = driver.execute_script("return [innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    found = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    place.write_bytes(base64.b64decode(found["data"]))
