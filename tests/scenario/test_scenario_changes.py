"""The same scenario with one thing changed: in Python, by the same rules as in a file."""

import pytest

import sim.scenario as scenario
from sim.scenario.presets import PRESETS


@pytest.fixture
def history():
    return scenario.load("history")


def dated(entries):
    return [(entry.since, entry.label) for entry in entries]


def refusal(change, *arguments, **keywords) -> str:
    with pytest.raises(scenario.ScenarioError) as error:
        change(*arguments, **keywords)
    return str(error.value)


def test_another_doctrine_replaces_the_last_one(history):
    assert dated(history.with_doctrine("us", "aligned").us) == [
        ("2022-12", "architectural"),
        ("2025-01", "aligned"),
    ]


def test_with_one_doctrine_only_it_replaces_the_whole_horizon(history):
    assert dated(history.with_doctrine("russia", "pragmatist").russia) == [("2022-12", "pragmatist")]


def test_another_doctrine_from_a_month_on_ends_what_came_after(history):
    assert dated(history.with_doctrine("congress", "isolationist_majority", since="2024-01").congress) == [
        ("2022-12", "117th"),
        ("2023-01", "118th"),
        ("2024-01", "isolationist_majority"),
    ]
    assert dated(history.with_doctrine("us", "aligned", since="2022-12").us) == [("2022-12", "aligned")]


def test_dials_amend_the_doctrine_in_force(history):
    changed = history.with_doctrine("us", {"commitment": 0.9, "priorities": {"europe": 0.22, "domestic": 0.2}})
    assert changed.us[0] == history.us[0]
    assert changed.us[1].label == "transactional:commitment=0.9,4 more"
    assert changed.us[1].preset == "transactional"
    assert changed.us[1].doctrine.clarity == history.us[1].doctrine.clarity
    earlier = history.with_doctrine("us", {"commitment": 0.9}, since="2024-01")
    assert dated(earlier.us)[-1] == ("2024-01", "architectural:commitment=0.9")


def test_dials_may_start_from_a_preset(history):
    changed = history.with_doctrine("us", {"preset": "architectural", "channel": 0.9}, since="2022-12")
    assert dated(changed.us) == [("2022-12", "architectural:channel=0.9")]


def test_a_doctrine_object_goes_by_its_presets_name_or_is_custom(history):
    architectural = PRESETS["us"]["architectural"].doctrine
    assert history.with_doctrine("us", architectural).us[1].preset == "architectural"
    other = history.with_doctrine("us", {"order": 0.123}).us[1].doctrine
    assert history.with_doctrine("us", other).us[1].preset == "custom"
    assert history.with_doctrine("us", other).us[1].doctrine == other


def test_a_label_of_many_dials_counts_them(history):
    dials = {"order": 0.5, "rivalry": 0.5, "alliance": 0.5, "clarity": 0.5}
    assert history.with_doctrine("us", dials).us[1].label == "transactional:order=0.5,rivalry=0.5,2 more"


def test_changes_add_up(history):
    twice = history.with_doctrine("us", {"order": 0.5}).with_doctrine("us", {"clarity": 0.5})
    assert twice.us[1].label == "transactional:order=0.5,clarity=0.5"
    back = twice.with_doctrine("us", "transactional")
    assert back == history


def test_the_rest_of_the_scenario_stays(history):
    changed = history.with_doctrine("us", "aligned")
    assert changed.name == history.name
    assert changed.model_copy(update={"us": history.us}) == history


def test_mechanisms_and_parameters(history):
    changed = history.with_mechanisms(leverage=False).with_parameters({"front": {"pull": 0.005}})
    assert not changed.mechanisms.leverage
    assert changed.mechanisms.signals
    assert changed.parameters.front.pull == 0.005
    assert changed.parameters.front.noise == history.parameters.front.noise


def test_a_shorter_horizon_leaves_out_what_comes_after(history):
    short = history.with_horizon(22)
    assert short.calendar[-1] == "2024-09"
    assert dated(short.us) == [("2022-12", "architectural")]
    assert dated(short.congress) == [("2022-12", "117th"), ("2023-01", "118th")]
    assert short.events == ()
    assert history.with_horizon(23).events == history.events[:1]


def test_a_longer_horizon(history):
    assert history.with_horizon(100).calendar[:61] == history.calendar


