"""What stands in a page of the documents: commands, files to save, scripts, and what commands print."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[+−-]?\d[\d.]*")


class Block(NamedTuple):
    """A fenced block: its language and the name of the file to save ("" if it does not say), and its text."""

    language: str
    name: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(page.read_text(encoding="utf-8"))]


def saved_as(block: Block) -> str:
    """Name of a file to save: after its language, or in the first line, `# NAME.toml`."""
    return block.name or re.match(r"# (\S+\.toml)\n", block.text)[1]


def commands(block: Block) -> list[list[str]]:
    return [shlex.split(line) for line in block.text.splitlines()]


def without_numbers(text: str) -> str:
    """Words alone."""
    return " ".join(NUMBER.sub("#", text).split())


def numbers(text: str) -> list[str]:
    """Its numbers, as they are written."""
    return [found.replace("\N{MINUS SIGN}", "-").rstrip(".") for found in NUMBER.findall(text)]


def alike(told: str, printed: str) -> bool:
    """Whether two numbers are the same but for what processors may do: a last bit, which moves a digit or a world."""
    decimals = len(told.partition(".")[2])
    return abs(float(told) - float(printed)) <= max(1.01 * 10.0**-decimals, 0.01 * abs(float(told)))


def same(told: str, printed: str) -> bool:
    """Whether two lines have the same words and the same numbers."""
    pairs = zip(numbers(told), numbers(printed), strict=False)
    return without_numbers(told) == without_numbers(printed) and all(alike(*pair) for pair in pairs)


def missing(told: str, printed: str) -> list[str]:
    """Lines of a page that were not printed; "..." stands for any."""
    lines = [line for line in told.splitlines() if line.strip() not in ("", "...")]
    return [line for line in lines if not any(same(line, other) for other in printed.splitlines())]


def patched(text: str, block: str) -> str:
    """A file with the lines of a diff added; what stands around them must stand in the file, once."""
    before, after = [], []
    for line in block.splitlines()[2:]:
        before += [line[1:]] if line[:1] in (" ", "-") else []
        after += [line[1:]] if line[:1] in (" ", "+") else []
    old, new = "\n".join(before), "\n".join(after)
    assert text.count(old) == 1, old
    return text.replace(old, new)
