"""A user's matplotlib settings change no figure, a letter that the font lacks warns nobody."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import pytest

import sim.figures
from sim.figures.saving import png, svg
from sim.figures.settings import BOX, figure_of_ours
from sim.figures.sheet import page

STRANGE: dict[str, Any] = {
    "text.usetex": True,
    "font.family": "serif",
    "font.size": 30.0,
    "axes.facecolor": "red",
    "axes.formatter.use_locale": True,
    "savefig.dpi": 20,
    "savefig.transparent": True,
    "savefig.bbox": "tight",
    "svg.fonttype": "none",
    "lines.linewidth": 9.0,
    "timezone": "America/New_York",
    "figure.constrained_layout.use": True,
    "path.sketch": (1.0, 100.0, 2.0),
}
"""Settings that a user may have, each of which changes or breaks a plain figure."""


@figure_of_ours
def plain(title: str = "Peace is cheaper") -> Any:
    """A figure with every kind of thing that settings reach: text, lines, months, ticks."""
    from sim.figures.axes import prepare, span_months

    sheet = page(title, note="Line: the mean.", source="Simulated.")
    ax = sheet.grid(1, 1)[0, 0]
    months = mpl.dates.num2date([19000 + 30 * month for month in range(20)])
    prepare(ax, "Land", "%")
    ax.plot(months, range(20))
    span_months(ax, [month.replace(tzinfo=None) for month in months])
    ax.legend(["Line"])
    return sheet.figure


@pytest.mark.parametrize("setting", STRANGE)
def test_a_users_settings_change_no_figure(setting: str) -> None:
    expected = png(plain()), svg(plain())
    with mpl.rc_context({setting: STRANGE[setting]}):
        assert (png(plain()), svg(plain())) == expected
        assert mpl.rcParams[setting] == STRANGE[setting] or setting == "font.family", "the user's setting is kept"


def figure_functions() -> list[Callable[..., Any]]:
    """Every public function of the figures that says it returns a Figure."""
    modules = [
        importlib.import_module(f"sim.figures.{found.name}") for found in pkgutil.iter_modules(sim.figures.__path__)
    ]
    functions = [f for module in modules for _, f in inspect.getmembers(module, inspect.isfunction)]
    return [f for f in functions if f.__annotations__.get("return") == "Figure" and not f.__name__.startswith("_")]


def test_every_figure_is_made_under_our_own_settings() -> None:
    found = figure_functions()
    assert len(found) > len(sim.figures.FIGURES)
    bare = [f"{f.__module__}.{f.__name__}" for f in found if not hasattr(f, "__wrapped__")]
    assert not bare, f"put @figure_of_ours above {bare}"


def test_letters_that_the_font_lacks_become_boxes_without_a_warning() -> None:
    figure = plain("Peace, 和平 🕊")  # warnings are errors in this suite
    assert png(figure)
    assert figure.get_label() == "Peace, 和平 🕊", "whoever cannot see the figure is told the whole title"
    assert any(f"Peace, {BOX}{BOX} {BOX}" in text.get_text() for text in figure.texts)
