"""C6: negotiating with an adversary is a standard tool and no sign of affinity."""

import numpy as np
import pytest
import xarray as xr
from contrast import Effect, contrast, dials, together

from sim.record import last_month
from sim.scenario import Scenario
from sim.scenario.presets import UNITED_STATES

RECORD = slice("2025-01", last_month())
"""The months of the record under the new executive."""


@pytest.fixture(scope="module")
def precedents(history: Scenario) -> xr.Dataset:
    """Every doctrine in office from January 2025."""
    scenario = history.with_horizon(33)
    return together(**{name: scenario.with_doctrine("us", name, since="2025-01") for name in UNITED_STATES})


def months_of_talks(found: xr.Dataset, doctrine: str) -> np.ndarray:
    """How many months of the record since the change see talks, a number a world."""
    return found["talks"].sel(doctrine=doctrine, month=RECORD).sum("month").to_numpy()


def chance_of_more(one: np.ndarray, other: np.ndarray) -> float:
    """Chance that a world of the first sees more talks than a world of the second; ties count half."""
    ahead = one[:, None] - other[None, :]
    return float((ahead > 0).mean() + 0.5 * (ahead == 0).mean())


def test_c6_reagan_talks_although_rivalry_is_high(precedents: xr.Dataset) -> None:
    """Reagan's rivalry is that of the architectural doctrine; what differs is the channel to the top."""
    presets = {name: UNITED_STATES[name].doctrine for name in ("reagan_ussr", "architectural")}
    assert presets["reagan_ussr"].rivalry == presets["architectural"].rivalry > 0.8
    assert contrast(precedents, "talks", "reagan_ussr", "architectural", RECORD).rises()
    assert contrast(precedents, "us_desired", "reagan_ussr", "architectural", RECORD).mean > -0.1


@pytest.mark.parametrize("precedent", ["reagan_ussr", "nixon_china", "obama_iran", "trump_dprk"])
def test_c6_every_precedent_talks_without_affinity(precedents: xr.Dataset, precedent: str) -> None:
    assert UNITED_STATES[precedent].doctrine.affinity == 0.0
    assert contrast(precedents, "talks", precedent, "architectural", RECORD).rises()


def test_c6_affinity_by_itself_does_not_bring_talks(outlook: Scenario) -> None:
    """In the first month, that is: later, talks depend on whether a settlement has ended them."""
    found = together(worlds=400, with_affinity=dials(outlook, affinity=1.0), without=dials(outlook, affinity=0.0))
    first = slice(outlook.start, outlook.start)
    assert contrast(found, "talks", "with_affinity", "without", first) == Effect(0.0, 0.0)


def test_c6_a_channel_and_a_negotiable_rival_bring_talks(outlook: Scenario) -> None:
    found = together(
        open_channel=dials(outlook, channel=1.0), closed=dials(outlook, channel=0.0),
        rival=dials(outlook, rivalry=1.0), negotiable=dials(outlook, rivalry=0.0),
    )  # fmt: skip
    assert contrast(found, "talks", "open_channel", "closed").rises()
    assert contrast(found, "talks", "negotiable", "rival").rises()


def test_c6_frequency_leans_towards_alignment_but_does_not_tell_it_from_a_transactional_doctrine(
    precedents: xr.Dataset,
) -> None:
    """A coin says .5, a proof 1: the months of talks lie between, and a precedent without affinity overlaps."""
    aligned, transactional = (months_of_talks(precedents, name) for name in ("aligned", "transactional"))
    assert 0.5 < chance_of_more(aligned, transactional) < 0.9
    assert np.quantile(transactional, 0.75) >= np.quantile(aligned, 0.25)


def test_c6_talks_come_in_clusters(plain_outlook: Scenario) -> None:
    """Talks last month make talks this month likelier."""
    rare = plain_outlook.with_parameters({"table": {"talks_base": -6.0}})
    found = together(
        clustered=rare.with_parameters({"table": {"talks_momentum": 3.0}}),
        scattered=rare.with_parameters({"table": {"talks_momentum": 0.0}}),
    )
    again = {}
    for label in ("clustered", "scattered"):
        talks = found["talks"].sel(doctrine=label).to_numpy()
        free = 1.0 - found["settled"].sel(doctrine=label).to_numpy()
        before, now = talks[:, :-1] * free[:, :-1], talks[:, 1:]
        again[label] = (before * now).sum() / before.sum()
    assert again["clustered"] > 1.5 * again["scattered"]
