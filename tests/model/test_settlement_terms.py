"""What is settled, and on what terms: they vary with the doctrine, with beliefs and with the front."""

from collections import Counter

import numpy as np
import pytest
import xarray as xr
from lived import with_initial

from sim.basics.arrays import real
from sim.ensemble import Ensemble, opened, simulate
from sim.ensemble.study import one_scenario
from sim.scenario import Scenario
from sim.scenario.presets import UNITED_STATES
from sim.world.packages import GUARANTEES, LINES, OFFSETS, RELIEFS
from sim.world.proposal import Proposer
from sim.world.settlement import IMPOSED_OFFSET, STRONG_GUARANTEE, Outcome

TERMS = ("settlement_offset", "settlement_guarantee", "settlement_relief")


FEW = 25
"""Settlements under which nothing is said of a doctrine's terms."""


def talkative(scenario: Scenario) -> Scenario:
    """The same scenario with talks frequent under every doctrine."""
    return scenario.with_parameters({"table": {"talks_base": 0.0}})


@pytest.fixture(scope="module")
def settled(outlook: Scenario) -> xr.Dataset:
    return simulate({name: outlook.with_doctrine("us", name) for name in UNITED_STATES}, Ensemble(worlds=2400))


@pytest.fixture(scope="module")
def plainly_settled(plain_outlook: Scenario) -> xr.Dataset:
    """The same for two doctrines, with one set of parameters for all worlds."""
    names = ("transactional", "reagan_ussr")
    return simulate({name: plain_outlook.with_doctrine("us", name) for name in names}, Ensemble(worlds=1500))


def terms_of(found: xr.Dataset, doctrine: str, term: str) -> np.ndarray:
    values = found[term].sel(doctrine=doctrine).to_numpy()
    return values[np.isfinite(values)]


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Difference of two means in standard errors."""
    return float((one.mean() - other.mean()) / np.hypot(one.std() / one.size**0.5, other.std() / other.size**0.5))


def cells(found: xr.Dataset, doctrines: tuple[str, ...]) -> Counter:
    """Settlements by guarantee and relief."""
    return Counter(
        pair
        for doctrine in doctrines
        for pair in zip(*(terms_of(found, doctrine, term).round(2) for term in TERMS[1:]), strict=True)
    )


def test_no_single_kind_of_settlement_is_nearly_all_of_them(settled: xr.Dataset) -> None:
    counts = cells(settled, tuple(UNITED_STATES))
    assert counts.total() > 500
    assert counts.most_common(1)[0][1] < 0.8 * counts.total()


def settling(found: xr.Dataset) -> list[str]:
    """The doctrines under which enough is settled to speak of its terms."""
    return [name for name in UNITED_STATES if terms_of(found, name, TERMS[0]).size >= FEW]


def test_no_doctrine_settles_for_one_kind_only(settled: xr.Dataset) -> None:
    assert len(settling(settled)) >= 5
    for doctrine in settling(settled):
        counts = cells(settled, (doctrine,))
        assert counts.most_common(1)[0][1] < 0.9 * counts.total()
        assert len(np.unique(terms_of(settled, doctrine, "settlement_offset"))) > 2


def test_terms_are_those_of_the_packages_on_offer(settled: xr.Dataset) -> None:
    for term, allowed in zip(TERMS, (LINES, GUARANTEES, RELIEFS), strict=True):
        found = np.unique(np.concatenate([terms_of(settled, name, term) for name in UNITED_STATES]))
        assert all(np.isclose(value, allowed).any() for value in found)


@pytest.mark.parametrize("term", TERMS)
def test_terms_differ_between_doctrines_by_more_than_noise(settled: xr.Dataset, term: str) -> None:
    means = sorted(settling(settled), key=lambda name: terms_of(settled, name, term).mean())
    assert apart(terms_of(settled, means[-1], term), terms_of(settled, means[0], term)) > 6.0


def test_a_rival_is_offered_less_relief(plain_outlook: Scenario) -> None:
    """What Washington's envoy proposes, the rest of its doctrine the same."""
    offered = {}
    for rivalry in (0.0, 1.0):
        scenario = talkative(plain_outlook).with_doctrine("us", f"transactional:rivalry={rivalry}")
        model, relief = opened(scenario, seed=1, start=0, stop=500), []
        for _ in range(6):
            model.step()
            table = model.mediator
            settles = table.proposed & (table.proposer == Proposer.WASHINGTON) & ~table.truce_offered
            relief.append(table.relief[settles])
        offered[rivalry] = np.concatenate(relief)
    assert apart(offered[0.0], offered[1.0]) > 4.0


