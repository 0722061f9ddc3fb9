"""Claims over the prior: sets meet the same luck, what is integrated over is drawn, and a turn is told if it is one."""

import numpy as np
import pytest

from sim.basics.draws import Draws, Repeated
from sim.ensemble import Ensemble
from sim.questions.claims import prior_sets, turning
from sim.questions.claims.prior_sets import INTEGRATED
from sim.questions.claims.readings import Reading, Variant, lived
from sim.scenario import load

TALKS = Reading("talks", "sum")
WEIGHT = "table.talks_channel"


def test_luck_comes_again() -> None:
    repeated, once = Repeated(3, 0, 10, lucks=4), Draws(3, 0, 4)
    for draw in ("uniform", "normal", "exponential", "heavy_tailed"):
        values = getattr(repeated, draw)("front", 7)
        np.testing.assert_array_equal(values, np.resize(getattr(once, draw)("front", 7), 10))


def test_a_set_lives_in_a_block_of_many_as_it_lives_alone() -> None:
    """World by world: the third set beside others, and by itself."""
    sets = prior_sets.sets_of_prior(1, 5, sets=3)
    variant, alone = Variant("outlook", months=12), sets._replace(points=sets.points[2:])
    together = lived([(variant, TALKS)], sets, sets.ensemble(Ensemble(5)))[variant, TALKS]
    np.testing.assert_array_equal(
        together[sets.places(2)], lived([(variant, TALKS)], alone, alone.ensemble(Ensemble(5)))[variant, TALKS]
    )


def test_what_a_claim_integrates_over_is_drawn_unless_the_scenario_sets_it() -> None:
    scenario, draws = load("outlook").with_parameter_sets("one"), Draws(1, 0, 50)
    assert prior_sets.given(scenario, (), None) is None
    drawn = prior_sets.given(scenario, (WEIGHT,), None)
    assert drawn is not None
    values = drawn(draws)[WEIGHT]
    assert INTEGRATED[WEIGHT].low <= values.min() < values.max() <= INTEGRATED[WEIGHT].high
    set_by_hand = scenario.with_parameters({"table": {"talks_channel": 1.0}})
    assert prior_sets.given(set_by_hand, (WEIGHT,), None) is None
    sets = prior_sets.sets_of_prior(1, 5)
    for weight, held in ((scenario, False), (set_by_hand, True)):
        given = prior_sets.given(weight, (WEIGHT,), sets)
        assert given is not None
        assert (WEIGHT in given(draws)) != held
    plain = prior_sets.given(scenario, (), sets)
    assert plain is not None
    assert WEIGHT not in plain(draws)  # only where the claim says so


NAMES = ["one", "two", "three"]


def test_a_turn_is_found_where_there_is_one() -> None:
    points = np.random.Generator(np.random.PCG64(1)).uniform(size=(40, 3))
    found = turning.turning(NAMES, points, points[:, 1] < 0.4)
    assert found is not None
    assert (found.name, found.above) == ("two", False)
    assert found.value == pytest.approx(0.4, abs=0.05)
    assert found.right > 0.85


@pytest.mark.parametrize("seed", range(5))
def test_luck_alone_does_not_turn(seed: int) -> None:
    """Fifty parameters, of which the best parts the sets at hand well."""
    rng = np.random.Generator(np.random.PCG64(seed))
    points, holds = rng.uniform(size=(40, 50)), rng.uniform(size=40) < 0.5
    assert turning.turning([str(nth) for nth in range(50)], points, holds) is None


@pytest.mark.parametrize("share", [0.0, 0.05, 0.95, 1.0])
def test_where_nearly_all_agree_nothing_turns(share: float) -> None:
    points = np.arange(40.0).reshape(-1, 1)
    assert turning.turning(["one"], points, np.arange(40) < 40 * share) is None
