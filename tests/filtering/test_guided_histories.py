"""Filtered histories are histories: they meet what was observed, and no law of the model is broken for it."""

import numpy as np
import pytest

from sim.estimation.filtering.observed import MEMBER
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting


def test_money_never_exceeds_authority_and_none_is_lost(setting: Setting) -> None:
    found = Particles(setting, 2, 400)
    washington = found.model.united_states
    for _ in found:
        assert (washington.appropriated <= washington.authority_before).all()
        assert (washington.authority >= 0.0).all()
        left = washington.authority_before - washington.appropriated
        assert washington.authority == pytest.approx(left, abs=1e-5)


def test_the_line_is_where_it_was(setting: Setting) -> None:
    found = Particles(setting, 2, 400)
    for month in found:
        at_war = np.isfinite(found.log_weights[0])
        assert found.model.line[at_war] == pytest.approx(setting.observed.at("line", month), abs=1e-6)


def test_members_give_what_they_gave(setting: Setting) -> None:
    found = Particles(setting, 2, 400)
    europe = found.model.europe
    for month in found:
        for row, member in enumerate(europe.members[1:], 1):
            seen = setting.observed.at(MEMBER.format(member), month)
            assert europe.contributions[row] == pytest.approx(seen, rel=1e-4)


def test_no_peace_has_weight(filtered: Particles) -> None:
    assert not filtered.model.mediator.quiet[np.isfinite(filtered.log_weights[0])].any()
    assert filtered.model.mediator.settlements[np.isfinite(filtered.log_weights[0])].max() == 0.0


def test_a_doctrine_that_gives_is_refuted_by_months_without_money(setting: Setting) -> None:
    architectural = setting.config.with_doctrine("us", "architectural", "2025-01")
    given, withheld = (
        Particles(setting._replace(config=config), 1, 500).run(37).evidence
        for config in (architectural, setting.config)
    )
    evidence = [sum(month["america"][0] for month in months[26:]) for months in (withheld, given)]
    assert evidence[0] - evidence[1] > 15.0
