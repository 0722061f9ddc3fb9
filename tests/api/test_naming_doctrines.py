"""Doctrines are named in one way everywhere, in a list as in a mapping, and every label says what it stands for."""

import json

import pytest
import xarray as xr

import sim
from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.cli import main
from sim.ensemble.dataset import from_text
from sim.ensemble.study import comparison, one_scenario, under
from sim.scenario.doctrine import DOCTRINES
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import LONGEST, doctrine_label, flat, is_varied, parsed, short, shorts, written

FIRM = "transactional:commitment=0.85"
DIALS = tuple(name for name, field in DOCTRINES["us"].model_fields.items() if field.annotation is float)
CUSTOM = "custom:" + ",".join(
    [f"{dial}=0.{place}25" for place, dial in enumerate(DIALS)]
    + [f"priorities.{theatre}=0.25" for theatre in ("europe", "indo_pacific", "hemisphere", "domestic")]
)


@pytest.fixture(scope="module")
def history():
    return sim.load("history")


@pytest.fixture(scope="module")
def short_outlook():
    return sim.load("outlook").with_(months=3)


def test_a_text_means_the_same_in_a_list_in_a_mapping_and_in_with_doctrine(short_outlook):
    listed = comparison(short_outlook, [FIRM]).scenarios[FIRM]
    assert comparison(short_outlook, {"firm": FIRM}).scenarios["firm"] == listed
    assert short_outlook.with_doctrine("us", FIRM) == listed
    assert listed.us[0].doctrine.commitment == 0.85


@pytest.mark.parametrize("actor", ACTORS)
def test_own_is_the_scenario_itself_for_every_actor(history, actor):
    study = comparison(history, ["own", next(iter(PRESETS[actor]))], actor, since="2024-06")
    assert study.scenarios["own"] == history
    assert under(history, actor, "own") == history


def test_own_with_dials_keeps_the_changes_over_time(history):
    firm = comparison(history, ["own:commitment=1"], since="2024-06").scenarios["own:commitment=1"]
    assert [(entry.since, entry.label) for entry in firm.us] == [
        ("2022-12", "architectural"),
        ("2024-06", "architectural:commitment=1"),
        ("2025-01", "transactional:commitment=1"),
    ]
    assert comparison(history, ["own:commitment=1"]).scenarios["own:commitment=1"].us[0] == history.us[0]


def test_own_is_compared_in_the_library_as_it_is_run(short_outlook):
    both = sim.compare(short_outlook, ["own", "architectural"], worlds=4).dataset
    alone = sim.run(short_outlook, worlds=4)
    xr.testing.assert_equal(both.sel(doctrine="own", drop=True), alone.drop_vars("doctrine"))


def test_what_is_no_doctrine_is_refused_in_words(short_outlook):
    for doctrines, words in (
        (["owm"], "unknown doctrine of us 'owm' .one of architectural, .*, own"),
        ([PRESETS["us"]["aligned"].doctrine], "a list takes text, a preset, or preset:dial"),
        ({"x": "transactional:comitment=1"}, "doctrine 'x': comitment: unknown key; did you mean 'commitment'"),
        ({"x": "transactional:commitment"}, "each dial once and with a number"),
        (["= aligned"], "a label is written before the doctrine"),
        (["a = aligned", "a = own"], "doctrine 'a' is given twice"),
        (["own:commitment=0.5", "x=own:commitment=0.5"], "doctrine 'own:commitment=0.5' is given twice"),
        (7, "must be a list of names, got 7"),
    ):
        with pytest.raises(InputError, match=words):
            comparison(short_outlook, doctrines)


def test_a_label_is_written_before_the_doctrine(short_outlook):
    study = comparison(short_outlook, [f"a firm word = {FIRM}", "own"])
    assert list(study.scenarios) == ["a firm word", "own"]
    assert from_text(study.simulate().attrs["doctrines"]) == [FIRM, "transactional"]


