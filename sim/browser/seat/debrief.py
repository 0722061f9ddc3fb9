"""The end of a game: the debrief is worked out in another process, with progress; then what to do next.

The class shows the debrief too: among the doctrines' worlds, the costliest decision, and in the eyes of the others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from html import escape
from typing import Any

import numpy as np
from nicegui import ui

from sim.basics.actors import ACTORS
from sim.basics.arrays import Array
from sim.basics.labels import number
from sim.basics.limits import InputError
from sim.browser.charts import Chart, histogram, lines
from sim.browser.layout import TextElement, heading, paragraph
from sim.browser.runs import Stopped, runs
from sim.browser.seat.debrief_sentences import (
    DIGITS,
    TRIFLE,
    beaten,
    by_month,
    cost,
    cost_something,
    costliest,
    deviations,
    headline,
    how_it_ended,
    in_this_world,
    judged,
    land_worth,
    lost,
    measure,
    parts,
    scale,
)
from sim.browser.seat.game import Game, saving
from sim.browser.seat.month import HEADING
from sim.ensemble.processes import WorkerError
from sim.scenario.spelling import doctrine_name
from sim.teaching.seats.debrief import Debrief, HeldBelief
from sim.teaching.seats.table import SeatedWorld

WORLDS = 400
"""Other worlds that each doctrine of the seat is run in."""
MOST_REMEMBERED = 64
REMEMBERED: OrderedDict[str, tuple[Debrief, SeatedWorld]] = OrderedDict()
"""Debriefs by the text of their game: a reload does not work them out again."""
PERCENT = 100
FEWEST_MONTHS = 3
"""Months from which a line says more than a list."""
MOST_LISTED = 5
"""Decisions that are listed after the costliest."""
BINS = 40
RARE = (0.05, 0.95)
"""Worlds beyond are drawn in the outermost bars, or a few would squeeze all others together."""
DISTRIBUTION_HEIGHT = "13rem"
CLOSE = 0.4
"""Share of the axis within which two marks have one name."""
YOU = "you"


class Debriefing:
    """The part of the page after a game.

    Parameters
    ----------
    game : Game
    table : SeatedWorld
        The game's.
    visitor : str
        Who it is, as the pool of runs knows them.
    on_again : callable
        Called with a game to set up next.
    on_resume : callable
        Called when a game that was ended early shall go on.
    """

    def __init__(
        self,
        game: Game,
        table: SeatedWorld,
        visitor: str,
        on_again: Callable[[Game], Any],
        on_resume: Callable[[], Any],
    ) -> None:
        self._game, self._table, self._visitor = game, table, visitor
        self._running = False
        heading(2, f"The game is over: {self._span()}").props(f'id={HEADING} tabindex="-1"')
        self._progress()
        self._box = ui.element("div")
        self._then(on_again, on_resume)

    def start(self) -> None:
        """Work it out, and show it when it is there."""
        ui.timer(0.0, self._work, once=True)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._running:
            runs.cancel(self._visitor)

    def _span(self) -> str:
        played = sum(orders is not None for orders in self._game.months)
        return f"you decided {played} of {self._table.scenario.months} months"

    def _progress(self) -> None:
        with ui.element("div").classes("row") as self._row:
            self._bar = ui.element("progress").props(f'max="{PERCENT}" aria-label="Progress of the debrief"')
            self._status = TextElement(tag="span", text="").props("role=status")
            self._cancel = ui.button("Cancel", on_click=self.stop).props("outline")
            self._retry = ui.button("Work out the debrief", on_click=self._work).props("outline")

    async def _work(self) -> None:
        text = self._game.text()
        if text not in REMEMBERED and not self._running:
            await self._ask(text)
        if text in REMEMBERED and not self._box.is_deleted:
            self._row.set_visibility(False)
            self._box.clear()
            with self._box:
                show_debrief(*REMEMBERED[text])

    async def _ask(self, text: str) -> None:
        self._show_running(True, "Your game is compared with other worlds")
        told = "Cancelled."
        try:
            REMEMBERED[text] = await runs.ask(
                self._visitor, judged, self._table, self._game.seat, WORLDS, on_progress=self._tell
            )
            if len(REMEMBERED) > MOST_REMEMBERED:
                REMEMBERED.popitem(last=False)
        except Stopped:
            pass
        except (InputError, WorkerError) as error:
            told = f"{error}."
        finally:
            if not self._box.is_deleted:
                self._show_running(False, told)

    def _show_running(self, running: bool, text: str) -> None:
        self._running, self._status.text = running, text
        self._bar.set_visibility(running)
        self._cancel.set_visibility(running)
        self._retry.set_visibility(not running)

    def _tell(self, done: int, total: int) -> None:
        if self._box.is_deleted:
            return
        part = PERCENT * done // max(total, 1)
        self._bar.props["value"] = part
        self._status.text = f"Your game is compared with other worlds: {part} %"

    def _then(self, on_again: Callable[[Game], Any], on_resume: Callable[[], Any]) -> None:
        with ui.element("section").props('aria-labelledby="seat-next"'):
            heading(2, "What next").props('id="seat-next"')
            paragraph(
                "The same world again shows what a plan is worth: luck stays as it was, only your orders change. From "
                "another seat you learn what the others knew."
            )
            with ui.element("div").classes("row"):
                if self._game.ended and not self._table.over:
                    ui.button("Go on playing", on_click=on_resume).props("outline")
                ui.button("Same world, other plan or other seat", on_click=lambda: on_again(self._game.anew())).props(
                    "outline"
                )
                ui.link("Explore these doctrines in many worlds", explore_link(self._game))
            saving(self._game)


def explore_link(game: Game) -> str:
    """Address of Explore with the scenario, the doctrines and the luck of a game; the seat's doctrines are compared."""
    from sim.browser.explore.comparison import Comparison, own
    from sim.scenario.presets import PRESETS

    start = game.anew().world().start
    mine = getattr(game, game.seat) or own(game.scenario, game.seat, start)
    other = next(name for name in PRESETS[game.seat] if name != mine)
    doctrines = {actor: getattr(game, actor) for actor in ACTORS} | {game.seat: mine}
    state = Comparison(scenario=game.scenario, **doctrines, actor=game.seat, against=other, since=start, seed=game.seed)
    return state.link()


