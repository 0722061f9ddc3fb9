"""Every page of the app in its main states, as an automated checker of WCAG A and AA sees it."""

import pytest
from auditing import lasting, told
from hands import complaints
from states import states


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_breaks_a_rule_or_is_wider_than_its_window(app, visitors, width):
    driver, found = visitors(width), []
    for name in states(driver, app):
        broken = lasting(driver)
        found += [f"{name}, {width} pixels: {told(broken)}"] if broken else []
        wide = driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
        found += [f"{name}, {width} pixels: {wide} pixels too wide"] if wide > 0 else []
    assert not found, "\n".join(found)
    complaints(driver)  # one page is asked for that is not there, and the browser says so
