"""The figures that say how far to trust the model: their titles count, their axes say months."""

import numpy as np
import pytest

from sim import record
from sim.estimation import facts as checks
from sim.estimation import posterior
from sim.figures import calibration, vintages
from sim.figures.left_out import SAYS, votes_left_out
from sim.record.vintages import revisions


@pytest.fixture(scope="module")
def drawn() -> dict:
    table = record.table("facts")
    return {
        "backtest": calibration.backtest(record.table("backtest_fans"), record.table("backtest")),
        "facts": calibration.facts(table, 389),
        "parameters": calibration.parameters(record.table("posterior_comparison"), 389),
    }


def test_titles_say_what_the_tables_say(drawn: dict) -> None:
    held = sum(checks.holding(record.table("facts")).values())
    known = (record.table("posterior_comparison")["identified"] == "yes").sum()
    assert drawn["facts"].get_label().startswith(f"{held} of the 6 facts of the record that can fail")
    assert f"{known} of " in drawn["parameters"].get_label()
    scores = record.table("backtest").query("kind == 'cumulative' and test.str.startswith('2025')", engine="python")
    won = (scores.query("series == 'Russian gain of territory'")["ratio"] < 1.0).sum()
    assert f"{won} of 3 on Russian gain of territory" in drawn["backtest"].get_label()


def test_the_change_that_is_drawn_is_the_change_that_is_measured() -> None:
    figure = vintages.revised()
    *_, america, europe = figure.axes
    heights = np.array([bar.get_height() for bar in europe.patches])
    sd = revisions().set_index("flow").loc["europe", "sd"]
    assert heights.std(ddof=1) == pytest.approx(sd, abs=5e-4)
    assert figure.get_label() == f"Release 29 moved European months by EUR {sd:.1f} bn and no American one"
    assert not america.patches
    assert vintages.UNCHANGED in [text.get_text() for text in america.texts]
    assert not america.axison


def test_a_fit_that_is_worth_too_little_says_what_it_is_worth_and_names_nothing() -> None:
    silent = record.table("posterior_comparison").assign(removed=float("nan"), identified=posterior.UNSAID)
    figure = calibration.parameters(silent, 3.2)
    assert figure.get_label() == "The fit is worth 3 independent draws: too few to say what the record identifies"
    assert {label.get_fontweight() for label in figure.axes[0].get_yticklabels()} == {"normal"}


def test_a_fit_that_is_worth_too_little_does_not_say_which_facts_hold() -> None:
    figure = calibration.facts(record.table("facts"), 3.2)
    assert figure.get_label() == "The fit is worth 3 independent draws: too few to say which facts hold"


def test_months_are_written_as_months(drawn: dict) -> None:
    for ax in drawn["backtest"].axes:
        labels = [label.get_text() for label in ax.get_xticklabels()]
        assert all(len(label) == len("2025-01") for label in labels)


def test_nothing_leaves_the_page(drawn: dict) -> None:
    for figure in drawn.values():
        figure.canvas.draw()
        width, height = figure.get_size_inches() * figure.dpi
        for ax in figure.axes:
            for label in ax.get_yticklabels() + ax.get_xticklabels():
                box = label.get_window_extent()
                assert box.x0 >= 0
                assert box.y0 >= 0
                assert box.y1 <= height
                assert box.x1 <= width + 1


def test_every_vote_on_aid_that_was_left_out_is_drawn_for_both_parties() -> None:
    table = record.table("congress_rollcalls")
    shown = table[table["says"].isin(SAYS)]
    figure = votes_left_out(table)
    for ax, party in zip(figure.axes, ("republicans", "democrats"), strict=True):
        came = ax.lines[-1].get_xdata()
        seen = 100.0 * shown.loc[shown["party"] == party, "observed"]
        np.testing.assert_allclose(np.sort(came), np.sort(seen))
    inside = (shown["low"] <= shown["observed"]) & (shown["observed"] <= shown["high"])
    held = inside[shown["party"] == "republicans"]
    assert f"hold {held.sum()} of {len(held)} Republican shares" in figure.get_label()
