"""The rule by which a claim is supported, contradicted or undecided: on intervals made by hand, and as properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.questions.claims.judgement import (
    ALL,
    ANY,
    CONTRADICTED,
    NONE,
    OPPOSITE,
    PAST,
    SUPPORTED,
    TOO_SMALL,
    UNDECIDED,
    VERDICTS,
    Effect,
    agreed,
    combined,
    effect,
    judge,
)

NUMBERS = st.floats(-100.0, 100.0)
SIZES = st.floats(0.01, 50.0)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[float, float, float]:
    """Value, low and high, in this order of size: low, value, high."""
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    return value, low, high


HAND_MADE = {
    "clear and large": (5.0, 4.0, 6.0, SUPPORTED, "as claimed"),
    "large, and clear of zero though not of the size that matters": (2.2, 1.0, 3.4, SUPPORTED, "as claimed"),
    "large, but not clear of zero": (2.5, -0.1, 5.1, UNDECIDED, "not told"),
    "clear of zero, and perhaps large": (1.5, 0.5, 2.5, UNDECIDED, "not told"),
    "clear of zero, and surely small": (1.0, 0.5, 1.5, CONTRADICTED, TOO_SMALL),
    "nothing": (0.1, -0.3, 0.5, CONTRADICTED, NONE),
    "nothing, in every world": (0.0, 0.0, 0.0, CONTRADICTED, NONE),
    "the other way": (-3.0, -4.0, -2.0, CONTRADICTED, OPPOSITE),
    "one world": (3.0, math.nan, math.nan, UNDECIDED, "not told"),
}


@pytest.mark.parametrize("case", HAND_MADE)
def test_intervals_made_by_hand(case: str) -> None:
    value, low, high, verdict, how = HAND_MADE[case]
    assert judge(effect(value, low, high, matters=2.0)) == (verdict, how)


def test_a_doubt_forbids_a_verdict() -> None:
    assert judge(effect(5.0, 4.0, 6.0, matters=2.0), ["the record fits no hypothesis"]).verdict == UNDECIDED


def test_a_bound_is_kept_or_broken() -> None:
    """A chance that must not exceed .75: no least size, only a side."""
    assert judge(effect(0.6, 0.55, 0.65, null=0.75, direction=-1)).verdict == SUPPORTED
    assert judge(effect(0.9, 0.85, 0.95, null=0.75, direction=-1)) == (CONTRADICTED, PAST)
    assert judge(effect(0.74, 0.70, 0.78, null=0.75, direction=-1)).verdict == UNDECIDED


@given(intervals(), SIZES)
def test_what_is_claimed_of_less_is_the_mirror_of_what_is_claimed_of_more(
    found: tuple[float, float, float], matters: float
) -> None:
    value, low, high = found
    mirrored = effect(-value, -high, -low, direction=-1, matters=matters)
    assert judge(mirrored) == judge(effect(value, low, high, matters=matters))


@given(intervals(), SIZES)
def test_a_claim_of_any_difference_does_not_care_for_its_sign(
    found: tuple[float, float, float], matters: float
) -> None:
    value, low, high = found
    one, other = (
        judge(effect(*ends, direction=0, matters=matters)) for ends in ((value, low, high), (-value, -high, -low))
    )
    assert one.verdict == other.verdict
    if one.verdict == CONTRADICTED:
        assert max(abs(low), abs(high)) < matters


@given(intervals(), SIZES, st.floats(0.0, 100.0))
def test_more_of_what_is_claimed_never_makes_a_verdict_worse(
    found: tuple[float, float, float], matters: float, more: float
) -> None:
    rank = {CONTRADICTED: 0, UNDECIDED: 1, SUPPORTED: 2}
    before, after = (judge(effect(*(end + step for end in found), matters=matters)) for step in (0.0, more))
    assert rank[after.verdict] >= rank[before.verdict]


@given(intervals(), SIZES, st.floats(0.0, 100.0))
def test_a_wider_interval_decides_nothing_that_a_narrow_one_left_open(
    found: tuple[float, float, float], matters: float, wider: float
) -> None:
    value, low, high = found
    narrow = judge(effect(value, low, high, matters=matters)).verdict
    wide = judge(effect(value, low - wider, high + wider, matters=matters)).verdict
    assert wide in (narrow, UNDECIDED)


@given(intervals(), st.sampled_from([0.1, 1.0, 10.0]))
def test_the_unit_does_not_matter(found: tuple[float, float, float], unit: float) -> None:
    one = judge(Effect(*found, 2.0)).verdict
    assert judge(Effect(*(unit * end for end in found), unit * 2.0)).verdict == one


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=5), st.sampled_from([ANY, ALL]))
def test_a_claim_needs_all_its_statistics_and_falls_by_what_refutes_it(verdicts: list[str], by: str) -> None:
    found = combined(verdicts, by)
    assert (found == SUPPORTED) == (set(verdicts) == {SUPPORTED})
    refuted = CONTRADICTED in verdicts if by == ANY else set(verdicts) == {CONTRADICTED}
    assert (found == CONTRADICTED) == refuted


@pytest.mark.parametrize("one", VERDICTS)
@pytest.mark.parametrize("other", VERDICTS)
def test_parameters_that_disagree_leave_a_claim_undecided(one: str, other: str) -> None:
    assert agreed([one, other]) == (one if one == other else UNDECIDED)
