"""How Europe's donors pay: what is in made-up months is found, and what ships is what the command makes."""

import numpy as np
import pandas as pd
import pytest

from sim.estimation import europe_supply as supply
from sim.record import tables
from sim.scenario.parameters import EuropeParameters

DRAWS = 100_000


def invented(power: float, nothing: float, months: int = 240) -> pd.Series:
    """A donor whose level doubles every other year, and who gives in lumps."""
    generator = np.random.default_rng(7)
    level = 2.0 ** (np.arange(months) // 24)
    lumps = generator.exponential(size=months) ** power * (generator.random(months) >= nothing)
    return pd.Series(level * lumps, pd.date_range("2000-01-01", periods=months, freq="MS"))


@pytest.mark.parametrize(("power", "nothing"), [(0.6, 0.1), (1.0, 0.3), (2.0, 0.5)])
def test_lumps_are_found_whatever_the_level_does(power: float, nothing: float) -> None:
    given = invented(power, nothing)
    months, paid = supply.months_of("germany", given)
    low, _, high = supply.quantiles(supply.POWERS, supply.answered(supply.OF_THE_MODEL, paid))
    assert low <= power <= high
    assert high / low < 1.6
    assert 1.0 - len(paid) / len(months) == pytest.approx(nothing, abs=0.08)


def test_the_form_that_made_the_months_is_told_from_the_others() -> None:
    generator = np.random.default_rng(3)
    dates = pd.date_range("2000-01-01", periods=240, freq="MS")
    made = {
        supply.OF_THE_MODEL: generator.exponential(size=240) ** 1.8,
        "gamma": generator.gamma(0.5, size=240),
        "lognormal": np.exp(generator.standard_normal(240)),
    }
    for form, values in made.items():
        months = pd.Series(values, dates)
        found = {name: supply.log_evidence(supply.answered(name, months)) for name in supply.SIZES}
        assert max(found, key=lambda name: found[name]) == form


def test_payments_that_make_up_for_months_without_one_are_told_from_others() -> None:
    generator = np.random.default_rng(4)
    dates = pd.date_range("2000-01-01", periods=240, freq="MS")
    pays = pd.Series(generator.random(240) < 0.5, dates)
    since = pd.Series(np.arange(240), dates)[pays].diff().fillna(1.0)
    sizes = generator.exponential(size=int(pays.sum())) ** 0.5
    assert supply.adding_up(pays, since * sizes) > 5.0
    assert supply.adding_up(pays, pd.Series(sizes, since.index)) < -5.0


def test_vetoes_leave_what_they_leave() -> None:
    """None of two: hardly ever; two of two: often. Long ones are let go slowly."""
    never, often = (supply.vetoes(np.array(held), DRAWS).table(3).set_index("coefficient") for held in ([], [1.0, 1.0]))
    assert never.loc["vetoed", "estimate"] == pytest.approx(1.0 - 0.5 ** (1 / 3), abs=0.02)
    assert often.loc["vetoed", "estimate"] == pytest.approx(0.5 ** (1 / 3), abs=0.02)
    slow = supply.vetoes(np.array([12.0, 12.0]), DRAWS).table(3).set_index("coefficient")
    assert slow.loc["veto_lifted", "high"] < often.loc["veto_lifted", "estimate"]


def test_the_vetoes_are_those_of_the_eu_s_own_money() -> None:
    held = supply.held_up()
    assert [f"{day:%Y-%m}" for day in held["date"]] == ["2022-12", "2023-12"]
    assert len(held) <= supply.ENVELOPES


def test_months_under_a_veto_are_not_held_against_the_eu() -> None:
    found = {member: (given, months) for member, given, months, _ in supply.donors()}
    given, months = found[supply.EU]
    assert [f"{month:%Y-%m}" for month in given.index.difference(months.index)] == ["2024-01"]
    assert all(given.equals(months) for member, (given, months) in found.items() if member != supply.EU)


def test_the_shipped_tables_are_what_the_command_makes() -> None:
    for name, made in ((supply.TABLE, supply.supply()), (supply.FORMS, supply.forms()), (supply.VETOES, None)):
        shipped = (tables.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
        assert tables.text(supply.coefficients() if made is None else made) == shipped


def test_the_months_bear_the_forms_of_the_model() -> None:
    forms = tables.read(supply.FORMS).set_index("form")["log_bayes_factor"]
    assert forms["gamma"] < -3.0
    assert forms["lognormal"] < -3.0
    assert forms["a chance of each year's own"] < -3.0
    assert abs(forms["adds up while nothing is paid"]) < 3.0


def test_what_donors_gave_in_a_year_is_what_the_record_has() -> None:
    table = tables.read(supply.TABLE)
    given = table[[f"given_{year}" for year in supply.YEARS]].sum(axis=1).to_numpy()
    assert given == pytest.approx([months.sum() for _, months, *_ in supply.donors()], abs=2e-3)
    assert table["nothing"].between(table["nothing_low"], table["nothing_high"]).all()


def test_defaults_are_the_medians() -> None:
    shipped = tables.read(supply.VETOES).set_index("coefficient")["estimate"]
    for name in ("reluctant", "veto_lifted"):
        assert getattr(EuropeParameters(), name) == pytest.approx(shipped[name], rel=0.05)
