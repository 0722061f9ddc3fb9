"""The titles of figures: they rank only what the same worlds tell apart, and count what the picture counts."""

from itertools import pairwise

import numpy as np
import pytest
import xarray as xr
from handmade import ensemble, outcomes, with_events, with_peace, with_settlements

from sim.questions.compare import titles as findings
from sim.questions.compare.paired import paired
from sim.questions.compare.ranking import across, across_worlds, apart

NAN = float("nan")
WAR, FRAGILE, GUARANTEED, _, RELAPSED, TRUCE = range(6)


def worlds(**by_doctrine: list[float]) -> xr.DataArray:
    return xr.DataArray(list(by_doctrine.values()), coords={"doctrine": list(by_doctrine)}, dims=("doctrine", "world"))


def settled_in(month: list[list[int | None]], broke: list[list[int | None]]) -> xr.Dataset:
    return with_events(ensemble(worlds=len(month[0])), month, broke)


# ---- which doctrines are told apart


def test_a_difference_that_is_noise_is_not_ranked() -> None:
    noise = worlds(calm=[1.0, 2.0, 3.0, 4.0], bold=[1.4, 1.8, 3.4, 3.8])
    assert not apart(noise)("calm", "bold")
    assert (
        across_worlds(noise + xr.DataArray([0.0, 0.04], dims="doctrine"))
        == "2.5 to 2.6 under both, no clear difference"
    )


def test_a_difference_in_the_same_direction_in_every_world_is_ranked_however_luck_scatters() -> None:
    sure = worlds(calm=[1.0, 20.0, 300.0, 4000.0], bold=[3.0, 22.0, 302.0, 4003.0])
    assert apart(sure)("calm", "bold")
    assert across_worlds(sure) == "1,082 under bold, 1,080 under calm"


def test_doctrines_not_told_apart_share_a_place_among_others() -> None:
    told = across({"a": 10.0, "b": 9.0, "c": 2.0}, " months", apart=lambda one, other: {one, other} != {"a", "b"})
    assert told == "9.0 to 10.0 months under a and b (no clear difference), 2.0 under c"


def test_of_many_doctrines_the_ends_are_named_with_all_that_tie_there() -> None:
    values = {"a": 10.0, "b": 9.0, "c": 5.0, "d": 1.0}
    told = across(values, apart=lambda one, other: {one, other} != {"a", "b"})
    assert told == "1.0 to 10.0 (least under d, most under a and b)"


def test_a_chain_of_small_steps_does_not_make_its_ends_alike() -> None:
    values = dict(zip("abcde", (33.0, 25.0, 17.0, 10.0, 3.0), strict=True))
    steps = {frozenset(pair) for pair in pairwise("abcde")}
    told = across(values, " settle", lambda value: f"{value:.0f}", lambda one, other: {one, other} not in steps)
    assert told == "3 to 33 settle (least under d and e, most under a and b)"


def test_the_front_of_two_doctrines_that_hold_the_same_is_told_once() -> None:
    luck = np.linspace(0.18, 0.25, 8)
    shaken = luck + np.tile([0.002, -0.0019], 4)
    line = np.stack([luck, shaken])[..., np.newaxis] * np.ones(3)
    assert findings.front(ensemble(worlds=8, russian_held_share=line)).endswith("21.5 % of Ukraine under both")


# ---- settlements


def test_settlements_of_the_months_that_count_are_told() -> None:
    said = findings.settlement_incidence(settled_in([[None] * 4, [1, 1, 1, 2]], [[None] * 4, [2, None, None, None]]))
    assert said.startswith("Of 100 worlds, 100 settle under bold, 0 under calm; peace breaks in ")
    assert said.endswith("0 to 25 under both, no clear difference")


def test_a_peace_that_stood_before_is_not_signed_in_the_title_either() -> None:
    said = findings.settlement_incidence(settled_in([[-1] * 8] * 2, [[0] * 8, [None] * 8]))
    assert (
        said == "Of 100 worlds, 100 have a settlement already under both; peace breaks in 100 under calm, 0 under bold"
    )


def test_truces_are_told_beside_settlements_and_peace_breaks_where_either_does() -> None:
    calm = [[WAR, FRAGILE, FRAGILE, RELAPSED]] * 6 + [[WAR, TRUCE, WAR, WAR]] * 2 + [[WAR] * 4] * 12
    bold = [[WAR, WAR, FRAGILE, FRAGILE]] * 6 + [[WAR, TRUCE, TRUCE, TRUCE]] * 10 + [[WAR, TRUCE, WAR, WAR]] * 4
    said = findings.settlement_incidence(with_peace(ensemble(worlds=20), [calm, bold]))
    assert said == (
        "Of 100 worlds, 30 settle under both; 70 agree on a truce under bold, 10 under calm; "
        "peace breaks in 20 to 40 under both, no clear difference"
    )


