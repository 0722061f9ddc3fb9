"""How likely what was observed is in each world at a month's end, where no draw was moved to be just that."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.actors.europe import EU
from sim.basics.arrays import Array, Mask
from sim.estimation.filtering.densities import IMPOSSIBLE, log_amount, log_event
from sim.estimation.filtering.guides import LEAST_AMERICAN, LEAST_EU
from sim.estimation.filtering.observed import MEMBER, Observed
from sim.model import Negotiation
from sim.world.settlement import Refusal

COIN = float(np.log(0.5))
"""Log chance of either coding where there is nothing to be coded."""


class Density(NamedTuple):
    """What weighs the worlds: series, name of what was observed, and the log density of it, by model and value."""

    series: str
    name: str
    log: Callable[[Negotiation, float], Array]


def _happened(what: Callable[[Negotiation], Mask]) -> Callable[[Negotiation, float], Array]:
    """How likely something is coded as it was that happened in some of the worlds."""
    return lambda model, seen: log_event(bool(seen), what(model), model.parameters.observation.miscoded)


def _america(model: Negotiation, seen: float) -> Array:
    return log_amount(seen, model.united_states.appropriated, LEAST_AMERICAN, model.parameters.observation.america)


def _institutions(model: Negotiation, seen: float) -> Array:
    return log_amount(seen, model.europe.eu_payment, LEAST_EU, model.parameters.observation.institutions)


def _quiet(model: Negotiation, seen: float) -> Array:
    """Agreements are known: worlds with another state of war are not ours."""
    return np.where(model.mediator.quiet == bool(seen), 0.0, IMPOSSIBLE)


def _first(model: Negotiation, seen: float) -> Array:
    table = model.mediator
    said = log_event(bool(seen), table.moscow_first, model.parameters.observation.miscoded)
    return np.where(table.talks, said, COIN)


def _refused(side: Refusal) -> Callable[[Negotiation], Mask]:
    return lambda model: np.isin(model.mediator.refusal, (side, Refusal.BOTH))


DENSITIES = (
    Density("america", "america", _america),
    Density("europe", MEMBER.format(EU), _institutions),
    Density("talks", "talks", _happened(lambda model: model.mediator.talks)),
    Density("law", "law", _happened(lambda model: model.congress.passed & (model.congress.size > 0.0))),
    Density("peace", "quiet", _quiet),
    Density("contacts", "met", _happened(lambda model: model.contacts.meets)),
    Density("calls", "moscow first", _first),
    Density("acts", "tightened", _happened(lambda model: model.bureaucracy.tightened | model.bureaucracy.enacted)),
    Density("acts", "eased", _happened(lambda model: model.bureaucracy.eased)),
    Density("acts", "kept up", _happened(lambda model: model.bureaucracy.kept_up)),
    Density("answers", "ukraine refused", _happened(_refused(Refusal.UKRAINE))),
    Density("answers", "russia refused", _happened(_refused(Refusal.RUSSIA))),
)
"""All of them."""


def weighed(model: Negotiation, observed: Observed) -> dict[str, Array]:
    """Log densities of what was observed in the month that has been lived through, by series."""
    found: dict[str, Array] = {}
    for density in DENSITIES:
        seen = observed.at(density.name, model.month) if density.series in observed.series else None
        if seen is not None:
            found[density.series] = found.get(density.series, 0.0) + density.log(model, seen)
    return found
