"""A briefing holds what the seat knows, and nothing that another keeps to itself or that is still to come."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.basics.arrays import PLACES, PRECISION
from sim.basics.limits import InputError
from sim.scenario import load
from sim.teaching.seats.briefing import Briefing, advice, briefing
from sim.teaching.seats.orders import SEATS, checked
from sim.teaching.seats.private_information import NINETY
from sim.teaching.seats.seated_actors import Favourite, SeatedMediator
from sim.teaching.seats.table import PUBLIC, SeatedWorld

SEED, WORLD, MONTHS = 1, 3, 30
SHIFT = 0.5
ROUNDING = PLACES * np.finfo(PRECISION).eps
"""What is kept is changed and changed back: a last bit of single precision, on some processors and not on others."""


def table(months: int = MONTHS) -> SeatedWorld:
    """A world of `history` after some months: the doctrine in Washington has changed, talks were held."""
    return SeatedWorld(load("history"), SEED, WORLD, [{}] * months)


class Forbidden:
    """Luck that must not be looked at."""

    month = 0

    def __getattr__(self, kind: str) -> Any:
        if kind.startswith("__"):
            raise AttributeError(kind)
        raise AssertionError(f"a briefing has looked at the luck to come ({kind})")


Change = Callable[[Any], None]


def advantage(model: Any) -> None:
    model.advantage = model.advantage + SHIFT


def mind_of(side: str) -> Change:
    """All that a warring side keeps to itself: beliefs, hardship, what war is worth to it."""

    def change(model: Any) -> None:
        actor = getattr(model, side)
        for name in ("advantage", "hardship", "felt", "support", "outlook", "war_value", "reservation"):
            setattr(actor, name, getattr(actor, name) + SHIFT)
        actor.variance, actor.advantage_variance = 2.0 * actor.variance, 2.0 * actor.advantage_variance

    return change


def kind_of(side: str) -> Change:
    """What a side is in this world, drawn once: its public or its red line."""

    def change(model: Any) -> None:
        name = {"ukraine": "audience", "russia": "red_line"}[side]
        setattr(getattr(model, side), name, getattr(getattr(model, side), name) * (1.0 + SHIFT))

    return change


def europes_belief(model: Any) -> None:
    model.europe.support = model.europe.support + SHIFT
    model.europe.variance = 2.0 * model.europe.variance


def executives_wish(model: Any) -> None:
    model.united_states.desired = model.united_states.desired + SHIFT


def envoys_error(model: Any) -> None:
    model.mediator.heard = model.mediator.heard + SHIFT


def what_both_keep_but_not_the_envoys_estimate(model: Any) -> None:
    """War is harder to both than anybody thinks."""
    for side in ("ukraine", "russia"):
        actor = getattr(model, side)
        actor.hardship, actor.felt = actor.hardship + SHIFT, actor.felt + SHIFT


def luck(model: Any) -> None:
    model.luck = Forbidden()


OF_THE_WEST = (executives_wish, envoys_error)
HIDDEN: dict[str, tuple[Change, ...]] = {
    "us": (advantage, what_both_keep_but_not_the_envoys_estimate, europes_belief, luck),
    "congress": (advantage, mind_of("ukraine"), mind_of("russia"), kind_of("ukraine"), europes_belief, *OF_THE_WEST),
    "europe": (advantage, mind_of("ukraine"), mind_of("russia"), kind_of("ukraine"), luck, *OF_THE_WEST),
    "ukraine": (advantage, mind_of("russia"), kind_of("russia"), europes_belief, luck, *OF_THE_WEST),
    "russia": (advantage, mind_of("ukraine"), kind_of("ukraine"), europes_belief, luck, *OF_THE_WEST),
}
CASES = [(seat, change) for seat, changes in HIDDEN.items() for change in changes]


def same(one: Briefing, other: Briefing) -> None:
    """The same words and orders; numbers to rounding error."""
    assert one.facts == other.facts
    assert one.advice == other.advice
    for mine, theirs in zip(one.beliefs, other.beliefs, strict=True):
        assert mine.label == theirs.label
        np.testing.assert_allclose(mine[1:4], theirs[1:4], rtol=ROUNDING)


@pytest.mark.parametrize(("seat", "change"), CASES, ids=[f"{seat}-{change.__qualname__}" for seat, change in CASES])
def test_what_is_hidden_from_a_seat_cannot_be_read_off_its_briefing(seat: str, change: Change) -> None:
    plain, changed = table(), table()
    change(changed.model)
    same(briefing(plain, seat), briefing(changed, seat))


@pytest.mark.parametrize(("seat", "change"), [("ukraine", mind_of("ukraine")), ("russia", mind_of("russia"))])
def test_what_is_its_own_a_seat_does_see(seat: str, change: Change) -> None:
    changed = table()
    change(changed.model)
    assert briefing(changed, seat).facts != briefing(table(), seat).facts


@pytest.mark.parametrize("seat", SEATS)
def test_a_briefing_leaves_the_table_as_it_is(seat: str) -> None:
    briefed, plain = table(), table()
    briefing(briefed, seat)
    briefed.play({})
    plain.play({})
    assert {name: briefed.series[name] for name in PUBLIC} == {name: plain.series[name] for name in PUBLIC}


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize(
    ("scenario", "months"),
    [("history", 0), ("history", 1), ("history", 12), ("history", 49), ("outlook", 5), ("strong_guarantee", 3)],
)
def test_every_month_has_a_briefing_whose_advice_may_be_ordered(seat: str, scenario: str, months: int) -> None:
    config = load(scenario)
    stands = SeatedWorld(config, SEED, WORLD, [{}] * min(months, config.months))
    found = briefing(stands, seat)
    assert found.month == stands.month
    assert found.seat == seat
    assert checked(seat, found.advice) == found.advice == advice(stands, seat)
    assert len({fact.label for fact in found.facts}) == len(found.facts)
    for belief in found.beliefs:
        assert belief.low <= belief.mean <= belief.high
        assert belief.unit
    for fact in found.facts:
        assert "nan" not in fact.value + fact.help


def in_a_truce() -> SeatedWorld:
    """A world of `history` in which the envoy was told to propose a truce, and both sides to sign it."""
    stands, months = table(0), 0
    while not stands.model.mediator.truce[0]:
        signs = {side: {"truce": 1.0} for side in ("ukraine", "russia")}
        stands.play({"us": {"talks": 1.0, "truce": 1.0}, **signs})
        assert (months := months + 1) < MONTHS
    return stands


@pytest.mark.parametrize("seat", ["us", "ukraine", "russia"])
def test_a_truce_is_told_to_those_at_the_table_and_refusing_is_living_on_in_it(seat: str) -> None:
    fought, paused = ({fact.label: fact for fact in briefing(s, seat).facts} for s in (table(1), in_a_truce()))
    assert "a truce holds" in paused["The table"].value
    assert "a truce" not in fought["The table"].value
    if seat != "us":
        assert "A truce on the front instead" in fought
        assert "A truce on the front instead" not in paused
        assert "What is better than the truce, with no relief from sanctions" in paused


def test_the_executive_is_told_when_its_envoy_would_propose_a_truce(monkeypatch: pytest.MonkeyPatch) -> None:
    """And then of nobody else who must agree, for nobody need."""
    would = Favourite({"ukraine": 0.9, "russia": 0.2}, 0.0, 1.0, 0.0, True)
    monkeypatch.setattr(SeatedMediator, "favourite", lambda _: would)
    facts = {fact.label: fact.value for fact in briefing(table(1), "us").facts}
    assert facts["What your envoy would propose"] == "a truce on the front, with monitors"
    assert "Who else must agree" not in facts
    assert {"truce": 1.0, "guarantee": 1.0}.items() <= advice(table(1), "us").items()


def test_a_belief_is_the_actors_own_mean_and_doubt() -> None:
    stands = table()
    found = {belief.label: belief for belief in briefing(stands, "europe").beliefs}["Lasting American support"]
    europe = stands.model.europe
    assert found.mean == pytest.approx(100.0 * europe.support[0])
    assert found.high - found.mean == pytest.approx(100.0 * NINETY * europe.doubt[0])


def test_the_executive_is_told_the_envoys_estimate_and_never_the_truth() -> None:
    stands = table()
    found = [belief for belief in briefing(stands, "us").beliefs if "refusing" in belief.label]
    truths = [stands.model.ukraine.reservation[0], stands.model.russia.reservation[0]]
    assert len(found) == 2
    for belief, truth in zip(found, truths, strict=True):
        assert abs(belief.mean - truth) > 0.01


def test_advice_followed_is_near_to_what_the_doctrine_does() -> None:
    """The advice cannot know the luck of the month, so it is near, not equal."""
    stands, plain = table(), table()
    stands.play({"us": {"aid": advice(stands, "us")["aid"]}, "europe": {}})
    plain.play({})
    assert stands.model.united_states.desired[0] == pytest.approx(plain.model.united_states.desired[0], abs=0.05)


def test_a_seat_that_there_is_not_is_named() -> None:
    with pytest.raises(InputError, match="unknown seat 'moon'"):
        briefing(table(0), "moon")
