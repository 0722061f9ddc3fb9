"""What is wrong with text that is not TOML, in plain words, with a guess at what was meant."""

from __future__ import annotations

import re

from sim.mistakes import shown
from sim.scenario.lines import unfinished_line

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
    opened = unfinished_line(text)
    line = int(found[2]) if found and found[2] else opened
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
