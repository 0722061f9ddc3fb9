"""What happens at the table in every scenario that ships: there is room to agree, and sides say both yes and no."""

from typing import NamedTuple

import numpy as np
import pytest

from sim.ensemble import opened
from sim.estimation import priors
from sim.scenario import load
from sim.scenario.file import shipped
from sim.scenario.presets import PRESETS
from sim.world.proposal import Proposer
from sim.world.settlement import Refusal

WORLDS, SEED = 200, 5
PROPOSALS, DEALS = 200, 50
"""How many there must be for a share to be told."""
NO = {Proposer.UKRAINE: (Refusal.UKRAINE, Refusal.BOTH), Proposer.RUSSIA: (Refusal.RUSSIA, Refusal.BOTH)}
"""What says that a side refuses, by the proposer that this side is."""


class Table(NamedTuple):
    """What was seen at the tables of a scenario's worlds.

    room : in each month of talks in war, whether some package was better than fighting on for both sides.
    yes : by side, its answers to proposals that others made. behind : of each settlement, whether it gave land back.
    """

    room: np.ndarray
    yes: dict[Proposer, np.ndarray]
    behind: np.ndarray


def seen(name: str, drawn: bool) -> Table:
    """Live through a scenario as it ships, or with parameters from the prior."""
    model = opened(load(name), SEED, 0, WORLDS, priors.drawn if drawn else None)
    table, everywhere = model.mediator, np.arange(WORLDS)
    room, behind = [], []
    yes: dict[Proposer, list[np.ndarray]] = {side: [] for side in NO}
    while model.running:
        war, signed, zone = ~table.quiet, table.settlements.copy(), table.zone(everywhere)
        model.step()
        room.append(zone[war & (table.talks | model.contacts.meets)] > 0.0)
        for side, no in NO.items():
            asked = (table.proposer != Proposer.NOBODY) & (table.proposer != side)
            yes[side].append(~np.isin(table.refusal[asked], no))
        behind.append(table.agreed_offset[table.settlements > signed] < 0.0)
    answers = {side: np.concatenate(found) for side, found in yes.items()}
    return Table(np.concatenate(room), answers, np.concatenate(behind))


@pytest.mark.long
@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("name", shipped())
def test_there_is_room_to_agree_and_sides_say_yes_and_no(name: str, drawn: bool) -> None:
    """Where a scenario opens in peace, only those fight whose peace has broken: half of their talks find room."""
    found = seen(name, drawn)
    if drawn:
        assert found.room.mean() > (0.5 if load(name).initial.settlement is None else 0.4)
    for answers in found.yes.values():
        assert answers.size < PROPOSALS or 0.1 <= answers.mean() <= 0.9
    assert found.behind.size < DEALS or found.behind.mean() <= 0.07


@pytest.mark.long
@pytest.mark.parametrize("actor", ["us", "ukraine", "russia", "europe"])
def test_under_no_doctrine_is_much_land_given_back(actor: str) -> None:
    """Seeds together, so that a share is of some hundred settlements; also of a Kyiv that wants its borders back."""
    for preset in PRESETS[actor]:
        signed = behind = 0
        for seed in (SEED, SEED + 1, SEED + 2):
            model = opened(load("outlook").with_doctrine(actor, preset), seed, 0, 2 * WORLDS)
            table = model.mediator
            while model.running:
                before = table.settlements.copy()
                model.step()
                now = table.settlements > before
                signed, behind = signed + now.sum(), behind + (table.agreed_offset[now] < 0.0).sum()
        assert signed < 2 * DEALS or behind / signed <= 0.07, preset
