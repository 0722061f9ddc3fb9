"""Pictures of pages to look at, on a desk and on a phone, with what an automated checker says of them.

    python tests/screenshots.py app FOLDER          every page of the app in its main states; the app is served for it
    python tests/screenshots.py PAGE.html FOLDER    a page that `doctrine page` or `doctrine atlas` wrote

The rules of WCAG A and AA are run as well, by axe-core as the extra `browser` installs it, or by the script given with
`--axe`; what breaks them is printed.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from auditing import lasting, script, settled, told
from browsing import browser, picture, turn
from hands import until
from serving import serving
from states import states

WIDTHS = {"desktop": 1280, "phone": 390}
APP = "app"
STARTED = 240
"""Seconds that a model in a page may take on a busy machine."""


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", help="app, or the file of an atlas")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--axe", type=Path, default=script(), help="axe.min.js of the npm package axe-core")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.page == APP:
        with tempfile.TemporaryDirectory() as rooms, serving(Path(rooms) / "served") as server:
            shoot(server.url, asked.folder, asked.axe)
    else:
        shoot(Path(asked.page).resolve().as_uri(), asked.folder, asked.axe)


def shoot(page: str, folder: Path, axe: Path | None) -> None:
    """Take a picture of each state at each width, and check it."""
    for name, width in WIDTHS.items():
        with browser(width) as driver:
            for state in atlas(driver, page) if page.startswith("file:") else states(driver, page):
                settled(driver)
                picture(driver, folder / f"{state}-{name}.png")
                broken = [] if axe is None else lasting(driver, axe)
                print(f"{state}-{name}.png: {len(broken)} rules broken")
                if broken:
                    print(told(broken))


def atlas(driver, page: str) -> Iterator[str]:
    """The page of an atlas before a guess, after it, and between nodes with a story open; by day, and one by night.

    Where the model is in the page, it runs from the second on, and tells a world.
    """
    driver.get(page)
    yield "guess"
    live = driver.find_elements("id", "model-state")
    if live:
        until(lambda: "runs in this page" in live[0].text, STARTED)
    driver.find_element("id", "skip").click()
    yield "node"
    turn(driver, 0, 0.7)
    driver.find_element("css selector", "summary").click()
    if live:
        driver.find_element("id", "tell").click()
        until(lambda: driver.find_element("id", "story-state").text.endswith("told."), STARTED)
    yield "between"
    night = {"name": "prefers-color-scheme", "value": "dark"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [night]})
    yield "night"


if __name__ == "__main__":
    main()
