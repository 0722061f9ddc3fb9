"""The game between doctrines: payoffs by fixed goals, held against the model's own numbers, and the game file."""

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest
from shipped import plain

from sim.basics.draws import Draws
from sim.basics.limits import InputError
from sim.ensemble import Ensemble, opened, simulate
from sim.questions.games import bargaining
from sim.questions.games.bargaining import better_for_both
from sim.questions.games.empirical_game import play, solved
from sim.questions.games.game_form import BETWEEN, DEFAULT_PLAYERS, GameFile, game_form, load_game
from sim.questions.games.payoffs import RATE, Valuation, monthly, terms
from sim.questions.games.sentences import graph_title, matrix_title, regret_title, sentences
from sim.questions.games.tables import tables
from sim.scenario import ScenarioError, load
from sim.scenario.presets import PRESETS
from sim.world import packages

PLAYERS = {"us": ["architectural", "transactional"], "russia": ["wait_out", "pragmatist"], "ukraine": ["pragmatist"]}
ALL = ("us", "russia", "ukraine", "europe", "congress")


@pytest.fixture(scope="module")
def base():
    return load("outlook").with_horizon(24)


@pytest.fixture(scope="module")
def played(base):
    return play(game_form(base, GameFile(players=PLAYERS)), Ensemble(40, 3))


@pytest.fixture(scope="module")
def game(played):
    return solved(played, seed=3)


def types(base):
    return {actor: base.doctrine(actor, base.calendar[-1]) for actor in ALL}


def utility(base, changed=None, worlds=12, **options):
    """Terms of every player's utility in some worlds of a scenario."""
    dataset = simulate({"x": base}, Ensemble(worlds, 3))
    valuation = Valuation(types(base) | (changed or {}), base.start, **options)
    return terms(dataset, {"x": base}, ALL, 3, valuation)["utility"].isel(doctrine=0)


# ---- payoffs


def test_land_is_worth_its_weight_and_all_terms_are_averages_a_month(base):
    one = base.with_parameter_sets("one")
    dataset = simulate({"x": one}, Ensemble(12, 3))
    fade = (1 + RATE) ** -np.arange(24.0)
    held = dataset["russian_held_share"].to_numpy()[0] @ fade / fade.sum()
    found = utility(one)
    np.testing.assert_allclose(found.sel(term="ukraine: land"), -10.0 * held, rtol=1e-5)
    np.testing.assert_allclose(found.sel(term="russia: land"), 10.0 * held, rtol=1e-5)
    assert set(map(str, found["term"].to_numpy())) >= {"us: the deal", "europe: money", "congress: land"}


@pytest.mark.parametrize(
    ("actor", "preset"), [(actor, preset) for actor in ("ukraine", "russia") for preset in PRESETS[actor]]
)
def test_land_is_worth_to_a_type_what_it_is_worth_to_the_models_actor(base, actor, preset):
    one = base.with_horizon(1).with_parameter_sets("one")
    usual, other = (opened(scenario, 3, 0, 12) for scenario in (one, one.with_doctrine(actor, preset)))
    more = getattr(other, actor).land_value() / getattr(usual, actor).land_value()
    goals, land = {actor: PRESETS[actor][preset].doctrine}, f"{actor}: land"
    np.testing.assert_allclose(utility(one, goals).sel(term=land), more * utility(one).sel(term=land), rtol=1e-5)


def test_where_there_is_war_all_along_it_costs_what_the_model_says(base):
    no_talks = base.with_mechanisms(talks=False, direct_talks=False).with_parameter_sets("one")
    found, p = utility(no_talks, rate=0.0), no_talks.parameters.preferences
    months = np.arange(47, 47 + 24)  # from 2022-02 to 2026-01 and on
    harder = 1.0 + p.hardship_sd_ukraine * opened(no_talks, 3, 0, 12).ukraine.hardship
    cost = p.war_cost_ukraine * (1 + p.weariness_ukraine * months).mean() * harder
    np.testing.assert_allclose(found.sel(term="ukraine: war"), -cost, rtol=1e-5)
    for term in (
        "ukraine: its public",
        "ukraine: the guarantee",
        "russia: relief",
        "us: the deal",
        "us: a broken peace",
    ):
        assert (found.sel(term=term) == 0.0).all()


