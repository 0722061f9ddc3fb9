"""China as a guest: switched off it is not there, switched on only it is new, and it does what it is said to do."""

from functools import partial

import numpy as np
import pytest
import xarray as xr
from doctrine_china.guest import China
from doctrine_china.presets import BACKED

import sim
from sim.ensemble import opened
from sim.model import Luck
from sim.scenario import load

WORLDS, SEED = 60, 3
MANY = 240
"""Worlds in which land is compared: where and when a world makes peace moves it more than supplies do."""


@pytest.fixture(scope="module")
def outlook():
    return load("outlook").with_horizon(24)


def run(scenario, *guests, worlds=WORLDS):
    return sim.run(scenario, worlds=worlds, seed=SEED, guests=guests)


@pytest.fixture(scope="module")
def by_backing(outlook):
    return {backing: run(outlook, partial(China, backing=backing)) for backing in (0.0, 0.5, 1.0)}


def test_switched_off_it_changes_no_bit(outlook, by_backing):
    xr.testing.assert_identical(by_backing[0.0], run(outlook))


def draws_of(monkeypatch, scenario, *guests):
    """Every draw of a run, by stream and month."""
    drawn = {}

    def spying(kind):
        draw = getattr(Luck, kind)

        def draws(self, stream):
            numbers = draw(self, stream)
            drawn[stream, self.month] = numbers.copy()
            return numbers

        return draws

    with monkeypatch.context() as patch:
        for kind in ("uniform", "normal", "exponential", "heavy_tailed"):
            patch.setattr(Luck, kind, spying(kind))
        model = opened(scenario, SEED, 0, WORLDS, guests=guests)
        for _ in model:
            pass
    return drawn


def test_all_other_draws_of_luck_are_the_same_numbers(outlook, monkeypatch):
    without, joined = draws_of(monkeypatch, outlook), draws_of(monkeypatch, outlook, China)
    new = {stream for stream, _ in joined.keys() - without.keys()}
    lost = without.keys() - joined.keys()
    assert "supplies china begins with" in new
    # A stream is asked for only where it is needed: when talks are held somewhere, a treaty is voted on, a bill waits.
    assert {stream for stream, _ in lost} | new - {"supplies china begins with"} <= {
        "consent to guarantee",
        "consent to relief",
        "ratification",
        "agenda gate",
        "discharge petition",
        "house vote",
        "senate vote",
    }
    for address in without.keys() & joined.keys():
        np.testing.assert_array_equal(without[address], joined[address], err_msg=str(address))


def test_supplies_show_in_the_first_month_and_in_nothing_decided_before(by_backing):
    first = {backing: dataset.isel(month=0) for backing, dataset in by_backing.items()}
    assert bool((first[1.0]["force_russia"] > first[0.5]["force_russia"]).all())
    # terms that are signed foresee supplies, and move the line
    signed = first[1.0]["settled"].astype(bool) | first[0.0]["settled"].astype(bool)
    for earlier in ("us_allocation", "europe_contribution", "force_ukraine", "russian_held_share", "belief_russia"):
        one, other = (first[backing][earlier].where(~signed, drop=True) for backing in (1.0, 0.0))
        np.testing.assert_array_equal(one, other)


def test_the_more_it_backs_moscow_the_more_land_moscow_holds(outlook):
    land = {
        backing: run(outlook, partial(China, backing=backing), worlds=MANY)["russian_held_share"][:, -1]
        for backing in (0.0, 0.5, 1.0)
    }
    assert float(land[0.0].mean()) < float(land[0.5].mean()) < float(land[1.0].mean())
    gain = (land[1.0] - land[0.0]).to_numpy()
    assert gain.mean() > 4.0 * gain.std(ddof=1) / np.sqrt(MANY)


def test_where_the_guns_are_silent_it_supplies_nothing():
    model = opened(load("frozen_conflict"), SEED, 0, WORLDS, guests=[China])
    seen_peace = False
    for _ in model:
        (china,) = model.guests
        # Whether a world is at war may change at the table, after China acted: look where it was at peace and still is.
        silent = model.mediator.settled & (model.mediator.settled_in < model.elapsed - 1)
        seen_peace |= bool(silent.any())
        assert np.all(china.supplied[silent] == 0.0)
    assert seen_peace


def test_it_keeps_its_reasons(outlook):
    model = opened(outlook, SEED, 0, WORLDS, guests=[China])
    model.step()
    (china,) = model.guests
    np.testing.assert_allclose(sum(china.reasons["supplies"].values()), china.supplied)
    assert set(china.reasons["supplies"]) == {"what Moscow lacks", "fear of secondary sanctions"}


def test_world_17_is_the_same_alone(outlook):
    whole = opened(outlook, SEED, 0, WORLDS, guests=[China])
    alone = opened(outlook, SEED, 17, 18, guests=[China])
    for model in (whole, alone):
        for _ in model:
            pass
    np.testing.assert_array_equal(whole.line[17:18], alone.line)


def test_it_joins_by_name_in_other_processes_too(outlook):
    short = outlook.with_horizon(3)
    named = sim.run(short, worlds=140, guests=["china:backing=1"], jobs=2)
    given = sim.run(short, worlds=140, guests=[partial(China, backing=1.0)])
    np.testing.assert_array_equal(named["force_russia"], given["force_russia"])


def test_it_makes_the_news_when_it_begins(outlook):
    joined = outlook.with_(guests={"china": {"backing": 1.0}})
    models = opened(joined, SEED, 0, 1)
    told = [sentence for _ in models for sentence in models.guests[0].news()]
    assert told[0] == "China sends Moscow what its forces lack."
    assert len(set(told)) == len(told) or told[1] == "Supplies from China all but end."


def test_a_moscow_with_beijing_behind_it_fights_harder_and_takes_more_where_nobody_talks(outlook):
    war = outlook.with_mechanisms(talks=False, direct_talks=False)
    both = sim.compare(war, ["wait_out", "backed"], actor="russia", worlds=WORLDS, seed=SEED, guests=["china"]).dataset
    assert outlook.with_doctrine("russia", "backed").russia[-1].doctrine == BACKED.doctrine
    for more in (both["effort_russia"].mean("month"), both["russian_held_share"].isel(month=-1)):
        gain = (more.sel(doctrine="backed") - more.sel(doctrine="wait_out")).to_numpy()
        assert gain.mean() > 4.0 * gain.std(ddof=1) / np.sqrt(WORLDS)
