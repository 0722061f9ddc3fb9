"""Where a lesson's words go: to the terminal, into the notebook it is read in, or to whoever records them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.scenario.mechanisms import Mechanisms

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.scenario import Scenario

HERE = Path(__file__).parent
DPI = 96
"""Of a figure in a notebook and on a page: 1,280 pixels wide."""
SMALLEST = 9
"""Compression of such a figure: it ships, and is read more often than made."""


class Part(NamedTuple):
    """Something that a lesson says.

    Attributes
    ----------
    kind
        What it is; an "answer" stands in the grading key.
    line : int
        Line of the lesson's file that says it.
    text : str
        Markdown; of a figure, what it shows, for those who do not see it.
    name : str
        Of a figure, its file; of an answer or a finding, what it answers.
    figure : matplotlib.figure.Figure, optional
        The figure itself.
    """

    kind: Literal["text", "figure", "answer", "finding"]
    line: int
    text: str
    name: str = ""
    figure: Figure | None = None


class FindingGoneError(AssertionError):
    """A lesson's surprise is none any more: the model has changed, and the lesson must follow."""


_records: list[list[Part]] = []


@contextmanager
def recorded() -> Iterator[list[Part]]:
    """Collect what is said inside, instead of showing it.

    >>> with recorded() as parts:
    ...     say("Peace is cheaper.")
    >>> parts[0].text
    'Peace is cheaper.'
    """
    parts: list[Part] = []
    _records.append(parts)
    try:
        yield parts
    finally:
        _records.pop()


def say(text: str) -> None:
    """Say a paragraph, or several, in Markdown.

    >>> say("Peace is *cheaper*.")
    Peace is *cheaper*.
    <BLANKLINE>
    """
    _out(Part("text", _line(), dedent(text).strip()))


def show(figure: Figure, name: str, alternative: str) -> None:
    """Show a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        In the house style: its title is the finding.
    name : str
        Its file, without an ending.
    alternative : str
        What it shows, for those who do not see it.
    """
    _out(Part("figure", _line(), alternative, name, figure))


def check(holds: Any, finding: str) -> None:
    """Make sure that what the lesson is about to say is what the model does.

    Raises
    ------
    FindingGoneError
        If it is not.

    Examples
    --------
    >>> check(1 + 1 == 2, "one and one are two")
    """
    if not bool(holds):
        raise FindingGoneError(f"this lesson's finding does not hold any more: {finding}")
    if _records:
        _records[-1].append(Part("finding", _line(), finding))


def solution(number: int | str, answer: str, worked: str) -> None:
    """Say the worked solution of an exercise, folded away until it is asked for.

    Parameters
    ----------
    number : int or str
        The number of the exercise, or what else is asked, in words.
    answer : str
        The answer in a line, for the grading key.
    worked : str
        How to come to it, in Markdown.
    """
    line, asked = _line(), f"exercise {number}" if isinstance(number, int) else number
    if _records:
        _records[-1].append(Part("answer", line, answer, asked[:1].upper() + asked[1:]))
    folded = f"<summary>Solution of {asked}</summary>\n\n**{answer}** {dedent(worked).strip()}"
    _out(Part("text", line, f'<details markdown="1">{folded}\n\n</details>'))


def answer(name: str, text: str) -> None:
    """Put an answer into the grading key without saying it."""
    if _records:
        _records[-1].append(Part("answer", _line(), text, name))


def of_100(worlds: float) -> str:
    """A count of 100 worlds in words.

    >>> of_100(24.7), of_100(0.4)
    ('25 of 100 worlds', 'fewer than one of 100 worlds')
    """
    if 0.0 < worlds < 1.0:
        return "fewer than one of 100 worlds"
    return f"{worlds:.0f} of 100 worlds"


def happened(event: str, outcome: bool = False) -> str:
    """An event of the record's list by its id, with the day, and with how it ended if asked for.

    >>> happened("arms-pause-2025-03")
    '3 March 2025: US pauses all military aid deliveries'

    Raises
    ------
    InputError
        If the list has no such event.
    """
    from sim.record import events

    table = events().set_index("id")
    if event not in table.index:
        raise InputError(f"event: the record has no event {shown(event)}")
    row = table.loc[event]
    ends = f" ({row['outcome']})" if outcome else ""
    return f"{row['date'].day} {row['date']:%B %Y}: {row['event']}{ends}"


def bare(scenario: Scenario, **switched_on: bool) -> Scenario:
    """A scenario with one set of parameters and every mechanism off but those named: a textbook game in the simulator.

    Parameters
    ----------
    scenario : Scenario
        What to start from.
    switched_on : bool
        Mechanisms, by name.
    """
    off = dict.fromkeys(Mechanisms.model_fields, False)
    return scenario.with_parameter_sets("one").with_mechanisms(**(off | switched_on))


def _line() -> int:
    """The line of the lesson that speaks: the nearest caller outside this package."""
    frame = sys._getframe()
    while frame.f_back is not None and Path(frame.f_code.co_filename).parent == HERE:
        frame = frame.f_back
    return frame.f_lineno


def _out(part: Part) -> None:
    if _records:
        _records[-1].append(part)
    elif _in_a_notebook():
        _display(part)
    else:
        sys.stdout.write(f"[Figure: {part.text}]\n\n" if part.figure is not None else f"{part.text}\n\n")


def _in_a_notebook() -> bool:
    """Whether a kernel of Jupyter runs the lesson."""
    shell = sys.modules.get("IPython")
    return shell is not None and hasattr(shell.get_ipython(), "kernel")


def _display(part: Part) -> None:
    from IPython.display import Image, Markdown, display

    display(Markdown(part.text) if part.figure is None else Image(data=png(part.figure)))


def png(figure: Figure) -> bytes:
    """A figure as the bytes of a PNG, as large as a page shows it."""
    from sim.figures import saving

    return saving.png(figure, DPI, SMALLEST)
