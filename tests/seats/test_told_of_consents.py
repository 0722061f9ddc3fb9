"""What is told of those whom both sides' yes is not enough for: Europe, the Senate, and Kyiv's public."""

import re

import numpy as np
import pytest

from sim.basics.terms import percent, value
from sim.ensemble import opened
from sim.questions.explain.consents import asked, treaty_vote
from sim.questions.explain.reasons import congress, europe, table, ukraine
from sim.questions.explain.replay import OPINION, NewsMemory, news, replay
from sim.scenario import Scenario, load
from sim.teaching.seats.table import SeatedWorld
from sim.world.settlement import Refusal

SEED = 1
WORLDS = 40
SIGNS = {side: {"sign": 1.0} for side in ("ukraine", "russia")}


def tabled(scenario: Scenario, world: int, guarantee: float, relief: float = 0.0) -> SeatedWorld:
    """A table at which both sides have just accepted terms along the front."""
    terms = {"talks": 1.0, "truce": 0.0, "line": 0.0, "guarantee": guarantee, "relief": relief}
    return SeatedWorld(scenario, SEED, world, [{"us": terms} | SIGNS])


def ended(stands: SeatedWorld) -> Refusal:
    """How the proposal of the last month ended."""
    return Refusal(int(value(stands.model.mediator.refusal)))


def first(scenario: Scenario, how: Refusal, guarantee: float, relief: float = 0.0) -> SeatedWorld:
    """The first table of which terms end so."""
    stands = (tabled(scenario, world, guarantee, relief) for world in range(WORLDS))
    return next(one for one in stands if ended(one) == how)


# ---- Europe


@pytest.mark.parametrize("cohesion", [0.0, 0.6, 1.0])
def test_the_terms_of_a_consent_sum_to_its_chance_also_where_it_has_none(cohesion: float) -> None:
    scenario = load("history").with_doctrine("europe", {"cohesion": cohesion})
    model = opened(scenario, SEED, 0, WORLDS)
    rows = np.arange(WORLDS)
    for _ in zip(range(3), model, strict=False):
        model.europe.threat[0] = 10.0
        for chance, terms in zip(model.europe.consent_chance(rows), model.europe.consent_terms(rows), strict=True):
            assert sum(terms.values()) == pytest.approx(chance, abs=1e-6)
        assert model.europe.consent_chance(rows)[1][0] == (
            0.0 if cohesion else 1.0
        )  # the divided hold nothing together


def test_a_refusal_by_europe_is_told_with_the_consent_that_failed_its_chance_and_what_made_it() -> None:
    stands = first(load("history"), Refusal.EUROPE, guarantee=1.0, relief=1.0)
    chance = value(stands.model.europe.consent_chance(np.arange(1), before=True)[1])
    assert chance > 0.0  # what they answered then tells of the next time
    said = next(one for one in table(stands.model) if one.startswith("The Europeans do not consent to "))
    assert said.startswith(
        "The Europeans do not consent to the relief from sanctions; the chance, by which Washington "
    )
    assert f"was {percent(chance)} (in points; for: all of one mind +100; against: " in said
    assert {"the threat that they feel together"} == set(re.findall(r"([a-z][a-z ]+) -\d+", said))
    assert said in list(europe(stands.model))
    assert not any("consent to the guarantee" in one for one in table(stands.model))


def test_which_of_two_consents_failed_is_told_of_both() -> None:
    stands = first(load("history"), Refusal.EUROPE, guarantee=3.0, relief=1.0)
    consents = {one.to: one.given for one in asked(stands.model)}
    assert set(consents) == {"the guarantee", "the relief from sanctions"}
    assert not all(consents.values())
    for to, given in consents.items():
        does = "consent" if given else "do not consent"
        assert sum(one.startswith(f"The Europeans {does} to {to}; ") for one in table(stands.model)) == 1


def test_the_news_of_a_refusal_by_europe_say_why_in_a_sentence() -> None:
    stands = first(load("history"), Refusal.EUROPE, guarantee=1.0, relief=1.0)
    (why,) = (one for one in stands.news[-1][1] if one.startswith("They refuse "))
    assert re.fullmatch(
        r"They refuse the relief from sanctions: the chance of consent was \d+ %, and "
        r"the threat that they feel together took \d+ points from it\.",
        why,
    )


