"""`doctrine game`: which doctrines answer each other, and where nobody wants to turn away."""

from __future__ import annotations

from pathlib import Path

from sim.cli.answers import deliver
from sim.cli.options import USUAL_COMPANY, USUAL_LUCK, USUAL_OUTPUT, Company, Flag, Luck, Output


def game(
    scenario: str,
    /,
    *,
    file: Path | None = None,
    month: str | None = None,
    mixed: Flag = False,
    company: Company = USUAL_COMPANY,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Play every combination of the actors' doctrines in the same worlds, and ask which of them is an equilibrium.

    Writes results/game/: payoffs, regrets, deviations, equilibria, quantal response, alpha-rank, dominance, welfare,
    the bargaining set; figures.

    Washington, Moscow, Kyiv and Europe choose from three doctrines each unless a file says otherwise: 81 profiles.
    Every player's payoff is its own utility by fixed goals, whatever doctrine it plays.

    For example:

        doctrine game outlook --worlds 500
        doctrine game outlook --file game.toml --mixed

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    file
        A game file: players and their doctrines, by whose goals payoffs are counted, the discount rate.
    month
        Month whose talks are looked into, YYYY-MM; the one in which most worlds talk if not given.
    mixed
        Look for mixed equilibria too; needs pygambit: pip install 'doctrine-sim[game]'.
    company
        Who joins.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.answers.game import game as asked
    from sim.scenario.guests import joined

    return deliver(
        "game",
        lambda ensemble: asked(joined(scenario, company.guest), None, file, month, mixed, ensemble),
        luck,
        output,
    )
