"""Votes: expected ayes, common shocks, majorities, and the gate before the floor."""

import numpy as np
import pytest
from scipy.stats import kstest

from sim.basics.actors import FACTIONS
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.record import coefficients
from sim.scenario import Scenario
from sim.scenario.parameters import CongressParameters
from sim.scenario.presets import CONGRESS
from sim.world import votes

P = CongressParameters()
TABLE = coefficients().set_index("faction").loc[list(FACTIONS)]
COLUMNS = {column: TABLE[[column]].to_numpy(dtype=float) for column in votes.COLUMNS}


def bill(**changes: float) -> votes.Bill:
    """An ordinary bill of 20 EUR bn, two years into the war, with some changes."""
    plain = {"size": 20.0, "unpaid": 0.0, "months": 24.0, "pull": 0.0, "europe_share": 0.5, "need": 0.5} | changes
    arrays = {key: np.array([plain[key]]) for key in ("size", "unpaid", "europe_share", "need")}
    return votes.Bill(**arrays, months=plain["months"], pull=plain["pull"])


def ayes(session: str, chamber: str, **changes: float) -> float:
    seats = getattr(CONGRESS[session].doctrine, chamber)
    column = np.array([[getattr(seats, faction)] for faction in FACTIONS], dtype=float)
    odds = sum(votes.odds_terms(COLUMNS, bill(**changes), P).values())
    return float(votes.expected_ayes(column, np.asarray(odds))[0])


def test_expected_ayes_are_the_sum_of_every_members_chance() -> None:
    """Member by member, with the vote equation written out."""
    seats, total = CONGRESS["118th"].doctrine.house, 0.0
    for faction in FACTIONS:
        row = TABLE.loc[faction]
        odds = row.intercept + row["size"] * 20.0 + row.fatigue * min(24.0, row.fatigue_months) + row.whip * 0.3
        odds += row.burden * (2 * 0.7 - 1) + P.need_weight * (0.9 - votes.NEED_REFERENCE) + row.price * 1.0
        for _ in range(getattr(seats, faction)):
            total += 1.0 / (1.0 + np.exp(-odds))
    assert ayes("118th", "house", pull=0.3, europe_share=0.7, need=0.9, unpaid=1.0) == pytest.approx(total)


@pytest.mark.parametrize(
    ("more_ayes", "fewer_ayes"),
    [
        ({"need": 0.9}, {"need": 0.1}),
        ({"pull": 1.0}, {"pull": -0.8}),
        ({"size": 5.0}, {"size": 60.0}),
        ({"months": 1.0}, {"months": 40.0}),
        ({"unpaid": 0.0}, {"unpaid": 1.0}),
        ({"europe_share": 0.8}, {"europe_share": 0.2}),
    ],
)
def test_what_brings_ayes(more_ayes: dict[str, float], fewer_ayes: dict[str, float]) -> None:
    for chamber in ("house", "senate"):
        assert ayes("118th", chamber, **more_ayes) > ayes("118th", chamber, **fewer_ayes)


def test_fatigue_stops_growing() -> None:
    assert ayes("118th", "house", months=100.0) == ayes("118th", "house", months=200.0)


def test_the_house_votes_as_expected_up_to_a_common_shock(history: Scenario) -> None:
    """Votes less expectations, over the sd of the shock, are standard normal up to rounding to whole members."""
    model = opened(history.with_mechanisms(agenda_gate=False), seed=1, start=0, stop=3000)
    shocks = []
    for _ in range(20):
        model.step()
        congress = model.congress
        if not congress.voted.any():
            continue
        expected = sum(congress.reasons["house ayes"].values())
        voted = congress.voted & (np.abs(expected - 300.0) < 90.0)
        shocks.extend((congress.house_ayes - expected)[voted] / history.parameters.congress.house_shock)
    assert len(shocks) > 1000
    assert np.mean(shocks) == pytest.approx(0.0, abs=4 / np.sqrt(len(shocks)))
    assert kstest(shocks, "norm").pvalue > 1e-4


def test_a_bill_becomes_law_with_218_and_60_and_without_the_filibuster_with_51(history: Scenario) -> None:
    for filibuster, needed in ((True, 60), (False, 51)):
        scenario = history.with_doctrine("congress", "isolationist_majority", since="2023-01")
        found = one_scenario(
            scenario.with_mechanisms(filibuster=filibuster, agenda_gate=False), Ensemble(worlds=300)
        ).simulate()
        voted = found["house_ayes"].notnull()
        law = (found["house_ayes"] >= 218) & (found["senate_ayes"] >= needed)
        assert bool(voted.any())
        assert found["bill_passed"].astype(bool).equals(voted & law)


def test_ayes_are_whole_numbers_of_members(history: Scenario) -> None:
    found = one_scenario(history, Ensemble(worlds=100)).simulate()
    for chamber in ("house_ayes", "senate_ayes"):
        held = found[chamber].to_numpy()
        held = held[np.isfinite(held)]
        assert held.size > 50
        assert np.array_equal(held, np.rint(held))


def test_no_bill_waits_without_a_gate(history: Scenario) -> None:
    found = one_scenario(history.with_mechanisms(agenda_gate=False), Ensemble(worlds=50)).simulate()
    assert float(found["bill_pending"].max()) == 0.0
    assert float(one_scenario(history, Ensemble(worlds=50)).simulate()["bill_pending"].max()) == 1.0


def test_a_closed_gate_without_petitions_lets_nothing_up(history: Scenario) -> None:
    shut = history.with_parameters({"congress": {"gate_shut": -1e3, "gate_openness": 0.0}})
    found = one_scenario(shut.with_mechanisms(discharge_petition=False), Ensemble(worlds=100)).simulate()
    assert not bool(found["house_ayes"].notnull().any())
    forced = one_scenario(shut, Ensemble(worlds=100)).simulate()
    assert bool(forced["house_ayes"].notnull().any())
