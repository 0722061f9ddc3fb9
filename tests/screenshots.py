"""Pictures of a page to look at, on a desk and on a phone: python tests/screenshots.py PAGE.html FOLDER.

With `--axe axe.min.js` (of the npm package axe-core) the rules of WCAG 2.1 AA are run as well and what breaks them is
printed.
"""

import argparse
from pathlib import Path

from browsing import browser, picture, turn

WIDTHS = {"desktop": 1280, "phone": 360}
AXE = "const done = arguments[0]; axe.run().then((found) => done(found.violations))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--axe", type=Path)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, width in WIDTHS.items():
        with browser(width) as driver:
            shoot(driver, name, asked.page, asked.folder, asked.axe)


def shoot(driver, name: str, page: Path, folder: Path, axe: Path | None) -> None:
    """The page before a guess, after it, between nodes, and with a story open."""
    driver.get(page.resolve().as_uri())
    picture(driver, folder / f"{name}-guess.png")
    audit(driver, axe, f"{name}, before the guess")
    driver.find_element("id", "skip").click()
    picture(driver, folder / f"{name}-node.png")
    turn(driver, 0, 0.7)
    driver.find_element("css selector", "summary").click()
    picture(driver, folder / f"{name}-between.png")
    audit(driver, axe, f"{name}, after it")
    print(f"{name}: {sorted(place.name for place in folder.glob(f'{name}-*.png'))}")


def audit(driver, axe: Path | None, where: str) -> None:
    """Print what breaks a rule of accessibility."""
    if axe is None:
        return
    driver.execute_script(axe.read_text(encoding="utf-8"))
    broken = driver.execute_async_script(AXE)
    print(f"{where}: {len(broken)} rules broken")
    for rule in broken:
        print(f"  {rule['id']} ({rule['impact']}): {rule['help']}")
        for node in rule["nodes"][:3]:
            print(f"    {node['html'][:150]}")


if __name__ == "__main__":
    main()
