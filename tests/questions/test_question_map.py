"""A map of two dials: noise is where it must be, and a dial that does nothing changes nothing, to the last bit."""

import numpy as np
import pytest

from sim.basics.limits import InputError
from sim.ensemble import Ensemble
from sim.questions.compare.outcomes import surveyed
from sim.questions.dials import dial_grid, dial_map
from sim.scenario import load

NAMES = ("settled", "us_cost", "europe_cost")


@pytest.fixture(scope="module")
def short():
    return load("outlook").with_horizon(8)


def mapped(grid, worlds=12):
    return surveyed(grid.scenarios, NAMES, grid.since, Ensemble(worlds))


def response(slope_x=10.0, slope_y=0.0, worlds=400, steps=5, own=(0.5, 0.5)):
    """Nodes (Y, X, W) and the doctrine itself (W,) of a linear response, with luck of its own at each node."""
    rng = np.random.default_rng(7)
    level = np.linspace(0.0, 1.0, steps)
    luck = rng.normal(50.0, 30.0, size=worlds)
    plane = slope_y * (level[:, np.newaxis, np.newaxis] - own[1]) + slope_x * (level[:, np.newaxis] - own[0])
    noise = rng.normal(0.0, 3.0, size=(steps, steps, worlds))
    return luck + plane + noise, luck


def test_differences_are_noise_only_where_the_response_is_none() -> None:
    nodes, own = response()
    found = dial_map.contrast_map(nodes, own)
    expected = 10.0 * (np.linspace(0.0, 1.0, 5) - 0.5)
    assert found.difference == pytest.approx(np.tile(expected, (5, 1)), abs=0.6)
    assert found.beyond[:, [0, 1, 3, 4]].all()
    assert found.beyond[:, 2].sum() <= 1
    assert ((found.low <= found.difference) & (found.difference <= found.high)).all()


def test_luck_that_all_nodes_share_does_not_hide_a_difference() -> None:
    luck = np.linspace(-1000.0, 1000.0, 9)
    found = dial_map.contrast_map(luck + np.array([[[0.001], [0.0]]]), luck)
    assert found.beyond.tolist() == [[True, False]]
    assert found.difference[0, 1] == 0.0


def test_two_dials_that_do_the_same_are_not_told_apart_by_last_digits() -> None:
    rng = np.random.default_rng(3)
    rise = np.cumsum(rng.random((7, 50)) < 0.4, axis=0) / 10.0
    found = dial_map.main_effects(rise + rise[::-1, np.newaxis], 1)
    assert found.x == pytest.approx(found.y)
    assert (found.low, found.high) == (0.0, 0.0)


def test_the_dial_that_does_more_is_told_beyond_noise() -> None:
    found = dial_map.main_effects(response(slope_x=10.0, slope_y=3.0)[0], 1)
    assert (found.x, found.y) == pytest.approx((10.0, 3.0), abs=0.6)
    assert found.low > 0.0
    assert found.low < 7.0 < found.high
    alike = dial_map.main_effects(response(slope_x=5.0, slope_y=-5.0)[0], 1)
    assert alike.low < 0.0 < alike.high
    swapped = dial_map.main_effects(response(slope_x=10.0, slope_y=3.0)[0].swapaxes(0, 1), 1)
    assert (swapped.x, swapped.y, swapped.low, swapped.high) == pytest.approx(
        (found.y, found.x, -found.high, -found.low)
    )


def test_one_world_tells_nothing_beyond_noise() -> None:
    nodes, own = response(worlds=1)
    assert not dial_map.contrast_map(nodes, own).beyond.any()
    assert np.isnan(dial_map.main_effects(nodes, 1).low)


def test_nodes_run_over_the_horizontal_dial_first(short) -> None:
    grid = dial_grid.grid(short, ("clarity", "order"), 3)
    assert list(grid.scenarios)[:4] == ["own", "0, 0", "0.5, 0", "1, 0"]
    dials = [scenario.us[-1].doctrine for scenario in grid.scenarios.values()]
    assert [(d.clarity, d.order) for d in dials[1:4]] == [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0)]
    assert grid.own == (dials[0].clarity, dials[0].order) == (0.2, 0.2)
    assert all(d.rivalry == dials[0].rivalry for d in dials)


def test_the_doctrine_itself_is_the_scenario_as_it_is(short) -> None:
    assert dial_grid.grid(short, ("clarity", "order"), 3).scenarios["own"] == short
    named = dial_grid.grid(short, ("clarity", "order"), 3, preset="architectural:clarity=0.5")
    assert named.own == (0.5, 0.9)


