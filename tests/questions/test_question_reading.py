"""What others take Washington for: an observer who sees all is the audience, signs add up, and truth is found."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.ensemble import Ensemble
from sim.estimation import priors
from sim.figures import misreading
from sim.figures.style import TEXT
from sim.questions.reading import costs, observers, signs
from sim.questions.reading.signs import SIGNS, TRUTHS, Seen
from sim.scenario.minds import AUDIENCES

ENSEMBLE = Ensemble(300)
YEAR, QUARTER = "2025-12", "2025-03"
RIVALS = [(truth, rival) for truth in TRUTHS for rival in TRUTHS if rival != truth]


@cache
def found() -> dict[str, Seen]:
    """What there was to see under each doctrine."""
    return {truth: signs.seen(signs.under(truth), ENSEMBLE) for truth in TRUTHS}


@pytest.mark.parametrize("audience", ["russia", "europe"])
def test_an_observer_who_sees_all_believes_what_the_audience_believes(audience: str) -> None:
    for seen in (found()["transactional"], signs.seen(signs.under("aligned"), Ensemble(50), priors.drawn)):
        assert observers.observed(seen, (), audience) == pytest.approx(seen.believed[audience], abs=1e-4)


def test_an_observer_who_sees_nothing_believes_the_prior() -> None:
    seen = found()["transactional"]
    believed = observers.observed(seen, tuple(SIGNS))
    assert np.ptp(believed, axis=2) == pytest.approx(0.0, abs=1e-6)
    start, turn = 0.98, seen.months.index(signs.TURN)
    waited = 1.0 / 3.0 + (start - 1.0 / 3.0) * (1.0 - seen.switch) ** turn
    assert believed[turn - 1, 0, 0] == pytest.approx(waited, abs=1e-4)


@pytest.mark.parametrize(("truth", "rival"), RIVALS)
def test_all_signs_together_tell_the_truth_from_its_rival(truth: str, rival: str) -> None:
    told = signs.information(found()[truth], truth, rival)
    assert told["first"].sum() > 0.0
    assert told["later"].sum() > 0.0
    assert (told[["first", "later"]].abs() <= 2.0 * 3.0 + 1e-6).all(axis=None)  # calls are two signs, capped at 3 each


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_year_on_the_truth_is_told_better_than_by_the_prior(audience: str) -> None:
    for month in (QUARTER, YEAR):
        matrix = observers.confusion(found(), month, audience)
        assert matrix[list(TRUTHS)].sum(axis=1).to_numpy() == pytest.approx(np.ones(3), abs=1e-5)
        assert (matrix["score"] > matrix["prior"]).all()
        assert matrix["prior"].to_numpy() == pytest.approx(np.full(3, -np.log(3.0)), abs=1e-5)


def test_who_sees_less_takes_a_bargainer_for_aligned_rather_than_who_sees_all() -> None:
    blind = observers.blind_to(found()["transactional"], "aligned", (YEAR,))[YEAR]
    assert (blind.drop("all signs") > blind["all signs"]).all()
    assert blind["no sanctions, no aid"] > max(blind["no sanctions"], blind["no aid"])


def test_shares_of_worlds_follow_from_chances() -> None:
    seen = found()["transactional"]
    table = observers.by_month(seen, seen.believed["europe"], (QUARTER,)).set_index("doctrine")
    place, month = seen.doctrines.index("aligned"), seen.months.index(QUARTER)
    assert table.loc["aligned", "likelier"] == (seen.believed["europe"][month, place] > 0.5).mean()
    assert table["chance"].sum() == pytest.approx(1.0, abs=1e-5)


@pytest.fixture(scope="module")
def paid() -> costs.Costs:
    return costs.costs("transactional", Ensemble(60))


def test_costs_are_differences_from_where_the_doctrine_is_known(paid: costs.Costs) -> None:
    assert set(paid.outcomes["mind"]) == set(costs.MINDS)
    last = paid.paths.groupby(["mind", "path"])["value"].last()
    assert len(last) == (len(costs.MINDS) - 1) * len(costs.PATHS)
    so_far = paid.paths.query("path == 'europe so far'")
    year = so_far[so_far["month"] == np.datetime64("2025-12", "ns")].set_index("mind")["value"]
    told = paid.outcomes.query("outcome == 'europe'").set_index("mind")["value"]
    for mind in year.index:
        assert year[mind] == pytest.approx(told[mind], abs=1e-3)


def test_who_thinks_only_the_truth_possible_is_not_far_from_who_knows_it() -> None:
    """Beyond what is left of the old course when the doctrine is new."""
    scenario = costs.minded(signs.under("transactional", 40), costs.UNSUSPECTED)
    seen = signs.seen(scenario, Ensemble(100))
    place = seen.doctrines.index("aligned")
    assert seen.believed["europe"][:, place].max() == 0.0
    assert seen.believed["europe"][seen.months.index("2025-06"), seen.doctrines.index("transactional")].mean() > 0.95


def drawings() -> dict[str, Figure]:
    seen, one = found()["transactional"], costs.costs("transactional", Ensemble(60))
    rivals = {rival: signs.information(seen, "transactional", rival) for rival in ("aligned", "architectural")}
    months = {month: observers.confusion(found(), month) for month in (QUARTER, YEAR)}
    return {
        "signs": misreading.signs_that_tell(rivals, "transactional", "300 worlds"),
        "confusion": misreading.confusions(months, "300 worlds"),
        "cost": misreading.cost_of_being_misread(one.paths, one.outcomes, "60 worlds"),
    }


def test_its_figures_fit_their_page_and_can_be_read() -> None:
    for name, figure in drawings().items():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3]
        assert all((edge == 255).all() for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])), name
        sizes = [text.get_fontsize() for text in [*figure.texts, *(text for ax in figure.axes for text in ax.texts)]]
        assert min(sizes) >= TEXT, name


def test_the_page_that_is_made_has_its_marks_and_its_pictures() -> None:
    page = Path(__file__).parents[2] / "docs" / "questions" / "reading.md"
    text = page.read_text(encoding="utf-8")
    begin, end = text.index("<!-- made by docs/make_reading.py -->"), text.index("<!-- /made -->")
    assert end - begin > 1000
    for name in ("minds", "signs", "confusion", "cost"):
        assert (page.parents[1] / "images" / f"reading-{name}.png").is_file()
        assert f"reading-{name}.png" in text
