"""What do two dials of a doctrine change? Asked with `sim.map`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, guests_of, named, not_us, same_worlds
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.questions.compare.outcomes import outcomes_named, surveyed
from sim.questions.dials import dial_grid
from sim.questions.dials import dial_map as mapped
from sim.scenario.spelling import OWN, doctrine_label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source

OUTCOMES = ("settled", "in_force", "land", "us_cost", "europe_cost", "optimism_russia")
"""Outcomes that are mapped if none is named."""
CAPTION = (
    "Means over worlds: of the doctrine as it is, and lowest and highest on the map. By a dial: how far the mean moves "
    "from one value of the dial to another, averaged over the other dial. Chances: of 100 worlds."
)


def map(  # noqa: A001 -- as one asks for it: sim.map
    scenario: Source,
    dial_x: str,
    dial_y: str,
    actor: str = "us",
    preset: str | None = None,
    since: str | None = None,
    grid: int = 7,
    outcomes: Iterable[str] = (),
    ensemble: Ensemble = USUAL,
) -> Answer:
    """Turn two dials of a doctrine from 0 to 1, and map what that changes.

    Every node of the map is the doctrine with only the two dials changed, in the same worlds.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a shipped one.
    dial_x, dial_y
        The horizontal and the vertical dial, such as "clarity", or "priorities.europe" (the other priorities make room
        in proportion).
    actor
        Whose dials: "us", "ukraine", "russia", "europe" or "congress".
    preset
        The doctrine whose dials are turned, as `sim.compare` takes it; the scenario's own if None.
    since
        First month in force, "YYYY-MM"; the month of the actor's last change in the scenario if None.
    grid
        Values of each dial, 3 to 21.
    outcomes
        Outcomes to map, such as "settled"; "all" for every one; six if none.
    ensemble
        Which worlds; how they are simulated.

    Returns
    -------
    Answer
        Tables `nodes` and `effects`, figure `map`.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, the actor, a dial, a doctrine, a month or an outcome is none, or a number is out of bounds.
    """
    asked = tuple(outcomes)
    names = outcomes_named(asked, OUTCOMES)
    nodes = dial_grid.grid(scenario, (dial_x, dial_y), grid, actor, preset, since)
    found = surveyed(nodes.scenarios, names, nodes.since, ensemble)
    ensemble.says("Mapping")
    table = mapped.node_table(found, nodes)
    effects = mapped.effect_table(found, nodes, ensemble.seed)
    head, rows = mapped.screen_rows(table, effects)

    def draw() -> dict[str, Figure]:
        from sim.figures.dial_maps import dial_maps
        from sim.figures.sheet import source_line

        whose = doctrine_label(getattr(nodes.scenarios[OWN], actor)[-1].label)
        title = mapped.title(effects)
        return {"map": dial_maps(table, nodes.dials, nodes.own, title, whose, source_line(found))}

    return Answer(
        title=same_worlds(nodes.study.base.title, len(nodes.scenarios), ensemble),
        sentences=mapped.sentences(table, effects),
        tables={"nodes": table, "effects": effects},
        grids=[Grid(head, rows, CAPTION)],
        command=command(
            "map",
            named(scenario),
            dial_x,
            dial_y,
            *guests_of(scenario),
            actor=not_us(actor),
            preset=preset,
            since=since,
            grid=grid,
            outcome=asked,
            worlds=ensemble.worlds,
            seed=ensemble.seed,
        ),
        draw=draw,
    )
