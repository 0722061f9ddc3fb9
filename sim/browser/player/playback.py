"""The player: step, play, pause, back, reset; the same month of the same world under each doctrine side by side.

And why, in a month: what each actor did, in sentences, and the terms of its decisions as signed bars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nicegui import ui

from sim.basics.labels import month_text, number
from sim.browser.chart_parts import Options
from sim.browser.charts import ROW_HEIGHT, Amount, Chart, amounts
from sim.browser.fields import choice
from sim.browser.layout import TextElement, answered, heading, paragraph, ticking
from sim.browser.player.frames import Frame, Why, reasons, watched
from sim.browser.player.front_map import Standing, front_map
from sim.figures.style import COLOURS
from sim.questions.explain.decisions import Decision
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    from sim.scenario import Scenario

GIVES, FIGHTS = COLOURS[0], COLOURS[1]
MONEY, FORCE = "EUR bn", "units"
ROWS = 4
"""Of the chart of flows."""
Films = dict[str, list[Frame]]
SPEEDS = {"2": "Slow: 2 s a month", "1": "1 s a month", "0.4": "Fast: 0.4 s a month"}
YEAR = 12
"""Months back to which the dashed line on the map recalls the front."""
LATEST = 8
"""Months with news that are shown; older ones are folded away."""
PERCENT = 100.0
FOR, AGAINST = COLOURS[:2]
TERMS_HEIGHT = "calc(1rem + {} * 2.75rem)"
"""Of a chart with so many terms."""
DIGITS = 2
UNSAID = 0.005
"""Terms under this share of the heaviest are not drawn."""
Whys = dict[str, list[Why]]


class BarScale(NamedTuple):
    """The longest bars of all months shown: money (EUR bn a month) and effort (units of force a month)."""

    money: float
    effort: float


def longest_flows(shown: list[list[Frame]]) -> BarScale:
    """One scale for all months and doctrines, so that bars can be compared."""
    every = [frame for frames in shown for frame in frames]
    money = max(max(frame.allocated, frame.delivered, frame.europe) for frame in every)
    return BarScale(money or 1.0, max(max(frame.effort, frame.wanted) for frame in every) or 1.0)


def sentence(frame: Frame) -> str:
    """The flows of a month in words."""
    talks = f" At the table: {at_the_table(frame)}." if frame.talks or frame.meets else ""
    return (
        f"Washington allocates {number(frame.allocated, 1)} EUR bn and delivers {number(frame.delivered, 1)}; "
        f"Europe allocates {number(frame.europe, 1)}. Russia adds {number(frame.effort, 1)} units of force, "
        f"and would like {number(frame.wanted, 1)}.{talks}"
    )


def at_the_table(frame: Frame) -> str:
    """Who sits down with whom."""
    first = "Moscow is called first" if frame.moscow_first else "the allies are consulted first"
    called = [f"Washington talks, {first}"] if frame.talks else []
    met = ["Kyiv and Moscow meet by themselves"] if frame.meets else []
    return "; ".join(called + met) or "no talks this month"


def flows(frame: Frame, longest: BarScale) -> Options:
    """The flows of a month as bars: money from Washington and Europe, and Moscow's effort beside what it wants."""
    rows = [
        Amount(name, f"{number(size, 1)} {MONEY}", size, longest.money, GIVES)
        for name, size in (
            ("Washington allocates", frame.allocated),
            ("Washington delivers", frame.delivered),
            ("Europe allocates", frame.europe),
        )
    ]
    effort = f"{number(frame.effort, 1)} {FORCE}"
    rows.append(Amount("Russia's war effort", effort, frame.effort, longest.effort, FIGHTS, frame.wanted))
    table = f"At the table: {at_the_table(frame)}"
    return amounts(rows, "this month; the upright line is the effort that Russia would like", table)


def player(scenarios: dict[str, Scenario], seed: int, world: int) -> None:
    """Build the player of a world.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        By the label of the doctrine; one or two are best.
    seed, world : int
        Which luck.
    """
    answered(f"Living through world {world} …", Playback, watched, scenarios, seed, world)


