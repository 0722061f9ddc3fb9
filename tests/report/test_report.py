"""The report: whole, escaped, alone, and the same every time."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest

from sim import figures
from sim.ensemble import Ensemble, simulate
from sim.figures.saving import pictured
from sim.report import html as report
from sim.report.tables import agreements, comparison
from sim.scenario import Scenario, load

HOSTILE = "<script>alert('x')</script> & \"quoted\" $x^$ {{ 7 * 7 }}"
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """What a browser would see: tags balanced, images, headings, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


@pytest.fixture(scope="module")
def scenarios(history: Scenario) -> dict[str, Scenario]:
    return {name: history.with_doctrine("us", name) for name in ("architectural", "transactional", "aligned")}


@pytest.fixture(scope="module")
def html(scenarios: dict[str, Scenario]) -> str:
    dataset = simulate(scenarios, Ensemble(worlds=60))
    return report.render(dataset, scenarios, figures.observed(), command="doctrine compare history a b")


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def small(history: Scenario, **options) -> str:
    """A report without figures: everything but the time they take."""
    dataset = simulate({"architectural > transactional": history}, Ensemble(worlds=options.pop("worlds", 20)))
    return report.render(dataset, history, figures={}, **options)


def test_it_says_what_became_of_what_the_scenario_inherits(history: Scenario) -> None:
    notes = ["events: 1 inherited from history.toml, 2 of its own", HOSTILE]
    said = Page(small(history, notes=notes))
    assert all(note in said.text for note in notes)
    assert not said.all("script")
    assert "file inherits" not in Page(small(history)).text


def test_every_tag_is_closed_and_every_figure_is_there_with_its_text(page: Page) -> None:
    assert page.open == []
    images = page.all("img")
    assert len(images) == len(figures.FIGURES)
    assert all(image["alt"] and len(image["alt"]) > 20 for image in images)
    assert len(page.all("figcaption")) == len(images)


def test_it_asks_for_nothing_from_outside(html: str, page: Page) -> None:
    addresses = [a.get(key) for _, a in page.seen for key in ("src", "href") if a.get(key)]
    assert all(address.startswith(("data:image/", "#")) for address in addresses)
    assert not page.all("script")
    assert not page.all("link")
    assert not re.search(r"url\(|@import", html)
    (policy,) = [a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")


def test_it_is_small_enough_to_mail(html: str) -> None:
    assert len(html.encode()) < 3_000_000


def test_many_drawings_become_pixels_so_that_it_stays_small(monkeypatch, history: Scenario) -> None:
    dataset = simulate({"one": history}, Ensemble(worlds=20))
    drawn = {"front": pictured(figures.front(dataset))}
    assert "data:image/svg+xml" in report.render(dataset, history, figures=drawn)
    monkeypatch.setattr(report, "MOST_BYTES", 10)
    assert "data:image/png" in report.render(dataset, history, figures=drawn)


def test_tables_have_captions_and_heads(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table"))
    scopes = [a.get("scope") for a in page.all("th")]
    assert set(scopes) == {"col", "row"}


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.seen if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_contents_lead_somewhere(page: Page) -> None:
    places = {a["id"] for _, a in page.seen if a.get("id")}
    assert {a["href"].removeprefix("#") for a in page.all("a")} <= places


def test_it_tells_what_one_needs_to_know_and_to_make_it_again(page: Page, scenarios: dict[str, Scenario]) -> None:
    for words in (
        "They differ from 2025-01 on",
        "Transactional against architectural, in the same worlds",
        "It is not a forecast.",
        "doctrine compare history a b",
        "seed 1",
        "Kiel Institute",
        "Every mechanism of the model is on.",
        *(scenario.digest for scenario in scenarios.values()),
    ):
        assert words in page.text, words


def test_it_is_the_same_every_time(history: Scenario) -> None:
    assert small(history) == small(history)


def test_a_hostile_title_is_text(history: Scenario) -> None:
    titled = history.model_copy(update={"title": HOSTILE, "question": HOSTILE})
    dataset = simulate({"one": titled}, Ensemble(worlds=5))
    found = report.render(dataset, titled, command=HOSTILE, figures={"front": pictured(figures.front(dataset))})
    assert "<script" not in found
    page = Page(found)
    assert page.open == []
    assert page.text.count("{{ 7 * 7 }}") == 3 + 1  # title of the page, heading, question, command
    assert "alert('x')" in page.text


def test_one_doctrine_is_told_from_its_change_on(history: Scenario) -> None:
    page = Page(small(history))
    assert "What was run" in page.text
    assert "when the doctrine\nchanges" in page.text
    assert "count from 2025-01" in page.text
    assert "Difference" not in page.text


def test_a_settlement_that_stood_before_has_a_row_of_its_own_and_none_where_there_is_none(outlook: Scenario) -> None:
    assert "A settlement stands already" in small(load("frozen_conflict"))
    assert "A settlement stands already" not in small(outlook)


def test_what_was_agreed_and_what_broke_is_a_table_by_class_truces_among_them() -> None:
    columns = ["doctrine", "kind", "stood", "agreed", "broken", "replaced"]
    rows = [("a", "truce", 0, 40, 30, 4), ("a", "guaranteed settlement", 2, 8, 1, 0), ("b", "truce", 0, 0, 0, 0)]
    fates = pd.DataFrame(rows, columns=columns)
    (table,) = agreements(fates, 50)
    assert table.rows == [
        ["Guaranteed settlement", "a", "10", "1", "10", "2 to 40", "–"],
        ["Truce", "a", "40", "30", "75", "60 to 86", "4"],
    ]
    assert agreements(fates, 1) == []
    assert agreements(fates.iloc[2:], 50) == []


def test_the_report_tells_of_truces(page: Page) -> None:
    assert "What was agreed in 60 worlds" in page.text
    assert "A truce is agreed" in page.text
    assert "A truce breaks" in page.text


def test_facts_that_cannot_fail_are_not_counted(history: Scenario) -> None:
    page = Page(small(history)).text
    assert "5 of the 6 facts that can fail hold." in page
    assert "Not tested, and not counted, is fact 6:" in page
    assert "cannot fail" in page


def test_one_world_claims_no_frequency(history: Scenario) -> None:
    page = Page(small(history, worlds=1))
    assert "One world was simulated." in page.text
    assert "interval" not in page.text.split("What this cannot say")[0]


def test_what_is_switched_off_or_changed_is_listed(history: Scenario) -> None:
    changed = history.with_mechanisms(signals=False).with_parameters({"front": {"persistence": 0.5}})
    page = Page(small(changed))
    assert "Switched off: signals." in page.text
    assert "parameters.front.persistence" in page.text


def test_without_the_record_nothing_is_held_against_it(history: Scenario) -> None:
    assert "Against the record" not in small(history)
    assert "Against the record" in small(history, record=figures.observed())


def test_what_is_the_same_in_every_world_reads_the_same_in_the_report() -> None:
    row = {"label": "x", "unit": "EUR bn", "worlds": 9, "mean": 14.0, "mean_baseline": 14.0, "difference": 0.0}
    row |= {"doctrine": "a", "baseline": "b", "outcome": "x", "low": 0.0, "high": 0.0, "larger": 0.0, "smaller": 0.0}
    rows = comparison(pd.DataFrame([row | {"variance_ratio": float("inf")}]))[0].rows
    assert rows == [["x", "EUR bn", "14.0", "14.0", "same", "–", "–", "–", "–"]]
