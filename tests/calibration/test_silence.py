"""What is said of the silence of 2025 is counted rightly, on histories made by hand, and repeats what ships."""

import numpy as np
import pandas as pd
import pytest

from sim import record
from sim.basics.tables import Grid
from sim.estimation import calibration_tables, silence
from sim.estimation.reference_table import observed_paths
from sim.estimation.summary_statistics import Paths

CALENDAR = ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04"]
LAST = "2025-04"


def paths(**rows: list[list[float]]) -> Paths:
    return {name: np.array(values, dtype=float) for name, values in rows.items()}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The record refuses once from Moscow in three silent months; five histories, the last at peace in January."""
    monkeypatch.setattr(silence, "LASTS", ("2025-03", LAST))
    seen = paths(
        quiet=[[0, 0, 0, 0, 0]],
        talks=[[1, 1, 1, 1, 1]],
        refused_by_ukraine=[[1, 0, 0, 1, 1]],
        refused_by_russia=[[1, 1, 0, 1, 0]],
    )
    histories = paths(
        quiet=[[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [1, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 1, 0, 0, 0]],
        talks=[[1, 1, 1, 1, 1], [0, 0, 0, 0, 1], [0, 0, 1, 1, 0], [0, 0, 1, 0, 0], [1, 1, 1, 1, 1]],
        refused_by_ukraine=[[0, 0, 0, 1, 1], [1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]],
        refused_by_russia=[[0, 0, 1, 1, 1], [1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]],
    )
    return silence.beside(seen, {"by hand": histories}, CALENDAR)


def of(found: pd.DataFrame, last: str) -> pd.DataFrame:
    return found[found["last"] == last].set_index("statistic")


def test_only_histories_at_war_in_january_count_and_an_end_of_fire_in_any_month_breaks_the_silence(found) -> None:
    whole, first = of(found, LAST), of(found, "2025-03")
    assert set(found["worlds"]) == {4}
    assert whole.loc[silence.NEITHER, ["observed", "value"]].tolist() == [1.0, 0.5]  # the first two
    assert first.loc[silence.NEITHER, "value"] == 0.75  # the third stops in April


def test_silence_with_as_many_refusals_is_counted_of_all_of_them(found) -> None:
    assert of(found, LAST).loc[silence.AS_OBSERVED, "value"] == 0.25  # the second is silent, and nobody refuses
    assert of(found, "2025-03").loc[silence.AS_OBSERVED, "value"] == 0.5  # the first and the third


def test_months_are_counted_from_february_on_whoever_refused(found) -> None:
    whole = of(found, LAST)
    assert whole.loc[silence.TALKED, ["observed", "value", "low", "high"]].tolist() == [3.0, 1.0, 1.0, 3.0]
    assert whole.loc[silence.KYIV, ["observed", "value", "low", "high"]].tolist() == [2.0, 0.0, 0.0, 2.0]
    assert whole.loc[silence.MOSCOW, ["observed", "value", "low", "high"]].tolist() == [1.0, 0.0, 0.0, 3.0]


def test_no_history_at_war_gives_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "LASTS", (LAST,))
    calm = {name: np.ones((2, len(CALENDAR))) for name in ("quiet", *silence.COUNTED.values())}
    nothing = silence.beside({**calm, "quiet": 0.0 * calm["quiet"]}, {"calm": calm}, CALENDAR)
    assert nothing["value"].isna().all()
    assert set(nothing["worlds"]) == {0}


def test_a_reader_sees_worlds_of_100_and_medians_with_their_intervals(found) -> None:
    grid: Grid = silence.in_words(found)[1]
    assert grid.head == ["2025-02 to 2025-04", "record", "by hand"]
    assert grid.rows == [
        ["neither settlement nor truce, of 100", "yes", "50"],
        ["months with talks", "3", "1 (1 to 3)"],
        ["months in which Kyiv refused", "2", "0 (0 to 2)"],
        ["months in which Moscow refused", "1", "0 (0 to 3)"],
        ["neither, and Moscow refused as often as it did, or oftener, of 100", "yes", "25"],
    ]


def test_in_the_record_every_month_has_talks_and_none_has_peace_and_both_refuse() -> None:
    shipped, (_, calendar) = record.table(calibration_tables.SILENCE), observed_paths()
    for last in silence.LASTS:
        seen = dict(zip(*(of(shipped, last).reset_index()[name] for name in ("statistic", "observed")), strict=True))
        assert seen[silence.TALKED] == calendar.index(last) - calendar.index(silence.BEFORE)
        assert seen[silence.NEITHER] == seen[silence.AS_OBSERVED] == 1.0
        assert min(seen[silence.KYIV], seen[silence.MOSCOW]) > 0.0


def test_the_silence_repeats() -> None:
    again = silence.table(record.table(calibration_tables.POSTERIOR))
    pd.testing.assert_frame_equal(again, record.table(calibration_tables.SILENCE), rtol=0.02, atol=0.02)