def test_worlds_that_only_have_truces_are_told_by_them() -> None:
    said = findings.settlement_incidence(with_peace(ensemble(worlds=4), [[[WAR, TRUCE, TRUCE, TRUCE]] * 4] * 2))
    assert said == "Of 100 worlds, 100 agree on a truce under both; peace breaks in 0 under both"


def test_truces_that_stood_before_are_told_apart_from_those_agreed() -> None:
    calm = [[WAR, TRUCE, TRUCE, WAR]] * 12 + [[WAR] * 4] * 12
    bold = [[WAR, TRUCE, TRUCE, TRUCE]] * 12 + [[WAR, WAR, TRUCE, TRUCE]] * 12
    said = findings.settlement_incidence(with_peace(ensemble(worlds=24), [calm, bold]), "2025-02")
    assert said == (
        "Of 100 worlds, 50 have a truce already under both; 50 agree on one later under bold, 0 under calm; "
        "peace breaks in 50 under calm, 0 under bold"
    )
    alone = findings.settlement_incidence(with_peace(ensemble(worlds=1), [calm[:1], bold[-1:]]), "2025-02")
    assert alone == (
        "In the one world simulated, a truce stands already and breaks under calm; a truce is agreed under bold"
    )


def test_one_world_tells_what_was_agreed_and_what_broke() -> None:
    stood = [[[WAR, TRUCE, WAR, GUARANTEED]], [[WAR, WAR, WAR, WAR]]]
    assert findings.settlement_incidence(with_peace(ensemble(worlds=1), stood)) == (
        "In the one world simulated, a settlement is signed and a truce is agreed and breaks under calm"
    )


@pytest.mark.parametrize(
    ("arms", "monitors", "said"),
    [
        (30, 1, "The most frequent settlement, in 75 of 100 worlds: line at the front, arms, no relief"),
        (
            20,
            14,
            "The most frequent settlements, in 50 and 35 of 100 worlds: line at the front, arms or line +2 points, ",
        ),
    ],
)
def test_the_most_frequent_settlement_is_the_largest_circle_or_shares_its_place(arms, monitors, said) -> None:
    war = 40 - arms - monitors
    levels = [2] * arms + [1] * monitors + [NAN] * war
    dataset = with_settlements(
        month=[[1] * (40 - war) + [None] * war],
        offset=[[0.0] * arms + [0.02] * monitors + [NAN] * war],
        guarantee=[levels],
        relief=[[0.0] * (40 - war) + [NAN] * war],
        broke=[[None] * 40],
        outcome=[[GUARANTEED] * (40 - war) + [WAR] * war],
        doctrines=("calm",),
    )
    assert findings.settlement_terms(dataset).startswith(said)


def test_reliefs_of_one_line_and_guarantee_are_one_circle_in_the_title_too() -> None:
    dataset = with_settlements(
        month=[[1, 1, 1, 1]],
        offset=[[0.0] * 4],
        guarantee=[[2] * 4],
        relief=[[0.0, 1 / 3, 1 / 3, 2 / 3]],
        broke=[[None] * 4],
        outcome=[[GUARANTEED] * 4],
        doctrines=("calm",),
    )
    assert findings.settlement_terms(dataset) == (
        "The most frequent settlement, in 100 of 100 worlds: line at the front, arms, 33 % relief on average"
    )


def test_lines_gathered_at_a_step_are_said_to_be_near_it() -> None:
    def said(offsets: list[float], guarantees: list[int]) -> str:
        worlds = len(offsets)
        dataset = with_settlements(
            month=[[1] * worlds],
            offset=[offsets],
            guarantee=[guarantees],
            relief=[[0.0] * worlds],
            broke=[[None] * worlds],
            outcome=[[GUARANTEED] * worlds],
            doctrines=("calm",),
        )
        return findings.settlement_terms(dataset)

    line = "The most frequent settlement, in 100 of 100 worlds: line "
    assert said([0.0, 0.0025, 0.0, 0.0], [2] * 4) == f"{line}near the front, arms, no relief"
    assert said([0.0125] * 4, [2] * 4) == f"{line}near +1 point, arms, no relief"
    assert said([0.01] * 4, [2] * 4) == f"{line}+1 point, arms, no relief"
    assert said([0.01, 0.0125, 0.02, 0.0, 0.0025, 0.04], [2, 2, 1, 3, 1, 3]) == (
        "No line and guarantee are clearly the most frequent: at most 33 of 100 worlds sign about the same"
    )


def test_where_nothing_is_signed_the_comparison_is_of_what_breaks() -> None:
    lost = np.zeros((2, 20))
    lost[1, :10] = 1.0
    table = paired(outcomes(settled=np.zeros((2, 20)), relapsed=lost))
    assert (
        findings.paired_differences(table)
        == "In the same worlds, bold does relapsed in 50 more of 100 worlds than calm"
    )


