"""Every figure, at one doctrine and at several: it draws, fits its page, is readable, and is the same every time."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim import figures
from sim.ensemble import Ensemble, simulate
from sim.figures.captions import CAPTIONS
from sim.figures.style import TEXT, WIDTH
from sim.record import tables
from sim.scenario import Scenario

HOSTILE = r"<script>alert(1)</script> $\frac{1}{0}$ & $ $ %s {}"


def ensemble(scenario: Scenario, *presets: str, worlds: int = 40):
    return simulate({name: scenario.with_doctrine("us", name) for name in presets}, Ensemble(worlds))


@pytest.fixture(scope="module")
def ensembles(history: Scenario, outlook: Scenario):
    titled = history.model_copy(update={"title": HOSTILE})
    many = ("architectural", "aligned", "reagan_ussr", "nixon_china", "obama_iran")
    silent = outlook.with_mechanisms(talks=False, direct_talks=False)
    return {
        "three": ensemble(history, "architectural", "transactional", "aligned"),
        "one": simulate({"architectural > transactional": history}, Ensemble(40)),
        "one world": simulate({HOSTILE: titled}, Ensemble(1)),
        "many": ensemble(outlook, *many),
        "no settlement": ensemble(silent, "architectural", "transactional"),
        "no difference": simulate({"one": outlook, "other": outlook}, Ensemble(10)),
    }


@pytest.fixture(scope="module")
def record():
    return figures.observed()


KINDS = ("three", "one", "one world", "many")
SPECIAL = [
    (name, kind)
    for kind in ("no settlement", "no difference")
    for name in ("overview", "paired_differences", "settlement_incidence", "settlement_terms")
]


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


@pytest.mark.parametrize(("name", "kind"), [*product(figures.FIGURES, KINDS), *SPECIAL])
def test_it_draws_and_nothing_is_cut_off_or_too_small(name: str, kind: str, ensembles, record) -> None:
    figure = getattr(figures, name)(ensembles[kind], record)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    edges = [pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]
    assert all((edge == 255).all() for edge in edges)
    assert figure.get_figwidth() == WIDTH
    assert min(text.get_fontsize() for text in texts(figure)) >= TEXT


@pytest.mark.parametrize("name", figures.FIGURES)
def test_headings_names_and_source_do_not_lie_over_each_other(name: str, ensembles, record) -> None:
    figure = getattr(figures, name)(ensembles["three"], record)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    bold = [text for text in texts(figure) if text.get_fontweight() == "bold" and not text.get_text()[0].isdigit()]
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in [*bold, *figure.texts]]
    boxes = list({label: (label, box) for label, box in boxes}.values())
    for place, (label, box) in enumerate(boxes):
        for other, beside in boxes[place + 1 :]:
            across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
            up = min(box.y1, beside.y1) - max(box.y0, beside.y0)
            assert across <= 1 or up <= 3, (label, other)


@pytest.mark.parametrize("name", figures.FIGURES)
def test_the_finding_is_its_title_and_the_run_its_source(name: str, ensembles, record) -> None:
    figure = getattr(figures, name)(ensembles["three"], record)
    said = " ".join(text.get_text().replace("\n", " ") for text in figure.texts)
    title = figure.get_label().replace(" %", "\N{NO-BREAK SPACE}%")
    assert title in said
    assert "scenario “History”, 40 worlds, seed 1." in said


@pytest.mark.parametrize("name", ["aid_flows", "europe_share", "front", "votes", "beliefs", "overview"])
def test_the_record_is_drawn_and_credited_only_if_it_is_given(name: str, ensembles, record) -> None:
    with_it, without = (getattr(figures, name)(ensembles["three"], seen) for seen in (record, None))
    assert any("Observed: " in text.get_text() for text in with_it.texts)
    assert not any("bserved" in text.get_text() for text in without.texts)


def test_surveys_of_kyivs_public_stand_beside_the_simulated_one_in_their_months(ensembles, record) -> None:
    figure = figures.beliefs(ensembles["three"], record)
    (panel,) = (ax for ax in figure.axes if any("cession" in text.get_text() for text in ax.texts))
    (seen,) = (line for line in panel.lines if line.get_color() == "#000000")
    asked = tables.read("opinion").query("question == 'concessions' and answer == 'opposed' and month >= '2022-12'")
    np.testing.assert_allclose(np.asarray(seen.get_ydata()), asked.sort_values("month")["percent"].to_numpy(float))
    later = figures.beliefs(ensembles["many"], record)
    assert not any("survey" in text.get_text() or "Observed" in text.get_text() for text in later.texts)


def test_the_numbers_of_the_picture_are_those_of_its_title(ensembles) -> None:
    figure = figures.aid_flows(ensembles["three"])
    title = figure.get_label()
    europe = [ax for ax in figure.axes if ax.get_position().y1 < 0.5]
    written = {text.get_text() for ax in europe for text in ax.texts if text.get_text().replace(".", "").isdigit()}
    assert len(written) == 3
    assert all(f" {value} " in title for value in written), (title, written)


def test_the_areas_of_settlements_add_up_to_what_there_were(ensembles) -> None:
    figure = figures.settlement_incidence(ensembles["three"])
    assert {"truce", "war again: a settlement broke", "war again: a truce broke"} <= {
        t.get_text() for t in figure.texts
    }
    for ax in figure.axes:
        tops = [path.get_extents().y1 for area in ax.collections for path in area.get_paths()]
        assert max(tops) <= ax.get_ylim()[1]


def test_the_change_of_doctrine_is_found_or_told(ensembles) -> None:
    found = figures.front(ensembles["three"])
    told = figures.front(ensembles["one"], since="2025-01")
    silent = figures.front(ensembles["one"])
    notes = [" ".join(text.get_text() for text in figure.texts) for figure in (found, told, silent)]
    assert "doctrines can differ from 2025-01 on" in notes[0]
    assert "change of doctrine, 2025-01" in notes[1]
    assert "Vertical line" not in notes[2]


def test_figures_do_not_touch_pyplot_or_the_dataset(ensembles, record) -> None:
    import sys

    before = ensembles["three"].copy(deep=True)
    for name in figures.FIGURES:
        getattr(figures, name)(ensembles["three"], record)
    assert ensembles["three"].identical(before)
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_the_same_figure_gives_the_same_bytes(ensembles, record, tmp_path: Path) -> None:
    first, again = (
        figures.save(figures.aid_flows(ensembles["three"], record), tmp_path / folder, "aid") for folder in "ab"
    )
    assert [path.name for path in first] == ["aid.png", "aid.svg"]
    for one, other in zip(first, again, strict=True):
        assert one.read_bytes() == other.read_bytes()
    svg = first[1].read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert first[0].read_bytes().startswith(b"\x89PNG")


def test_the_order_of_worlds_does_not_matter(ensembles) -> None:
    three = ensembles["three"]
    shuffled = three.isel(world=np.random.default_rng(1).permutation(three.sizes["world"]))
    assert figures.settlement_terms(three).get_label() == figures.settlement_terms(shuffled).get_label()


def test_every_figure_has_a_caption_and_an_unknown_one_is_refused() -> None:
    assert set(CAPTIONS) == set(figures.FIGURES)
    with pytest.raises(AttributeError, match="no figure 'mood'; there are overview,"):
        figures.mood  # noqa: B018


def test_importing_the_package_does_not_import_matplotlib() -> None:
    import subprocess
    import sys

    code = "import sys, sim.figures; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
