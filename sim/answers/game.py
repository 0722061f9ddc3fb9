"""Which doctrines answer each other, and where does nobody want to turn away? Asked with `sim.game`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, guests_of, named
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.basics.resampling import FEWEST_WORLDS
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.ensemble.study import one_scenario
from sim.questions.games import bargaining
from sim.questions.games.empirical_game import play, solved
from sim.questions.games.game_form import GameFile, game_form, game_of, load_game
from sim.questions.games.mixed import check_installed, mixed_equilibria
from sim.questions.games.sentences import CAPTION, at_the_table, grid_rows, sentences
from sim.questions.games.tables import tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source

SILENCE = "Under the baseline nobody talks in any world: there is no bargaining set to show."


def game(
    scenario: Source,
    players: Mapping[str, Sequence[str]] | None = None,
    file: str | os.PathLike[str] | None = None,
    month: str | None = None,
    mixed: bool = False,
    ensemble: Ensemble = USUAL,
) -> Answer:
    """Play every combination of the actors' doctrines in the same worlds, and ask which of them is an equilibrium.

    Every player's payoff is its own utility by fixed goals, whatever doctrine it plays.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a shipped one.
    players
        Doctrines that each actor chooses from; Washington, Moscow, Kyiv and Europe from three each if neither these nor
        a file is given: 81 profiles.
    file
        A game file: players and their doctrines, by whose goals payoffs are counted, the discount rate.
    month
        Month whose talks are looked into, "YYYY-MM"; the one in which most worlds talk if None.
    mixed
        Look for mixed equilibria too, with pygambit.
    ensemble
        Which worlds, 20 or more; how they are simulated.

    Returns
    -------
    Answer
        Tables `payoffs`, `regrets`, `deviations`, `equilibria`, `qre`, `alpharank`, `dominance`, `welfare`, `beliefs`
        and others; a figure a pair of players, and of regrets, replies and bargaining.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, a player, a doctrine or a month is none, there are too few worlds, or pygambit is missing.
    """
    if ensemble.worlds < FEWEST_WORLDS:
        raise InputError(f"worlds: must be at least {FEWEST_WORLDS} for a game, got {ensemble.worlds}")
    if players is not None and file is not None:
        raise InputError("players: a game file names them too; give the one or the other")
    if mixed:
        check_installed()
    base = one_scenario(scenario, ensemble).base
    bargaining.check_month(base, month)
    form = game_form(base, _asked(players, file))
    played = play(form, ensemble)
    ensemble.says("Solving")
    found = solved(played, ensemble.seed, mixed_equilibria(played.payoffs) if mixed else ())
    ensemble.says("Listening at the table")
    talks = bargaining.rounds(form.scenario(form.baseline), ensemble, month)
    made, said = tables(found), sentences(found)
    if talks is not None:
        made |= {"bargaining": bargaining.points(talks), "packages": bargaining.bargaining_set(talks)}
    said.append(SILENCE if talks is None else at_the_table(made["bargaining"]))

    def draw() -> dict[str, Figure]:
        from sim.figures import games

        luck = f"{ensemble.worlds:,} worlds, seed {ensemble.seed}"
        return games.all_figures(
            found, talks, f"Simulated: {luck}. Payoffs by fixed goals; see docs/questions/game.md."
        )

    head, rows = grid_rows(found)
    return Answer(
        title=f"{base.title}: a game of {len(form.players)}, {count(len(form.scenarios), 'profile')} in the same "
        f"{count(ensemble.worlds, 'world')}, seed {ensemble.seed}",
        sentences=said,
        tables=made,
        grids=[Grid(head, rows, CAPTION)],
        command=command(
            "game",
            named(scenario) if players is None else None,
            *guests_of(scenario),
            file=named(file),
            month=month,
            mixed=mixed,
            worlds=ensemble.worlds,
            seed=ensemble.seed,
        ),
        draw=draw,
    )


def _asked(players: Mapping[str, Sequence[str]] | None, file: str | os.PathLike[str] | None) -> GameFile:
    if file is not None:
        return load_game(file)
    return GameFile() if players is None else game_of({"players": {who: list(them) for who, them in players.items()}})
