"""What counts as failing, on paths made by hand."""

import numpy as np
import pytest
import xarray as xr

from sim.basics.limits import InputError
from sim.questions.sensitivity.discovery import failure
from sim.scenario import load
from sim.world.settlement import Outcome

MONTHS = np.array(["2026-01", "2026-02", "2026-03"], dtype="datetime64[ns]")


def paths(line, settled, relapsed):
    dims = ("doctrine", "world", "month")
    coords = {"doctrine": ["x"], "world": [0], "month": MONTHS}
    peace = np.where(relapsed, Outcome.RELAPSED, np.where(settled, Outcome.FRAGILE, Outcome.WAR))
    named = {"russian_held_share": line, "settled": settled, "peace": peace}
    dataset = xr.Dataset({name: (dims, np.array([[values]], dtype=float)) for name, values in named.items()}, coords)
    signed = MONTHS[settled.index(1)] if any(settled) else np.datetime64("NaT", "ns")
    dataset["settlement_month"] = (dims[:2], np.array([[signed]], dtype="datetime64[ns]"))
    dataset["settlement_guarantee"] = (dims[:2], np.array([[1.0]]))
    return dataset


@pytest.fixture(scope="module")
def outlook():
    return load("outlook")


L = 0.1996
"""The line before the outlook's first month."""


@pytest.mark.parametrize(
    ("line", "settled", "relapsed", "fails"),
    [
        ((L, L, L + 0.001), (0, 0, 0), (0, 0, 0), True),
        ((L, L, L - 0.001), (0, 0, 0), (0, 0, 0), False),
        ((L, L, L + 0.001), (0, 1, 1), (0, 0, 0), False),
        ((L, L, L - 0.001), (1, 0, 0), (0, 1, 1), True),
    ],
)
def test_lost_is_ground_given_without_a_settlement_or_a_settlement_broken(line, settled, relapsed, fails, outlook):
    found = failure(outlook, "2026-01").read(paths(line, settled, relapsed))
    assert bool(found["fails"].item()) is fails


def test_a_peace_that_broke_before_the_doctrine_is_not_its_failure(outlook):
    broken_before = paths((L, L, L), (0, 0, 0), (1, 1, 1))
    assert failure(outlook, "2026-01").read(broken_before)["fails"].item() == 1.0
    assert failure(outlook, "2026-02").read(broken_before)["fails"].item() == 0.0


def test_land_counts_from_the_month_before_the_doctrine(outlook):
    falling = paths((L + 0.01, L + 0.005, L + 0.004), (0, 0, 0), (0, 0, 0))
    assert failure(outlook, "2026-01").read(falling)["fails"].item() == 1.0
    assert failure(outlook, "2026-03").read(falling)["fails"].item() == 0.0


@pytest.mark.parametrize(("side", "fails"), [("above", 1.0), ("below", 0.0)])
def test_an_outcome_and_a_threshold(side, fails, outlook):
    meant = failure(outlook, "2026-01", "land", **{side: 19.0})
    assert meant.needs == ("russian_held_share",)
    assert meant.read(paths((L, L, L), (0, 0, 0), (0, 0, 0)))["fails"].item() == fails
    assert f"“Land held by Russia at the end” is {'more' if side == 'above' else 'less'} than 19" in meant.words


def test_a_threshold_of_zero_is_a_threshold(outlook):
    assert failure(outlook, "2026-01", "relapsed", above=0.0).words.endswith("more than 0")


def test_a_threshold_needs_an_outcome(outlook):
    with pytest.raises(InputError, match="needs an outcome"):
        failure(outlook, "2026-01", above=1.0)
