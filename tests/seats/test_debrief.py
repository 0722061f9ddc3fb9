"""What came of it: payoffs against doctrines, decisions one by one, and what the others believed."""

import pickle
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.basics.limits import InputError
from sim.ensemble import Ensemble, survey
from sim.questions.games import payoffs
from sim.scenario import Scenario, load
from sim.scenario.presets import PRESETS
from sim.teaching.seats.debrief import Debrief, debrief, doctrines, others_read
from sim.teaching.seats.hindsight import SameLuck, judged
from sim.teaching.seats.orders import SEATS, Orders
from sim.teaching.seats.payoff import by_orders, valuation
from sim.teaching.seats.table import SeatedWorld
from sim.world.settlement import OUTCOME_NAMES

SEED, WORLD, WORLDS, MONTHS = 1, 3, 4, 18


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("classroom").with_horizon(MONTHS)


def played(
    scenario: Scenario, seat: str, orders: Mapping[int, Orders], others: Sequence[dict[str, Orders]] = ()
) -> SeatedWorld:
    """A table at which somebody sat in a seat all the time and ordered something in some months only."""
    rest = list(others) or [{}] * scenario.months
    return SeatedWorld(
        scenario, SEED, WORLD, [{**rest[month], seat: orders.get(month, {})} for month in range(scenario.months)]
    )


@pytest.mark.parametrize("seat", SEATS)
def test_without_orders_the_payoff_is_exactly_that_of_the_doctrine_here_and_nothing_cost_anything(
    scenario: Scenario, seat: str
) -> None:
    found = debrief(played(scenario, seat, {}), seat, WORLDS)
    assert found.payoff == found.here[found.own]
    assert [decision.loss for decision in found.decisions] == [0.0] * scenario.months
    assert found.payoff == pytest.approx(sum(found.terms.values()))


@pytest.mark.parametrize("seat", SEATS)
def test_doctrines_are_compared_over_other_worlds_the_scenarios_own_first(scenario: Scenario, seat: str) -> None:
    found = debrief(SeatedWorld(scenario, SEED, WORLD), seat, WORLDS)
    assert set(found.distribution) == set(PRESETS[seat]) | {found.own}
    assert found.own == next(iter(found.distribution)) == " > ".join(dated.preset for dated in getattr(scenario, seat))
    for label, values in found.distribution.items():
        assert values.shape == (WORLDS,)
        assert np.isfinite(values).all()
        assert sum(found.outcomes[label].values()) == pytest.approx(1.0)
    assert found.outcome in OUTCOME_NAMES.values()
    assert found.decisions == ()


def test_a_doctrine_that_changes_over_time_has_a_label_of_its_own() -> None:
    found = doctrines(load("history"), "us")
    assert list(found)[:2] == ["architectural > transactional", "architectural"]
    assert found["architectural"].us[-1].since == load("history").start


def test_payoffs_are_those_of_the_games_with_a_price_on_effort(scenario: Scenario) -> None:
    """The same numbers by the way that `doctrine game` counts."""
    label, read = "seat", payoffs.terms
    found = survey(
        {label: scenario},
        lambda dataset: read(dataset, {label: scenario}, ("russia",), SEED, valuation(scenario)),
        Ensemble(worlds=WORLD + 1 + WORLDS, seed=SEED),
        payoffs.VARIABLES,
    )["utility"].sum("term")[0, WORLD + 1 :]
    own = debrief(SeatedWorld(scenario, SEED, WORLD), "russia", WORLDS)
    np.testing.assert_allclose(own.distribution[own.own], found, rtol=1e-5)


def test_a_month_left_to_the_doctrine_costs_exactly_nothing_beside_months_that_were_not(scenario: Scenario) -> None:
    _, decisions = judged(played(scenario, "us", {1: {"aid": 1.0}, 9: {"words": 1.2}}), "us")
    assert len(decisions) == scenario.months
    idle = [decision.loss for decision in decisions if not decision.ordered]
    assert idle == [0.0] * (scenario.months - 2)
    assert all(decision.loss != 0.0 for decision in decisions if decision.ordered)


def test_a_decision_costs_what_the_world_without_it_would_have_been_worth(scenario: Scenario) -> None:
    """By living through that world as a table of its own."""
    orders = {4: {"aid": 0.0}, 9: {"aid": 1.2, "words": 0.0}}
    others = [{"russia": {"effort": 0.6}}] * scenario.months
    found, decisions = judged(played(scenario, "us", orders, others), "us")
    without, _ = judged(played(scenario, "us", {4: orders[4]}, others), "us")
    ninth = next(decision for decision in decisions if decision.month == scenario.calendar[9])
    assert ninth.loss == without.payoff[0] - found.payoff[0]
    assert ninth.ordered == orders[9]


def test_no_aid_for_a_month_is_found_as_the_costliest_decision_of_one_who_defends_order() -> None:
    scenario = load("architectural").with_horizon(MONTHS)
    orders = {month: {"words": 0.7} for month in range(12)} | {6: {"aid": 0.0}}
    worst = judged(played(scenario, "us", orders), "us")[1][0]
    assert worst.month == scenario.calendar[6]
    assert worst.loss > 0.0
    assert worst.ordered == {"aid": 0.0}
    assert worst.advised["aid"] > 0.2


