"""The table: the package with the best Nash product, answers by true values, and who else must agree."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_ndtr, ndtr, ndtri

from sim.basics.arrays import real
from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario
from sim.world import packages, proposal, settlement
from sim.world.packages import GUARANTEES, OFFSETS, RELIEFS, Packages
from sim.world.proposal import Worth
from sim.world.settlement import Refusal

Terms = tuple[float, float, float]


def single(offset: float, guarantee: float, relief: float) -> Packages:
    """A grid of one package."""
    return Packages(*(np.full((1, 1, 1, 1), float(term)) for term in (offset, guarantee, relief)))


class Envoy:
    """A slow and simple mediator: one world, one package at a time, chances multiplied as they stand in the book."""

    def __init__(self, model: Negotiation, world: int) -> None:
        self.model, self.world, self.row = model, world, np.array([world])
        self.dials, self.p = model.united_states.doctrine, model.config.parameters

    def relapse(self, guarantee: float, trust: float) -> float:
        credibility = self.model.united_states.credibility[self.world]
        belief = min(1.0, trust * settlement.guarantee_belief(self.dials.commitment, credibility, self.p.peace))
        vague, peace = 1.0 - self.dials.clarity, self.p.peace
        hazard = settlement.renewed_war_hazard(guarantee, belief, vague, peace.deterrence, peace)
        return float(settlement.discounted_relapse(hazard, peace))

    def values(self, terms: Terms) -> tuple[float, float, float]:
        """What a package is worth to Ukraine, to Russia and to Washington."""
        package, vague = single(*terms), 1.0 - self.dials.clarity
        feared = np.full((1, 1, 1, 1), self.relapse(terms[1], self.model.ukraine.trust_in_words()))
        real = np.full((1, 1, 1, 1), self.relapse(terms[1], 1.0))
        credibility = self.model.united_states.credibility[self.row]
        belief = settlement.guarantee_belief(self.dials.commitment, credibility, self.p.peace)
        ukraine = _sum(self.model.ukraine.package_terms(package, self.row, feared, vague))
        russia = _sum(self.model.russia.package_terms(package, self.row, real, belief, vague))
        gain = russia - float(self.model.russia.reservation[self.world])
        d = self.dials
        patron = packages.value_patron(
            package, real, d.order * d.europe, d.rivalry, d.horizon, d.commitment, self.p.patron
        )
        return ukraine, russia, _sum(patron) + d.affinity * gain

    def chance(self, side: str, value: float) -> float:
        """Chance that a side accepts, as the envoy sees it after so many rounds."""
        t, mediator = self.p.table, self.model.mediator
        error = t.estimate_sd_learned + (t.estimate_sd - t.estimate_sd_learned) * (
            t.estimate_learning ** mediator.rounds[self.world]
        )
        if side == "russia":
            error *= 1.0 - t.channel_sharpness * self.dials.channel
        bias, correction = (getattr(mediator, f"{kind}_{side}")[self.world] for kind in ("bias", "correction"))
        estimate = getattr(self.model, side).reservation[self.world] + bias * error + correction
        return float(ndtr((value - estimate) / np.hypot(error, t.private_sd)))

    def consent(self, terms: Terms) -> float:
        """Chance that the Europeans and the Senate let a package through."""
        guarantee, relief = (float(chance[0]) for chance in self.model.europe.consent_chance(self.row))
        chance = guarantee if terms[1] >= packages.EUROPEAN_LEVEL else 1.0
        chance *= relief if terms[2] > packages.EUROPEAN_RELIEF else 1.0
        if terms[1] >= packages.TREATY:
            chance *= float(self.model.congress.ratification_chance(self.row)[0])
        return max(chance, 1e-9)

    def product(self, terms: Terms) -> float:
        ukraine, russia, washington = self.values(terms)
        if washington <= 0.0:
            return 0.0
        t = self.p.table
        tilt = t.channel_tilt * (self.dials.channel - 0.5)
        sides = self.chance("ukraine", ukraine) ** (1.0 - tilt) * self.chance("russia", russia) ** (1.0 + tilt)
        return float(sides * washington**t.surplus_power * self.consent(terms))

    def proposal(self) -> Terms:
        """The best of the 140."""
        return max(product(OFFSETS, GUARANTEES, RELIEFS), key=self.product)

    def answer(self, terms: Terms) -> int:
        """Who of the two sides refuses it, by what it is truly worth to them."""
        ukraine, russia, _ = self.values(terms)
        refuses_ukraine = ukraine < self.model.ukraine.reservation[self.world]
        refuses_russia = russia < self.model.russia.reservation[self.world]
        return int(refuses_ukraine) * Refusal.UKRAINE + int(refuses_russia) * Refusal.RUSSIA


def _sum(terms: dict) -> float:
    return float(sum(np.sum(value) for value in terms.values()))


def played(scenario: Scenario, worlds: int, months: int) -> list[tuple[Terms, Terms, int, int]]:
    """Months at the table: proposed by the slow envoy, by the model, and how the sides answer by each."""
    certain = scenario.with_parameters({"table": {"talks_base": 60.0}})
    model = opened(certain, seed=3, start=0, stop=worlds)
    mediator, found = model.mediator, []
    convene = mediator.convene

    def watched() -> None:
        open_worlds = np.flatnonzero(~mediator.settled & ~mediator.relapsed)
        envoys = {int(world): Envoy(model, int(world)) for world in open_worlds}
        expected = {world: envoy.proposal() for world, envoy in envoys.items()}
        answers = {world: envoys[world].answer(terms) for world, terms in expected.items()}
        convene()
        for world, terms in expected.items():
            table = (mediator.offset[world], mediator.guarantee[world], mediator.relief[world])
            found.append((terms, table, answers[world], int(mediator.refusal[world])))

    mediator.convene = watched  # type: ignore[method-assign]
    for _ in range(months):
        model.step()
    return found


@pytest.mark.parametrize("preset", ["architectural", "transactional", "aligned", "obama_iran"])
def test_the_envoy_proposes_the_package_with_the_best_nash_product(plain_outlook: Scenario, preset: str) -> None:
    found = played(plain_outlook.with_doctrine("us", preset), worlds=5, months=6)
    assert len({tuple(terms) for terms, *_ in found}) > 1
    for expected, proposed, answer, refusal in found:
        assert proposed == pytest.approx(expected)
        if answer == Refusal.NOBODY:
            assert refusal in (Refusal.NOBODY, Refusal.EUROPE, Refusal.SENATE)
        else:
            assert refusal == answer


def test_there_are_140_packages_each_once() -> None:
    grid = packages.grid()
    listed = set(zip(*(np.broadcast_to(axis, (*packages.SHAPE, 1)).ravel().tolist() for axis in grid), strict=True))
    assert len(listed) == packages.COUNT == 140
    assert listed == set(product(*(real(axis).tolist() for axis in (OFFSETS, GUARANTEES, RELIEFS))))


def worth(line: list[float]) -> Worth:
    """A worth in one world that depends on the line alone."""
    axes = np.array([*line, *[-50.0] * (OFFSETS.size - len(line))]), np.zeros(GUARANTEES.size), np.zeros(RELIEFS.size)
    return Worth(*(axis.reshape(*(-1 if a == b else 1 for b in range(3)), 1) for a, axis in enumerate(axes)))


def best(ukraine: list[float], russia: list[float], surplus: list[float], tilt: float = 0.0) -> int:
    """The line, by its place, of the best package when only the line matters; -1 for none."""
    chosen = proposal.best(worth(ukraine), worth(russia), worth(surplus), np.zeros((1, 5, 4, 1)), tilt, 0.7)[0]
    return int(chosen) // (GUARANTEES.size * RELIEFS.size) if chosen >= 0 else -1


def test_washington_proposes_nothing_that_it_likes_less_than_going_on() -> None:
    assert best([2.0, 0.0], [2.0, 0.0], [-0.1, 0.1]) == 1
    assert best([0.0], [0.0], [0.0]) == -1


def test_the_side_whose_door_is_wider_open_weighs_more_with_the_channel() -> None:
    """With Moscow first, a package that Moscow likes beats one that Kyiv likes as much."""
    kyiv, moscow = list(ndtri([0.9, 0.4])), list(ndtri([0.4, 0.9]))
    assert best(kyiv, moscow, [1.0, 1.0], tilt=0.1) == 1
    assert best(kyiv, moscow, [1.0, 1.0], tilt=-0.1) == 0


def log_chance(z: list[float]) -> np.ndarray:
    """Log of the chance of acceptance this many standard deviations above what is wanted."""
    place = np.array(z, dtype=np.float32) * np.float32(proposal.STEPS)
    return proposal.log_chance(place, place.min())


@given(st.floats(-1e4, 30.0))
def test_acceptance_is_a_normal_chance_with_its_tails(z: float) -> None:
    found = log_chance([z])[0]
    exact = log_ndtr(float(np.float32(z)))
    assert found == pytest.approx(exact, abs=2e-6, rel=1e-4 if z < proposal.LOWEST else 1e-6)


@given(st.lists(st.floats(-60.0, 10.0), min_size=2, max_size=50))
def test_a_better_package_is_never_less_likely_to_be_accepted(z: list[float]) -> None:
    chances = log_chance(sorted(z))
    assert np.all(np.diff(chances) >= -1e-6 * np.abs(chances[1:]) - 2e-6)


def test_slices_of_worlds_change_nothing() -> None:
    worlds, rng = 2 * proposal.SLICE + 37, np.random.default_rng(5)
    sizes = [(7, 1, 1), (1, 5, 1), (1, 1, 4)]
    three = [Worth(*(rng.normal(size=(*size, worlds)) for size in sizes)) for _ in range(3)]
    consent = rng.normal(size=(1, 5, 4, worlds))
    together = proposal.best(*three, consent, 0.1, 0.7)
    alone = [
        proposal.best(*(Worth(*(axis[..., [w]] for axis in one)) for one in three), consent[..., [w]], 0.1, 0.7)[0]
        for w in range(worlds)
    ]
    assert together.tolist() == alone


def test_a_settlement_is_signed_only_where_nobody_refused(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook.with_parameters({"table": {"talks_base": 1.0}}), seed=1, start=0, stop=300)
    before = model.mediator.settled.copy()
    for _ in range(24):
        model.step()
        table = model.mediator
        new = table.settled & ~before
        assert np.all(table.proposed[new])
        assert np.all(table.refusal[new] == Refusal.NOBODY)
        assert np.all(new[table.proposed & (table.refusal == Refusal.NOBODY)])
        before = table.settled.copy()
    assert before.any()


def test_a_refusal_teaches_the_envoy_and_rounds_sharpen_it(plain_outlook: Scenario) -> None:
    """Who refused is thought to want more; who accepted in vain is thought to want less."""
    model = opened(plain_outlook.with_parameters({"table": {"talks_base": 60.0}}), seed=1, start=0, stop=400)
    p = plain_outlook.parameters.table
    model.step()
    table, steps = model.mediator, {True: p.estimate_correction, False: -p.vain_acceptance * p.estimate_correction}
    refused = np.isin(table.refusal, (Refusal.UKRAINE, Refusal.BOTH))[table.proposed]
    assert refused.any()
    assert not refused.all()
    assert table.correction_ukraine[table.proposed] == pytest.approx([steps[bool(r)] for r in refused])
    assert np.all(table.rounds[table.proposed] == 1.0)
    assert np.all(table.rounds[~table.proposed] == 0.0)
