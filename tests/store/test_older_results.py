"""Results of the version before open, explain and replay after a dial was added that moves the front."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.answers import ensemble_answer
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison
from sim.scenario import load
from sim.scenario.file import LAW
from sim.store import result_folder as store
from sim.store.provenance import sha256

pytestmark = pytest.mark.long

ROOT, NEWER = Path(__file__).parents[2], "newer"
ADDED = {
    "sim/scenario/doctrine.py": (
        "    priorities: Annotated[Priorities, DialGroup.GOALS]\n",
        '    tenacity: Goal\n    """How long it stays."""\n    priorities: Annotated[Priorities, DialGroup.GOALS]\n',
    ),
    "sim/scenario/presets.py": ("        affinity=affinity,\n", "        affinity=affinity,\n        tenacity=0.9,\n"),
    "sim/model.py": (
        "        self.moved, self.momentum = moved",
        """        moved = moved if self.doctrines["us"].tenacity == 0.2 else 0.5 * moved
        self.moved, self.momentum = moved""",
    ),
}
ENTERED = """
FORMAT += 1
INTRODUCED = (*INTRODUCED, Introduced(FORMAT, ("us", "tenacity"), 0.2))
"""
"""What the end of `sim/scenario/file.py` says of it, whatever was added before."""
TOLD = (
    ("explain", "old", "--world", "3", "--month", "2025-03", "--actor", "us"),
    ("explain", "old", "--world", "3", "--month", "2025-06", "--actor", "russia"),
    ("replay", "old", "--world", "3"),
)
AGAIN = """
import sys
import numpy as np
from sim import open_results
from sim.store import result_folder as store
from sim.ensemble import Ensemble, simulate

found, scenarios = open_results("old"), store.open_scenarios("old")
again = simulate(scenarios, Ensemble(found.sizes["world"], int(found.attrs["seed"])))
print(all(np.array_equal(again[name], found[name], equal_nan=True) for name in ("territory_change", "us_announced")))
print({dated.doctrine.tenacity for scenario in scenarios.values() for dated in scenario.us})
"""


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with results of the program as it is, and beside them the program with one more dial."""
    folder = tmp_path_factory.mktemp("newer")
    base = load("history").with_horizon(34)
    with store.new_results(folder / "old") as place:
        study = comparison(
            base, ["transactional:commitment=0.85", "architectural"], since="2025-02", ensemble=Ensemble(worlds=5)
        )
        ensemble_answer.write_data(study.simulate(), study, place)
    for part in ("sim", "scenarios"):
        shutil.copytree(ROOT / part, folder / NEWER / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (before, after) in ADDED.items():
        text = (folder / NEWER / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        (folder / NEWER / name).write_text(text.replace(before, after), encoding="utf-8")
    with (folder / NEWER / "sim" / "scenario" / "file.py").open("a", encoding="utf-8") as formats:
        formats.write(ENTERED)
    return folder


def called(folder: Path, tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(tree), "COLUMNS": "80"}
    line = [sys.executable, *words]
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def run(folder: Path, tree: Path, *words: str) -> str:
    done = called(folder, tree, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain(told: str) -> str:
    """What is told, without the name of the dial, in which a doctrine differs from the preset of today."""
    return " ".join(told.split()).replace(", tenacity 0.2", "")


def of_another_law(results: Path, says: str) -> None:
    """Make the results those of a version whose law the program no longer has."""
    about = (results / "run.json").read_text(encoding="utf-8")
    for path in results.glob("scenario*.toml"):
        old = sha256(path)
        path.write_text(re.sub(r"\Aformat = \d+\n", says, path.read_text(encoding="utf-8")), encoding="utf-8")
        about = about.replace(old, sha256(path))
    (results / "run.json").write_text(about, encoding="utf-8")


def test_older_results_open_and_are_told_as_the_version_told_them_that_wrote_them(older: Path) -> None:
    for words in TOLD:
        assert plain(run(older, older / NEWER, "-m", "sim", *words)) == plain(run(older, ROOT, "-m", "sim", *words))
    assert run(older, older / NEWER, "-c", AGAIN).split() == ["True", "{0.2}"]


@pytest.mark.parametrize("says", [f"format = {LAW - 1}\n", ""], ids=["one", "none"])
def test_results_of_a_law_that_is_gone_open_but_are_not_told_again(older: Path, tmp_path: Path, says: str) -> None:
    """Their numbers stand; a story would be lived through by other equations, and end elsewhere."""
    shutil.copytree(older / "old", tmp_path / "old")
    of_another_law(tmp_path / "old", says)
    assert store.open_results(tmp_path / "old").equals(store.open_results(older / "old"))
    for words in TOLD:
        refused = called(tmp_path, ROOT, "-m", "sim", *words)
        assert refused.returncode != 0
        assert refused.stdout == ""
        said = " ".join(refused.stderr.split())
        assert "old/scenario-" in said
        assert f"format: the file {f'is of format {LAW - 1}' if says else 'says no format'}" in said
        assert "the version that wrote it (run.json says which), or make it anew with its command" in said


def test_the_added_dial_would_have_changed_them(older: Path) -> None:
    asked = "import sim; print(float(sim.run('history', worlds=5)['russian_held_share'][..., -1].mean()))"
    assert run(older, older / NEWER, "-c", asked) != run(older, ROOT, "-c", asked)
