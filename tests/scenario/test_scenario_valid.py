"""What a file says, and what comes out: everything explicit, and the same again from its own file."""

import pickle
from pathlib import Path

import pytest

import sim.scenario as scenario
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.parameters import Parameters
from sim.scenario.presets import DEFAULT_PRESET, PRESETS

FOLDER = Path(__file__).parent / "valid"
SOUND = sorted(FOLDER.glob("*.toml"))


def load(name: str) -> scenario.Scenario:
    return scenario.load(FOLDER / f"{name}.toml")


@pytest.mark.parametrize("file", [*SOUND, *scenario.shipped().values()], ids=lambda file: file.stem)
class TestEveryScenario:
    def test_loads_back_from_its_own_file(self, file, tmp_path):
        first = scenario.load(file)
        copy = tmp_path / "resolved.toml"
        copy.write_text(first.to_toml(), encoding="utf-8")
        second = scenario.load(copy)
        assert second == first
        assert second.name == first.name
        assert second.to_toml() == first.to_toml()
        assert second.digest == first.digest

    def test_says_every_number_in_its_own_file(self, file):
        text = scenario.load(file).to_toml()
        for table in Parameters.model_fields:
            assert f"[parameters.{table}]" in text
        for switch in Mechanisms.model_fields:
            assert f"\n{switch} = " in text
        assert "extends" not in text

    def test_travels_to_other_processes(self, file):
        first = scenario.load(file)
        assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301 (our own bytes)

    def test_has_a_doctrine_for_every_actor_in_every_month(self, file):
        first = scenario.load(file)
        assert len(first.calendar) == first.months
        for actor in scenario.ACTORS:
            assert getattr(first, actor)[0].since == first.start == first.calendar[0]
            assert all(first.doctrine(actor, month) for month in first.calendar)


def test_what_a_minimal_file_leaves_open_is_filled_in():
    minimal = load("minimal")
    for actor in scenario.ACTORS:
        (only,) = getattr(minimal, actor)
        assert only.preset == DEFAULT_PRESET[actor]
        assert only.doctrine == PRESETS[actor][only.preset].doctrine
    assert minimal.parameters == Parameters()
    assert minimal.mechanisms == Mechanisms()
    assert minimal.initial == scenario.Initial()
    assert minimal.events == ()


def test_dials_lie_over_their_preset():
    dials = load("dials")
    us = dials.us[0]
    preset = PRESETS["us"]["transactional"].doctrine
    assert us.label == "transactional:clarity=0.7,5 more"
    assert us.doctrine.clarity == 0.7
    assert us.doctrine.commitment == 1.0
    assert us.doctrine.order == preset.order
    assert us.doctrine.priorities.domestic == preset.priorities.domestic
    assert dials.russia[0].label == "wait_out:patience=0"
    assert dials.congress[0].label == "118th:house.fiscal=30,3 more"
    assert dials.congress[0].doctrine.house.isolationist == 68
    assert dials.congress[0].doctrine.senate == PRESETS["congress"]["118th"].doctrine.senate


def test_changes_amend_the_doctrine_in_force_or_start_from_a_preset():
    assert [(entry.since, entry.label) for entry in load("changes").us] == [
        ("2022-12", "architectural"),
        ("2023-06", "architectural:commitment=0.5"),
        ("2023-07", "architectural:clarity=0.5,commitment=0.5"),
        ("2024-11", "aligned:affinity=0.9"),
    ]


def test_the_doctrine_in_force_changes_in_the_month_of_its_date():
    changes = load("changes")
    assert changes.doctrine("us", "2023-05").commitment == 0.85
    assert changes.doctrine("us", "2023-06").commitment == 0.5
    assert changes.doctrine("us", "2024-11").affinity == 0.9


def test_a_custom_doctrine_that_is_a_preset_goes_by_its_name():
    custom = load("custom")
    assert custom.europe[0].preset == "custom"
    assert custom.russia[0].preset == "wait_out"


def test_events_come_in_order_of_date():
    assert [event.month for event in load("events").events] == ["2022-12", "2024-11", "2024-11"]
    assert [event.kind for event in load("events").events] == ["instrument", "crisis", "instrument"]


def test_all_spellings_of_toml_mean_the_same():
    spelt = load("spellings")
    assert spelt.months == 24
    assert spelt.us[0].label == "aligned:priorities.europe=0.1,3 more"
    assert not spelt.mechanisms.leverage
    assert [event.kind for event in spelt.events] == ["instrument", "crisis"]
    assert "over lines" in spelt.events[0].note


def test_a_settlement_in_force():
    assert load("settlement").initial.settlement.guarantee == 2
    assert load("settlement").initial.settlement.relief == 0.0
    assert load("minimal").initial.settlement is None


def test_parameters_not_named_keep_their_default():
    parameters = load("parameters").parameters
    assert parameters.front.pull == 0.005
    assert parameters.front.advantage == -1.0
    assert parameters.front.noise == Parameters().front.noise


def test_the_name_is_the_files_unless_given():
    assert load("minimal").name == "minimal"
    assert load("name").name == "vertigo, again"


def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path):
    text = (FOLDER / "changes.toml").read_text(encoding="utf-8")
    copy = tmp_path / "changes.toml"
    copy.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert scenario.load(copy) == load("changes")


def test_every_dial_moves_the_digest():
    minimal = load("minimal")
    others = [
        minimal.with_doctrine("us", {"clarity": 0.8500001}),
        minimal.with_mechanisms(leverage=False),
        minimal.with_parameters({"front": {"pull": 0.0046}}),
        minimal.with_horizon(25),
    ]
    assert len({minimal.digest, *(other.digest for other in others)}) == 5


def test_the_digest_does_not_depend_on_how_the_file_is_written(tmp_path):
    text = (FOLDER / "dials.toml").read_text(encoding="utf-8")
    other = tmp_path / "dials.toml"
    other.write_text(text.replace("clarity = 0.7", "clarity = 7e-1 # much"), encoding="utf-8")
    assert scenario.load(other).digest == load("dials").digest
