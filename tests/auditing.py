"""An automated checker of accessibility: axe-core (MPL-2.0, by Deque), as it comes with selenium-axe-python (MPL-2.0).

Only its script is used, in the browser that the tests drive anyway.
"""

import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.0, 2.1 and 2.2 at levels A and AA, and what axe-core advises beside."""
RUN = (
    "const [rules, done] = arguments;"
    "axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then((found) => done(found.violations),"
    " (error) => done([{ id: 'axe', impact: 'broken', help: String(error), nodes: [] }]))"
)
MOVING = "return document.getAnimations().some((each) => each.effect?.getComputedTiming().endTime < 5000)"
HTML = 160


def script() -> Path | None:
    """Where axe-core is installed; None if it is not."""
    found = find_spec("selenium_axe_python")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "axe-core" / "axe.min.js"


def violations(driver, axe: Path | None = None) -> list[dict[str, Any]]:
    """What on the page that a browser shows breaks a rule."""
    source = axe or script()
    if not driver.execute_script("return Boolean(window.axe)"):
        driver.execute_cdp_cmd("Runtime.evaluate", {"expression": source.read_text(encoding="utf-8")})
    driver.set_script_timeout(120)
    return driver.execute_async_script(RUN, RULES)


def told(found: list[dict[str, Any]]) -> str:
    """What was found, a rule a paragraph, with the elements that break it."""
    lines = []
    for rule in found:
        lines.append(f"{rule['id']} ({rule['impact']}): {rule['help']}")
        lines += [f"    {' '.join(node['target'])}: {node['html'][:HTML]}" for node in rule["nodes"][:5]]
    return "\n".join(lines)


def settled(driver, seconds: float = 10) -> None:
    """Wait until nothing on the page moves any more: what is half faded in has no contrast yet."""
    end = time.monotonic() + seconds
    while driver.execute_script(MOVING) and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(0.2)


def lasting(driver, axe: Path | None = None, seconds: float = 10) -> list[dict[str, Any]]:
    """What breaks a rule when the page has come to rest: a notice that fades in during a check is looked at again."""
    end = time.monotonic() + seconds
    settled(driver)
    while (broken := violations(driver, axe)) and time.monotonic() < end:
        time.sleep(1)
        settled(driver)
    return broken
