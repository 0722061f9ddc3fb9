"""The table obeys the theories that it teaches: each comes out where the rest is switched off."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from doubles import doubles
from scipy.special import ndtr
from sittings import FREE, SILENT, optimistic, sat_down, textbook, true_front, zone

from sim.actors.mediator import TERMS
from sim.basics.arrays import full, real
from sim.ensemble import opened
from sim.questions.explain.reasons import CAPITALS
from sim.scenario import load
from sim.world import packages, proposal
from sim.world.settlement import Refusal

WORLDS = 300
CV = 0.35
SYSTEMATIC = 0.03
"""By how much chances may be off altogether: a mood that lasts, or a war that moves on, is not all in a normal law."""


# ---- one currency


def test_a_peace_that_breaks_at_once_is_worth_refusing_exactly() -> None:
    """Renewed war is war, under the same threat: nothing is gained or lost, whatever the guarantee and the relief."""
    _, sitting = sat_down(load("outlook").with_parameter_sets("one"), 3, WORLDS)
    for stakes in sitting.stakes:
        gone = stakes._replace(
            relapse=full((5, 1, WORLDS), 1.0), truce_relapse=full((2, 1, WORLDS), 1.0), public=0.0, stop=0.0
        )
        assert np.all(gone.peace() + gone.line(real(0.0)) == 0.0)
        assert np.all(gone.truce() == 0.0)


def test_terms_of_a_package_sum_to_its_gain() -> None:
    model, sitting = sat_down(load("outlook").with_parameter_sets("one"), 3, WORLDS)
    level, relief = np.arange(WORLDS) % 5, real(packages.RELIEFS)[np.arange(WORLDS) % 4]
    offset, worlds = real(packages.LINES)[np.arange(WORLDS) % 49], np.arange(WORLDS)
    for side, stakes in zip((model.ukraine, model.russia), sitting.stakes, strict=True):
        saved = dict(side.reasons["peace on the front"])
        assert np.array_equal(sum(saved.values()), side.saved)
        assert all(np.any(part != 0.0) for part in saved.values())
        saved["hardship as it is believed to be"] = stakes.saved - side.saved[sitting.rows]
        told = stakes.terms(offset, level, relief, np.zeros(WORLDS, dtype=bool), saved)
        assert {*saved} < {*told}
        gain = stakes.peace()[level, np.arange(WORLDS) % 4, worlds] + stakes.line(offset)
        np.testing.assert_allclose(sum(told.values()), gain, atol=2e-6)
        paused = stakes.terms(full(WORLDS, 0.0), level % 2, full(WORLDS, 0.0), np.ones(WORLDS, dtype=bool), saved)
        np.testing.assert_allclose(sum(paused.values()), stakes.truce()[level % 2, worlds], atol=2e-6)


# ---- Fearon's range


def test_the_range_is_as_wide_as_both_costs_of_war_over_the_worth_of_land() -> None:
    with doubles():
        model, sitting = sat_down(textbook(), 3, WORLDS)
        width = proposal.width(*sitting.stakes, sitting.front)[0, 0]
    costs = sum(side.cost * (1.0 + CV * side.hardship) for side in (model.ukraine, model.russia))
    assert np.all(width > 0.0)
    np.testing.assert_allclose(width, costs / 10.0, rtol=1e-9, atol=1e-14)


# ---- private optimism, and convergence by fighting (Slantchev)


def test_optimism_closes_the_range_and_fighting_opens_it_again() -> None:
    learning = textbook().with_mechanisms(learning=True)
    hopeful = optimistic(learning, 0.6)
    assert zone(hopeful, 1) <= 0.02
    assert zone(hopeful, 13) >= 0.98
    assert zone(hopeful.with_mechanisms(learning=False), 61) == 0.0
    assert (zone(learning, 1), zone(learning, 13)) == (1.0, 1.0)


# ---- commitment (Powell)


def powell(shift: float, by_chance: bool = True, **mechanisms: bool) -> tuple[float, float]:
    """Share of worlds where a line on offer beats war for both and a pause shifts so much: unguarded, and guarded.

    Where peace cannot break by chance, only who is tempted breaks it.
    """
    scenario = load("outlook").with_parameter_sets("one").with_mechanisms(**SILENT, **mechanisms)
    scenario = scenario.with_doctrine("europe", {"presence": 1.0})
    guarded = {"regroup_russia": shift, "belief_european": 1.0, "deterrence": 2.0}
    guarded |= {} if by_chance else {"hazard": 0.0}
    model, sitting = sat_down(scenario.with_parameters({"preferences": FREE, "peace": guarded}), 3, WORLDS)
    kyiv, moscow = (
        front[..., None] + (stakes.line(real(packages.LINES)[:, None]) - stakes.line(real(0.0))).T
        for front, stakes in zip(true_front(model, sitting), sitting.stakes, strict=True)
    )
    room = ((kyiv > 0.0) & (moscow > 0.0)).any(axis=-1)
    return float(room[0, 0].mean()), float(room[2:].any(axis=(0, 1)).mean())


def test_a_shift_that_peace_would_bring_closes_the_range_and_a_guarantee_opens_it() -> None:
    assert powell(0.0)[0] >= 0.95
    assert powell(1.0)[0] <= 0.4
    closed, guarded = powell(1.5)
    assert closed <= 0.02
    assert guarded >= 0.95
    assert powell(1.5, by_chance=False, temptation=False)[0] >= 0.95


# ---- shares (Rubinstein, Nash)


def test_the_nash_point_splits_the_range_by_patience() -> None:
    with doubles():
        model, sitting = sat_down(textbook().with_parameters({"preferences": {"horizon_ukraine": 15.0}}), 2, WORLDS)
    weight = 15.0 / 45.0
    whole = sitting.front[0] + sitting.front[1]
    inside = (np.abs(sitting.point.offset) < 0.039) & (whole > 0.0)
    gain = sitting.front[0] - 10.0 * sitting.point.offset
    assert inside.sum() > 1000
    half_a_line = 10.0 * 0.0025 / 2.0
    np.testing.assert_allclose(gain[inside], (weight * whole)[inside], rtol=0.0, atol=half_a_line + 1e-9)
    assert model.size == WORLDS


# ---- answers


def test_answers_are_thresholds_that_all_can_work_out_and_nobody_accepts_less_than_refusing() -> None:
    model = opened(load("outlook").with_parameter_sets("one").with_parameters(TALKING), 1, 0, WORLDS)
    said = 0
    for _ in model:
        told, table = [], model.mediator
        rows = np.flatnonzero(table.proposed)
        for side, refuser in (("ukraine", 1), ("russia", 2)):
            gain = sum(table.reasons[f"package to {side}"].values())[rows]
            yes = ~np.isin(table.refusal[rows], (refuser, 3))
            assert np.all(gain[yes] > -1e-5)
            told.append(yes.mean())
        said += rows.size
        if model.elapsed == 6:
            break
    assert said > 100


TALKING = {"table": {"talks_base": 100.0, "tabled": 1.0}}


def test_what_answers_teach_is_honest() -> None:
    """Beliefs about hardship scatter around the truth as widely as they say, and come nearer to it."""
    model = opened(load("outlook").with_parameter_sets("one").with_parameters(TALKING), 2, 0, 2000)
    for _ in range(8):
        model.step()
    for side in (model.ukraine, model.russia):
        asked = model.mediator.rounds >= 3.0
        error = (side.hardship - side.believed)[asked]
        standard = error / np.sqrt(side.believed_variance[asked])
        assert asked.sum() > 300
        assert 0.8 < standard.std() < 1.2
        assert np.corrcoef(side.hardship[asked], side.believed[asked])[0, 1] > 0.6


@pytest.mark.parametrize("name", ["outlook", "history"])
def test_chances_are_honest_however_often_the_same_was_refused(name: str) -> None:
    """Of packages on their first, second, third try, as many find each side's yes as whoever tables them reckons."""
    model, tried = opened(load(name), 5, 0, 1500), Counter()
    found: dict[tuple[str, bool, int], list[tuple[float, bool]]] = defaultdict(list)
    for _ in model:
        table = model.mediator
        if not table.proposed.any():
            continue
        takes = {side: _chance_of_a_yes(table.reasons, side) for side in CAPITALS}
        for world in np.flatnonzero(table.proposed):
            truce = bool(table.truce_offered[world])
            package = (world, truce, *(float(getattr(table, term)[world]) for term in TERMS))
            for side, no in (("ukraine", Refusal.UKRAINE), ("russia", Refusal.RUSSIA)):
                yes = table.refusal[world] not in (no, Refusal.BOTH)
                found[side, truce, min(tried[package], 3)].append((takes[side][world], yes))
            tried[package] += table.refusal[world] != Refusal.NOBODY
    told = 0
    for answers in found.values():
        reckoned, yes = np.array(answers, dtype=float).T
        room = 3.0 * (reckoned * (1.0 - reckoned)).sum() ** 0.5 / yes.size + SYSTEMATIC
        assert abs(yes.mean() - reckoned.mean()) < room
        told += yes.size >= 100
    assert told >= 8


def _chance_of_a_yes(reasons, side: str) -> np.ndarray:
    known = reasons[f"what {side} would take"]
    least = proposal.threshold(*(known[name] for name in ("gain", "ask", "rise", "ask_rise", "unit", "public")))
    return ndtr((known["believed"] - least) / known["spread"])


@pytest.mark.parametrize("accepted", [True, False])
def test_moments_after_an_answer_are_those_of_the_cut_normal(accepted: bool) -> None:
    from scipy.stats import truncnorm

    from sim.world.beliefs import answered

    for threshold in (-2.0, 0.3, 1.7):
        told = np.array([accepted])
        mean, variance = answered(*map(np.array, ([0.5], [0.8], [threshold])), told, 0.0, 0.0, 10.0)
        b = (threshold - 0.5) / 0.8**0.5
        cut = truncnorm(b, np.inf) if accepted else truncnorm(-np.inf, b)
        assert mean[0] == pytest.approx(0.5 + 0.8**0.5 * cut.mean(), abs=2e-3)
        assert variance[0] == pytest.approx(0.8 * cut.var(), abs=4e-3)
