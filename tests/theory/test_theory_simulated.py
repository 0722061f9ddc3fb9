"""The simulator over the closed form: six limits, with everything else off, lived through here and as they ship.

T1 Rubinstein, T3 Fearon, T4 Powell's shift, T5 Slantchev, T10 Schelling's public and Putnam's Senate.
"""

from collections.abc import Callable

import numpy as np
import pytest

from sim.theory import GAMES, beside, simulated
from sim.theory.beside import SimulatedPoint, shipped
from sim.theory.statics import SIMULATOR, comparative_statics, curve_table

NAMED_LINE = 0.0025
"""Distance of two lines that can be named, share of Ukraine."""
WHOLE = 0.12
"""The range of which Rubinstein's two divide: from the nearest line that can be named to the furthest."""
ROOM = {
    "width": 2e-4,
    "left": 1e-9,
    "battles": 1e-9,
    "gain": 2e-4,
    "chance": 0.012,
    "limit": NAMED_LINE / WHOLE,
    "line": NAMED_LINE,
}
"""How near the simulator must come, by number: single precision; four standard errors of 20,000 Senates; a line."""


@pytest.fixture(scope="module")
def lived() -> Callable[[str], list[SimulatedPoint]]:
    """The points of a game, lived through once."""
    known: dict[str, list[SimulatedPoint]] = {}

    def points(game: str) -> list[SimulatedPoint]:
        if game not in known:
            known[game] = simulated.LIMITS[game]()
        return known[game]

    return points


def closed_form(point: SimulatedPoint) -> float:
    """What the game says of the parameters of the lesson, moved to where the point is."""
    game = GAMES[point.game]
    return game.solve(**game.defaults | {point.across: point.x}).value(point.up)


@pytest.mark.parametrize("game", simulated.LIMITS)
def test_the_simulator_comes_to_the_closed_form(game: str, lived: Callable[[str], list[SimulatedPoint]]) -> None:
    points = lived(game)
    assert len(points) >= 5
    for point in points:
        room = max(ROOM[point.up], 1e-6)
        assert point.y == pytest.approx(closed_form(point), abs=room), point


@pytest.mark.parametrize("game", simulated.LIMITS)
def test_what_ships_is_what_the_command_makes(game: str, lived: Callable[[str], list[SimulatedPoint]]) -> None:
    """Up to the last bits of exponentials, by which processors differ; a named line is a whole step or none."""
    found, ships = lived(game), [point for point in shipped() if point.game == game]
    assert [point[:3] for point in found] == [point[:3] for point in ships]
    assert [point.x for point in found] == pytest.approx([point.x for point in ships], abs=1e-4)
    assert [point.y for point in found] == pytest.approx([point.y for point in ships], abs=1e-3)


def test_war_that_costs_nothing_leaves_no_room(lived: Callable[[str], list[SimulatedPoint]]) -> None:
    """Fearon's range is as wide as war is costly: nothing else makes it, so its points lie on a line through -cB."""
    width = np.array([point.y for point in lived("fearon")])
    cost = np.array([point.x for point in lived("fearon")])
    slope, intercept = np.polyfit(cost, width, 1)
    assert slope == pytest.approx(1.0, abs=1e-3)
    assert intercept == pytest.approx(0.2, abs=1e-3)


def test_a_shift_alone_kills_peace_and_deterrence_brings_it_back() -> None:
    """Powell: war is as costly as before and everything is known; a guarantee that is believed restores the zone."""
    still = simulated._standing_front()
    shift = simulated._shift(0.4)
    on = ("renewed_war", "temptation")
    assert simulated.zone(simulated.lived(simulated._paused(still, on, shift))) < 0.0
    assert simulated.zone(simulated.lived(simulated._paused(still, on, shift | {"regroup_russia": 0.0}))) > 0.0
    guarded = (*on, "guarantees", "credibility")
    assert simulated.zone(simulated.lived(simulated._paused(still, guarded, shift | {"deterrence": 3.0}))) > 0.0


def test_without_learning_the_optimists_never_agree() -> None:
    apart = {"optimism_ukraine": 0.2, "optimism_russia": 0.2}
    worth = simulated.LEFT * simulated.PULL * simulated.MONTHS / 2.0
    scenario = simulated.bare(
        (), 60, front={"pull": simulated.PULL}, beliefs=apart, preferences=simulated.costs(worth, worth),
        table=simulated.SILENT,
    )  # fmt: skip
    assert simulated.zone(simulated.lived(scenario)) == pytest.approx(
        -0.3 * simulated.PULL * simulated.MONTHS, rel=1e-3
    )


def test_only_the_parameters_of_the_lesson_have_the_simulator_beside_them() -> None:
    game = GAMES["fearon"]
    panels = comparative_statics(game, game.defaults)
    assert any(panel.simulated for panel in panels)
    assert SIMULATOR in set(curve_table(panels)["curve"])
    assert not any(panel.simulated for panel in comparative_statics(game, game.defaults | {"hi": 0.5}))


def test_every_point_has_a_panel_that_draws_it() -> None:
    drawn = {(game.name, panel.across, up) for game in GAMES.values() for panel in game.panels for up in panel.up}
    assert {point[:3] for point in shipped()} <= drawn
    assert beside.beside("fearon", "ca", ("width",))


def test_points_stand_beside_any_number_that_runs_across_and_beside_no_other() -> None:
    game = GAMES["fearon"]
    assert any(panel.simulated for panel in comparative_statics(game, game.defaults | {"ca": 0.25}))
    assert not any(panel.simulated for panel in comparative_statics(game, game.defaults | {"hi": 0.3}))