def test_a_long_doctrine_gets_a_short_label_and_is_kept_in_full(short_outlook):
    other = CUSTOM.replace("clarity=0.325", "clarity=0.9")
    dataset = sim.compare(short_outlook, [CUSTOM, other, FIRM], worlds=2).dataset
    labels = dataset["doctrine"].to_numpy().tolist()
    assert labels == ["custom:clarity=0.325,order=0.025,10 more", "custom:clarity=0.9,order=0.025,10 more", FIRM]
    assert all(len(label) <= LONGEST for label in labels)
    assert from_text(dataset.attrs["doctrines"]) == [CUSTOM, other, FIRM]


def test_short_labels_are_never_alike():
    tiny = [CUSTOM.replace("clarity=0.325", f"clarity=0.32500{digit}") for digit in range(3)]
    labels = shorts(tiny)
    assert len(set(labels)) == 3
    assert labels[1].endswith(" (2)")
    assert short("transactional:" + "priorities.indo_pacific=0.123456789,priorities.europe=0.876543211") == (
        "transactional:2 dials"
    )


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("architectural:commitment=0", "architectural, commitment 0"),
        ("architectural > reagan_ussr:clarity=0.75", "architectural, then reagan ussr, clarity 0.75"),
        ("custom:clarity=0.9,order=0.025,10 more", "custom, clarity 0.9, order 0.025, 10 more"),
        ("118th:house.fiscal=30,3 more", "118th, house fiscal 30, 3 more"),
        ("own", "own"),
        ("Aid: none, or less", "Aid: none, or less"),
    ],
)
def test_a_varied_preset_is_shown_with_its_values(label, shown):
    assert doctrine_label(label).replace("Reagan–USSR", "reagan ussr") == shown


@pytest.mark.parametrize("actor", ACTORS)
def test_a_doctrine_that_is_written_out_is_read_back(actor):
    for name, preset in PRESETS[actor].items():
        assert written(preset.doctrine) == name
        text = written(preset.doctrine, "custom")
        assert is_varied(text)
        assert DOCTRINES[actor](**{k: v for k, v in parsed(text, actor).items() if k != "preset"}) == preset.doctrine
        assert len(flat(preset.doctrine)) == text.count("=")


def test_a_run_says_what_its_label_stands_for(short_outlook):
    study = one_scenario(short_outlook.with_doctrine("us", "architectural:commitment=0"))
    assert list(study.scenarios) == ["architectural:commitment=0"]
    vague = dict.fromkeys(DIALS, 0.5)
    many = one_scenario(short_outlook.with_doctrine("us", {"preset": "aligned", **vague}))
    (label,) = many.scenarios
    assert len(label) <= LONGEST
    varied = [dial for dial in DIALS if getattr(PRESETS["us"]["aligned"].doctrine, dial) != 0.5]
    assert many.spelt[label].count("=0.5") == len(varied) < len(DIALS)


@pytest.mark.parametrize(
    ("command", "place"),
    [
        (("map", "outlook", "clarity", "commitment", "--preset", "own", "--grid", "3"), "map"),
        (("regret", "own", "architectural", "--scenario", "outlook"), "regret"),
        (("attribution", "outlook", "own", "own:clarity=1"), "attribution"),
    ],
)
def test_own_is_understood_by_every_question(command, place, tmp_path, capsys):
    assert main([*command, "--worlds", "4", "--out", str(tmp_path / place), "--quiet"]) == 0, capsys.readouterr().err


def test_the_label_that_is_shown_is_the_one_that_explain_takes(tmp_path, capsys):
    folder = str(tmp_path / "both")
    words = ["compare", "classroom", "own", f"firm = {FIRM}", CUSTOM, "--worlds", "2", "--out", folder, "--json"]
    assert main(words) == 0
    labels = json.loads(capsys.readouterr().out)["doctrines"]
    assert labels[:2] == ["own", "firm"]
    for label in labels:
        for name in (label, doctrine_label(label)):
            asked = ["explain", folder, "--world", "1", "--month", "2026-02", "--actor", "us", "--doctrine", name]
            assert main([*asked, "--json"]) == 0
            assert list(json.loads(capsys.readouterr().out)) == [label]
    run = json.loads((tmp_path / "both" / "run.json").read_text())
    assert from_text(run["attributes"]["doctrines"])[2] == CUSTOM
    assert CUSTOM in (tmp_path / "both" / "report.html").read_text()
