"""Peace held by arms and by who stands there: donors, a European force, American posture, and arms that Europe buys."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lived import with_initial
from shipped import plain
from sittings import SILENT, sat_down

from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario
from sim.world import packages, settlement

pytestmark = pytest.mark.usefixtures("precise")

WORLDS = 400
share = st.floats(0.0, 1.0)
AT_WAR = plain("outlook").with_mechanisms(**SILENT)


def in_peace(guarantee: int, months: int = 36) -> Scenario:
    """A settlement with this guarantee in force from the start, and nobody talks again."""
    return with_initial(
        plain("frozen_conflict").with_mechanisms(**SILENT).with_horizon(months),
        settlement={"guarantee": guarantee, "relief": 0.0},
    )


def lived(scenario: Scenario, worlds: int = WORLDS):
    model = opened(scenario, 1, 0, worlds)
    for _ in model:
        pass
    return model


def broken(scenario: Scenario) -> float:
    """Share of settlements that break."""
    return float((lived(scenario).mediator.breaks > 0).mean())


# ---- peace depends on arms


def as_moscow_sees_it(model: Negotiation, rows: np.ndarray) -> np.ndarray:
    """Log points by which Moscow expects peace to arm Ukraine, by guarantee level, (5, 1, rows)."""
    return model.ukraine.armed_in_peace(rows, model.russia.support)[0]


def test_a_pause_without_a_pledge_disarms_and_one_with_it_tempts_moscow_less() -> None:
    model, _ = sat_down(AT_WAR, 3, WORLDS)
    rows, moscow = np.arange(WORLDS), model.russia
    armed = as_moscow_sees_it(model, rows)[:, 0]
    assert np.all(armed[0] < 0.0)
    assert np.array_equal(armed[0], armed[1])
    np.testing.assert_allclose(armed[2], 0.0, atol=1e-12)
    same = np.full((5, 1, WORLDS), 0.2)
    tempted = moscow.tempted(rows, packages.LEVELS, same, moscow.believed, armed[:, None])
    pain_alone = moscow.tempted(rows, packages.LEVELS, same, moscow.believed)
    assert np.all((tempted - pain_alone)[0] > (tempted - pain_alone)[2])


def test_soldiers_are_paid_for_in_arms() -> None:
    nobody, everybody = (
        sat_down(AT_WAR.with_doctrine("europe", {"presence": part}), 3, WORLDS)[0] for part in (0.0, 1.0)
    )
    alone, guarded = (as_moscow_sees_it(model, np.arange(WORLDS)) for model in (nobody, everybody))
    assert np.array_equal(alone[:3], guarded[:3])
    assert np.all(guarded[3:] < alone[3:])


def test_who_pledges_arms_and_keeps_it_keeps_the_peace() -> None:
    kept, forgotten = (
        broken(in_peace(2, 60).with_parameters({"front": {"need_armed": left}, "peace": {"temptation": 4.0}}))
        for left in (1.0, 0.35)
    )
    assert kept < forgotten


def test_of_a_peace_in_force_no_arms_are_still_to_come() -> None:
    for guarantee in (1, 2, 3):
        model = opened(in_peace(guarantee), 1, 0, WORLDS)
        model.step()
        still = np.flatnonzero(model.mediator.settled)
        assert still.size > WORLDS // 2
        np.testing.assert_allclose(as_moscow_sees_it(model, still)[guarantee], 0.0, atol=1e-9)


def test_off_arms_in_peace_move_no_peace() -> None:
    off = AT_WAR.with_mechanisms(arms_in_peace=False)
    model, sitting = sat_down(off, 3, WORLDS)
    assert np.all(as_moscow_sees_it(model, np.arange(WORLDS)) == 0.0)
    assert all(np.all(stakes.pause == stakes.pause[0]) for stakes in sitting.stakes)
    needs = [lived(in_peace(g, 3).with_mechanisms(arms_in_peace=False, renewed_war=False)).need for g in (1, 2)]
    assert np.array_equal(*needs)


# ---- who stands there


@given(american=share, nearby=share, european=share, more=share)
def test_a_guarantee_is_believed_as_far_as_somebody_comes(
    american: float, nearby: float, european: float, more: float
) -> None:
    levels = np.arange(5)
    found = settlement.believed(levels, american, nearby, european)
    assert np.all((found >= 0.0) & (found <= 1.0 + 1e-12))
    np.testing.assert_allclose(found[:3], american, atol=1e-12)
    assert np.all(found[3:] >= max(american * nearby, european) - 1e-12)
    for grown in ((max(american, more), nearby, european), (american, max(nearby, more), european)):
        assert np.all(settlement.believed(levels, *grown) >= found - 1e-12)
    assert settlement.believed(3, 0.0, nearby, european) == pytest.approx(european)


@given(posture=share, weight=share)
def test_a_thinner_posture_leaves_less_to_believe_as_far_as_it_counts(posture: float, weight: float) -> None:
    p = plain("outlook").parameters.peace.model_copy(update={"tripwire": weight})
    left = settlement.tripwire(np.array([posture, 1.0]), 0.85, p)
    assert 1.0 - weight <= left[0] + 1e-12 <= left[1] + 2e-12
    assert left[1] == 1.0


def test_a_european_force_deters_without_washington_as_far_as_it_is_believed() -> None:
    nobody = with_initial(in_peace(3, 60), promises_kept=0.01, promises_broken=20.0).with_parameters(
        {"peace": {"belief_incredible": 0.0}}
    )

    def breaks(presence: float, belief: float) -> float:
        force = nobody.with_doctrine("europe", {"presence": presence})
        return broken(
            force.with_parameters({"peace": {"belief_european": belief}, "table": {"guarantee_pain": (0.0,) * 5}})
        )

    alone, doubted, believed = breaks(0.0, 0.9), breaks(1.0, 0.1), breaks(1.0, 0.9)
    assert believed < doubted <= alone + 0.02
    assert believed < alone - 0.1


def test_the_force_comes_as_budgets_move_and_goes_when_peace_breaks() -> None:
    model = opened(in_peace(3).with_doctrine("europe", {"presence": 0.5}), 1, 0, WORLDS)
    cost = model.parameters.europe.force_cost
    assert np.all(model.europe.stationed == 0.5)
    for _ in model:
        np.testing.assert_allclose(model.europe.force_money, cost * model.europe.stationed)
    broke, holds = model.mediator.relapsed, model.mediator.settled
    assert np.all(model.europe.stationed[holds] == pytest.approx(0.5))
    earlier = broke & (model.mediator.relapsed_in < model.elapsed - 1)
    assert earlier.any()
    assert np.all(model.europe.stationed[earlier] < 0.5)


def test_without_tripwire_belief_is_washingtons_whoever_stands_where() -> None:
    off = in_peace(3).with_mechanisms(tripwire=False)
    some, none = (lived(off.with_doctrine("europe", {"presence": p})) for p in (1.0, 0.0))
    assert np.all(some.europe.force_money == 0.0)
    assert np.array_equal(some.mediator.breaks, none.mediator.breaks)
    holds = some.mediator.settled
    np.testing.assert_allclose(some.mediator.guarantee_believed[holds], some.russia.guarantee_belief[holds])


def test_a_european_force_needs_no_washington_and_other_guarantees_do() -> None:
    alone, backed = (packages.needs_washington(packages.LEVELS, packages.RELIEF, of)[:, :, 0] for of in (True, False))
    assert alone[:, 1:].all()
    assert np.flatnonzero(alone[:, 0]).tolist() == [packages.ARMS, packages.TREATY]
    assert np.flatnonzero(backed[:, 0]).tolist() == [packages.ARMS, packages.EUROPEAN_LEVEL, packages.TREATY]


# ---- intelligence comes from the services


def test_services_that_keep_up_intelligence_keep_force_at_the_front() -> None:
    """A Kyiv that refuses loses eyes; the services' floor and inertia are what is left of them."""
    blind = {"bureaucracy": {"intelligence_base": 0.0, "intelligence_order": 0.0}, "front": {"intelligence_value": 0.5}}
    held, loose = (lived(AT_WAR.with_parameters(blind).with_mechanisms(institutions=on)) for on in (True, False))
    floor = held.parameters.bureaucracy.intelligence_floor
    assert np.all(held.bureaucracy.intelligence >= floor - 1e-12)
    assert np.all(loose.bureaucracy.intelligence == 0.0)
    assert np.all(held.line < loose.line)


