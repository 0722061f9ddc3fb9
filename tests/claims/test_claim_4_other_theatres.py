"""C4: other theatres and domestic priorities take precedence when they flare up, the more the less Europe weighs."""

import numpy as np
import pytest
from contrast import Effect, contrast, difference, together, with_crisis

from sim.ensemble import opened
from sim.scenario import Scenario, load

AFTER = slice("2026-07", "2027-04")
THEATRES = ("indo_pacific", "hemisphere", "domestic")


def weighing(europe: float, indo_pacific: float) -> Scenario:
    """An architectural Washington with other priorities; the rest is shared by the other two theatres."""
    rest = (1.0 - europe - indo_pacific) / 2.0
    weights = {"europe": europe, "indo_pacific": indo_pacific, "hemisphere": rest, "domestic": rest}
    return load("architectural").with_doctrine("us", {"priorities": weights})


def drawn_away(scenario: Scenario, variable: str = "us_desired", theatre: str = "indo_pacific") -> Effect:
    """What a crisis elsewhere changes."""
    found = together(worlds=400, crisis=with_crisis(scenario, "2026-07", theatre), quiet=scenario)
    return contrast(found, variable, "crisis", "quiet", AFTER)


@pytest.mark.parametrize("variable", ["us_desired", "us_allocation"])
def test_c4_aid_falls_when_another_theatre_flares(variable: str) -> None:
    assert drawn_away(load("architectural"), variable).falls()


def test_c4_the_shipped_crisis_draws_aid_away() -> None:
    found = together(worlds=400, crisis=load("indo_pacific_crisis"), quiet=load("architectural"))
    assert contrast(found, "us_desired", "crisis", "quiet", AFTER).falls()


def test_c4_aid_falls_more_where_europe_weighs_less() -> None:
    assert difference(drawn_away(weighing(0.20, 0.30)), drawn_away(weighing(0.34, 0.30))).falls()


def test_c4_a_washington_that_puts_europe_first_is_not_drawn_away_though_allies_fear_it() -> None:
    """A crisis takes nothing from what it wants; that others would be drawn away is what Europe thinks of."""
    model = opened(with_crisis(weighing(0.40, 0.30), "2026-07", "indo_pacific"), seed=1, start=0, stop=50)
    while model.month != "2026-08":
        model.step()
    assert np.all(model.united_states.crisis > 0.0)
    assert np.all(model.united_states.reasons["aid"]["a crisis elsewhere"] == 0.0)
    assert drawn_away(weighing(0.40, 0.30)).is_within(0.25 * abs(drawn_away(weighing(0.34, 0.30)).mean))
    assert drawn_away(weighing(0.40, 0.30), "belief_europe").falls()


@pytest.mark.parametrize("theatre", THEATRES)
def test_c4_every_theatre_can_draw_aid_away(theatre: str) -> None:
    assert drawn_away(load("architectural"), theatre=theatre).falls()


def test_c4_a_crisis_where_washington_cares_more_draws_more_away() -> None:
    cares, does_not = drawn_away(weighing(0.20, 0.60)), drawn_away(weighing(0.20, 0.10))
    assert difference(cares, does_not).falls()


def test_c4_without_the_mechanism_nothing_happens_elsewhere() -> None:
    assert drawn_away(load("architectural").with_mechanisms(other_theatres=False)) == Effect(0.0, 0.0)


def test_c4_a_larger_crisis_draws_more_and_a_faded_one_nothing() -> None:
    scenario = load("architectural")
    found = together(
        worlds=400,
        quiet=scenario,
        small=with_crisis(scenario, "2026-07", "indo_pacific", 1.0),
        large=with_crisis(scenario, "2026-07", "indo_pacific", 3.0),
    )
    assert contrast(found, "us_desired", "large", "small", AFTER).falls()
    month = slice("2026-07", "2026-07")
    late = slice("2028-10", "2028-12")
    assert (
        abs(contrast(found, "crisis", "large", "quiet", late).mean)
        < 0.05 * contrast(found, "crisis", "large", "quiet", month).mean
    )