def test_a_peace_that_holds_is_valued_by_the_models_own_terms():
    frozen = load("frozen_conflict").with_mechanisms(renewed_war=False).with_horizon(6).with_parameter_sets("one")
    found, p = utility(frozen, rate=0.0), frozen.parameters
    assert (found.sel(term="ukraine: war") == 0.0).all()
    dials = frozen.doctrine("us", frozen.start)
    deal = p.patron.deal + p.patron.deal_transactional * (1 - dials.horizon)
    np.testing.assert_allclose(found.sel(term="us: the deal"), deal, rtol=1e-6)
    line = 1e-8  # to which single precision knows it
    error = {"rtol": 1e-6, "atol": p.preferences.retreat_russia * line}
    np.testing.assert_allclose(found.sel(term="russia: its public"), -p.preferences.stop_russia, **error)


FROM, UNTIL = 6, 10
"""Months in which the handmade truce below begins and breaks."""


@pytest.fixture(scope="module")
def paused():
    """Worlds of war all along, in which a truce with monitors is written: flows by player, the model in its month.

    Monitors are believed as far as Moscow believes that Washington comes.
    """
    war = plain("outlook").with_mechanisms(talks=False, direct_talks=False).with_horizon(16)
    dataset = simulate({"x": war}, Ensemble(12, 3))
    dataset["truce"][:, :, FROM:UNTIL] = 1.0
    dataset["truce_guarantee"][:] = 1.0
    dataset["guarantee_believed"][:, :, FROM:UNTIL] = dataset["guarantee_belief_russia"][:, :, FROM:UNTIL]
    valuation = Valuation(types(war), war.start)
    flows = {player: monthly(dataset, war, Draws(3, 0, 12), player, valuation)[0] for player in ALL}
    model = opened(war, 3, 0, 12)
    for _ in range(FROM + 1):
        model.step()
    return war, flows, model


def test_a_truce_pays_while_it_holds_and_costs_at_home_for_good_what_the_table_says(paused):
    war, flows, model = paused
    rows, p = np.arange(12), war.parameters
    never = np.zeros((5, 1, 12)), np.zeros((2, 1, 12))
    kyiv = model.ukraine.stakes(rows, *never, 0.0, np.zeros((5, 1, 12)))
    moscow = model.russia.stakes(rows, *never, model.russia.guarantee_belief, 0.0, np.zeros((5, 1, 12)))
    during, after = slice(FROM, UNTIL), slice(UNTIL, None)
    for side, stakes in (("ukraine", kyiv), ("russia", moscow)):
        cost = (stakes.living() - stakes.truce())[1]
        home = flows[side]["its public"]
        assert (home[:, :FROM] == 0.0).all()
        np.testing.assert_allclose(home[:, FROM:], np.broadcast_to(-cost[:, None], home[:, FROM:].shape), rtol=1e-5)
        guarantee = flows[side]["the guarantee"]
        paid = np.broadcast_to(stakes.guarantee[1, 0], (12,))
        np.testing.assert_allclose(guarantee[:, FROM], paid, rtol=1e-5)
        assert (guarantee[:, during] != 0.0).all()
        assert (guarantee[:, after] == 0.0).all()
        assert (flows[side]["war"][:, during] == 0.0).all()
        assert (flows[side]["war"][:, after] < 0.0).all()
    us = flows["us"]
    dials = war.doctrine("us", war.start)
    deal = p.patron.truce_worth * packages.ending_the_war(dials.horizon, p.patron)
    np.testing.assert_allclose(us["the deal"][:, during], deal, rtol=1e-6)
    np.testing.assert_allclose(us["a broken peace"][:, after], -p.patron.relapse * dials.horizon, rtol=1e-6)
    assert (us["a broken peace"][:, :UNTIL] == 0.0).all()
    assert (us["the deal"][:, after] == 0.0).all()


