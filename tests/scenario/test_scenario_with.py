"""A scenario varied in code: the vocabulary and the rules of a file that extends it."""

from dataclasses import dataclass
from string import ascii_lowercase, digits

import pytest

import sim
from sim.basics.limits import InputError
from sim.browser.atlas.simulation import atlas
from sim.questions.dials.dial_grid import grid
from sim.questions.infer.inference import posed
from sim.scenario import Crisis, ScenarioError, load

CRISIS = {"month": "2026-05", "kind": "crisis", "theatre": "domestic", "size": 1.0}
CHANGES = {
    "months": 24,
    "us": {"preset": "transactional", "commitment": 0.5},
    "mechanisms": {"leverage": False},
    "parameters": {"front": {"pull": 0.006}},
    "events": [CRISIS],
}
FILE = """
extends = "outlook"
months = 24
us = {preset = "transactional", commitment = 0.5}
mechanisms = {leverage = false}
parameters = {front = {pull = 0.006}}
events = [{month = "2026-05", kind = "crisis", theatre = "domestic", size = 1.0}]
"""


@pytest.fixture
def outlook():
    return load("outlook")


def alike(one, other):
    called = {"name", "title", "question"}
    return one.model_dump(exclude=called) == other.model_dump(exclude=called)


def test_it_is_what_a_file_with_the_same_tables_is(outlook, tmp_path):
    (tmp_path / "varied.toml").write_text(FILE)
    assert alike(outlook.with_(**CHANGES), load(tmp_path / "varied.toml"))


def test_what_is_not_named_stays(outlook):
    varied = outlook.with_(mechanisms={"leverage": False})
    assert not varied.mechanisms.leverage
    assert varied.mechanisms.model_copy(update={"leverage": outlook.mechanisms.leverage}) == outlook.mechanisms
    assert alike(varied.with_(mechanisms={"leverage": True}), outlook)
    assert outlook.with_() == outlook


def test_parameters_stay_drawn(outlook):
    varied = outlook.with_(parameters={"front": {"pull": 0.006}})
    assert varied.parameter_sets == outlook.parameter_sets == "posterior"


def test_events_may_be_objects_and_an_earlier_end_leaves_out_what_comes_after(outlook):
    assert outlook.with_(events=[Crisis(**CRISIS)]).events == (Crisis(**CRISIS),)
    history = load("history").with_(months=20)
    assert [entry.since for entry in history.us] == ["2022-12"]


def test_a_varied_scenario_has_a_name_of_its_own(outlook):
    varied = outlook.with_(months=24, us={"commitment": 0.5})
    assert varied.name.startswith("outlook-with-months-us-")
    assert varied.title == "Outlook (changed: months, us)"
    assert outlook.with_(months=24, name="short", title="Short").name == "short"
    assert outlook.with_(title="Another title").name == "outlook"


def test_names_differ_when_contents_do(outlook):
    half, other = (outlook.with_(us={"commitment": commitment}) for commitment in (0.5, 0.6))
    assert half.name != other.name
    assert half.name == load("outlook").with_(us={"commitment": 0.5}, title="Half").name
    aligned = outlook.with_doctrine("us", "aligned").with_(us={"commitment": 0.5})
    assert aligned.name != half.name
    assert set(half.name) <= {*ascii_lowercase, *digits, "-"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mnths": 3}, "mnths: unknown key; did you mean 'months'?"),
        ({"us": {"comitment": 1.0}}, "us.comitment: unknown key; did you mean 'commitment'?"),
        ({"us": "transactional"}, "us: must be a table, got 'transactional'; write [us]"),
        ({"months": "x"}, "months: must be a whole number, got 'x'"),
        ({"parameters": {"front": {"pull": -1}}}, "parameters.front.pull: must be at least 1e-06, got -1"),
        ({"events": [{**CRISIS, "month": "2039-01"}]}, "events[1].month: must be from 2026-01 to 2028-12"),
        ({"extends": "history"}, "extends: belongs to a file; in code start from another scenario"),
        ({"doctrine": []}, "doctrine: belongs into an actor's table"),
    ],
)
def test_wrong_changes_are_refused_with_key_rule_and_remedy(outlook, changes, words):
    with pytest.raises(ScenarioError) as error:
        outlook.with_(**changes)
    assert str(error.value).startswith("outlook: 1 mistake\n")
    assert words in str(error.value)


@dataclass
class Bytes:
    """A path whose name is bytes."""

    def __fspath__(self):
        return b"outlook"


ENTRIES = {
    "load": sim.load,
    "run": sim.run,
    "compare": lambda source: sim.compare(source, ["own"]),
    "atlas": atlas,
    "map": lambda source: grid(source, ("clarity", "order"), 3),
    "infer": posed,
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("wrong", [{"extends": "outlook"}, 5, None, ["outlook"], b"outlook", Bytes()], ids=repr)
def test_what_is_no_scenario_is_refused_by_every_entry(entry, wrong):
    with pytest.raises(InputError, match=r"scenario: must be the name .* got .*sim\.load\('outlook'\)\.with_\("):
        ENTRIES[entry](wrong)
