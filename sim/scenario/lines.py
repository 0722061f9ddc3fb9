"""On which line of a TOML file a key stands, how much the file holds, and in plain words what is wrong with it.

The standard library's parser keeps no line numbers. So the text is cut into statements, by its brackets and quotes
alone and in one pass, and each statement is parsed by itself: what it parses to says which keys it sets.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.basics.mistakes import KeyPath, shown

TOKENS = re.compile(
    r'''
      (?P<text> """(?>[^"\\]+|\\.|"(?!""))*+"{0,5} | '{3}(?>[^']+|'(?!'{2}))*+'{0,5}
              | "(?>[^"\\\n]+|\\[^\n])*+"? | '[^'\n]*+'? )
    | (?P<end> (?>(?:\#[^\n]*+)?\n[ \t]*+)++ )
    | \#[^\n]*+
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<mark> [=,.] )
    ''',
    re.VERBOSE | re.DOTALL,
)
"""What divides a text: text in quotes, ends of lines with what is empty or a comment after them, brackets, marks.

No part of it looks at a letter twice, whatever stands there: its time is that of the text's length.
"""


class Statement(NamedTuple):
    """A key with its value, or the header of a table."""

    line: int
    """Where it starts, counted from 1."""
    last: int
    """Where it ends."""
    text: str


class Outline(NamedTuple):
    """What a text holds, as its brackets and quotes tell."""

    statements: list[Statement]
    values: int
    """Keys, headers of tables and entries of lists."""
    dots: int
    """Dots of the key that has most of them."""
    dotted: int
    """The line of that key."""


def outline(text: str) -> Outline:
    """Cut a text into statements and count what it holds. Where the text is not TOML, the cut is a guess."""
    statements: list[Statement] = []
    within: list[str] = []
    line, first, start = 1, 1, 0
    values = dots = most = dotted = 0
    for token in TOKENS.finditer(text):
        kind, found = token.lastgroup, token[0]
        if kind == "mark":
            if found == ".":
                dots += 1
                if dots > most:
                    most, dotted = dots, line
                continue
            values += found == "=" or within[-1:] == ["["]
        elif kind == "open":
            values += not within and not text[start : token.start()].strip()
            within.append(found)
        elif kind == "close":
            del within[-1:]
        elif kind == "end" and not within:
            _add(statements, first, line, text[start : token.start()])
            first, start = line + found.count("\n"), token.end()
        if kind != "text":
            dots = 0
        if kind in ("end", "text"):
            line += found.count("\n")
    _add(statements, first, line, text[start:])
    return Outline(statements, values, most, dotted)


def _add(statements: list[Statement], first: int, last: int, text: str) -> None:
    if text.strip() and not text.lstrip().startswith("#"):
        statements.append(Statement(first, last, text))


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, on which each key is first set; keys in `[[lists]]` by their position."""
    lines: dict[KeyPath, int] = {}
    lengths: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for statement in outline(text).statements:
        parsed = _parsed(statement)
        if parsed is None:
            break
        if statement.text.lstrip().startswith("["):
            table = _header(parsed, lengths)
            paths: list[KeyPath] = [table[:depth] for depth in range(1, len(table) + 1)]
        else:
            paths = [path for path in _paths(parsed, table) if path]
        for path in paths:
            lines.setdefault(path, statement.line)
    return lines


def unsound(text: str, line: int | None) -> int | None:
    """Where the statement starts that is no TOML by itself: the one around a line, or the first if that is unknown."""
    for statement in outline(text).statements:
        here = line is None or statement.line <= line <= statement.last
        if here and _parsed(statement) is None:
            return statement.line
    return None


def last_line(text: str) -> int | None:
    """Where the last statement starts: what is wrong at the end of a text is wrong there."""
    statements = outline(text).statements
    return statements[-1].line if statements else None


def _parsed(statement: Statement) -> dict[str, Any] | None:
    try:
        return tomllib.loads(statement.text)
    except (ValueError, RecursionError):
        return None


def _header(parsed: dict[str, Any], lengths: dict[KeyPath, int]) -> KeyPath:
    """The table that a header opens, given how many elements every list of tables has so far."""
    path: KeyPath = ()
    value: Any = parsed
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        path = (*path, name)
        if isinstance(value, list):
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return path


def _paths(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    """`path` and all that is set under it."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from _paths(inner, (*path, name))


PARSER_REPORT = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)

PLAIN = (
    (r"Cannot overwrite a value", "the key is set a second time"),
    (
        r"Cannot (?:declare|mutate immutable namespace) \('(.*?)',?\).*",
        r"the table [\1] is opened a second time",
    ),
    (r"Expected newline or end of document after a statement", "more text after the value"),
    (r"Expected '=' after a key in a key/value pair", "no '=' after the key"),
    (r"Invalid value", "no valid value"),
    (r"Invalid statement", "no valid key at the start of the line"),
    (r"Illegal character '\\n'", "the text has no closing quote"),
    (r"Unterminated string", "the text has no closing quote"),
    (r"Unclosed array", "the list has no closing bracket"),
    (r"Expected '\]+' at the end of (?:a table|an array) declaration", "the [table] has no closing bracket"),
    (r"Exceeds the limit .*", "a number of thousands of digits"),
)
"""What the parser of the standard library says, and the same in plain words."""

HINTS = (
    (r"[\u201c\u201d\u2018\u2019]", "quotes must be straight ones"),
    (r"^[^=#]*=\s*\d{4}-\d{1,2}(-\d+)?\s*(#|$)", 'a month needs quotes: "2022-12"'),
    (r"^[^=#]*=\s*-?\d+,\d", "numbers have a decimal point: 0.7"),
    (r"^[^=#]*=\s*-?[\d.]+\s*%", "a share is a number from 0 to 1"),
    (r"^[^=#]*=\s*(#|$)", "a value follows the '='"),
    (r"^[^=#]*=\s*-?\.\d", "a number starts with a digit: 0.7"),
    (r"^[^=#]*=\s*(?i:true|false|yes|no|on|off)\s*(#|$)", "a switch is true or false, in small letters"),
    (r"^[^=#]*=\s*[A-Za-z_]", "text needs quotes"),
    (r"^\s*[\w.]+\s*:", "a value follows '=', not ':'"),
)
"""What the author of such a line probably overlooked; the first that applies."""


def syntax_mistake(report: str, text: str) -> tuple[str, int | None]:
    """What the TOML parser reports, in plain words, and the line it reports it for."""
    found = PARSER_REPORT.fullmatch(report)
    reported = int(found[2]) if found and found[2] else None
    opened = unsound(text, reported)
    line = reported or opened or (last_line(text) if found else None)
    row = text.split("\n")[line - 1].strip() if line else ""
    where = f" in {shown(row)}" if row else ""
    if line and opened and opened < line:
        where += f"; what opens on line {opened} may not be closed"
    return f"not TOML: {_plain(found[1] if found else report)}{where}{_hint(row)}", line


def _plain(words: str) -> str:
    for pattern, plain in PLAIN:
        found = re.fullmatch(pattern, words, re.DOTALL)
        if found:
            return found.expand(plain).replace("', '", ".")
    return words[:1].lower() + words[1:]


def _hint(row: str) -> str:
    hint = next((hint for pattern, hint in HINTS if re.search(pattern, row)), None)
    return f"; {hint}" if hint else ""
