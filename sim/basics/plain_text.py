"""What a user's words may bring to a terminal, a page, a figure or a table, and what a folder may be called.

Letters that are not seen but heeded, by terminals (escape sequences) or by whatever sets text (marks that turn the
direction of reading, marks that hide), are refused where a scenario is read. What is shown of anything else, such as
a path or an option, has them spelt out.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable

HIDDEN = r"\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
"""Control characters, marks of direction, marks without width: the inside of a class of a regular expression.

The two joiners stay: some scripts are not written without them.
"""
LINE, LINES = rf"^[^{HIDDEN}]*$", rf"^([^{HIDDEN}]|\n)*$"
"""A line of text, and several, as patterns."""
HEEDED = re.compile(rf"(?!\n)[{HIDDEN}\ud800-\udfff\U000e0000-\U000e007f]")

LONGEST_NAME = 100
"""Bytes of the name of a folder: what is put before and after it has to fit into the 255 of a file system."""
LONGEST_LABEL = 100
LONGEST_SHOWN_LINE = 1000
NAME = rf'^[^{HIDDEN}/\\<>:"?*|. \-][^{HIDDEN}/\\<>:"?*|]*$'
"""The name of a folder, as far as a pattern can tell."""
NAME_IN_WORDS = 'a name without / \\ < > : " | ? * and hidden characters, and without a dot, dash or space in front'
OUR_ENDINGS = (".unfinished", ".writing", ".previous")
"""What is put after a name while its folder is made."""
DEVICES = (
    "CON",
    "PRN",
    "AUX",
    "NUL",
    "CONIN$",
    "CONOUT$",
    *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10)),
)
"""Names of devices in any folder of Windows, with whatever ending."""


def visible(text: str) -> str:
    r"""A text with every hidden letter spelt out, and without the middle of lines that nobody reads to the end.

    >>> print(visible("red: \x1b[31m, backwards: \u202etxt.exe"))
    red: \x1b[31m, backwards: \u202etxt.exe
    """
    spelt = HEEDED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return "\n".join(map(_clipped, spelt.split("\n"))) if len(spelt) > LONGEST_SHOWN_LINE else spelt


def as_command(words: Iterable[str]) -> str:
    r"""Words as one line to paste into a shell: those with hidden letters in its own spelling for them.

    >>> print(as_command(["doctrine", "run", "my file.toml"]))
    doctrine run 'my file.toml'
    >>> print(as_command(["doctrine", "run", "red\x1b[31m.toml"]))
    doctrine run $'red\x1b[31m.toml'
    """
    return " ".join(_spelt(word) if "\n" in word or HEEDED.search(word) else shlex.quote(word) for word in words)


def _spelt(word: str) -> str:
    safe = re.sub(r"[\\']", r"\\\g<0>", word)
    return "$'" + re.sub(rf"\n|{HEEDED.pattern}", lambda found: _bytes(found[0]), safe) + "'"


def _bytes(letter: str) -> str:
    return "".join(rf"\x{byte:02x}" for byte in os.fsencode(letter))


def _clipped(line: str) -> str:
    half = LONGEST_SHOWN_LINE // 2
    return line if len(line) <= LONGEST_SHOWN_LINE else f"{line[:half]} ... {line[-half:]}"


def wrong_with_name(name: str) -> str:
    """Why a folder cannot go by a name on every machine; "" if it can.

    >>> wrong_with_name("outlook-2"), wrong_with_name("con.toml")
    ('', 'must not be the name of a device of Windows')
    """
    rules = {
        f"must be {NAME_IN_WORDS}": not re.fullmatch(NAME, name),
        f"must be at most {LONGEST_NAME} bytes long": len(name.encode(errors="replace")) > LONGEST_NAME,
        "must not end with a dot or a space": name[-1:] in (".", " "),
        f"must not end with {' or '.join(OUR_ENDINGS)}": name.lower().endswith(OUR_ENDINGS),
        "must not be the name of a device of Windows": name.partition(".")[0].strip().upper() in DEVICES,
    }
    return next((rule for rule, broken in rules.items() if broken), "")


def wrong_with_label(label: str) -> str:
    """Why a doctrine cannot go by a label in figures, tables and pages; "" if it can."""
    if not label.strip():
        return "must not be empty"
    if len(label) > LONGEST_LABEL:
        return f"must be at most {LONGEST_LABEL} characters long"
    return "" if re.match(LINE, label) and not HEEDED.search(label) else "must be without hidden characters"