def test_a_node_at_the_doctrines_own_dials_is_the_doctrine(short) -> None:
    half = short.with_doctrine("us", {"clarity": 0.5, "order": 0.5})
    grid = dial_grid.grid(half, ("clarity", "order"), 3)
    found = mapped(grid)
    table = dial_map.node_table(found, grid)
    own = table[(table["clarity"] == 0.5) & (table["order"] == 0.5)]
    assert (own["difference"] == 0.0).all()
    assert not own[dial_map.BEYOND].any()
    assert (own["mean"] == own["mean_own"]).all()


def test_a_dial_that_its_mechanism_lets_do_nothing_makes_no_difference_at_all(short) -> None:
    still = short.with_mechanisms(opportunism=False)
    grid = dial_grid.grid(still, ("opportunism", "resolve"), 3, actor="russia")
    table = dial_map.node_table(mapped(grid), grid)
    for _, rows in table.groupby(["outcome", "resolve"]):
        assert np.ptp(rows["mean"]) == 0.0
    effects = dial_map.effect_table(mapped(grid), grid, 1)
    assert (effects["range_x"] == 0.0).all()
    assert (effects["range_y"] > 0.0).any()


def test_without_talks_nothing_that_is_said_of_settlements_differs(short) -> None:
    quiet = short.with_mechanisms(talks=False, direct_talks=False)
    grid = dial_grid.grid(quiet, ("channel", "affinity"), 3)
    found = mapped(grid)
    table, effects = dial_map.node_table(found, grid), dial_map.effect_table(found, grid, 1)
    settled = table[table["outcome"] == "settled"]
    assert (settled["difference"] == 0.0).all()
    assert dial_map.sentences(table, effects)[0] == (
        "Neither channel nor affinity moves how often a settlement is signed in any world; 0 of 9 nodes differ "
        "beyond noise."
    )


def test_a_washington_that_values_the_order_pays_more(short) -> None:
    grid = dial_grid.grid(short, ("order", "clarity"), 3)
    table = dial_map.node_table(mapped(grid, 40), grid)
    bill = table[table["outcome"] == "us_cost"].groupby("order")["mean"].mean()
    assert bill.is_monotonic_increasing
    effects = dial_map.effect_table(mapped(grid, 40), grid, 1)
    assert dial_map.title(effects[effects["outcome"] == "us_cost"]).startswith(
        "Order moves the American bill more than clarity: by "
    )


def test_one_priority_moves_and_the_others_make_room_in_proportion(short) -> None:
    grid = dial_grid.grid(short, ("priorities.europe", "clarity"), 5)
    start = short.us[-1].doctrine.priorities
    for scenario in list(grid.scenarios.values())[1:]:
        found = scenario.us[-1].doctrine.priorities
        assert found.europe + found.indo_pacific + found.hemisphere + found.domestic == pytest.approx(1.0)
        if found.europe < 1.0:
            assert found.domestic / found.hemisphere == pytest.approx(start.domestic / start.hemisphere)
    assert grid.own[0] == start.europe


def test_a_priority_that_had_everything_leaves_equal_parts() -> None:
    table = {"priorities": {"europe": 1.0, "indo_pacific": 0.0, "hemisphere": 0.0, "domestic": 0.0}}
    found = dial_grid.turned(table, "priorities.europe", 0.4)["priorities"]
    assert found == pytest.approx({"europe": 0.4, "indo_pacific": 0.2, "hemisphere": 0.2, "domestic": 0.2})


REFUSED = {
    "an unknown dial": (("clarity", "comitment"), {}, "did you mean 'commitment'"),
    "a whole table": (("clarity", "priorities"), {}, "priorities.europe"),
    "seats": (("agenda", "house"), {"actor": "congress"}, "unknown dial of congress 'house'"),
    "the same dial": (("clarity", "clarity"), {}, "two different dials of us"),
    "two shares": (("priorities.europe", "priorities.domestic"), {}, "sum to 1"),
    "too few values": (("clarity", "order"), {"steps": 2}, "grid: must be a whole number from 3 to 21, got 2"),
    "too many values": (("clarity", "order"), {"steps": 22}, "from 3 to 21, got 22"),
    "an unknown preset": (("clarity", "order"), {"preset": "alined"}, "did you mean 'aligned'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_mapped_is_refused(case, short) -> None:
    dials, options, message = REFUSED[case]
    with pytest.raises(InputError, match=message):
        dial_grid.grid(short, dials, **{"steps": 3, **options})
