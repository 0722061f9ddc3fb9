"""A chart on a page: an image with words for those who do not see it."""

from __future__ import annotations

from nicegui import ui

from sim.app.lessons.pictures import Options


def draw(options: Options, alternative: str, kind: str) -> ui.echart:
    """Draw a chart.

    Parameters
    ----------
    options : dict
        Of ECharts.
    alternative : str
        What it shows, in words.
    kind : str
        Its class, which says how high it is.
    """
    chart = ui.echart(options, renderer="svg").classes(f"picture {kind}")
    chart.props["role"], chart.props["aria-label"] = "img", alternative
    return chart
