"""The page as a text: nothing from outside, nothing that a title could break, no larger than a mail allows."""

import base64
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from small import MONTHS, SEED, WORLDS, small_atlas

import sim
from sim.browser.atlas import grid
from sim.browser.atlas.atlas_page import HERE, SCRIPTS, error_rows, render
from sim.browser.atlas.grid import interpolated
from sim.browser.atlas.payload import dial, inside_script, outcomes, packed, payload
from sim.browser.atlas.shown import SHOWN
from sim.browser.atlas.simulation import pick
from sim.browser.page.contents import HERE as LIVE
from sim.figures.style import READABLE, contrast
from sim.questions.compare.outcomes import headline
from sim.questions.compare.paired import paired
from sim.scenario import load

COMMAND = "doctrine atlas classroom"
FIVE_MB = 5_000_000
HOSTILE = "</script><!-- <script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} & \"'"


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def html(atlas):
    return render(atlas, COMMAND)


def test_it_asks_for_nothing_from_outside(html):
    assert "default-src 'none'" in html
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?!data:)[^"'\s>]""", html) == []
    assert not re.search(r"url\(|@import|http://|https://", html)


def test_the_same_atlas_gives_the_same_page(atlas, html):
    assert render(atlas, COMMAND) == html


def test_the_numbers_come_out_of_the_page_as_they_went_in(atlas, html):
    data = json.loads(re.search(r'id="data">(.*?)</script>', html).group(1))
    mean = np.frombuffer(base64.b64decode(data["mean"]), "<f4").reshape(-1, len(SHOWN))
    np.testing.assert_allclose(mean, atlas.nodes.mean, rtol=1e-7)
    assert [one["levels"] for one in data["dials"]] == [list(levels) for levels in atlas.plan.levels]


def test_a_button_has_the_numbers_of_its_doctrine_in_the_same_worlds(atlas, html):
    """Not those of its four dials with the rest as the scenario has it: of architectural that is another policy."""
    data = json.loads(re.search(r'id="data">(.*?)</script>', html).group(1))
    names = [preset["name"] for preset in data["presets"]]
    study = atlas.plan.study
    both = sim.compare(study.base, ["own", *names[1:]], worlds=WORLDS, seed=SEED).dataset
    means = headline(both, atlas.plan.since)[list(SHOWN)].mean("world")
    rows = np.frombuffer(base64.b64decode(data["whole"]["mean"]), "<f4").reshape(-1, len(SHOWN))
    table = paired(both, "own", atlas.plan.since).set_index(["doctrine", "outcome"])
    halves = np.frombuffer(base64.b64decode(data["whole"]["half"]), "<f4").reshape(-1, len(SHOWN))
    for place, name in enumerate(names):
        for k, outcome in enumerate(SHOWN):
            assert rows[place, k] == pytest.approx(float(means[outcome].sel(doctrine=name)), rel=1e-6)
            row = table.loc[(name, outcome)] if name != "own" else {"high": 0.0, "low": 0.0}
            assert halves[place, k] == pytest.approx((row["high"] - row["low"]) / 2.0, rel=1e-5, abs=1e-7)
    assert names[data["start"]] == "architectural"
    land = data["series"][2]
    fans = np.frombuffer(base64.b64decode(data["whole"]["fans"]), "<u2").reshape(len(names), 4, -1, MONTHS)
    there = 100.0 * both["russian_held_share"].sel(doctrine="architectural").mean("world")
    np.testing.assert_allclose(land["low"] + land["step"] * fans[1, 2, 0], there, atol=land["step"])


def test_no_name_is_declared_twice_in_the_scripts():
    """They end up in one script element, where a second declaration stops all of it."""
    places = [*(HERE / "script" / name for name in SCRIPTS), LIVE / "script" / "live.js"]
    text = "\n".join(place.read_text(encoding="utf-8") for place in places)
    names = re.findall(r"^(?:const|let|function) (\w+)", text, re.MULTILINE)
    assert len(names) > 20
    assert sorted(names) == sorted(set(names))


