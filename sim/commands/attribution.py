"""`doctrine attribution`: which dial, or which mechanism, makes the difference between two doctrines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.commands.answers import Answer, answer
from sim.commands.dials import opening, options, typed
from sim.terminal.options import USUAL_LUCK, USUAL_OUTPUT, Flag, Luck, Names, Output

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sim.questions.attributed import Game
    from sim.questions.coalitions import Coalitions
    from sim.study import Study
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid

USUAL = ("settled", "in_force", "relapsed", "us_cost", "europe_cost", "land")
"""Outcomes that are shared out if none is named."""
SHOWN = 6
"""Outcomes that fit the screen."""
CAPTION = (
    "Chances: of 100 worlds; money: EUR bn; land: % of Ukraine. In (brackets): not told from zero. Below, "
    "in [brackets]: 95 % intervals over worlds."
)


def attribution(
    scenario: str,
    doctrine_a: str,
    doctrine_b: str,
    /,
    *,
    actor: str = "us",
    since: str | None = None,
    outcome: Names = None,
    groups: Flag = False,
    mechanisms: Names = None,
    channels: Flag = False,
    luck: Luck = USUAL_LUCK,
    output: Output = USUAL_OUTPUT,
) -> int:
    """Share out the difference between two doctrines among their dials.

    Writes results/attribution/: Shapley and Owen values, coalitions, figures.

    For example:

        doctrine attribution outlook architectural transactional --groups
        doctrine attribution outlook architectural transactional --channels

    Every set of dials that differ is moved from the first doctrine to the
    second, in the same worlds: 256 scenarios for eight dials, which take
    about a minute for 500 worlds.

    Parameters
    ----------
    scenario
        A scenario file, or the name of a shipped one (see: doctrine list).
    doctrine_a
        Where the difference starts: a preset of the actor, or preset:dial=value,dial=value.
    doctrine_b
        Where it ends.
    actor
        Whose doctrine: us, ukraine, russia, europe or congress.
    since
        First month in force, YYYY-MM; the month of the actor's last change in the scenario if not given.
    outcome
        Outcomes to share out, such as settled or land; all for every one. Six if none is named.
    groups
        Show dials in groups (goals, theory of the world, style) by their Owen values.
    mechanisms
        Share the difference out among these mechanisms instead: through which channel does it come?
    channels
        The same among the usual channels: aid_pressure, signals, leverage, constructive_ambiguity, hedging, alarm.
    luck
        Which worlds.
    output
        Where results go.
    """
    from sim.limits import InputError, check_ensemble
    from sim.questions import coalitions
    from sim.questions.chosen import chosen
    from sim.study import comparison

    check_ensemble(luck.worlds, luck.seed, output.jobs)
    study = comparison(scenario, [doctrine_a, doctrine_b], actor, since, luck.worlds, luck.seed)
    names = chosen(outcome, USUAL)
    switches = mechanisms or (coalitions.CHANNELS if channels else None)
    if switches and groups:
        raise InputError("--groups: only dials come in groups; leave it out, or leave out the mechanisms")
    moved = coalitions.of_mechanisms(study, switches) if switches else coalitions.of_dials(study, actor)
    given = {"actor": actor if actor != "us" else None, "since": since, "outcome": outcome, "groups": groups}
    words = ["attribution", typed(scenario), doctrine_a, doctrine_b]
    words += options(luck, **given, mechanisms=mechanisms, channels=channels and not mechanisms)

    def work(watch: Watch) -> Answer:
        found = _simulated(study, moved, names, actor, output.jobs, watch)
        watch.doing("Sharing out")
        if switches:
            return _by_mechanism(found, moved, study)
        return _by_dial(found, moved, study, coalitions.groups_of(actor, moved.players), groups)

    return answer(opening(study, len(moved.scenarios)), words, output, work)


def _simulated(
    study: Study, moved: Coalitions, names: tuple[str, ...], actor: str, jobs: int, watch: Watch
) -> xr.Dataset:
    from sim.questions.chosen import surveyed

    first = next(iter(study.scenarios.values()))
    start = getattr(first, actor)[-1].since
    return surveyed(moved.scenarios, names, start, watch.simulated, worlds=study.worlds, seed=study.seed, jobs=jobs)


def _by_dial(
    found: xr.Dataset, moved: Coalitions, study: Study, groups: dict[str, tuple[str, ...]], grouped: bool
) -> Answer:
    """The answer in dials; with their groups on the screen and in a figure of their own if asked for."""
    from sim.figures.page import source_line
    from sim.figures.waterfall import waterfall
    from sim.questions import attributed, attribution_words

    labels = list(study.scenarios)
    game = attributed.dial_game(found, moved, labels)
    tables = _tables(game, study.seed) | {"owen": attributed.owen_table(game, groups, study.seed)}
    ends = attribution_words.end_names(labels)
    title = attribution_words.title(game, tables["shapley"], attribution_words.DIALS)
    said = attribution_words.sentences(game, tables["shapley"], attribution_words.DIALS, study.seed)
    source = source_line(found)
    parts = attribution_words.parts(game, tables["shapley"], study.seed)
    figures = {"attribution": waterfall(parts, title, ends, source)}
    grids = [_grid(parts, ends)]
    if grouped:
        unions = attribution_words.unions(tables["owen"])
        title = attribution_words.title(game, unions, attribution_words.DIALS)
        steps = attribution_words.parts(game, unions, study.seed)
        figures["groups"] = waterfall(steps, title, ends, source, "group of dials")
        grids.append(_grid(steps, ends))
    return Answer(tables, figures, said, grids)


def _by_mechanism(found: xr.Dataset, moved: Coalitions, study: Study) -> Answer:
    """The answer in mechanisms: what is shared out is the difference between the doctrines."""
    from sim.figures.page import source_line
    from sim.figures.waterfall import waterfall
    from sim.questions import attributed, attribution_words

    game = attributed.mechanism_game(found, moved, list(study.scenarios))
    tables = _tables(game, study.seed)
    title = attribution_words.title(game, tables["shapley"], attribution_words.MECHANISMS)
    said = attribution_words.sentences(game, tables["shapley"], attribution_words.MECHANISMS, study.seed)
    parts = attribution_words.parts(game, tables["shapley"], study.seed)
    ends = ("difference, all off", "difference, all on")
    figure = waterfall(parts, title, ends, source_line(found), "mechanism")
    return Answer(tables, {"attribution": figure}, said, [_grid(parts, ends)])


def _tables(game: Game, seed: int) -> dict[str, pd.DataFrame]:
    from sim.questions import attributed

    return {
        "shapley": attributed.shapley_table(game, seed),
        "coalitions": attributed.coalition_table(game, seed),
        "difference": game.pairs,
    }


def _grid(parts: dict[str, list[dict[str, Any]]], ends: tuple[str, str]) -> Grid:
    from sim.questions import attribution_words
    from sim.terminal.summary import Grid

    shown = dict(list(parts.items())[:SHOWN])
    return Grid(["", *shown], attribution_words.screen_rows(shown, ends), CAPTION)
