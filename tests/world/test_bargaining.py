"""The table: the Nash point and thresholds in small cases, what is signed, and what answers teach."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_ndtr as exact_log_ndtr

from sim.basics import normal_table
from sim.basics.arrays import real
from sim.ensemble import opened
from sim.scenario import Scenario
from sim.world import packages, proposal
from sim.world.packages import LINES, Stakes
from sim.world.proposal import Asks, Proposer
from sim.world.settlement import Refusal

TALKING = {"table": {"talks_base": 60.0, "tabled": 1.0}}


def side(land: float, saved: float, retreat: float = 0.0) -> Stakes:
    """A side in one world that pays nothing at home and fears no renewed war."""
    flat, nothing = np.zeros((5, 1, 1)), np.zeros((2, 1, 1))
    front = np.array([0.2])
    terms = {"reading": 0.0, "guarantee": flat, "pause": flat, "relapse": flat, "relief": 0.0, "truce_relapse": nothing}
    home = {"public": 0.0, "stop": 0.0, "retreat": retreat, "truce_cost": 0.15}
    return Stakes(np.array([saved]), np.array([0.1]), land=land, front=front, **terms, **home)


def point(saved: tuple[float, float], weight: float, retreat: float = 0.0) -> proposal.Point:
    sides = side(-10.0, saved[0]), side(10.0, saved[1], retreat)
    front = tuple(each.peace() + each.line(real(0.0)) for each in sides)
    return proposal.nash_point(*sides, front, weight, np.ones((5, 4, 1), dtype=bool))


def test_the_point_splits_the_surplus_by_bargaining_power_on_the_nearest_line() -> None:
    found = point((0.3, 0.1), 0.5)
    assert found.offset[0, 0, 0] == pytest.approx(0.01)
    assert [float(gain[0]) for gain in found.gains] == pytest.approx([0.2, 0.2])
    found = point((0.3, 0.1), 0.25)
    assert [float(gain[0]) for gain in found.gains] == pytest.approx([0.1, 0.3])


def test_who_would_have_to_retreat_is_not_asked_for_much_of_it() -> None:
    free, dear = point((0.1, 0.5), 0.5), point((0.1, 0.5), 0.5, retreat=14.0)
    assert free.offset[0, 0, 0] == pytest.approx(-0.02)
    assert -0.015 < dear.offset[0, 0, 0] <= 0.0


def test_without_a_surplus_nobody_holds_out_for_anything() -> None:
    found = point((-0.3, 0.1), 0.5)
    assert not found.exists[0]
    assert [float(gain[0]) for gain in found.gains] == [0.0, 0.0]


@given(
    gain=st.floats(-0.5, 0.5), ask=st.floats(0.0, 0.4), rise=st.floats(0.01, 0.2), share=st.floats(0.0, 0.6),
    beyond=st.floats(-3.0, 3.0),
)  # fmt: skip
def test_a_threshold_is_where_a_side_has_what_it_asks_for_and_what_refusing_gives(
    gain: float, ask: float, rise: float, share: float, beyond: float
) -> None:
    numbers = [np.array([x]) for x in (gain, ask, rise, share * rise, 0.01, 0.4)]
    least = proposal.threshold(*numbers)[0]
    hardship = least + (beyond if abs(beyond) > 1e-3 else 1e-3)
    more = hardship - 0.4
    satisfied = gain + rise * more >= max(0.0, ask + share * rise * more)
    enough = ask + share * rise * more
    assert (hardship >= least) == (gain + rise * more >= 0.0 and gain + rise * more >= enough) or satisfied


def test_a_truce_is_asked_its_share_of_what_it_takes_off_the_table() -> None:
    small, large = np.full((2, 1), 0.02), np.full((2, 1), 0.9)
    found = point((0.3, 0.1), 0.5)
    ones, rise = np.ones(1), np.full((2, 1), 0.1)

    def asked(truce: np.ndarray) -> Asks:
        return proposal.asks(found, (truce, truce), (ones, ones), (rise, rise), 0.5, 1.0)[0]

    assert asked(small).truce[0, 0] == pytest.approx(0.02)
    assert asked(large).truce[0, 0] == pytest.approx(0.2)
    assert asked(large).settlement[0] == pytest.approx(0.2)


def test_packages_are_twenty_but_for_their_lines() -> None:
    assert packages.COUNT == 20
    assert LINES.size == 49
    assert set(packages.OFFSETS.round(4)) <= set(LINES.round(4))


@given(st.floats(-1e3, 30.0))
def test_acceptance_is_a_normal_chance_with_its_tails(z: float) -> None:
    found = normal_table.log_ndtr(np.array([z], dtype=np.float32))[0]
    exact = exact_log_ndtr(float(np.float32(z)))
    assert found == pytest.approx(exact, abs=2e-5, rel=1e-4)


def test_something_is_agreed_only_where_nobody_refused(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook.with_parameters({"table": {"talks_base": 1.0}}), seed=1, start=0, stop=300)
    before = model.mediator.settlements + model.mediator.truces
    for _ in range(24):
        model.step()
        table = model.mediator
        now = table.settlements + table.truces
        new = now > before
        assert np.array_equal(new, table.proposed & (table.refusal == Refusal.NOBODY))
        assert not np.any(table.settled & table.truce)
        before = now.copy()
    assert before.any()


def test_a_proposal_changes_after_a_refusal(plain_outlook: Scenario) -> None:
    """Who refused is thought to have an easier war, so that he is offered more."""
    model = opened(plain_outlook.with_parameters(TALKING), seed=1, start=0, stop=800)
    model.step()
    table = model.mediator
    kyiv, moscow = (table.proposed & (table.refusal == who) for who in (Refusal.UKRAINE, Refusal.RUSSIA))
    offset, settles = table.offset.copy(), ~table.truce_offered
    believed = model.ukraine.believed.copy(), model.russia.believed.copy()
    assert believed[0][kyiv].mean() < 0.0 < believed[0][moscow].mean()
    assert believed[1][moscow].mean() < 0.0 < believed[1][kyiv].mean()
    model.step()
    again = table.proposed & settles & ~table.truce_offered
    assert np.mean((table.offset - offset)[again & kyiv]) < 0.0 < np.mean((table.offset - offset)[again & moscow])


def test_washington_remembers_refusals_of_its_own_proposals_only(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook.with_mechanisms(talks=False), seed=1, start=0, stop=3000)
    refused = 0
    for _ in range(12):
        model.step()
        table = model.mediator
        assert set(np.unique(table.proposer)) <= {Proposer.NOBODY, Proposer.UKRAINE, Proposer.RUSSIA}
        refused += int((table.refusal > 0).sum())
    assert refused > 10
    assert not model.united_states.refused_by_ukraine.any()
    assert not model.united_states.refused_by_russia.any()


def test_a_truce_can_break_and_be_followed_by_talks(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook.with_parameters(TALKING), seed=1, start=0, stop=500)
    for _ in model:
        pass
    table = model.mediator
    assert (table.truce_breaks > 0).any()
    assert (table.truces > 1).any()
    assert (table.settlements > 1).any()
    came_out_of_one = (table.settled_in == table.truce_ended_in) & (table.truces > 0)
    assert came_out_of_one.any()
