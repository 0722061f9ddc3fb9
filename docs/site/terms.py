"""Terms of the glossary tell what they mean where they stand: hover text, and a link on the first use in a section."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import desc_signature
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

from docs.site.glossary import PAGE, pattern, read

UNTOUCHED = (
    *(nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.abbreviation, nodes.caption),
    *(nodes.term, nodes.raw, desc_signature),
)
"""Nodes in which words are names, or links already."""


def explain(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Give the uses of terms on a page their hover text."""
    terms = {term.lower(): meaning for term, meaning in app.config.glossary_terms.items()}
    if page == PAGE or not terms:
        return
    any_term = pattern(terms)
    told: set[tuple[int, str]] = set()

    def shown(section: int, word: str, term: str) -> nodes.Node:
        if (section, term) in told:
            return nodes.abbreviation(word, word, explanation=terms[term])
        told.add((section, term))
        return linked(app, page, word, term, terms[term])

    for text in list(doctree.findall(nodes.Text)):
        above = list(ancestors(text))
        words = text.astext()
        if any(isinstance(node, UNTOUCHED) for node in above) or not any_term.search(words):
            continue
        section = next((id(node) for node in above if isinstance(node, nodes.section)), 0)
        new: list[nodes.Node] = []
        end = 0
        for use in any_term.finditer(words):
            new += [nodes.Text(words[end : use.start()]), shown(section, use[0], use[1].lower())]
            end = use.end()
        text.parent.replace(text, [*new, nodes.Text(words[end:])])


def ancestors(node: nodes.Node) -> Any:
    while node.parent is not None:
        node = node.parent
        yield node


def linked(app: Sphinx, page: str, word: str, term: str, meaning: str) -> nodes.Node:
    link = make_refnode(app.builder, page, PAGE, nodes.make_id(term), nodes.inline(word, word), meaning)
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
