"""What moves Kyiv's public: known coefficients are found again, and what ships is what the command makes."""

import numpy as np
import pandas as pd
import pytest

from sim.estimation import public
from sim.record import tables
from sim.scenario.politics import PublicParameters
from sim.world.public import leaning, moved

DRAWS = 60_000
TRUE = PublicParameters(
    opposed_lasting=0.3, opposed_war=2.5, opposed_months=30.0, opposed_speed=0.3, opposed_noise=0.003
)


def invented() -> pd.Series:
    """Surveys every month of a public whose coefficients are known."""
    generator, months = np.random.default_rng(3), pd.period_range("2022-04", "2025-12", freq="M")
    opposed, found = np.array([0.9]), []
    for month in months:
        opposed = moved(opposed, leaning((month - public.WAR_BEGAN).n, TRUE), generator.standard_normal(), TRUE)
        found.append(float(opposed[0]) + 0.005 * generator.standard_normal())
    return pd.Series(found, months)


def test_known_coefficients_are_found_again() -> None:
    table = public.answered(public.OF_THE_MODEL, invented(), DRAWS)[0].table(3).set_index("coefficient")
    for name in ("opposed_lasting", "opposed_months", "opposed_speed"):
        assert table.loc[name, "low"] <= getattr(TRUE, name) <= table.loc[name, "high"], name
    assert table.loc["opposed_noise", "estimate"] < 0.012


def test_the_surveys_bear_a_war_that_wearies_to_an_end_and_nothing_more() -> None:
    forms = tables.read("public_forms").set_index("form")["log_bayes_factor"]
    assert forms.idxmax() == public.OF_THE_MODEL
    assert (forms.drop(public.OF_THE_MODEL) < 0.0).all()


def test_the_shipped_coefficients_are_those_of_the_command_and_the_defaults_lie_within() -> None:
    made = public.coefficients()
    assert tables.text(made) == (tables.FOLDER / "public_coefficients.csv").read_text(encoding="utf-8")
    for row in made.itertuples():
        default = getattr(PublicParameters(), row.coefficient)
        assert default == pytest.approx(row.estimate, abs=0.12 * (row.high - row.low)), row.coefficient


def test_the_shipped_forms_are_those_of_the_command_up_to_the_luck_of_fewer_draws() -> None:
    made, shipped = public.forms(DRAWS), tables.read("public_forms")
    assert made.drop(columns=["log_bayes_factor", "rmse_points"]).equals(
        shipped.drop(columns=["log_bayes_factor", "rmse_points"])
    )
    assert made["log_bayes_factor"].to_numpy() == pytest.approx(shipped["log_bayes_factor"].to_numpy(), abs=0.6)
    assert made["rmse_points"].to_numpy() == pytest.approx(shipped["rmse_points"].to_numpy(), abs=0.5)
