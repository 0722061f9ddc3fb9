"""`doctrine map`: two dials, and small maps of what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands.answers import Answer, answer
from sim.commands.dials import opening, options, typed
from sim.terminal.options import USUAL_LUCK, USUAL_OUTPUT, Luck, Names, Output, Whole

if TYPE_CHECKING:
    from sim.questions.dial_grid import Grid as Nodes
    from sim.terminal.console import Watch

USUAL = ("settled", "in_force", "land", "us_cost", "europe_cost", "optimism_russia")
"""Outcomes that are mapped if none is named."""
CAPTION = (
    "Means over worlds: of the doctrine as it is, and lowest and highest on the map. By a dial: how far the mean moves "
    "from one value of the dial to another, averaged over the other dial. Chances: of 100 worlds."
)


def map_(
    scenario: str,
    dial_x: str,
    dial_y: str,
    /,
    *,
    actor: str = "us",
    preset: str | None = None,
    since: str | None = None,
    grid: Whole = 7,
    outcome: Names = None,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Turn two dials of a doctrine from 0 to 1, and map what that changes.

    Writes results/map/: nodes.csv, effects.csv, a figure; prints which dial moves what.

    For example:

        doctrine map outlook clarity commitment --worlds 500
        doctrine map outlook priorities.europe order --preset architectural

    Every node of the map is the doctrine with only the two dials changed,
    in the same worlds: 50 scenarios for a grid of 7.

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    dial_x
        The horizontal dial, such as clarity, or priorities.europe (the other priorities make room in proportion).
    dial_y
        The vertical dial.
    actor
        Whose dials: us, ukraine, russia, europe or congress.
    preset
        The doctrine whose dials are turned, as compare takes it; the scenario's own if not given.
    since
        First month in force, YYYY-MM; the month of the actor's last change in the scenario if not given.
    grid
        Values of each dial, 3 to 21.
    outcome
        Outcomes to map, such as settled or land; all for every one. Six if none is named.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.limits import check_ensemble
    from sim.questions import dial_grid
    from sim.questions.chosen import chosen

    check_ensemble(luck.worlds, luck.seed, output.jobs)
    names = chosen(outcome, USUAL)
    nodes = dial_grid.grid(scenario, (dial_x, dial_y), grid, actor, preset, since, luck.worlds, luck.seed)
    given = {"actor": actor if actor != "us" else None, "preset": preset, "since": since}
    words = ["map", typed(scenario), dial_x, dial_y, *options(luck, **given, grid=str(grid), outcome=outcome)]

    def work(watch: Watch) -> Answer:
        return _mapped(nodes, names, output.jobs, actor, watch)

    return answer(opening(nodes.study, len(nodes.scenarios)), words, output, work)


def _mapped(nodes: Nodes, names: tuple[str, ...], jobs: int, actor: str, watch: Watch) -> Answer:
    """Simulate the nodes, and make tables, a figure and sentences of them."""
    from sim.figures.dial_maps import dial_maps
    from sim.figures.page import source_line
    from sim.questions import dial_map, dial_map_words
    from sim.questions.chosen import surveyed
    from sim.questions.labels import doctrine_label
    from sim.terminal.summary import Grid

    study = nodes.study
    found = surveyed(
        nodes.scenarios, names, nodes.since, watch.simulated, worlds=study.worlds, seed=study.seed, jobs=jobs
    )
    watch.doing("Mapping")
    table = dial_map.node_table(found, nodes)
    effects = dial_map.effect_table(found, nodes, study.seed)
    whose = doctrine_label(getattr(next(iter(nodes.scenarios.values())), actor)[-1].preset)
    title = dial_map_words.title(effects)
    figure = dial_maps(table, nodes.dials, nodes.own, title, whose, source_line(found))
    head, rows = dial_map_words.screen_rows(table, effects)
    said = dial_map_words.sentences(table, effects)
    return Answer({"nodes": table, "effects": effects}, {"map": figure}, said, [Grid(head, rows, CAPTION)])
