"""What the page asks for is in its link, its file and its command, exactly."""

import json
import re
import shlex
import tomllib
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.answers.ensemble_answer import ensemble_answer
from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.browser.address import base
from sim.browser.dials import dials
from sim.browser.explore.comparison import FEWEST, MOST, Comparison
from sim.browser.explore.form import moved, values
from sim.browser.explore.paired_run import explored, found
from sim.cli import main
from sim.questions.compare.paired import paired
from sim.scenario import load, shipped
from sim.scenario.doctrine import DOCTRINES
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import flat, parsed, text_of, written

TWO_DIGITS = st.integers(0, 100).map(lambda number: number / 100)


@st.composite
def doctrines(draw, actor):
    """A preset with some dials moved."""
    text = draw(st.sampled_from(sorted(PRESETS[actor])))
    for dial in draw(st.lists(st.sampled_from(dials(actor)), max_size=3)):
        text = moved(actor, text, dial.name, draw(TWO_DIGITS))
    return text


@st.composite
def states(draw):
    """Any state that the page can be in."""
    scenario = draw(st.sampled_from(sorted(shipped())))
    actor = draw(st.sampled_from(ACTORS))
    texts = {name: draw(st.just("") | doctrines(name)) for name in ACTORS}
    since = draw(st.just("") | st.sampled_from(base(scenario).calendar))
    state = Comparison(
        scenario=scenario,
        **texts,
        actor=actor,
        against=draw(doctrines(actor)),
        since=since,
        worlds=draw(st.integers(FEWEST, MOST)),
        seed=draw(st.integers(0, 2**64 - 1)),
    )
    return state if state.first != state.against else state.with_(against=_other(state))


def _other(state):
    return next(name for name in PRESETS[state.actor] if name != state.first)


@given(states())
@settings(max_examples=60, deadline=None)
def test_a_link_brings_back_the_state_exactly(state):
    assert Comparison.read(state.query()) == state


@given(states())
@settings(max_examples=12, deadline=None)
def test_the_file_and_the_command_ask_for_the_same_study(tmp_path_factory, state):
    file = tmp_path_factory.mktemp("explored") / "explored.toml"
    file.write_text(state.toml(), encoding="utf-8")
    words = shlex.split(state.command(str(file)))
    assert words[:3] == ["doctrine", "compare", str(file)]
    options = dict(zip(words[5::2], words[6::2], strict=True))
    again = sim.ensemble.study.comparison(
        file,
        words[3:5],
        options.get("--actor", "us"),
        options["--since"],
        sim.Ensemble(int(options["--worlds"]), int(options["--seed"])),
    )
    asked = state.study()
    assert load(file).digest == next(iter(asked.scenarios.values())).digest
    assert {name: one.digest for name, one in again.scenarios.items()} == {
        name: one.digest for name, one in asked.scenarios.items()
    }
    assert (again.ensemble.worlds, again.ensemble.seed) == (asked.ensemble.worlds, asked.ensemble.seed)


