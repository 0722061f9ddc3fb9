"""`doctrine map`: two dials, and small maps of what they change."""

from __future__ import annotations

from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, USUAL_OUTPUT, Company, Luck, Names, Output, Whole


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
    company: Company = USUAL_COMPANY,
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
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.dial_map import map as asked
    from sim.scenario.guests import joined

    return deliver(
        "map",
        lambda ensemble: asked(
            joined(scenario, company.guest), dial_x, dial_y, actor, preset, since, grid, outcome or (), ensemble
        ),
        luck,
        output,
    )
