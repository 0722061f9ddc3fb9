"""Presets of other packages, in a process of their own: a scenario's vocabulary is made when it is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from packages import ROOT, offer, offer_the_example

pytestmark = pytest.mark.long

PRESETS = "doctrine.presets"
MODULE = """
from sim.scenario.doctrine import UkraineDoctrine
from sim.scenario.presets import Preset

STUBBORN = Preset("No inch.", UkraineDoctrine(resolve=0.9, trust=0.1, audience=0.9))
number = 3
"""
OFFERED = {
    "ukraine.stubborn": "offered_presets:STUBBORN",
    "ukraine.lost": "nowhere:LOST",
    "ukraine.number": "offered_presets:number",
    "ukraine.module": "offered_presets",
    "ukraine.gone": "offered_presets:GONE",
    "russia.astray": "offered_presets:STUBBORN",
    "us.architectural": "offered_presets:STUBBORN",
    "us.own": "offered_presets:STUBBORN",
    "us.odd name": "offered_presets:STUBBORN",
    "mars.stubborn": "offered_presets:STUBBORN",
}
WHY = {
    "ukraine.lost": "cannot be imported: ModuleNotFoundError: No module named 'nowhere'; reinstall or remove",
    "ukraine.number": "must be a sim.scenario.presets.Preset with a summary and a UkraineDoctrine, is int",
    "ukraine.module": "must lead to an object, module:object, such as package.actors:China; that package",
    "ukraine.gone": "there is no GONE in offered_presets; that package must be mended",
    "russia.astray": "must be a sim.scenario.presets.Preset with a summary and a RussiaDoctrine, is Preset",
    "us.architectural": "a preset of that name ships; that package must give it another name",
    "us.own": "a preset of that name ships",
    "us.odd name": "a preset is named with letters, digits and _",
    "mars.stubborn": "the name must be actor.preset, with one of us, ukraine, russia, europe, congress as actor",
}


@pytest.fixture
def path(tmp_path: Path) -> list[Path]:
    """Where the example package is, and one of which only one preset can be used."""
    return [
        *offer_the_example(tmp_path / "example"),
        offer(tmp_path / "o", "others", {PRESETS: OFFERED}, {"offered_presets": MODULE}),
    ]


def doctrine(path: list[Path], *words: str, at: Path) -> subprocess.CompletedProcess[str]:
    places = os.pathsep.join(map(str, [*path, ROOT]))
    environment = {**os.environ, "PYTHONPATH": places, "COLUMNS": "80", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "sim", *words]
    return subprocess.run(
        command, cwd=at, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_they_are_listed_with_their_package_and_those_that_cannot_be_used_are_told(path, tmp_path):
    listed = doctrine(path, "list", "presets", at=tmp_path)
    assert listed.returncode == 0
    told = " ".join(listed.stdout.split())
    assert "stubborn No inch. From others 1.0." in told
    assert "backed Moscow with Beijing behind it" in told
    assert "From doctrine-china 0.1.0." in told
    assert "architectural Strong alliances, armed partners" in told
    for name, why in WHY.items():
        assert f"others 1.0 (entry point '{name}' of doctrine.presets, {OFFERED[name]}): {why}" in listed.stderr


def test_a_preset_of_a_package_is_named_wherever_one_that_ships_is(path, tmp_path):
    words = [
        "compare",
        "outlook",
        "pragmatist",
        "stubborn:trust=0.2",
        "--actor",
        "ukraine",
        "--worlds",
        "3",
        "--out",
        "mine",
    ]
    done = doctrine(path, *words, at=tmp_path)
    assert done.returncode == 0, done.stderr
    about = json.loads((tmp_path / "mine" / "run.json").read_text(encoding="utf-8"))
    assert about["packages"]["others"] == "1.0"
    assert [each["label"] for each in about["doctrines"]] == ["pragmatist", "stubborn:trust=0.2"]
    text = 'extends = "outlook"\ntitle = "Mine"\nquestion = "What?"\n[ukraine]\npreset = "stubborn"\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    resolved = doctrine(path, "check", "mine.toml", "--resolved", at=tmp_path).stdout
    assert 'preset = "stubborn"\nresolve = 0.9' in resolved
    assert "stubborn" in doctrine(path, "schema", at=tmp_path).stdout
    story = doctrine(path, "replay", "mine", "--world", "1", "--doctrine", "stubborn:trust=0.2", at=tmp_path)
    assert "stubborn" in story.stdout

    gone = doctrine(path[:2], "replay", "mine", "--world", "1", at=tmp_path)
    assert gone.returncode == 2
    assert "made with others 1.0, which offers a guest or a preset in it and is not installed" in gone.stderr


def test_one_that_cannot_be_used_stops_whoever_names_it_and_nobody_else(path, tmp_path):
    text = 'extends = "outlook"\ntitle = "Mine"\nquestion = "What?"\n[ukraine]\npreset = "lost"\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    checked = doctrine(path, "check", "mine.toml", at=tmp_path)
    assert checked.returncode == 2
    assert "line 5   ukraine.preset: others 1.0 (entry point 'ukraine.lost'" in checked.stderr
    assert WHY["ukraine.lost"] in checked.stderr
    named = doctrine(
        path, "compare", "outlook", "pragmatist", "lost", "--actor", "ukraine", "--worlds", "2", at=tmp_path
    )
    assert named.returncode == 2
    assert WHY["ukraine.lost"] in named.stderr
    assert "Traceback" not in named.stderr
    assert doctrine(path, "check", "outlook", at=tmp_path).returncode == 0