def show_debrief(found: Debrief, lived: SeatedWorld) -> None:
    """Show a debrief.

    Parameters
    ----------
    found : Debrief
    lived : SeatedWorld
        Its table, with every month over.
    """
    land = land_worth(found, lived)
    _standing(found, land)
    _decisions(found, land)
    _reads(found)


def _standing(found: Debrief, land: float | None) -> None:
    with ui.element("section").props('aria-labelledby="seat-standing"'):
        heading(2, headline(found)).props('id="seat-standing"')
        for text in (how_it_ended(found), *in_this_world(found), parts(found), scale(found, land)):
            if text:
                paragraph(text)
        worlds = len(found.distribution[found.own])
        heading(3, f"You among {worlds} other worlds under each doctrine")
        paragraph(
            "Each picture shows how often worlds come to so many points; further right is better for you. One line is "
            "you; the other is what the doctrine would have got in your very world. The doctrines differ, your goals "
            "do not: all are judged by those of your own doctrine. Other worlds have other luck; that line has yours. "
            "The outermost bars hold all that is beyond."
        )
        show_distributions(found)


def _decisions(found: Debrief, land: float | None) -> None:
    with ui.element("section").props('aria-labelledby="seat-decisions"'):
        heading(2, costliest(found, land)).props('id="seat-decisions"')
        if not found.decisions:
            return
        worst = found.decisions[0]
        if cost_something(found):
            _list(deviations(found.seat, worst) or ["You ordered what your doctrine would have ordered."])
        paragraph(
            "This is hindsight: the month was lived again as your doctrine would have decided it, with the same luck "
            "and with everything else as it was. Nobody could know that luck then; a sound order may turn out dear."
        )
        months, losses = by_month(found)
        if len(months) >= FEWEST_MONTHS and any(losses):
            told = (
                f"{worst.month} cost most, {cost(found, worst)}" if cost_something(found) else "no month cost anything"
            )
            title = f"What each month's orders cost you: {told}; below zero the order paid"
            Chart(
                lines(months, {"cost": losses}, "points", title, zero=True),
                f"{title}, over {len(months)} months.",
            )
        _next_worst(found)


