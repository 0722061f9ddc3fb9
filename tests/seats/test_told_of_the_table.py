"""What is told of the table: by how much a side refuses, what its answer betrays, truces, and what breaks."""

import re

import pytest

from sim.basics.terms import value
from sim.questions.explain.expected import Answer, Expected, expected, since
from sim.questions.explain.reasons import CAPITALS, answers, relive, table
from sim.questions.explain.replay import LESSON, replay
from sim.questions.explain.sanctions import american_sanctions, european_sanctions
from sim.scenario import Scenario, load
from sim.teaching.seats.table import SeatedWorld
from sim.world.settlement import Refusal

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
    before = answers(stands.model)["ukraine"]
    stands.play(CALL | {"ukraine": {"sign": 0.0}})
    assert any("Proposed again is" in sentence for sentence in stands.news[-1][1])
    told = next(sentence for sentence in stands.news[-1][1] if sentence.startswith("Kyiv's yes is put at"))
    assert told == since("ukraine", before, answers(stands.model)["ukraine"])


def test_what_moved_the_chance_of_a_yes_sums_to_its_change() -> None:
    before = Expected(gain=0.2, ask=0.1, rise=0.2, ask_rise=0.1, unit=0.25, public=0.1, believed=0.2, spread=0.8)
    now = Expected(gain=0.1, ask=0.05, rise=0.2, ask_rise=0.08, unit=0.25, public=-0.3, believed=-0.2, spread=0.6)
    told = since("russia", Answer(before, {"the line": 0.2}, True), Answer(now, {"the line": 0.1}, True))
    assert "(most of all the line -0.10)" in told
    steps = [(1 if way == "more" else -1) * int(size) for size, way in re.findall(r"(\d+) points? (more|less)", told)]
    first, last = re.findall(r"(\d+) %", told)[::-1]
    assert len(steps) == 3
    assert sum(steps) == pytest.approx(int(last) - int(first), abs=2)


def test_the_chance_told_is_that_of_the_threshold_that_decides() -> None:
    stands, _ = refused_once()
    for side in CAPITALS:
        least = value(getattr(stands.model, side).felt)
        least -= value(stands.model.mediator.reasons[f"margin of {side}"]["over its threshold"])
        assert expected(stands.model, side).least == pytest.approx(least, abs=1e-5)


def test_talks_that_table_nothing_are_news_where_they_begin() -> None:
    worlds = (replay(load("outlook"), SEED, world) for world in range(2 * WORLD))
    told = [one for world in worlds for month in world for one in month.sentences]
    assert any(one.endswith(", and nothing is tabled.") for one in told)


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


def test_a_yes_that_turns_into_a_no_is_told_and_a_proposer_is_not_given_odds() -> None:
    """Kyiv, which had signed, refuses the same terms; of a proposal of its own only Moscow's answer is open."""
    stands = SeatedWorld(load("history"), SEED, WORLD, [{}] * 6)
    stands.play(CALL | {"ukraine": {"sign": 1.0}, "russia": {"sign": 0.0}})
    stands.play(CALL | {"ukraine": {"sign": 0.0}, "russia": {"sign": 0.0}})
    told = [sentence for sentence in stands.news[-1][1] if " yes is put at " in sentence]
    assert [sentence.split("'")[0] for sentence in told] == ["Kyiv", "Moscow"]


def test_proposals_of_a_side_tell_the_odds_of_the_other() -> None:
    for world in range(20):
        for chapter in replay(load("outlook"), SEED, world):
            for sentence in chapter.sentences:
                if sentence.startswith("Kyiv puts"):
                    assert "Kyiv's yes" not in sentence
                    assert "Moscow's yes" in sentence
                    return
    raise AssertionError("Kyiv proposed nothing")


def test_acts_of_sanctions_under_a_settlement_are_told_with_what_it_lifts() -> None:
    """Washington's and the EU's go on, and what is in force is not what presses."""
    told: dict[bool, list[str]] = {True: [], False: []}
    for world in range(12):
        for model in relive(load("outlook"), SEED, world):
            signed = bool(model.mediator.proposed[0]) and value(model.mediator.refusal) == Refusal.NOBODY
            said = [*american_sanctions(model), *european_sanctions(model)]
            relief = bool(value(model.mediator.relief_in_force)) and not signed
            told[relief] += [sentence for sentence in said if "of the fullest" in sentence]
    assert all("that the settlement lifts" in sentence for sentence in told[True])
    assert not any("that the settlement lifts" in sentence for sentence in told[False])
    assert told[True]
    assert told[False]