def test_fans_lose_less_than_a_screen_shows():
    fans = np.random.Generator(np.random.PCG64(1)).normal(size=(5, 2, 5, 7)) * [[[[3.0]], [[400.0]]]]
    found = packed(fans)
    back = found.low[:, None, None] + found.step[:, None, None] * found.numbers
    assert (np.abs(back - fans) <= 0.5001 * found.step[:, None, None]).all()


def test_a_series_that_never_moves_can_be_packed():
    found = packed(np.ones((2, 1, 5, 3)))
    np.testing.assert_array_equal(found.numbers, 0)
    np.testing.assert_array_equal(found.low, 1.0)


def test_the_error_on_the_page_is_the_error(atlas):
    shown = interpolated(atlas.nodes.mean, atlas.plan.levels, atlas.plan.held_out)
    off = np.abs(shown - atlas.held_out.mean)
    for k, (row, about) in enumerate(zip(error_rows(atlas), outcomes(atlas), strict=True)):
        assert row["half_under"] == pytest.approx(np.median(off[:, k]))
        assert row["nearly_all_under"] == about["error"] == pytest.approx(np.quantile(off[:, k], 0.95))
        assert row["largest"] == pytest.approx(off[:, k].max())


def test_a_hostile_title_is_escaped(atlas):
    base = atlas.plan.study.base.model_copy(update={"title": HOSTILE, "question": HOSTILE})
    study = replace(atlas.plan.study, base=base)
    page = render(atlas._replace(plan=atlas.plan._replace(study=study)), HOSTILE)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
    assert page.count("</script>") == 2


def test_no_text_in_json_ends_its_script():
    text = inside_script(json.dumps({"title": HOSTILE + "\u2028"}, ensure_ascii=False))
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text)["title"] == HOSTILE + "\u2028"


def test_the_shipped_example_and_the_longest_scenario_stay_under_5_mb(atlas, html):
    """Only the fans grow with months, and only the arrays with nodes: both scaled up from what is here."""
    fans = len(base64.b64encode(packed(atlas.nodes.fans).numbers.tobytes()))
    nodes = np.prod(grid.NODES) / len(atlas.nodes.mean)
    months = max(load(name).months for name in ("history", "outlook", "classroom"))
    assert len(html) + len(payload(atlas)) * nodes + fans * nodes * months / MONTHS < FIVE_MB


def test_dials_say_what_their_ends_mean(html):
    for name in grid.DIALS:
        assert f"0: {dial(name).low}" in html
        assert f"1: {dial(name).high}" in html


def test_every_colour_of_text_reads_on_its_ground_by_day_and_by_night(html):
    style = html[html.index("<style>") : html.index("</style>")]
    night = re.search(r"prefers-color-scheme: dark\) {(.*?)\n}", style, re.DOTALL).group(1)
    by_day = dict(re.findall(r"--([\w-]+): (#\w+);", style.replace(night, "")))
    by_night = by_day | dict(re.findall(r"--([\w-]+): (#\w+);", night))
    inks = set(re.findall(r"(?:[ {;]color|fill): var\(--([\w-]+)\)", re.sub(r"rect[^}]*}|path[^}]*}", "", style)))
    inks -= {"ground", "on-main"}
    assert {"ink", "quiet", "one-ink", "two-ink"} <= inks
    assert "faint" not in inks
    for colours in (by_day, by_night):
        assert all(contrast(colours[name], colours["ground"]) >= READABLE for name in inks)
        assert contrast(colours["on-main"], colours["one-ink"]) >= READABLE


def test_three_worlds_are_picked_by_rule():
    land = np.array([[20.0, 22.0, 21.0, 25.0, 19.0], [20.0, 22.0, 21.0, 18.0, 19.0]])
    assert list(pick(np.array([0.0, 0.0, 0.0, 0.0, 1.0]), land, "own")) == [2, 4, 3]
    assert list(pick(np.zeros(5), land, "own")) == [2, 3]
