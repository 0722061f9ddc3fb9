"""One world on the page: its numbers are the engine's, its story is the replay, and the map's area is the share."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.basics.limits import InputError
from sim.browser.charts import amounts
from sim.browser.player import frames, front_map, playback, player_page
from sim.browser.player.front_map import Standing
from sim.browser.player.playback import _without_terms, terms
from sim.questions.explain.decisions import KEPT, Decision, decisions
from sim.questions.explain.reasons import ACCOUNTS, relive
from sim.questions.explain.replay import replay
from sim.scenario import load

SEED, WORLD = 3, 5
RECORDED = {
    "line": "russian_held_share",
    "moved": "territory_change",
    "settled": "settled",
    "truce": "truce",
    "relapsed": "relapsed",
    "allocated": "us_allocation",
    "delivered": "us_delivery",
    "europe": "europe_contribution",
    "effort": "effort_russia",
    "talks": "talks",
    "moscow_first": "moscow_first",
    "meets": "direct_talks",
}


@pytest.fixture(scope="module")
def history():
    return load("history")


@pytest.fixture(scope="module")
def film(history):
    return frames.frames(history, SEED, WORLD)


@pytest.mark.parametrize(("shown", "recorded"), RECORDED.items())
def test_every_frame_has_the_engines_own_numbers(history, film, shown, recorded):
    own = sim.run(history, worlds=WORLD + 1, seed=SEED)[recorded].isel(world=WORLD).to_numpy()
    assert np.array([getattr(frame, shown) for frame in film], dtype=np.float32) == pytest.approx(own)


def test_the_story_is_the_replays(history, film):
    told = [(frame.month, frame.news) for frame in film if frame.news]
    assert told == [tuple(chapter) for chapter in replay(history, SEED, WORLD)]


@given(st.floats(0.001, 0.999))
@settings(deadline=None, max_examples=30)
def test_the_shaded_area_is_the_share(share):
    assert front_map.held(front_map.shift_of(share)) == pytest.approx(share, abs=1e-4)


def test_the_area_by_lines_is_the_area_by_points():
    """Another route: points thrown at the country, counted behind the curve."""
    from matplotlib.path import Path

    rng, corners = np.random.default_rng(1), front_map.outline()
    points = rng.uniform(corners.min(axis=0), corners.max(axis=0), size=(200_000, 2))
    inside = points[Path(corners).contains_points(points)]
    shift = front_map.shift_of(0.19)
    front = np.interp(inside[:, 1], front_map.CURVE[:, 1], front_map.CURVE[:, 0]) - shift
    assert (inside[:, 0] > front).mean() == pytest.approx(0.19, abs=0.004)


def test_the_front_of_the_record_needs_next_to_no_moving():
    """The curve was drawn as the front ran when Russia held .1843; a wrong outline would need another."""
    assert abs(front_map.shift_of(0.1843)) < 0.75


def test_nothing_and_everything_can_be_held():
    assert front_map.held(front_map.shift_of(0.0)) == 0.0
    assert front_map.held(front_map.shift_of(1.0)) == 1.0


def test_the_map_says_what_it_shows_and_that_it_is_a_schema():
    svg = front_map.front_map(0.2, 0.19, "2024-03", Standing.BORDER, "The guns are silent", "A map.")
    for words in ("Russia holds 20.0 % (hatched).", "Schematic: the model knows only the share."):
        assert words in svg
    assert "Dashed: the front in 2024-03." in svg
    assert ">The guns are silent.<" in svg
    assert 'role="img" aria-label="A map."' in svg


def test_every_way_a_war_stands_has_its_words(film):
    war = film[0]
    peace = war._replace(settled=True)
    truce = war._replace(truce=True)
    states = [war, truce, peace, peace._replace(collapsed=True), war._replace(relapsed=True)]
    assert len({playback.state(frame) for frame in states}) == len(states)
    assert playback.state(war) == "The guns speak"
    assert playback.state(truce._replace(relapsed=True)) == playback.state(truce)
    drawn = {front_map.front_map(0.2, 0.19, "2024-03", playback.standing(f), "", "") for f in (war, truce, peace)}
    assert len(drawn) == 3


def test_who_sits_down_with_whom_is_said(film):
    nobody = film[0]._replace(talks=False, meets=False)
    two, three = nobody._replace(meets=True), nobody._replace(talks=True, meets=True, moscow_first=True)
    assert "table" not in playback.sentence(nobody)
    assert playback.at_the_table(nobody) == "no talks this month"
    assert playback.at_the_table(two) == "Kyiv and Moscow meet by themselves"
    both = "Washington talks, Moscow is called first; Kyiv and Moscow meet by themselves"
    assert playback.at_the_table(three) == both
    assert f"At the table: {both}." in playback.sentence(three)


def test_no_name_of_a_doctrine_leaves_the_label_of_a_drawing():
    assert "<script" not in front_map.front_map(0.2, 0.19, "<script", Standing.FRONT, "<script", '"><script>')


def test_a_sentence_loses_its_list_of_terms_and_nothing_else(history):
    """Brackets that are no list of terms stay: who was called first, how many ayes were needed."""
    for model in relive(history, SEED, WORLD):
        for sentence in (told for account in ACCOUNTS.values() for told in account(model)):
            left = _without_terms(sentence).removesuffix(".")
            gone = sentence.removeprefix(left)
            assert gone != sentence
            assert gone == "." or (gone.startswith(" (") and ("for: " in gone or "against: " in gone))
            assert gone.count("(") <= 1


def test_bars_are_as_long_as_their_numbers(film):
    longest = playback.longest_flows([film])
    bars, numbers, wishes = playback.flows(film[0], longest)["series"]
    lengths = [bar["value"] for bar in bars["data"]]
    sizes = [film[0].allocated, film[0].delivered, film[0].europe]
    assert lengths[:3] == pytest.approx([size / longest.money for size in sizes])
    assert lengths[3] == pytest.approx(film[0].effort / longest.effort)
    assert numbers["data"][3]["value"] == wishes["data"][0]
    assert wishes["data"] == [[pytest.approx(film[0].wanted / longest.effort), 3]]
    assert all(frame.effort <= longest.effort + 1e-9 for frame in film)


def test_bars_of_terms_go_to_the_side_of_their_sign():
    decision = Decision("us", "Aid", "EUR bn", (("habit", 2.0), ("cost", -0.5), ("dust", 1e-6)), 1.5)
    bars, numbers, _ = amounts(terms(decision), "", "")["series"]
    assert [bar["value"] for bar in bars["data"]] == pytest.approx([0.75, -0.1875])
    assert [one["label"]["formatter"] for one in numbers["data"]] == ["+2.00", "−0.50"]


def test_terms_sum_to_what_was_decided(history):
    for model in relive(history, SEED, WORLD):
        found = {(one.actor, one.title): one for one in decisions(model)}
        aid = found["us", "Aid that Washington wants to give"]
        assert np.clip(aid.total, 0.0, 1.2) == pytest.approx(float(model.united_states.desired[0]))
        refusing = found["russia", "What refusing a deal is worth to it"]
        assert refusing.total == pytest.approx(float(model.russia.reservation[0]))
        assert all(one.total == pytest.approx(sum(size for _, size in one.terms)) for one in found.values())


def test_packages_are_explained_in_months_with_talks_only(history):
    packages = {kept.title for kept in KEPT if kept.decision.startswith("package")}
    for model in relive(history, SEED, WORLD):
        titles = {one.title for one in decisions(model)}
        assert (titles >= packages) if bool(model.mediator.proposed[0]) else not titles & packages


def test_a_link_says_which_world_under_which_doctrines():
    query = "scenario=outlook&seed=4&doctrines=architectural;aligned:clarity=0.2&world=9"
    address = player_page.WorldAddress.read(query)
    study = address.study()
    assert (list(study.scenarios), study.ensemble.seed) == (["architectural", "aligned:clarity=0.2"], 4)
    assert (address.world, address.explained) == (9, study.base.calendar[-1])
    assert address.query() == query


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("scenario=../../etc/passwd", "unknown scenario '../../etc/passwd'"),
        ("scenario=histori", "did you mean 'history'?"),
        ("doctrines=nobody", "unknown doctrine of us 'nobody'"),
        ("doctrines=a;b;c;d", "doctrines: must be 3 at most, got 4"),
        ("world=2000", "world: must be a whole number from 0 to 1999, got '2000'"),
        ("world=-1", "world: must be a whole number from 0 to 1999, got '-1'"),
        ("seed=1e3", "seed: must be a whole number"),
        ("month=1999-01", "month: must be from 2022-12 to"),
        ("wrold=3", "did you mean 'world'?"),
        ("world=3&world=4", "world: stands in the link twice"),
        ("world", "the link must be name=value&name=value, got 'world'"),
        ("world=" + "9" * 3000, "the link is longer than 2,000 characters"),
    ],
)
def test_a_bad_link_is_answered_in_words(query, says):
    with pytest.raises(InputError) as caught:
        player_page.WorldAddress.read(query)
    assert says in str(caught.value)
