"""The same command gives the same bytes of data: again, in another process, with another number of processes."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from sim.answers import ensemble_answer
from sim.ensemble import Ensemble
from sim.store import result_folder as store


def data(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def save(study, place):
    with store.new_results(place) as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    return data(place)


def test_two_runs_give_the_same_bytes(study, written, tmp_path):
    first = data(written)
    assert {"run.json", "scenario.toml", "summary.csv", "worlds.csv.gz", "paths.zarr/need/c/0/0/0"} <= set(first)
    assert save(study, tmp_path / "again") == first


def test_the_number_of_processes_leaves_no_trace(study, written, tmp_path):
    assert save(replace(study, ensemble=Ensemble(40, 3, jobs=2)), tmp_path / "two") == data(written)


AGAIN = """
import sys
from pathlib import Path
from sim.store import result_folder as store
from sim.answers import ensemble_answer
from sim.scenario import load
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison

base = load(sys.argv[1])
study = comparison(base, sys.argv[3:], ensemble=Ensemble(40, 3)).asked_by("doctrine compare outlook ...")
with store.new_results(Path(sys.argv[2])) as folder:
    ensemble_answer.write_data(study.simulate(), study, folder)
"""


def test_another_process_in_another_folder_writes_the_same_bytes(study, written, tmp_path):
    environment = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": str(Path(store.__file__).parents[2])}
    line = [sys.executable, "-c", AGAIN, written / "scenario.toml", "elsewhere", *study.scenarios]
    subprocess.run(line, cwd=tmp_path, env=environment, check=True, timeout=120)
    assert data(tmp_path / "elsewhere") == data(written)


def test_provenance_names_no_folder_of_this_machine(written):
    text = (written / "run.json").read_text(encoding="utf-8")
    assert str(written) not in text
    assert str(Path.cwd()) not in text
