"""Washington's choice of aid is the maximiser of a quadratic objective, month by month and world by world."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from sim.actors.united_states import UnitedStates
from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario
from sim.world.executive import MOST_SUPPORT, THEATRES

WORLDS = 4


def objective(aid: float, us: UnitedStates, world: int) -> float:
    """What Washington gets from giving the share `aid` of full support.

    U(x) = pulls x - 1/2 cost x^2 - 1/2 k commitment (x - promised)^2

    pulls: the defence of order, more where Ukraine needs it; pressing Russia, Ukraine and Europe; what aid costs
    Moscow, as far as Washington values that.
    cost: of effort, and more where crises elsewhere call and Europe does not come first.
    The last term is what breaking a promise costs.
    """
    dials, p = us.doctrine, us.model.config.parameters.executive
    shortfall = max(0.0, 1.0 - us.model.europe.share[world] / p.fair_share)
    pulls = (
        dials.europe * dials.order * (p.order_base + p.order_need * us.model.need[world])
        + p.press_russia * (1 - dials.affinity) * (1 - dials.order) * dials.europe * us.refused_by_russia[world]
        - p.press_ukraine * (1 - dials.order) * us.refused_by_ukraine[world]
        - p.press_europe * (1 - dials.alliance) * shortfall
        - p.press_affinity * dials.affinity * float(us.model.russia.price_of_support()[world])
    )
    weights = np.array([getattr(dials.priorities, theatre) for theatre in THEATRES])
    crisis = 3.0 * (weights / weights.sum() * us.crises[:, world]).sum()
    cost = p.effort_cost * (1.0 + (1.0 - dials.europe) * p.crisis_cost * crisis)
    broken = aid - us.promised[world]
    return pulls * aid - 0.5 * cost * aid**2 - 0.5 * p.keep_promise * dials.commitment * broken**2


def watching(model: Negotiation, look: Callable[[UnitedStates], None]) -> None:
    """Look at Washington right after it has chosen, before anything else happens in the month."""
    us = model.united_states
    choose = us.decide_aid

    def choose_and_look() -> None:
        choose()
        look(us)

    us.decide_aid = choose_and_look  # type: ignore[method-assign]


@pytest.mark.parametrize("preset", ["architectural", "transactional", "aligned", "reagan_ussr", "nixon_china"])
def test_aid_is_what_maximises_the_objective(plain_outlook: Scenario, preset: str) -> None:
    talkative = plain_outlook.with_doctrine("us", preset).with_parameters(
        {"table": {"talks_base": 3.0}, "executive": {"crisis_hazard": 0.2}}
    )
    talkative = talkative.with_(initial={"promised": 0.7})  # else an aligned Washington wants nothing, month by month
    model = opened(talkative, seed=1, start=0, stop=WORLDS)
    chosen, found = [], []

    def look(us: UnitedStates) -> None:
        chosen.extend(us.desired)
        for world in range(WORLDS):
            regret = partial(lambda aid, w: -objective(aid, us, w), w=world)
            best = minimize_scalar(regret, bounds=(0.0, MOST_SUPPORT), method="bounded", options={"xatol": 1e-10})
            found.append(best.x)

    watching(model, look)
    for _ in range(15):
        model.step()
    assert np.ptp(found) > 0.01
    assert chosen == pytest.approx(found, abs=1e-6)


def test_the_terms_of_the_decision_sum_to_it(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook.with_doctrine("us", "architectural"), seed=1, start=0, stop=50)
    for _ in range(12):
        model.step()
        told = sum(model.united_states.reasons["aid"].values())
        assert np.clip(told, 0.0, MOST_SUPPORT) == pytest.approx(model.united_states.desired)


def test_a_clear_doctrine_says_what_it_means_and_a_vague_one_may_not(plain_outlook: Scenario) -> None:
    """Away from the ends, an announcement errs by the doctrine's noise around what is wanted."""
    for preset in ("architectural", "nixon_china"):
        scenario = plain_outlook.with_doctrine("us", preset)
        model = opened(scenario, seed=1, start=0, stop=20_000)
        model.united_states.desired = np.full(20_000, 0.6)
        model.luck.month = 5
        model.united_states.announce()
        p, dials = scenario.parameters.executive, scenario.us[0].doctrine
        noise = p.words_noise + p.words_vagueness * (1.0 - dials.clarity)
        middle = np.quantile(model.united_states.announced, [0.3085, 0.5, 0.6915])
        assert middle == pytest.approx(0.6 + noise * np.array([-0.5, 0.0, 0.5]), abs=0.05 * noise)


def test_the_memory_of_refusals_fades_and_never_leaves_its_range(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook, seed=1, start=0, stop=2)
    us, p = model.united_states, plain_outlook.parameters.executive
    always, never = np.array([1.0, 0.0]), np.zeros(2)
    for _ in range(100):
        us.remember(always, never)
    rest = p.refusal_weight / (1.0 - p.refusal_memory * (1.0 - p.refusal_weight))
    assert us.refused_by_ukraine == pytest.approx([rest, 0.0])
    assert rest <= 1.0
    us.remember(never, never)
    assert us.refused_by_ukraine[0] == pytest.approx(p.refusal_memory * rest)
