"""Europe as supply: lumps that are luck and no policy, EU money within envelopes that can be vetoed, alarm on news."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lived import with_initial
from scipy.special import gamma
from shipped import plain

from sim.actors.europe import EU
from sim.actors.reading import Evidence
from sim.basics.draws import PARTS
from sim.ensemble import opened
from sim.estimation.europe_supply import LITTLE
from sim.model import Negotiation
from sim.record import europe, last_month
from sim.scenario import Scenario, load
from sim.world.flows import lumps

pytestmark = pytest.mark.usefixtures("precise")

SHORT = plain("history").with_horizon(24)
WORLDS = 2000
CENT = 1e-9


def months_of(scenario: Scenario, worlds: int = WORLDS, seed: int = 1) -> Iterator[Negotiation]:
    model = opened(scenario, seed, start=0, stop=worlds)
    for _ in model:
        yield model


def meant(model: Negotiation) -> np.ndarray:
    """What members mean to give this month, emergency packages included."""
    return model.europe.gifts + model.europe.alarm * model.europe.budget


def united(scenario: Scenario = SHORT) -> Scenario:
    return scenario.with_doctrine("europe", {"cohesion": 1.0})


def never_agreed(scenario: Scenario = SHORT) -> Scenario:
    """No envelope at the start, and governments that never agree to one."""
    divided = scenario.with_doctrine("europe", {"cohesion": 0.0}).with_parameters({"europe": {"veto_lifted": 0.0}})
    return with_initial(divided, eu_envelope=0.0)


# ---- lumps


@given(nothing=st.floats(0.0, 0.9), power=st.floats(0.2, 3.0))
def test_lumps_are_nothing_as_often_as_they_should_be_and_one_on_average(nothing: float, power: float) -> None:
    found = lumps(nothing, power)
    assert np.all(found >= 0.0)
    assert found.mean() == pytest.approx(1.0, rel=1e-12)
    assert (found == 0.0).mean() == pytest.approx(nothing, abs=2.0 / PARTS)
    second = gamma(1.0 + 2.0 * power) / gamma(1.0 + power) ** 2 / (1.0 - nothing)
    if power <= 1.0:
        assert (found**2).mean() == pytest.approx(second, rel=0.01)


def test_over_worlds_members_give_what_they_mean_to() -> None:
    """Lumps are luck: who gives more than he means to by more than luck can would be a policy in disguise."""
    over, squares = 0.0, 0.0
    for model in months_of(united()):
        more = (model.europe.contributions - meant(model))[1:]
        over, squares = over + more.sum(axis=1), squares + (more**2).sum(axis=1)
    assert np.all(np.abs(over) < 4.0 * np.sqrt(squares))


def test_over_worlds_eu_institutions_pay_what_they_mean_to_where_nobody_vetoes() -> None:
    over, squares, whole = 0.0, 0.0, 0.0
    for model in months_of(united()):
        wish = meant(model)[model.europe.members.index(EU)]
        more = model.europe.eu_payment - wish
        over, squares, whole = over + more.sum(), squares + (more**2).sum(), whole + wish.sum()
        assert not model.europe.waiting.any()
    assert abs(over) < 4.0 * squares**0.5
    assert squares**0.5 < 0.01 * whole


def test_vetoes_delay_money_and_lose_none() -> None:
    """Over a whole war EU institutions pay what they mean to, less what waits at its end: on average, weeks of it."""
    paid, wish = 0.0, 0.0
    for model in months_of(plain("history")):
        paid, wish = paid + model.europe.eu_payment, wish + meant(model)[model.europe.members.index(EU)]
    short = (wish - paid).mean()
    assert short == pytest.approx(model.europe.waiting.mean(), abs=4.0 * (wish - paid).std() / WORLDS**0.5)
    assert 0.0 < model.europe.waiting.mean() < wish.mean() / model.elapsed


@pytest.mark.parametrize("name", ["history", "outlook", "europe_alone"])
def test_every_euro_of_an_envelope_is_paid_or_left(name: str) -> None:
    scenario = load(name)
    envelope, waiting, agreed = scenario.initial.eu_envelope, 0.0, 0.0
    for model in months_of(scenario, 50):
        us = model.europe
        added = us.envelope - envelope + us.eu_payment
        fell_due = us.waiting - waiting + us.eu_payment
        assert np.all(added > -CENT)
        assert np.all(fell_due > -CENT)
        assert not np.any((added > CENT) & us.vetoed)
        assert np.all(us.waiting[~us.vetoed] < CENT)
        agreed, envelope, waiting = agreed + (added > CENT), us.envelope.copy(), us.waiting.copy()
    assert agreed.mean() > 0.5


def test_without_an_envelope_eu_institutions_pay_nothing_and_the_others_go_on() -> None:
    *_, refused = months_of(never_agreed(), 40)
    assert not refused.europe.eu_payment.any()
    assert refused.europe.vetoed.all()
    assert np.all(refused.europe.waiting > 0.0)
    first_refused, first_free = (next(months_of(scenario, 40)) for scenario in (never_agreed(), united()))
    assert first_refused.europe.contributions[1:] == pytest.approx(first_free.europe.contributions[1:])


@pytest.mark.parametrize(("cohesion", "lifted"), [(0.3, 0.3), (0.9, 0.3), (0.3, 0.9)])
def test_envelopes_are_vetoed_and_let_go_as_often_as_they_should_be(cohesion: float, lifted: float) -> None:
    scenario = with_initial(SHORT, eu_envelope=0.0).with_doctrine("europe", {"cohesion": cohesion})
    scenario = scenario.with_parameters({"europe": {"veto_lifted": lifted}})
    months, p = months_of(scenario, 8000), scenario.parameters.europe
    model = next(months)
    sought = meant(model)[0] > 0.0
    asked = sought & ((model.europe.eu_payment > 0.0) | model.europe.vetoed)
    vetoed = model.europe.vetoed[asked].mean()
    assert vetoed == pytest.approx(1.0 - cohesion**p.reluctant, abs=4.0 * 0.5 / asked.sum() ** 0.5)
    before = model.europe.vetoed.copy()
    model = next(months)
    assert 1.0 - model.europe.vetoed[before].mean() == pytest.approx(lifted, abs=4.0 * 0.5 / before.sum() ** 0.5)


def test_pairs_of_doctrines_share_the_luck_of_europe_s_purses() -> None:
    """Who gives nothing this month gives nothing under either doctrine."""
    ours, theirs = (SHORT.with_doctrine("us", preset) for preset in ("architectural", "transactional"))
    for one, other in zip(months_of(united(ours), 40), months_of(united(theirs), 40), strict=True):
        assert np.array_equal(one.europe.contributions[1:] > 0.0, other.europe.contributions[1:] > 0.0)


def test_without_lumps_every_month_is_what_was_meant() -> None:
    for model in months_of(SHORT.with_mechanisms(lumpy_flows=False), 4):
        assert model.europe.contributions == pytest.approx(meant(model))


# ---- alarm


def alarmed(model: Negotiation, aid: float, months: int) -> float:
    """Highest alarm over so many months that speak for the doctrine that wants most, by so much in nats a month."""
    europe_, evidence = model.europe, model.reading.evidence
    silence = Evidence(*(np.zeros_like(told) for told in evidence))
    wants_most = model.reading.lasting == model.reading.lasting.max(axis=0)
    model.reading.evidence = silence._replace(aid=aid * wants_most)
    europe_.alarm, highest = np.zeros(model.size), 0.0
    for _ in range(months):
        europe_.update_belief()
        europe_._take_fright()  # what contributions begin with
        highest = max(highest, float(europe_.alarm.max()))
    return highest


def test_a_slide_that_every_doctrine_shares_alarms_nobody_and_a_sign_of_another_doctrine_does() -> None:
    model = next(months_of(SHORT, 2))
    before = model.europe.support
    model.reading.lasting = 0.5 * model.reading.lasting
    assert alarmed(model, 0.0, 12) < 1e-6
    assert np.all(model.europe.support < before - 0.2)
    assert alarmed(model, -5.0, 1) > 0.05


def test_quiet_years_buy_next_to_nothing_of_alarm() -> None:
    """2023 and 2024 in the history: under EUR .1 bn a month, and in the spring after much more."""
    bought = {
        model.month: float(total.mean()) for model in months_of(plain("history"), 500) for total in [alarm(model)]
    }
    assert np.mean([value for month, value in bought.items() if month < "2025"]) < 0.1
    assert max(value for month, value in bought.items() if "2025" <= month < "2026") > 0.3


def alarm(model: Negotiation) -> np.ndarray:
    return (model.europe.alarm * model.europe.budget).sum(axis=0)


# ---- the record


def test_the_first_envelope_is_the_loan_for_2023_and_the_outlook_s_what_is_left_of_the_facility() -> None:
    total, _ = europe.allocations()
    assert plain("history").initial.eu_envelope == 18.0
    assert load("outlook").initial.eu_envelope == pytest.approx(50.0 - total.loc["2024-02":, EU].sum(), abs=0.5)


@pytest.mark.parametrize("sets", ["one", "posterior"])
def test_lumps_little_months_and_months_of_nothing_are_like_the_record_s(sets: str) -> None:
    """Each number of the record lies within the simulated 90 %, and could have lain outside."""
    scenario = load("history").with_parameter_sets(sets)
    scenario = scenario.with_horizon(scenario.calendar.index(last_month()) + 1)
    months = [(m.europe.voluntary, m.europe.eu_payment) for m in months_of(scenario, 1000)]
    simulated, of_eu = (np.array(part).T for part in zip(*months, strict=True))
    record, _ = europe.allocations()
    came, eu = record[scenario.start :].sum(axis=1).to_numpy(), record.loc[scenario.start :, EU].to_numpy()
    for observed, found in (
        (np.log(came).std(), np.log(simulated).std(axis=1)),
        ((came < 2.0).mean(), (simulated < 2.0).mean(axis=1)),
        ((eu < LITTLE).mean(), (of_eu < LITTLE).mean(axis=1)),
    ):
        low, high = np.quantile(found, (0.05, 0.95))
        assert low <= observed <= high
        assert 0.0 < low < high < 1.0
