"""Three worlds told month by month under a few doctrines: the same luck, read as news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.atlas.design import OWN
from sim.questions.labels import doctrine_label, number
from sim.questions.replay import Chapter, replay

if TYPE_CHECKING:
    from sim.scenario import Scenario

TOLD = ("architectural", "transactional", "aligned")
"""Presets that are told beside the scenario's own doctrine."""


class Tale(NamedTuple):
    """A world under each doctrine that is told."""

    world: int
    reason: str
    chapters: dict[str, list[Chapter]]


def tales(scenarios: dict[str, Scenario], labels: dict[str, str], picked: dict[int, str], seed: int) -> list[Tale]:
    """Live through some worlds again and tell of them.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        The doctrines to tell.
    labels : dict of str to str
        What the page calls each of them.
    picked : dict of int to str
        Numbers of the worlds, and why each was picked.
    seed : int
        Seed of their luck.
    """
    return [
        Tale(world, why, {labels[name]: replay(one, seed, world) for name, one in scenarios.items()})
        for world, why in picked.items()
    ]


def pick(settled: NDArray[np.float64], land: NDArray[np.float64], own: str) -> dict[int, str]:
    """Three worlds by a rule, so that nobody picks what suits: the middling one, one that settles, the one most apart.

    Parameters
    ----------
    settled : array, shape (W,)
        1 where the own doctrine settles.
    land : array, shape (doctrines, W)
        Percent of Ukraine held by Russia at the end; the own doctrine first.
    own : str
        What the page calls the own doctrine.

    Returns
    -------
    dict of int to str
        Fewer than three where the rules name the same world.
    """
    order = np.argsort(land[0], kind="stable")
    middle, apart = int(order[len(order) // 2]), int(np.argmax(np.ptp(land, axis=0)))
    picked = {middle: f"the middling one: under {own} Russia holds {number(land[0, middle], 1)} % at the end"}
    if settled.any():
        first = int(np.argmax(settled))
        picked.setdefault(first, f"the first that signs a settlement under {own}")
    picked.setdefault(
        apart,
        f"the one in which the doctrines part most: {number(np.ptp(land[:, apart]), 1)} percentage points of land",
    )
    return picked


def told(own: str) -> list[str]:
    """The presets that are told beside the own one."""
    return [name for name in TOLD if name != own]


def title(name: str, own: str) -> str:
    """What the page calls a doctrine."""
    return doctrine_label(own if name == OWN else name)
