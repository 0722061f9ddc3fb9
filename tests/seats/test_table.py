"""A table is what was ordered: it is rebuilt from that, anywhere."""

import pickle

import pytest

from sim.basics.limits import InputError
from sim.scenario import Scenario, load
from sim.teaching.seats.orders import SEATS
from sim.teaching.seats.table import PUBLIC, SeatedWorld

SEED, WORLD = 2, 11
MONTHS = [
    {"us": {"aid": 0.2, "talks": 1.0, "first": 1.0}, "europe": {"contribution": 5.0}},
    {},
    {"ukraine": {"effort": 1.4, "sign": 1.0, "line": 0.02}, "russia": {"effort": 0.5}},
    {"congress": {"own_bill": 1.0}, "us": {"line": 0.0, "talks": 1.0}},
    {seat: {} for seat in SEATS},
]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("classroom")


def test_a_new_table_stands_before_the_first_month(scenario: Scenario) -> None:
    table = SeatedWorld(scenario, SEED, WORLD)
    assert (table.elapsed, table.over, table.month, table.news) == (0, False, scenario.start, [])
    assert table.series == {name: [] for name in PUBLIC}


def test_saved_months_give_the_same_world(scenario: Scenario) -> None:
    table = SeatedWorld(scenario, SEED, WORLD)
    for orders in MONTHS:
        table.play(orders)
    again = SeatedWorld(scenario, SEED, WORLD, table.months)
    assert again.months == table.months == MONTHS
    assert (again.series, again.news, again.month) == (table.series, table.news, table.month)
    assert again.model.ukraine.reservation == table.model.ukraine.reservation


def test_a_table_goes_to_another_process_and_goes_on_there(scenario: Scenario) -> None:
    table = SeatedWorld(scenario, SEED, WORLD, MONTHS)
    there = pickle.loads(pickle.dumps(table))  # noqa: S301 -- what another process would do, with our own table
    table.play({"us": {"aid": 1.0}})
    there.play({"us": {"aid": 1.0}})
    assert there.series == table.series


def test_what_was_ordered_differs_from_what_the_doctrines_would_do(scenario: Scenario) -> None:
    assert (
        SeatedWorld(scenario, SEED, WORLD, MONTHS).series
        != SeatedWorld(scenario, SEED, WORLD, [{}] * len(MONTHS)).series
    )


def test_a_table_ends_with_its_scenario(scenario: Scenario) -> None:
    table = SeatedWorld(scenario, SEED, WORLD, [{}] * scenario.months)
    assert table.over
    assert table.month == scenario.calendar[-1]
    with pytest.raises(InputError, match=f"{scenario.name} ended in {table.month}; there is no further month to play"):
        table.play({})


@pytest.mark.parametrize(("seed", "world", "named"), [(-1, 0, "seed"), (1, -1, "world"), (1, 0.5, "world")])
def test_a_seed_or_world_that_there_is_not_is_named(scenario: Scenario, seed: int, world: int, named: str) -> None:
    with pytest.raises(InputError, match=f"^{named}: must be a whole number"):
        SeatedWorld(scenario, seed, world)


@pytest.mark.parametrize("orders", [{"us": {"aid": 9}}, {"us": {"ade": 1}}, {"moon": {}}])
def test_a_bad_order_changes_nothing(scenario: Scenario, orders: dict) -> None:
    table = SeatedWorld(scenario, SEED, WORLD, MONTHS)
    before = pickle.dumps((table.months, table.series, table.news))
    with pytest.raises(InputError):
        table.play(orders)
    assert pickle.dumps((table.months, table.series, table.news)) == before


def test_orders_are_kept_as_they_were_given_not_as_they_become(scenario: Scenario) -> None:
    table, orders = SeatedWorld(scenario, SEED, WORLD), {"us": {"aid": 0.5}}
    table.play(orders)
    orders["us"]["aid"] = 1.0
    assert table.months == [{"us": {"aid": 0.5}}]


def test_the_news_are_those_of_the_months_that_had_any(scenario: Scenario) -> None:
    table = SeatedWorld(scenario, SEED, WORLD, [{}] * scenario.months)
    months = [month for month, sentences in table.news if sentences]
    assert months == sorted(set(months))
    assert months[0] == scenario.start
