"""The glossary as data. docs/glossary.md is plain Markdown: a heading a term, a paragraph that says what it means."""

import re

PAGE = "glossary"
ENTRY = re.compile(r"^## ([^\n]+)\n\n(.+?)\s*(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
MARKUP = re.compile(r"[`*]|\]\([^)]*\)|\[")


def read(text: str) -> dict[str, str]:
    """What each term means, by term."""
    return {term: " ".join(MARKUP.sub("", meaning).split()) for term, meaning in ENTRY.findall(text)}


def pattern(terms: dict[str, str]) -> re.Pattern[str]:
    """Any of the terms as a whole word, in the singular or plural, the longest first."""
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest))})(s|es)?(?![\w-])", re.IGNORECASE)