def _next_worst(found: Debrief) -> None:
    others = [one for one in found.decisions[1:] if lost(found, one) >= TRIFLE][:MOST_LISTED]
    if not others:
        return
    with ui.element("details"):
        TextElement(tag="summary", text="The next costliest decisions")
        for one in others:
            heading(3, f"{one.month}: {cost(found, one)}")
            _list(deviations(found.seat, one))


def _reads(found: Debrief) -> None:
    with ui.element("section").props('aria-labelledby="seat-reads"'):
        heading(2, "What the others believed of you").props('id="seat-reads"')
        if not found.reads:
            paragraph("Nothing of yours came up that others had to guess.")
        with ui.element("div").classes("seat-charts"):
            for read in found.reads:
                _read(read)


def _read(read: HeldBelief) -> None:
    pairs = list(zip(read.months, read.believed, read.truth, strict=True))
    if len(pairs) >= FEWEST_MONTHS:
        drawn = lines(read.months, {"believed": read.believed, "what was so": read.truth}, read.unit, read.label)
        month, believed, truth = pairs[-1]
        Chart(drawn, f"{read.label}. In {month}: {number(believed, 2)} against {number(truth, 2)} {read.unit}.")
        return
    with ui.element("div"):
        heading(3, read.label)
        _list([f"{month}: {number(said, 1)} against {number(truth, 1)} {read.unit}" for month, said, truth in pairs])


def _list(texts: list[str]) -> None:
    with ui.element("ul"):
        for text in texts:
            TextElement(tag="li", text=text)


def show_distributions(found: Debrief) -> None:
    """Show the distribution of each doctrine with the player's mark, and the numbers as a table."""
    found = in_points(found)
    edges = _edges(found)
    with ui.element("div").classes("seat-charts"):
        for label, values in found.distribution.items():
            title = f"{doctrine_name(label)}: you did better than {beaten(found, label)} of its worlds"
            drawn = histogram({label: values}, _marks(found, label, edges), "points", title, edges=edges)
            Chart(drawn, _told(found, label), height=DISTRIBUTION_HEIGHT)
    with ui.element("details"):
        TextElement(tag="summary", text="The numbers of all doctrines")
        ui.html(_table(found), sanitize=False).classes("scroll").props(
            'tabindex="0" role="region" aria-label="Points by doctrine"'
        )


def _marks(found: Debrief, label: str, edges: Array) -> dict[str, float]:
    """The player, and the doctrine in the player's world; under one name where two would stand on each other."""
    near = abs(found.payoff - found.here[label]) < CLOSE * (edges[-1] - edges[0])
    names = (f"{YOU}, and it in your world", " ") if near else (YOU, "it, in your world")
    return dict(zip(names, (found.payoff, found.here[label]), strict=True))


def in_points(found: Debrief) -> Debrief:
    """The same with all payoffs in points."""
    yardstick = measure(found)
    return found._replace(
        payoff=yardstick.points(found.payoff),
        distribution={label: yardstick.each(values) for label, values in found.distribution.items()},
        here={label: yardstick.points(payoff) for label, payoff in found.here.items()},
    )


def _edges(found: Debrief) -> Array:
    """Bins from the lowest to the highest of what is not rare; what is rarer counts into the outermost."""
    usual = [np.quantile(values, RARE) for values in found.distribution.values()]
    every = np.concatenate([*usual, [found.payoff], list(found.here.values())])
    return np.histogram_bin_edges(every, bins=BINS)


def _told(found: Debrief, label: str) -> str:
    values = found.distribution[label]
    low, middle, high = (number(part, DIGITS) for part in np.quantile(values, (0.05, 0.5, 0.95)))
    return (
        f"Points of {len(values)} worlds under {doctrine_name(label)}: half are below {middle}, nine in ten from "
        f"{low} to {high}. Yours is {number(found.payoff, DIGITS)}."
    )


def _table(found: Debrief) -> str:
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("doctrine", "average of its worlds, points", "in your world, points", "you beat")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(doctrine_name(label))}</th><td>{number(float(values.mean()), DIGITS)}</td>'
        f"<td>{number(found.here[label], DIGITS)}</td><td>{beaten(found, label)}</td></tr>"
        for label, values in found.distribution.items()
    )
    you = f'<tr><th scope="row">you</th><td>–</td><td>{number(found.payoff, DIGITS)}</td><td>–</td></tr>'
    return f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{you}{rows}</tbody></table>'
