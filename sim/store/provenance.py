"""Where results come from: the command, the scenarios, the seed and the packages that made them.

Nothing in it changes from one run of a command to the next, neither times nor names of machines or folders, so that
the same command gives the same bytes again; the digests of the data files show at a glance whether it did.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from sim.basics import durable
from sim.basics.folders import FolderError
from sim.basics.limits import LARGEST_SEED, MOST_WORLDS
from sim.basics.mistakes import clipped, shown
from sim.scenario.doctrine import Table
from sim.store import opening

FILE = "run.json"
FORMAT = 1
"""Rises when a newer version lays out a folder of results in another way."""
PROGRAM = "doctrine-sim"
PACKAGES = ("mesa", "numpy", "scipy", "pandas", "xarray", "zarr", "numcodecs", "matplotlib", "pydantic")
"""Packages whose version can show in the data or in the figures."""
PYTHON, UNKNOWN = "python", "unknown"
CHUNK = 1 << 20
LONGEST_LABEL, MOST_ENTRIES = 1000, 10_000

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""SHA-256, in letters."""
FileName = Annotated[str, Field(pattern=opening.PLAIN_NAME)]
"""A file of the folder itself."""
Kind = Annotated[str, Field(pattern=r"^(bool|u?int(8|16|32|64)|float(32|64)|datetime64\[(ns|us|ms|s|M)\])$")]
"""The kind of numbers that a variable has."""


class Entry(Table, use_attribute_docstrings=False):
    """A table of `run.json`. No program asks what its keys mean, and to read that takes a tenth of a second."""


class Doctrine(Entry):
    """A scenario under one of the doctrines that were run."""

    label: Annotated[str, Field(max_length=LONGEST_LABEL)]
    """Its name in the Dataset."""
    file: FileName
    """The file that has it, with nothing left to fill in."""
    digest: Sha256
    """SHA-256 of that file."""


class Column(Entry):
    """A variable of `worlds.csv.gz`: one value a world, or one a world and member."""

    dims: tuple[str, ...] = Field(strict=False, min_length=2, max_length=3)
    """Its dimensions."""
    dtype: Kind
    """The kind of its numbers."""
    attrs: dict[str, Any]
    """Unit, meaning, and the names of classes."""


class OwnMonths(Entry):
    """Rows of a table of the user's own: nothing of what they say, only how many, and whether they are the same."""

    rows: Annotated[int, Field(ge=1)]
    """How many count."""
    digest: Sha256
    """SHA-256 over them."""


class Run(Entry):
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
    digest: Sha256
    """SHA-256 of `scenario.toml`."""
    doctrines: tuple[Doctrine, ...] = Field(strict=False, min_length=1, max_length=MOST_ENTRIES)
    """What was run, by label."""
    worlds: Annotated[int, Field(ge=1, le=MOST_WORLDS)]
    """Number of worlds."""
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    """Seed of their luck."""
    packages: dict[str, str]
    """Versions of Python and of the packages that the numbers went through, guests and presets of others included."""
    variables: Annotated[dict[str, Column], Field(max_length=MOST_ENTRIES)]
    """What `worlds.csv.gz` holds."""
    attributes: dict[str, Any]
    """What is said of the results as a whole."""
    files: Annotated[dict[FileName, Sha256], Field(max_length=MOST_ENTRIES)]
    """SHA-256 of the data, a file each; of a folder, over its files."""
    own_months: Annotated[dict[str, OwnMonths], Field(default_factory=dict, max_length=MOST_ENTRIES)]
    """By table, the rows of the user's own that the figures were drawn with; not there without any."""

    @property
    def offering(self) -> dict[str, str]:
        """Versions of the packages that offer guests and presets in it."""
        return {name: made for name, made in self.packages.items() if name not in (PYTHON, *PACKAGES)}

    @property
    def spelt(self) -> dict[str, str]:
        """By label, the doctrine written out; the label itself where that was not kept."""
        labels, texts = [doctrine.label for doctrine in self.doctrines], self.attributes.get("doctrines")
        if isinstance(texts, str):
            with suppress(ValueError, TypeError, RecursionError):
                texts = json.loads(texts)
        if not isinstance(texts, list) or len(texts) != len(labels):
            texts = labels
        return dict(zip(labels, map(str, texts), strict=True))

    def write(self, folder: Path) -> None:
        """Write `run.json` into a folder."""
        without = set() if self.own_months else {"own_months"}
        text = json.dumps(self.model_dump(mode="json", exclude=without), indent=2, ensure_ascii=False)
        durable.write(folder / FILE, f"{text}\n".encode())


def read(folder: Path) -> Run:
    """Read `run.json` of a folder of results.

    Raises
    ------
    FolderError
        If the folder is none of results, or its `run.json` cannot be used.
    """
    if not os.path.lexists(folder / FILE):
        raise FolderError(f"{folder}: {_nothing_there(folder)}")
    return _parsed(opening.read_json(folder / FILE), folder / FILE)


def _nothing_there(folder: Path) -> str:
    if not folder.exists():
        return "no such folder; `doctrine run` and `doctrine compare` write folders of results"
    if not folder.is_dir():
        return "is not a folder; a folder of results is asked for"
    return f"is not a folder of results: there is no {FILE} in it"


def _parsed(data: Any, place: Path) -> Run:
    if not isinstance(data, dict) or data.get("program") != PROGRAM:
        raise FolderError(f"{place}: was not written by {PROGRAM}")
    if data.get("format") != FORMAT:
        wrote = data.get("version")
        known = wrote if isinstance(wrote, str) and wrote.replace(".", "").isalnum() else shown(wrote)
        raise FolderError(f"{place}: was written by version {clipped(known)}, which lays out results otherwise")
    try:
        return Run.model_validate(data)
    except ValidationError as error:
        where = clipped(".".join(map(str, error.errors()[0]["loc"])))
        raise FolderError(f"{place}: is damaged at '{where}'; {opening.REMEDY}") from None


def version(package: str = PROGRAM) -> str:
    """Version of this program, or of another package; "unknown" where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return UNKNOWN


def packages() -> dict[str, str]:
    """Versions of Python and of the packages that the numbers went through."""
    return {PYTHON: platform.python_version(), **{name: version(name) for name in PACKAGES}}


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
