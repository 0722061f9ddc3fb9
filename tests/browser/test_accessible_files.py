"""The pages that are files, an atlas and a report, as an automated checker of WCAG A and AA sees them."""

import pytest
from auditing import told, violations
from browsing import browser
from shipped import plain

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Their addresses."""
    folder = tmp_path_factory.mktemp("files")
    for name, made in (("atlas", atlas), ("report", report)):
        (folder / f"{name}.html").write_text(made(), encoding="utf-8")
    return {place.stem: place.as_uri() for place in folder.iterdir()}


def atlas() -> str:
    from sim.browser.atlas.atlas_page import render
    from sim.browser.atlas.grid import design
    from sim.browser.atlas.simulation import simulated
    from sim.scenario import load

    return render(
        simulated(design(load("classroom").with_horizon(6), worlds=12, counts=(4, 4, 4, 4))), "doctrine atlas"
    )


def report() -> str:
    from sim import figures
    from sim.ensemble import Ensemble, simulate
    from sim.report import html as report

    scenarios = {name: plain("history").with_doctrine("us", name) for name in ("architectural", "transactional")}
    return report.render(
        simulate(scenarios, Ensemble(worlds=20)), scenarios, figures.observed(), command="doctrine compare history"
    )


def test_the_checker_finds_what_is_wrong(tmp_path):
    bad = "<title>x</title><body><img src='data:,'><p style='color:#aaa;background:#fff'>pale</p><input></body>"
    place = tmp_path / "bad.html"
    place.write_text(bad, encoding="utf-8")
    with browser() as driver:
        driver.get(place.as_uri())
        found = {rule["id"] for rule in violations(driver)}
    assert {"html-has-lang", "image-alt", "color-contrast", "label"} <= found


@pytest.mark.parametrize("width", WIDTHS)
def test_an_atlas_breaks_no_rule(pages, width):
    with browser(width) as driver:
        driver.get(pages["atlas"])
        assert not (found := violations(driver)), told(found)
        driver.find_element("id", "skip").click()
        driver.find_element("css selector", "summary").click()
        assert not (found := violations(driver)), told(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_breaks_no_rule(pages, width):
    with browser(width) as driver:
        driver.get(pages["report"])
        assert not (found := violations(driver)), told(found)