# ---- European money for American arms


def test_what_europe_buys_in_america_is_its_own_money_and_none_is_lost() -> None:
    model = opened(plain("history").with_horizon(37), 1, 0, WORLDS)
    europe, p = model.europe, model.parameters
    pipeline, orders = europe.pipeline, europe.orders
    for _ in model:
        np.testing.assert_allclose(europe.bought, europe.buys * (europe.voluntary - europe.eu_payment))
        np.testing.assert_allclose(europe.contributions.sum(axis=0), europe.voluntary + europe.instrument)
        pipeline = (pipeline + europe.voluntary - europe.bought) * (1.0 - p.europe.delivery)
        orders = (orders + europe.bought) * (1.0 - p.flows.delivery)
        np.testing.assert_allclose(europe.pipeline, pipeline)
        np.testing.assert_allclose(europe.orders, orders)
    assert europe.bought.mean() > 0.1
    without = lived(plain("history").with_horizon(37).with_mechanisms(american_arms=False))
    assert np.all(without.europe.orders == 0.0)


def test_europe_buys_what_it_does_not_expect_to_be_given_and_who_sides_with_moscow_sells_less() -> None:
    bought = {
        us: lived(AT_WAR.with_doctrine("us", us)).europe.bought.mean()
        for us in ("architectural", "transactional", "aligned")
    }
    assert bought["architectural"] < 0.2 * bought["transactional"]
    assert bought["aligned"] < 0.7 * bought["transactional"]


def test_arms_that_are_bought_arm() -> None:
    none, some = (lived(AT_WAR.with_parameters({"europe": {"purchases": part}})) for part in (0.0, 0.4))
    assert np.all(some.ukraine.force > none.ukraine.force)
    assert some.line.mean() < none.line.mean()