class Playback:
    """What shows a world, at the month to which it has been stepped.

    Parameters
    ----------
    films : dict of str to list of Frame
        Every month of the world, by the label of the doctrine.
    """

    def __init__(self, films: Films) -> None:
        self._films, self._place = films, 0
        self._months = [frame.month for frame in next(iter(films.values()))]
        self._scale = longest_flows(list(films.values()))
        self._timer = ticking(1.0, self._tick)
        self._controls()
        with ui.element("div").classes("beside"):
            self._screens = [WorldScreen(label, frames, self._scale) for label, frames in films.items()]
        self._show()

    def _controls(self) -> None:
        with ui.element("div").classes("controls").props('role="group" aria-label="Player"'):
            self._play = ui.button("Play", on_click=self._toggle)
            ui.button("Step", on_click=lambda: self._go(self._place + 1))
            ui.button("Back", on_click=lambda: self._go(self._place - 1)).props("outline")
            ui.button("Reset", on_click=self._reset).props("outline")
            choice("Speed", SPEEDS, "1", self._speed)
        with ui.element("div").classes("player-month"):
            named = TextElement(tag="label", text="Month: ")
            self._now = TextElement(tag="output", text="")
            self._slider = ui.element("input").props(f'type=range min=0 max="{len(self._months) - 1}" step=1')
            self._slider.props["value"] = 0
            named.props["for"] = self._now.props["for"] = self._slider.html_id
        self._slider.on("input", lambda event: self._slid(event.args), js_handler="(e) => emit(e.target.value)")

    def _slid(self, text: object) -> None:
        if isinstance(text, str) and text.isascii() and text.isdigit():
            self._go(int(text))

    def _speed(self, seconds: str) -> None:
        self._timer.interval = float(seconds)

    def _toggle(self) -> None:
        if not self._timer.active and self._place == len(self._months) - 1:
            self._place = 0
        self._run(not self._timer.active)
        self._show()

    def _run(self, runs: bool) -> None:
        self._timer.active = runs
        self._play.text = "Pause" if runs else "Play"

    def _reset(self) -> None:
        self._run(False)
        self._go(0)

    def _tick(self) -> None:
        self._go(self._place + 1)
        if self._place == len(self._months) - 1:
            self._run(False)

    def _go(self, place: int) -> None:
        self._place = min(max(place, 0), len(self._months) - 1)
        self._show()

    def _show(self) -> None:
        month = self._months[self._place]
        self._now.text = f"{month_text(month)}, month {self._place + 1} of {len(self._months)}"
        self._slider.props["value"] = self._place
        self._slider.props["aria-valuetext"] = month_text(month)
        self._slider.update()
        for screen in self._screens:
            screen.show(self._place)


class WorldScreen:
    """A world under one doctrine: the map, the flows, the story so far."""

    def __init__(self, label: str, frames: list[Frame], longest: BarScale) -> None:
        self._label, self._frames, self._scale = label, frames, longest
        with ui.element("section").classes("screen").props(f'aria-label="Under {doctrine_label(label)}"'):
            heading(4, f"Under {doctrine_label(label)}")
            self._map = ui.html("", sanitize=False)
            self._flows = Chart(flows(frames[0], longest), sentence(frames[0]), height=ROW_HEIGHT.format(ROWS))
            heading(5, "The story so far")
            self._story = ui.element("div").classes("story").props('role="log" aria-live="polite"')
        self._told: list[int] | None = None

    def show(self, place: int) -> None:
        """Show a month."""
        frame, before = self._frames[place], self._frames[max(place - YEAR, 0)]
        self._map.content = front_map(
            frame.line,
            before.line,
            month_text(before.month),
            standing(frame),
            state(frame),
            map_sentence(self._label, frame),
        )
        self._flows.show(flows(frame, self._scale), sentence(frame))
        with_news = [n for n in range(place, -1, -1) if self._frames[n].news]
        if with_news != self._told:
            self._told = with_news
            self._tell(with_news)

    def _tell(self, places: list[int]) -> None:
        self._story.clear()
        with self._story:
            for place in places[:LATEST]:
                self._chapter(self._frames[place])
            if places[LATEST:]:
                with ui.element("details"):
                    TextElement(tag="summary", text=f"{len(places) - LATEST} earlier months")
                    for place in places[LATEST:]:
                        self._chapter(self._frames[place])

    @staticmethod
    def _chapter(frame: Frame) -> None:
        with ui.element("p"):
            TextElement(tag="strong", text=f"{month_text(frame.month)}. ")
            TextElement(tag="span", text=" ".join(frame.news))


