"""A folder that is none of results, or no longer what was written, is refused in words that say which file."""

import json
import shutil

import pytest

from sim.basics.folders import FolderError
from sim.scenario import ScenarioError
from sim.store import result_folder as store


def edit(folder, **changes):
    path = folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


DAMAGE = {
    "no folder": (shutil.rmtree, "no such folder"),
    "no run.json": (lambda f: (f / "run.json").unlink(), "not a folder of results: there is no run.json"),
    "empty run.json": (lambda f: (f / "run.json").write_text(""), "run.json: is damaged; make the results again"),
    "binary run.json": (
        lambda f: (f / "run.json").write_bytes(b"\xff\xfe\x00"),
        "run.json: is damaged; make the results again",
    ),
    "a list": (lambda f: (f / "run.json").write_text("[]"), "was not written by doctrine-sim"),
    "another program": (lambda f: edit(f, program="excel"), "was not written by doctrine-sim"),
    "a newer layout": (lambda f: edit(f, format=99, version="9.9"), "written by version 9.9"),
    "a wrong number": (lambda f: edit(f, worlds="many"), "is damaged at 'worlds'"),
    "no worlds": (lambda f: (f / "worlds.csv.gz").unlink(), "worlds.csv.gz: is missing"),
    "a flipped bit in worlds": (lambda f: flip(f / "worlds.csv.gz"), "worlds.csv.gz: is not as it was written"),
    "no paths": (lambda f: shutil.rmtree(f / "paths.zarr"), "paths.zarr: is missing"),
    "a lost shard": (
        lambda f: (f / "paths.zarr/us_allocation/c/0/0/0").unlink(),
        "paths.zarr: is not as it was written",
    ),
    "a flipped bit in a shard": (lambda f: flip(f / "paths.zarr/need/c/1/0/0"), "paths.zarr: is not as it was written"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_named(damage, saved):
    harm, words = DAMAGE[damage]
    harm(saved)
    with pytest.raises(FolderError, match=words) as caught:
        store.open_results(saved)
    assert "outlook" in str(caught.value)


def test_a_file_is_no_folder_of_results(saved):
    with pytest.raises(FolderError, match="is not a folder"):
        store.open_results(saved / "summary.csv")


def test_a_spreadsheet_may_change_the_summary(dataset, saved):
    (saved / "summary.csv").write_text("whatever")
    assert store.open_results(saved).sizes["world"] == 40


def test_an_edited_scenario_is_not_the_one_that_was_run(saved):
    path = saved / "scenario-architectural.toml"
    path.write_text(path.read_text().replace("0.9", "0.8"))
    with pytest.raises(FolderError, match=r"scenario-architectural.toml: is not as it was written"):
        store.open_scenarios(saved)


def test_a_scenario_of_another_version_is_refused_with_its_mistakes(saved):
    from sim.store.provenance import sha256

    path = saved / "scenario-architectural.toml"
    path.write_text(path.read_text() + "\n[us.dial_of_old]\nx = 1\n")
    run = json.loads((saved / "run.json").read_text())
    run["doctrines"][0]["digest"] = sha256(path)
    (saved / "run.json").write_text(json.dumps(run))
    with pytest.raises(ScenarioError, match="dial_of_old"):
        store.open_scenarios(saved)
