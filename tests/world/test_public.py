"""Kyiv's public: drawn down by the length of the war, to an end; and what its government pays by it."""

import numpy as np
import pytest

from sim.ensemble import opened
from sim.estimation.public import SURVEY_SD, surveys
from sim.scenario import Scenario, load
from sim.scenario.politics import PublicParameters
from sim.world import public


def lived(scenario: Scenario, worlds: int = 400) -> tuple[list[str], np.ndarray]:
    model = opened(scenario.with_parameter_sets("one"), seed=4, start=0, stop=worlds)
    opposed = [model.public.opposed.copy() for _ in model]
    return model.config.calendar, np.array(opposed)


def test_a_long_war_draws_the_public_no_further() -> None:
    p = PublicParameters()
    drawn = [float(public.leaning(months, p)) for months in (6.0, 12.0, 24.0, 36.0, 200.0)]
    assert drawn[0] > drawn[1] > drawn[2] == drawn[3] == drawn[4] == pytest.approx(1 / (1 + np.exp(-p.opposed_lasting)))


def test_a_history_passes_through_the_surveys() -> None:
    """Each survey of the record lies among the middle 98 of 100 worlds; the mean misses by under six points."""
    calendar, opposed = lived(load("history"))
    asked = surveys()
    asked = asked[asked.index.astype(str) >= calendar[0]]
    for month, share in asked.items():
        worlds = opposed[calendar.index(str(month))]
        low, high = np.quantile(worlds, (0.01, 0.99))
        assert low - SURVEY_SD <= share <= high + SURVEY_SD, month
        assert worlds.mean() == pytest.approx(share, abs=0.08), month


def test_its_government_pays_by_what_it_thinks() -> None:
    model = opened(load("outlook").with_parameter_sets("one"), seed=1, start=0, stop=5)
    rows = np.arange(5)
    before = model.ukraine.audience_cost(rows)
    model.public.opposed = 1.2 * model.public.opposed
    assert model.ukraine.audience_cost(rows) == pytest.approx(1.2 * before, rel=1e-5)


def test_switched_off_nothing_moves_and_the_cost_is_that_of_the_parameter() -> None:
    scenario = load("outlook").with_parameter_sets("one").with_mechanisms(public_opinion=False)
    _, opposed = lived(scenario, 5)
    assert (opposed == opposed[0]).all()
    model = opened(scenario.with_parameters({"public": {"opposed_reference": 0.3}}), seed=1, start=0, stop=5)
    other = opened(scenario, seed=1, start=0, stop=5)
    assert (model.ukraine.audience_cost(np.arange(5)) == other.ukraine.audience_cost(np.arange(5))).all()


def test_a_public_that_tires_makes_peace_likelier() -> None:
    """Paired worlds of the same luck: with everybody opposed for ever, settlements are fewer by more than chance."""
    scenario = load("outlook").with_parameter_sets("one").with_doctrine("us", "transactional")
    firm = scenario.with_parameters({"public": {"opposed_lasting": 4.0, "opposed_speed": 0.5}})
    signed = []
    for variant in (scenario, firm):
        model = opened(variant, seed=6, start=0, stop=600)
        for _ in model:
            pass
        signed.append(1.0 * (model.mediator.settlements > 0.0))
    difference = signed[0] - signed[1]
    assert difference.mean() > 2.0 * difference.std() / np.sqrt(difference.size)


def test_peace_wearies_nobody() -> None:
    """Months of a settlement or a truce are not counted, and those of war are, from the invasion on."""
    model = opened(load("history"), seed=2, start=0, stop=400)
    quiet = np.zeros(400)
    for month in model:
        first = month if not quiet.any() and model.elapsed == 1 else None
        if first:
            assert (model.public.months_of_war == model.months_since("2022-02")).all()
        quiet += model.mediator.quiet
    last = model.mediator.quiet  # counted when the next month begins
    assert (model.public.months_of_war + quiet - last == model.months_since("2022-02")).all()
    assert quiet.any()
