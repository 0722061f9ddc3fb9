"""Factions, seats and the vote equation."""

import numpy as np
import pandas as pd
import pytest

from sim.basics.actors import FACTIONS
from sim.estimation import ballots, congress, factions, ridge
from sim.estimation.ridge import GroupedVotes, NormalPrior
from sim.record import tables
from sim.scenario.parameters import CongressParameters

SHOCKS = {"house": 10.0, "senate": 2.5}
"""Sd of the simulator's common shock to a count of ayes."""


@pytest.fixture(scope="module")
def built() -> dict[str, pd.DataFrame]:
    return congress.build()


@pytest.fixture(scope="module")
def fit(built: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return built["congress_fit"].set_index("vote")


@pytest.mark.parametrize("name", ["seats", "coefficients", "evidence", "profiles", "fit", "rollcalls", "kinds"])
def test_the_command_reproduces_the_shipped_table(built: dict[str, pd.DataFrame], name: str) -> None:
    shipped = (tables.FOLDER / f"congress_{name}.csv").read_text(encoding="utf-8")
    assert tables.text(built[f"congress_{name}"]) == shipped


def test_seats_fill_both_chambers_of_three_congresses(built: dict[str, pd.DataFrame]) -> None:
    sums = built["congress_seats"].groupby(["congress", "chamber"])["seats"].sum().unstack()
    assert sums["house"].tolist() == [435] * 3
    assert sums["senate"].tolist() == [100] * 3
    assert set(built["congress_seats"]["faction"]) == set(FACTIONS)


def test_the_order_majority_are_the_democrats(built: dict[str, pd.DataFrame]) -> None:
    seats = built["congress_seats"].query("faction == 'order_majority'").set_index(["congress", "chamber"])["seats"]
    assert abs(seats[118, "house"] - 213) <= 1
    assert seats[118, "senate"] == 51
    assert seats[119, "senate"] == 47


def test_the_motives_vote_as_they_are_defined(built: dict[str, pd.DataFrame]) -> None:
    share = built["congress_profiles"].pivot(index="vote", columns="faction", values="share_for_aid")
    ending, small, large = share.loc["H2024-148"], share.loc["H2023-503"], share.loc["H2024-151"]
    assert share["institutional_hawks"].min() > 0.85
    assert small["fiscal"] > 0.5 > large["fiscal"]
    assert share.loc["H2022-145", "nationalist"] > 0.5 > ending["nationalist"]
    assert share.loc["H2022-145", "isolationist"] < 0.1 > ending["isolationist"]
    assert small["leverage"] < 0.5 < large["leverage"]


PASSAGES = {"H2022-145": 368, "H2023-503": 311, "H2024-151": 311, "S2022-191": 86, "S2024-048": 70, "S2024-154": 79}


def test_final_passages_are_met_within_a_common_shock(fit: pd.DataFrame) -> None:
    """Ten ayes in the House and two and a half in the Senate, as a standard deviation over the six."""
    held = fit.loc[list(PASSAGES)]
    assert held["observed"].to_dict() == PASSAGES
    missed = (held["predicted"] - held["observed"]) / held["chamber"].map(SHOCKS)
    assert np.sqrt((missed**2).mean()) < 0.75
    assert missed.abs().max() < 2.0


def test_final_passages_left_out_are_inside_the_intervals_of_those_who_may_refuse(
    built: dict[str, pd.DataFrame],
) -> None:
    """Of the others, who always vote for aid, a handful refused two of them for reasons of their own."""
    table = built["congress_rollcalls"].query("vote in @PASSAGES")
    inside = (table["low"] <= table["observed"]) & (table["observed"] <= table["high"])
    assert inside[table["party"] == "republicans"].tolist() == [True] * len(PASSAGES)
    assert inside.mean() > 0.8


def test_the_vote_of_september_2025_left_out_is_inside_its_interval(built: dict[str, pd.DataFrame]) -> None:
    """By party, and the interval says something: it is at most 40 points wide."""
    table = built["congress_rollcalls"].set_index(["vote", "party"]).loc["H2025-255"]
    assert table.loc["republicans", "observed"] == pytest.approx(159 / 219, abs=1e-3)
    assert ((table["low"] <= table["observed"]) & (table["observed"] <= table["high"])).all()
    assert ((table["high"] - table["low"]) <= 0.40).all()


def test_intervals_of_votes_left_out_hold_what_they_say(built: dict[str, pd.DataFrame]) -> None:
    """Nine bills of ten, give or take what so many bills leave: each counts by the share of its votes inside."""
    table = built["congress_rollcalls"].merge(tables.read("votes")[["vote", "bill"]], on="vote")
    inside = (table["low"] <= table["observed"]) & (table["observed"] <= table["high"])
    for _, rows in inside.groupby(table["party"]):
        by_bill = rows.groupby(table["bill"]).mean()
        assert 0.8 < by_bill.mean() <= 1.0
        assert by_bill.size > 30


def test_every_roll_call_with_a_side_is_predicted_for_both_parties(built: dict[str, pd.DataFrame]) -> None:
    votes = tables.read("votes").query("pro != 'none'")["vote"]
    assert sorted(built["congress_rollcalls"]["vote"]) == sorted([*votes, *votes])


def test_the_simulator_takes_how_widely_votes_on_grants_scatter(built: dict[str, pd.DataFrame]) -> None:
    grants = built["congress_kinds"].set_index(["party", "kind"]).loc[("republicans", "grant"), "scatter"]
    assert CongressParameters().vote_scatter == pytest.approx(grants, abs=0.005)


def test_votes_are_predicted_unseen_within_two_common_shocks(fit: pd.DataFrame) -> None:
    """Unseen, with their whole bill."""
    fitted = fit[fit["fitted"] == 1]
    error = (fitted["left_out"] - fitted["observed"]) / fitted["chamber"].map(SHOCKS)
    assert np.sqrt((error**2).mean()) < 2.0


def test_the_blockade_of_december_2023_is_not_a_matter_of_votes(fit: pd.DataFrame) -> None:
    blockade = fit.loc["S2023-332"]
    assert blockade["fitted"] == 0
    assert blockade["predicted"] - blockade["observed"] > 5 * SHOCKS["senate"]


def test_whip_and_burden_are_priors_and_say_so(built: dict[str, pd.DataFrame]) -> None:
    """All but the nationalists' burden: the votes of 2025, when Europe paid alone, speak to it a little."""
    evidence = built["congress_evidence"]
    silent = evidence[evidence["coefficient"].isin(["whip", "burden"])]
    spoken = silent["faction"].eq("nationalist") & silent["coefficient"].eq("burden")
    assert silent.loc[spoken, "identified"].tolist() == ["partly"]
    silent = silent[~spoken]
    assert (silent["identified"] == "no").all()
    np.testing.assert_allclose(silent["used"], silent["prior_mean"])
    assert built["congress_coefficients"]["not_identified"].str.contains("whip").all()


def test_the_motives_own_coefficients_are_what_the_votes_know(built: dict[str, pd.DataFrame]) -> None:
    known = built["congress_evidence"].set_index(["faction", "coefficient"])["identified"]
    assert known["fiscal", "size"] == "yes"
    assert known["nationalist", "fatigue"] == "yes"
    assert known["leverage", "price"] != "no"


def test_leaving_a_vote_out_leaves_it_out_of_the_classes_too() -> None:
    chamber = factions.classify("house", without=["H2024-151"])
    assert "H2024-151" not in chamber.votes
    assert len(chamber.votes) == len(factions.classify("house").votes) - 1


def test_a_nay_against_an_amendment_that_ends_aid_is_a_vote_for_aid() -> None:
    frame = pd.DataFrame({"H2022-145": ["Y", "N", "A"], "H2023-304": ["N", "Y", np.nan]})
    np.testing.assert_array_equal(factions.for_aid(frame, list(frame)), [[1, 1], [0, 0], [np.nan, np.nan]])


def test_whole_seats_keep_the_total_and_the_order() -> None:
    seats = factions.whole_seats(pd.Series({"a": 1.0, "b": 1.0, "c": 1.0}), 100)
    assert seats.to_dict() == {"a": 34, "b": 33, "c": 33}


def test_correlated_ballots_are_worth_fewer() -> None:
    np.testing.assert_allclose(ballots.effective(np.array([0.0, 1.0, 101.0])), [0.0, 1.0, 50.5])


def test_independents_count_with_the_democrats_and_amendments_by_their_nays() -> None:
    frame = ballots.coded().loc[["S2024-154", "H2023-304"]]
    counted = ballots.party_votes(frame)
    assert counted["democrats_for"].tolist() == [48, 209]
    assert counted["republicans_for"].tolist() == [31, 149]


# ---- the regression


def planted(mixed: bool) -> tuple[GroupedVotes, np.ndarray]:
    rng = np.random.default_rng(1)
    beta, votes = np.array([[1.0, -0.5], [-1.0, 0.8]]), 60
    design = np.column_stack([np.ones(2 * votes), rng.normal(size=2 * votes)])
    share = rng.uniform(0.1, 0.9, 2 * votes) if mixed else np.repeat([0.0, 1.0], votes)
    mixture = np.column_stack([1 - share, share])
    number = np.full(2 * votes, 4000.0)
    return GroupedVotes(design, mixture, rng.binomial(4000, ridge.chance(beta, design, mixture)) / 4000, number), beta


@pytest.mark.parametrize("mixed", [False, True])
def test_planted_coefficients_are_recovered_even_when_only_mixtures_vote(mixed: bool) -> None:
    rows, beta = planted(mixed)
    found = ridge.fit(rows, NormalPrior(np.zeros((2, 2)), np.full((2, 2), 10.0)))
    assert (np.abs(found.mean - beta) < 4 * found.sd).all()
    np.testing.assert_allclose(found.mean, beta, atol=0.1)


def test_without_votes_the_prior_is_all_there_is() -> None:
    rows, _ = planted(mixed=False)
    prior = NormalPrior(np.array([[0.3, -0.2], [0.1, 0.4]]), np.full((2, 2), 0.7))
    found = ridge.fit(rows._replace(number=np.zeros_like(rows.number)), prior)
    np.testing.assert_allclose(found.mean, prior.mean)
    np.testing.assert_allclose(found.sd, prior.sd)


def test_a_coefficient_without_width_keeps_its_prior() -> None:
    rows, _ = planted(mixed=True)
    found = ridge.fit(rows, NormalPrior(np.full((2, 2), 0.25), np.array([[1.0, 0.0], [1.0, 1.0]])))
    assert found.mean[0, 1] == 0.25
    assert found.sd[0, 1] == 0.0


def test_the_fit_is_a_maximum() -> None:
    rows, _ = planted(mixed=True)
    prior = NormalPrior(np.zeros((2, 2)), np.ones((2, 2)))
    best = ridge.fit(rows, prior).mean
    at_best = ridge.objective(best, rows, prior)
    for nudge in np.eye(4).reshape(4, 2, 2) * 1e-3:
        assert ridge.objective(best + nudge, rows, prior) < at_best > ridge.objective(best - nudge, rows, prior)
