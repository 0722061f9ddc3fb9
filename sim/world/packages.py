"""The packages on the table, and what each is worth to those who must agree.

A package is a line (relative to the front), a guarantee to Ukraine (0 none, 1 monitors, 2 arms, 3 a European
force with an American backstop, 4 a treaty that the Senate ratifies), and a share of sanctions lifted.
Values are relative to the same zero as `sim.world.war`. Arrays have axes (lines, guarantees, reliefs, W), of length 1
where a term does not depend on an axis: terms are summed in that order, so that few sums are as large as the grid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Number, Rows, real

if TYPE_CHECKING:
    from sim.scenario.preferences import PatronParameters, TableParameters

OFFSETS = np.array([-0.04, -0.02, 0.0, 0.01, 0.02, 0.04, 0.08])
"""Lines on offer: share of Ukraine beyond (+, to Russia) or behind (-) the front; +.04 is about the four oblasts."""
GUARANTEES = np.arange(5)
RELIEFS = np.array([0.0, 1 / 3, 2 / 3, 1.0])
SHAPE = (OFFSETS.size, GUARANTEES.size, RELIEFS.size)
COUNT = OFFSETS.size * GUARANTEES.size * RELIEFS.size
GUARANTEE_NAMES = ("none", "monitors", "arms", "European force", "treaty")
TREATY = 4
"""Level that the Senate must ratify."""
EUROPEAN_LEVEL, EUROPEAN_RELIEF = 3, 0.35
"""From this guarantee, or above this relief, the Europeans must consent."""
HELD_BEFORE = 0.0724
"""Share of Ukraine that Russia held before February 2022 (record: 43,679 of 603,500 km2)."""
HELD_AT_REFERENCE = 0.1843
"""Share that it held at the end of 2022 (record); ceding as much costs a government the full audience cost."""


class Packages(NamedTuple):
    """The grid of packages, one axis a column: shapes (7, 1, 1, 1), (1, 5, 1, 1), (1, 1, 4, 1)."""

    offset: Array
    guarantee: Array
    relief: Array


def grid() -> Packages:
    """All 7 x 5 x 4 = 140 packages."""
    return Packages(
        real(OFFSETS).reshape(-1, 1, 1, 1), real(GUARANTEES).reshape(1, -1, 1, 1), real(RELIEFS).reshape(1, 1, -1, 1)
    )


def terms_of(place: int) -> tuple[float, float, float]:
    """Line, guarantee and relief of the package at this place of the grid."""
    line, guarantee, relief = np.unravel_index(place, SHAPE)
    return float(OFFSETS[line]), float(GUARANTEES[guarantee]), float(RELIEFS[relief])


def chosen(values: Array, places: Rows, columns: Rows) -> Array:
    """Of values on the axes of the grid, those of the packages at `places` of the grid in the worlds `columns`."""
    along = np.unravel_index(places, SHAPE)
    lengths = (1,) * (len(SHAPE) + 1 - values.ndim) + values.shape
    index = (np.where(length > 1, place, 0) for place, length in zip((*along, columns), lengths, strict=True))
    return np.asarray(values.reshape(lengths)[tuple(index)])


def by_level(values: tuple[float, ...], guarantee: Array) -> Array:
    """The value listed for each guarantee level."""
    return np.asarray(real(values)[guarantee.astype(int)])


def ceded(line: Array) -> Array:
    """Land signed away since February 2022, 1 for what Russia held at the end of 2022, never negative."""
    return np.asarray(np.maximum(line - HELD_BEFORE, 0.0) / (HELD_AT_REFERENCE - HELD_BEFORE))


def value_ukraine(
    packages: Packages,
    line: Array,
    relapse: Array,
    land: Number,
    audience: Array,
    vague: float,
    p: TableParameters,
) -> dict[str, Array]:
    """Terms of V_U.

    Parameters
    ----------
    packages : Packages
    line : array (W,)
        The front.
    relapse : array (1, 5, 1, W)
        Q, discounted chance of renewed war.
    land : Number
        v_U.
    audience : array (W,)
        Domestic cost of ceding what Russia held at the end of 2022.
    vague : float
        Vagueness of the terms, 1 - clarity; 0 when constructive ambiguity is off.
    p : TableParameters
    """
    proposed = line + packages.offset
    return {
        "the line": -land * proposed,
        "its public": -audience * ceded(proposed),
        "its own reading of vague terms": np.asarray(p.ambiguity_gain * vague),
        "the guarantee": by_level(p.guarantee_gain, packages.guarantee),
        "the risk of renewed war": -p.relapse_loss_ukraine * relapse,
        "sanctions lifted from Russia": -p.relief_pain_ukraine * packages.relief,
    }


def value_russia(
    packages: Packages,
    line: Array,
    relapse: Array,
    belief: Array,
    red_line: Array,
    sanctions: Array,
    land: Number,
    audience: Number,
    sanctions_cost: Number,
    vague: float,
    p: TableParameters,
) -> dict[str, Array]:
    """Terms of V_R.

    The arguments mirror `value_ukraine`. `belief` (W,) is how far a guarantee is believed, `red_line` (W,)
    how much Russia minds one, `sanctions` (W,) those in force.
    """
    proposed = line + packages.offset
    pain = red_line * by_level(p.guarantee_pain, packages.guarantee)
    return {
        "the line": land * proposed,
        "its public": np.asarray(-audience),
        "its own reading of vague terms": np.asarray(p.ambiguity_gain * vague),
        "the guarantee to Ukraine": -pain * (p.pain_unbelieved + (1.0 - p.pain_unbelieved) * belief),
        "the chance to resume": p.resume_gain_russia * relapse,
        "sanctions that stay": -sanctions_cost * sanctions * (1.0 - packages.relief),
        "sanctions relief": p.relief_gain_russia * packages.relief,
    }


def value_patron(
    packages: Packages,
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
    relapse : array (1, 5, 1, W)
        Q, discounted chance of renewed war.
    order : float
        The dial `order` times the weight of Europe.
    """
    level = packages.guarantee / TREATY
    return {
        "ending the war": np.asarray(p.deal + p.deal_transactional * (1.0 - horizon)),
        "land conceded by force": -p.land * order * packages.offset,
        "the guarantee as a liability": -p.guarantee_liability * (1.0 - commitment) * level**2,
        "the guarantee as order": p.guarantee_order * order * level,
        "the risk of renewed war": -p.relapse * horizon * relapse,
        "relief for a rival": -p.relief * rivalry * packages.relief,
    }
