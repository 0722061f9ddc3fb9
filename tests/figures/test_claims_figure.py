"""The figure of the claims: a title that counts, as claimed to the right, text inside the page and large enough."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim import record
from sim.figures.claims import FARTHEST, forest
from sim.figures.style import TEXT
from sim.questions.claims.claim_sentences import title


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return record.table("claims")


@pytest.mark.parametrize("only", [None, "C4", "C8"])
def test_all_text_is_inside_the_page_and_large_enough(table: pd.DataFrame, only: str | None) -> None:
    rows = table if only is None else table[table["claim"] == only]
    figure = forest(rows, 1000, 1)
    assert figure.get_label() == title(rows)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    width, height = figure.get_size_inches() * figure.dpi
    texts = [*figure.texts, *figure.axes[0].get_xticklabels(), figure.axes[0].xaxis.label]
    for text in [text for text in texts if text.get_text()]:
        box = text.get_window_extent(renderer)
        assert box.x0 >= 0.0
        assert box.x1 <= width
        assert box.y0 >= 0.0
        assert box.y1 <= height
        assert text.get_fontsize() >= TEXT


def test_effects_as_claimed_are_right_of_zero_and_the_farthest_stand_at_the_end(table: pd.DataFrame) -> None:
    one = table[table["claim"] == "C4"].copy()
    one[["default_effect", "default_effect_low", "default_effect_high"]] = [
        [50.0, 40.0, 60.0],
        [-2.0, -3.0, -1.0],
        [0.5, 0.4, 0.6],
    ]
    (ax,) = forest(one, 1000, 1).axes
    dots = [line.get_xdata()[0] for line in ax.get_lines() if line.get_marker() == "o"]
    np.testing.assert_allclose(dots, [FARTHEST, -2.0, 0.5])
