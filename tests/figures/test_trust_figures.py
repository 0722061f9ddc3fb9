"""The figures that say how far to trust the model: their titles count, their axes say months."""

import pytest

from sim import record
from sim.calibration import facts as checks
from sim.figures import trust


@pytest.fixture(scope="module")
def drawn() -> dict:
    table = record.table("facts")
    return {
        "backtest": trust.backtest(record.table("backtest_fans"), record.table("backtest")),
        "facts": trust.facts(table, checks.holding(table)),
        "parameters": trust.parameters(record.table("posterior_comparison")),
    }


def test_titles_say_what_the_tables_say(drawn: dict) -> None:
    held = sum(checks.holding(record.table("facts")).values())
    known = (record.table("posterior_comparison")["identified"] == "yes").sum()
    assert drawn["facts"].get_label().startswith(f"{held} of the 7 facts")
    assert f"{known} of " in drawn["parameters"].get_label()
    scores = record.table("backtest").query("kind == 'cumulative' and test.str.startswith('2025')", engine="python")
    won = (scores.query("series == 'Russian gain of territory'")["ratio"] < 1.0).sum()
    assert f"{won} of 3 on Russian gain of territory" in drawn["backtest"].get_label()


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
