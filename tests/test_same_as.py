"""The comparer of two trees: it names what differs, and every process runs the tree that it is told to."""

import subprocess
import sys
from pathlib import Path

import pytest
from same_as import ROOT, differences, environment, unpack


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("theirs", "ours"):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "same.csv").write_text("a,b\n1,2\n")
    return tmp_path / "theirs", tmp_path / "ours"


def test_the_same_bytes_are_no_difference(folders: tuple[Path, Path]) -> None:
    assert list(differences(*folders)) == []


def test_it_names_the_file_and_the_first_line_that_differs(folders: tuple[Path, Path]) -> None:
    theirs, ours = folders
    (theirs / "sub/table.csv").write_text("world,land\n0,20.5\n1,21.0\n")
    (ours / "sub/table.csv").write_text("world,land\n0,20.5\n1,21.5\n")
    (theirs / "gone.txt").touch()
    (ours / "new.txt").touch()
    (theirs / "picture.png").write_bytes(b"\x89\xff1")
    (ours / "picture.png").write_bytes(b"\x89\xff12")
    (theirs / "ends.csv").write_bytes(b"1\n")
    (ours / "ends.csv").write_bytes(b"1\r\n")
    assert list(differences(theirs, ours)) == [
        "ends.csv: other ends of lines",
        "gone.txt: gone",
        "new.txt: new",
        "picture.png: 3 bytes, now 4",
        "sub/table.csv: line 3: '1,21.0', now '1,21.5'",
    ]


ASKED = """
import subprocess, sys
import sim
print(sim.__file__)
print(subprocess.run([sys.executable, "-c", "import sim; print(sim.__file__)"], text=True, capture_output=True).stdout)
"""


def test_a_process_and_those_that_it_starts_run_the_tree_they_are_told(tmp_path: Path) -> None:
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__init__.py").touch()
    line = [sys.executable, "-c", ASKED]
    ran = subprocess.run(line, env=environment(tmp_path), cwd=ROOT / "docs", text=True, capture_output=True, check=True)
    assert ran.stdout.split() == [str(tmp_path / "sim" / "__init__.py")] * 2


def test_everything_refuses_to_speak_for_another_tree(tmp_path: Path) -> None:
    line = [sys.executable, ROOT / "tests" / "everything.py", tmp_path]
    ran = subprocess.run(line, env=environment(ROOT), cwd=tmp_path, text=True, capture_output=True, check=False)
    assert ran.returncode == 1
    assert f"is not the program of {tmp_path}" in ran.stderr


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a copy without history has no other commit")
def test_a_commit_is_unpacked_without_its_history(tmp_path: Path) -> None:
    unpack("HEAD", tmp_path)
    assert (tmp_path / "sim" / "model.py").is_file()
    assert not (tmp_path / ".git").exists()