def test_a_doctrine_to_which_russia_is_a_rival_may_end_with_more_relief(plainly_settled: xr.Dataset) -> None:
    """A finding: who gains much by a settlement in itself, its order and its guarantees, gives in on relief."""
    relief = {name: terms_of(plainly_settled, name, "settlement_relief") for name in ("transactional", "reagan_ussr")}
    assert apart(relief["reagan_ussr"], relief["transactional"]) > 4.0


def test_a_russia_closer_to_winning_gets_a_better_line(plain_outlook: Scenario) -> None:
    found = simulate(
        {
            label: with_initial(talkative(plain_outlook), force_russia=force)
            for label, force in {"weak": 105.0, "as it is": 130.0, "strong": 155.0}.items()
        },
        Ensemble(worlds=1500),
    )
    lines = [terms_of(found, label, "settlement_offset") for label in ("weak", "as it is", "strong")]
    assert apart(lines[1], lines[0]) > 4.0
    assert apart(lines[2], lines[1]) > 4.0
    paused, signed = (found[what].to_numpy() > 0.0 for what in ("truces", "settlements"))
    assert np.all(np.diff(paused.mean(axis=1)) < 0.0), "a truce gives away more of a pressure that grows"
    assert np.all(np.diff(signed.mean(axis=1)) > 0.0), "where no truce takes the pressure off, a settlement is signed"
    agreed = (paused | signed).mean(axis=1)
    assert agreed.min() > 0.9
    assert np.ptp(agreed) < 0.06, "strength moves the range, and hardly its width"


def test_land_that_costs_its_government_more_is_ceded_less(plain_outlook: Scenario) -> None:
    public = talkative(plain_outlook)
    found = simulate(
        {
            "lenient": public.with_doctrine("ukraine", {"audience": 0.2}),
            "strict": public.with_doctrine("ukraine", {"audience": 1.0}),
        },
        Ensemble(worlds=1000),
    )
    lenient, strict = (found["settlement_month"].sel(doctrine=label).notnull() for label in ("lenient", "strict"))
    assert int(lenient.sum()) > int(strict.sum())
    held = found["russian_held_share"].isel(month=-1).where(found["settled"].isel(month=-1) == 1.0).mean("world")
    assert float(held.sel(doctrine="lenient")) > float(held.sel(doctrine="strict"))


def test_each_outcome_class_says_what_its_terms_are(settled: xr.Dataset) -> None:
    outcome = settled["outcome"].to_numpy()
    offset, guarantee = settled["settlement_offset"].to_numpy(), settled["settlement_guarantee"].to_numpy()
    assert {Outcome.WAR, Outcome.FRAGILE, Outcome.GUARANTEED, Outcome.RELAPSED} <= set(outcome.ravel())
    assert np.all(guarantee[outcome == Outcome.FRAGILE] < STRONG_GUARANTEE)
    assert np.all(guarantee[outcome == Outcome.GUARANTEED] >= STRONG_GUARANTEE)
    assert np.all(offset[outcome == Outcome.GUARANTEED] <= IMPOSED_OFFSET)
    assert np.all(offset[outcome == Outcome.IMPOSED] > IMPOSED_OFFSET)


def test_a_ukraine_whose_force_collapses_has_the_furthest_line_imposed_on_it(plain_outlook: Scenario) -> None:
    losing = with_initial(plain_outlook, force_ukraine=60.0, force_russia=300.0).with_parameters(
        {"front": {"wear": 0.2, "own_effort_ukraine": 1.0}}
    )
    found = (
        one_scenario(losing.with_mechanisms(talks=False, direct_talks=False, renewed_war=False), Ensemble(worlds=100))
        .simulate()
        .isel(doctrine=0)
    )
    fallen = found["outcome"] == Outcome.IMPOSED
    assert float(fallen.mean()) > 0.5
    assert np.all(found["settlement_offset"].where(fallen, drop=True) == real(OFFSETS.max()))
    assert np.all(found["settlement_guarantee"].where(fallen, drop=True) == 0.0)


def test_a_world_that_relapsed_is_not_settled_again_by_collapse(plain_outlook: Scenario) -> None:
    frail = with_initial(
        plain_outlook, force_ukraine=60.0, force_russia=300.0, settlement={"guarantee": 0, "relief": 0.0}
    ).with_parameters({"front": {"wear": 0.2, "own_effort_ukraine": 1.0}, "peace": {"hazard": 0.5}})
    nobody_talks = frail.with_mechanisms(talks=False, direct_talks=False)
    found = one_scenario(nobody_talks, Ensemble(worlds=100)).simulate().isel(doctrine=0)
    assert float(found["relapsed"].isel(month=-1).mean()) > 0.9
    assert not bool(((found["settled"] == 1.0) & (found["relapsed"] == 1.0)).any())
    assert bool(
        (found["settlement_month"] < found["relapse_month"]).where(found["outcome"] == Outcome.RELAPSED, True).all()
    )
