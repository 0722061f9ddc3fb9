"""Build a release and try it as a stranger would: `make release`.

The wheel and the source archive go to dist/. Each is installed into a fresh environment outside the checkout, where the
command compares two doctrines and a file that says `import sim` is checked: types must come with the package, so a file
that is right passes and one that is wrong does not. The record comes with it as a valid data package. Beside the wheel
the example package of docs/examples is built and installed: its actor joins by name and is explained, its preset is
named, and its own tests pass.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
RIGHT = """\
import sim

answer: sim.Answer = sim.infer("history", ensemble=sim.Ensemble(worlds=100))
sentences: list[str] = [sentence.upper() for sentence in answer.sentences]
worlds: int = sim.run("outlook", worlds=8).sizes["world"]
"""
WRONG = "import sim\n\nworlds: int = sim.load('outlook')\n"
COMMAND = ["compare", "history", "architectural", "transactional", "--worlds", "20"]
EXAMPLE = ROOT / "docs" / "examples" / "doctrine-china"
JOINED = ["run", "outlook", "--guest", "china:backing=1", "--worlds", "20", "--out", "joined"]
ASKED = ["explain", "joined", "--world", "3", "--month", "2026-03", "--actor", "china"]
NAMED = ["compare", "outlook", "wait_out", "backed", "--actor", "russia", "--worlds", "20", "--guest", "china"]


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program; what it says is kept."""
    return subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False)


def must(*words: str | Path, cwd: Path) -> str:
    """Run a program that must succeed; what it printed."""
    done = run(*words, cwd=cwd)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build() -> list[Path]:
    """Build the source archive, and the wheel from it; both pass the index's checks."""
    for old in DIST.glob("*"):
        old.unlink()
    must(sys.executable, "-m", "build", "--outdir", DIST, ROOT, cwd=ROOT)
    made = sorted(DIST.iterdir())
    must(sys.executable, "-m", "twine", "check", "--strict", *made, cwd=ROOT)
    return made


def try_out(archive: Path, place: Path) -> Path:
    """Install an archive into a fresh environment, and use it from there; where that is."""
    home = place / archive.name
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    must(programs / "python", "-m", "pip", "install", "-qq", archive, "mypy", cwd=home)
    must(programs / "doctrine", *COMMAND, cwd=home)
    if not next(home.glob("results/*/report.html"), None):
        raise SystemExit(f"{archive.name}: the command wrote no report")
    for name, text, right in (("right.py", RIGHT, True), ("wrong.py", WRONG, False)):
        (home / name).write_text(text, encoding="utf-8")
        checked = run(programs / "python", "-m", "mypy", "--strict", name, cwd=home)
        if (checked.returncode == 0) is not right:
            raise SystemExit(f"{archive.name}: {name} is {'refused' if right else 'accepted'}\n{checked.stdout}")
    record = Path(
        must(programs / "python", "-c", "from sim.record import tables; print(tables.FOLDER)", cwd=home).strip()
    )
    must(sys.executable, "-m", "frictionless", "validate", "datapackage.json", cwd=record)
    print(f"{archive.name}: installed, run and type-checked outside the checkout; its data package is valid")
    return home


def try_example(home: Path) -> None:
    """Build the example package, install it beside, and let its actor join by name."""
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    must(sys.executable, "-m", "build", "--wheel", "--outdir", home / "example", EXAMPLE, cwd=home)
    (wheel,) = (home / "example").iterdir()
    must(programs / "python", "-m", "pip", "install", "-qq", wheel, "pytest", cwd=home)
    must(programs / "doctrine", *JOINED, cwd=home)
    if "what Moscow lacks" not in " ".join(must(programs / "doctrine", *ASKED, cwd=home).split()):
        raise SystemExit(f"{wheel.name}: its actor is not explained")
    must(programs / "doctrine", *NAMED, cwd=home)
    must(programs / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE / "tests", cwd=home)
    print(f"{wheel.name}: installed beside; its actor joined and was explained, its preset was named, its tests pass")


def main() -> None:
    """Build, and try what was built."""
    with tempfile.TemporaryDirectory() as place:
        homes = {archive.suffix: try_out(archive, Path(place)) for archive in build()}
        try_example(homes[".whl"])


if __name__ == "__main__":
    main()