def test_an_order_from_europes_seat_is_told_as_the_reason() -> None:
    terms = {"talks": 1.0, "truce": 0.0, "line": 0.0, "guarantee": 3.0, "relief": 0.0}
    orders = {"us": terms, "europe": {"guarantee": 0.0}} | SIGNS
    stands = SeatedWorld(load("history"), SEED, 0, [orders])
    assert ended(stands) == Refusal.EUROPE
    assert re.search(r"was 0 % .*an order from the seat -\d+", " ".join(europe(stands.model)))
    assert any("an order from the seat took" in one for one in stands.news[-1][1])


def test_what_nobody_was_asked_for_is_not_told() -> None:
    refused = {"ukraine": {"sign": 0.0}, "russia": {"sign": 1.0}}
    terms = {"talks": 1.0, "truce": 0.0, "line": 0.0, "guarantee": 4.0, "relief": 1.0}
    stands = SeatedWorld(load("history"), SEED, 0, [{"us": terms} | refused])
    assert ended(stands) == Refusal.UKRAINE
    assert asked(stands.model) == []
    assert treaty_vote(stands.model) is None
    unasked = load("history").with_mechanisms(european_consent=False)
    assert asked(tabled(unasked, 0, guarantee=3.0, relief=1.0).model) == []


# ---- the Senate


def doubtful() -> Scenario:
    """A scenario in which treaties often fail in the Senate, and never in Europe."""
    scenario = load("history").with_parameters({"congress": {"treaty_refused": 0.5}})
    return scenario.with_mechanisms(european_consent=False)


def test_a_refusal_by_the_senate_is_told_with_its_ayes_what_was_expected_and_the_envoys_chance() -> None:
    stands = first(doubtful(), Refusal.SENATE, guarantee=4.0)
    before = SeatedWorld(stands.scenario, SEED, stands.world).model
    bill = stands.model.congress
    vote = treaty_vote(stands.model)
    assert vote is not None
    assert vote.ayes < 67.0
    told = list(table(stands.model))
    assert "Both sides accept, but the Senate does not ratify." in told
    said = next(one for one in told if one.startswith("In the Senate "))
    assert said == (
        f"In the Senate {vote.ayes:.0f} vote for the treaty (67 needed); {vote.expected:.0f} were expected, "
        f"give or take {vote.doubt:.0f}, and Washington reckoned with a chance of {percent(vote.chance)}."
    )
    assert any(one.startswith("Ayes expected in the Senate, by faction: order majority ") for one in told)
    assert said in list(congress(stands.model))
    bill.treaty_mean, bill.treaty_variance = before.congress.treaty_mean, before.congress.treaty_variance
    assert vote.chance == pytest.approx(value(bill.ratification_chance(np.arange(1))), abs=1e-6)
    by_faction = sum(value(ayes) for ayes in bill.reasons["treaty ayes"].values())
    assert vote.expected == pytest.approx(by_faction, abs=1e-3)


def test_the_news_of_a_refusal_by_the_senate_say_why_in_a_sentence() -> None:
    stands = first(doubtful(), Refusal.SENATE, guarantee=4.0)
    vote = treaty_vote(stands.model)
    assert vote is not None
    expected = f"{vote.expected:.0f} were expected, give or take {vote.doubt:.0f}"
    assert f"It has {vote.ayes:.0f} ayes of the 67 needed; {expected}." in stands.news[-1][1]


def test_a_treaty_that_is_ratified_is_told_and_not_told_again() -> None:
    stands = first(doubtful(), Refusal.NOBODY, guarantee=4.0)
    assert any(one.startswith("In the Senate ") for one in table(stands.model))
    stands.play({"us": {"talks": 0.0}})
    assert not any(one.startswith("In the Senate ") for one in congress(stands.model))


# ---- Kyiv's public