def test_what_is_signed_costs_at_home_by_the_line_and_the_public_of_the_month_and_stays_paid():
    """A settlement that hands land back, and breaks."""
    war = plain("outlook").with_mechanisms(talks=False, direct_talks=False).with_horizon(16)
    dataset = simulate({"x": war}, Ensemble(12, 3))
    dataset["settled"][:, :, FROM:UNTIL] = 1.0
    dataset["settlement_guarantee"][:], dataset["settlement_relief"][:] = 0.0, 0.0
    dataset["russian_held_share"][:, :, FROM:] -= 0.02
    valuation = Valuation(types(war), war.start)
    kyiv, moscow = (
        monthly(dataset, war, Draws(3, 0, 12), s, valuation)[0]["its public"] for s in ("ukraine", "russia")
    )
    model = opened(war, 3, 0, 12)
    for _ in range(FROM + 1):
        model.step()
    ceding = model.ukraine.audience_cost(np.arange(12)) * packages.ceded(model.line - 0.02)
    p = war.parameters.preferences
    np.testing.assert_allclose(kyiv[:, FROM:], np.broadcast_to(-ceding[:, None], (12, 16 - FROM)), rtol=1e-4)
    np.testing.assert_allclose(moscow[:, FROM:], -p.stop_russia - 0.02 * p.retreat_russia, rtol=1e-4)
    assert (kyiv[:, :FROM] == 0.0).all()


def test_each_world_values_by_its_own_type_as_the_model_drew_it(base):
    frozen = load("frozen_conflict").with_mechanisms(renewed_war=False).with_horizon(3)
    for scenario in (frozen, frozen.with_parameter_sets("one")):
        model = opened(scenario, 3, 0, 12)
        model.step()
        signed = model.ukraine.audience_cost(np.arange(12)) * packages.ceded(model.line)
        np.testing.assert_allclose(-utility(scenario).sel(term="ukraine: its public"), signed, rtol=1e-4)


def test_utility_does_not_change_with_the_doctrine_that_is_played(base):
    """Two scenarios that end alike are worth alike: only what happened counts, and the fixed goals."""
    as_is = utility(base)
    other = {"ukraine": PRESETS["ukraine"]["survivalist"].doctrine}
    softer = utility(base, other)
    lost = [str(t) for t in as_is["term"].to_numpy() if not str(t).startswith("ukraine")]
    np.testing.assert_array_equal(as_is.sel(term=lost), softer.sel(term=lost))
    assert (softer.sel(term="ukraine: land") > as_is.sel(term="ukraine: land")).all()


def test_effort_is_paid_for(base):
    calm = base.with_mechanisms(talks=False, direct_talks=False)
    plain, harder = (utility(one, types(base)) for one in (calm, calm.with_doctrine("ukraine", "maximalist")))
    ratio = harder.sel(term="ukraine: war") / plain.sel(term="ukraine: war")
    np.testing.assert_allclose(ratio, 1.35, rtol=1e-5)  # resolve .95 against .6
    assert not np.allclose(harder.sel(term="russia: war"), plain.sel(term="russia: war"))


def test_an_aligned_type_shares_moscows_gain(base):
    found = utility(base, {"us": PRESETS["us"]["aligned"].doctrine})
    moscow = [str(t) for t in found["term"].to_numpy() if str(t).startswith("russia: ")]
    np.testing.assert_allclose(
        found.sel(term="us: Russia's own gain"), 0.6 * found.sel(term=moscow).sum("term"), rtol=1e-4
    )


# ---- the game


def test_profiles_are_in_the_order_of_the_axes(base, played):
    labels = list(played.form.scenarios)
    assert labels[1] == BETWEEN.join(("architectural", "pragmatist", "pragmatist"))
    assert played.samples.shape == (3, 2, 2, 1, 40)
    assert played.form.named(played.form.baseline) == ("transactional", "wait_out", "pragmatist")
    alone = play(game_form(base, GameFile(players={"us": ["transactional", "aligned"]})), Ensemble(40, 3))
    np.testing.assert_array_equal(alone.samples[0, 0], played.samples[(0, *played.form.baseline)])


