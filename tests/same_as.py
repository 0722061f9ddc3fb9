"""Whether this tree says to the last byte what another says: `python -m tests.same_as REF`.

REF is any commit. Both trees write everything (`everything.py`) on this machine, with the packages of this interpreter,
and the files are compared byte by byte. What differs is named, and the exit code is then 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parent
LONGEST = 160
"""Letters of a line that are shown."""


def main(ref: str) -> int:
    """Compare this tree with a commit; return the exit code."""
    with TemporaryDirectory() as place:
        theirs, ours = Path(place, "theirs"), Path(place, "ours")
        tree = Path(place, "tree")
        unpack(ref, tree)
        started = [_start(tree, theirs), _start(ROOT, ours)]
        codes = [process.wait() for process in started]
        if any(codes):
            return 1
        found = list(differences(theirs, ours))
        count = sum(path.is_file() for path in ours.rglob("*"))
    for line in found:
        print(line)
    print(f"{len(found)} of {count:,} files differ from {ref}" if found else f"{count:,} files, all as in {ref}")
    return 1 if found else 0


def unpack(ref: str, tree: Path) -> None:
    """The files of a commit, without its history."""
    packed = subprocess.run(["git", "archive", ref], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(tree, filter="data")


def environment(tree: Path) -> dict[str, str]:
    """Variables under which every Python process, and those that it starts, runs the program of a tree."""
    return os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}


def _start(tree: Path, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir()
    return subprocess.Popen([sys.executable, HERE / "everything.py", tree], cwd=folder, env=environment(tree))


def differences(theirs: Path, ours: Path) -> Iterator[str]:
    """What differs between two folders, a line a file."""
    names = [{path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()} for top in (theirs, ours)]
    for name in sorted(names[0] | names[1]):
        if name not in names[1]:
            yield f"{name}: gone"
        elif name not in names[0]:
            yield f"{name}: new"
        elif (was := (theirs / name).read_bytes()) != (now := (ours / name).read_bytes()):
            yield f"{name}: {_first(was, now)}"


def _first(was: bytes, now: bytes) -> str:
    """The first line that differs, of text; of anything else, how many bytes there are."""
    try:
        lines = zip_longest(was.decode().splitlines(), now.decode().splitlines(), fillvalue="nothing")
    except UnicodeDecodeError:
        return f"{len(was):,} bytes, now {len(now):,}"
    for number, (one, other) in enumerate(lines, 1):
        if one != other:
            pairs = enumerate(zip(one, other, strict=False))
            alike = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
            start = max(0, alike - LONGEST // 2)
            cut = slice(start, start + LONGEST)
            return f"line {number}: {one[cut]!r}, now {other[cut]!r}"
    return "other ends of lines"


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print("usage: python -m tests.same_as REF")
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
