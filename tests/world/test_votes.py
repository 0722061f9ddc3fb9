"""Votes: expected ayes, common shocks, majorities, and the gate before the floor."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from sim import record
from sim.basics.actors import FACTIONS
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.record import coefficients
from sim.scenario import Scenario
from sim.scenario.parameters import CongressParameters
from sim.scenario.presets import CONGRESS, UNITED_STATES
from sim.world import votes

P = CongressParameters()
TABLE = coefficients().set_index("faction").loc[list(FACTIONS)]
COLUMNS = {column: TABLE[[column]].to_numpy(dtype=float) for column in votes.COLUMNS}


def bill(**changes: float) -> votes.Bill:
    """An ordinary bill of 20 EUR bn, two years into the war, with some changes."""
    plain = {"size": 20.0, "unpaid": 0.0, "months": 24.0, "pull": 0.0, "europe_share": 0.5, "need": 0.5}
    plain |= {"sanctions": 0.0} | changes
    arrays = {key: np.array([plain[key]]) for key in plain if key != "months"}
    return votes.Bill(**arrays, months=plain["months"])


def ayes(session: str, chamber: str, kept_back: float = 0.0, **changes: float) -> float:
    seats = getattr(CONGRESS[session].doctrine, chamber)
    column = np.array([[getattr(seats, faction)] for faction in FACTIONS], dtype=float)
    odds = sum(votes.odds_terms(COLUMNS, bill(**changes), P).values())
    share = votes.shares(COLUMNS, np.asarray(odds), np.array([kept_back]))
    return float(votes.expected_ayes(column, share)[0])


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


def test_sanctions_alone_find_more_ayes_than_a_grant_of_no_sum() -> None:
    assert ayes("119th", "house", size=0.0, sanctions=1.0) > ayes("119th", "house", size=0.0)


def test_whoever_follows_its_leaders_leaves_the_order_majority_alone() -> None:
    """From as in 2024 to as their leaders: a straight line down to those who always vote for aid."""
    free, half, bound = (ayes("119th", "house", kept_back=share) for share in (0.0, 0.5, 1.0))
    assert half == pytest.approx((free + bound) / 2.0)
    assert bound < CONGRESS["119th"].doctrine.house.order_majority < votes.HOUSE_MAJORITY < half < free


def test_the_last_year_of_grants_was_whipped_by_an_architectural_president() -> None:
    dials = UNITED_STATES["architectural"].doctrine
    assert votes.whip(dials.order, dials.europe, P) == pytest.approx(votes.AS_IN_2024)


def test_the_house_votes_as_expected_up_to_a_surprise_in_those_who_may_refuse(history: Scenario) -> None:
    """The count lies off what is expected on the side of the surprise, the further the larger that is."""
    model = opened(history.with_mechanisms(agenda_gate=False), seed=1, start=0, stop=3000)
    surprises, off = [], []
    for _ in range(20):
        model.step()
        congress = model.congress
        held = np.flatnonzero(np.isfinite(congress.house_ayes))
        if held.size:
            off.append(congress.house_ayes[held] - sum(congress.reasons["house ayes"].values())[held])
            surprises.append(model.luck.normal("house vote")[held])
    luck, missed = np.concatenate(surprises), np.concatenate(off)
    assert luck.size > 1000
    assert (np.sign(missed) == np.sign(luck))[np.abs(luck) > 0.1].all()
    assert spearmanr(missed, luck).statistic > 0.95
    assert (missed > 0.0).mean() == pytest.approx(0.5, abs=2.0 / np.sqrt(luck.size))


def test_a_bill_becomes_law_with_218_and_60_and_without_the_filibuster_with_51(history: Scenario) -> None:
    """Each chamber votes when its own gate opens; the law comes in the month of the later of the two."""
    for filibuster, needed in ((True, 60), (False, 51)):
        scenario = history.with_doctrine("congress", "isolationist_majority", since="2023-01")
        found = one_scenario(
            scenario.with_mechanisms(filibuster=filibuster, agenda_gate=False), Ensemble(worlds=300)
        ).simulate()
        house, senate = found["house_ayes"], found["senate_ayes"]
        assert house.notnull().equals(senate.notnull())  # both at once, where no gate holds a bill
        law = (house >= 218) & (senate >= needed)
        assert bool(house.notnull().any())
        assert found["bill_passed"].astype(bool).equals(law)


def test_each_chamber_has_its_own_gate(history: Scenario) -> None:
    """While those who always vote for aid lead the Senate, the House keeps bills waiting that the Senate passed."""
    model = opened(history.with_horizon(24), seed=1, start=0, stop=500)
    ahead = {"house": 0, "senate": 0}
    for _ in model:
        cleared = model.congress.cleared
        assert not (cleared["house"] & cleared["senate"]).any()
        for chamber, other in (("house", "senate"), ("senate", "house")):
            ahead[chamber] += int((cleared[chamber] & ~cleared[other]).sum())
    assert ahead["senate"] > 5 * ahead["house"]


def test_a_bill_dies_with_its_congress(history: Scenario) -> None:
    shut = history.with_parameters({"congress": {"gate_shut": -1e3, "gate_openness": 0.0}})
    model, before = opened(shut.with_mechanisms(discharge_petition=False), seed=1, start=0, stop=200), None
    for month in model:
        if month == "2025-01":
            assert (before > 0).any()
            assert (model.congress.age == 0.0).all()
        before = model.congress.age.copy()


def test_bills_that_nobody_asked_for_are_like_those_that_had_been_introduced(history: Scenario) -> None:
    table = record.table("aid_bills")
    model = opened(history.with_doctrine("us", "transactional", since="2022-12"), seed=1, start=0, stop=3000)
    sizes, carrying, written = [], 0, 0
    for _ in range(30):
        model.step()
        new = model.congress.unasked & (model.congress.age == 0.0)
        sizes += list(model.congress.size[new])
        carrying, written = carrying + int(model.congress.sanctions[new].sum()), written + int(new.sum())
    alone = table["usd_bn"].eq(0.0)
    known = np.unique(model.congress.introduced.size)
    assert np.isin(np.unique(sizes), known).all()
    assert np.unique(sizes).size == known.size
    assert carrying / written > table["sanctions"].mean() - 0.1
    assert alone.any()


def test_a_law_of_sanctions_is_told_once(history: Scenario) -> None:
    """It is an event of its month, and only of a bill that carries sanctions; one of sanctions alone grants nothing."""
    ungated = history.with_doctrine("us", "transactional", since="2022-12").with_mechanisms(agenda_gate=False)
    model, seen = opened(ungated, seed=1, start=0, stop=2000), 0
    for _ in range(24):
        model.step()
        law = model.congress.sanctions_law
        assert (model.congress.passed | ~law).all()
        assert not (law & model.congress.pending).any()
        alone = law & (model.congress.size == 0.0)
        assert (model.congress.granted[alone] == model.congress.floor_due()).all()
        assert (model.bureaucracy.enacted == law).all()
        seen += int(law.sum())
    assert seen > 50


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
