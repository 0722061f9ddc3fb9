"""Results of the version before open, explain and replay after a dial was added that moves the front."""

import json
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


def run(folder: Path, tree: Path, *words: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(tree), "COLUMNS": "80"}
    line = [sys.executable, *words]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain(told: str) -> str:
    """What is told, without the name of the dial, in which a doctrine differs from the preset of today."""
    return " ".join(told.split()).replace(", tenacity 0.2", "")


def forget_format(results: Path) -> None:
    """Make the results those of a version that wrote no format."""
    about = json.loads((results / "run.json").read_text())
    for path in results.glob("scenario*.toml"):
        old = sha256(path)
        path.write_text(re.sub(r"\Aformat = \d+\n", "", path.read_text()))
        text = json.dumps(about).replace(old, sha256(path))
        about = json.loads(text)
    (results / "run.json").write_text(json.dumps(about))


@pytest.mark.parametrize("formats", [True, False], ids=["with a format", "from before formats"])
def test_older_results_open_and_are_told_as_the_version_told_them_that_wrote_them(older: Path, formats: bool) -> None:
    if not formats:
        forget_format(older / "old")
    for words in TOLD:
        assert plain(run(older, older / NEWER, "-m", "sim", *words)) == plain(run(older, ROOT, "-m", "sim", *words))
    assert run(older, older / NEWER, "-c", AGAIN).split() == ["True", "{0.2}"]


def test_the_added_dial_would_have_changed_them(older: Path) -> None:
    asked = "import sim; print(float(sim.run('history', worlds=5)['russian_held_share'][..., -1].mean()))"
    assert run(older, older / NEWER, "-c", asked) != run(older, ROOT, "-c", asked)
