"""What a built site must be: nothing fetched from outside, no dead link, search that works from disk, terms."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {"src", "srcset", "poster", "data", "background"}
"""Attributes whose address a browser fetches by itself; `href` only on <link>."""
OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
STYLE_OUTSIDE = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:https?:)?//", re.IGNORECASE)
FEWEST_TERMS = 100
"""Uses of terms with hover text in a site that has any glossary to speak of."""


class Page(HTMLParser):
    """Of a page: what it fetches, where its links lead, its anchors, and how many terms explain themselves."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.terms = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        self.fetched += [value for name, value in had.items() if name in FETCHED or (name == "href" and tag == "link")]
        self.fetched += [had["style"]] if STYLE_OUTSIDE.search(had.get("style", "")) else []
        self.links += [had["href"]] if tag == "a" and "href" in had else []
        self.anchors |= {had[name] for name in ("id", "name") if name in had}
        self.terms += "title" in had and (tag == "abbr" or "term" in had.get("class", "").split())


def faults(site: Path) -> list[str]:
    """What is wrong with a site, a line each."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    found = [f"{path.relative_to(site)}: {fault}" for path in pages for fault in _of_page(path, pages)]
    found += [f"{css.relative_to(site)}: fetches from outside" for css in site.rglob("*.css") if _calls_out(css)]
    if sum(page.terms for page in pages.values()) < FEWEST_TERMS:
        found.append("terms of the glossary do not explain themselves")
    return found + _of_search(site)


def _of_page(path: Path, pages: dict[Path, Page]) -> Iterator[str]:
    for address in pages[path].fetched:
        if OUTSIDE.search(address):
            yield f"fetches {address[:100]}"
    for link in pages[path].links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.exists():
            yield f"{link} leads nowhere"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
            yield f"{link} leads to no place on that page"


def _calls_out(css: Path) -> bool:
    return bool(STYLE_OUTSIDE.search(css.read_text(encoding="utf-8")))


def _of_search(site: Path) -> list[str]:
    """The index must be a script: a browser reads no other file of a page that is opened from disk."""
    index, page = site / "searchindex.js", site / "search.html"
    there = index.exists() and index.read_text(encoding="utf-8").startswith("Search.setIndex(")
    loads = page.exists() and re.search(r"<script[^>]+searchindex\.js", page.read_text(encoding="utf-8"))
    return [] if there and loads else ["search does not work from disk"]
