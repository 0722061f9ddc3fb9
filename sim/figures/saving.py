"""Figures to files: the same bytes every time."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 150
SALT = "doctrine"
"""Seeds the identifiers inside an SVG, which matplotlib draws at random otherwise."""


def save(figure: Figure, folder: str | os.PathLike[str], name: str) -> tuple[Path, Path]:
    """Write NAME.png and NAME.svg into a folder, which is made if need be; the same figure gives the same bytes.

    Returns
    -------
    tuple of Path
        The PNG and the SVG.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / f"{name}.png", folder / f"{name}.svg"
    files[0].write_bytes(png(figure))
    files[1].write_text(svg(figure), encoding="utf-8")
    return files


def png(figure: Figure, dpi: int = DPI) -> bytes:
    """The figure as PNG, without date or version."""
    target = BytesIO()
    figure.set_dpi(dpi)
    FigureCanvasAgg(figure).print_png(target, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return target.getvalue()


def svg(figure: Figure) -> str:
    """The figure as SVG, its letters as outlines so that it looks the same everywhere; without a date."""
    target = BytesIO()
    with mpl.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "path"}):
        FigureCanvasSVG(figure).print_svg(target, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return target.getvalue().decode("utf-8")
