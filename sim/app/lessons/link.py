"""The address in Explore at which a chapter goes on."""

from __future__ import annotations

from sim.app.explore.state import FEWEST, MOST, State
from sim.lessons.chapters import Chapter


def explore(chapter: Chapter, value: float) -> str:
    """The address; at the setting that everything is compared with, that of the setting that is offered first.

    Parameters
    ----------
    chapter : Chapter
        Which.
    value : float
        The setting of its knob.
    """
    place = chapter.place(value if value != chapter.knob.base else chapter.knob.default)
    first, against = place.doctrines
    worlds = min(max(chapter.worlds, FEWEST), MOST)
    around = State(place.scenario, us=place.us, actor=place.actor, since=place.since or "", worlds=worlds)
    return around.with_(**{place.actor: first}, against=against).link()
