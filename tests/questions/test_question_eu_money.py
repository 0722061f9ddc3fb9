"""Vetoes of EU money are told: when one begins, what waits, and what is agreed in the end."""

import re

from sim.ensemble import opened
from sim.questions.explain.reasons import explain
from sim.questions.explain.replay import replay
from sim.scenario import Scenario, load

SEED = 1
BEGUN, LIFTED = (
    "A government vetoes money of the EU",
    "All governments of the EU agree to more money once the veto is lifted",
)


def vetoed_world(history: Scenario) -> tuple[int, list[str]]:
    """A world with a veto of EU money, and the months in which it holds."""
    model = opened(history, SEED, 0, 40)
    held = [(month, model.europe.vetoed.copy()) for month in model]
    worlds = sum(flags.astype(int) for _, flags in held)
    world = int((worlds >= 2).argmax())
    return world, [month for month, flags in held if flags[world]]


def test_a_veto_is_told_in_the_story_and_in_the_month_s_account() -> None:
    history = load("history")
    world, held = vetoed_world(history)
    story = {chapter.month: " ".join(chapter.sentences) for chapter in replay(history, SEED, world)}
    begun = [month for month, told in story.items() if BEGUN in told]
    lifted = [month for month, told in story.items() if LIFTED in told]
    assert begun[0] == held[0]
    assert len(lifted) in {len(begun), len(begun) - 1}
    (account,) = explain(history, SEED, world, held[0], "europe")
    waits = re.search(r"A veto holds up ([0-9.]+) EUR bn of EU institutions", " ".join(account.sentences))
    assert waits
    assert float(waits[1]) >= 0.0


def test_nobody_hears_of_a_veto_where_governments_are_one() -> None:
    united = load("history").with_doctrine("europe", {"cohesion": 1.0})
    told = " ".join(sentence for chapter in replay(united, SEED, 0) for sentence in chapter.sentences)
    assert "veto" not in told
    assert "All governments of the EU agree to more money:" in told
