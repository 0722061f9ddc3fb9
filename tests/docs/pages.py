"""What stands in a page of the documents: commands, files to save, scripts, and what commands print."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[+−-]?\d[\d.]*")


class Block(NamedTuple):
    """A fenced block: its language ("" if it does not say) and its text."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(page.read_text(encoding="utf-8"))]


def saved_as(block: Block) -> str:
    """Name in the first line of a file to save: `# NAME.toml`."""
    return re.match(r"# (\S+\.toml)\n", block.text)[1]


def commands(block: Block) -> list[list[str]]:
    return [shlex.split(line) for line in block.text.splitlines()]


def without_numbers(text: str) -> str:
    """Words alone: the last bit of a number, and so its last digit, may differ between processors."""
    return " ".join(NUMBER.sub("#", text).split())


def missing(told: str, printed: str) -> list[str]:
    """Lines of a page that were not printed; "..." stands for any."""
    lines = [line for line in told.splitlines() if line.strip() not in ("", "...")]
    there = {without_numbers(line) for line in printed.splitlines()}
    return [line for line in lines if without_numbers(line) not in there]


def patched(text: str, block: str) -> str:
    """A file with the lines of a diff added; what stands around them must stand in the file, once."""
    before, after = [], []
    for line in block.splitlines()[2:]:
        before += [line[1:]] if line[:1] in (" ", "-") else []
        after += [line[1:]] if line[:1] in (" ", "+") else []
    old, new = "\n".join(before), "\n".join(after)
    assert text.count(old) == 1, old
    return text.replace(old, new)
