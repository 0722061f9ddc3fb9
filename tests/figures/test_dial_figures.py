"""Waterfalls and maps: titles that state a finding, text inside the page, colours that mislead nobody."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.figures.dial_maps import dial_maps
from sim.figures.diverging import diverging, oklab, srgb
from sim.figures.waterfall import waterfall

SOURCE = "Simulated: scenario “X”, 9 worlds, seed 1."
ENDS = ("architectural", "transactional")


def step(name, value, wide=0.5, unit="EUR bn", **more):
    ends = {"low": value - wide, "high": value + wide}
    return (
        {"name": name, "value": value, "difference": value, "unit": unit, "label": "Land held by Russia at the end"}
        | ends
        | more
    )


def outcome(*values, start=10.0, **options):
    steps = [step(f"dial {nth}", value, change="0.9 → 0.2", **options) for nth, value in enumerate(values)]
    return [{"value": start}, *steps, {"value": start + sum(values)}]


def nodes(function, size=5, outcomes=6):
    level = np.linspace(0.0, 1.0, size)
    x, y = (array.ravel() for array in np.meshgrid(level, level))
    values = function(x, y)
    one = pd.DataFrame({"clarity": x, "order": y, "difference": values, "beyond_noise": np.abs(values) > 0.2})
    one = one.assign(label="A settlement is in force at the end", unit="0 or 1", mean_own=0.3)
    return pd.concat([one.assign(outcome=f"outcome {nth}") for nth in range(outcomes)], ignore_index=True)


FIGURES = {
    "a waterfall": lambda: waterfall({f"o{n}": outcome(5.0, -2.0, 0.1) for n in range(6)}, "It is so", ENDS, SOURCE),
    "one outcome": lambda: waterfall({"o": outcome(5.0, -2.0, unit="0 or 1")}, "It is so", ENDS, SOURCE),
    "nothing": lambda: waterfall({"o": outcome(0.0, 0.0, wide=0.0, start=0.0)}, "It is so", ENDS, SOURCE),
    "one world": lambda: waterfall({"o": outcome(4.0, -1.0, wide=np.nan)}, "It is so", ENDS, SOURCE),
    "maps": lambda: dial_maps(nodes(lambda x, y: x - y), ("clarity", "order"), (0.2, 0.9), "So", "own", SOURCE),
    "a plain": lambda: dial_maps(
        nodes(lambda x, _: 0 * x, 3, 1), ("clarity", "order"), (1.0, 0.0), "So", "own", SOURCE
    ),
    "a step": lambda: dial_maps(
        nodes(lambda x, _: np.where(x > 0.5, 1.0, 0.0), 21, 4), ("clarity", "order"), (0.5, 0.5), "So", "own", SOURCE
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_all_text_is_inside_the_page_and_large_enough(name) -> None:
    figure = FIGURES[name]()
    assert figure.get_label() in ("It is so", "So")
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    width, height = figure.get_size_inches() * figure.dpi
    for text in drawn_texts(figure):
        box = text.get_window_extent(renderer)
        assert text.get_fontsize() >= 14.0
        assert min(box.x0, box.y0) >= -1.0
        assert box.x1 <= width + 1.0
        assert box.y1 <= height + 1.0


def drawn_texts(figure):
    for ax in figure.axes:
        low, high = ax.get_xlim()
        inside = [label for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]
        yield from (t for t in (*ax.texts, *inside, *ax.get_yticklabels()) if ax.get_visible() and t.get_text())


def test_of_more_outcomes_than_fit_the_first_are_drawn() -> None:
    figure = waterfall({f"o{n}": outcome(5.0) for n in range(9)}, "It is so", ENDS, SOURCE)
    assert len(figure.axes) == 6


def test_noise_is_hatched_cell_by_cell() -> None:
    table = nodes(lambda x, y: x - y, outcomes=1)
    figure = dial_maps(table, ("clarity", "order"), (0.2, 0.9), "So", "own", SOURCE)
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == (~table["beyond_noise"]).sum()


def test_colours_are_as_far_from_no_difference_on_either_side() -> None:
    colours = oklab(diverging()(np.arange(diverging().N))[:, :3])
    light, middle = colours[:, 0], len(colours) // 2
    assert light == pytest.approx(light[::-1], abs=0.02)
    assert (np.diff(light[: middle + 1]) > 0.0).all()
    steps = np.linalg.norm(np.diff(colours, axis=0), axis=1)
    assert steps[:middle].max() < 1.05 * steps[:middle].min()
    assert steps[middle:].max() < 1.05 * steps[middle:].min()


def test_white_and_black_are_where_the_space_has_them() -> None:
    assert oklab(np.ones(3)) == pytest.approx([1.0, 0.0, 0.0], abs=1e-4)
    assert oklab(np.zeros(3)) == pytest.approx([0.0, 0.0, 0.0], abs=1e-6)
    red = np.array([0.8, 0.3, 0.1])
    assert srgb(oklab(red)) == pytest.approx(red, abs=1e-6)