def test_common_luck_makes_differences_surer_than_levels(base):
    samples = play(game_form(base, GameFile(players=PLAYERS)), Ensemble(300)).samples
    ours, theirs = samples[2, 1, 0, 0], samples[2, 1, 1, 0]
    assert (ours - theirs).std() < 0.8 * np.hypot(ours.std(), theirs.std())


def test_payoffs_do_not_depend_on_the_number_of_processes_or_blocks(base, played):
    again = play(game_form(base, GameFile(players=PLAYERS)), Ensemble(70, 3, jobs=2))
    np.testing.assert_array_equal(again.samples[..., :40], played.samples)


def test_goals_can_be_chosen_and_only_the_players_payoff_moves(base, played):
    other = play(game_form(base, GameFile(players=PLAYERS, valued_by={"us": "architectural"})), Ensemble(40, 3))
    np.testing.assert_array_equal(other.samples[1:], played.samples[1:])
    us, before = other.payoffs[0], played.payoffs[0]
    # An architectural type likes what an architectural doctrine does better than a transactional type does.
    assert (us[0] - us[1] > before[0] - before[1]).all()


def test_a_doctrine_in_force_later_counts_from_then_on(base):
    late = game_form(base, GameFile(players=PLAYERS, since="2027-01"))
    assert late.valuation.since == "2027-01"
    assert late.scenario((0, 0, 0)).us[0].preset == "transactional"


def test_tables_hold_together(game):
    found = tables(game)
    assert len(found["payoffs"]) == 4 * 3
    assert len(found["deviations"]) == 4 * 2
    regrets, deviations = found["regrets"], found["deviations"]
    who = ["us", "russia", "ukraine"]
    most = deviations.groupby(who)["gain"].max().clip(lower=0.0)
    np.testing.assert_allclose(regrets.set_index(who)["regret"].sort_index(), most.sort_index(), atol=1e-9)
    assert found["alpharank"].groupby("alpha_scaled")["share"].sum().to_numpy() == pytest.approx(1.0)
    assert found["qre"].groupby(["lambda_scaled", "player"])["probability"].sum().to_numpy() == pytest.approx(1.0)
    assert found["qre"]["residual"].max() < 1e-6
    assert found["welfare"]["efficient"].any()


def test_the_reasons_of_a_deviation_sum_to_its_gain(game):
    for player in game.played.form.players:
        whole = sum(v for name, v in game.played.reasons.items() if name.startswith(f"{player}: "))
        np.testing.assert_allclose(whole, game.payoffs[game.played.form.players.index(player)], atol=1e-5)


def test_what_is_said_names_who_plays_what(game):
    said = sentences(game)
    assert said[0].startswith(("One equilibrium", "No profile", "2 equilibria"))
    assert any(sentence.startswith("Hold-out:") for sentence in said)
    assert not any("free" in sentence for sentence in said)
    assert all(title for title in (matrix_title(game, 0, 1), graph_title(game), regret_title(game)))


# ---- the table


def test_gains_at_the_table_are_those_that_decide(base):
    """Where the package proposed is better than refusing for both, and only there, both sides accept it.

    So it is where nobody holds out for more, and nothing but settlements is on the table.
    """
    calm = base.with_mechanisms(european_consent=False, ratification=False, holding_out=False, truce=False)
    talks = bargaining.rounds(calm, Ensemble(200, 3), "2026-04")
    dataset = simulate({"x": calm}, Ensemble(200, 3))
    december = dataset.sel(month="2026-04").isel(doctrine=0)
    serious = talks.proposed >= 0
    good = better_for_both(talks.gains[:, talks.proposed[serious], np.flatnonzero(serious)])
    at_table = december["proposer"].to_numpy() > 0
    assert 0 < at_table.sum() == serious.sum()
    refused = np.isin(december["refusal"].to_numpy()[at_table], [1, 2, 3])
    np.testing.assert_array_equal(~refused, good)
    points = bargaining.points(talks)
    assert points["exists"].between(0, 1).all()


