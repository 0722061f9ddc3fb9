"""The site, as far as it can be looked at without building it: `make docs` builds it and checks the rest."""

import re
import shlex
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from sim.cli import app

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from docs import make_figures  # noqa: E402 -- docs/ is no package: its folder must be known first
from docs.site import check, glossary, live, stage  # noqa: E402

DOCS = ROOT / "docs"
TERMS = glossary.read((DOCS / "glossary.md").read_text(encoding="utf-8"))
PICTURES = make_figures.listed()


# ---- the glossary


def test_the_glossary_is_in_order_and_each_term_has_a_sentence() -> None:
    headings = re.findall(r"^## (.+)$", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert list(TERMS) == headings == sorted(headings, key=str.lower)
    assert len(TERMS) >= 40
    assert [term for term, meaning in TERMS.items() if not meaning.endswith(".")] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an audience cost", ["audience cost"]),
        ("Reservation values differ", ["Reservation value"]),
        ("a commitment problem, no commitment", ["commitment problem", "commitment"]),
        ("worldly otherworldly mis-commitment", []),
        ("the win-set", ["win-set"]),
    ],
)
def test_terms_are_found_as_whole_words_the_longest_first(text: str, found: list[str]) -> None:
    assert [use[1] for use in glossary.pattern(TERMS).finditer(text)] == found


# ---- the pictures


def test_every_picture_is_listed_with_its_command() -> None:
    pictures = [path.relative_to(DOCS / "images").as_posix() for path in (DOCS / "images").rglob("*.*")]
    unlisted = [name for name in pictures if not any(fnmatch(name, picture.name) for picture in PICTURES)]
    assert unlisted == []


def test_every_picture_that_is_listed_is_there() -> None:
    assert [picture.name for picture in PICTURES if not list((DOCS / "images").glob(picture.name))] == []


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_command_that_makes_a_picture_exists(picture: make_figures.Picture) -> None:
    program, what, *_ = words = shlex.split(picture.command)
    if program == "doctrine":
        command, bound, _ = app.parse_args(words[1:], exit_on_error=False, print_error=False)
        assert command.__name__.strip("_") == what
        assert bound is not None
    elif what == "-m":
        assert (ROOT / words[2] / "__main__.py").is_file()
    else:
        assert (ROOT / what).is_file()
    assert picture.source.endswith(".png") or program == "python"


# ---- the layout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository with a folder of pages that nobody has heard of."""
    pages = {
        "docs/README.md": "# Start\n\n[new](lessons/one.md), [folder](lessons/), [table](../sim/table.csv)\n",
        "docs/lessons/one.md": "# One\n\n[home](../README.md#start)\n\n```sh\nsee [x](nowhere.md)\n```\n",
        "docs/unheard-of.md": "# Unheard of\n",
        "docs/how-to/do.md": "# Do\n",
        "sim/table.csv": "a,b\n",
        "sim/record/tables/SOURCES.md": "# Sources\n",
        "CHANGELOG.md": "# Changelog\n",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "docs" / "images").mkdir()
    return tmp_path


def test_new_pages_and_folders_are_in_the_navigation_and_links_hold(repository: Path) -> None:
    source = repository / "out"
    stage.stage(repository, source)
    start = (source / "index.md").read_text(encoding="utf-8")
    assert "[new](lessons/one.md), [folder](lessons/index.md), [table](sim/table.csv)" in start
    assert (source / "sim/table.csv").exists()
    trees = dict(re.findall(r":caption: ([\w ]+)\n.*?\n\n(.*?)\n```", start, re.DOTALL))
    assert trees["Tutorial"].split() == ["lessons/index"]
    assert trees["How to"].split() == ["how-to/*"]
    assert trees["More"].split() == ["unheard-of"]
    assert "*" in (source / "lessons/index.md").read_text(encoding="utf-8").split()
    lesson = (source / "lessons/one.md").read_text(encoding="utf-8")
    assert "[home](../index.md#start)" in lesson
    assert "see [x](nowhere.md)" in lesson


# ---- what is checked of a built site


GOOD = '<script src="searchindex.js"></script><h1 id="a">x</h1><a href="#a">x</a>' + '<abbr title="x">y</abbr>' * 100


def built(folder: Path, html: str, css: str = "") -> Path:
    (folder / "search.html").write_text(html, encoding="utf-8")
    (folder / "searchindex.js").write_text("Search.setIndex({})", encoding="utf-8")
    (folder / "site.css").write_text(css, encoding="utf-8")
    return folder


def test_a_good_site_has_no_faults(tmp_path: Path) -> None:
    assert check.faults(built(tmp_path, GOOD + '<a href="https://example.org">a link is no fetch</a>')) == []


@pytest.mark.parametrize(
    "bad",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example.org/x.css">',
        '<img src="http://example.org/x.png">',
        '<img srcset="x.png 1x, https://example.org/x.png 2x">',
        '<div style="background: url(https://example.org/x.png)"></div>',
        '<a href="nowhere.html">x</a>',
        '<a href="search.html#nowhere">x</a>',
    ],
)
def test_what_is_fetched_from_outside_and_dead_links_are_faults(bad: str, tmp_path: Path) -> None:
    assert len(check.faults(built(tmp_path, GOOD + bad))) == 1


def test_so_are_fonts_from_outside_missing_search_and_silent_terms(tmp_path: Path) -> None:
    site = built(tmp_path, "<h1>x</h1>", "@font-face { src: url('https://example.org/x.woff2') }")
    assert check.faults(site) == [
        "site.css: fetches from outside",
        "terms of the glossary do not explain themselves",
        "search does not work from disk",
    ]


# ---- the page with the model in it

OUTCOMES = [(0, "", 'href="classroom.html"'), (2, "numpy: not here", "numpy: not here")]


@pytest.mark.parametrize(("code", "why", "said"), OUTCOMES)
def test_the_site_has_the_page_or_says_why_not(
    code: int, why: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.CompletedProcess([], code, "", why)
    monkeypatch.setattr(live.subprocess, "run", lambda words, **_: done)
    there, told = live.made(tmp_path / live.NAME, tmp_path / "nowhere")
    assert there == (code == 0)
    assert said in told
