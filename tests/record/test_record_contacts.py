"""How contacts follow each other: momentum is found where it is, and what ships is what the command makes."""

import numpy as np
import pandas as pd
import pytest

from sim.estimation import contacts
from sim.record import facts, tables
from sim.scenario.politics import ContactParameters

DRAWS = 50_000


def invented(momentum: float, months: int = 600) -> pd.DataFrame:
    """Months of meetings whose odds are -2, and `momentum` more after a meeting; Washington talks in half of them."""
    generator, met, rows = np.random.default_rng(5), 0.0, []
    for month in range(months):
        meets = float(generator.random() < 1.0 / (1.0 + np.exp(2.5 - momentum * met)))
        rows.append((meets, float(month % 2), 0.0, met))
        met = meets
    return pd.DataFrame(rows, columns=["meets", "talks", "ripeness", "met"])


@pytest.mark.parametrize("momentum", [0.5, 3.0])
def test_momentum_is_found_where_it_is(momentum: float) -> None:
    table = contacts.answered(contacts.OF_THE_MODEL, invented(momentum), DRAWS).table(2).set_index("coefficient")
    assert table.loc["direct_momentum", "low"] <= momentum <= table.loc["direct_momentum", "high"]
    assert table.loc["direct_answer", "high"] < 1.0


def test_the_months_are_those_of_the_coded_events() -> None:
    seen = contacts.months()
    met = [f"{month}" for month in seen.index[seen["meets"] == 1.0]]
    assert met == ["2022-03", "2025-05", "2025-06", "2025-07"]
    assert seen["met"].iloc[0] == 1.0
    assert facts.contacts()["clusters"] == 2


def test_the_events_speak_for_momentum_and_for_an_answer_to_washington() -> None:
    forms = tables.read("contact_forms").set_index("form")["log_bayes_factor"]
    assert forms.idxmax() == contacts.OF_THE_MODEL
    assert forms["an answer to Washington"] < -3.0
    assert forms["each month by itself"] < -5.0


def test_the_shipped_tables_are_those_of_the_command_and_the_defaults_their_medians() -> None:
    made, shipped = contacts.coefficients(DRAWS), tables.read("contact_coefficients")
    assert made["estimate"].to_numpy() == pytest.approx(shipped["estimate"].to_numpy(), abs=0.1)
    for row in shipped.itertuples():
        assert getattr(ContactParameters(), row.coefficient) == pytest.approx(row.estimate, abs=0.1)
