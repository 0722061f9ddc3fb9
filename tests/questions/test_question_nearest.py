"""Which worlds lie nearest to the record: worlds made by hand, of which one is the record."""

import numpy as np
import pytest
import xarray as xr
from handmade import MONTHS, ensemble

from sim.basics.limits import InputError
from sim.questions.explain.nearest_to_record import grids, method, nearest_to_record, sentences

US, EUROPE, LAND = np.array([2.0, 0.0, 4.0]), np.array([1.0, 3.0, 2.0]), np.array([0.18, 0.19, 0.2])
OFF = np.array([[-3.0], [1.0], [0.0], [2.0]])
"""By how much each of four worlds gives more every month than the record; the third is the record."""


def observed(us=US, europe=EUROPE, land=LAND, months=MONTHS):
    series = {"us_allocation": us, "europe_contribution": europe, "russian_held_share": land}
    return xr.Dataset({name: ("month", np.asarray(values)) for name, values in series.items()}, {"month": months})


def worlds(off=OFF, **options):
    paths = {"us_allocation": US + off, "europe_contribution": EUROPE - off, "russian_held_share": LAND + off / 100}
    return ensemble(**{"worlds": len(off), "doctrines": ("calm",)} | options, **paths)


def test_the_world_that_is_the_record_is_nearest_and_at_no_distance() -> None:
    found = nearest_to_record(worlds(), observed()).worlds
    assert found["world"].tolist() == [2, 1, 3, 0]
    assert found.loc[0, ["distance", "us_gap", "europe_gap", "land_gap"]].tolist() == pytest.approx(
        [0, 0, 0, 0], abs=1e-5
    )


def test_gaps_and_spreads_are_what_one_reckons_by_hand() -> None:
    found = nearest_to_record(worlds(), observed())
    summed_up = np.sqrt((1 + 4 + 9) / 3)  # of one more every month after one, two and three months
    assert found.worlds["us_gap"].tolist() == pytest.approx([0, summed_up, 2 * summed_up, 3 * summed_up], abs=1e-5)
    assert found.worlds["land_gap"].tolist() == pytest.approx([0, 1, 2, 3], abs=1e-5)
    spread = np.std(OFF)  # the mean is the record
    assert found.spreads["spread"].tolist() == pytest.approx([summed_up * spread, summed_up * spread, spread], rel=1e-5)
    assert found.spreads["mean_path_gap"].tolist() == pytest.approx([0, 0, 0], abs=1e-5)
    assert found.worlds["distance"].tolist() == pytest.approx(np.array([0, 1, 2, 3]) / spread, abs=1e-5)
    assert found.spreads["unit"].tolist() == ["EUR bn", "EUR bn", "% of Ukraine"]


def noisy(doctrines=("calm",)):
    rng = np.random.default_rng(1)
    shape = (len(doctrines), 40, 3)
    spread = {"us_allocation": (US, 2.0), "europe_contribution": (EUROPE, 5.0), "russian_held_share": (LAND, 0.01)}
    paths = {name: middle + scale * rng.normal(0.3, 1.0, shape) for name, (middle, scale) in spread.items()}
    return ensemble(worlds=40, doctrines=doctrines, **paths)


def test_the_mean_square_of_all_distances_is_one_and_the_square_of_that_of_the_mean_path() -> None:
    found = nearest_to_record(noisy(), observed())
    of_the_mean = np.mean((found.spreads["mean_path_gap"] / found.spreads["spread"]) ** 2)
    assert of_the_mean > 0.01
    assert np.mean(found.worlds["distance"] ** 2) == pytest.approx(1.0 + of_the_mean)


def test_units_make_no_difference() -> None:
    here = nearest_to_record(noisy(), observed()).worlds
    dollars = {"us_allocation": 1.1, "europe_contribution": 1100.0, "russian_held_share": 603_500.0}
    there = nearest_to_record(
        noisy().assign({name: noisy()[name] * rate for name, rate in dollars.items()}),
        observed().assign({name: observed()[name] * rate for name, rate in dollars.items()}),
    ).worlds
    assert there["world"].tolist() == here["world"].tolist()
    assert there["distance"].to_numpy() == pytest.approx(here["distance"].to_numpy(), rel=1e-5)


