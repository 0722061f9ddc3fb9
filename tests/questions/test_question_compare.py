"""Paired differences against Student's own formula, and the sentences they make."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from handmade import ensemble, outcomes, with_events
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from sim.basics.labels import MINUS
from sim.ensemble import Ensemble, simulate
from sim.questions.compare.doctrines import first_difference, month_of_change, start_of_effect
from sim.questions.compare.measures import CHANCE, OUTCOMES
from sim.questions.compare.outcomes import headline, levels
from sim.questions.compare.paired import paired
from sim.questions.compare.paired_sentence import LEVELS, amount, differs, paired_sentence, scale
from sim.scenario import Scenario, load

VALUES = arrays(float, (2, 12), elements=st.floats(-100, 100, width=32))


def row_of(**values: object) -> dict[str, object]:
    return dict(paired(outcomes(**values)).iloc[0])


@given(VALUES)
def test_the_interval_is_that_of_the_paired_t_test(values: np.ndarray) -> None:
    calm, bold = values
    if np.ptp(bold - calm) < 1e-6:
        return
    row = row_of(x=values)
    expected = stats.ttest_rel(bold, calm)
    low, high = expected.confidence_interval(0.95)
    assert row["difference"] == pytest.approx(np.mean(bold - calm))
    assert (row["low"], row["high"]) == pytest.approx((low, high), rel=1e-6, abs=1e-9)
    assert row["difference"] / row["se"] == pytest.approx(expected.statistic, rel=1e-6, abs=1e-9)


@given(VALUES, st.permutations(range(12)))
def test_the_order_of_worlds_does_not_matter(values: np.ndarray, order: list[int]) -> None:
    found, shuffled = (paired(outcomes(x=x)).drop(columns="variance_ratio") for x in (values, values[:, order]))
    pd.testing.assert_frame_equal(found, shuffled, rtol=1e-7, atol=1e-7)


def test_luck_that_both_doctrines_share_cancels() -> None:
    luck = np.array([-20.0, -10.0, 0.0, 10.0, 20.0])
    small = np.array([1.0, -1.0, 0.0, 1.0, -1.0])
    row = row_of(x=[luck, luck + 5.0 + small])
    assert row["difference"] == 5.0
    assert row["se"] == pytest.approx(small.std(ddof=1) / np.sqrt(5))
    assert row["se_unpaired"] == pytest.approx(np.hypot(luck.std(ddof=1), (luck + small).std(ddof=1)) / np.sqrt(5))
    assert row["variance_ratio"] == pytest.approx((row["se_unpaired"] / row["se"]) ** 2)
    assert row["variance_ratio"] > 100
    assert row["standardised"] == pytest.approx(5.0 / np.sqrt((luck.var(ddof=1) + (luck + small).var(ddof=1)) / 2))


def test_worlds_are_counted_by_which_doctrine_has_more() -> None:
    row = row_of(x=[[0, 0, 1, 1, 0], [1, 1, 0, 1, 0]])
    assert (row["larger"], row["smaller"]) == (0.4, 0.2)
    assert (row["mean"], row["mean_baseline"], row["worlds"]) == (0.6, 0.4, 5)


def test_worlds_without_a_value_under_either_doctrine_are_left_out() -> None:
    row = row_of(x=[[1.0, np.nan, 3.0], [2.0, 5.0, np.nan]])
    assert (row["worlds"], row["difference"]) == (1, 1.0)
    assert np.isnan(row["se"])
    empty = row_of(x=[[np.nan], [1.0]])
    assert empty["worlds"] == 0
    assert "has no value" in paired_sentence(empty)


def test_any_doctrine_can_be_the_baseline_and_an_unknown_one_is_named() -> None:
    found = paired(outcomes(x=[[1.0, 2.0], [3.0, 7.0]]), baseline="bold")
    assert found["difference"].tolist() == [-3.5]
    with pytest.raises(ValueError, match="one of calm, bold; got 'brave'"):
        paired(outcomes(x=[[1.0], [2.0]]), baseline="brave")


# ---- sentences


def spoken(calm: list[float], bold: list[float], **attributes: str) -> str:
    data = outcomes(settled=[calm, bold])
    data["settled"].attrs |= {"long_name": "A settlement is signed", "phrase": "settles", **attributes}
    return paired_sentence(dict(paired(data).iloc[0]))


def test_a_higher_chance_is_told_in_worlds_of_a_hundred() -> None:
    said = spoken([0.0] * 90 + [1.0] * 10, [0.0] * 50 + [1.0] * 50)
    assert said.startswith("In the same worlds, bold settles in 40 more of 100 worlds than calm (50 against 10; 95 % ")


def test_a_lower_chance_is_fewer_worlds_and_its_interval_keeps_the_direction() -> None:
    said = spoken([0.0] * 50 + [1.0] * 50, [0.0] * 90 + [1.0] * 10)
    assert "in 40 fewer of 100 worlds than calm (10 against 50; 95 % interval 30 to 50)" in said


def test_noise_is_called_noise() -> None:
    said = spoken([0.0, 1.0, 0.0, 1.0], [1.0, 0.0, 0.0, 1.0])
    assert said.startswith("In the same worlds, bold and calm do not differ beyond noise in how often a settlement is ")


def test_no_difference_at_all_is_not_noise() -> None:
    assert spoken([1.0, 0.0], [1.0, 0.0]) == (
        "In every one of the 2 worlds, how often a settlement is signed is the same under bold and calm."
    )


def test_what_never_happens_is_not_called_the_same() -> None:
    assert spoken([0.0, 0.0], [0.0, 0.0]) == (
        "A settlement is signed in none of the 2 worlds, under bold as under calm."
    )


def test_one_world_is_not_a_finding() -> None:
    assert "one world cannot tell doctrine from luck" in spoken([0.0], [1.0])


def test_money_is_told_with_its_unit() -> None:
    bill = {"units": "EUR bn", "phrase": "the European bill"}
    said = spoken([100.0, 110.0, 120.0, 130.0], [151.0, 159.0, 171.0, 179.0], **bill)
    assert said.startswith(
        "In the same worlds, the European bill is 50 EUR bn higher under bold than under calm (165 against 115; "
    )


def test_time_is_longer_or_shorter() -> None:
    time = {"units": "months", "phrase": "the time in talks"}
    said = spoken([9.0, 8.0, 9.0, 9.0], [1.0, 2.0, 2.0, 1.0], **time)
    assert "the time in talks is 7 months shorter under bold than under calm" in said


def test_a_mean_that_most_worlds_contradict_says_so() -> None:
    said = spoken([0.0] * 10, [1.0] * 6 + [-50.0] * 4, units="EUR bn", phrase="the bill")
    assert "lower under bold" in said
    assert "yet higher in 60 of 100 worlds" in said


def test_the_same_difference_in_every_world_has_no_interval() -> None:
    said = spoken([1.0, 2.0, 3.0], [2.0, 3.0, 4.0], units="EUR bn", phrase="the bill")
    assert said.endswith("(3.00 against 2.00; as much in every world).")


@given(VALUES)
def test_a_sentence_names_a_direction_only_beyond_noise(values: np.ndarray) -> None:
    row = row_of(x=values)
    assert differs(row) == (" more of " in paired_sentence(row) or " fewer of " in paired_sentence(row))


def test_a_row_whose_rounded_numbers_would_not_add_up_shows_a_decimal_more() -> None:
    """27.67 - 6.50 = 21.17 is 28, 6 and 21 to the nearest."""
    row = dict.fromkeys(("doctrine", "baseline", "unit", "phrase", "label"), "x") | {"low": 18.17, "high": 24.17}
    row |= {"mean": 27.67, "mean_baseline": 6.50, "difference": 21.17}
    assert [amount(row, value) for value in (row["mean"], row["mean_baseline"], row["difference"])] == [
        "27.7",
        "6.5",
        "21.2",
    ]
    assert amount(row | {"mean": 27.4, "difference": 20.9}, 27.4) == "27"


@given(VALUES)
def test_a_row_adds_up_as_it_is_printed_or_shows_two_decimals(values: np.ndarray) -> None:
    row = row_of(x=values)
    ours, theirs, between = (
        Decimal(amount(row, value).replace(MINUS, "-").replace(",", ""))
        for value in (row["mean"], row["mean_baseline"], row["difference"])
    )
    assert theirs + between == ours or ours.as_tuple().exponent <= -2
    measured = round(scale(row) * row["difference"], -between.as_tuple().exponent)
    assert float(between) == pytest.approx(measured, rel=1e-12)


def test_a_printed_difference_is_the_measured_one() -> None:
    """To one decimal 238.3 - 7.7 is not 230.5, and -7.8 would add up but is not the difference."""
    row = dict.fromkeys(("doctrine", "baseline", "unit", "phrase", "label"), "x") | {"low": -9.82, "high": -5.64}
    row |= {"mean": 230.54, "mean_baseline": 238.27, "difference": -7.73}
    assert [amount(row, row[which]) for which in LEVELS] == ["238.27", "−7.73", "230.54"]


@pytest.mark.parametrize(("low", "high", "said"), [(-0.08, -0.003, "0.3 to 8.0"), (-0.04, 0.0, "−4 to 0")])
def test_an_end_that_is_not_zero_does_not_read_zero(low: float, high: float, said: str) -> None:
    row = dict.fromkeys(("doctrine", "baseline", "phrase", "label"), "x") | {"unit": CHANCE, "worlds": 300, "se": 0.02}
    row |= {"mean": 0.06, "mean_baseline": 0.1, "difference": -0.04, "low": low, "high": high}
    row |= {"larger": 0.0, "smaller": 0.1}
    assert f"95 % interval {said}" in paired_sentence(row)


def test_the_interval_of_a_chance_ends_where_no_difference_can_be() -> None:
    row = row_of(chance=np.array([[0.0, 0.0], [1.0, 0.0]])) | {"unit": CHANCE}
    assert row["low"] < -1.0
    assert "95 % interval −100 to 100, the edge of what is possible" in paired_sentence(row)


# ---- the month from which doctrines differ, and the outcomes since then


def test_doctrines_differ_from_the_first_month_in_which_any_world_does() -> None:
    dataset = ensemble(aid=0.0, land=1.0)
    dataset["land"].loc[{"doctrine": "bold", "world": 2, "month": "2025-02"}] = 1.1
    assert first_difference(dataset) == np.datetime64("2025-02-01")
    assert headline(dataset).attrs["since"] == "2025-02"


def test_missing_votes_on_both_sides_are_no_difference() -> None:
    assert first_difference(ensemble(ayes=np.nan)) is None
    assert start_of_effect(ensemble(ayes=np.nan)) == np.datetime64("2025-01-01")


def test_where_nothing_differs_a_run_is_about_the_actors_last_change(history: Scenario, outlook: Scenario) -> None:
    both = ensemble(aid=0.0)
    assert month_of_change(both, {"calm": history, "bold": history}) == "2025-01"
    later = outlook.with_doctrine("russia", "maximalist", "2026-03")
    assert month_of_change(both, {"calm": outlook, "bold": later}, "russia") == "2026-03"
    assert month_of_change(both, {"calm": outlook, "bold": later}) is None


def test_a_run_of_one_doctrine_is_about_washingtons_last_change(history: Scenario, outlook: Scenario) -> None:
    alone = ensemble(doctrines=("one",), aid=0.0)
    assert month_of_change(alone, {"one": history}) == "2025-01"
    assert month_of_change(alone, {"one": outlook}) is None


def test_a_month_after_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="not be after the last month, 2025-03"):
        start_of_effect(ensemble(aid=0.0), "2026-01")


def test_every_outcome_counts_from_the_change_on() -> None:
    dataset = ensemble(
        worlds=1,
        doctrines=("calm",),
        settled=[1.0, 0.0, 0.0],
        us_allocation=[10.0, 2.0, 3.0],
        europe_share=[0.1, 0.2, 0.6],
        refusal=[1.0, 3.0, 2.0],
    )
    found = headline(with_events(dataset, month=[[0]], broke=[[1]]), since="2025-02")
    values = {str(name): float(found[name].item()) for name in found}
    assert values == pytest.approx(
        {
            "standing": 1.0,
            "settled": 0.0,
            "relapsed": 1.0,
            "truce_standing": 0.0,
            "truce": 0.0,
            "truce_broken": 0.0,
            "in_force": 0.0,
            "durable_months": 0.0,
            "refused_by_ukraine": 1.0,
            "refused_by_russia": 2.0,
            "us_cost": 5.0,
            "europe_share": 60.0,
        }
    )
    assert found.attrs["months"] == 2


SIGNED = [-1, -1, -1, 0, 0, 0, 1, 2, None]
BROKEN = [None, 0, 2, None, 1, 2, None, None, None]
"""Months of signing and breaking in nine worlds; two of the three that open with a settlement lose it."""


@pytest.mark.parametrize(
    ("since", "standing", "signed", "broken"), [("2025-01", 3, 5, 4), ("2025-02", 5, 2, 3), ("2025-03", 5, 1, 2)]
)
def test_what_stands_and_what_is_signed_either_breaks_or_is_in_force(since, standing, signed, broken) -> None:
    dataset = with_events(ensemble(worlds=9, doctrines=("calm",)), [SIGNED], [BROKEN])
    months = dataset["month"].to_numpy()
    at_peace = (dataset["settlement_month"] <= months[-1]) & dataset["relapse_month"].isnull()
    dataset["settled"] = at_peace.astype(float).expand_dims(month=months)
    found = {str(name): int(values.sum()) for name, values in headline(dataset, since).items()}
    assert [found[name] for name in ("standing", "settled", "relapsed")] == [standing, signed, broken]
    assert found["in_force"] == standing + signed - broken


def test_a_frozen_conflict_signs_nothing_and_counts_the_peace_that_breaks_in_its_first_month() -> None:
    frozen = load("frozen_conflict").with_horizon(2).with_mechanisms(talks=False, direct_talks=False)
    dataset = simulate({"frozen": frozen}, Ensemble(worlds=200, seed=1))
    found = headline(dataset).sum("world")
    lost_at_once = int(dataset["relapsed"].isel(month=0).sum())
    assert lost_at_once > 0
    assert found["settled"].item() == 0
    assert found["standing"].item() == 200
    assert found["relapsed"].item() >= lost_at_once
    assert found["in_force"].item() == 200 - found["relapsed"].item()


def test_every_outcome_has_a_unit_a_label_and_a_phrase() -> None:
    for outcome in OUTCOMES.values():
        assert outcome.unit
        assert outcome.label
        assert outcome.phrase


def test_levels_are_the_bands_of_the_outcomes() -> None:
    dataset = ensemble(worlds=3, us_allocation=np.array([1.0, 2.0, 3.0])[:, None])
    rows = levels(dataset)
    assert rows["mean"].tolist() == [6.0, 6.0]
    assert rows["p50"].tolist() == [6.0, 6.0]


def test_what_never_happens_in_one_world_is_said_of_both_doctrines() -> None:
    """It was "A settlement is signed not in the one world"."""
    row = {"unit": "0 or 1", "phrase": "settles", "label": "A settlement is signed", "doctrine": "a", "baseline": "b"}
    row |= {"mean": 0.0, "mean_baseline": 0.0, "larger": 0.0, "smaller": 0.0, "worlds": 1}
    assert paired_sentence(row) == "Neither a nor b settles in the one world."


def test_a_difference_of_one_month_is_one_month() -> None:
    row = {"unit": "months", "phrase": "the time in talks", "label": "Months with talks", "worlds": 50, "se": 2.0}
    row |= {"doctrine": "a", "baseline": "b", "mean": 3.0, "mean_baseline": 2.0, "difference": 1.0}
    row |= {"low": -3.0, "high": 5.0, "larger": 0.5, "smaller": 0.4}
    assert "(difference 1 month; 95 % interval" in paired_sentence(row)
