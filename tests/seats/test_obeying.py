"""Each order does what it says, where it is given, and nothing before it is."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from doubles import doubles

from sim.actors.europe import EU
from sim.basics.arrays import real, total
from sim.basics.draws import Draws
from sim.ensemble.recorder import Recorder
from sim.model import Negotiation
from sim.scenario import Initial, Scenario, load
from sim.teaching.seats.orders import LEAST_EFFORT, MOST_EFFORT, ORDERS
from sim.teaching.seats.seated_actors import ORDERED
from sim.teaching.seats.table import seated
from sim.world.packages import EUROPEAN_LEVEL, EUROPEAN_RELIEF, TREATY
from sim.world.settlement import Refusal

SEED, WORLDS, BEFORE = 4, 96, 6
TALK = {"us": {"talks": 1.0}}
ARCHITECTURAL_WORDS = 0.5
"""About what an architectural executive would say; what is far beyond his wants, a clear one would not say either."""
Given = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("transactional")


def after(scenario: Scenario, orders: Given, before: int = BEFORE, months: int = 1) -> Negotiation:
    """The worlds after some months of the doctrines and some under these orders."""
    model, desk = seated(scenario, Draws(SEED, 0, WORLDS))
    for month in range(before + months):
        desk.put(orders if month >= before else {})
        model.step()
    return model


@pytest.mark.parametrize("far", [0.0, 0.5, 1.0], ids=["least", "middle", "most"])
def test_an_order_in_some_worlds_leaves_the_others_as_they_are(far: float) -> None:
    """All orders that there are, in every other world and from the fourth month on; every number in its domain."""
    scenario = load("history").with_horizon(40)
    every_other = np.where(np.arange(WORLDS) % 2 == 0, 1.0, np.nan)
    orders = {
        seat: {order.name: (order.low + far * (order.high - order.low)) * every_other for order in known}
        for seat, known in ORDERS.items()
    }
    paths = []
    for given in ({}, orders):
        model, desk = seated(scenario, Draws(SEED, 0, WORLDS))
        recorder = Recorder(model)
        while model.running:
            desk.put(given if model.elapsed >= 3 else {})
            model.step()
            recorder.record(model)
        paths.append(recorder.paths)
    plain, told = paths
    for name, path in plain.items():
        assert path[1::2].tobytes() == told[name][1::2].tobytes(), name
        assert path[:, :3].tobytes() == told[name][:, :3].tobytes(), name
    assert not np.array_equal(plain["us_desired"][::2], told["us_desired"][::2])


# ---- the executive


def test_aid_is_what_was_ordered_and_its_reasons_sum_to_it(scenario: Scenario) -> None:
    told, plain = after(scenario, {"us": {"aid": 0.9}}), after(scenario, {})
    np.testing.assert_allclose(told.united_states.desired, 0.9)
    terms = told.united_states.reasons["aid"]
    np.testing.assert_allclose(sum(terms.values()), 0.9)
    assert ORDERED in terms
    assert ORDERED not in plain.united_states.reasons["aid"]
    assert told.united_states.allocation.mean() > plain.united_states.allocation.mean()
    np.testing.assert_array_equal(told.moved, plain.moved)  # the front moves before anybody decides


def test_words_are_what_was_ordered_and_move_beliefs_but_no_money(scenario: Scenario) -> None:
    told, plain = after(scenario, {"us": {"words": ARCHITECTURAL_WORDS}}), after(scenario, {})
    assert (told.united_states.announced == real(ARCHITECTURAL_WORDS)).all()
    np.testing.assert_array_equal(told.united_states.desired, plain.united_states.desired)
    np.testing.assert_array_equal(told.united_states.allocation, plain.united_states.allocation)
    curt = after(scenario, {"us": {"words": 0.0}})
    assert (told.europe.reads_architectural > curt.europe.reads_architectural).all()
    assert (told.europe.support > curt.europe.support).all()


def test_the_bureaucracy_moves_towards_the_order_slowly_and_not_below_its_floor(scenario: Scenario) -> None:
    inertia = scenario.parameters.bureaucracy.intelligence_inertia
    was = after(scenario, {}, months=0).bureaucracy.intelligence
    now = after(scenario, {"us": {"intelligence": 1.0}}).bureaucracy.intelligence
    np.testing.assert_allclose(now, inertia * was + (1.0 - inertia))
    floored = after(scenario, {"us": {"intelligence": 0.0}}, months=24).bureaucracy.intelligence
    assert (floored >= scenario.parameters.bureaucracy.intelligence_floor - 1e-12).all()
    assert (floored < was).all()


def test_sanctions_are_tightened_eased_or_left_as_ordered_and_the_law_holds(scenario: Scenario) -> None:
    was = after(scenario, {}, months=0).bureaucracy.measures
    tightened, left, eased = (
        after(scenario, {"us": {"sanctions": act}}, months=24).bureaucracy for act in (1.0, 0.0, -1.0)
    )
    assert (tightened.measures > was).all()
    no_law = left.law == left.law.min()  # Congress may tighten all the same
    np.testing.assert_array_equal(left.measures[no_law], was[no_law])
    assert (eased.measures < was).all()
    assert (eased.measures >= eased.held() - 1e-6).all()
    assert (tightened.act == 1.0).all()
    assert (eased.act == -1.0).all()


def test_talks_are_called_or_not_as_ordered_where_there_is_something_to_talk_about(scenario: Scenario) -> None:
    called = after(scenario, TALK)
    np.testing.assert_array_equal(called.mediator.talks, ~after(scenario, {}, months=0).mediator.settled)
    assert not after(scenario, {"us": {"talks": 0.0}}).mediator.talks.any()


@pytest.mark.parametrize("first", [0.0, 1.0])
def test_whoever_is_to_be_called_first_is(scenario: Scenario, first: float) -> None:
    table = after(scenario, {"us": {"talks": 1.0, "first": first}}).mediator
    np.testing.assert_array_equal(table.moscow_first, table.talks & (first > 0.0))


@pytest.mark.parametrize(
    "package", [{"line": 0.08, "guarantee": 4.0, "relief": 1.0}, {"guarantee": 0.0}, {"line": 0.0}]
)
def test_the_envoy_proposes_what_was_ordered_and_fills_in_the_rest(
    scenario: Scenario, package: dict[str, float]
) -> None:
    table = after(scenario, {"us": {"talks": 1.0, **package}}).mediator
    np.testing.assert_array_equal(table.proposed, table.talks)
    for name, wanted in package.items():
        terms = table.offset if name == "line" else getattr(table, name)
        assert (terms[table.proposed] == real(wanted)).all()
    if len(package) == 1:
        assert len({*zip(table.offset, table.guarantee, table.relief, strict=True)}) > 1


@pytest.mark.parametrize("monitors", [0.0, 1.0])
def test_the_envoy_proposes_a_truce_where_one_is_ordered_and_none_holds(scenario: Scenario, monitors: float) -> None:
    table = after(scenario, {"us": {"talks": 1.0, "truce": 1.0, "guarantee": monitors, "line": 0.08}}).mediator
    before = after(scenario, {}, months=0).mediator
    there = ~before.settled & ~before.truce
    assert there.any()
    assert (table.truce_offered & table.proposed)[there].all()
    assert (table.guarantee[there] == real(monitors)).all()
    assert (table.offset[there] == 0.0).all()
    assert not table.truce_offered[table.proposed & before.truce].any()
    never = after(scenario, {"us": {"talks": 1.0, "truce": 0.0}}).mediator
    np.testing.assert_array_equal(never.proposed, never.talks)
    assert not never.truce_offered[never.proposed].any()


# ---- Congress


def waiting() -> Scenario:
    """Worlds in which a bill waits behind a leadership that is shut, and nobody can force it up."""
    shut = load("isolationist_congress")
    return shut.with_mechanisms(discharge_petition=False)


def test_the_gate_opens_and_shuts_as_ordered() -> None:
    scenario = waiting()
    pending = after(scenario, {"us": {"aid": 0.8}}, before=0, months=20)
    assert pending.congress.pending.any()
    opened = after(scenario, {"us": {"aid": 0.8}, "congress": {"gate": 1.0}}, before=0, months=20)
    assert not opened.congress.pending.any()
    shut = after(scenario, {"us": {"aid": 0.8}, "congress": {"gate": 0.0}}, before=0, months=20)
    assert not shut.congress.voted.any()
    assert shut.congress.pending.all()


def test_the_size_of_a_bill_is_the_share_that_was_ordered_of_what_was_asked() -> None:
    scenario, seats = waiting(), {"us": {"aid": 0.8}}
    plain = after(scenario, seats, before=0, months=20).congress
    half = after(scenario, seats | {"congress": {"grant": 0.5}}, before=0, months=20).congress
    np.testing.assert_allclose(half.size[half.pending & plain.pending], 0.5 * plain.asked[half.pending & plain.pending])
    assert (half.pending & plain.pending).any()


def without_money(scenario: Scenario) -> Scenario:
    """The same scenario from a state in which nothing is left of what Congress granted."""
    poor = Initial(**{**dict(scenario.initial), "authority": 0.0})
    return Scenario.model_validate({**dict(scenario), "initial": poor})


def test_a_bill_of_its_own_comes_to_the_floor_though_nobody_asked(scenario: Scenario) -> None:
    """Where its leaders let it up; of money that an executive would give itself, only more than it has left."""
    nobody_asks = {"us": {"aid": 0.0}}
    for own_bill, voted in ((1.0, True), (0.0, False)):
        orders = nobody_asks | {"congress": {"own_bill": own_bill, "gate": 1.0}}
        model = after(without_money(scenario), orders, before=0)
        assert set(model.congress.voted) == {voted}
    assert not model.congress.passed.any()
    left = load("history").initial.authority
    rich = after(load("history"), {"us": {"aid": 0.8}, "congress": {"own_bill": 1.0, "gate": 1.0}}, before=0).congress
    assert ((rich.size[rich.voted] == 0.0) | (rich.size[rich.voted] > left)).all()


# ---- Europe


@pytest.mark.parametrize("whole", [0.0, 1.0, 4.0, 9.0])
def test_europe_means_to_give_what_was_ordered_within_everybodys_budget(scenario: Scenario, whole: float) -> None:
    with doubles():
        europe = after(scenario, {"europe": {"contribution": whole}}).europe
    np.testing.assert_allclose(total(europe.gifts), whole, atol=1e-9)
    np.testing.assert_allclose(europe.expected, whole, atol=1e-9)
    most = np.maximum(scenario.parameters.europe.budget_limit * europe.budget, after(scenario, {}).europe.gifts)
    assert (europe.gifts <= most + 1e-9).all()
    assert (europe.gifts >= 0.0).all()
    with doubles():
        united = after(scenario.with_doctrine("europe", {"cohesion": 1.0}), {"europe": {"contribution": whole}}).europe
    assert united.contribution.mean() == pytest.approx(whole, rel=0.3)


def test_what_a_veto_held_up_is_paid_whatever_europe_is_ordered_to_give(scenario: Scenario) -> None:
    """Orders are about what members mean to give from now on; what fell due before waits for the governments."""
    given = after(scenario, {"europe": {"contribution": 0.0}}).europe
    others = np.delete(given.contributions, given.members.index(EU), axis=0)
    assert not others.any()
    assert given.eu_payment.any()


@pytest.mark.parametrize(("name", "place"), [("guarantee", 0), ("relief", 1)])
def test_europe_consents_or_objects_as_ordered_and_the_envoy_knows(scenario: Scenario, name: str, place: int) -> None:
    rows = np.arange(WORLDS)
    nobody_asks = {"us": {"talks": 0.0}}  # an answer to one package would tell of the other consent too
    other = after(scenario, nobody_asks).europe.consent_chance(rows)[1 - place]
    for answer in (0.0, 1.0):
        model = after(scenario, nobody_asks | {"europe": {name: answer}})
        assert set(model.europe.consent_chance(rows)[place]) == {answer}
        np.testing.assert_array_equal(model.europe.consent_chance(rows)[1 - place], other)


def test_what_europe_refuses_is_not_signed(scenario: Scenario) -> None:
    all_sign = {side: {"sign": 1.0} for side in ("ukraine", "russia")}
    strong = {"us": {"talks": 1.0, "guarantee": float(EUROPEAN_LEVEL), "relief": 1.0}}
    refused = after(scenario, strong | all_sign | {"europe": {"guarantee": 0.0, "relief": 1.0}}).mediator
    assert set(refused.refusal[refused.proposed]) == {float(Refusal.EUROPE)}
    agreed = after(scenario, strong | all_sign | {"europe": {"guarantee": 1.0, "relief": 1.0}}).mediator
    assert set(agreed.refusal[agreed.proposed]) == {float(Refusal.NOBODY)}
    assert EUROPEAN_LEVEL < TREATY
    assert EUROPEAN_RELIEF < 1.0


# ---- the warring sides

ALONE = {"ukraine": Refusal.UKRAINE, "russia": Refusal.RUSSIA}


@pytest.mark.parametrize("side", ["ukraine", "russia"])
def test_a_delegation_that_may_sign_nothing_refuses_and_one_that_may_sign_all_does_not(
    scenario: Scenario, side: str
) -> None:
    with_it = (float(ALONE[side]), float(Refusal.BOTH))
    never = after(scenario, TALK | {side: {"sign": 0.0}}).mediator
    assert never.proposed.any()
    assert np.isin(never.refusal[never.proposed], with_it).all()
    always = after(scenario, TALK | {side: {"sign": 1.0, "truce": 1.0}}).mediator
    assert not np.isin(always.refusal[always.proposed], with_it).any()


@pytest.mark.parametrize("side", ["ukraine", "russia"])
@pytest.mark.parametrize(("term", "offered"), [("line", 0.02), ("guarantee", 2.0), ("relief", 2 / 3)])
def test_terms_are_held_to_and_what_meets_them_is_signed(
    scenario: Scenario, side: str, term: str, offered: float
) -> None:
    """The terms that are just met are signed, and the next stricter ones are not."""
    values = [value for value, _ in next(order for order in ORDERS[side] if order.name == term).choices]
    place = int(np.argmin(np.abs(np.array(values) - offered)))
    stricter = -1 if (side == "ukraine") == (term != "guarantee") else 1
    proposal = {"us": {"talks": 1.0, term: values[place]}}
    refuses = (float(ALONE[side]), float(Refusal.BOTH))
    met = after(scenario, proposal | {side: {"sign": 1.0, term: values[place]}}).mediator
    assert met.proposed.any()
    assert not np.isin(met.refusal[met.proposed], refuses).any()
    missed = after(scenario, proposal | {side: {"sign": 1.0, term: values[place + stricter]}}).mediator
    assert np.isin(missed.refusal[missed.proposed], refuses).all()


@pytest.mark.parametrize("side", ["ukraine", "russia"])
def test_a_truce_is_signed_by_its_own_order_and_terms_are_not_for_it(scenario: Scenario, side: str) -> None:
    """Nothing is as strict as these terms; and who is to sign nothing signs a truce only if it is told to."""
    offered = {"us": {"talks": 1.0, "truce": 1.0}}
    strict = {"line": -0.04 if side == "ukraine" else 0.08, "relief": 0.0 if side == "ukraine" else 1.0}
    refuses = (float(ALONE[side]), float(Refusal.BOTH))

    def said_no(orders: dict[str, float]) -> np.ndarray:
        table = after(scenario, offered | {side: orders}).mediator
        return np.isin(table.refusal[table.proposed & table.truce_offered], refuses)

    assert not said_no(strict | {"sign": 0.0, "truce": 1.0}).any()
    assert said_no({"sign": 1.0, "truce": 0.0}).all()
    assert said_no({"sign": 0.0}).all()
    judged = said_no({})
    np.testing.assert_array_equal(said_no({"sign": 1.0}), judged)
    np.testing.assert_array_equal(said_no(strict), judged)


def test_terms_alone_come_on_top_of_what_the_envoys_judge(scenario: Scenario) -> None:
    plain = after(scenario, TALK).mediator
    modest = after(scenario, TALK | {"ukraine": {"line": 0.08}}).mediator
    np.testing.assert_array_equal(plain.refusal, modest.refusal)
    strict = after(scenario, TALK | {"ukraine": {"line": -0.04, "guarantee": 4.0, "relief": 0.0}}).mediator
    assert strict.settled.sum() <= plain.settled.sum()


def test_ukraines_effort_adds_to_its_force_in_proportion(scenario: Scenario) -> None:
    """To what others give it adds next to nothing: what an aligned Washington would want turns on it a little (7.2)."""
    with doubles():
        plain, harder = after(scenario, {}).ukraine, after(scenario, {"ukraine": {"effort": 1.5}}).ukraine
    before, now = plain.reasons["force"], harder.reasons["force"]
    np.testing.assert_allclose(now["its own effort"] - before["its own effort"], 0.5 * plain.own_effort())
    np.testing.assert_allclose(harder.force - plain.force, 0.5 * plain.own_effort(), rtol=0.01)


def test_russias_effort_moves_slowly_towards_so_many_times_what_its_doctrine_thinks_best(scenario: Scenario) -> None:
    step, was = scenario.parameters.front.adjustment_russia, after(scenario, {}, months=0).russia.effort
    plain = after(scenario, {}).russia.effort
    best = was + (plain - was) / step
    for times in (LEAST_EFFORT, MOST_EFFORT):
        ordered = after(scenario, {"russia": {"effort": times}}).russia
        np.testing.assert_allclose(ordered.effort, was + step * (times * best - was), rtol=1e-4)


def test_effort_beyond_what_its_doctrine_thinks_best_makes_war_dearer_to_russia(scenario: Scenario) -> None:
    costs = [after(scenario, {"russia": {"effort": times}}, months=12).russia.cost for times in (0.5, 1.0, 1.5)]
    fought = np.all([cost > 0.0 for cost in costs], axis=0)
    assert fought.any()
    assert (costs[0][fought] < costs[1][fought]).all()
    assert (costs[1][fought] < costs[2][fought]).all()
