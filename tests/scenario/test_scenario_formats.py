"""Files of older formats: what they do not know is as the program was when it wrote them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from sim.scenario import ScenarioError, load
from sim.scenario import file as formats
from sim.scenario.file import BEFORE, FORMAT, LAW, Introduced
from sim.scenario.parameter_sets import held
from sim.scenario.scenario import load_written

ADDED = (
    Introduced(FORMAT + 1, ("us", "channel"), 0.37),
    Introduced(FORMAT + 1, ("mechanisms", "alarm"), False),
    Introduced(FORMAT + 1, ("parameters", "front", "pull"), 0.006),
)
"""As if these were new: another value than any preset's, and a parameter's own default."""


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(formats, "INTRODUCED", ADDED)


def written(tmp_path: Path, **changes: Any) -> Path:
    """History as the program wrote it before `ADDED`: a dated change of doctrine, and all dials of a custom head."""
    scenario = load("history")
    custom = scenario.doctrine("us", scenario.start).model_copy(update={"clarity": 0.5})
    data = tomllib.loads(scenario.with_doctrine("us", custom, since=scenario.start).to_toml())
    later = tomllib.loads(scenario.to_toml())["us"]["doctrine"]
    data["us"]["doctrine"] = later
    for table in (data["us"], *later):
        del table["channel"]
    del data["mechanisms"]["alarm"], data["parameters"]["front"]["pull"]
    path = tmp_path / "scenario.toml"
    path.write_text(tomli_w.dumps({key: value for key, value in (data | changes).items() if value is not None}))
    return path


@pytest.mark.usefixtures("newer")
def test_what_is_new_is_as_it_was_in_the_head_in_dated_changes_and_under_custom(tmp_path: Path) -> None:
    scenario = load(written(tmp_path, format=FORMAT))
    assert [entry.doctrine.channel for entry in scenario.us] == [0.37] * len(scenario.us)
    assert len(scenario.us) > 1
    assert scenario.us[0].doctrine.clarity == 0.5
    assert not scenario.mechanisms.alarm
    assert scenario.parameters.front.pull == 0.006
    assert held("front.pull", scenario)
    assert not held("front.noise", scenario)


@pytest.mark.parametrize("number", [LAW - 1, BEFORE, None])
def test_a_file_of_a_law_that_is_gone_is_refused_with_what_to_do(tmp_path: Path, number: int | None) -> None:
    path = written(tmp_path, format=number)
    with pytest.raises(ScenarioError) as refused:
        load_written(path)
    (mistake,) = refused.value.mistakes
    assert mistake.path == ("format",)
    assert mistake.line == (None if number is None else path.read_text().splitlines().index(f"format = {number}") + 1)
    said = str(refused.value)
    assert str(path) in said
    whose = "says no format, as the first versions did" if number is None else f"is of format {number}"
    assert f"format: the file {whose}, and with format {LAW} beliefs, threats and guarantees became others" in said
    assert "with the version that wrote it (run.json says which)" in said
    assert f"say format = {FORMAT}" in said


@pytest.mark.usefixtures("newer")
def test_a_file_by_hand_is_of_the_present_format(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('extends = "history"\ntitle = "Mine"\n')
    assert load(tmp_path / "mine.toml").us == load("history").us
    assert load(tmp_path / "mine.toml").mechanisms.alarm


@pytest.mark.usefixtures("newer")
def test_a_dated_change_that_amends_takes_what_was_before_it(tmp_path: Path) -> None:
    text = f'format = {FORMAT}\nextends = "outlook"\ntitle = "Mine"\n[us]\npreset = "transactional"\n'
    (tmp_path / "mine.toml").write_text(f'{text}[[us.doctrine]]\nfrom = "2026-03"\nclarity = 1.0\n')
    assert [entry.doctrine.channel for entry in load(tmp_path / "mine.toml").us][-2:] == [0.37, 0.37]


@pytest.mark.usefixtures("newer")
def test_a_value_that_the_file_gives_stands(tmp_path: Path) -> None:
    path = written(tmp_path, format=FORMAT, mechanisms={"alarm": True})
    assert load(path).mechanisms.alarm


def test_a_written_file_says_the_present_format_and_loads_back() -> None:
    text = load("outlook").to_toml()
    assert text.startswith(f"format = {FORMAT}\n")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (FORMAT + 1, f"format: the file is of format {FORMAT + 1}, from a newer doctrine-sim; this one reads up to"),
        ("one", f"format: must be a whole number from 0 to {FORMAT}, got 'one'"),
        (-1, f"format: must be a whole number from 0 to {FORMAT}, got -1"),
        (True, "got true"),
    ],
)
def test_a_newer_file_is_refused_before_anything_else_in_it_is_read(tmp_path: Path, number: Any, text: str) -> None:
    path = tmp_path / "later.toml"
    path.write_text(tomli_w.dumps({"title": "Later", "format": number, "us": {"telepathy": 1.0}}))
    with pytest.raises(ScenarioError) as refused:
        load(path)
    assert len(refused.value.mistakes) == 1
    assert text in str(refused.value)
    assert "line 2" in str(refused.value) or ":2" in str(refused.value)


def test_formats_and_what_came_with_them_agree() -> None:
    numbers = [added.format for added in formats.INTRODUCED]
    assert max(numbers, default=LAW) == FORMAT
    assert all(number > LAW for number in numbers), "of a law that is gone nothing is filled in"
