"""Filtered histories are histories: they meet what was observed, and no law of the model is broken for it."""

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.estimation.filtering.observed import MEMBER, NOTHING, of_record
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting
from sim.model import Negotiation


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


class Unmoved(Setting):
    """The same, whose draws are left where they are."""

    def model(self, draws: Draws, parameters: dict) -> Negotiation:
        return Setting(self.config, NOTHING).model(draws, parameters)


@pytest.mark.parametrize("series", ["america", "talks", "law", "calls", "acts", "contacts"])
def test_evidence_does_not_hang_on_how_draws_are_moved(setting: Setting, series: str) -> None:
    late = of_record(series=[series]).within("2023-01", "2023-04")
    if series == "law":
        late = late._replace(values={"law": {"2023-04": 1.0}})
    if series == "calls":
        late = late._replace(values={"moscow first": {"2023-02": 1.0}})
    settings = (kind(setting.config, late) for kind in (Setting, Unmoved))
    moved, unmoved = (Particles(one, 7, 8_000).run(5).log_evidence[0] for one in settings)
    assert moved == pytest.approx(unmoved, abs=0.08)
    assert moved != 0.0
