"""What is read of the agreements of a world: whether there is one, its terms and their worth, what broke, who refused.

Terms are those of the last settlement, missing where none was signed in the months that are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

import xarray as xr

from sim.actors.actor import summed
from sim.scenario.doctrine import UnitedStatesDoctrine
from sim.scenario.parameters import Parameters
from sim.scenario.presets import UNITED_STATES
from sim.world import packages
from sim.world.proposal import Proposer
from sim.world.settlement import Refusal


class OfAgreements(NamedTuple):
    """A number a world: the monthly variables that it is made of, and how, from the months that are read."""

    needs: tuple[str, ...]
    read: Callable[[xr.Dataset], xr.DataArray]


def _reached(paths: xr.Dataset) -> xr.DataArray:
    """Whether a settlement or a truce comes into force."""
    quiet = paths["settled"] + paths["truce"] > 0.0
    return quiet.any("month").astype(float)


def _signed(paths: xr.Dataset, name: str) -> xr.DataArray:
    """A term of the last settlement, where that was signed in these months."""
    first = paths["month"].to_numpy()[0]
    return paths[name].astype(float).where(paths["settlement_month"] >= first)


def _line(paths: xr.Dataset) -> xr.DataArray:
    return _signed(paths, "settlement_offset")


def _american_worth(paths: xr.Dataset) -> xr.DataArray:
    """What the terms are worth to Washington over going on, threats left out: they are over when it is signed.

    One yardstick for all: the dials of the doctrine that the claim speaks for, and default weights. With the dials of
    each variant the price of a guarantee would move with the commitment that is varied, and terms with nothing. That a
    peace broke counts in place of the chance that it might.
    """
    dials = cast("UnitedStatesDoctrine", UNITED_STATES["transactional"].doctrine)
    offset, guarantee, relief = (
        _signed(paths, f"settlement_{term}").to_numpy() for term in ("offset", "guarantee", "relief")
    )
    terms = packages.value_patron(
        offset,
        guarantee,
        relief,
        paths["relapse_month"].notnull().to_numpy().astype(float),
        dials.order * dials.europe,
        dials.rivalry,
        dials.horizon,
        dials.commitment,
        Parameters().patron,
    )
    return xr.DataArray(summed(terms), dims=paths["settlement_offset"].dims)


def _count(name: str) -> Callable[[xr.Dataset], xr.DataArray]:
    return lambda paths: paths[name].astype(float)


def _put_to_russia(paths: xr.Dataset) -> xr.DataArray:
    """Proposals that others make it."""
    return paths["proposer"].isin([int(Proposer.WASHINGTON), int(Proposer.UKRAINE)])


def _proposals(paths: xr.Dataset) -> xr.DataArray:
    return _put_to_russia(paths).sum("month", dtype=float)


def _refused(paths: xr.Dataset) -> xr.DataArray:
    says_no = paths["refusal"].isin([int(Refusal.RUSSIA), int(Refusal.BOTH)])
    return (_put_to_russia(paths) & says_no).sum("month", dtype=float)


OF_AGREEMENTS: Mapping[str, OfAgreements] = {
    "agreement": OfAgreements(("settled", "truce"), _reached),
    "line": OfAgreements((), _line),
    "american worth": OfAgreements((), _american_worth),
    "truces": OfAgreements((), _count("truces")),
    "truce breaks": OfAgreements((), _count("truce_breaks")),
    "proposals to Russia": OfAgreements(("proposer",), _proposals),
    "refused by Russia": OfAgreements(("proposer", "refusal"), _refused),
}
"""What can be read, by name."""
