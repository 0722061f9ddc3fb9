"""`doctrine game`: which doctrines answer each other, and where nobody wants to turn away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.answers import Answer, answer
from sim.terminal.options import USUAL_LUCK, USUAL_OUTPUT, Flag, Luck, Output

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.questions.game import Setting
    from sim.questions.game_solutions import Solved
    from sim.questions.packages_at_table import Round
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid


def game(
    scenario: str,
    /,
    *,
    file: Path | None = None,
    month: str | None = None,
    mixed: Flag = False,
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
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.limits import InputError, check_ensemble
    from sim.questions.game import FEWEST_WORLDS, setting
    from sim.questions.games.file import GameFile, load_game
    from sim.questions.games.mixed import check_installed
    from sim.questions.packages_at_table import check_month
    from sim.scenario import load

    check_ensemble(luck.worlds, luck.seed, output.jobs)
    if luck.worlds < FEWEST_WORLDS:
        raise InputError(f"worlds: must be at least {FEWEST_WORLDS} for a game, got {luck.worlds}")
    if mixed:
        check_installed()
    base = load(scenario)
    check_month(base, month)
    asked = setting(base, GameFile() if file is None else load_game(file))
    options = [*(["--file", file.name] if file else []), *(["--month", month] if month else []), *["--mixed"] * mixed]
    command = ["game", Path(scenario).name, *options, "--worlds", str(luck.worlds), "--seed", str(luck.seed)]
    title = (
        f"{base.title}: a game of {len(asked.players)}, {len(asked.scenarios):,} profiles in the same "
        f"{luck.worlds:,} worlds, seed {luck.seed}"
    )
    return answer(title, command, output, lambda watch: _work(asked, luck, output.jobs, month, mixed, watch))


def _work(asked: Setting, luck: Luck, jobs: int, month: str | None, mixed: bool, watch: Watch) -> Answer:
    """Play, solve, listen at the table."""
    from sim.questions import game_solutions, game_tables, game_words, packages_at_table
    from sim.questions.game import play
    from sim.questions.games.mixed import mixed_equilibria

    played = play(asked, luck.worlds, luck.seed, jobs, watch.simulated)
    watch.doing("Solving")
    found = game_solutions.solved(played, luck.seed, mixed_equilibria(played.payoffs) if mixed else ())
    watch.doing("Listening at the table")
    talks = packages_at_table.rounds(asked.scenario(asked.baseline), luck.worlds, luck.seed, month)
    tables, sentences = game_tables.tables(found), game_words.sentences(found)
    if talks is None:
        sentences.append("Under the baseline nobody talks in any world: there is no bargaining set to show.")
    else:
        tables["bargaining"] = packages_at_table.points(talks)
        tables["packages"] = packages_at_table.bargaining_set(talks)
        sentences.append(game_words.at_the_table(tables["bargaining"]))
    watch.doing("Drawing figures")
    return Answer(tables, _figures(found, talks, luck), sentences, [_grid(found)])


def _figures(found: Solved, talks: Round | None, luck: Luck) -> dict[str, Figure]:
    from sim.figures import games

    source = f"Simulated: {luck.worlds:,} worlds, seed {luck.seed}. Payoffs by fixed goals; see docs/questions/game.md."
    return games.all_figures(found, talks, source)


def _grid(found: Solved) -> Grid:
    """The profiles of least regret, with every player's payoff less the baseline's, in points."""
    from sim.questions.game_words import UNIT, grid_rows
    from sim.terminal.summary import Grid

    head, rows = grid_rows(found)
    return Grid(head, rows, UNIT)
