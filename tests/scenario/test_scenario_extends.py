"""What a file takes over from the file it extends, and whose mistake a mistake is."""

from pathlib import Path

import pytest

import sim.scenario as scenario

FOLDER = Path(__file__).parent / "extends"


@pytest.fixture(autouse=True)
def _in_the_folder(monkeypatch):
    monkeypatch.chdir(FOLDER)


def report(name: str) -> str:
    with pytest.raises(scenario.ScenarioError) as error:
        scenario.load(name)
    return str(error.value)


def test_tables_merge_along_the_chain():
    child = scenario.load("child.toml")
    assert (child.name, child.title, child.question) == ("child", "Child", "Who set what?")
    assert (child.start, child.months) == ("2022-12", 24)
    assert not child.mechanisms.leverage
    assert not child.mechanisms.alarm
    assert child.mechanisms.hedging
    assert child.russia[0].preset == "maximalist+resolve+patience"


def test_a_preset_renews_the_whole_table_of_the_actor():
    assert [entry.preset for entry in scenario.load("grandparent.toml").us] == [
        "architectural+clarity",
        "architectural+clarity+commitment",
    ]
    assert [entry.preset for entry in scenario.load("parent.toml").us] == ["transactional"]


def test_a_list_replaces_a_list():
    assert len(scenario.load("parent.toml").events) == 2
    assert [event.kind for event in scenario.load("child.toml").events] == ["crisis"]
    assert scenario.load("childless.toml").events == ()


def test_a_shipped_scenario_by_its_name():
    assert scenario.load("of_shipped.toml") == scenario.load("outlook").with_horizon(12).model_copy(
        update={"name": "of_shipped"}
    )


def test_a_circle_is_named():
    assert report("circle_a.toml") == (
        "circle_a.toml: 1 mistake\n"
        "  circle_c.toml line 2   extends: goes round in a circle: "
        "circle_b.toml -> circle_c.toml -> circle_b.toml"
    )


def test_an_inherited_mistake_names_the_file_that_made_it():
    assert report("wrong_child.toml") == (
        "wrong_child.toml: 4 mistakes\n"
        "  line 5                           us.commitment: must be at most 1, got 3\n"
        "  wrong_grandparent.toml line 8    us.clarity: must be at most 1, got 2\n"
        "  wrong_grandparent.toml line 18   events[2].amount: must be greater than 0, got -2.0\n"
        "  wrong_parent.toml line 5         russia.patients: unknown key; did you mean 'patience'?"
    )


def test_a_child_may_right_what_its_parent_has_wrong():
    assert scenario.load("righted.toml").us[0].doctrine.clarity == 0.2


def test_what_is_missing_from_a_list_is_missing_where_the_list_was_replaced():
    assert report("incomplete.toml") == ("incomplete.toml: 1 mistake\n  line 4   events[1].amount: is required")


def test_a_parent_that_cannot_be_read():
    assert report("of_unreadable.toml") == (
        "of_unreadable.toml: 1 mistake\n"
        "  not_toml.toml line 2   not TOML: no valid value in 'title = Wrong'; text needs quotes"
    )
    assert report("of_folder.toml") == ("of_folder.toml: 1 mistake\n  .   is a folder, not a scenario file")


def test_a_horizon_too_short_for_what_is_inherited(tmp_path):
    short = tmp_path / "short.toml"
    short.write_text('extends = "history"\nmonths = 12\n', encoding="utf-8")
    with pytest.raises(scenario.ScenarioError) as error:
        scenario.load(short)
    history = scenario.shipped()["history"]
    found = {mistake.file: mistake.text for mistake in error.value.mistakes}
    assert len(error.value.mistakes) == 3
    assert found == {str(history): "must be from 2022-12 to 2023-11, got '2024-10'"}


def test_long_chains_are_followed(tmp_path):
    (tmp_path / "0.toml").write_bytes((FOLDER / "grandparent.toml").read_bytes())
    for number in range(1, 300):
        (tmp_path / f"{number}.toml").write_text(f'extends = "{number - 1}.toml"', encoding="utf-8")
    assert scenario.load(tmp_path / "299.toml").title == "Grandparent"
