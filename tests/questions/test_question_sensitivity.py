"""Parameters prescribed to worlds, and the design of the sensitivity analysis over the model itself."""

import numpy as np
import pytest

from sim.calibration.priors import PRIORS
from sim.draws import Draws
from sim.ensemble import survey
from sim.questions import carrying, flips, sensitivity, spreads
from sim.questions.sensitivity import Size, reading
from sim.scenario import load
from sim.study import comparison


@pytest.fixture(scope="module")
def short():
    return load("outlook").with_horizon(6)


@pytest.fixture(scope="module")
def pair(short):
    return comparison(short, ["architectural", "transactional"]).scenarios


def test_worlds_get_the_parameters_of_their_point_however_they_are_cut():
    points = np.arange(6.0).reshape(3, 2)
    sets = spreads.prescribed(["x", "y"], points, 4)
    whole = sets(Draws(1, 0, 12))
    np.testing.assert_array_equal(whole["y"], np.repeat([1.0, 3.0, 5.0], 4))
    np.testing.assert_array_equal(sets(Draws(1, 3, 9))["y"], whole["y"][3:9])


def test_a_survey_with_the_scenarios_own_parameters_is_the_survey_without(short):
    plain = short.model_copy(update={"parameter_sets": "one"})
    read, needs = reading(["land", "us_cost"], short.calendar[0])
    own = survey({"x": plain}, read, needs, worlds=20)
    value = plain.parameters.front.pull
    same = spreads.prescribed(["front.pull"], np.full((20, 1), value), 1)
    other = spreads.prescribed(["front.pull"], np.full((20, 1), 2.0 * value), 1)
    given = {"x": same}
    np.testing.assert_array_equal(own["land"], survey({"x": plain}, read, needs, worlds=20, sets=given)["land"])
    assert not own["land"].equals(survey({"x": plain}, read, needs, worlds=20, sets={"x": other})["land"])


def test_pages_share_their_luck_and_differ_in_one_parameter(pair, short):
    chosen = spreads.spread("prior", short)
    found = sensitivity.evaluated(pair, chosen, ["us_cost", "land"], Size(16, 2))
    assert found.values["land"].shape == (2, 2 + len(PRIORS), 16, 2)
    # From 2025-09 on Europe gives more than its fair share under the second doctrine: nothing presses it for more.
    silent = 2 + found.names.index("executive.press_europe")
    np.testing.assert_array_equal(found.values["us_cost"][1, silent], found.values["us_cost"][1, 0])


def test_what_washington_wants_to_give_moves_its_bill_most():
    study = comparison(load("outlook").with_horizon(24), ["architectural", "transactional"])
    found = sensitivity.evaluated(study.scenarios, spreads.spread("prior", study.base), ["us_cost"], Size(64, 4))
    table = sensitivity.indices(found, list(study.scenarios))
    seen = carrying.carriers(table, "us_cost")["parameter"].tolist()
    assert "executive.order_base" in seen[:2]
    assert not {"peace.hazard", "europe.taste"} & set(seen)


def test_over_the_posterior_flips_are_counted_on_its_own_sets(pair, short):
    chosen = spreads.spread("posterior", short)
    found = sensitivity.evaluated(pair, chosen, ["us_cost"], Size(16, 2))
    seen = carrying.cloud(found, chosen, pair, Size(16, 2))
    assert seen.differences["us_cost"].shape == (len(chosen.joint), 2)
    np.testing.assert_array_equal(seen.points, chosen.joint.to_numpy(float))
    assert flips.flips(seen.differences["us_cost"]).share == 0.0


def test_a_posterior_marginal_has_the_quantiles_of_its_column(short):
    chosen = spreads.spread("posterior", short)
    middle = spreads.at_quantiles(chosen, np.full((1, len(chosen.quantiles)), 0.5))
    np.testing.assert_allclose(middle[0], chosen.joint.median().to_numpy())


def test_the_parameters_that_hang_together_most_are_named():
    import pandas as pd

    u = np.random.default_rng(1).random((200, 2))
    table = pd.DataFrame({"x": u[:, 0], "y": u[:, 1], "z": -u[:, 0]})
    assert spreads.dependence(table) == ("x", "z", pytest.approx(-1.0))


def test_doctrines_part_where_they_first_differ():
    history = load("history")
    assert sensitivity.parting([history, history.with_doctrine("us", "aligned", "2025-01")]) == "2025-01"
    assert sensitivity.parting([history, history]) == history.start
    russia = history.with_doctrine("russia", "maximalist", "2024-03")
    assert sensitivity.parting([history, russia]) == "2024-03"
