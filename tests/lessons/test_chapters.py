"""The chapters of the app: each finds what its lesson finds, by another route; words follow the numbers."""

import pickle
from collections import Counter
from functools import cache

import numpy as np
import pytest

import sim
from sim.basics.limits import InputError
from sim.ensemble import Ensemble, simulate
from sim.questions.infer.conduct import recorded
from sim.scenario.presets import CONGRESS
from sim.teaching import worlds_where
from sim.teaching.lessons.chapters import (
    CHAPTERS,
    ChapterAnswer,
    IntervalEstimate,
    answer,
    chapter,
    lesson_of,
    points,
    predictand,
)
from sim.teaching.lessons.notebook import lessons
from sim.teaching.lessons.scoring import SAME

pytestmark = pytest.mark.long

WORLDS, SEED = 160, 3
NUMBERS = sorted(CHAPTERS)


@cache
def small(number: int) -> ChapterAnswer:
    return answer(number, chapter(number).knob.default, WORLDS, SEED)


@cache
def scored(number: int) -> ChapterAnswer:
    """With luck under which no truth is by chance the very number that was told, and enough worlds for rare signs."""
    return answer(number, chapter(number).knob.default, 400, SEED + 1)


def truth_of_same_world() -> float:
    both = sim.compare("history", ["architectural", "transactional"], worlds=WORLDS, seed=SEED).dataset[
        "russian_held_share"
    ]
    last = both.isel(month=-1).mean("world")
    return 100.0 * float(last.sel(doctrine="transactional") - last.sel(doctrine="architectural"))


def truth_of_tied_hands() -> float:
    hands = {"free": {"commitment": 0.0}, "tied": {"commitment": 1.0}}
    known = sim.load("outlook").with_mechanisms(reading=False)
    both = sim.compare(known, hands, worlds=WORLDS, seed=SEED).dataset
    return worlds_where(both, "signed", "tied") - worlds_where(both, "signed", "free")


def truth_of_price_of_refusing() -> float:
    moscow_unpressed = {"executive": {"press_russia": 0.0}, "bureaucracy": {"sanctions_press": 0.0}}
    found = sim.run(sim.load("outlook").with_parameters(moscow_unpressed), worlds=WORLDS, seed=SEED)
    return worlds_where(found, "signed", str(found["doctrine"].item()))


def truth_of_clear_or_vague() -> float:
    outlook = sim.load("outlook").with_parameter_sets("one")
    words = {"clear": {"clarity": 1.0}, "vague": {"clarity": 0.0}}
    left = sim.compare(outlook, words, worlds=WORLDS, seed=SEED).dataset["settled"].isel(month=-1).mean("world")
    return 100.0 * float(left.sel(doctrine="vague") - left.sel(doctrine="clear"))


def truth_of_who_pays() -> float:
    riders = sim.load("history").with_horizon(25).with_mechanisms(agenda_gate=False)
    riders = riders.with_doctrine("europe", {"free_riding": 1.0})
    both = sim.compare(riders, ["architectural", "transactional"], since="2023-10", worlds=WORLDS, seed=SEED).dataset
    by = both.sel(month=slice("2023-10", "2024-12")).mean(["world", "month"])
    whole, cut = by.sel(doctrine="architectural"), by.sel(doctrine="transactional")
    more = float(cut["europe_contribution"] - whole["europe_contribution"])
    return 100.0 * more / float(whole["us_allocation"] - cut["us_allocation"])


def truth_of_two_tables() -> float:
    asking = sim.load("history").with_doctrine("us", "architectural", since="2025-01").with_horizon(36)
    gate = CONGRESS["118th"].doctrine.agenda
    half_open = {"preset": "118th", "agenda": gate + 0.5 * (1.0 - gate)}
    one = sim.compare(asking, {"x": half_open}, "congress", since=asking.start, worlds=WORLDS, seed=SEED).dataset
    return float(one["bill_pending"].sel(month=slice("2022-12", "2024-11")).sum("month").mean())


def truth_of_why_wars_do_not_end() -> float:
    trusting = sim.load("outlook").with_parameters({"peace": {"hazard": 0.0, "truce_hazard": 0.0}})
    return worlds_where(simulate({"x": trusting}, Ensemble(WORLDS, SEED)), "signed", "x")


def truth_of_talking_is_not_siding() -> float:
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    doctrines = {"strategy": "transactional", "siding": {"preset": "transactional", "affinity": 0.6}}
    history = sim.load("history").with_horizon(37)
    talks = sim.compare(history, doctrines, since="2025-01", worlds=WORLDS, seed=SEED).dataset["talks"]
    held = talks.sel(month=months).sum("month")
    count = {name: Counter(held.sel(doctrine=name).to_numpy().tolist()) for name in doctrines}
    seen = {name: count[name][int(recorded(months)["talks"].sum())] for name in doctrines}
    return 100.0 * seen["siding"] / (seen["siding"] + seen["strategy"])


