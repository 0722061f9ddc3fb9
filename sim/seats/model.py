"""The model with people in its seats: any worlds, any orders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.model import Cast, Negotiation
from sim.seats.capitals import SeatedCongress, SeatedEurope, SeatedRussia, SeatedUkraine
from sim.seats.desk import Desk
from sim.seats.washington import SeatedBureaucracy, SeatedExecutive, SeatedMediator

if TYPE_CHECKING:
    from sim.draws import Draws
    from sim.scenario import Scenario


def seated(scenario: Scenario, draws: Draws) -> tuple[Negotiation, Desk]:
    """Build the model of these worlds, before its first month, and the desk from which its actors take orders.

    Without orders it is the same model, bit for bit, as one without seats.
    """
    desk = Desk(draws.stop - draws.start)
    cast = Cast(
        united_states=partial(SeatedExecutive, desk=desk),
        bureaucracy=partial(SeatedBureaucracy, desk=desk),
        congress=partial(SeatedCongress, desk=desk),
        europe=partial(SeatedEurope, desk=desk),
        ukraine=partial(SeatedUkraine, desk=desk),
        russia=partial(SeatedRussia, desk=desk),
        mediator=partial(SeatedMediator, desk=desk),
    )
    return Negotiation(scenario, draws, cast=cast), desk
