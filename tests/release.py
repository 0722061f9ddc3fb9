"""Build a release and try it as a stranger would: `make release`.

The wheel and the source archive go to dist/. Each is installed into a fresh environment outside the checkout, where the
command compares two doctrines and a file that says `import sim` is checked: types must come with the package, so a file
that is right passes and every line of one that is wrong is refused, misspelt names included; what README and the how-to
pages tell to type in Python must pass.
The record comes with it as a valid data package. Beside the wheel the example package of docs/examples is built and
installed: its actor joins by name and is explained, its preset is named, and its own tests pass.

Each step is printed as it begins; the whole takes some minutes.

With a version, `make release VERSION=1.2.3`, it is the release itself: what is not ready for it stops it before
anything is built. Without one, as in CI, that is only said.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RIGHT = """\
import sim

answer: sim.Answer = sim.infer("history", ensemble=sim.Ensemble(worlds=100))
sentences: list[str] = [sentence.upper() for sentence in answer.sentences]
worlds: int = sim.run("outlook", worlds=8).sizes["world"]
"""
WRONG = """\
from sim import compair
from sim.figures import frnt
from sim.scenario import Senario
from sim.teaching import chek
import sim
worlds: int = sim.load("outlook")
sim.compair("outlook", ["own"])
sim.figures.frnt(sim.run("outlook"))
sim.figures.front(17)
"""
"""Each line but the import is one that a type checker must refuse: a wrong type, or a misspelt name of each package
that imports nothing before it is used."""
REFUSED = re.compile(r"^wrong\.py:(\d+)(?::\d+)?: error: ", re.MULTILINE)
"""How mypy begins what it says of a line."""
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
TYPED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""What a page tells to type in Python, whole."""
COMMAND = ["compare", "history", "architectural", "transactional", "--worlds", "20"]
EXAMPLE = ROOT / "docs" / "examples" / "doctrine-china"
JOINED = ["run", "outlook", "--guest", "china:backing=1", "--worlds", "20", "--out", "joined"]
ASKED = ["explain", "joined", "--world", "3", "--month", "2026-03", "--actor", "china"]
NAMED = ["compare", "outlook", "wait_out", "backed", "--actor", "russia", "--worlds", "20", "--guest", "china"]

NOWHERE = (".invalid", ".example", ".test", ".localhost")
"""Names of hosts that are nobody's (RFC 2606)."""
PLACEHOLDER = re.compile(rf"[\w.:/@-]+(?:{'|'.join(map(re.escape, NOWHERE))})\b")
"""An address, of a page or of a mailbox, that is nobody's."""
BESIDE = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s]+)\)")
"""Where a Markdown link or picture leads to a file beside the page."""