def state(frame: Frame) -> str:
    """How the war stands, in words."""
    if frame.settled:
        return (
            "Ukraine collapsed: the terms are imposed" if frame.collapsed else "A settlement holds: the guns are silent"
        )
    if frame.truce:
        return "A truce holds: the guns are silent, and nothing is settled"
    return "The settlement broke: the guns speak again" if frame.relapsed else "The guns speak"


def standing(frame: Frame) -> Standing:
    """As what the line is drawn."""
    return Standing.BORDER if frame.settled else Standing.TRUCE if frame.truce else Standing.FRONT


def map_sentence(label: str, frame: Frame) -> str:
    """What the map shows, in words."""
    return (
        f"Schematic map, under {doctrine_label(label)}, {month_text(frame.month)}: Russia holds "
        f"{number(PERCENT * frame.line, 1)} per cent of Ukraine. {state(frame)}."
    )


def why(scenarios: dict[str, Scenario], seed: int, world: int, month: str) -> None:
    """Build the reasons of a month: each actor in turn, under each doctrine side by side.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        By the label of the doctrine.
    seed, world : int
        Which luck.
    month : str
        "YYYY-MM", of the scenarios' horizon.
    """

    def show(found: Whys) -> None:
        paragraph(
            f"World {world}, {month_text(month)}. The bars of a decision sum to the number above them; what cannot be "
            "less than nothing, or more than all, is then held at that."
        )
        for place, actor in enumerate(next(iter(found.values()))):
            _actor(actor.actor, {label: told[place] for label, told in found.items()})

    answered(f"Living through world {world} again …", show, reasons, scenarios, seed, world, month)


def _actor(name: str, told: dict[str, Why]) -> None:
    with ui.element("details").props("open").classes("who"):
        with ui.element("summary"):
            heading(4, name)
        with ui.element("div").classes("beside"):
            for label, one in told.items():
                with ui.element("div"):
                    TextElement(tag="strong", text=f"Under {doctrine_label(label)}")
                    for sentence in one.sentences:
                        paragraph(_without_terms(sentence))
                    for decision in one.decisions:
                        _decision(decision)


def _without_terms(sentence: str) -> str:
    """The sentence without the list of terms in its last brackets, which the bars beneath show.

    >>> _without_terms("Talks were held (Moscow was called first); their chance was 4 % (log-odds; for: habit +0.80).")
    'Talks were held (Moscow was called first); their chance was 4 %.'
    """
    opening = sentence.rfind(" (")
    listed = any(mark in sentence[opening:] for mark in ("for: ", "against: ")) if opening >= 0 else False
    return sentence[:opening].rstrip(",;") + "." if listed else sentence


def _decision(decision: Decision) -> None:
    title = f"{decision.title}: {number(decision.total, DIGITS)} {decision.unit}"
    rows = terms(decision)
    Chart(amounts(rows, "", title), _terms_told(title, rows), height=TERMS_HEIGHT.format(max(len(rows), 1)))


def terms(decision: Decision) -> list[Amount]:
    """The terms of a decision as bars that sum to it; those that count for next to nothing are left out."""
    heaviest = max((abs(size) for _, size in decision.terms), default=0.0)
    return [
        Amount(
            reason[:1].upper() + reason[1:],
            ("+" if size > 0.0 else "") + number(size, DIGITS),
            size,
            heaviest,
            FOR if size > 0.0 else AGAINST,
        )
        for reason, size in decision.terms
        if abs(size) > UNSAID * heaviest
    ]


def _terms_told(title: str, rows: list[Amount]) -> str:
    return f"{title}. {'; '.join(f'{row.label} {row.text}' for row in rows)}."
