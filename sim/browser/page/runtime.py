"""A Python for browsers: Pyodide and the NumPy that was built with it, taken by hash and by nothing else.

Pyodide comes from the registry of npm, as its own package of one version; its lock says of every wheel of that release
which SHA-256 it has. NumPy publishes no wheel for browsers, so that it is the one of that lock: from a folder that
`--wheels` names, or from the place at which Pyodide's own loader looks for it. What has the right bytes is right,
wherever it comes from. All else is refused, and nothing is kept that was not checked.

References
----------
Pyodide: Python and its scientific stack for the browser, https://pyodide.org, MPL-2.0.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from platformdirs import user_cache_path

from sim.basics import durable
from sim.basics.limits import InputError
from sim.browser.page.sources import STAMP

VERSION = "0.27.7"
PACKAGE = f"pyodide@{VERSION}"
ARCHIVE = f"pyodide-{VERSION}.tgz"
LOCK, LOADER, SCRIPT = "pyodide-lock.json", "pyodide.js", "pyodide.asm.js"
WASM, LIBRARY = "pyodide.asm.wasm", "python_stdlib.zip"
HASHES = {
    LOCK: "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
    LOADER: "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    SCRIPT: "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    WASM: "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    LIBRARY: "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
"""SHA-256 of the files of the npm package, as published."""
DISTRIBUTION = re.compile(r"https://[\w./${}-]+/full/")
"""Where the loader says that the packages of its release lie."""
PATIENCE = 60.0
"""Seconds that anything from outside may take."""
REMEDY = "give a folder that has it with --wheels DIR, or make the page without the model with --light"
NOT_NEEDED = (
    *("__phello__", "_pyio.py", "_pydatetime.py", "_pydecimal.py", "antigravity.py", "cgi", "cmd.py", "code.py"),
    *("codeop.py", "configparser.py", "crypt.py", "cProfile.py", "curses", "dbm", "distutils", "doctest.py", "email/"),
    *("ensurepip", "filecmp.py", "fileinput.py", "ftplib.py", "getopt.py", "html/", "http/", "idlelib", "imaplib.py"),
    *("lib2to3", "mailbox.py", "mailcap.py", "modulefinder.py", "multiprocessing/", "netrc.py", "nntplib.py"),
    *("optparse.py", "pdb.py", "pickletools.py", "pipes.py", "plistlib.py", "poplib.py", "profile.py", "pstats.py"),
    *("pydoc", "rlcompleter.py", "sched.py", "smtplib.py", "sndhdr.py", "socketserver.py", "sqlite3/", "statistics.py"),
    *("tabnanny.py", "tarfile.py", "telnetlib.py", "test/", "this.py", "timeit.py", "tkinter", "tomllib", "trace.py"),
    *("turtle", "unittest", "urllib/request.py", "uu.py", "venv", "wave.py", "webbrowser.py", "wsgiref", "xdrlib.py"),
    *("xml/", "xmlrpc", "zipapp.py", "zoneinfo", "argparse.py", "aifc.py", "audioop", "sunau.py", "chunk.py"),
    *("imghdr.py", "lzma.py", "gettext.py", "getpass.py", "graphlib.py", "mimetypes.py", "pyclbr.py", "symtable.py"),
    *("_markupbase.py", "_osx_support.py", "_aix_support.py", "stringprep.py", "decimal.py", "fractions.py"),
    *("encodings/cp", "encodings/mac", "encodings/iso", "encodings/koi", "encodings/big5", "encodings/euc"),
    *("encodings/gb", "encodings/hz", "encodings/hp", "encodings/johab", "encodings/kz", "encodings/ptcp"),
    *("encodings/shift", "encodings/tis", "encodings/palmos", "bdb.py", "cgitb.py", "uuid.py", "ssl.py", "pty.py"),
)
"""Of the standard library: what neither NumPy nor the core imports, by how its name begins."""
NUMPY_NOT_NEEDED = re.compile(
    r"/tests?/|\.(pyi|pxd|pyx|a|h|c|src|ini|in)$|numpy/(f2py|distutils|doc|ma|polynomial|testing|fft|char|rec)/"
    r"|/_?(rational|umath|struct_ufunc|operand_flag)_tests\.|/_simd\.|lapack_lite|conftest\.py|numpy/_pyinstaller/"
)
"""Of NumPy: tests, headers, and packages that it imports only when somebody asks for them."""
CP437 = "encodings/cp437.py"
"""The one codec among those, in which a zip has its names."""

Say = Callable[[str], None]


class Taken(NamedTuple):
    """A file that was checked: its bytes, the SHA-256 that they have, and where it was found."""

    content: bytes
    sha256: str
    place: str


class Runtime(NamedTuple):
    """What a browser needs to run Python with NumPy.

    Attributes
    ----------
    files : dict of str to Taken
        By name, as they were published: those of `HASHES`, and NumPy's wheel.
    wheel : str
        The name of NumPy's wheel.
    """

    files: dict[str, Taken]
    wheel: str

    @property
    def numpy(self) -> str:
        """The version of NumPy."""
        return self.wheel.split("-")[1]

    def library(self) -> bytes:
        """The standard library without what is not needed, as a zip without compression."""
        return _trimmed(self.files[LIBRARY].content, lambda name: name == CP437 or not name.startswith(NOT_NEEDED))

    def packages(self) -> bytes:
        """NumPy without what is not needed, as a zip without compression."""
        return _trimmed(self.files[self.wheel].content, lambda name: not NUMPY_NOT_NEEDED.search(name))

    def lock(self) -> str:
        """The lock without its packages: a page installs none."""
        return json.dumps({**json.loads(self.files[LOCK].content), "packages": {}})

    def licence(self) -> str:
        """The licence of NumPy, and of what it includes, as its wheel has it."""
        with zipfile.ZipFile(io.BytesIO(self.files[self.wheel].content)) as held:
            name = next(name for name in held.namelist() if name.endswith("/LICENSE.txt") and ".dist-info" in name)
            return held.read(name).decode()


def runtime(wheels: Path | None = None, say: Say = lambda _: None) -> Runtime:
    """Find the runtime, or get it.

    Parameters
    ----------
    wheels : Path, optional
        A folder that has files of it: NumPy's wheel; the npm package's archive, or what is in it.
    say : callable
        Is told what takes time.

    Raises
    ------
    InputError
        If it is not to be had, or a file in the folder is another than its name says.
    """
    if wheels is not None and not wheels.is_dir():
        raise InputError(f"--wheels: must be a folder, got {wheels}; it has files of Pyodide {VERSION}")
    places = [*_given(wheels), ("the folder node_modules", Path("node_modules/pyodide")), ("the cache", cache())]
    found = {name: _found(name, sha256, places, wheels) for name, sha256 in HASHES.items()}
    if any(taken is None for taken in found.values()):
        got = _from_npm(say)
        found = {name: found[name] or _checked(name, got.get(name, b""), HASHES[name], PACKAGE) for name in found}
    files = {name: taken for name, taken in found.items() if taken is not None}
    about = json.loads(files[LOCK].content)["packages"]["numpy"]
    wheel, sha256 = str(about["file_name"]), str(about["sha256"])
    taken = _found(wheel, sha256, places, wheels) or _from_distribution(wheel, sha256, files[LOADER], say)
    return Runtime({**files, wheel: taken}, wheel)


def cache() -> Path:
    """Where files that were fetched and checked are kept."""
    return user_cache_path("doctrine-sim") / f"pyodide-{VERSION}"


def _given(wheels: Path | None) -> Iterator[tuple[str, Path]]:
    if wheels is not None:
        yield "the folder of --wheels", wheels
        yield "the folder of --wheels", wheels / ARCHIVE
        yield "the folder of --wheels", wheels / "node_modules" / "pyodide"


def _found(name: str, sha256: str, places: list[tuple[str, Path]], wheels: Path | None) -> Taken | None:
    """A file in the first of some places that has it; another file of that name counts only where it was given."""
    for called, place in places:
        content = _read(place, name)
        if content is None:
            continue
        if _hash(content) == sha256:
            return Taken(content, sha256, called)
        if wheels is not None and wheels in (place, *place.parents):
            raise InputError(_wrong(place / name, content, sha256))
    return None


def _read(place: Path, name: str) -> bytes | None:
    """A file out of a folder, or out of an archive of npm."""
    if place.name == ARCHIVE:
        return _unpacked(place.read_bytes()).get(name) if place.is_file() else None
    with suppress(OSError):
        return (place / name).read_bytes()
    return None


def _unpacked(archive: bytes) -> dict[str, bytes]:
    """The files of a package of npm that are needed; none if it is no such archive."""
    found = {}
    with suppress(tarfile.TarError, OSError), tarfile.open(fileobj=io.BytesIO(archive)) as held:
        for name in HASHES:
            stream = held.extractfile(f"package/{name}")
            found[name] = stream.read() if stream else b""
    return found


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _wrong(place: Path | str, content: bytes, sha256: str) -> str:
    rule = f"must have the SHA-256 {sha256}, as Pyodide {VERSION} was published"
    return f"{place}: {rule}, got {_hash(content)}; {REMEDY}"


def _checked(name: str, content: bytes, sha256: str, origin: str) -> Taken:
    """A file that came from outside, kept once it is known to be the right one."""
    if _hash(content) != sha256:
        raise InputError(_wrong(f"{name} of {origin}", content, sha256))
    with suppress(OSError):
        cache().mkdir(parents=True, exist_ok=True)
        writing = cache() / f".{name}.writing"
        writing.write_bytes(content)
        durable.rename(writing, cache() / name)
    return Taken(content, sha256, origin)


def _from_npm(say: Say) -> dict[str, bytes]:
    """The package, by npm and from wherever npm is told to get its packages."""
    npm = shutil.which("npm")
    if npm is None:
        raise InputError(f"pyodide: {PACKAGE} is not here, and there is no npm to get it with; {REMEDY}")
    say(f"Getting {PACKAGE} by npm")
    with tempfile.TemporaryDirectory() as folder:
        words = [npm, "pack", PACKAGE, "--silent"]
        try:
            done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(f"pyodide: npm cannot get {PACKAGE}: {error}; {REMEDY}") from error
        packed = Path(folder, ARCHIVE)
        if done.returncode or not packed.is_file():
            why = (done.stderr.strip().splitlines() or ["it does not say why"])[0]
            raise InputError(f"pyodide: npm cannot get {PACKAGE}: {why}; {REMEDY}")
        return _unpacked(packed.read_bytes())


def _from_distribution(wheel: str, sha256: str, loader: Taken, say: Say) -> Taken:
    """A wheel, from where the loader itself would get it."""
    say(f"Getting {wheel} from Pyodide's distribution")
    named = DISTRIBUTION.search(loader.content.decode())
    address = re.sub(r"\$\{[\w.]+\}", VERSION, named.group()) + wheel if named else ""
    try:
        with urlopen(address, timeout=PATIENCE) as stream:
            content = stream.read()
    except (OSError, ValueError) as error:
        raise InputError(f"numpy: {wheel} (SHA-256 {sha256}) is not to be had here: {error}; {REMEDY}") from error
    return _checked(wheel, content, sha256, "Pyodide's distribution")


def _trimmed(archive: bytes, needed: Callable[[str], bool]) -> bytes:
    """Some files of a zip, in a zip without compression: all of the page is compressed at once."""
    room = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as held, zipfile.ZipFile(room, "w") as kept:
        for name in sorted(name for name in held.namelist() if needed(name) and not name.endswith("/")):
            kept.writestr(zipfile.ZipInfo(name, STAMP), held.read(name))
    return room.getvalue()
