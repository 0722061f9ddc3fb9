"""Docstrings are written for readers of code: there `x_` and |x| are no markup, and `months` need be no link."""

import re
from typing import Any

from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

LITERAL = re.compile(r"(``.+?``|`[^`]+`)(?=(\w)?)")
ALIAS = re.compile(r"TypeAliasForwardRef\('(\w+)'\)")
MARKUP = re.compile(r"(?<=\w)_(?!\w)|\|")


def plain(app: Sphinx, what: str, name: str, it: Any, options: Any, lines: list[str]) -> None:
    """Escape what reStructuredText would take for markup."""
    lines[:] = [escaped(line) for line in lines]


def escaped(line: str) -> str:
    r"""A line with markup characters outside of literals escaped, and literals ended where letters follow.

    >>> escaped("a `sim.load`ed |x|, x_")
    'a `sim.load`\\ ed \\|x\\|, x\\_'
    """
    done, end = "", 0
    for literal in LITERAL.finditer(line):
        done += MARKUP.sub(r"\\\g<0>", line[end : literal.start()]) + literal[1] + ("\\ " if literal[2] else "")
        end = literal.end(1)
    return done + MARKUP.sub(r"\\\g<0>", line[end:])


class SureReferences(SphinxPostTransform):
    """Words in the place of a type become links only where they can mean one thing."""

    default_priority = 5  # before Sphinx resolves references

    def run(self, **_: Any) -> None:
        objects = self.env.domains["py"].data["objects"]
        ends = [name.rsplit(".", 1)[-1] for name in objects]
        for reference in list(self.document.findall(pending_xref)):
            word = reference.get("reftarget", "")
            if reference["refdomain"] == "py" and "." not in word and (word.islower() or ends.count(word) > 1):
                reference.replace_self(reference.children)


def skipped(app: Sphinx, what: str, name: str, it: Any, skip: bool, options: Any) -> bool | None:
    """Leave out what pydantic makes: its settings, and the classes behind generic ones."""
    return True if name == "model_config" or "[" in getattr(it, "__name__", "") else None


def named(app: Sphinx, what: str, name: str, it: Any, options: Any, arguments: str | None, returns: str | None) -> Any:
    """A signature with our names of types by their names, inside of others too."""
    return tuple(text and ALIAS.sub(r"\1", text) for text in (arguments, returns))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("autodoc-process-docstring", plain)
    app.connect("autodoc-process-signature", named)
    app.connect("autodoc-skip-member", skipped)
    app.add_post_transform(SureReferences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
