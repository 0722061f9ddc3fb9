"""The lines that docs/how-to/ tells to add make a program that does what the page says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pages import ROOT, blocks, patched

import sim

pytestmark = pytest.mark.long

HOW_TO = ROOT / "docs" / "how-to"
MUDDY = (3, 4, 10, 11)
SCRIPT = """
import json, sys
import sim
from sim.ensemble import opened

base = sim.load(sys.argv[1]).with_horizon(8)
found = {}
for label, mud in (("off", False), ("on", True)):
    scenario = base.with_mechanisms(mud=mud)
    dataset = sim.run(scenario, worlds=40, seed=2)
    found[label] = {name: dataset[name].values.tolist() for name in ("territory_change", "us_allocation", "talks")}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory):
    """Makes a copy of the program with the diffs of a page applied."""

    def extend(page: str) -> Path:
        folder = tmp_path_factory.mktemp("program")
        for part in ("sim", "scenarios"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        for block in blocks(HOW_TO / page):
            if block.language == "diff":
                file = folder / re.match(r"--- (\S+)\n", block.text)[1]
                text = file.read_text(encoding="utf-8") if file.exists() else ""
                file.write_text(patched(text, block.text), encoding="utf-8")
        return folder

    return extend


def run(folder: Path, *words: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "80"}
    line = [sys.executable, *words]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def muddy(extended) -> dict[str, dict[str, np.ndarray]]:
    folder = extended("add-a-mechanism.md")
    dry = next(block.text for block in blocks(HOW_TO / "add-a-mechanism.md") if block.language == "toml")
    (folder / "dry.toml").write_text(dry, encoding="utf-8")
    found = json.loads(run(folder, "-c", SCRIPT, "dry.toml"))
    return {label: {name: np.array(values) for name, values in of.items()} for label, of in found.items()}


@pytest.fixture(scope="module")
def shipped():
    return sim.run(sim.load("outlook").with_horizon(8), worlds=40, seed=2)


def test_switched_off_the_program_is_as_before_to_the_last_bit(muddy, shipped):
    for name, values in muddy["off"].items():
        np.testing.assert_array_equal(values, shipped[name].to_numpy())


def test_switched_on_nothing_changes_before_it_acts_and_the_front_moves_less_when_it_does(muddy, shipped):
    on, off = (muddy[switch]["territory_change"] for switch in ("on", "off"))
    months = shipped["month"].dt.month.to_numpy()
    first = int(np.flatnonzero(np.isin(months, MUDDY))[0])
    np.testing.assert_array_equal(on[:, :first], off[:, :first])
    np.testing.assert_allclose(on[:, first], 0.6 * off[:, first], rtol=1e-5)
    mud = np.isin(months, MUDDY)
    assert np.abs(on[:, mud]).mean() < np.abs(off[:, mud]).mean()


def test_a_preset_that_is_added_is_known_everywhere(extended):
    folder = extended("add-a-doctrine.md")
    assert "Mearsheimer" in " ".join(run(folder, "-m", "sim", "list", "presets").split())
    compared = "sim.compare('outlook', ['transactional', 'offshore'], worlds=4).dataset"
    shown = run(folder, "-c", f"import sim; print({compared}.doctrine.values.tolist())")
    assert shown == "['transactional', 'offshore']\n"


def test_with_what_the_page_adds_a_preset_ships_and_the_tests_of_presets_pass(extended):
    folder = extended("add-a-doctrine.md")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    files = [f"tests/scenario/test_scenario_{name}.py" for name in ("invalid", "shipped", "schema")]
    words = [
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        *files,
        "tests/figures/test_figure_style.py",
    ]
    assert " passed" in run(folder, *words)