def test_signing_the_worst_package_is_found_as_the_costliest_decision_of_kyiv(scenario: Scenario) -> None:
    capitulation = {"us": {"talks": 1.0, "line": 0.08, "guarantee": 0.0, "relief": 1.0}, "russia": {"sign": 1.0}}
    consent = {"europe": {"relief": 1.0}}
    scenario, silence = scenario.with_mechanisms(direct_talks=False), {"us": {"talks": 0.0}}
    others = [{**capitulation, **consent} if month == 8 else silence for month in range(scenario.months)]
    orders = {month: {"effort": 1.1} for month in range(scenario.months)} | {8: {"sign": 1.0}}
    table = played(scenario, "ukraine", orders, others)
    assert table.model.mediator.settled_in[0] == 8
    worst = judged(table, "ukraine")[1][0]
    assert (worst.month, worst.ordered) == (scenario.calendar[8], {"sign": 1.0})
    assert worst.loss > 0.1


def test_effort_has_a_price(scenario: Scenario) -> None:
    """Where there is war all along: peace comes at another time, and is another one, with another effort."""
    terms, scenario = {}, scenario.with_mechanisms(talks=False, direct_talks=False)
    for effort in (0.5, 1.0, 1.5):
        hard = {month: {"effort": effort} for month in range(MONTHS)}
        terms[effort] = judged(played(scenario, "ukraine", hard), "ukraine")[0].terms
    assert terms[0.5]["war"] > terms[1.0]["war"] > terms[1.5]["war"]
    assert terms[0.5]["land"] < terms[1.5]["land"]
    assert terms[1.0] == judged(played(scenario, "ukraine", {}), "ukraine")[0].terms


@pytest.mark.parametrize("seat", SEATS)
def test_what_others_believed_covers_the_months_played_and_no_more(scenario: Scenario, seat: str) -> None:
    months = 10
    table = SeatedWorld(scenario, SEED, WORLD, [{seat: {}}] * months)
    reads = others_read(table, seat)
    assert len({read.label for read in reads}) == len(reads)
    for read in reads:
        assert set(read.months) <= set(scenario.calendar[:months])
        assert len(read.months) == len(read.believed) == len(read.truth) > 0
        assert np.isfinite([*read.believed, *read.truth]).all()
    if seat != "congress":
        assert all(read.months == tuple(scenario.calendar[:months]) for read in reads)
        assert reads


def test_what_kyiv_believed_of_the_executive_is_kyivs_belief(scenario: Scenario) -> None:
    table = SeatedWorld(scenario, SEED, WORLD, [{"us": {"aid": 0.8}}] * 5)
    read = others_read(table, "us")[0]
    assert read.believed[-1] == pytest.approx(100.0 * table.model.ukraine.support[0])
    np.testing.assert_allclose(read.truth, 80.0)


def test_a_debrief_is_the_same_again_and_in_another_process(scenario: Scenario) -> None:
    table = played(scenario, "europe", {3: {"contribution": 8.0}})
    told: list[tuple[int, int]] = []
    one: Debrief = debrief(table, "europe", WORLDS, lambda done, whole: told.append((done, whole)))
    there = pickle.loads(pickle.dumps(table))  # noqa: S301 -- what another process would do, with our own table
    other = pickle.loads(pickle.dumps(debrief(there, "europe", WORLDS)))  # noqa: S301
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_equal(mine, theirs)
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_months_that_are_not_played_yet_are_the_doctrines(scenario: Scenario) -> None:
    half, _ = judged(SeatedWorld(scenario, SEED, WORLD, [{"us": {"aid": 0.3}}] * 5), "us")
    whole, _ = judged(SeatedWorld(scenario, SEED, WORLD, [{"us": {"aid": 0.3}}] * 5 + [{}] * (MONTHS - 5)), "us")
    assert half.payoff == whole.payoff


def test_copies_of_a_world_share_its_luck_and_its_drawn_parameters() -> None:
    scenario = load("outlook").with_horizon(12)
    assert scenario.parameter_sets != "one"
    copies, one = SameLuck(SEED, WORLD, 3), Draws(SEED, WORLD, WORLD + 1)
    np.testing.assert_array_equal(copies.normal("front", 7), np.repeat(one.normal("front", 7), 3))
    many, alone = (by_orders(scenario, "us", draws, []) for draws in (copies, one))
    np.testing.assert_array_equal(many.payoff, np.repeat(alone.payoff, 3))


@pytest.mark.parametrize("worlds", [0, -1, 10_001])
def test_a_number_of_worlds_out_of_bounds_is_refused(scenario: Scenario, worlds: int) -> None:
    with pytest.raises(InputError, match="worlds: must be a whole number from 1 to 10,000"):
        debrief(SeatedWorld(scenario, SEED, WORLD), "us", worlds)


def test_a_seat_that_there_is_not_is_refused(scenario: Scenario) -> None:
    with pytest.raises(InputError, match="unknown seat 'moon'"):
        debrief(SeatedWorld(scenario, SEED, WORLD), "moon")
