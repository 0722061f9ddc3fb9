"""Conduct by month: small paths made by hand and what they are coded as; the record; misreading; summaries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import record
from sim.questions.infer import conduct
from sim.questions.infer.conduct import (
    CERTAIN,
    KINDS,
    NEEDED,
    OBSERVABLES,
    SUMMARIES,
    YES_NO,
    Rules,
    columns,
    summarised,
    without,
)

QUIET = dict.fromkeys(NEEDED, 0.0) | {
    "us_desired": 0.5,
    "intelligence": 0.9,
    "nato_posture": 0.8,
    "sanctions_kept_up": 1.0,
}
MONTHS = [f"2025-{month:02d}" for month in range(1, 9)]


def played(**paths):
    """What is coded of one world in which nothing happens but this; each path has one month more than is coded."""
    length = len(next(iter(paths.values())))
    whole = {name: np.full((1, length), value) for name, value in QUIET.items()}
    whole |= {name: np.array([path], dtype=float) for name, path in paths.items()}
    return {name: values[0].tolist() for name, values in conduct.coded(whole, Rules()).items()}


PLAYED = {
    "aid wanted, hardly wanted, not wanted, wanted again": (
        {"us_desired": [0.5, 0.1, 0.01, 0.0, 0.2]},
        {"aid_stopped": [0, 1, 0, 0]},
    ),
    "a loan by others' money is no American money": (
        {"us_allocation": [0, 18.3, 1.0], "us_instrument": [0, 18.3, 0]},
        {"us_allocation": [0, 1]},
    ),
    "nor is the EU's share of it European money": (
        {"europe_contribution": [0, 7.5, 1.0], "europe_instrument": [0, 4.0, 0]},
        {"europe_contribution": [3.5, 1]},
    ),
    "intelligence dips a little, then much, and comes back": (
        {"intelligence": [0.90, 0.87, 0.60, 0.80]},
        {"intelligence_cut": [0, 1, 0]},
    ),
    "sanctions are left, eased, tightened": ({"sanctions_us_act": [0, 0, -1, 1]}, {"sanctions": [0, -1, 1]}),
    "neglect is no formal act": ({"sanctions_kept_up": [1, 0, 0]}, {"sanctions": [0, 0]}),
    "forces stay, leave": ({"nato_posture": [0.80, 0.79, 0.70]}, {"posture": [0, -1]}),
    "no talks, Moscow first, allies first": (
        {"talks": [0, 0, 1, 1], "moscow_first": [0, 0, 1, 0]},
        {"talks": [0, 1, 1], "first_contact": [0, 1, -1]},
    ),
    "nobody, Ukraine, Russia, both, Europe refuses": (
        {"refusal": [0, 0, 1, 2, 3, 4]},
        {"ukraine_refused": [0, 1, 0, 1, 0], "russia_refused": [0, 0, 1, 1, 0]},
    ),
    "a bill waits; a settlement holds": (
        {"bill_pending": [0, 1, 0], "settled": [0, 0, 1]},
        {"aid_bill": [1, 0], "settled": [0, 1]},
    ),
}


@pytest.mark.parametrize("story", PLAYED)
def test_a_month_is_coded_as_the_rules_say(story):
    paths, codes = PLAYED[story]
    found = played(**paths)
    assert {name: found[name] for name in codes} == codes


def test_a_month_in_which_nothing_happens_shows_nothing():
    found = played(talks=[0, 0, 0])
    assert {name for name, values in found.items() if any(values)} == set()


def test_stretched_thresholds_see_less_and_the_error_stays():
    paths = {name: np.full((1, 2), value) for name, value in QUIET.items()} | {"nato_posture": np.array([[0.90, 0.87]])}
    codes = [conduct.coded(paths, Rules().stretched(factor))["posture"].item() for factor in (0.5, 1.0, 2.0)]
    assert codes == [-1.0, -1.0, 0.0]
    assert Rules().stretched(2.0).error == Rules().error


WAYS = {
    "formal": [0.0, 0.0, -1.0, 1.0],
    "upkeep": [0.0, -1.0, -1.0, 1.0],
    "lowest": [0.0, -1.0, -1.0, 1.0],
    "highest": [0.0, 0.0, -1.0, 1.0],
}


@pytest.mark.parametrize("way", WAYS)
def test_simulated_sanctions_are_read_as_the_record_is(way):
    """Nothing; a month without upkeep; an act that eases; one that tightens in a month without upkeep."""
    paths = {name: np.full((1, 5), value) for name, value in QUIET.items()}
    paths |= {"sanctions_us_act": np.array([[0, 0, 0, -1, 1]]), "sanctions_kept_up": np.array([[1, 1, 0, 1, 0]])}
    assert conduct.coded(paths, Rules(), {"sanctions": way})["sanctions"][0].tolist() == WAYS[way]


# ---- misreading


def months(worlds=400, length=5, value=0.0):
    return {name: np.full((2, worlds, length), value) for name in OBSERVABLES}


def test_without_error_nothing_is_misread():
    found = months() | {"talks": np.ones((2, 400, 5)), "first_contact": np.ones((2, 400, 5))}
    seen = conduct.misread(found, 0.0, seed=1)
    for name in OBSERVABLES:
        np.testing.assert_array_equal(seen[name], found[name])


def test_items_are_misread_as_often_as_said_and_stay_what_they_can_be():
    seen = conduct.misread(months(), 0.1, seed=1)
    for name, (values, *_) in OBSERVABLES.items():
        if name in CERTAIN:
            np.testing.assert_array_equal(seen[name], 0.0)
            continue
        wrong = (seen[name] != 0.0).mean()
        assert wrong == pytest.approx(0.1, abs=0.03), name
        allowed = {0.0, 1.0} if values == YES_NO else {-1.0, 0.0, 1.0}
        assert set(np.unique(seen[name])) == allowed, name


def test_a_direction_is_misread_as_either_of_the_others():
    seen = conduct.misread(months(value=-1.0), 0.3, seed=1)["sanctions"]
    assert (seen == 0.0).mean() == pytest.approx(0.15, abs=0.03)
    assert (seen == 1.0).mean() == pytest.approx(0.15, abs=0.03)


def test_who_was_first_is_said_of_months_with_talks_only():
    seen = conduct.misread(months(), 0.2, seed=3)
    np.testing.assert_array_equal(np.abs(seen["first_contact"]), seen["talks"])


def test_worlds_are_misread_alike_under_every_doctrine_and_whatever_their_number():
    many, few = conduct.misread(months(400), 0.2, seed=1), conduct.misread(months(40), 0.2, seed=1)
    for name in OBSERVABLES:
        np.testing.assert_array_equal(many[name][0], many[name][1])
        np.testing.assert_array_equal(many[name][:, :40], few[name])


# ---- the record


def test_money_of_the_record_is_that_of_the_series():
    series, coded = record.series().sel(month=slice("2025-01", "2025-08")), conduct.recorded(MONTHS)
    np.testing.assert_array_equal(coded["us_allocation"], series["us_allocation_without_loan"])
    np.testing.assert_array_equal(coded["europe_contribution"], series["europe_contribution_without_loan"])


def test_the_months_are_those_of_which_conduct_and_money_are_known():
    months = conduct.covered()
    assert months[0] == "2022-02"
    assert months == sorted(months)
    assert all(np.isfinite(values).all() for values in conduct.recorded(months).values())


def test_readings_lie_around_both_codings():
    plain, other, low, high = (
        conduct.recorded(MONTHS, dict.fromkeys(OBSERVABLES, way)) for way in ("formal", "upkeep", "lowest", "highest")
    )
    for name in OBSERVABLES:
        np.testing.assert_array_equal(low[name], np.minimum(plain[name], other[name]))
        np.testing.assert_array_equal(high[name], np.maximum(plain[name], other[name]))
    assert "sanctions" in conduct.contested(MONTHS)
    assert "intelligence_cut" not in conduct.contested(MONTHS)


def test_who_is_first_is_known_exactly_where_there_are_talks():
    for way in ("formal", "upkeep", "lowest", "highest"):
        coded = conduct.recorded(MONTHS, {"first_contact": way})
        np.testing.assert_array_equal(np.abs(coded["first_contact"]), coded["talks"])


def test_a_month_that_is_not_in_the_record_is_named():
    with pytest.raises(ValueError, match="no month 2021-12"):
        conduct.recorded(["2021-12", "2025-01"])


# ---- summaries


def test_every_kind_has_a_summary_and_every_observable_is_used():
    assert {summary.kind for summary in SUMMARIES.values()} == set(KINDS)
    assert {name for summary in SUMMARIES.values() for name in summary.uses} == set(OBSERVABLES)
    assert sorted(place for kind in KINDS for place in columns([kind])) == list(range(len(SUMMARIES)))


@pytest.mark.parametrize("name", OBSERVABLES)
def test_what_is_without_an_observable_does_not_look_at_it(name):
    one = conduct.recorded(MONTHS)
    other = one | {name: 1.0 + one[name]}
    same = [place for place, (a, b) in enumerate(zip(summarised(one), summarised(other), strict=True)) if a == b]
    assert set(without(name)) <= set(same)


def test_an_answer_comes_the_month_after_the_refusal():
    found = {name: np.zeros(4) for name in OBSERVABLES} | {
        "ukraine_refused": np.array([1.0, 0.0, 1.0, 0.0]),
        "russia_refused": np.array([1.0, 1.0, 1.0, 0.0]),
        "intelligence_cut": np.array([0.0, 1.0, 0.0, 0.0]),
        "sanctions": np.array([1.0, -1.0, 0.0, 1.0]),
    }
    told = dict(zip(SUMMARIES, summarised(found), strict=True))
    assert (told["ukraine_pressed"], told["ukraine_spared"]) == (1.0, 1.0)
    assert (told["russia_pressed"], told["russia_spared"], told["russia_rewarded"]) == (1.0, 1.0, 1.0)


@given(st.permutations(range(1, 8)))
def test_the_order_of_months_makes_no_difference(order):
    """Each month is moved together with the answer that it is: refusals go with the month that answers them."""
    found = conduct.recorded(MONTHS)
    plain = summarised(found)
    parts = [summarised({name: values[m - 1 : m + 1] for name, values in found.items()}) for m in order]
    logs = [place for place, summary in enumerate(SUMMARIES.values()) if summary.mean_in_logs]
    counted = [place for place in range(len(SUMMARIES)) if place not in logs]
    np.testing.assert_allclose(np.sum(parts, axis=0)[counted], plain[counted])
    np.testing.assert_allclose(np.exp(parts).mean(axis=0)[logs], np.exp(plain)[logs])


def test_months_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="months must be from 1"):
        summarised(conduct.recorded(MONTHS), 0)
    with pytest.raises(ValueError, match="months must be from 1"):
        summarised(conduct.recorded(MONTHS), 3, 3)
