"""What is told of the table: by how much a side refuses, what its answer betrays, truces, and what breaks."""

import re

from sim.basics.terms import value
from sim.questions.explain.reasons import CAPITALS, table
from sim.questions.explain.replay import LESSON
from sim.scenario import Scenario, load
from sim.teaching.seats.table import SeatedWorld

SEED, WORLD, SIGNING = 1, 3, 2
"""Which luck; and a world in which the two sign by themselves."""
LONG = 60
CALL = {"us": {"talks": 1.0, "truce": 0.0, "line": -0.02, "guarantee": 3.0, "relief": 0.0}}
"""What Kyiv would sign with hardly a doubt, and Moscow would not."""
SILENCE = {"us": {"talks": 0.0}, "ukraine": {"truce": 0.0, "sign": 0.0}}


def refused_once() -> tuple[SeatedWorld, dict[str, float]]:
    """A table at which Kyiv has just been told to refuse, and what was believed of both sides before."""
    stands = SeatedWorld(load("history"), SEED, WORLD, [{}] * 6)
    before = {side: value(getattr(stands.model, side).believed) for side in CAPITALS}
    stands.play(CALL | {"ukraine": {"sign": 0.0}, "russia": {"sign": 1.0}})
    return stands, before


def in_a_truce() -> SeatedWorld:
    """A table at which a truce was ordered and signed."""
    signs = {side: {"truce": 1.0} for side in CAPITALS}
    return SeatedWorld(load("history"), SEED, WORLD, [{"us": {"talks": 1.0, "truce": 1.0}, **signs}])


def test_who_refuses_is_told_by_how_much_and_what_all_learned() -> None:
    stands, before = refused_once()
    told = " ".join(table(stands.model))
    margin = value(stands.model.mediator.reasons["margin of ukraine"]["over its threshold"])
    assert f"Kyiv would say yes if war were {-margin:.2f} sd harder on it" in told
    assert "Moscow would say yes" not in told
    for side, capital in CAPITALS.items():
        now = value(getattr(stands.model, side).believed)
        assert f"{capital} {before[side]:+.2f} before and {now:+.2f} now" in told
    assert value(stands.model.ukraine.believed) < before["ukraine"]


def test_the_news_say_what_an_answer_changed() -> None:
    stands, before = refused_once()
    month, sentences = stands.news[-1]
    assert month == stands.model.month
    assert before["ukraine"] - value(stands.model.ukraine.believed) > LESSON
    assert any(
        re.fullmatch(r"So war is taken to be .*less hard on Kyiv.* than was thought\.", one) for one in sentences
    )


def test_terms_that_come_back_are_told_as_such() -> None:
    stands, _ = refused_once()
    assert not any("again" in sentence for sentence in stands.news[-1][1])
    stands.play(CALL | {"ukraine": {"sign": 0.0}})
    assert any("Proposed again is" in sentence for sentence in stands.news[-1][1])


def test_a_truce_is_told_when_it_comes_while_it_holds_and_when_it_breaks() -> None:
    stands = in_a_truce()
    assert "A truce: the guns fall silent, and nothing is settled." in stands.news[-1][1]
    told = " ".join(table(stands.model))
    assert "On the table, by Washington: a truce on the front" in told
    assert "It is agreed." in told
    assert "A truce holds" not in told
    stands.play(SILENCE)
    held = 0
    while stands.model.mediator.truce[0]:
        assert "A truce holds; the chance that it breaks was" in " ".join(table(stands.model))
        stands.play(SILENCE)
        assert (held := held + 1) < LONG
    assert "The truce broke; the chance of that was" in " ".join(table(stands.model))
    assert "The truce breaks, and the war goes on." in stands.news[-1][1]


def test_a_settlement_that_the_two_sign_by_themselves_is_told_in_its_month() -> None:
    """Without Washington's talks it was told only that a settlement held."""
    told = ""
    stands = SeatedWorld(meeting_every_month(), SEED, SIGNING)
    for _ in range(LONG):
        stands.play({"us": {"talks": 0.0}} | {side: {"sign": 1.0, "truce": 0.0} for side in CAPITALS})
        told = " ".join(table(stands.model))
        if stands.model.mediator.settled[0]:
            break
    assert "Kyiv and Moscow met by themselves" in told
    assert re.search(r"On the table, by (Kyiv|Moscow): ", told)
    assert "It is agreed." in told
    assert "A settlement holds" not in told


def meeting_every_month() -> Scenario:
    """A scenario in which the two meet and have terms every month."""
    contacts = {"direct_base": 20.0, "direct_tabled": 1.0}
    return load("history").with_parameters({"contacts": contacts}).with_mechanisms(european_consent=False)
