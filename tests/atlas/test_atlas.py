"""The atlas: nodes are the engine's own numbers, the error of interpolation is what it says it is."""

import itertools

import numpy as np
import pytest
from small import COUNTS, SEED, WORLDS, small_atlas, small_plan

import sim
from sim.browser.atlas import grid
from sim.browser.atlas.grid import DIALS, at, spaced
from sim.browser.atlas.shown import LINES, SERIES, SHOWN
from sim.questions.compare.outcomes import headline
from sim.questions.compare.paired import paired
from sim.scenario import load
from sim.scenario.spelling import OWN


@pytest.fixture(scope="module")
def plan():
    return small_plan()


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def compared(plan):
    """Some nodes, and the doctrine itself, as `sim.compare` runs them."""
    places = [0, 77, 130, len(plan.nodes) - 1]
    tables = {str(place): at(plan, plan.nodes[place]).us[-1].doctrine for place in places}
    return places, sim.compare(plan.study.base, {OWN: {}, **tables}, worlds=WORLDS, seed=SEED).dataset


def test_a_node_has_the_numbers_of_a_comparison(atlas, plan, compared):
    places, dataset = compared
    means = headline(dataset, plan.since).mean("world")
    for place in places:
        for k, name in enumerate(SHOWN):
            assert atlas.nodes.mean[place, k] == pytest.approx(float(means[name].sel(doctrine=str(place))), rel=1e-12)


def test_a_node_has_the_intervals_of_a_comparison(atlas, plan, compared):
    places, dataset = compared
    table = paired(dataset, OWN, plan.since).set_index(["doctrine", "outcome"])
    for place in places:
        for k, name in enumerate(SHOWN):
            row = table.loc[(str(place), name)]
            assert atlas.nodes.half[place, k] == pytest.approx((row["high"] - row["low"]) / 2.0, abs=1e-12)
            difference = atlas.nodes.mean[place, k] - atlas.presets.mean[0, k]
            assert difference == pytest.approx(row["difference"], rel=1e-9, abs=1e-12)


def test_a_node_has_the_paths_of_a_comparison(atlas, compared):
    places, dataset = compared
    land = dataset["russian_held_share"].transpose("doctrine", "month", "world").to_numpy().astype(float)
    k = list(SERIES).index("russian_held_share")
    for nth, place in enumerate(places, start=1):
        fan = dict(zip(LINES, atlas.nodes.fans[place, k], strict=True))
        np.testing.assert_allclose(fan["mean"], land[nth].mean(axis=-1), rtol=1e-12)
        np.testing.assert_allclose(fan["p95"], np.quantile(land[nth], 0.95, axis=-1), rtol=1e-12)


def test_the_own_doctrine_is_a_node_and_differs_from_itself_in_nothing(atlas, plan):
    (own,) = np.flatnonzero((plan.nodes == plan.own).all(axis=1))
    np.testing.assert_array_equal(atlas.nodes.mean[own], atlas.presets.mean[0])
    np.testing.assert_array_equal(atlas.nodes.half[own], 0.0)


def test_a_whole_preset_is_more_than_its_dials_here(atlas, plan):
    """Architectural also has other priorities and another view of its ally: the page shows both rows."""
    whole = atlas.presets.mean[list(atlas.whole).index("architectural")]
    dials = grid.dials_of(atlas.whole["architectural"].us[-1].doctrine.model_dump(mode="json"))
    (node,) = np.flatnonzero((plan.nodes == dials).all(axis=1))
    assert not np.allclose(whole, atlas.nodes.mean[node])


def test_only_the_dials_of_the_page_turn(plan):
    own, turned = plan.study.base.us[-1].doctrine, at(plan, (0.9, 0.8, 0.7, 0.6)).us[-1].doctrine
    same = set(type(own).model_fields) - set(DIALS)
    assert all(getattr(own, name) == getattr(turned, name) for name in same)
    assert grid.dials_of(turned.model_dump(mode="json")) == (0.9, 0.8, 0.7, 0.6)


def test_points_off_the_grid_are_spread_and_no_nodes(plan):
    nodes = {tuple(node) for node in plan.nodes}
    assert len(plan.held_out) == grid.HELD_OUT
    assert not any(tuple(point) in nodes for point in plan.held_out)
    assert (np.abs(plan.held_out.mean(axis=0) - 0.5) < 0.05).all()


def test_the_same_seed_lays_out_the_same_points():
    levels = ((0.0, 1.0), (0.0, 1.0))
    np.testing.assert_array_equal(grid.off_grid(levels, 3), grid.off_grid(levels, 3))
    assert (grid.off_grid(levels, 3) != grid.off_grid(levels, 4)).any()


@pytest.mark.parametrize("anchors", [(0.2, 0.9), (0.0, 1.0), (0.5, 0.5), (0.03, 0.05)])
def test_nodes_rise_from_0_to_1_and_hold_the_anchors(anchors):
    found = spaced(anchors, 5)
    assert found[0] == 0.0
    assert found[-1] == 1.0
    assert len(found) == 5
    assert all(low < high for low, high in itertools.pairwise(found))
    assert set(anchors) <= set(found)


def test_an_architectural_scenario_is_held_against_transactional():
    base = load("classroom").with_doctrine("us", "architectural")
    plan = grid.design(base, 2, 1, COUNTS)
    assert plan.second == "transactional"
    assert OWN in grid.whole(plan)
    assert "architectural" not in grid.whole(plan)


def test_nothing_changes_when_few_scenarios_are_in_memory_at_once(atlas, plan, monkeypatch):
    from sim.browser.atlas import simulation

    monkeypatch.setattr(simulation, "VALUES_AT_ONCE", WORLDS * 4 * len(SERIES) * 3)
    scenarios = {OWN: plan.study.scenarios[OWN]} | {str(n): at(plan, plan.nodes[n]) for n in range(7)}
    seen = []
    found = simulation.digested(scenarios, plan.since, WORLDS, SEED, 1, lambda done, total: seen.append((done, total)))
    np.testing.assert_array_equal(found.mean[1:], atlas.nodes.mean[:7])
    np.testing.assert_array_equal(found.fans[1:], atlas.nodes.fans[:7])
    assert seen == [(WORLDS * 4 * done, WORLDS * 4 * 8) for done in range(1, 9)]
