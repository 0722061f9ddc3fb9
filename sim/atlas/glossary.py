"""The words of the page: the ends of a dial, read off its description, and what terms mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from sim.doctrine import UnitedStatesDoctrine

ENDS = re.compile(r"([01]): ([^;.]+)")
TERMS = {
    "Doctrine": (
        "What an actor values, what it believes its moves do, and how it signals: here a handful of dials from 0 to 1."
    ),
    "World": (
        "One possible course of events: draws for the front, the floor of Congress, other crises. The same world under "
        "another doctrine has the same luck."
    ),
    "Paired difference": (
        "The outcome under one doctrine less that under another in the same world, averaged over worlds. What luck "
        "alone does cancels."
    ),
    "95 % interval": (
        "Where the mean difference would lie in 95 of 100 such sets of worlds. It says how sure the simulation is of "
        "its own mean, not how sure anyone can be of the war."
    ),
    "Node": "A setting of the dials that was simulated. At a node the page shows the model's own numbers.",
    "Interpolated": (
        "A setting between nodes, which was not simulated: an average of the nodes around it, with an error that was "
        "measured."
    ),
    "Band": "Where 90 of 100 worlds lie in a month (light), and the middle half of them (dark).",
    "In force": "A settlement was signed and has not broken.",
}


class Dial(NamedTuple):
    """A dial and what its ends mean."""

    name: str
    low: str
    high: str


def dial(name: str) -> Dial:
    """A dial of Washington in words.

    >>> dial("order")
    Dial(name='order', low='aid is leverage', high='aid defends an order')
    """
    ends = dict(ENDS.findall(str(UnitedStatesDoctrine.model_fields[name].description)))
    return Dial(name, ends["0"], ends["1"])