def test_where_nobody_talks_there_is_no_set(base):
    assert bargaining.rounds(base.with_mechanisms(talks=False, direct_talks=False), Ensemble(20, 3)) is None
    with pytest.raises(InputError, match="month: must be from 2026-01"):
        bargaining.rounds(base, Ensemble(20, 3), "2030-01")


# ---- the file

BAD = {
    "an unknown key": ("playrs = 1", "did you mean 'players'?"),
    "an unknown player": ('[players]\nrusia = ["wait_out", "maximalist"]', "players.rusia: unknown player"),
    "an unknown doctrine": ('[players]\nus = ["transactonal", "aligned"]', "did you mean 'transactional'?"),
    "twice the same": ('[players]\nus = ["aligned", "aligned"]', "'aligned' is given twice"),
    "no choice": ('[players]\nus = ["aligned"]', "at least one player two doctrines"),
    "nobody": ("[players]", "at least one player two doctrines"),
    "a name for a list": ('[players]\nus = "aligned"', "players.us: must be a list of doctrines"),
    "no table": ('players = "us"', "must be a table, [players]"),
    "a discount too large": ("discount = 1.5", "discount: must be a number from 0 to 1, got 1.5"),
    "no month": ('since = "soon"', "since: must be a month in quotes"),
    "a baseline not played": ('[baseline]\nus = "aligned"', "baseline.us: unknown doctrine among those of us"),
    "goals of a stranger": ('[valued_by]\ncongress = "118th"', "is not among the players"),
    "unknown goals": ('[valued_by]\nus = "selfish"', "valued_by.us: unknown preset 'selfish'"),
    "a negative weight": ("[weights]\neurope_money = -1.0", "weights.europe_money: must be a number of at least 0"),
    "an unknown weight": ("[weights]\neurope_mony = 1.0", "did you mean 'europe_money'?"),
    "not TOML": ("players = ", "not TOML"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_game_file_is_answered_with_file_line_and_rule(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text, words = BAD[case]
    (tmp_path / "game.toml").write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load_game("game.toml")
    assert words in str(caught.value)
    assert str(caught.value).startswith("game.toml: 1 mistake")
    assert "line " in str(caught.value)


def test_the_file_that_the_page_shows_can_be_played(tmp_path, base):
    page = (Path(__file__).parents[2] / "docs" / "questions" / "game.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert shown
    for text in shown:
        (tmp_path / "game.toml").write_text(text)
        assert game_form(base, load_game(tmp_path / "game.toml")).players


def test_far_too_many_profiles_are_refused(tmp_path):
    rows = "\n".join(f"{actor} = {[*PRESETS[actor]]}" for actor in PRESETS)
    (tmp_path / "game.toml").write_text(f"[players]\n{rows.replace(chr(39), chr(34))}\n" + "")
    assert np.prod([len(PRESETS[actor]) for actor in PRESETS]) > 700
    load_game(tmp_path / "game.toml")  # 756 can still be played
    more = rows.replace("['hedger'", "['hedger', 'hedger:autonomy=0.5'").replace("'", '"')
    (tmp_path / "game.toml").write_text(f"[players]\n{more}\n")
    with pytest.raises(ScenarioError, match="1,008 profiles, at most 1,000"):
        load_game(tmp_path / "game.toml")


def test_a_game_file_is_what_it_says(tmp_path, base):
    (tmp_path / "game.toml").write_text(
        'discount = 0.01\n[players]\nus = ["aligned", "transactional:clarity=0.9"]\ncongress = ["119th"]\n'
        '[baseline]\nus = "aligned"\n[valued_by]\nus = "reference"\n'
    )
    form = game_form(base, load_game(tmp_path / "game.toml"))
    assert form.players == ("us", "congress")
    assert form.baseline == (0, 0)
    assert form.valuation.rate == 0.01
    assert form.valuation.types["us"] == base.us[0].doctrine
    assert dataclasses.is_dataclass(form)
    assert list(GameFile().players) == list(DEFAULT_PLAYERS)
