"""Lay out what Sphinx builds from: the pages as they are, with links that leave docs/ made to hold, and navigation.

Pages stay plain Markdown in docs/. What only the site needs (contents of folders, the command line, the API) is made
here. A new page, or a new folder of pages, turns up in the navigation by being there.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from docs.site import api

PARTS = {
    "Tutorial": ["tutorial", "live", "lessons/", "app/", "teach/"],
    "How to": ["how-to/write-a-scenario", "how-to/*", "examples/doctrine-china/"],
    "Explanation": ["results", "questions/", "theory", "design"],
    "Reference": [
        "ODD",
        "reference/",
        "commands",
        "api/",
        "performance",
        "glossary",
        "figures",
        "sim/record/tables/SOURCES",
        "CHANGELOG",
    ],
}
"""The four parts of the site and their pages; a folder stands for its contents. What is not named comes last."""
LEFT_OVER = "More"
TITLES = {
    "questions": "Questions",
    "reference": "Tables",
    "lessons": "Lessons",
    "teach": "Teaching",
}
"""Titles of folders without a README.md of their own."""
NO_PAGES = {"results_template.md"}
OWN_FOLDER = "site"
TARGET = re.compile(r"(\]\()([^)\s#:]+)(#[^)\s]*)?(\))")
FENCE = re.compile(r"\s*(```|~~~)")


def stage(root: Path, source: Path, live: str = "") -> None:
    """Write the tree of sources for Sphinx, with what the site says of the page that runs the model."""
    docs = root / "docs"
    for page in pages(docs):
        place = source / named(page.relative_to(docs))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(relinked(page, root, source), encoding="utf-8")
    shutil.copytree(docs / "images", source / "images", dirs_exist_ok=True)
    for extra in ("sim/record/tables/SOURCES.md", "CHANGELOG.md"):
        bring(root / extra, root, source)
    api.write(source)
    if live:
        (source / "live.md").write_text(live, encoding="utf-8")
    contents(source)


def pages(docs: Path) -> Iterator[Path]:
    """The pages of docs/."""
    for page in sorted(docs.rglob("*.md")):
        if page.relative_to(docs).parts[0] != OWN_FOLDER and page.name not in NO_PAGES:
            yield page


def named(page: Path) -> Path:
    """A README is what a folder opens with."""
    return page.with_name("index.md") if page.name == "README.md" else page


def relinked(page: Path, root: Path, source: Path) -> str:
    """The text of a page, with every relative link leading to where its target stands in the site."""

    def link(match: re.Match[str]) -> str:
        opening, target, anchor, closing = match.groups()
        there = (page.parent / target).resolve()
        if not there.exists():
            return match[0]  # Sphinx says so, with the line
        return f"{opening}{relative(there, page, root, source)}{anchor or ''}{closing}"

    fenced, lines = False, []
    for line in page.read_text(encoding="utf-8").splitlines():
        fenced ^= bool(FENCE.match(line))
        lines.append(line if fenced else TARGET.sub(link, line))
    return "\n".join(lines) + "\n"


def relative(there: Path, page: Path, root: Path, source: Path) -> str:
    """Path to a target in the site, as seen from a page in it."""
    here = placed(page, root).parent
    target = placed(there, root)
    if there.is_dir():
        target /= "index.md"
    elif there.suffix != ".md" or not there.is_relative_to(root / "docs"):
        bring(there, root, source)
    return Path(os.path.relpath(target, here)).as_posix()


def placed(path: Path, root: Path) -> Path:
    """Where something of the repository stands in the site: docs/ is its top, the rest keeps its path."""
    docs = root / "docs"
    return named(path.relative_to(docs if path.is_relative_to(docs) else root))


def bring(path: Path, root: Path, source: Path) -> None:
    """Put into the site a file that is no page of docs/: as a page if it is one, otherwise to be downloaded."""
    place = source / placed(path, root)
    if path.is_dir() or place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(path.read_bytes())
    if path.suffix == ".md":
        place.write_text(relinked(path, root, source), encoding="utf-8")


def contents(source: Path) -> None:
    """Write the contents of every folder, and of the site."""
    open_ones = {source / name.removesuffix("/*") for names in PARTS.values() for name in names if name.endswith("/*")}
    for folder in sorted({page.parent for page in source.rglob("*.[mr][ds]*")} - {source} - open_ones):
        if folder.is_relative_to(source / "sim") or (folder / "index.rst").exists():
            continue
        index = folder / "index.md"
        own = index.exists()
        if not own:
            index.write_text(f"# {TITLES.get(folder.name, folder.name.capitalize())}\n", encoding="utf-8")
        if any(page != index for page in folder.glob("*.md")):
            text = index.read_text(encoding="utf-8")
            index.write_text(text + tree(["*"], shown=not own), encoding="utf-8")
    index, left = source / "index.md", top(source)
    text = index.read_text(encoding="utf-8")
    named_ones = {name for names in PARTS.values() for name in names}
    for part, names in (PARTS | {LEFT_OVER: sorted(left - named_ones)}).items():
        there = [f"{name}index" if name.endswith("/") else name for name in names if exists(source, name)]
        text += tree(there, part) if there else ""
    index.write_text(text, encoding="utf-8")


def top(source: Path) -> set[str]:
    """Pages and folders at the top of the site."""
    found = {path.stem for path in source.iterdir() if path.suffix in (".md", ".rst")} - {"index"}
    return found | {f"{path.name}/" for path in source.iterdir() if (path / "index.md").exists()}


def exists(source: Path, name: str) -> bool:
    if name.endswith("/*"):
        return (source / name.removesuffix("/*")).is_dir()
    if name.endswith("/"):
        return any((source / name).glob("index.*"))
    return any((source / name).with_suffix(suffix).exists() for suffix in (".md", ".rst"))


def tree(names: list[str], caption: str = "", shown: bool = False) -> str:
    """A table of contents; hidden, it is navigation only."""
    options = [":glob:", *([f":caption: {caption}"] if caption else []), *([] if shown else [":hidden:"])]
    return "\n```{toctree}\n" + "\n".join([*options, "", *names]) + "\n```\n"
