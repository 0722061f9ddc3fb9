"""Whatever stops the writing, what was there stays whole and nothing half-done is left behind."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.answers import ensemble_answer
from sim.basics import folders
from sim.basics.folders import FolderError
from sim.store import provenance, regions, world_table
from sim.store import result_folder as store

pytestmark = pytest.mark.long

STAGES = {
    "scenarios": (store, "_write_scenario"),
    "summary": (store, "_write_summary"),
    "worlds": (world_table, "write"),
    "paths": (regions, "write_paths"),
    "digests": (provenance, "sha256"),
    "provenance": (provenance.Run, "write"),
}
STOPS = {
    "a full disk": OSError(errno.ENOSPC, "No space left on device"),
    "Ctrl-C": KeyboardInterrupt(),
    "a full memory": MemoryError(),
}


def write(study, dataset, place, force=False):
    with store.new_results(place, force) as folder:
        ensemble_answer.write_data(dataset, study, folder)


def after(act, error):
    """Do part of the work and then stop: half a file is there."""

    def stopped(*args, **kwargs):
        act(*args, **kwargs)
        raise error

    return stopped


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("stage", STAGES)
def test_what_was_there_stays_whole(stage, stop, study, dataset, saved, monkeypatch):
    before = provenance.sha256(saved)
    owner, name = STAGES[stage]
    monkeypatch.setattr(owner, name, after(getattr(owner, name), STOPS[stop]))
    with pytest.raises(type(STOPS[stop])):
        write(study, dataset, saved, force=True)
    monkeypatch.undo()
    assert provenance.sha256(saved) == before
    assert names(saved.parent) == ["outlook"]


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_left_where_nothing_was(stage, study, dataset, tmp_path, monkeypatch):
    owner, name = STAGES[stage]
    monkeypatch.setattr(owner, name, after(getattr(owner, name), STOPS["a full disk"]))
    with pytest.raises(OSError, match="No space"):
        write(study, dataset, tmp_path / "new" / "results" / "outlook")
    assert names(tmp_path) == []


@pytest.mark.parametrize("step", [1, 2])
def test_a_rename_that_fails_is_taken_back(step, saved, monkeypatch):
    before, renames = provenance.sha256(saved), []
    replace = Path.replace

    def failing(self, target):
        renames.append(self.name)
        if len(renames) == step:
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    for way in ("rename", "replace"):
        monkeypatch.setattr(Path, way, failing)
    with pytest.raises(OSError, match="Input/output"), folders.new_folder(saved, lambda _: None) as folder:
        (folder / "new").touch()
    monkeypatch.undo()
    assert provenance.sha256(saved) == before
    assert names(saved.parent) == ["outlook"]


def test_the_new_replaces_the_old_entirely(study, dataset, saved):
    (saved / "notes.txt").write_text("mine")
    write(study, dataset, saved, force=True)
    assert not (saved / "notes.txt").exists()
    assert names(saved.parent) == ["outlook"]


def test_nothing_is_replaced_without_force(study, dataset, saved):
    before = provenance.sha256(saved)
    with pytest.raises(FolderError, match="--force replaces"):
        write(study, dataset, saved)
    assert provenance.sha256(saved) == before


@pytest.mark.parametrize("content", [{"thesis.docx": "x"}, {"run.json": "{}"}, {"run.json": "no json"}])
def test_only_results_are_replaced_even_by_force(content, tmp_path):
    place = tmp_path / "mine"
    place.mkdir()
    for name, text in content.items():
        (place / name).write_text(text)
    with pytest.raises(FolderError), store.new_results(place, force=True):
        pass
    assert {path.name: path.read_text() for path in place.iterdir()} == content
    assert names(tmp_path) == ["mine"]


def test_a_file_is_not_replaced(tmp_path):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(FolderError, match="is a file"), store.new_results(tmp_path / "mine", force=True):
        pass


def test_what_appears_meanwhile_is_not_replaced(tmp_path):
    place = tmp_path / "results"

    def move_in():
        place.mkdir()
        (place / "thesis.docx").write_text("x")

    with pytest.raises(FolderError, match="not a folder of results"), store.new_results(place):
        move_in()
    assert (place / "thesis.docx").read_text() == "x"
    assert names(tmp_path) == ["results"]


def test_a_link_to_results_is_followed(study, dataset, saved, tmp_path):
    link = tmp_path / "latest"
    link.symlink_to(saved)
    write(study, dataset, link, force=True)
    assert link.is_symlink()
    assert store.open_results(saved).sizes["world"] == 40


@pytest.mark.parametrize("place", ["/", "/dev/null/results", "a" * 300])
def test_a_place_that_cannot_be_written_is_refused(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderError), store.new_results(Path(place)):
        pass
    assert names(tmp_path) == []


def test_a_folder_without_leave_to_write_is_refused(tmp_path, monkeypatch):
    def forbidden(self, *_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(FolderError, match="cannot write there: Permission denied"), store.new_results(tmp_path / "x"):
        pass


def test_what_a_killed_run_left_is_cleared_away(study, dataset, saved):
    (saved.parent / ".outlook.writing").mkdir()
    (saved.parent / ".outlook.writing" / "half").write_text("x")
    (saved.parent / ".outlook.previous").mkdir()
    write(study, dataset, saved, force=True)
    assert names(saved.parent) == ["outlook"]


def test_a_run_killed_between_its_renames_loses_nothing(study, dataset, saved):
    before = provenance.sha256(saved)
    saved.rename(saved.parent / ".outlook.previous")
    with pytest.raises(FolderError, match="--force replaces"):
        write(study, dataset, saved)
    assert provenance.sha256(saved) == before
    assert names(saved.parent) == ["outlook"]


def test_two_runs_cannot_write_the_same_place(tmp_path):
    place = tmp_path / "results"
    with store.new_results(place), pytest.raises(FolderError, match="another run is writing"), store.new_results(place):
        pass
    assert names(tmp_path) == ["results"]


WRITER = """
import sys, time
from pathlib import Path
from sim.basics.folders import new_folder
with new_folder(Path(sys.argv[1]), lambda _: None) as folder:
    (folder / "half").write_text("x")
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process the POSIX way")
def test_a_killed_process_leaves_the_previous_result_whole(study, dataset, saved):
    before = provenance.sha256(saved)
    with subprocess.Popen([sys.executable, "-c", WRITER, saved], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        with pytest.raises(FolderError, match="another run is writing"):
            write(study, dataset, saved, force=True)
        writer.send_signal(signal.SIGKILL)
        writer.wait(timeout=10)
    assert provenance.sha256(saved) == before
    write(study, dataset, saved, force=True)
    assert names(saved.parent) == ["outlook"]


@pytest.mark.skipif(os.name != "posix", reason="sends a signal the POSIX way")
def test_ctrl_c_during_the_renames_comes_too_late(tmp_path, monkeypatch):
    put, before = folders._put, signal.getsignal(signal.SIGINT)

    def disturbed(*args):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        put(*args)

    monkeypatch.setattr(folders, "_put", disturbed)
    with folders.new_folder(tmp_path / "results", lambda _: None) as folder:
        (folder / "data").touch()
    assert names(tmp_path / "results") == ["data"]
    assert signal.getsignal(signal.SIGINT) is before
    assert multiprocessing.active_children() == []
