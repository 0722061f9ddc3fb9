"""Attribution in the model: who is a player, the same worlds in every coalition, and sums that come out exactly."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pydantic import create_model

from sim.basics.limits import InputError
from sim.ensemble import Ensemble, survey
from sim.ensemble.study import comparison
from sim.questions.compare.measures import OUTCOMES
from sim.questions.compare.outcomes import headline, outcomes_named, surveyed
from sim.questions.dials import attribution, coalitions
from sim.scenario import load
from sim.scenario.doctrine import DOCTRINES, Table, Unit
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.presets import PRESETS

WORLDS = 24
FAR = "architectural:order=0.2,channel=0.85,clarity=0.2"
NAMES = ("settled", "us_cost", "europe_cost", "land")


@pytest.fixture(scope="module")
def short():
    return load("outlook").with_horizon(9)


@pytest.fixture(scope="module")
def study(short):
    return comparison(short, ["architectural", FAR], ensemble=Ensemble(worlds=WORLDS))


def run(scenarios, names=NAMES, worlds=WORLDS):
    return surveyed(scenarios, names, "2026-01", Ensemble(worlds))


@pytest.fixture(scope="module")
def game(study):
    moved = coalitions.of_dials(study, "us")
    return attribution.dial_game(run(moved.scenarios), moved, list(study.scenarios))


def test_only_dials_that_differ_are_players(study) -> None:
    moved = coalitions.of_dials(study, "us")
    assert moved.players == ("order", "clarity", "channel")
    assert moved.changes == {"order": "0.9 → 0.2", "clarity": "0.85 → 0.2", "channel": "0.1 → 0.85"}
    assert moved.names[:4] == ["none", "order", "clarity", "order+clarity"]
    assert list(moved.scenarios) == moved.names


def test_a_table_moves_as_one_player(short) -> None:
    congress = comparison(short, ["117th", "isolationist_majority"], "congress")
    moved = coalitions.of_dials(congress, "congress")
    assert moved.players == ("agenda", "house", "senate")
    half = moved.scenarios["agenda+house"].congress[-1].doctrine
    ends = [scenario.congress[-1].doctrine for scenario in congress.scenarios.values()]
    assert (half.agenda, half.house, half.senate) == (ends[1].agenda, ends[1].house, ends[0].senate)
    priorities = coalitions.of_dials(comparison(short, ["architectural", "transactional"]), "us")
    assert "priorities" in priorities.players
    assert "affinity" not in priorities.players


def test_the_ends_are_the_two_doctrines_to_the_last_bit(study, game) -> None:
    read = partial(headline, since="2026-01")
    both = survey(study.scenarios, read, Ensemble(worlds=WORLDS))
    for name in NAMES:
        np.testing.assert_array_equal(game.values[name][0], both[name][0])
        np.testing.assert_array_equal(game.values[name][-1], both[name][1])


def test_a_coalition_run_alone_lives_in_the_same_worlds(study, game) -> None:
    moved = coalitions.of_dials(study, "us")
    alone = run({"alone": moved.scenarios["order+channel"]})
    for name in NAMES:
        np.testing.assert_array_equal(game.values[name][0b101], alone[name][0])


def test_shares_sum_exactly_to_the_difference_of_the_doctrines(game) -> None:
    table = attribution.shapley_table(game)
    pairs = game.pairs.set_index("outcome")
    for name, rows in table.groupby("outcome"):
        assert rows["value"].sum() == pytest.approx(pairs.loc[name, "difference"], rel=1e-12, abs=1e-12)
    assert (table["low"] <= table["value"] + 1e-12).all()
    assert (table["value"] <= table["high"] + 1e-12).all()


def test_groups_sum_to_their_members_and_to_the_difference(game) -> None:
    groups = coalitions.groups_of("us", game.players)
    assert groups == {"goals": ("order",), "style": ("clarity", "channel")}
    table = attribution.owen_table(game, groups)
    for name, rows in table.groupby("outcome"):
        wholes = rows[rows["player"] == ""].set_index("group")["value"]
        members = rows[rows["player"] != ""].groupby("group")["value"].sum()
        assert wholes.to_dict() == pytest.approx(members.to_dict(), abs=1e-12)
        assert wholes.sum() == pytest.approx(game.pairs.set_index("outcome").loc[name, "difference"], abs=1e-9)


def test_alone_and_last_are_read_off_the_coalitions(game) -> None:
    row = attribution.shapley_table(game).set_index(["outcome", "player"]).loc[("us_cost", "clarity")]
    means = attribution.coalition_table(game).set_index(["outcome", "coalition"])["mean"]["us_cost"]
    assert row["alone"] == pytest.approx(means["clarity"] - means["none"])
    assert row["last"] == pytest.approx(means["order+clarity+channel"] - means["order+channel"])


def test_a_doctrine_that_stops_caring_for_order_saves_money_through_order(game) -> None:
    table = attribution.shapley_table(game).set_index(["outcome", "player"])
    costs = table.loc["us_cost", "value"]
    assert costs["order"] < 0.0
    assert costs.idxmin() == "order"
    assert "order" in attribution.sentences(game, table.reset_index(), attribution.DIALS)[1]


def test_every_dial_of_every_actor_is_in_one_group() -> None:
    for actor, doctrine in DOCTRINES.items():
        groups = coalitions.groups_of(actor, tuple(doctrine.model_fields))
        grouped = [dial for members in groups.values() for dial in members]
        assert sorted(grouped) == sorted(doctrine.model_fields)


def test_groups_are_told_goals_first_and_a_dial_that_says_nothing_is_among_the_others(monkeypatch) -> None:
    assert list(coalitions.groups_of("us", DOCTRINES["us"].model_fields)) == ["goals", "theory of the world", "style"]
    assert coalitions.groups_of("congress", DOCTRINES["congress"].model_fields) == {
        "members": ("house", "senate"),
        "leaders": ("agenda",),
    }
    monkeypatch.setitem(DOCTRINES, "mediator", create_model("Mediator", __base__=Table, patience=(Unit, ...)))
    assert coalitions.groups_of("mediator", ["patience"]) == {"other dials": ("patience",)}


@pytest.mark.parametrize("actor", DOCTRINES)
def test_the_page_names_the_groups_and_their_dials(actor) -> None:
    page = (Path(__file__).parents[2] / "docs" / "questions" / "attribution.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| {actor} | "))
    parts = (part.split(": ") for part in row.removeprefix(f"| {actor} | ").removesuffix(" |").split("; "))
    told = {group: sorted(dials.split(", ")) for group, dials in parts}
    groups = coalitions.groups_of(actor, DOCTRINES[actor].model_fields)
    assert told == {group: sorted(dials) for group, dials in groups.items()}


def test_the_usual_channels_are_mechanisms() -> None:
    assert set(coalitions.CHANNELS) <= set(Mechanisms.model_fields)
    assert len(coalitions.CHANNELS) <= coalitions.MOST_PLAYERS


def test_mechanisms_share_what_they_change_of_the_difference(study) -> None:
    moved = coalitions.of_mechanisms(study, ["leverage", "hedging"])
    assert len(moved.scenarios) == 8
    game = attribution.mechanism_game(run(moved.scenarios), moved, list(study.scenarios))
    table = attribution.shapley_table(game)
    off = comparison(
        study.base.with_mechanisms(leverage=False, hedging=False),
        list(study.spelt.values()),
        ensemble=Ensemble(worlds=WORLDS),
    )
    full, without = (run(which.scenarios) for which in (study, off))
    for name, rows in table.groupby("outcome"):
        change = [float((found[name][1] - found[name][0]).mean()) for found in (full, without)]
        assert rows["value"].sum() == pytest.approx(change[0] - change[1], abs=1e-9)
    assert game.pairs.set_index("outcome").loc["us_cost", "difference"] == pytest.approx(
        float((full["us_cost"][1] - full["us_cost"][0]).mean())
    )


def test_a_mechanism_that_touches_neither_doctrine_gets_nothing(study) -> None:
    warring = study.base.with_mechanisms(talks=False, direct_talks=False)
    at_war = comparison(warring, list(study.spelt.values()), ensemble=Ensemble(worlds=WORLDS))
    moved = coalitions.of_mechanisms(at_war, ["fragility"])
    game = attribution.mechanism_game(run(moved.scenarios), moved, list(study.scenarios))
    table = attribution.shapley_table(game)
    assert (table["value"] == 0.0).all()
    assert "Without fragility the difference is" in attribution.sentences(game, table, attribution.MECHANISMS)[1]


def test_outcomes_are_chosen_by_name() -> None:
    assert outcomes_named(None, ("land",)) == ("land",)
    assert {*OUTCOMES} - {*outcomes_named(["all"], ("land",))} == {"standing", "truce_standing"}, (
        "no doctrine changes what stands before it"
    )
    with pytest.raises(InputError, match="did you mean 'settled'"):
        outcomes_named(["setled"], ("land",))
    with pytest.raises(InputError, match="given twice"):
        outcomes_named(["land", "land"], ())


def test_one_world_has_no_intervals_and_no_noise_is_told(short) -> None:
    lonely = comparison(short, ["architectural", FAR], ensemble=Ensemble(worlds=1))
    moved = coalitions.of_dials(lonely, "us")
    game = attribution.dial_game(run(moved.scenarios, worlds=1), moved, list(lonely.scenarios))
    table = attribution.shapley_table(game)
    assert table["low"].isna().all()
    said = attribution.sentences(game, table, attribution.DIALS)
    assert not any("nan" in sentence for sentence in said)
    steps = attribution.waterfall_rows(game, table)
    assert not any("nan" in cell for row in attribution.screen_rows(steps, ("a", "b")) for cell in row)


def test_every_preset_of_every_actor_can_be_set_against_the_next(short) -> None:
    for actor, presets in PRESETS.items():
        first, second = list(presets)[:2]
        moved = coalitions.of_dials(comparison(short, [first, second], actor), actor)
        assert len(moved.scenarios) == 1 << len(moved.players) <= 1 << coalitions.MOST_PLAYERS


def test_a_column_of_the_screen_adds_up_as_it_is_printed() -> None:
    """6.67 - 3.33 = 3.33 is 7, -3 and 3 to the nearest; what is told from zero does not read 0."""
    step = {"unit": "0 or 1", "value": -1 / 30, "difference": -1 / 30, "low": -0.08, "high": 0.013}
    numbers = attribution.waterfall_numbers([{"value": 2 / 30}, step, {"value": 1 / 30 + 0.0004}])
    assert numbers == ["6.7", "−3.3", "3.4"]
    told = step | {"value": 0.003, "difference": 0.003, "low": 0.001, "high": 0.035}
    assert attribution.waterfall_numbers([{"value": 0.05}, told, {"value": 0.053}]) == ["5.0", "+0.3", "5.3"]
