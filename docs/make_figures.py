"""Make the pictures that docs/figures.md lists again: `python docs/make_figures.py [PICTURE...]`."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
LIST = ROOT / "docs" / "figures.md"
NOBODYS = ROOT / "results" / "no-months-of-anybodys-own"
"""Not there: pictures show the record as it ships."""
ROW = re.compile(r"^\| `(.+?)` \| (?:`(.+?)`|in place) \| `(.+?)` \|$", re.MULTILINE)


class Picture(NamedTuple):
    """A picture (or several, by a pattern), the file it is copied from (empty: written in place), and its command."""

    name: str
    source: str
    command: str


def listed() -> list[Picture]:
    return [Picture(*row) for row in ROW.findall(LIST.read_text(encoding="utf-8"))]


def words(command: str) -> list[str]:
    """What runs: this Python, this checkout."""
    first, *rest = shlex.split(command)
    if first == "doctrine":
        return [sys.executable, "-m", "sim", *rest, "--force", "--quiet"]
    return [sys.executable, *rest]


def main(wanted: list[str]) -> None:
    pictures = [picture for picture in listed() if not wanted or picture.name in wanted]
    for command in dict.fromkeys(picture.command for picture in pictures):
        print(command, flush=True)
        subprocess.run(words(command), cwd=ROOT, check=True, env={**os.environ, "DOCTRINE_RECORD": str(NOBODYS)})
    for picture in pictures:
        if picture.source:
            shutil.copyfile(ROOT / picture.source, IMAGES / picture.name)


if __name__ == "__main__":
    main(sys.argv[1:])
