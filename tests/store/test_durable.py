"""What is renamed into place was on disk before: bytes first, then names."""

import os
from pathlib import Path

import pytest

from sim.basics import durable, folders


@pytest.fixture
def deeds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is flushed and renamed, in order."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        done.append(f"flush {Path(f'/proc/self/fd/{handle}').readlink().name}")
        fsync(handle)

    def replaced(self: Path, target: Path) -> Path:
        done.append(f"rename {self.name} to {target.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", replaced)
    return done


linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux which file a handle is of")


@linux
def test_a_file_is_flushed_before_it_is_renamed_and_its_folder_after(deeds: list[str], tmp_path: Path) -> None:
    durable.write(tmp_path / "part", b"x")
    assert deeds == ["flush .part.writing", "rename .part.writing to part", f"flush {tmp_path.name}"]
    assert (tmp_path / "part").read_bytes() == b"x"


@linux
def test_a_folder_is_flushed_to_its_last_file_before_it_is_renamed(deeds: list[str], tmp_path: Path) -> None:
    with folders.new_folder(tmp_path / "results", lambda _: None) as folder:
        (folder / "a" / "b").mkdir(parents=True)
        (folder / "a" / "b" / "shard").write_bytes(b"x")
        (folder / "table").write_bytes(b"x")
    rename = deeds.index("rename .results.writing to results")
    assert set(deeds[:2]) == {"flush shard", "flush table"}
    assert set(deeds[2:rename]) == {"flush b", "flush a", "flush .results.writing"}
    assert deeds[rename + 1 :] == [f"flush {tmp_path.name}"]


def test_a_file_that_cannot_be_flushed_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"before")

    def failing(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="Input/output"):
        durable.write(tmp_path / "part", b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["part"]
    assert (tmp_path / "part").read_bytes() == b"before"
