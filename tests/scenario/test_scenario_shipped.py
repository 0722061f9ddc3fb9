"""The scenarios that come with the package."""

import numpy as np
import pytest

import sim.scenario as scenario
from sim import record
from sim.record.opening import opening_state
from sim.scenario.presets import PRESETS

SHIPPED = scenario.shipped()


def test_what_is_shipped():
    named = {
        "history",
        "outlook",
        "europe_alone",
        "isolationist_congress",
        "indo_pacific_crisis",
        "no_institutions",
        "frozen_conflict",
        "porcupine",
        "tripwire",
        "strong_guarantee",
        "classroom",
    }
    assert set(SHIPPED) == named | set(PRESETS["us"])


@pytest.mark.parametrize("name", SHIPPED)
class TestEveryShippedScenario:
    def test_opens_with_the_question_it_asks(self, name):
        comment = []
        for line in SHIPPED[name].read_text(encoding="utf-8").split("\n"):
            if not line.startswith("# "):
                break
            comment.append(line)
        assert 2 <= len(comment) <= 5
        assert "?" in " ".join(comment) or "for lessons" in comment[0]

    def test_has_a_question_of_its_own(self, name):
        text = SHIPPED[name].read_text(encoding="utf-8")
        assert "\ntitle = " in text
        assert "\nquestion = " in text
        assert scenario.load(name).question.endswith("?")

    def test_loads_by_its_name_and_by_its_path(self, name):
        assert scenario.load(name) == scenario.load(SHIPPED[name]) == scenario.load(f"{name}.toml")

    def test_differs_from_the_others(self, name):
        others = [scenario.load(other) for other in SHIPPED if other != name]
        assert scenario.load(name).title not in {other.title for other in others}
        assert scenario.load(name).question not in {other.question for other in others}


@pytest.mark.parametrize("preset", PRESETS["us"])
def test_there_is_a_scenario_for_every_preset_of_washington(preset):
    assert [entry.preset for entry in scenario.load(preset).us] == [preset]


def test_history_is_the_world_as_it_was():
    history = scenario.load("history")
    assert (history.calendar[0], history.calendar[-1]) == ("2022-12", "2027-12")
    assert [(entry.since, entry.preset) for entry in history.us] == [
        ("2022-12", "architectural"),
        ("2025-01", "transactional"),
    ]
    assert [entry.preset for entry in history.congress] == ["117th", "118th", "119th"]
    assert [(event.month, event.amount) for event in history.events] == [
        ("2024-10", 18.3),
        ("2025-01", 3.0),
        ("2025-03", 7.0),
        ("2025-10", 8.1),
    ]


def test_the_outlook_starts_where_the_record_ends():
    outlook = scenario.load("outlook")
    assert (outlook.start, outlook.months) == ("2026-01", 36)
    assert outlook.start == str(np.datetime64(record.last_month()) + np.timedelta64(1, "M"))
    assert outlook.initial.line == opening_state(record.last_month())["line"]
    assert outlook.initial.europe == opening_state(record.last_month())["europe"]
    assert outlook.initial.opposed == opening_state(record.last_month())["opposed"]


def test_one_guarantee_apart():
    weak, strong = scenario.load("frozen_conflict"), scenario.load("strong_guarantee")
    same = {"name": "", "title": "", "question": "", "initial": None}
    assert weak.model_copy(update=same) == strong.model_copy(update=same)
    assert strong.initial.settlement.guarantee > weak.initial.settlement.guarantee
    assert strong.initial.settlement.relief == weak.initial.settlement.relief


def test_the_crisis_is_all_that_is_added():
    crisis, calm = scenario.load("indo_pacific_crisis"), scenario.load("architectural")
    assert crisis.us == calm.us
    assert [event.kind for event in crisis.events] == ["crisis"]
    assert calm.events == ()


def test_a_file_of_ones_own_comes_before_a_shipped_scenario(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "history").mkdir()
    assert scenario.load("history").months == 61
    (tmp_path / "history.toml").write_text('extends = "outlook"\nmonths = 3\n', encoding="utf-8")
    assert scenario.load("history.toml").months == 3