def test_what_kyivs_public_thinks_is_told_with_what_it_adds_to_the_cost_of_ceding() -> None:
    stands = tabled(load("history"), 0, guarantee=1.0)
    public = stands.model.public
    said = next(one for one in ukraine(stands.model) if one.startswith("Of its public "))
    assert said.startswith(f"Of its public {percent(public.opposed)} are opposed to any concession of land (in points ")
    assert "the length of the war " in said
    assert f"ceding costs its government {value(public.weight()):.2f} times what it costs where 53 % are." in said
    told = " ".join(table(stands.model))
    found = re.search(r"Its public counts (\S+): (\S+) for ceding land, and (\S+) since (\d+ %) are opposed", told)
    assert found is not None
    whole, ceding, opinion = (float(found[place]) for place in (1, 2, 3))
    assert whole == pytest.approx(value(stands.model.mediator.reasons["package to ukraine"]["its public"]), abs=0.005)
    assert ceding + opinion == pytest.approx(whole, abs=1e-9)
    assert ceding == pytest.approx(whole * 0.53 / value(public.opposed), abs=0.02)
    assert opinion < 0.0  # more are opposed than in the reference
    assert found[4] == percent(public.opposed)


def test_a_public_that_plays_no_part_is_not_told_of() -> None:
    stands = tabled(load("history").with_mechanisms(public_opinion=False), 0, guarantee=1.0)
    told = " ".join([*table(stands.model), *ukraine(stands.model)])
    assert "opposed" not in told


def test_the_news_tell_when_opinion_has_moved_much_since_they_last_told_of_it() -> None:
    scenario = load("history")
    memory, last = NewsMemory(), scenario.initial.opposed
    model, times = opened(scenario, SEED, 0, 1), 0
    for _ in model:
        said = [one for one in news(model, memory) if "Ukrainians are opposed" in one]
        now = value(model.public.opposed)
        assert bool(said) == (abs(now - last) >= OPINION)
        if said:
            way = "Fewer" if now < last else "More"
            assert said == [
                f"{way} Ukrainians are opposed to any concession of land: {percent(now)}, after {percent(last)}."
            ]
            last, times = now, times + 1
    assert 1 <= times <= 6


# ---- meetings, and what ends a truce


def test_the_news_tell_of_meetings_that_table_nothing() -> None:
    scenario = load("history").with_parameters({"contacts": {"direct_base": 20.0, "direct_tabled": 0.0}})
    stands = SeatedWorld(scenario, SEED, 0, [{"us": {"talks": 0.0}}] * 2)
    once, again = (sentences for _, sentences in stands.news[:2])
    assert "Kyiv and Moscow meet by themselves, and table nothing." in once
    assert not any("meet" in sentence for sentence in again)  # those who go on meeting are no news


def test_a_meeting_that_tables_terms_is_told_by_its_terms_alone() -> None:
    scenario = load("history").with_parameters({"contacts": {"direct_base": 20.0, "direct_tabled": 1.0}})
    stands = SeatedWorld(scenario, SEED, 0, [{"us": {"talks": 0.0}}] * 24)
    told = [sentence for _, sentences in stands.news for sentence in sentences]
    assert any(re.match(r"(Kyiv|Moscow) proposes", sentence) for sentence in told)
    for _, sentences in stands.news:
        proposes = any(re.match(r"(Kyiv|Moscow) proposes", sentence) for sentence in sentences)
        assert not (proposes and any("table nothing" in sentence for sentence in sentences))


def test_a_truce_that_becomes_a_settlement_is_told_as_such() -> None:
    pause = {"us": {"talks": 1.0, "truce": 1.0}} | {side: {"truce": 1.0} for side in SIGNS}
    terms = {"talks": 1.0, "truce": 0.0, "line": 0.0, "guarantee": 1.0, "relief": 0.0}
    stands = SeatedWorld(load("history"), SEED, 3, [pause, {"us": terms} | SIGNS])
    assert "The truce becomes a settlement." in stands.news[-1][1]
    assert "The guns fall silent." not in stands.news[-1][1]
    assert "The guns fall silent." in tabled(load("history"), 3, guarantee=1.0).news[-1][1]


def test_a_settlement_that_a_scenario_opens_with_is_not_told_as_news_of_peace() -> None:
    opening = replay(load("frozen_conflict"), SEED, 3)[0].sentences
    assert "A settlement has been in force from before." in opening
    assert "The guns fall silent." not in opening


# ---- bills


def test_a_bill_is_never_told_by_noughts_or_by_one_months() -> None:
    told = [
        sentence
        for world in range(12)
        for _, sentences in replay(load("history"), SEED, world)
        for sentence in sentences
    ]
    assert any("Congress votes on a bill of" in sentence for sentence in told)
    assert not any(re.search(r"\b0 months|\b1 months", sentence) for sentence in told)
