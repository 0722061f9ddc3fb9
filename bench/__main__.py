"""`python -m bench`: measure, print, and write docs/performance.md with its picture; numbers also as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.before import against
from bench.figure import performance
from bench.machine import load
from bench.page import page
from bench.results import Results, measured
from bench.section import BEGIN_PAGE, NOT_YET_PAGE, put_there, section, section_in_page, written_there
from bench.sizes import FULL, PAGE, QUICK
from sim.figures.saving import png

ROOT = Path(__file__).parents[1]
DOCS, SCRATCH = ROOT / "docs", ROOT / "results" / "performance"
PAGE_NAME = "performance.md"
PICTURE, DPI = Path("images") / "performance.png", 72


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit code."""
    asked = _asked(words)
    if asked.against:
        began = load()
        said = section(against(asked.against, asked.pairs, asked.worlds, _say), asked.against, asked.pairs, began)
        print(said)
        if asked.out is None:
            put_there(DOCS / PAGE_NAME, said)
        return 0
    if asked.in_page:
        from bench.in_page import in_page

        began = load()
        said = section_in_page(in_page(asked.wheels, _say), began)
        print(said)
        if asked.out is None:
            put_there(DOCS / PAGE_NAME, said, BEGIN_PAGE)
        return 0
    sizes = QUICK if asked.quick else FULL if asked.full else PAGE
    results = measured(sizes, _say)
    print(page(results))
    written = write(results, asked.out or (SCRATCH if asked.quick else DOCS), asked.out or SCRATCH)
    print(f"Written: {', '.join(os.path.relpath(file) for file in written)}")
    return 0


def _say(what: str) -> None:
    print(f"measuring: {what}", file=sys.stderr, flush=True)


def write(results: Results, pages: Path, numbers: Path) -> list[Path]:
    """Write the page and its picture into a folder, and the numbers into another; return the files."""
    files = [pages / PAGE_NAME, pages / PICTURE, numbers / "performance.json"]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
    there = written_there(DOCS / PAGE_NAME), written_there(DOCS / PAGE_NAME, BEGIN_PAGE, NOT_YET_PAGE)
    files[0].write_text(page(results, *there), encoding="utf-8")
    files[1].write_bytes(png(performance(results), DPI))
    files[2].write_text(json.dumps(results.as_data(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return files


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="seconds: that all can be measured; numbers mean little")
    size.add_argument("--full", action="store_true", help="also the memory of a million worlds")
    parser.add_argument(
        "--against",
        metavar="REV",
        help="only what a user waits for, as ratios to that commit; into its section of docs/performance.md",
    )
    parser.add_argument("--pairs", type=int, default=5, help="of runs of the comparison, with --against")
    parser.add_argument("--worlds", type=int, default=1_000_000, help="of the large run, with --against")
    parser.add_argument(
        "--in-page",
        action="store_true",
        help="only the page that runs the model, in Chromium; into its section of docs/performance.md",
    )
    parser.add_argument("--wheels", type=Path, help="as of doctrine page, with --in-page")
    parser.add_argument("--out", type=Path, help="folder of all it writes, instead of docs/ and results/performance/")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
