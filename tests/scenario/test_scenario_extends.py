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
    assert child.russia[0].label == "maximalist:resolve=0.2,patience=0.1"


def dated(name: str) -> list[tuple[str, str]]:
    return [(entry.since, entry.label) for entry in scenario.load(name).us]


def test_a_preset_replaces_the_dials_that_belonged_to_the_old_one_and_keeps_the_dated_changes():
    assert dated("grandparent.toml") == [
        ("2022-12", "architectural:clarity=0.5"),
        ("2023-06", "architectural:clarity=0.5,commitment=0.5"),
    ]
    assert dated("parent.toml") == [("2022-12", "transactional"), ("2023-06", "transactional:commitment=0.5")]


def test_changes_are_added_in_order_of_date_and_the_same_month_replaces():
    assert dated("changes_added.toml") == [
        ("2022-12", "aligned"),
        ("2023-03", "aligned:clarity=0.9"),
        ("2023-06", "transactional"),
        ("2023-09", "transactional:order=0.9"),
    ]


def test_events_are_added_and_one_that_both_have_counts_once():
    assert [event.month for event in scenario.load("parent.toml").events] == ["2023-01", "2023-02"]
    assert [event.month for event in scenario.load("child.toml").events] == ["2023-01", "2023-02", "2023-03"]
    assert scenario.load("childless.toml").events == ()


def test_drop_lets_go_and_is_not_inherited():
    dropping = scenario.load("dropping.toml")
    assert [event.amount for event in dropping.events] == [5.0]
    assert dated("dropping.toml") == [("2022-12", "architectural:clarity=0.5")]
    assert dropping.russia[0].preset == "wait_out"
    assert dropping.mechanisms.leverage
    assert scenario.load("of_of_dropping.toml").russia[0].preset == "maximalist"


def test_nothing_can_be_let_go_that_is_not_there():
    assert report("dropping_nothing.toml") == (
        "dropping_nothing.toml: 4 mistakes\n"
        "  line 3   drop[1]: lets nothing go: dropping.toml has no europe\n"
        "  line 3   drop[2]: lets nothing go: dropping.toml has no us.doctrine\n"
        "  line 3   drop[4]: lets nothing go: dropping.toml has no events\n"
        "  line 3   drop[5]: lets nothing go: dropping.toml has no initial.settlement"
    )


def test_the_words_of_a_file_in_the_middle_are_held_to_the_vocabulary_too():
    first, *rest = report("wrong_hidden.toml").splitlines()
    assert first == "wrong_hidden.toml: 2 mistakes"
    assert rest[0].startswith("  wrong_drop.toml line 3   drop[1]: unknown name 'event'; did you mean 'events'?")
    assert rest[1].startswith("  wrong_drop.toml line 4   state: unknown state 'recorded'; did you mean 'record'?")


def test_a_mistake_in_a_list_is_told_by_its_place_in_its_own_file():
    assert report("changes_wrong.toml") == (
        "changes_wrong.toml: 2 mistakes\n"
        "  line 6   us.doctrine[1].clarity: must be at most 1, got 2.0\n"
        "  line 9   us.doctrine[2].from: must be after the change before it, 2023-09, got '2023-08'"
    )


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
        "  wrong_grandparent.toml line 18   events[2].amount: must be at least 0.001, got -2.0\n"
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


def test_a_shorter_horizon_leaves_out_what_is_inherited_for_later(tmp_path):
    """As `with_horizon` does: the dates stand in a file that the user did not write."""
    short = tmp_path / "short.toml"
    short.write_text('extends = "history"\nmonths = 12\n', encoding="utf-8")
    assert scenario.load(short) == scenario.load("history").with_horizon(12).model_copy(update={"name": "short"})


def test_what_lay_outside_the_months_of_its_own_file_stays_a_mistake(tmp_path):
    parent = tmp_path / "parent.toml"
    text = (FOLDER / "grandparent.toml").read_text(encoding="utf-8").replace('"2023-02"', '"2030-01"')
    parent.write_text(text, encoding="utf-8")
    (tmp_path / "child.toml").write_text('extends = "parent.toml"\nmonths = 12\n', encoding="utf-8")
    with pytest.raises(scenario.ScenarioError, match="must be from 2022-12 to 2023-11, got '2030-01'"):
        scenario.load(tmp_path / "child.toml")


def test_long_chains_are_followed(tmp_path):
    (tmp_path / "0.toml").write_bytes((FOLDER / "grandparent.toml").read_bytes())
    for number in range(1, 300):
        (tmp_path / f"{number}.toml").write_text(f'extends = "{number - 1}.toml"', encoding="utf-8")
    assert scenario.load(tmp_path / "299.toml").title == "Grandparent"