TRUTHS = {
    1: truth_of_same_world,
    2: truth_of_tied_hands,
    3: truth_of_price_of_refusing,
    4: truth_of_clear_or_vague,
    5: truth_of_who_pays,
    6: truth_of_two_tables,
    7: truth_of_why_wars_do_not_end,
    8: truth_of_talking_is_not_siding,
}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_chapter_finds_what_the_engine_finds_by_another_route(number: int) -> None:
    assert small(number).truth.mean == pytest.approx(TRUTHS[number](), rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_same_question_has_the_same_answer_and_travels_between_processes(number: int) -> None:
    again = answer(number, chapter(number).knob.default, WORLDS, SEED)
    assert again == small(number) == pickle.loads(pickle.dumps(again))  # noqa: S301


def test_before_and_after_blames_the_doctrine_for_what_comes_anyway() -> None:
    found = answer(1, chapter(1).knob.default, 600).findings
    assert abs(found["truth"].mean) < 0.25 * found["gain"].mean
    assert max(found["truth"].mean, found["no_talks"].mean) < found["no_fear"].mean


def test_tied_hands_win_by_belief_and_by_nothing_else() -> None:
    """The threat that is lost was of no more than what nobody goes beyond, and does not stand out of the luck."""
    found = answer(2, 1.0, 500).findings
    assert found["no_belief"].low < 0.0 < found["no_threat"].low
    assert found["no_belief"].mean < found["truth"].mean


def test_whoever_is_pressed_few_settlements_come_of_what_is_left_to_threaten_with() -> None:
    kyiv, moscow, both = (answer(3, who, 300) for who in (1, 2, 3))
    assert kyiv.base == moscow.base
    assert max(abs(found.truth.mean - found.base.mean) for found in (kyiv, moscow, both)) < 5.0
    prices = kyiv.findings
    assert prices["price_full"].mean > 5.0 * max(prices["price_moscow"].mean, prices["price_kyiv"].mean)


def test_vague_words_leave_fewer_worlds_at_peace() -> None:
    found = answer(4, 0.0, 1000).findings
    assert found["truth"].high < 0.0
    assert found["broken"].mean > 1.5 * found["broken_base"].mean


def test_a_hole_that_congress_makes_moves_europe_less_than_one_that_the_president_makes() -> None:
    found = small(5).findings
    assert found["congress"].high < 0.25 * found["truth"].mean
    assert found["fearless"].high < found["truth"].low
    assert found["gives"].mean < found["gives_base"].mean
    assert found["difference"].sure


def test_half_a_gate_saves_more_than_sixty_friends() -> None:
    found = small(6).findings
    assert found["truth"].mean < found["friends"].mean < found["base"].mean


def test_trust_brings_more_signatures_than_knowledge() -> None:
    found = answer(7, 0.0, 1000).findings
    assert found["difference"].low > found["know"].high
    assert found["level"].mean < found["level_base"].mean


def test_affinity_hardly_shows_in_the_talks_but_the_telephone_does() -> None:
    found = answer(8, 0.6, 600).findings
    assert found["ratio"].mean < 2.0
    assert found["telephone_adds"].low > found["affinity_adds"].high
    assert found["eased"].mean > 2.0 * found["eased_base"].mean


@pytest.mark.parametrize("number", [n for n in NUMBERS if chapter(n).knob.base in chapter(n).knob.settings])
def test_at_the_setting_that_it_is_compared_with_every_world_is_the_same(number: int) -> None:
    asked = chapter(number)
    same = answer(number, asked.knob.base, 40)
    assert same.findings["difference"] == IntervalEstimate(0.0, 0.0)
    assert same.told.found.startswith("This is the setting that everything is compared with")


RISES_AND_FALLS = {
    1: ("5.00 points more land", "5.00 points less land"),
    2: ("5.0 more worlds of 100", "5.0 fewer worlds of 100"),
    3: ("5.0 more worlds of 100", "5.0 fewer worlds of 100"),
    4: ("5.0 more worlds of 100", "5.0 fewer worlds of 100"),
    5: ("5 more cents", "5 fewer cents"),
    6: ("5.0 more months", "5.0 fewer months"),
    7: ("5.0 more worlds of 100", "5.0 fewer worlds of 100"),
}


@pytest.mark.parametrize("number", RISES_AND_FALLS)
def test_words_follow_the_sign_of_the_numbers(number: int) -> None:
    for sign, place in ((1.0, 0), (-1.0, 1)):
        differs = dict.fromkeys(("truth", "difference"), IntervalEstimate(5.0 * sign, 0.5))
        told = chapter(number).tell(chapter(number).knob.default, small(number).findings | differs)
        assert RISES_AND_FALLS[number][place] in told.found
        assert RISES_AND_FALLS[number][1 - place] not in told.found


def test_evidence_that_speaks_for_the_rival_lowers_the_chance() -> None:
    against = {"truth": IntervalEstimate(40.0, 2.0), "ratio": IntervalEstimate(2.0 / 3.0, 0.1)}
    told = chapter(8).tell(0.6, small(8).findings | against)
    assert "0.67 times as likely" in told.found
    assert "goes from 50 % to 40 (give or take 2) %" in told.found


def test_explanations_turn_when_their_numbers_do() -> None:
    told = chapter(8).tell(0.6, small(8).findings | {"telephone_adds": IntervalEstimate(0.0, 0.01)})
    assert told.why[0].endswith("Here the heart talks as much as the telephone.")
    told = chapter(7).tell(
        0.0, small(7).findings | {"difference": IntervalEstimate(1.0, 0.1), "know": IntervalEstimate(9.0, 0.1)}
    )
    assert told.why[0].endswith("At this setting knowledge is scarcer than trust.")
    told = chapter(2).tell(1.0, small(2).findings | {"truth": IntervalEstimate(-9.0, 0.1)})
    assert told.why[0].endswith("So the lost threat weighs more than the promise.")


def test_a_difference_within_luck_is_told_as_none() -> None:
    asked = chapter(2)
    told = asked.tell(
        1.0, small(2).findings | {"truth": IntervalEstimate(0.4, 3.0), "difference": IntervalEstimate(0.4, 3.0)}
    )
    assert "no difference beyond luck (0.4, give or take 3.0)" in told.found
    assert "leave nothing that stands out of the luck" in told.why[0]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_truth_scores_full_and_a_naive_guess_nothing_for_its_size(number: int) -> None:
    """The middle of the scale scored 94 to 100 once; now at best its direction counts, unless it is what is told."""
    found, scale = scored(number), chapter(number).scale
    told = predictand(found)
    assert scale.low <= found.truth.mean <= scale.high
    assert points(found, found.truth.mean) == 100.0
    for guess in (found.base.mean, (scale.low + scale.high) / 2.0):
        assert points(found, guess) in ((100.0,) if abs(guess - told.truth) <= told.rounding else (0.0, 50.0))


@pytest.mark.parametrize("number", NUMBERS)
def test_the_other_direction_scores_nothing(number: int) -> None:
    """It scored 75 to 94 once. Where no direction is clear, a difference that luck could not make is the wrong one."""
    found, scale = scored(number), chapter(number).scale
    asked = predictand(found)
    opposite = 2.0 * asked.base - asked.truth
    if asked.direction == SAME:
        opposite += np.copysign(2.0 * asked.about + 1.0, asked.base - asked.truth)
    opposite = min(max(opposite, scale.low), scale.high)
    assert asked.told(opposite) != asked.direction
    assert points(found, opposite) == 0.0


@pytest.mark.parametrize("number", NUMBERS)
def test_points_fall_with_the_distance_on_either_side(number: int) -> None:
    found, scale = scored(number), chapter(number).scale
    for end in (scale.low, scale.high):
        reached = [points(found, guess) for guess in np.linspace(found.truth.mean, end, 40)]
        assert np.all(np.diff(reached) <= 0.0)
        assert reached[0] == 100.0


def test_one_world_tells_how_it_came_out_and_not_how_far_luck_goes() -> None:
    """Half-widths were 0 and everything "certain" once."""
    found = answer(2, 1.0, 1)
    assert not found.truth.has_interval
    assert not found.truth.sure
    assert "cannot be told from one world" in found.told.found + "".join(found.told.why)
    assert "nan" not in " ".join((found.told.found, *found.told.why)).lower()
    count = found.findings["signed"]
    assert 0.0 <= count.low < count.high <= 100.0


@pytest.mark.parametrize(
    ("prediction", "shown"), [(31, "31"), (-31, "-31"), (float("nan"), "nan"), ("ten", "'ten'"), (None, "None")]
)
def test_a_prediction_off_the_scale_is_refused_in_words(prediction: object, shown: str) -> None:
    with pytest.raises(InputError) as error:
        points(small(2), prediction)  # type: ignore[arg-type]
    assert str(error.value) == f"prediction: must be a number from −30 to 30 (worlds of 100), got {shown}"


@pytest.mark.parametrize("value", [0.05, 1.1, float("inf"), "full"])
def test_a_setting_that_the_knob_has_not_is_refused_in_words(value: object) -> None:
    with pytest.raises(InputError) as error:
        answer(2, value, 10)  # type: ignore[arg-type]
    assert str(error.value) == f"commitment: must be from 0 to 1 in steps of 0.1, got {value!r}"


def test_a_chapter_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="unknown lesson '9'"):
        chapter("9")
    assert chapter("3") is chapter(3)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_chapter_is_its_lesson_with_a_page_to_read_first(number: int) -> None:
    asked, lesson = chapter(number), lesson_of(number)
    assert lesson == lessons()[number]
    assert lesson.title
    assert 60 <= sum(len(text.split()) for text in lesson.introduction) <= 180
    assert len(asked.next) == 2
    assert asked.knob.default in asked.knob.settings
    assert asked.knob.default != asked.knob.base
    assert small(number).given
    assert "\n" not in "".join((*lesson.introduction, *asked.next, small(number).given))


def test_the_more_open_the_gate_the_shorter_the_wait() -> None:
    waits = [answer(6, value, 60).truth.mean for value in chapter(6).knob.settings]
    assert np.all(np.diff(waits) < 0.0)
