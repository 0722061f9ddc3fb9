"""Whatever a file holds, the answer is a scenario or a report: never another exception."""

import contextlib
import subprocess
import sys
import tomllib

import pytest
import tomli_w
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import sim.scenario as scenario
from sim.scenario.doctrine import DOCTRINES
from sim.scenario.presets import PRESETS

FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

WORDS = """
    name title question extends start months us russia congress house priorities preset doctrine from clarity
    events kind month amount crisis instrument money donor arms eu parameters front pull table guarantee_gain initial
    settlement mechanisms leverage drop hold state parameter_sets
"""
words = st.sampled_from([*WORDS.split(), ""])
values = st.one_of(
    st.none().map(lambda _: "default"),
    words,
    st.text(max_size=8),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.times(),
    st.sampled_from(
        ["2022-12", "2024-01", "aligned", "118th", "Why?", "custom", "record", "us.doctrine", "front.pull"]
    ),
)
tables = st.recursive(
    values,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | st.text(max_size=5), inner, max_size=6),
    max_leaves=40,
)
HEAD = {"title": "Fuzz", "question": "Does it hold?", "start": "2022-12", "months": 24}


def outcome(path):
    try:
        return scenario.load(path)
    except scenario.ScenarioError as error:
        if not (error.mistakes and str(error).startswith(error.source)):
            raise AssertionError("a report without mistakes") from error
        return None


@FUZZ
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"a.b.c = 1\n[a]\nb = 2")
def test_random_bytes(tmp_path, content):
    path = tmp_path / "fuzz.toml"
    path.write_bytes(content)
    outcome(path)


@FUZZ
@given(st.lists(st.sampled_from("abus.=\"[]{}\n# 019-,:'\\_") | words, max_size=60).map("".join))
def test_random_text_that_looks_like_toml(tmp_path, text):
    path = tmp_path / "fuzz.toml"
    path.write_text(text, encoding="utf-8")
    outcome(path)


@FUZZ
@given(st.dictionaries(words, tables, max_size=8), st.booleans())
def test_random_tables(tmp_path, data, with_head):
    path = tmp_path / "fuzz.toml"
    path.write_text(tomli_w.dumps({**data, **HEAD} if with_head else data), encoding="utf-8")
    outcome(path)


@FUZZ
@given(st.dictionaries(words, tables, max_size=6), st.dictionaries(words, tables, max_size=6))
def test_random_tables_over_random_tables(tmp_path, older, younger):
    for name, data, parent in (("older", older, "history"), ("fuzz", younger, "older.toml")):
        (tmp_path / f"{name}.toml").write_text(tomli_w.dumps({**data, "extends": parent}), encoding="utf-8")
    outcome(tmp_path / "fuzz.toml")


@FUZZ
@given(
    st.integers(2020, 2027).map("{}-07".format),
    st.integers(1, 80),
    st.lists(st.sampled_from(["events", "us", "us.doctrine", "congress", "initial"]), unique=True),
    st.sampled_from(["frozen_conflict", "history"]),
)
def test_whatever_is_moved_and_let_go_makes_a_scenario(tmp_path, start, months, drop, parent):
    has = {"history": {"events", "us", "us.doctrine", "congress"}, "frozen_conflict": {"us", "congress", "initial"}}
    wanted = [name for name in drop if name in has[parent] and not (name == "us.doctrine" and "us" in drop)]
    path = tmp_path / "fuzz.toml"
    path.write_text(tomli_w.dumps({"extends": parent, "start": start, "months": months, "drop": wanted}))
    found = scenario.loaded(path)
    assert (found.scenario.start, found.scenario.months) == (start, months)
    assert sum(" let go" in note for note in found.notes) == len(wanted)
    path.write_text(found.scenario.to_toml(), encoding="utf-8")
    assert scenario.load(path) == found.scenario


@FUZZ
@given(st.data())
def test_a_shipped_scenario_with_one_value_replaced(tmp_path, data):
    tree = tomllib.loads(scenario.load("history").to_toml())
    place = tree
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(tables)
    path = tmp_path / "fuzz.toml"
    path.write_text(tomli_w.dumps(tree), encoding="utf-8")
    outcome(path)


def dials(actor):
    numbers = st.floats(0, 1)
    return st.fixed_dictionaries(
        {"preset": st.sampled_from(sorted(PRESETS[actor]))},
        optional={dial: numbers for dial, field in DOCTRINES[actor].model_fields.items() if field.annotation is float},
    )


@FUZZ
@given(st.fixed_dictionaries({}, optional={actor: dials(actor) for actor in DOCTRINES}))
def test_sound_files_load_and_load_back(tmp_path, data):
    path = tmp_path / "fuzz.toml"
    path.write_text(tomli_w.dumps({**HEAD, **data}), encoding="utf-8")
    first = outcome(path)
    assert first is not None
    path.write_text(first.to_toml(), encoding="utf-8")
    assert scenario.load(path) == first


@FUZZ
@given(st.sampled_from(sorted(DOCTRINES)), tables | st.dictionaries(words, tables, max_size=4), values)
def test_random_changes(actor, doctrine, since):
    history = scenario.load("history")
    for change in (
        lambda: history.with_doctrine(actor, doctrine, since),
        lambda: history.with_parameters(doctrine),
        lambda: history.with_horizon(doctrine),
    ):
        with contextlib.suppress(scenario.ScenarioError):
            assert change().to_toml()


@pytest.mark.parametrize("module", ["mesa", "numpy", "pandas", "xarray", "matplotlib"])
def test_reading_a_scenario_does_not_pay_for(module):
    code = f"import sys, sim.scenario; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
