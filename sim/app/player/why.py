"""Why, in a month of a world: what each actor did, in sentences, and the terms of its decisions as signed bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.layout import heading, paragraph
from sim.app.player.asked import answered
from sim.app.player.frames import Why, reasons
from sim.questions.decisions import Decision
from sim.questions.labels import doctrine_label, month_text, number

if TYPE_CHECKING:
    from sim.scenario import Scenario

HALF = 50.0
"""Per cent of the width that the longest bar takes, to either side."""
DIGITS = 2
UNSAID = 0.005
"""Terms under this share of the heaviest are not drawn."""
Whys = dict[str, list[Why]]


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
    heaviest = max((abs(number) for _, number in decision.terms), default=0.0)
    with ui.element("table").classes("terms"):
        TextElement(tag="caption", text=f"{decision.title}: {number(decision.total, DIGITS)} {decision.unit}")
        for reason, size in decision.terms:
            if abs(size) > UNSAID * heaviest:
                _term(reason, size, heaviest)


def _term(reason: str, size: float, heaviest: float) -> None:
    length = HALF * abs(size) / heaviest
    start = HALF if size > 0.0 else HALF - length
    with ui.element("tr"):
        TextElement(tag="th", text=reason[:1].upper() + reason[1:]).props("scope=row")
        with ui.element("td").classes("bar"):
            ui.element("div").classes("for" if size > 0.0 else "against").style(
                f"margin-left: {start:.1f}%; width: {length:.1f}%"
            ).props("aria-hidden=true")
        TextElement(tag="td", text=("+" if size > 0.0 else "") + number(size, DIGITS)).classes("amount")
