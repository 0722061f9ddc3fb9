"""The guarantee question: the same ceasefire under each guarantee, how often it breaks, and who pays."""

import numpy as np
import pandas as pd
import pytest

from sim.ensemble import Ensemble
from sim.figures.guarantees import who_keeps_the_peace
from sim.questions.compare.guarantees import FAMILY, MONEY, WASHINGTONS, guarantees, member

WORLDS = 400


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return guarantees(Ensemble(WORLDS)).set_index(["washington", "guarantee"])


def test_the_family_is_one_ceasefire_with_one_thing_changed() -> None:
    opened = [member(name, "transactional") for name in FAMILY]
    assert [s.initial.settlement.guarantee for s in opened] == [1, 2, 3, 3, 3, 4]
    assert len({(s.start, s.initial.line, s.initial.settlement.relief, s.months) for s in opened}) == 1


def test_all_are_there_with_intervals_and_money(found: pd.DataFrame) -> None:
    assert list(found.index) == [(us, name) for us in WASHINGTONS for name in FAMILY]
    assert ((found["low"] <= found["broken"]) & (found["broken"] <= found["high"])).all()
    assert (found[list(MONEY)] >= 0.0).all(axis=None)


def test_soldiers_cost_money_only_where_they_stand_and_arms_cost_more(found: pd.DataFrame) -> None:
    force = found["european_force"].unstack()
    assert (force[["monitors", "porcupine", "tripwire, nobody there"]] == 0.0).all(axis=None)
    assert (force["tripwire, full force"] > force["tripwire"]).all()
    given = found["european_aid"].unstack()
    assert (given["porcupine"] > given["monitors"] + 5.0).all()
    assert (given["tripwire, full force"] < given["tripwire, nobody there"]).all()


def test_more_of_a_guarantee_breaks_less(found: pd.DataFrame) -> None:
    broken = found["broken"].unstack()
    assert (broken["porcupine"] < broken["monitors"]).all()
    assert (broken["tripwire, full force"] < broken["tripwire, nobody there"]).all()
    assert (broken.loc["architectural"] < broken.loc["transactional"]).all()


def test_the_figure_says_what_was_found(found: pd.DataFrame) -> None:
    figure = who_keeps_the_peace(found.reset_index(), "400 worlds.")
    said = " ".join(text.get_text() for text in figure.findobj() if hasattr(text, "get_text"))
    for name in FAMILY:
        assert name in said
    broken = np.round(100.0 * found["broken"]["transactional"]["tripwire"])
    assert f"{broken:.0f} with a European" in figure.get_label()
