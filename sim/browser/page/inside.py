"""What runs in the page: the model, asked for worlds under the dials that stand on it, and for the story of one.

It knows NumPy and the core alone, and it computes what the command line computes, with the same functions: a world is
lived through by `sim.model`, an outcome is read off it by `sim.questions.compare.measures`, told by
`sim.questions.explain.replay`. Questions come and answers go as JSON.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import numpy as np

from sim.basics.draws import Draws
from sim.basics.intervals import standard_error
from sim.browser.atlas.shown import SERIES, SHOWN, fan
from sim.ensemble.recorder import Recorder
from sim.model import Negotiation
from sim.questions.compare.measures import OUTCOMES, PEACE, Lived, Values, monthly
from sim.questions.explain.replay import replay
from sim.scenario.resolved import Resolved

FIRST, BLOCK = 128, 1024
"""Worlds after which a first answer is shown, and worlds a block at most: one cannot be stopped in its midst."""
STEPS = ("settlement_step", "settlement_guarantee")
"""What is kept of a world beside its months: what events are read off."""
KEPT_SEEDS = 4
"""Seeds whose worlds under the scenario's own doctrines are kept."""


class Asked(NamedTuple):
    """A question: other doctrines than the scenario's, by actor, and which worlds.

    Attributes
    ----------
    dials : dict
        By actor, all of its dials in tables as in a file, and under `name` what a sentence calls the doctrine.
    seed, worlds : int
        Which luck, and how many worlds of it.
    """

    dials: dict[str, dict[str, Any]]
    seed: int
    worlds: int


def cuts(worlds: int) -> list[int]:
    """After how many worlds an answer is given: after few, and then block by block.

    >>> cuts(100), cuts(2000)
    ([100], [128, 1024, 2000])
    """
    found = [min(worlds, FIRST)]
    while found[-1] < worlds:
        found.append(min(worlds, (found[-1] // BLOCK + 1) * BLOCK))
    return found


class Page:
    """A scenario under its own doctrines and under what the page's dials say, in the same worlds.

    Parameters
    ----------
    text : str
        As `sim.browser.page.contents` writes it: JSON with the resolved `scenario`, and under `student` by number of
        worlds how many standard errors lie in half a 95 % interval.
    """

    def __init__(self, text: str) -> None:
        data = json.loads(text)
        self.own, self.student = Resolved(json.dumps(data["scenario"])), data["student"]
        self.variables = tuple(dict.fromkeys([*monthly(SHOWN), *SERIES, PEACE]))
        self._own_worlds: dict[tuple[int, int, int], Lived] = {}
        self.asked = Asked({}, 0, 0)
        self.done: list[int] = []
        self._parts: list[tuple[Lived, Lived]] = []

    def ask(self, text: str) -> None:
        """Take a question, given as JSON; what was left of the one before is forgotten."""
        self.asked = Asked(**json.loads(text))
        self.done, self._parts = [0], []

    def advance(self) -> str:
        """Live through the next worlds, and answer for all so far.

        Returns
        -------
        str
            JSON: `worlds` so far, `of` how many, `since` which month everything counts; by outcome the `mean`, the
            `base` under the scenario's own doctrines, and `half` the interval of their difference; and `fans` and
            `bases`, the bands by series and the means under its own.
        """
        start, stop = self.done[-1], cuts(self.asked.worlds)[len(self.done) - 1]
        own = self._lived_own(start, stop)
        other = self.lived(self.config(self.asked), self.asked.seed, start, stop) if self.asked.dials else own
        self.done.append(stop)
        self._parts.append((own, other))
        return json.dumps(self._answer())

    def tell(self, text: str, world: int) -> str:
        """Tell one world, as JSON: under the scenario's own doctrines, and under others; months with their news."""
        asked = Asked(**json.loads(text))
        return json.dumps([replay(one, asked.seed, world) for one in (self.own, self.config(asked))])

    def config(self, asked: Asked) -> Resolved:
        """The scenario with the doctrines that are asked for."""
        found = self.own
        for actor, given in asked.dials.items():
            dials = {key: value for key, value in given.items() if key != "name"}
            found = found.with_doctrine(actor, dials, given["name"])
        return found

    def since(self) -> str:
        """The first month in which a doctrine that was asked for is in force: from then on everything counts."""
        return min(map(self.own.since, self.asked.dials), default=self.own.since("us"))

    def _lived_own(self, start: int, stop: int) -> Lived:
        place = (self.asked.seed, start, stop)
        if place not in self._own_worlds:
            seeds = list(dict.fromkeys(seed for seed, _, _ in self._own_worlds))
            if self.asked.seed not in seeds and len(seeds) >= KEPT_SEEDS:
                self._own_worlds = {at: kept for at, kept in self._own_worlds.items() if at[0] != seeds[0]}
            self._own_worlds[place] = self.lived(self.own, self.asked.seed, start, stop)
        return self._own_worlds[place]

    def lived(self, config: Resolved, seed: int, start: int, stop: int) -> Lived:
        """Worlds lived through: monthly variables, shape (1, worlds, months), and steps of events, (1, worlds)."""
        model = Negotiation(config, Draws(seed, start, stop))
        recorder = Recorder(model, start, self.variables)
        for _ in model:
            recorder.record(model)
        block = recorder.block(model)
        kept = {**block.paths, **{name: block.outcomes[name] for name in STEPS}}
        return {name: values[np.newaxis] for name, values in kept.items()}

    def _answer(self) -> dict[str, Any]:
        base, other = (joined([part[place] for part in self._parts]) for place in (0, 1))
        first = self.own.calendar.index(self.since())
        before, after = (np.array([OUTCOMES[name].read(one, first)[0] for name in SHOWN]) for one in (base, other))
        worlds = self.done[-1]
        apart = [self.student[str(worlds)] * standard_error(row) for row in after - before]
        return {
            "worlds": worlds,
            "of": self.asked.worlds,
            "since": self.since(),
            "mean": after.mean(axis=-1).tolist(),
            "base": before.mean(axis=-1).tolist(),
            "half": np.nan_to_num(apart).tolist(),
            "fans": [fan(other[name][0], name).tolist() for name in SERIES],
            "bases": [fan(base[name][0], name)[0].tolist() for name in SERIES],
        }


def joined(parts: list[Lived]) -> dict[str, Values]:
    """Blocks of worlds as one."""
    return {name: np.concatenate([part[name] for part in parts], axis=1) for name in parts[0]}


def stories(page: Page, text: str) -> str:
    """When the worlds of a question settle, pause and break, for whoever compares: JSON of how they stand by month."""
    asked = Asked(**json.loads(text))
    lived = page.lived(page.config(asked), asked.seed, 0, asked.worlds)
    return json.dumps({PEACE: lived[PEACE][0].astype(int).tolist()})