def test_changed_scenarios_have_a_file_too(history, tmp_path):
    changed = history.with_doctrine("us", {"order": 0.1 + 0.2}).with_mechanisms(leverage=False)
    copy = tmp_path / "copy.toml"
    copy.write_text(changed.to_toml(), encoding="utf-8")
    assert scenario.load(copy) == changed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("usa", "aligned"), "unknown actor 'usa'; did you mean 'us'? (one of us, ukraine, russia, europe, congress)"),
        (("us", "alined"), "us.doctrine[1].preset: unknown preset 'alined'; did you mean 'aligned'?"),
        (("us", {"comitment": 1.0}), "us.doctrine[1].comitment: unknown key; did you mean 'commitment'?"),
        (("us", {"clarity": 1.4}), "us.doctrine[1].clarity: must be at most 1, got 1.4"),
        (("us", {"clarity": float("nan")}), "us.doctrine[1].clarity: must be a finite number, got nan"),
        (("us", {"priorities": {"europe": 0.9}}), "us.doctrine[1].priorities: the four weights must sum to 1, got 1."),
        (("russia", {"clarity": 0.5}), "russia.clarity: unknown key here; it belongs under [us]"),
        (("us", PRESETS["russia"]["wait_out"].doctrine), "resolve: unknown key here"),
        (("us", "aligned", "2022-11"), "starts in 2022-12, has no doctrine in 2022-11"),
        (
            ("us", "aligned", "2028-01"),
            "us.doctrine[2].from: must be after the start, 2022-12, and up to 2027-12, got '2028-01'",
        ),
        (("us", "aligned", "January"), "must be a month like '2022-12', got 'January'"),
        (("us", 3), "must be a preset's name, a doctrine or a table of dials, got 3"),
        (("us", {3: 4}), "keys must be text"),
    ],
)
def test_a_wrong_doctrine_is_refused_in_words(history, arguments, words):
    report = refusal(history.with_doctrine, *arguments)
    assert report.startswith("history: ")
    assert words in report


def test_other_wrong_changes_are_refused_in_words(history):
    assert refusal(history.with_mechanisms, levrage=False) == (
        "history: 1 mistake\n  mechanisms.levrage: unknown key; did you mean 'leverage'?"
    )
    assert refusal(history.with_parameters, {"front": {"pull": -1}}) == (
        "history: 1 mistake\n  parameters.front.pull: must be at least 1e-06, got -1"
    )
    assert refusal(history.with_horizon, 0) == "history: 1 mistake\n  months: must be at least 1, got 0"
    assert refusal(history.with_horizon, 24.0) == ("history: 1 mistake\n  months: must be a whole number, got 24.0")
    assert refusal(history.with_parameters, "x") == (
        'history: 1 mistake\n  parameters: must be "default", "posterior" or a table like [parameters.front], got \'x\''
    )


def test_asking_for_a_doctrine_that_there_is_not(history):
    assert "unknown actor 'china'" in refusal(history.doctrine, "china", "2023-01")
    assert "has no doctrine in 2000-01" in refusal(history.doctrine, "us", "2000-01")


def test_a_scenario_is_frozen(history):
    with pytest.raises(ValueError, match="frozen"):
        history.months = 3


def test_a_scenario_made_by_hand_keeps_the_rules_of_the_file(history):
    parts = dict(history)
    with pytest.raises(ValueError, match="months: must be at most 600"):
        scenario.Scenario(**{**parts, "months": 6000})
    with pytest.raises(ValueError, match="us: not in the order"):
        scenario.Scenario(**{**parts, "us": history.us[1:]})
    with pytest.raises(ValueError, match=r"us.doctrine\[1\].from: must be after the start"):
        scenario.Scenario(**{**parts, "us": history.us[::-1]})
    assert scenario.Scenario(**parts) == history


def test_numbers_of_numpy_do(history):
    numpy = pytest.importorskip("numpy")
    third = history.with_doctrine("us", {"clarity": numpy.linspace(0, 1, 4)[1]})
    assert third == history.with_doctrine("us", {"clarity": 1 / 3})


def test_errors_travel_from_other_processes(history):
    import pickle

    with pytest.raises(scenario.ScenarioError) as error:
        history.with_horizon(0)
    copy = pickle.loads(pickle.dumps(error.value))  # noqa: S301 (our own bytes)
    assert str(copy) == str(error.value)
