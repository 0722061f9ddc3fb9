"""What runs in the page, without a browser: the core out of its archive, and its answers against the library's."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.basics.intervals import half_width, interval
from sim.browser.atlas.shown import SERIES, SHOWN
from sim.browser.page.contents import HERE, actors, asked_of
from sim.browser.page.inside import Page, cuts
from sim.browser.page.sources import archive, modules
from sim.questions.compare.outcomes import headline
from sim.questions.explain.replay import replay
from sim.scenario import load
from sim.scenario.spelling import doctrine_name, flat

WORLDS, SEED = 140, 3
ALONE = """
import sys

FORBIDDEN = ("pydantic", "pydantic_core", "pandas", "scipy", "mesa", "xarray", "matplotlib", "multiprocessing")


class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in FORBIDDEN:
            raise ImportError(f"{name} is not here")


sys.meta_path.insert(0, Absent())
sys.path.insert(0, sys.argv[1])
import sim
from sim.browser.page.inside import Page, stories

assert sim.__file__.startswith(sys.argv[1])
page = Page(open(sys.argv[2], encoding="utf-8").read())
page.ask(sys.argv[3])
while page.asked.worlds > page.done[-1]:
    found = page.advance()
print(found)
print(page.tell(sys.argv[3], 17))
print(stories(page, sys.argv[3]))
"""


def question(scenario, actor="us", doctrine=None, worlds=WORLDS, seed=SEED) -> str:
    """The question of a page on which one actor's doctrine was set."""
    dials = {}
    if doctrine is not None:
        table = scenario.with_doctrine(actor, doctrine)
        last = table.calendar[-1]
        dials = {actor: {**table.doctrine(actor, last).model_dump(mode="json"), "name": table.called(actor, last)}}
    return json.dumps({"dials": dials, "seed": seed, "worlds": worlds})


def answered(scenario, asked: str) -> dict:
    page = Page(asked_of(scenario, (WORLDS,)))
    page.ask(asked)
    found = [json.loads(page.advance()) for _ in cuts(WORLDS)]
    assert [one["worlds"] for one in found] == cuts(WORLDS)
    return found[-1]


@pytest.mark.parametrize("name", ["classroom", "history"])
def test_the_archive_is_enough_and_tells_the_same(name, tmp_path):
    scenario = load(name).with_horizon(30)
    with zipfile.ZipFile(io.BytesIO(archive())) as held:
        held.extractall(tmp_path / "core")
    (tmp_path / "alone.py").write_text(ALONE, encoding="utf-8")
    (tmp_path / "scenario.json").write_text(asked_of(scenario, (WORLDS,)), encoding="utf-8")
    asked = question(scenario, doctrine="architectural")
    words = [sys.executable, "-I", *map(str, (tmp_path / "alone.py", tmp_path / "core", tmp_path / "scenario.json"))]
    done = subprocess.run([*words, asked], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    numbers, told, stories = map(json.loads, done.stdout.splitlines())
    assert numbers == answered(scenario, asked)
    other = scenario.with_doctrine("us", "architectural")
    assert told == [[[month, list(news)] for month, news in replay(one, SEED, 17)] for one in (scenario, other)]
    assert np.shape(stories["peace"]) == (WORLDS, 30)


@pytest.mark.parametrize(
    ("name", "actor", "doctrine"),
    [("classroom", "us", "architectural"), ("classroom", "us", "own:order=0.7"), ("history", "russia", "maximalist")],
)
def test_the_page_computes_what_the_command_line_computes(name, actor, doctrine):
    scenario = load(name).with_horizon(30)
    found = answered(scenario, question(scenario, actor, doctrine))
    dataset = sim.compare(scenario, ["own", doctrine], actor=actor, worlds=WORLDS, seed=SEED).dataset
    outcomes = headline(dataset)
    own, other = (outcomes[list(SHOWN)].isel(doctrine=place).to_dataarray().to_numpy() for place in (0, 1))
    np.testing.assert_allclose(found["base"], own.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found["mean"], other.mean(axis=1), rtol=1e-12)
    ends = [interval(row) for row in other - own]
    np.testing.assert_allclose(found["half"], [(high - low) / 2.0 for _, low, high, _ in ends], rtol=1e-9, atol=1e-12)
    assert np.shape(found["fans"]) == (len(SERIES), 5, 30)


def test_worlds_are_added_up_and_a_block_more_or_less_changes_nothing(monkeypatch):
    scenario, whole = load("history").with_horizon(6), json.dumps({"dials": {}, "seed": 1, "worlds": WORLDS})
    one = answered(scenario, whole)
    monkeypatch.setattr("sim.browser.page.inside.FIRST", WORLDS)
    page = Page(asked_of(scenario, (WORLDS,)))
    page.ask(whole)
    assert json.loads(page.advance()) == one


def test_the_scenarios_own_worlds_are_lived_through_once(monkeypatch):
    scenario, lived = load("history").with_horizon(3), []
    page = Page(asked_of(scenario, (WORLDS,)))
    usual = page.lived
    monkeypatch.setattr(page, "lived", lambda config, *span: lived.append(config is page.own) or usual(config, *span))
    for doctrine in ("architectural", "aligned"):
        page.ask(question(scenario, doctrine=doctrine))
        page.advance()
    assert lived == [True, False, False]


def test_students_t_is_known_for_every_number_of_worlds_that_the_page_offers():
    sizes = (100, 128, 1000, 5000)
    student = json.loads(asked_of(load("history"), sizes))["student"]
    assert all(student[str(count)] == half_width(1.0, count) for size in sizes for count in cuts(size))


def test_every_actor_has_its_dials_and_its_doctrines():
    scenario = load("history")
    for about in actors(scenario):
        last = scenario.doctrine(about["key"], scenario.calendar[-1])
        assert about["own"] == flat(last)
        assert {dial["name"] for dial in about["dials"]} <= set(about["own"])
        assert all(set(preset["dials"]) == set(about["own"]) for preset in about["presets"])
        assert all(preset["called"] == doctrine_name(preset["name"]) for preset in about["presets"])


def test_the_page_carries_the_core_and_nothing_else():
    names = set(modules())
    assert {"sim/model.py", "sim/actors/mediator.py", "sim/record/tables/congress_coefficients.csv"} <= names
    for room in ("cli", "answers", "estimation", "figures", "report", "store", "teaching", "theory"):
        assert not [name for name in names if name.startswith(f"sim/{room}/")], room
    root = Path(sim.__file__).parent.parent
    assert all(modules()[name].read_bytes() == (root / name).read_bytes() for name in names)
    assert archive() == archive()


def test_its_own_licence_is_that_of_the_repository():
    root = Path(__file__).parents[2]
    assert (HERE / "licences" / "doctrine-sim.txt").read_bytes() == (root / "LICENSE").read_bytes()
