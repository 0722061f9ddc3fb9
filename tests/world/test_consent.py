"""What an answer betrays of a consent that is decided for half a year."""

import numpy as np
import pytest

from sim.ensemble import opened
from sim.scenario import load
from sim.world import consent

WORLDS = 200_000


def test_chances_that_are_left_are_those_of_minds_that_answered_so_before() -> None:
    """Refused at .3, then asked at .5: of those who are still open, as many consent as the chance that is left says."""
    minds = (np.arange(WORLDS) + 0.5) / WORLDS
    low, high = np.zeros(WORLDS), np.ones(WORLDS)
    for chance in (0.3, 0.5, 0.4):
        left = consent.left(np.full(WORLDS, chance), low, high)
        consents = consent.given(left, minds, low, high)
        np.testing.assert_array_equal(consents, minds < chance)
        for reckoned in np.unique(left.round(9)):
            among = np.isclose(left, reckoned)
            assert consents[among].mean() == pytest.approx(reckoned, abs=1e-4)
        low, high = consent.learned(left, consents, low, high)
        assert np.all((low <= minds) & (minds <= high))


def test_who_refused_refuses_again_until_the_year_has_turned() -> None:
    model = opened(load("outlook").with_parameter_sets("one"), 3, 0, 400)
    rows, deep = np.arange(400), (np.zeros(400, dtype=bool), np.ones(400, dtype=bool))
    model.step()
    refused = ~model.europe.answer(rows, deep)[1]
    assert 0.2 < refused.mean() < 0.9
    assert np.all(model.europe.consent_chance(rows)[1][refused] < 1e-6)
    assert np.all(model.europe.consent_chance(rows)[1][~refused] > 1.0 - 1e-6)
    assert not model.europe.answer(rows, deep)[1][refused].any()
    while model.month != "2026-07":
        model.step()
    reckoned = model.europe.consent_chance(rows)[1]
    given = model.europe.answer(rows, deep)[1]
    assert given[refused].mean() == pytest.approx(reckoned[refused].mean(), abs=0.12)
    assert given[refused].any()


def test_what_was_not_asked_teaches_nothing() -> None:
    model = opened(load("outlook"), 3, 0, 50)
    model.step()
    nobody = np.zeros(50, dtype=bool)
    before = model.europe.mind_over.copy(), model.europe.mind_under.copy()
    model.europe.answer(np.arange(50), (nobody, nobody))
    np.testing.assert_array_equal(before, (model.europe.mind_over, model.europe.mind_under))
