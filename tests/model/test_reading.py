"""Audiences read Washington as Bayes would: honestly, without locking in, and no more surely than they may.

Each test draws its worlds from two seeds. `P` is (hypotheses, worlds, months) of Europe's probabilities.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from sim.actors.reading import Reading
from sim.basics.draws import Draws
from sim.ensemble import Task, run_block
from sim.estimation import priors
from sim.model import Negotiation
from sim.scenario import Scenario, load
from sim.scenario.minds import doctrine_of
from sim.scenario.parameter_sets import ParameterSets
from sim.scenario.spelling import flat

SEEDS = (1, 2)
WORLDS = 750
"""Of each seed."""
THREE = ("architectural", "transactional", "aligned")
ARCHITECTURAL, TRANSACTIONAL, ALIGNED = range(3)
TURN = "2025-01"
"""The doctrine is another one from this month on."""
READS = tuple(f"europe_reads_{doctrine}" for doctrine in THREE)
CHANGE = {"switch": 0.0, "switch_turn": 1.0}
"""Parameters under which a doctrine is new at the turn, for sure, and at no other time."""
ALL_EVIDENCE = {"pace": 1.0, "cap": 100.0}
"""Those under which an audience takes in all that a sign says, and not twenty to one at most."""
TAKEN_AT_ITS_WORD = {"initial": {"promises_broken": 0.01}, "mechanisms": {"credibility": False}}
"""A Washington of which announcements count in full."""


@cache
def history() -> Scenario:
    return load("history").with_horizon(40)


def under(doctrine: str, **parameters: float) -> Scenario:
    """The history with a doctrine from the turn on."""
    return history().with_doctrine("us", doctrine, TURN).with_parameters({"reading": parameters})


def read(scenario: Scenario, worlds: int = WORLDS, since: str = TURN, seeds: Sequence[int] = SEEDS) -> np.ndarray:
    """P, from a month on."""
    first = scenario.calendar.index(since)
    blocks = [run_block(Task("any", scenario, seed, 0, worlds, READS)) for seed in seeds]
    return np.concatenate([np.stack([block.paths[name] for name in READS]) for block in blocks], axis=1)[..., first:]


@pytest.fixture(scope="module")
def three() -> list[np.ndarray]:
    """P from the turn on, where each of the three is true."""
    return [read(under(doctrine)) for doctrine in THREE]


def test_beliefs_are_a_martingale() -> None:
    """Truths drawn from the prior, dials and parameters known, all evidence taken in: nobody can foresee the news.

    A cap on what one sign can say is no Bayes, nor are words that count for less than they say.
    """
    worlds = [under(truth, **CHANGE, **ALL_EVIDENCE).with_(**TAKEN_AT_ITS_WORD) for truth in THREE]
    read_as = np.mean([read(each)[..., :6].mean(axis=1) for each in worlds], axis=0)
    assert read_as == pytest.approx(np.full((3, 6), 1 / 3), abs=0.01)


def test_an_audience_that_knows_dials_to_a_tenth_is_right_as_often_as_it_thinks() -> None:
    """Each set of dials has worlds of its own: what few worlds share would pass for what audiences get wrong."""
    said, true = [], []
    for seed, place in product(range(1, 81), range(len(THREE))):
        near = history().with_horizon(29).with_doctrine("us", near_preset(place, seed), TURN)
        near = near.with_parameters({"reading": {"switch": 0.01}})
        said.append(read(near, 30, seeds=(seed,))[..., 3])
        true.append(np.full(said[-1].shape, np.eye(3)[:, [place]]))
    likely, came_true = np.concatenate(said, axis=1).ravel(), np.concatenate(true, axis=1).ravel()
    for low in np.arange(0.0, 1.0, 0.2):
        within = (likely >= low) & (likely < low + 0.2 + 1e-6)
        if within.mean() >= 0.05:
            assert likely[within].mean() == pytest.approx(came_true[within].mean(), abs=0.08)


def near_preset(place: int, seed: int) -> dict[str, Any]:
    """Dials a tenth off a preset; only an aligned one has any affinity."""
    rng = np.random.default_rng([seed, place])
    preset = doctrine_of(THREE[place]).model_dump(exclude={"priorities"})
    near = {dial: float(np.clip(rng.normal(value, 0.1), 0.0, 1.0)) for dial, value in preset.items()}
    return {"preset": THREE[place], **near, "affinity": near["affinity"] if place == ALIGNED else 0.0}


def test_two_years_of_one_doctrine_do_not_lock_beliefs_in(three: list[np.ndarray]) -> None:
    left = three[TRANSACTIONAL][ARCHITECTURAL]
    assert np.median(left[:, 2]) < 0.05
    assert np.quantile(left[:, 4], 0.9) < 0.05


def test_nobody_is_alarmed_for_nothing() -> None:
    """An architectural Washington for 39 months, a turn among them."""
    always = read(under("architectural").with_horizon(39), since="2022-12")[ARCHITECTURAL]
    assert (always < 0.5).any(axis=1).mean() < 0.01


def test_the_truth_is_found_within_a_year(three: list[np.ndarray]) -> None:
    for place, found in enumerate(three):
        right = found[place].mean(axis=0)
        assert right[11] >= 0.8
        assert right[11] > right[2] > right[0] or right[2] > 0.99


def test_without_evidence_the_prior_stays() -> None:
    kept = read(under("transactional", pace=0.0, switch=0.0, switch_turn=0.0), 20, since="2022-12")
    assert np.ptp(kept, axis=(1, 2)) == pytest.approx(0.0, abs=1e-6)
    assert kept[:, 0, 0] == pytest.approx([0.98, 0.01, 0.01])


def lived(scenario: Scenario, months: int, worlds: int = 60) -> Negotiation:
    model = Negotiation(scenario.with_horizon(months), Draws(1, 0, worlds))
    for _ in model:
        pass
    return model


def test_two_names_for_one_doctrine_keep_equal_odds() -> None:
    twins = ["architectural", "transactional", "transactional:order=0.2"]
    model = lived(under("transactional").with_(reading={"hypotheses": twins}), 30)
    for audience in (model.ukraine, model.russia, model.europe):
        assert np.array_equal(audience.probabilities[1], audience.probabilities[2])


def test_an_aligned_washington_made_equal_to_a_transactional_one_is_as_likely() -> None:
    """By dials, whatever it is called; in worlds of either, each month."""
    dials = flat(doctrine_of("transactional").model_dump())
    equal = "aligned:" + ",".join(f"{dial}={value}" for dial, value in dials.items())
    for truth in ("transactional", "aligned"):
        model = Negotiation(
            under(truth).with_(reading={"hypotheses": ["architectural", "transactional", equal]}).with_horizon(34),
            Draws(1, 0, 60),
        )
        for _ in model:
            for audience in (model.ukraine, model.russia, model.europe):
                np.testing.assert_array_equal(audience.reads_aligned, audience.reads_transactional)


def test_the_order_of_the_hypotheses_does_not_matter() -> None:
    turned = {"hypotheses": THREE[::-1], "start": dict.fromkeys(("ukraine", "russia", "europe"), (0.01, 0.01, 0.98))}
    one, other = lived(under("transactional"), 30), lived(under("transactional").with_(reading=turned), 30)
    assert other.europe.probabilities[::-1] == pytest.approx(one.europe.probabilities, abs=1e-4)


MEEK = "transactional:rivalry=0.1"
"""Sd of what is seen of sanctions under which nothing is."""


def test_sanctions_tell_a_transactional_washington_from_an_aligned_one(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = read(under("transactional"))[ALIGNED, :, 5]
    with monkeypatch.context() as patch:
        patch.setattr(Reading, "_sanctions", lambda self: 0.0 * self.lasting)
        unseen = read(under("transactional"))[ALIGNED, :, 5]
    gap = unseen - seen
    assert gap.mean() > 2.0 * gap.std() / np.sqrt(gap.size)


def test_one_that_sees_no_rival_is_oftener_read_as_aligned(three: list[np.ndarray]) -> None:
    """Whether alignment shows in aid or not. Not for good: an aligned one eases sanctions, and this one does not."""
    own = history().with_parameters({"executive": {"press_affinity": 0.0}})
    meek, plain = (read(own.with_doctrine("us", name, TURN))[ALIGNED, :, 11] for name in (MEEK, "transactional"))
    assert meek.mean() > plain.mean() + 2.0 * meek.std() / np.sqrt(meek.size)
    assert plain.mean() - 2.0 * plain.std() / np.sqrt(plain.size) <= 0.1
    gap = read(under(MEEK))[ALIGNED, :, 11] - three[TRANSACTIONAL][ALIGNED, :, 11]
    assert gap.mean() > 2.0 * gap.std() / np.sqrt(gap.size)


def test_quiet_years_raise_no_alarm() -> None:
    for seed in SEEDS:
        model = Negotiation(history().with_horizon(25), Draws(seed, 0, WORLDS))
        spent = [float(model.europe.alarm.mean() * model.europe.budget.sum()) for month in model if month >= "2023-03"]
        assert len(spent) == 22
        assert np.mean(spent) < 0.01


def threats(scenario: Scenario, seed: int) -> dict[str, np.ndarray]:
    """Terms of all threats in all months, (months, worlds), in worlds that draw their parameters."""
    draws = Draws(seed, 0, 200)
    model = Negotiation(scenario, draws, ParameterSets(scenario.parameters, priors.drawn(draws)))
    found: dict[str, list[np.ndarray]] = {}
    for _ in model:
        for side in (model.ukraine, model.russia):
            for reason, term in side.threat_terms().items():
                found.setdefault(reason, []).append(term)
    return {reason: np.array(terms) for reason, terms in found.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_threat_is_worth_anything_to_whom_it_threatens(seed: int) -> None:
    found = threats(load("history"), seed)
    assert len(found) == 3
    for terms in found.values():
        assert terms.max() <= 1e-6
        assert terms.min() < -0.001


def test_without_pressure_nobody_can_threaten_with_aid() -> None:
    found = threats(load("history").with_mechanisms(aid_pressure=False), 1)
    for reason, terms in found.items():
        assert terms.any() == (reason == "the threat of sanctions")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("truth", THREE)
def test_to_know_a_doctrine_is_to_be_sure_of_it(truth: str, seed: int) -> None:
    """`reading` off is what it is to have had no doubt, bit for bit."""
    scenario = load("outlook").with_doctrine("us", truth)
    sure = dict.fromkeys(("ukraine", "russia", "europe"), tuple(float(name == truth) for name in THREE))
    certain = scenario.with_(reading={"prior": sure, "start": sure})
    blocks = [run_block(Task("any", each, seed, 0, 200)) for each in (certain, certain.with_mechanisms(reading=False))]
    for name, path in blocks[0].paths.items():
        assert np.array_equal(path, blocks[1].paths[name], equal_nan=True), name
