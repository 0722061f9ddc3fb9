"""Where results come from: the command, the scenarios, the seed and the packages that made them.

Nothing in it changes from one run of a command to the next, neither times nor names of machines or folders, so that
the same command gives the same bytes again; the digests of the data files show at a glance whether it did.
"""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from sim.doctrine import Table
from sim.folders import FolderError

FILE = "run.json"
FORMAT = 1
"""Rises when a newer version lays out a folder of results in another way."""
PROGRAM = "doctrine-sim"
PACKAGES = ("mesa", "numpy", "scipy", "pandas", "xarray", "zarr", "numcodecs", "matplotlib", "pydantic")
"""Packages whose version can show in the data or in the figures."""
CHUNK = 1 << 20


class Doctrine(Table):
    """A scenario under one of the doctrines that were run."""

    label: str
    """Its name in the Dataset."""
    file: str
    """The file that has it, with nothing left to fill in."""
    digest: str
    """SHA-256 of that file."""


class Column(Table):
    """A variable of `worlds.csv.gz`: one value a world, or one a world and member."""

    dims: tuple[str, ...] = Field(strict=False)
    """Its dimensions."""
    dtype: str
    """The kind of its numbers."""
    attrs: dict[str, Any]
    """Unit, meaning, and the names of classes."""


class Run(Table):
    """`run.json`: everything needed to make the results again, and to read them."""

    program: Literal["doctrine-sim"]
    """The program that wrote it."""
    format: int
    """Layout of the folder."""
    version: str
    """Version of the program."""
    command: str
    """The command that makes the same data again."""
    scenario: str
    """Name of the scenario."""
    digest: str
    """SHA-256 of `scenario.toml`."""
    doctrines: tuple[Doctrine, ...] = Field(strict=False)
    """What was run, by label."""
    worlds: int
    """Number of worlds."""
    seed: int
    """Seed of their luck."""
    packages: dict[str, str]
    """Versions of Python and of the packages that the numbers went through."""
    variables: dict[str, Column]
    """What `worlds.csv.gz` holds."""
    attributes: dict[str, Any]
    """What is said of the results as a whole."""
    files: dict[str, str]
    """SHA-256 of the data, a file each; of a folder, over its files."""

    def write(self, folder: Path) -> None:
        """Write `run.json` into a folder."""
        text = json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Run:
    """Read `run.json` of a folder of results.

    Raises
    ------
    FolderError
        If the folder is none of results, or its `run.json` cannot be used.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise FolderError(f"{folder}: {_nothing_there(folder)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FolderError(f"{folder / FILE}: cannot be read: {error}") from None
    return _parsed(text, folder)


def _nothing_there(folder: Path) -> str:
    if not folder.exists():
        return "no such folder; `doctrine run` and `doctrine compare` write folders of results"
    if not folder.is_dir():
        return "is not a folder; a folder of results is asked for"
    return f"is not a folder of results: there is no {FILE} in it"


def _parsed(text: str, folder: Path) -> Run:
    place = folder / FILE
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("program") != PROGRAM:
            raise FolderError(f"{place}: was not written by {PROGRAM}")
        if data.get("format") != FORMAT:
            raise FolderError(
                f"{place}: was written by version {data.get('version')}, which lays out results otherwise"
            )
        return Run.model_validate(data)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise FolderError(f"{place}: is damaged at '{where}'; make the results again") from None
    except (json.JSONDecodeError, RecursionError):
        raise FolderError(f"{place}: is damaged; make the results again") from None


def version(package: str = PROGRAM) -> str:
    """Version of this program, or of another package; "unknown" where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def packages() -> dict[str, str]:
    """Versions of Python and of the packages that the numbers went through."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def sha256(path: Path) -> str:
    """SHA-256 of a file; of a folder, over the names and digests of its files."""
    total = hashlib.sha256()
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            total.update(f"{file.relative_to(path).as_posix()} {sha256(file)}\n".encode())
        return total.hexdigest()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()