def test_of_worlds_at_the_same_distance_the_lower_number_comes_first() -> None:
    found = nearest_to_record(worlds(np.array([[2.0], [-1.0], [1.0], [0.0], [1.0], [1.0]])), observed()).worlds
    same = found[found["world"].isin([2, 4, 5])]
    assert same["distance"].nunique() == 1
    assert same["world"].tolist() == [2, 4, 5]


def test_only_months_that_the_record_has_of_all_three_are_compared() -> None:
    gone = US.copy()
    gone[2] = 1000.0  # after the record of land ends
    found = nearest_to_record(worlds(), observed(us=gone, land=[0.18, 0.19, np.nan]))
    assert found.months.tolist() == MONTHS[:2].tolist()
    assert found.worlds.loc[0, "distance"] == pytest.approx(0.0, abs=1e-5)
    assert "over 2 months, 2025-01 to 2025-02:" in method(found)


def test_months_before_the_worlds_begin_are_not_summed_up() -> None:
    earlier = np.concatenate([MONTHS - np.timedelta64(31, "D").astype("timedelta64[ns]"), MONTHS])[2:]
    longer = {name: np.concatenate([[9.0], path]) for name, path in (("us", US), ("europe", EUROPE), ("land", LAND))}
    found = nearest_to_record(worlds(), observed(**longer, months=earlier))
    assert found.worlds.loc[0, "us_gap"] == pytest.approx(0.0, abs=1e-5)


def test_what_is_said_of_a_doctrine_does_not_hang_on_what_it_is_compared_with() -> None:
    both = noisy(doctrines=("calm", "bold"))
    found = nearest_to_record(both, observed())
    for label in ("calm", "bold"):
        alone = nearest_to_record(both.sel(doctrine=label), observed())
        rows = found.worlds[found.worlds["doctrine"] == label].reset_index(drop=True)
        assert rows.equals(alone.worlds)
        assert sentences(alone, 5)[0] in sentences(found, 5)
    assert [grid.head[0] for grid in grids(found, 5)] == ["calm", "bold"]


def test_sentences_say_how_near_the_nearest_come_and_the_median_world() -> None:
    found = nearest_to_record(worlds(), observed())
    (said,) = sentences(found, 2)
    assert said.startswith("Calm: the nearest worlds lie 0.00 to 0.53 from the record, the median world 0.80, ")
    assert grids(found, 2)[0].rows == [
        ["world 2", "0.00", "0.0", "0.0", "0.00"],
        ["world 1", "0.53", "2.2", "2.2", "1.00"],
        ["median of 4", "0.80", "3.2", "3.2", "1.50"],
    ]


def test_fewer_worlds_than_asked_for_are_all_told_and_it_is_said() -> None:
    found = nearest_to_record(worlds(), observed())
    assert sentences(found, 5)[0] == "Calm: there are 4 worlds, fewer than the 5 asked for; all are told."
    assert len(grids(found, 5)[0].rows) == 5


def test_a_path_in_which_all_worlds_agree_is_left_out_and_named() -> None:
    alike = worlds().assign(russian_held_share=worlds()["russian_held_share"] * 0.0 + 0.3)
    found = nearest_to_record(alike, observed())
    assert found.worlds.loc[0, "distance"] == pytest.approx(0.0, abs=1e-5)
    assert found.worlds["land_gap"].min() > 10.0
    assert sentences(found, 2)[1:] == [
        "Calm: left out of the distance, since all worlds agree in it: land held by Russia."
    ]


def test_one_world_has_no_distance_and_worlds_that_are_alike_come_by_number() -> None:
    found = nearest_to_record(worlds(np.ones((3, 1))), observed())
    assert found.worlds["world"].tolist() == [0, 1, 2]
    assert found.worlds["distance"].isna().all()
    assert "none is nearer" in sentences(found, 2)[0]
    alone = nearest_to_record(worlds(np.ones((1, 1))), observed())
    assert alone.worlds["us_gap"].tolist() == pytest.approx([np.sqrt(14 / 3)])
    assert grids(alone, 5)[0].rows[0][1] == ""


def test_results_without_paths_or_outside_the_record_are_refused() -> None:
    with pytest.raises(InputError, match="no monthly paths"):
        nearest_to_record(worlds().drop_vars("us_allocation"), observed())
    later = observed(months=MONTHS + np.timedelta64(366, "D"))
    with pytest.raises(
        InputError, match="of 2025-01 to 2025-03 and the record of 2026-01 to 2026-03: no month is in both"
    ):
        nearest_to_record(worlds(), later)
