"""What the pages of the chapters are made of: who is remembered, what is drawn, where Explore goes on."""

import asyncio
from urllib.parse import urlsplit

import pytest

from sim.basics.limits import InputError
from sim.browser.explore.comparison import Comparison
from sim.browser.fields import number_in
from sim.browser.lessons import chapter_runs
from sim.browser.lessons.chapter_charts import along, beside, interval
from sim.browser.lessons.chapter_page import explore_link
from sim.browser.lessons.chapter_runs import Visit, Visits
from sim.teaching.lessons.chapters import CHAPTERS, answer, chapter

FOUND = answer(2, 1.0, 40)


def test_the_first_prediction_counts_and_later_ones_are_play() -> None:
    visit = Visit()
    visit.score(FOUND, FOUND.truth.mean)
    visit.score(FOUND._replace(value=0.5), -30.0)
    assert (visit.points, visit.prediction, visit.value, visit.tried) == (100.0, FOUND.truth.mean, 1.0, {0.5, 1.0})


def test_a_prediction_that_is_refused_is_not_remembered() -> None:
    visit = Visit()
    with pytest.raises(InputError, match="prediction: must be a number from −30 to 30"):
        visit.score(FOUND, 99.0)
    assert not visit.done
    assert not visit.tried


def test_so_many_browsers_are_remembered_and_the_longest_unseen_go_first() -> None:
    memory = Visits(most=2)
    for browser in ("a", "b", "a", "c"):
        memory.visit(browser, 2).score(FOUND, 12.0)
    assert [bool(memory.done(browser)) for browser in "abc"] == [True, False, True]
    memory.forget("a")
    assert not memory.done("a")


@pytest.mark.parametrize("number", CHAPTERS)
def test_charts_show_the_prediction_the_truth_and_the_same_numbers_in_their_table(number: int) -> None:
    asked = chapter(number)
    found = [answer(number, value, 16) for value in asked.knob.settings[:2]]
    visit = Visit(found[0].value, asked.scale.high, 0.0, {each.value for each in found})
    strip, curve = beside(asked, found[0], asked.scale.high), along(asked, found, visit)
    drawn = {series["name"]: series["data"] for series in strip["series"]}
    assert drawn["You said"] == [[asked.scale.high, 0]]
    assert drawn["The model says"] == [[found[0].truth.mean, 1]]
    assert len(strip["dataset"][0]["source"]) == len([name for name in drawn if name != "zero"])
    assert "settings run" in curve["title"]["text"]
    assert len(curve["dataset"][0]["source"]) >= len(found)


@pytest.mark.parametrize("number", CHAPTERS)
def test_scales_and_knobs_are_cut_into_a_few_round_parts(number: int) -> None:
    asked = chapter(number)
    for low, high in ((asked.scale.low, asked.scale.high), (asked.knob.low, asked.knob.high)):
        assert 2 <= (high - low) / interval(low, high) <= 7


@pytest.mark.parametrize("number", CHAPTERS)
def test_the_link_to_explore_is_one_that_explore_reads(number: int) -> None:
    asked = chapter(number)
    for value in asked.knob.settings:
        address = urlsplit(explore_link(asked, value))
        state = Comparison.read(address.query)
        assert address.path == "/explore"
        assert state.actor == asked.place(value).actor
        assert len(state.study().scenarios) == 2


def test_the_link_carries_the_setting() -> None:
    state = Comparison.read(urlsplit(explore_link(chapter(6), 0.75)).query)
    assert (state.congress, state.against, state.us) == ("118th:agenda=0.25", "118th:agenda=0.75", "architectural")
    assert state.worlds == chapter(6).worlds


def test_who_asks_for_what_is_being_computed_waits_for_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    async def ask(client: str, function: object, *args: object, on_progress: object = None) -> object:
        calls.append(args)
        await asyncio.sleep(0)
        return answer(*args, worlds=20)  # type: ignore[arg-type]

    monkeypatch.setattr(chapter_runs.runs, "ask", ask)
    monkeypatch.setattr(chapter_runs, "_known", {})

    async def two() -> list[object]:
        return await asyncio.gather(chapter_runs.answer_of(6, 0.25), chapter_runs.answer_of(6, 0.25))

    one, other = asyncio.run(two())
    assert one is other is chapter_runs.known_answer(6, 0.25)
    assert calls == [(6, 0.25)]


@pytest.mark.parametrize("told", ["", "ten", "1e999", "nan", None, ["4"], {"value": 4}, "9" * 41])
def test_what_is_no_number_is_none(told: object) -> None:
    assert number_in(told) is None


def test_a_number_is_read_as_a_browser_tells_it() -> None:
    assert [number_in(told) for told in ("-3.5", "4", 4, 4.5)] == [-3.5, 4.0, 4.0, 4.5]
