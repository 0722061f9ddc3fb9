"""Records that a simulated world would have left, in the form of the observed one: a filter is tried on what is known.

Everything that an observation adds is added: money is seen with an error, events are coded wrongly, and members give
stray gifts, as often as the parameters of the observation say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.actors.europe import EU
from sim.basics.draws import Draws
from sim.estimation.filtering.guides import LEAST_AMERICAN, LEAST_EU, STRAY
from sim.estimation.filtering.lineage import FixedDraws
from sim.estimation.filtering.observed import MEMBER, NOTHING, PLAIN, Observed
from sim.estimation.filtering.particles import Sets, constants
from sim.estimation.filtering.setting import Setting
from sim.model import Negotiation
from sim.scenario.resolved import Configuration

CODED: Mapping[str, Any] = {
    "talks": lambda model: model.mediator.talks,
    "law": lambda model: model.congress.passed & (model.congress.size > 0.0),
    "met": lambda model: model.contacts.meets,
    "tightened": lambda model: model.bureaucracy.tightened | model.bureaucracy.enacted,
    "eased": lambda model: model.bureaucracy.eased,
    "kept up": lambda model: model.bureaucracy.kept_up,
}
"""What is coded as having happened or not, with errors."""


def record_of(config: Configuration, seed: int, sets: Sets | None = None, months: int | None = None) -> Observed:
    """What is seen of the world number 0 of this luck.

    Parameters
    ----------
    config : Configuration
        The scenario.
    seed : int
        Of its luck, and of what observing adds.
    sets : Sets, optional
        Its parameters, shape (1,).
    months : int, optional
        How many; all if not given.
    """
    own = dict(sets or {})
    model = Setting(config, NOTHING).model(FixedDraws(seed, 0, 1, constants(own)), own)
    found: dict[str, dict[str, float]] = {}
    while model.elapsed < (months or config.months):
        model.step()
        for name, value in _seen(model, Draws(seed, 0, 1)).items():
            found.setdefault(name, {})[model.month] = value
    return Observed(found, PLAIN)


def _seen(model: Negotiation, draws: Draws) -> dict[str, float]:
    """What is seen of a month."""
    p, month, europe = model.parameters.observation, model.luck.month, model.europe

    def money(name: str, paid: Any, least: float, spread: Any) -> float:
        error = spread * draws.heavy_tailed(f"error of {name}", month)
        return float(max(0.0, ((paid + least) * np.exp(error) - least).item()))

    def coded(name: str, happened: Any) -> float:
        return float((happened ^ (draws.uniform(f"coding of {name}", month) < p.miscoded)).item())

    found = {
        "line": model.line.item(),
        "quiet": float(model.mediator.quiet.item()),
        "opposed": model.public.opposed.item(),
        "america": money("america", model.united_states.appropriated, LEAST_AMERICAN, p.america),
        MEMBER.format(EU): money("institutions", europe.eu_payment, LEAST_EU, p.institutions),
    }
    for row, member in enumerate(europe.members):
        if member != EU:
            given = europe.contributions[row].item() - _granted(model, row)
            found[MEMBER.format(member)] = _stray(model, draws, row, given)
    return found | {name: coded(name, happened(model)) for name, happened in CODED.items()}


def _granted(model: Negotiation, row: int) -> float:
    """What events granted in a member's name."""
    return float(model.granted(model.europe.members[row]).amount)


def _stray(model: Negotiation, draws: Draws, row: int, given: float) -> float:
    """A member's gift, or the stray one that is seen in its place."""
    member, month, p = model.europe.members[row], model.luck.month, model.parameters.observation
    if draws.uniform(f"stray gift {member}", month) < p.stray:
        return float(
            (draws.exponential(f"size of stray gift {member}", month) * STRAY * model.europe.budget[row]).item()
        )
    return max(0.0, given)
