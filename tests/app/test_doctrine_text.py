"""A doctrine from a stranger is held to its bounds before anything reads it, wherever it comes in."""

import time

import pytest

from sim.basics.limits import InputError
from sim.browser.explore.comparison import Comparison
from sim.browser.explore.form import values
from sim.browser.player.player_page import WorldAddress
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import LONGEST_DOCTRINE, check_doctrine
from sim.teaching.classroom.settings import Settings

UNKNOWN = "transactional:" + ",".join(f"a{number}=0" for number in range(4200))
OTHER = next(name for name in PRESETS["us"] if name not in ("architectural", "transactional"))
QUICK = 0.05
"""Seconds of work; it took a fifth of a second for what fits into a link, and more than a second for what did not."""
WAYS = {
    "a field": lambda text: Settings(doctrines={"us": text}).resolved(),
    "Explore": lambda text: Comparison.read(f"us={text}"),
    "Explore, the other": lambda text: Comparison.read(f"against={text}"),
    "a world": lambda text: WorldAddress.read(f"doctrines={text}"),
}


@pytest.mark.parametrize("actor", PRESETS)
@pytest.mark.parametrize("digits", [2, 17])
def test_every_doctrine_that_there_can_be_is_taken(actor, digits):
    for preset in PRESETS[actor]:
        dials = ",".join(f"{name}=0.{'3' * digits}" for name in values(actor, preset))
        assert check_doctrine(f"{preset}:{dials}", actor)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("length", [700, 1400])
def test_unknown_dials_cost_next_to_nothing(way, length):
    WAYS[way](OTHER)  # what is read once is read now
    begun = time.thread_time()
    with pytest.raises(InputError, match="doctrine of us: "):
        WAYS[way](UNKNOWN[:length].rpartition(",")[0])
    assert time.thread_time() - begun < QUICK


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("transactional:" + "x" * LONGEST_DOCTRINE, "must have 800 characters at most, got 814"),
        ("transactional:" + "commitment=0.1," * 13, "has 12 dials, got 14"),
        ("transactional:comitment=0.1", "unknown dial 'comitment'; did you mean 'commitment'"),
        ("transactional:priorities=1", "unknown dial 'priorities'"),
        ("transactional:", "unknown dial ''"),
    ],
)
def test_what_is_wrong_is_said(text, said):
    with pytest.raises(InputError, match=r"^doctrine of us: ") as caught:
        check_doctrine(text, "us")
    assert said in str(caught.value)