def test_the_numbers_are_those_of_compare_and_the_saved_file_gives_them_again(tmp_path, capsys):
    state = Comparison(against="transactional:commitment=0.85", ukraine="maximalist", worlds=500, seed=7)
    told = []
    here = explored(state, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == 2 * 500 * 36
    file = tmp_path / "explored.toml"
    file.write_text(state.toml(), encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert tomllib.loads(state.toml())["us"]["preset"] == "architectural"
    dataset = sim.compare(file, [state.first, state.against], worlds=500, seed=7).dataset
    dataset = dataset.assign_coords(doctrine=here.labels)
    study = replace(state.study(), scenarios=state.named())
    assert found(ensemble_answer(study, dataset)) == here
    capsys.readouterr()
    words = shlex.split(state.command(str(file)))[1:]
    assert main([*words, "--out", str(tmp_path / "out"), "--json"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["sentences"] == list(here.sentences)
    row = paired(dataset).set_index("outcome").loc["settled"]
    said = re.match(r"Transactional, commitment 0.85 settles in (\d+)(\.\d)? more", here.sentences[0])
    digits = len(said[2] or ".") - 1
    assert said[1] + (said[2] or "") == f"{100 * row['difference']:.{digits}f}"


def test_two_variants_of_a_doctrine_have_two_names():
    state = Comparison(us="transactional:commitment=0.3", against="transactional:commitment=0.4")
    assert list(state.named()) == ["transactional:commitment=0.3", "transactional:commitment=0.4"]
    assert list(Comparison().named()) == ["architectural", "transactional"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("a", "the link must be name=value"),
        ("%ff=1", "the link must be name=value"),
        ("wrlds=500", "unknown part of the link 'wrlds'; did you mean 'worlds'"),
        ("worlds=20", "worlds: must be a whole number from 500 to 2,000, got 20"),
        ("worlds=2001", "worlds: must be a whole number from 500 to 2,000, got 2001"),
        ("worlds=1e3", "worlds: must be a whole number, got '1e3'"),
        ("worlds=١٠٠٠", "worlds: must be a whole number"),
        ("seed=18446744073709551616", "seed: must be a whole number from 0 to 2"),
        ("seed=1&seed=2", "seed: stands in the link twice"),
        ("us=x", "unknown doctrine of us 'x'"),
        ("us=<script>alert(1)</script>", "unknown doctrine of us"),
        ("us=transactional:commitment", "must be a preset, or preset:dial=value"),
        ("us=transactional:commitment=nan", "each dial once and with a number"),
        ("us=transactional:commitment=2", "commitment: "),
        ("us=transactional:priorities.europe=0.5", "must sum to 1"),
        ("us=custom:order=0.5", "us"),
        ("actor=nato", "unknown actor 'nato'"),
        ("since=2020-01", "since: must be a month from 2026-01 to 2028-12"),
        ("scenario=/etc/passwd", "unknown scenario '/etc/passwd'"),
        ("scenario=../outlook", "unknown scenario"),
        ("scenario=scenarios/outlook.toml", "unknown scenario"),
        ("against=architectural", "doctrine 'architectural' is given twice"),
        ("us=" + "a" * Comparison.LONGEST, "the link is longer than"),
    ],
)
def test_a_bad_link_is_a_mistake_in_plain_words(query, reason):
    with pytest.raises(InputError) as caught:
        Comparison.read(query)
    assert reason in str(caught.value)


def test_a_scenario_is_a_shipped_one_even_where_a_file_has_its_name(tmp_path, monkeypatch):
    base.cache_clear()
    (tmp_path / "outlook").write_text("title = 'mine'", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert base("outlook").title == "Outlook"


def test_every_choice_is_in_the_link():
    state = Comparison("history", "russia", "maximalist", "2025-02", 600, us="", seed=2)
    names = {field.name for field in fields(Comparison)}
    assert names >= {part.partition("=")[0] for part in state.query().split("&")}
    assert Comparison.read("") == Comparison()
    assert Comparison().link() == "/explore"


@pytest.mark.parametrize("actor", ACTORS)
def test_a_doctrine_written_out_reads_back(actor):
    for name, preset in PRESETS[actor].items():
        assert written(preset.doctrine) == name
    for name in shipped():
        for dated in getattr(base(name), actor):
            text = written(dated.doctrine)
            assert values(actor, text) == flat(dated.doctrine)


@pytest.mark.parametrize("actor", ACTORS)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_moved_dial_makes_a_doctrine(actor, data):
    text = data.draw(doctrines(actor))
    model = DOCTRINES[actor]
    table = {key: value for key, value in parsed(text, actor).items() if key != "preset"}
    start = PRESETS[actor][text.partition(":")[0]].doctrine.model_dump()
    model.model_validate({**start, **table})
    assert text_of(actor, values(actor, text), text.partition(":")[0]) == text


def test_own_in_a_link_is_the_doctrine_that_the_scenario_has():
    state = Comparison.read("against=own&ukraine=own&russia=own:patience=0.9")
    assert (state.against, state.ukraine) == ("transactional", "")
    assert state.russia == "wait_out:patience=0.9"
    assert Comparison.read("us=own:commitment=0").us == "transactional:commitment=0"
    assert list(Comparison.read("us=own:commitment=0").named()) == ["transactional:commitment=0", "transactional"]
