"""Latent classes: planted ones are found, and the record does not pretend to have more than it has."""

import numpy as np
import pytest

from sim.estimation import factions

PLANTED = np.array(
    [[0.95, 0.95, 0.95, 0.9, 0.95, 0.9], [0.9, 0.9, 0.1, 0.1, 0.9, 0.1], [0.1, 0.1, 0.1, 0.05, 0.1, 0.1]]
)
SHARES = np.array([0.5, 0.2, 0.3])


def members(number: int, absent: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    group = rng.choice(len(SHARES), size=number, p=SHARES)
    votes = (rng.random((number, PLANTED.shape[1])) < PLANTED[group]).astype(float)
    votes[rng.random(votes.shape) < absent] = np.nan
    return votes, group


def test_planted_classes_are_recovered_from_rough_prototypes() -> None:
    votes, group = members(20_000)
    found = factions.latent_classes(votes, np.ones(len(votes)), np.round(PLANTED), strength=4.0)
    np.testing.assert_allclose(found.shares, SHARES, atol=0.01)
    np.testing.assert_allclose(found.profile, PLANTED, atol=0.02)
    assert (found.membership.argmax(axis=1) == group).mean() > 0.93


def test_patterns_with_counts_are_the_same_as_members_one_by_one() -> None:
    votes, _ = members(300, absent=0.0)
    patterns, counts = np.unique(votes, axis=0, return_counts=True)
    one_by_one = factions.latent_classes(votes, np.ones(len(votes)), PLANTED)
    counted = factions.latent_classes(patterns, counts.astype(float), PLANTED)
    np.testing.assert_allclose(counted.profile, one_by_one.profile, atol=1e-6)


def test_a_member_who_never_voted_belongs_to_each_class_by_its_share() -> None:
    votes, _ = members(500)
    votes[0] = np.nan
    found = factions.latent_classes(votes, np.ones(len(votes)), PLANTED)
    np.testing.assert_allclose(found.membership[0], found.shares, atol=1e-4)


def test_the_likelihood_does_not_fall_when_the_prior_is_weak() -> None:
    votes, _ = members(500)
    counts = np.ones(len(votes))
    _, start = factions.expect(votes, counts, np.full(3, 1 / 3), np.clip(np.round(PLANTED), 0.03, 0.97))
    assert factions.latent_classes(votes, counts, np.round(PLANTED), strength=0.1).log_likelihood > start


def bic(votes: np.ndarray, counts: np.ndarray, classes: int, starts: int) -> float:
    """Schwarz's criterion of the best of many random starts without prototypes; lower is better.

    The prior of a single imagined member, undecided on everything, keeps chances off 0 and 1.
    """
    rng, shape = np.random.default_rng(0), (classes, votes.shape[1])
    undecided = np.full(shape, 0.5)
    tries = (
        factions.climb(votes, counts, rng.uniform(factions.EDGE, 1.0 - factions.EDGE, shape), undecided, 1.0)
        for _ in range(starts)
    )
    best = max(attempt.log_likelihood for attempt in tries)
    parameters = classes * (votes.shape[1] + 1) - 1
    return float(parameters * np.log(counts.sum()) - 2.0 * best)


def test_the_criterion_finds_the_number_of_planted_classes() -> None:
    patterns, counts = np.unique(members(1500, absent=0.0)[0], axis=0, return_counts=True)
    scores = {k: bic(patterns, counts.astype(float), k, starts=5) for k in (2, 3, 4)}
    assert min(scores, key=scores.get) == 3


@pytest.mark.parametrize(("chamber", "supported"), [("house", 3), ("senate", 2)])
def test_the_votes_alone_support_fewer_classes_than_there_are_motives(chamber: str, supported: int) -> None:
    found = factions.classify(chamber)
    republican = found.patterns["party"] == "republican"
    votes = factions.for_aid(found.patterns[republican], found.votes)
    counts = found.patterns.loc[republican, "members"].to_numpy(float)
    scores = {k: bic(votes, counts, k, starts=8) for k in range(1, 6)}
    assert min(scores, key=scores.get) == supported < len(factions.OPPOSITION)
