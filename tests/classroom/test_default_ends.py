"""How a class that orders nothing fares: at its tables as they come, peace is neither rare nor a matter of course."""

import numpy as np
import pytest

from sim.browser.classroom.entrance import MONTHS
from sim.ensemble import Ensemble, simulate
from sim.teaching.classroom.settings import Settings

FEWEST, MOST = 0.20, 0.80
TABLES = 400


@pytest.mark.parametrize("months", [MONTHS, None])
@pytest.mark.parametrize("seed", [1, 2])
def test_doctrines_end_a_fair_part_of_a_class_rooms_tables_in_an_agreement(months: int | None, seed: int) -> None:
    """A settlement or a truce in force: a lesson in which nobody ever signs, or everybody does, teaches nothing.

    As many months as the form offers for a lesson, and the whole scenario.
    """
    scenario = Settings(months=months).resolved()
    found = simulate({"room": scenario}, Ensemble(TABLES, seed))
    at_the_end = found.isel(month=-1)
    agreed = float(np.maximum(at_the_end["settled"], at_the_end["truce"]).mean())
    assert FEWEST <= agreed <= MOST
