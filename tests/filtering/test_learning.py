"""What is learned of all numbers from the record: flat and nested filters agree, and placebos learn nothing."""

import numpy as np
import pytest

from sim.estimation.filtering.doctrines import by_doctrine
from sim.estimation.filtering.moves import reference
from sim.estimation.filtering.numbers import ALL, PLACEBOS
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting
from sim.estimation.filtering.smc2 import Smc2

MONTHS = 8


@pytest.fixture(scope="module")
def fit(setting: Setting) -> Smc2:
    return Smc2(setting, 1, 160, 24).run(MONTHS)


def test_flat_and_nested_filters_agree_on_evidence(setting: Setting, fit: Smc2) -> None:
    flat = Particles(setting, 2, 6_000, sets=ALL.sets(ALL.drawn(6_000, 2))).run(MONTHS)
    assert fit.log_evidence == pytest.approx(flat.log_evidence[0], abs=1.5)


def test_evidence_hangs_little_on_the_seed(setting: Setting) -> None:
    found = [Particles(setting, seed, 1_500).run(12).log_evidence[0] for seed in range(4)]
    assert np.std(found, ddof=1) < 1.0


def test_placebos_keep_their_spread(fit: Smc2) -> None:
    assert fit.moves
    assert np.mean([fit.spread()[name] for name in PLACEBOS]) > 0.9 - 2.0 / np.sqrt(2.0 * len(PLACEBOS) * len(fit.z))


def test_rows_that_have_learned_nothing_lean_on_the_prior() -> None:
    z = np.random.default_rng(1).standard_normal((200, 80))
    towards = reference(z, np.full(200, 1.0 / 200.0))
    assert np.abs(towards.mean).max() < 0.2
    assert np.abs(towards.root - np.eye(80)).max() < 0.25


def test_rows_lean_on_what_they_have_learned() -> None:
    z = np.random.default_rng(1).standard_normal((200, 80))
    z[:, 0] = 1.5 + 0.3 * z[:, 0]
    towards = reference(z, np.full(200, 1.0 / 200.0))
    assert towards.mean[0] == pytest.approx(0.7 * 1.5, abs=0.1)
    assert np.square(towards.root).sum(axis=1)[0] == pytest.approx(0.7 * 0.09 + 0.3, abs=0.05)


def test_a_fit_forks_and_leaves_the_first_alone(setting: Setting, fit: Smc2) -> None:
    evidence = fit.log_evidence
    aligned = setting._replace(config=setting.config.with_doctrine("us", "aligned", "2025-01"))
    other = fit.fork(aligned).run(MONTHS + 2)
    assert other.particles.elapsed == MONTHS + 2
    assert fit.log_evidence == evidence
    assert fit.particles.elapsed == MONTHS


def test_evidence_by_doctrine_counts_the_months_asked_for(setting: Setting, fit: Smc2) -> None:
    config = setting.config.with_horizon(MONTHS + 2)
    told = {"as it was": "architectural", "aligned": "aligned"}
    found = by_doctrine(fit, config, setting.observed, told, config.calendar[MONTHS], config.calendar[MONTHS])
    assert found.keys() == told.keys()
    assert found["as it was"].keys() == set(setting.observed.series)
    assert found["as it was"]["america"] - found["aligned"]["america"] > 1.0