def unready(version: str, root: Path = ROOT) -> Iterator[str]:
    """What must be done before a checkout can be released under a version: file, key, rule and remedy."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield f"{version!r} is no version to release; it must be three numbers with dots, such as 1.2.3"
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if project["version"] != version:
        yield f"pyproject.toml: [project] version must be {version}, is {project['version']}; RELEASE.md, step 1"
    said = {"CITATION.cff": "version: {}", "sim/record/tables/datapackage.json": '"version": "{}",'}
    for file, line in said.items():
        if line.format(version) not in map(str.strip, (root / file).read_text(encoding="utf-8").splitlines()):
            yield f"{file}: version must be {version}; RELEASE.md, step 1"
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE):
        yield f"CHANGELOG.md: must have a heading '## [{version}] - YYYY-MM-DD'; RELEASE.md, step 2"
    yield from nowhere(project["urls"], root)


def nowhere(urls: dict[str, str], root: Path) -> Iterator[str]:
    """What leads nowhere yet for somebody who has only the package: placeholders, and links to files beside a page."""
    for name, url in urls.items():
        if (urlsplit(url).hostname or NOWHERE[0]).endswith(NOWHERE):
            rule = f"must be an address, is the placeholder {url}"
            yield f"pyproject.toml: [project.urls] {name} {rule}; RELEASE.md, step 3"
    for contact in PLACEHOLDER.findall((root / "SECURITY.md").read_text(encoding="utf-8")):
        yield f"SECURITY.md: whom to write to must be an address, is the placeholder {contact}; RELEASE.md, step 3"
    if links := BESIDE.findall((root / "README.md").read_text(encoding="utf-8")):
        rule = f"{len(links)} links or pictures must be addresses, since an index has no files beside it"
        yield f"README.md: {rule} ({links[0]} first); RELEASE.md, step 3"


def begin(step: str) -> None:
    """Say what begins now: some steps take a minute, and nobody should wonder whether they hang."""
    print(f"- {step}", flush=True)


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
    begin(f"building the source archive, and the wheel from it, into {DIST.name}/")
    for old in DIST.glob("*"):
        old.unlink()
    must(sys.executable, "-m", "build", "--outdir", DIST, ROOT, cwd=ROOT)
    made = sorted(DIST.iterdir())
    begin(f"letting the index's own checks look at {' and '.join(archive.name for archive in made)}")
    must(sys.executable, "-m", "twine", "check", "--strict", *made, cwd=ROOT)
    return made


def passed_over(said: str) -> list[str]:
    """Lines of the file that is wrong which mypy, by what it said, did not refuse."""
    refused = {int(line) for line in REFUSED.findall(said)}
    lines = enumerate(WRONG.splitlines(), start=1)
    return [line for number, line in lines if number not in refused and line != "import sim"]


def try_out(archive: Path, place: Path) -> Path:
    """Install an archive into a fresh environment, and use it from there; where that is."""
    home = place / archive.name
    begin(f"{archive.name}: installing it with what it needs into a fresh environment")
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    must(programs / "python", "-m", "pip", "install", "-qq", archive, "mypy", cwd=home)
    begin(f"{archive.name}: comparing two doctrines outside the checkout")
    must(programs / "doctrine", *COMMAND, cwd=home)
    if not next(home.glob("results/*/report.html"), None):
        raise SystemExit(f"{archive.name}: the command wrote no report")
    begin(f"{archive.name}: checking types of a file that is right, of one that is wrong, and of what the pages tell")
    for name, text in (("right.py", RIGHT), ("wrong.py", WRONG)):
        (home / name).write_text(text, encoding="utf-8")
    must(programs / "python", "-m", "mypy", "--strict", "right.py", cwd=home)
    checked = run(programs / "python", "-m", "mypy", "--strict", "wrong.py", cwd=home)
    if accepted := passed_over(checked.stdout):
        raise SystemExit(f"{archive.name}: mypy accepts {'; '.join(accepted)}\n{checked.stdout}{checked.stderr}")
    must(programs / "python", "-m", "mypy", "--strict", *told(home), cwd=home)
    begin(f"{archive.name}: validating its data package")
    record = Path(
        must(programs / "python", "-c", "from sim.record import tables; print(tables.FOLDER)", cwd=home).strip()
    )
    must(sys.executable, "-m", "frictionless", "validate", "datapackage.json", cwd=record)
    print(f"{archive.name}: installed, run and type-checked outside the checkout; its data package is valid")
    return home


def told(home: Path) -> list[str]:
    """Files of what the pages tell to type in Python, by name."""
    names = []
    for page in PAGES:
        for number, text in enumerate(TYPED.findall(page.read_text(encoding="utf-8")), start=1):
            names.append(f"{page.stem.replace('-', '_')}_{number}.py")
            (home / names[-1]).write_text(text, encoding="utf-8")
    return names


def try_example(home: Path) -> None:
    """Build the example package, install it beside, and let its actor join by name."""
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    begin("building the example package, and installing it beside the wheel")
    must(sys.executable, "-m", "build", "--wheel", "--outdir", home / "example", EXAMPLE, cwd=home)
    (wheel,) = (home / "example").iterdir()
    must(programs / "python", "-m", "pip", "install", "-qq", wheel, "pytest", cwd=home)
    begin(f"{wheel.name}: letting its actor join and explain itself, and naming its preset")
    must(programs / "doctrine", *JOINED, cwd=home)
    if "what Moscow lacks" not in " ".join(must(programs / "doctrine", *ASKED, cwd=home).split()):
        raise SystemExit(f"{wheel.name}: its actor is not explained")
    must(programs / "doctrine", *NAMED, cwd=home)
    begin(f"{wheel.name}: running its own tests")
    must(programs / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE / "tests", cwd=home)
    print(f"{wheel.name}: installed beside; its actor joined and was explained, its preset was named, its tests pass")


def main(version: str = "") -> None:
    """Build, and try what was built; under a version only what is ready to be released as that."""
    lacking = "\n".join(f"- {line}" for line in unready(version or PROJECT["version"]))
    if version and lacking:
        raise SystemExit(f"Not ready to be released as {version}:\n{lacking}")
    with tempfile.TemporaryDirectory() as place:
        homes = {archive.suffix: try_out(archive, Path(place)) for archive in build()}
        try_example(homes[".whl"])
    if lacking:
        print(f"Notice: not ready to be released as {PROJECT['version']}:\n{lacking}")


if __name__ == "__main__":
    main(*sys.argv[1:])
