"""Figures to files: the same bytes every time, each drawn once a format."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from sim.figures.settings import own_settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 150
COMPRESSION = 1
"""Of a PNG: more takes half as long again for a tenth less."""


class Picture(NamedTuple):
    """A figure that has been drawn.

    Attributes
    ----------
    png, svg : bytes
        The files.
    finding : str
        What it shows, in a sentence.
    """

    png: bytes
    svg: bytes
    finding: str

    def save(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Write NAME.png and NAME.svg into a folder, which is made if need be; return both."""
        folder.mkdir(parents=True, exist_ok=True)
        files = folder / f"{name}.png", folder / f"{name}.svg"
        files[0].write_bytes(self.png)
        files[1].write_bytes(self.svg)
        return files


def pictured(figure: Figure) -> Picture:
    """Draw a figure, in both formats."""
    return Picture(png(figure), svg(figure), str(figure.get_label()))


def save(figure: Figure, folder: str | os.PathLike[str], name: str) -> tuple[Path, Path]:
    """Write NAME.png and NAME.svg into a folder, which is made if need be; the same figure gives the same bytes.

    Returns
    -------
    tuple of Path
        The PNG and the SVG.
    """
    return pictured(figure).save(Path(folder), name)


def png(figure: Figure, dpi: int = DPI, compression: int = COMPRESSION) -> bytes:
    """The figure as PNG, without date or version."""
    target = BytesIO()
    figure.set_dpi(dpi)
    with own_settings():
        FigureCanvasAgg(figure).print_png(  # type: ignore[no-untyped-call]
            target, metadata={"Software": None}, pil_kwargs={"compress_level": compression}
        )
    return target.getvalue()


def smaller(png: bytes, dpi: int) -> bytes:
    """A PNG of `DPI` dots an inch with fewer of them, and of no more than 256 colours."""
    from PIL import Image

    target = BytesIO()
    with Image.open(BytesIO(png)) as whole:
        size = round(whole.width * dpi / DPI), round(whole.height * dpi / DPI)
        whole.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize().save(target, "png")
    return target.getvalue()


def svg(figure: Figure) -> bytes:
    """The figure as SVG, without a date."""
    target = BytesIO()
    with own_settings():
        FigureCanvasSVG(figure).print_svg(target, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return target.getvalue()
