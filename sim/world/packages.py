"""The packages on the table, and what each side gains by them over refusing.

A package is a line (relative to the front), a guarantee to Ukraine (0 none, 1 monitors, 2 arms, 3 a European
force with an American backstop, 4 a treaty that the Senate ratifies), and a share of sanctions lifted. A truce is a
package without a line and without relief, which recognises nothing: level 0 or 1.

    gain(o, g, s) = line(o) + (1 - Q(g)) (saved + G(g) + H(s)) + Q(g) (1 - Q(g)) pause(g)

What is paid and had once for all, the line, stands apart from what lasts as long as peace does. Renewed war is war,
under the same threat as refusing, fought by sides that had a pause: so it is worth what refusing is, and the pause.
Arrays have axes (guarantees, reliefs, R), of length 1 where nothing depends on one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Mask, Number, Rows, real

if TYPE_CHECKING:
    from sim.scenario.preferences import PatronParameters, TableParameters

OFFSETS = np.array([-0.04, -0.02, 0.0, 0.01, 0.02, 0.04, 0.08])
"""Lines that people name: share of Ukraine beyond (+, to Russia) or behind (-) the front; +.04 is about the four
oblasts."""
LINES = np.linspace(-0.04, 0.08, 49)
"""Lines that can be agreed on: to a quarter of a point."""
GUARANTEES = np.arange(5)
RELIEFS = np.array([0.0, 1 / 3, 2 / 3, 1.0])
SHAPE = (GUARANTEES.size, RELIEFS.size)
COUNT = GUARANTEES.size * RELIEFS.size
"""Packages but for their lines."""
TRUCES = 2
"""Guarantee levels that a truce can have: none, monitors."""
GUARANTEE_NAMES = ("none", "monitors", "arms", "European force", "treaty")
ARMS = 2
"""From this guarantee on arms are pledged for as long as peace lasts."""
AMERICAN_LEVEL = 2
"""From this guarantee on Washington has to do something, but for a European force that stands there itself."""
TREATY = 4
"""Level that the Senate must ratify."""
EUROPEAN_LEVEL, EUROPEAN_RELIEF = 3, 0.35
"""From this guarantee, or above this relief, the Europeans must consent."""
HELD_BEFORE = 0.0724
"""Share of Ukraine that Russia held before February 2022 (record: 43,679 of 603,500 km2)."""
HELD_AT_REFERENCE = 0.1843
"""Share that it held at the end of 2022 (record); ceding as much costs a government the full audience cost."""
LEVELS, RELIEF = real(GUARANTEES).reshape(-1, 1, 1), real(RELIEFS).reshape(1, -1, 1)
"""The two axes of what lasts as long as peace: (5, 1, 1) and (1, 4, 1)."""
ENDS = (float(LINES[0]), float(LINES[-1]))
EVERY = slice(None)
"""All worlds at a table."""


class Stakes(NamedTuple):
    """What a side weighs at a table, in the R worlds there: arrays (R,), or with axes as said above.

    Attributes
    ----------
    saved : Array
        What peace on the front saves it of war, threats included, at the public mean of its hardship.
    hardship : Array
        What a unit of hardship adds to that.
    reading : float
        What vague terms are worth to its own reading.
    guarantee, pause, relapse : Array (5, 1, R)
        G, what a pause in the war is worth, and Q as this side sees it.
    relief : Number
        H of full relief.
    truce_relapse : Array (2, 1, R)
        Q of a truce.
    land : Number
        What a share of Ukraine to Russia is worth to it: negative to Ukraine.
    front : Array
        Share of Ukraine held by Russia.
    public : Number
        What ceding what Russia held at the end of 2022 costs it at home; 0 to Russia.
    stop, retreat : Number
        What stopping costs it at home, and giving up a share of Ukraine that it holds; 0 to Ukraine.
    truce_cost : Number
        Share of these costs, along the front, that a truce has.
    """

    saved: Array
    hardship: Array
    reading: float
    guarantee: Array
    pause: Array
    relapse: Array
    relief: Number
    truce_relapse: Array
    land: Number
    front: Array
    public: Number
    stop: Number
    retreat: Number
    truce_cost: Number

    def of(self, columns: Rows) -> Stakes:
        """The stakes of some of the worlds at the table."""
        return Stakes(*(some(part, columns) for part in self))  # type: ignore[arg-type]

    def line(self, offset: Array) -> Array:
        """Worth of a line so far beyond the front: paid for once, had for good."""
        signing = signing_cost(self.front, offset, self.public, self.stop, self.retreat)
        return np.asarray(self.land * offset - signing)

    def beyond(self, offset: Array, columns: Rows | slice = EVERY) -> Array:
        """Worth of a line so far beyond the front over that of the front, in some of the worlds."""
        parts = (some(part, columns) for part in (self.land, self.front, self.public, self.retreat))
        land, front, public, retreat = parts
        worth = np.asarray(land * offset)
        if not _nothing(retreat):
            worth = worth - retreat * np.maximum(0.0, -offset)
        return worth if _nothing(public) else worth - public * (ceded(front + offset) - ceded(np.asarray(front)))

    def slopes(self) -> tuple[Array, Array]:
        """What a share of Ukraine to Russia adds, up to the furthest line and, the other way, down to the nearest."""
        down, up = (self.beyond(real(end)) for end in ENDS)
        return up / ENDS[1], down / ENDS[0]

    def peace(self) -> Array:
        """Worth of what lasts as long as peace, (5, 4, R)."""
        keep = 1.0 - self.relapse
        flow = self.saved + self.reading + self.guarantee
        return np.asarray(keep * (flow + self.relief * RELIEF) + self.relapse * keep * self.pause)

    def truce(self) -> Array:
        """Gain of a truce by its guarantee, (2, R)."""
        living = self.living()
        return np.asarray(living - self.truce_cost * signing_cost(self.front, real(0.0), self.public, self.stop, 0.0))

    def living(self) -> Array:
        """Worth of living in a truce, by its guarantee, over war, (2, R)."""
        risk = self.truce_relapse[:, 0]
        flow = self.saved + self.guarantee[:TRUCES, 0]
        return np.asarray((1.0 - risk) * flow + risk * (1.0 - risk) * self.pause[:TRUCES, 0])

    def terms(
        self, offset: Array, guarantee: Rows, relief: Array, truce: Mask, saved: Mapping[str, Array]
    ) -> dict[str, Array]:
        """Terms of the gain of one package a world, truces included; they sum to it at the public mean of hardship.

        Parameters
        ----------
        offset, guarantee, relief, truce : Array
            The package.
        saved : mapping of str to Array
            What peace saves of war, by what it consists of: terms that sum to `saved` of the stakes.
        """
        worlds = np.arange(guarantee.size)
        short = np.minimum(guarantee, TRUCES - 1)
        risk = np.where(truce, self.truce_relapse[short, 0, worlds], self.relapse[guarantee, 0, worlds])
        keep, part = 1.0 - risk, np.where(truce, real(1.0) * self.truce_cost, 1.0)
        lasting = {
            **saved,
            "its own reading of vague terms": np.where(truce, 0.0, real(self.reading)),
            "the guarantee": _at(self.guarantee, guarantee, worlds),
            "relief from sanctions": self.relief * relief,
        }
        public, stop, retreat = ceded(self.front + offset), self.stop, np.maximum(0.0, -offset)
        found = {"the line": self.land * offset, "its public": -part * (self.public * public + stop)}
        found["giving land back"] = -self.retreat * retreat + 0.0 * offset
        found |= {reason: keep * worth for reason, worth in lasting.items()}
        return found | {"who gains from a pause": risk * keep * _at(self.pause, guarantee, worlds)}


def some(part: Number, columns: Rows | slice) -> Number:
    """What some of the worlds at the table have of something that may be the same in all."""
    return part[..., columns] if isinstance(part, np.ndarray) and part.ndim and part.shape[-1] > 1 else part


def _nothing(part: Number) -> bool:
    """Whether a part of the stakes is nought in every world, and known to be without looking at them."""
    return isinstance(part, float) and part == 0.0


def _at(values: Array, level: Rows, worlds: Rows) -> Array:
    """Of values by level, those of one level a world."""
    return np.asarray(values[level, 0, worlds if values.shape[-1] > 1 else 0])


def needs_washington(level: Array, relief: Array, europeans_alone: bool) -> Mask:
    """Whether Washington must do a part of a package: arms, a treaty, relief; a European force only if not alone."""
    european = (level == EUROPEAN_LEVEL) & europeans_alone
    return np.asarray(((level >= AMERICAN_LEVEL) & ~european) | (relief > 0.0))


def by_level(values: tuple[float, ...], guarantee: Array) -> Array:
    """The value listed for each guarantee level."""
    return np.asarray(real(values)[guarantee.astype(int)])


def ceded(line: Array) -> Array:
    """Land signed away since February 2022, 1 for what Russia held at the end of 2022, never negative."""
    return np.asarray(np.maximum(line - HELD_BEFORE, 0.0) / (HELD_AT_REFERENCE - HELD_BEFORE))


def signing_cost(front: Array, offset: Array, public: Number, stop: Number, retreat: Number) -> Array:
    """What signing along a line so far beyond the front costs a side at home, for good; the rest as in `Stakes`."""
    cost = stop + retreat * np.maximum(0.0, -offset)
    return np.asarray(cost if _nothing(public) else public * ceded(front + offset) + cost)


def guarantee_cost(red_line: Array, level: Array, belief: Array, p: TableParameters) -> Array:
    """G_R: what a guarantee of this level to Ukraine is worth to Moscow, less the more it is believed."""
    felt = p.pain_unbelieved + (1.0 - p.pain_unbelieved) * belief
    return np.asarray(-red_line * by_level(p.guarantee_pain, level) * felt)


def value_patron(
    offset: Array,
    guarantee: Array,
    relief: Array,
    relapse: Array,
    order: float,
    rivalry: float,
    horizon: float,
    commitment: float,
    p: PatronParameters,
) -> dict[str, Array]:
    """Terms of what a settlement is worth to Washington over going on, by its dials.

    A doctrine with `affinity` adds that share of what Russia gains over refusing.

    Parameters
    ----------
    offset, guarantee, relief : Array
        The terms.
    relapse : Array
        Q, discounted chance of renewed war.
    order : float
        The dial `order` times the weight of Europe.
    """
    level = guarantee / TREATY
    return {
        "ending the war": real(ending_the_war(horizon, p)),
        "land conceded by force": -p.land * order * offset,
        "the guarantee as a liability": -p.guarantee_liability * (1.0 - commitment) * level**2,
        "the guarantee as order": p.guarantee_order * order * level,
        "the risk of renewed war": -p.relapse * horizon * relapse,
        "relief for a rival": -p.relief * rivalry * relief,
    }


def ending_the_war(horizon: float, p: PatronParameters) -> Number:
    """What ending the war is worth to Washington: more to one that looks for a success in itself."""
    return p.deal + p.deal_transactional * (1.0 - horizon)
