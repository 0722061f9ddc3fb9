"""A release that is not ready is refused before anything is built, and says why; RELEASE.md is the list."""

import subprocess
import sys
from pathlib import Path

import pytest
import release

FILES = {
    "pyproject.toml": '[project]\nversion = "1.2.3"\n[project.urls]\nSource = "https://forge.org/doctrine"\n',
    "CITATION.cff": "title: doctrine\nversion: 1.2.3\n",
    "sim/record/tables/datapackage.json": '{\n "version": "1.2.3",\n "name": "record"\n}\n',
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-31\n",
    "SECURITY.md": "Write to security@forge.org.\n",
    "README.md": "[up](#top), ![a picture](https://forge.org/a.png) and [all](https://forge.org/docs)\n",
}
WRONG = {
    "pyproject.toml": ('version = "1.2.3"', 'version = "1.2.2"', "[project] version must be 1.2.3, is 1.2.2"),
    "CITATION.cff": ("1.2.3", "1.2.30", "version must be 1.2.3; RELEASE.md, step 1"),
    "sim/record/tables/datapackage.json": ("1.2.3", "1.2.2", "version must be 1.2.3; RELEASE.md, step 1"),
    "SECURITY.md": (
        "security@forge.org",
        "security@forge.invalid",
        "must be an address, is the placeholder security@forge.invalid; RELEASE.md, step 3",
    ),
    "README.md": (
        "https://forge.org/a.png",
        "docs/a.png",
        "1 links or pictures must be addresses, since an index has no files beside it (docs/a.png first); RELEASE.md",
    ),
    "CHANGELOG.md": (" - 2026-01-31", "", "must have a heading '## [1.2.3] - YYYY-MM-DD'; RELEASE.md, step 2"),
}


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A checkout that is ready to be released as 1.2.3."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_ready_lacks_nothing(ready: Path) -> None:
    assert list(release.unready("1.2.3", ready)) == []


@pytest.mark.parametrize("file", WRONG)
def test_every_file_that_a_release_fills_in_is_looked_at(ready: Path, file: str) -> None:
    right, wrong, says = WRONG[file]
    (ready / file).write_text(FILES[file].replace(right, wrong), encoding="utf-8")
    (lacking,) = release.unready("1.2.3", ready)
    assert lacking.startswith(f"{file}: ")
    assert says in lacking


@pytest.mark.parametrize("url", ["https://doctrine-sim.invalid/source", "https://forge.example", "somewhere"])
def test_a_placeholder_is_no_address(ready: Path, url: str) -> None:
    text = FILES["pyproject.toml"].replace("https://forge.org/doctrine", url)
    (ready / "pyproject.toml").write_text(text, encoding="utf-8")
    (lacking,) = release.unready("1.2.3", ready)
    assert lacking == (
        f"pyproject.toml: [project.urls] Source must be an address, is the placeholder {url}; RELEASE.md, step 3"
    )


def test_every_line_that_is_wrong_must_be_refused_by_itself() -> None:
    lines = release.WRONG.splitlines()
    said = [f"wrong.py:{place}: error: no  [attr-defined]\n" for place in range(1, len(lines) + 1)]
    assert release.passed_over("".join(said)) == []
    at = lines.index("from sim import compair")
    assert release.passed_over("".join(said[:at] + said[at + 1 :])) == ["from sim import compair"]
    assert release.passed_over("Success: no issues found in 1 source file") == [
        line for line in lines if line != "import sim"
    ]


def test_a_version_is_three_numbers(ready: Path) -> None:
    assert any("three numbers with dots" in line for line in release.unready("1.2.3rc1", ready))


def test_a_release_stops_before_it_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "build", lambda: pytest.fail("built"))
    with pytest.raises(SystemExit, match=r"^Not ready to be released as 99\.0\.0:\n- pyproject\.toml: "):
        release.main("99.0.0")


def test_every_step_is_told_before_it_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order in which they happen: nothing runs for long that was not told of."""

    def must(*words: str | Path, cwd: Path) -> str:
        sys.stdout.write(f"runs {' '.join(Path(word).name for word in words[:4])}\n")
        if "--outdir" in words:
            (out := Path(words[words.index("--outdir") + 1])).mkdir(exist_ok=True)
            (out / "made.whl").touch()
        (cwd / "results" / "one").mkdir(parents=True, exist_ok=True)
        (cwd / "results" / "one" / "report.html").touch()
        return "what Moscow lacks" if "explain" in words else str(cwd)

    refused = "".join(f"wrong.py:{line}: error: no\n" for line in range(1, 20))
    monkeypatch.setattr(release, "must", must)
    monkeypatch.setattr(release, "run", lambda *_, cwd: subprocess.CompletedProcess([], 1, refused, ""))
    monkeypatch.setattr(release.venv, "create", lambda home, with_pip: home.mkdir())
    monkeypatch.setattr(release, "DIST", tmp_path / "dist")
    release.main()
    told = capsys.readouterr().out.splitlines()
    for program, step in {
        "build": "- building the source archive",
        "twine": "- letting the index's own checks look at made.whl",
        "mypy": "- made.whl: checking types",
        "frictionless": "- made.whl: validating",
        "pytest": "- made.whl: running its own tests",
    }.items():
        before = told[: next(place for place, line in enumerate(told) if f" {program}" in line and "runs" in line)]
        assert [line for line in before if line.startswith("- ")][-1].startswith(step)


def test_without_a_version_what_is_not_ready_is_a_notice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "build", lambda: [Path("doctrine.whl")])
    monkeypatch.setattr(release, "try_out", lambda archive, place: place / archive)
    monkeypatch.setattr(release, "try_example", lambda _: None)
    monkeypatch.setattr(release, "unready", lambda _: iter(["this"]))
    release.main()
    assert "Notice: not ready to be released as" in capsys.readouterr().out