# ---- Congress and beliefs


def ballots(calm: list[float], bold: list[float]) -> xr.Dataset:
    """Ten worlds with these ayes month by month, missing where no vote is held."""
    ayes = np.array([calm, bold])[:, np.newaxis] + np.linspace(-2.0, 2.0, 10)[:, np.newaxis]
    return ensemble(worlds=10, house_ayes=ayes)


def test_how_often_the_house_votes_is_told_before_what_it_finds() -> None:
    assert findings.votes(ballots([300.0, 310.0, 320.0], [NAN, NAN, 280.0])) == (
        "The House votes on 3.0 bills a world under calm, 1.0 under bold"
    )


def test_ayes_are_told_where_votes_are_as_many() -> None:
    assert findings.votes(ballots([300.0, NAN, NAN], [290.0, NAN, NAN])) == (
        "The House votes on 1.0 bills a world under both; they find 300 ayes under calm, 290 under bold"
    )


def believed(credibility: list[float], expected: list[float]) -> xr.Dataset:
    luck = np.linspace(-0.01, 0.01, 6)[:, np.newaxis]
    spread = {"credibility": credibility, "belief_russia": expected, "us_announced": expected}
    return ensemble(worlds=6, **{name: np.array(v)[:, np.newaxis, np.newaxis] + luck for name, v in spread.items()})


def test_that_words_count_for_more_under_the_doctrine_that_cuts_is_explained() -> None:
    assert findings.kept_words(believed([0.7, 0.75], [0.7, 0.1])) == (
        " Credibility counts promises kept, not aid: 10 % of full support is announced under bold, 70 % under calm, "
        "and who promises less breaks less."
    )


def test_nothing_is_explained_where_words_count_for_less_under_the_doctrine_that_cuts() -> None:
    assert findings.kept_words(believed([0.8, 0.75], [0.7, 0.1])) == ""


def test_a_title_of_members_needs_a_change_beyond_noise() -> None:
    dataset = ensemble(worlds=6)
    gifts = np.linspace(1.0, 6.0, 6)
    given = np.stack([gifts, gifts + np.tile([0.1, -0.09], 3)])[..., np.newaxis]
    dataset["europe_by_member"] = (("doctrine", "world", "member"), given, {"units": "EUR bn"})
    dataset = dataset.assign_coords(member=["germany"])
    assert findings.europe_members(dataset) == "No member pays clearly more or less than under calm"


def test_settlements_are_told_from_the_change_on_and_where_most_settle() -> None:
    """Before the change all four worlds of both doctrines could sign; after it bold signs three times, calm never."""
    dataset = with_settlements(
        month=[[0, 0, 0, None], [0, 1, 1, 1]],
        offset=[[0.0, 0.0, 0.0, NAN], [0.0, 0.02, 0.02, 0.02]],
        guarantee=[[2, 2, 2, NAN], [2, 1, 1, 1]],
        relief=[[0.0, 0.0, 0.0, NAN], [0.0] * 4],
        broke=[[None] * 4] * 2,
        outcome=[[GUARANTEED] * 3 + [WAR], [GUARANTEED] * 4],
    )
    said = findings.settlement_terms(dataset, "2025-02")
    assert said.startswith("From 2025-02 on, the most frequent settlement under bold, in 75 of 100 worlds")


def test_most_settle_where_all_packages_together_are_most() -> None:
    """Calm signs one package twice; bold signs three, each once."""
    dataset = with_settlements(
        month=[[1, 1, None, None], [1, 1, 1, None]],
        offset=[[0.0, 0.0, NAN, NAN], [0.0, 0.02, 0.04, NAN]],
        guarantee=[[2, 2, NAN, NAN], [2, 1, 1, NAN]],
        relief=[[0.0, 0.0, NAN, NAN], [0.0, 0.0, 0.0, NAN]],
        broke=[[None] * 4] * 2,
        outcome=[[GUARANTEED] * 2 + [WAR] * 2, [GUARANTEED] * 3 + [WAR]],
    )
    assert "under bold" in findings.settlement_terms(dataset, "2025-01")


def test_words_are_compared_with_the_doctrine_of_which_least_is_expected() -> None:
    """Weak counts for more than calm and is expected to give a little less; nothing, of which least is, for less."""
    luck = np.linspace(-0.01, 0.01, 6)[:, np.newaxis]
    levels = {"credibility": [0.7, 0.8, 0.6], "belief_russia": [0.43, 0.40, 0.1], "us_announced": [0.43, 0.40, 0.1]}
    paths = {name: np.array(values)[:, np.newaxis, np.newaxis] + luck for name, values in levels.items()}
    assert findings.kept_words(ensemble(worlds=6, doctrines=("calm", "weak", "nothing"), **paths)) == ""
