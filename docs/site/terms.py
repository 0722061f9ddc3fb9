"""Terms of the glossary tell what they mean where they stand: hover text on each use, a link on the first of a section.

docs/glossary.md is plain Markdown: a heading a term, a paragraph that says what it means.
"""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import desc_signature
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

PAGE = "glossary"
ENTRY = re.compile(r"^## (.+)\n\n(.+?)\n(?=\n|\Z)", re.MULTILINE | re.DOTALL)
MARKUP = re.compile(r"[`*]|\]\([^)]*\)|\[")
UNTOUCHED = (
    *(nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.abbreviation, nodes.caption),
    *(nodes.term, nodes.raw, desc_signature),
)
"""Nodes in which words are names, or links already."""


def read(text: str) -> dict[str, str]:
    """What each term means, by term."""
    return {term: " ".join(MARKUP.sub("", meaning).split()) for term, meaning in ENTRY.findall(text)}


def pattern(terms: dict[str, str]) -> re.Pattern[str]:
    """Any of the terms as a whole word, in the singular or plural, the longest first."""
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})(s|es)?\b", re.IGNORECASE)


def explain(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Give the uses of terms on a page their hover text."""
    if page == PAGE or not app.config.glossary_terms:
        return
    terms = {term.lower(): meaning for term, meaning in app.config.glossary_terms.items()}
    any_term, told = pattern(terms), set()
    for text in list(doctree.findall(nodes.Text)):
        above = list(ancestors(text))
        if any(isinstance(node, UNTOUCHED) for node in above) or not any_term.search(text.astext()):
            continue
        section = next((id(node) for node in above if isinstance(node, nodes.section)), 0)
        new: list[nodes.Node] = []
        end = 0
        for use in any_term.finditer(text.astext()):
            term = use[1].lower()
            new += [nodes.Text(text.astext()[end : use.start()])]
            new += [
                abbreviated(use[0], terms[term]) if (section, term) in told else linked(app, page, use[0], term, terms)
            ]
            told.add((section, term))
            end = use.end()
        text.parent.replace(text, [*new, nodes.Text(text.astext()[end:])])


def ancestors(node: nodes.Node) -> Any:
    while node.parent is not None:
        node = node.parent
        yield node


def abbreviated(word: str, meaning: str) -> nodes.Node:
    return nodes.abbreviation(word, word, explanation=meaning)


def linked(app: Sphinx, page: str, word: str, term: str, terms: dict[str, str]) -> nodes.Node:
    link = make_refnode(app.builder, page, PAGE, nodes.make_id(term), nodes.inline(word, word), terms[term])
    link["classes"].append("term")
    return link


def configured(app: Sphinx, config: Any) -> None:
    page = Path(app.srcdir) / f"{PAGE}.md"
    config.glossary_terms = read(page.read_text(encoding="utf-8")) if page.exists() else {}


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("glossary_terms", {}, "env", dict)
    app.connect("config-inited", configured)
    app.connect("doctree-resolved", explain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
