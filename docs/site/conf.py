"""Sphinx: Markdown and docstrings in, a site out that needs nothing from outside."""

import sys
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

sys.path.insert(0, str(Path(__file__).parents[2]))  # describe this checkout, not a package installed elsewhere

import sim

project, author, release = "doctrine-sim", "The doctrine developers", sim.__version__
html_title = "Same world, other doctrine"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "docs.site.terms", "docs.site.docstrings"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}


myst_heading_anchors = 4
highlight_language = "none"  # of blocks that do not say
napoleon_google_docstring = False
napoleon_custom_sections = [("Attributes", "params_style")]
autodoc_default_options = {"members": True, "member-order": "bysource", "ignore-module-all": True}
autodoc_mock_imports = ["ema_workbench", "nicegui", "pygambit"]  # extras that may not be installed
autodoc_typehints = "signature"
autodoc_type_aliases = {name: name for name in ("Array", "Mask", "Number", "Rows", "Terms")}
python_maximum_signature_line_length = 88
default_role = "code"

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # it would read the pages anew, which a browser forbids on file://
html_theme_options = {"footer_icons": [], "top_of_page_buttons": []}
pygments_style, pygments_dark_style = "default", "monokai"

lexers["csv"] = TextLexer()  # tables of one's own, in pages: Pygments has no colours for them
