"""One run less another: the same worlds, never an empty answer, and never worlds of another luck."""

import numpy as np
import pytest
import xarray as xr

import sim
from sim import figures
from sim.answers import ensemble_answer
from sim.basics.limits import InputError
from sim.ensemble import Ensemble
from sim.ensemble.dataset import from_text
from sim.ensemble.study import one_scenario
from sim.questions.compare import settlements, story
from sim.questions.compare.breakdowns import ballots, members
from sim.questions.compare.ensemble_numbers import ensemble_numbers
from sim.questions.compare.outcomes import levels
from sim.questions.compare.paired import paired
from sim.questions.compare.statistics import bands
from sim.report import html as report

WORLDS, SEED = 12, 3


@pytest.fixture(scope="module")
def base():
    return sim.load("outlook").with_horizon(6)


@pytest.fixture(scope="module")
def own(base):
    return sim.run(base, worlds=WORLDS, seed=SEED)


@pytest.fixture(scope="module")
def architectural(base):
    return sim.run(base.with_doctrine("us", "architectural"), worlds=WORLDS, seed=SEED)


def test_runs_of_two_doctrines_can_be_subtracted_as_they_are(own, architectural):
    gap = (architectural - own)["us_allocation"]
    assert dict(gap.sizes) == {"world": WORLDS, "month": 6}
    assert np.abs(gap).max() > 0


def test_a_difference_is_that_of_a_comparison(base, own, architectural):
    both = sim.compare(base, ["own", "architectural"], worlds=WORLDS, seed=SEED).dataset
    gap = sim.difference(architectural, own)
    there = both.sel(doctrine="architectural", drop=True) - both.sel(doctrine="own", drop=True)
    for name in ("us_allocation", "settled", "us_total", "europe_by_member"):
        xr.testing.assert_equal(gap[name], there[name])
    xr.testing.assert_equal(gap, sim.difference(both.sel(doctrine="architectural"), both.sel(doctrine=["own"])))
    assert gap["us_allocation"].attrs["units"] == "EUR bn a month"
    assert from_text(gap.attrs["difference"]) == ["architectural", "transactional"]
    assert "outcome" not in gap


def test_other_luck_other_worlds_and_other_months_are_refused(base, own):
    with pytest.raises(InputError, match="seed: must be the same in both, got 3 and 4"):
        sim.difference(own, sim.run(base, worlds=WORLDS, seed=4))
    with pytest.raises(InputError, match="worlds: must be the same in both, got 12 from 0 to 11 and 5 from 0 to 4"):
        sim.difference(own, own.isel(world=slice(5)))
    with pytest.raises(InputError, match="months: must be the same in both, got 6 from 2026-01 to 2026-06 and 4 from"):
        sim.difference(own, sim.run(base.with_(months=4), worlds=WORLDS, seed=SEED))
    with pytest.raises(InputError, match="seed: must be the same in both, got None and None"):
        sim.difference(own.drop_attrs(), own.drop_attrs())
    with pytest.raises(InputError, match=r"holds 2 doctrines; choose one: .sel\(doctrine='own'\)"):
        sim.difference(sim.compare(base, ["own", "aligned"], worlds=WORLDS, seed=SEED).dataset, own)
    with pytest.raises(InputError, match=r"the second must be a Dataset that sim\.run gave, got 'outlook'"):
        sim.difference(own, "outlook")


def test_runs_are_put_together_along_their_doctrines(own, architectural):
    both = xr.concat([own, architectural], dim="doctrine")
    assert both["doctrine"].to_numpy().tolist() == ["transactional", "architectural"]
    assert len(paired(both))


QUESTIONS = {
    "paired": paired,
    "levels": levels,
    "bands": bands,
    "members": members,
    "ballots": ballots,
    "incidence": settlements.incidence,
    "terms": settlements.terms,
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_takes_a_run_of_one_doctrine(name, base, own):
    known = one_scenario(base, Ensemble(WORLDS, SEED)).simulate()
    assert QUESTIONS[name](own).equals(QUESTIONS[name](known))


def test_the_words_take_a_run_of_one_doctrine(base, own):
    known = one_scenario(base, Ensemble(WORLDS, SEED)).simulate()
    assert story.story(own) == story.story(known)
    assert ensemble_numbers(own).endings == ensemble_numbers(known).endings
    assert report.render(own, base) == report.render(known.assign_attrs(own.attrs), base)


@pytest.mark.parametrize("name", figures.FIGURES)
def test_every_figure_takes_a_run_of_one_doctrine(name, own):
    assert getattr(figures, name)(own).axes


def test_a_difference_is_not_asked_about_doctrines(own, architectural):
    with pytest.raises(InputError, match="does not say which doctrine it is about"):
        levels(sim.difference(architectural, own))


def test_results_of_one_doctrine_are_read_back_as_they_were_run(base, own, tmp_path):
    from sim.ensemble.study import one_scenario
    from sim.store import result_folder as store

    study = one_scenario(base, Ensemble(WORLDS, SEED))
    with store.new_results(tmp_path / "saved") as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    xr.testing.assert_identical(sim.open_results(tmp_path / "saved").load(), own)
