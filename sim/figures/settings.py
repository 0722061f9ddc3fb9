"""Our own matplotlib settings, whatever a user's are: figures are made and written under these alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import matplotlib as mpl
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text

from sim.figures.style import FAMILY

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SALT = "doctrine"
"""Seeds the identifiers inside an SVG, which matplotlib draws at random otherwise."""
OURS: dict[Any, Any] = {"svg.hashsalt": SALT, "svg.fonttype": "path", "timezone": "UTC"}
"""What differs from matplotlib's defaults: letters as outlines, so that an SVG looks the same everywhere; and the time
zone, which its defaults leave as the user has it and which moves the names of months."""
BOX = "\N{WHITE SQUARE}"
"""Stands for a letter that the font lacks."""

P = ParamSpec("P")
_here = threading.local()
"""Whether settings are ours already: they are three hundred, and putting them aside takes as long as drawing a line."""


@contextmanager
def own_settings() -> Iterator[None]:
    """Put a user's settings aside while figures are made or written, and back afterwards; nothing within another."""
    if getattr(_here, "ours", False):
        yield
        return
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(OURS)
        _here.ours = True
        try:
            yield
        finally:
            _here.ours = False


def figure_of_ours(make: Callable[P, Figure]) -> Callable[P, Figure]:
    """Make a figure under our own settings, with a box for each letter that the font lacks."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with own_settings():
            figure = make(*args, **kwargs)
            for text in figure.findobj(Text):
                if (shown := drawable(text.get_text())) != text.get_text():
                    text.set_text(shown)
            return figure

    return made


def drawable(text: str) -> str:
    """A text with a box for each letter that the font lacks; matplotlib draws one, too, and warns of it line by line.

    >>> drawable("Peace, 和平")
    'Peace, □□'
    """
    known = _letters()
    return "".join(letter if ord(letter) in known or letter == "\n" else BOX for letter in text)


@cache
def _letters() -> frozenset[int]:
    """The letters that the font of the figures has, by number."""
    return frozenset(get_font(findfont(FAMILY)).get_charmap())
