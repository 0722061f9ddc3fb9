"""Which dial, or which mechanism, makes the difference between two doctrines? Asked with `sim.attribution`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command, guests_of, named, not_us, same_worlds
from sim.basics.limits import InputError
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.ensemble.study import comparison
from sim.questions.compare.outcomes import outcomes_named, surveyed
from sim.questions.dials import attribution as shares
from sim.questions.dials import coalitions

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.ensemble.study import Source

OUTCOMES = ("settled", "in_force", "relapsed", "us_cost", "europe_cost", "land")
"""Outcomes that are shared out if none is named."""
SHOWN = 6
"""Outcomes that fit the screen."""
CAPTION = (
    "Chances: of 100 worlds; money: EUR bn; land: % of Ukraine. In (brackets): not told from zero. Below, "
    "in [brackets]: 95 % intervals over worlds."
)


def attribution(
    scenario: Source,
    doctrine_a: str,
    doctrine_b: str,
    actor: str = "us",
    since: str | None = None,
    outcomes: Iterable[str] = (),
    groups: bool = False,
    mechanisms: Iterable[str] = (),
    channels: bool = False,
    ensemble: Ensemble = USUAL,
) -> Answer:
    """Share out the difference between two doctrines among their dials, or among mechanisms.

    Every set of dials that differ is moved from the first doctrine to the second, in the same worlds: 256 scenarios for
    eight dials.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a shipped one.
    doctrine_a, doctrine_b
        Where the difference starts and ends: presets of the actor, or `preset:dial=value,dial=value`.
    actor
        Whose doctrines: "us", "ukraine", "russia", "europe" or "congress".
    since
        First month in force, "YYYY-MM"; the month of the actor's last change in the scenario if None.
    outcomes
        Outcomes to share out, such as "settled"; "all" for every one; six if none.
    groups
        Show dials in groups (goals, theory of the world, style) by their Owen values, too.
    mechanisms
        Share the difference out among these mechanisms instead: through which channel does it come?
    channels
        The same among the usual channels.
    ensemble
        Which worlds; how they are simulated.

    Returns
    -------
    Answer
        Tables `shapley`, `coalitions`, `difference`, and of dials `owen`; figures `attribution` and perhaps `groups`.

    Raises
    ------
    ScenarioError, InputError
        If the scenario, the actor, a doctrine, a month, an outcome or a mechanism is none, or no dial differs.
    """
    study = comparison(scenario, [doctrine_a, doctrine_b], actor, since)
    asked, named_mechanisms = tuple(outcomes), tuple(mechanisms)
    names = outcomes_named(asked, OUTCOMES)
    switches = named_mechanisms or (coalitions.CHANNELS if channels else ())
    if switches and groups:
        raise InputError("--groups: only dials come in groups; leave it out, or leave out the mechanisms")
    moved = coalitions.of_mechanisms(study, switches) if switches else coalitions.of_dials(study, actor)
    start = max(getattr(each, actor)[-1].since for each in study.scenarios.values())
    found = surveyed(moved.scenarios, names, start, ensemble)
    ensemble.says("Sharing out")
    labels = list(study.scenarios)
    game = (shares.mechanism_game if switches else shares.dial_game)(found, moved, labels)
    kind = shares.MECHANISMS if switches else shares.DIALS
    ends = ("difference, all off", "difference, all on") if switches else shares.end_names(labels)
    values = shares.shapley_table(game)
    tables = {"shapley": values, "coalitions": shares.coalition_table(game), "difference": game.pairs}
    steps: dict[str, tuple[pd.DataFrame, str]] = {"attribution": (values, "mechanism" if switches else "dial")}
    if not switches:
        tables["owen"] = shares.owen_table(game, coalitions.groups_of(actor, moved.players))
    if groups:
        steps["groups"] = shares.unions(tables["owen"]), "group of dials"

    def draw() -> dict[str, Figure]:
        from sim.figures.sheet import source_line
        from sim.figures.waterfall import waterfall

        source = source_line(found)
        return {
            name: waterfall(shares.waterfall_rows(game, table), shares.title(game, table, kind), ends, source, whose)
            for name, (table, whose) in steps.items()
        }

    return Answer(
        title=same_worlds(study.base.title, len(moved.scenarios), ensemble),
        sentences=shares.sentences(game, values, kind),
        tables=tables,
        grids=[_grid(game, table, ends) for table, _ in steps.values()],
        command=command(
            "attribution",
            named(scenario),
            doctrine_a,
            doctrine_b,
            *guests_of(scenario),
            actor=not_us(actor),
            since=since,
            outcome=asked,
            groups=groups,
            mechanisms=named_mechanisms,
            channels=channels and not named_mechanisms,
            worlds=ensemble.worlds,
            seed=ensemble.seed,
        ),
        draw=draw,
    )


def _grid(game: shares.CooperativeGame, table: pd.DataFrame, ends: tuple[str, str]) -> Grid:
    """The first outcomes, from one end down to the other."""
    shown = dict(list(shares.waterfall_rows(game, table).items())[:SHOWN])
    return Grid(["", *shown], shares.screen_rows(shown, ends), CAPTION)
