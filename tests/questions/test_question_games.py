"""Solutions of games in normal form, held against games whose answers are known, and against pygambit."""

import decimal

import numpy as np
import pytest

from sim.questions.games import equilibrium
from sim.questions.games.alpharank import POPULATION, alpha_rank, log_fixation, log_shares, log_stationary
from sim.questions.games.bargaining import NOWHERE, better_for_both, egalitarian, kalai_smorodinsky, nash
from sim.questions.games.belief import beliefs, others_reply, wishes
from sim.questions.games.dominance import dominated, eliminated
from sim.questions.games.equilibrium import better_for_all, efficient
from sim.questions.games.mixed import mixed_equilibria, mixed_regret
from sim.questions.games.quantal import quantal_response
from sim.questions.games.sampling import hold_out, resampled


def symmetric(matrix):
    row = np.array(matrix, dtype=float)
    return np.stack([row, row.T])


PRISONERS = symmetric([[3, 0], [5, 1]])
CHICKEN = symmetric([[0, -1], [1, -10]])
STAG_HUNT = symmetric([[4, 0], [3, 3]])
PENNIES = np.stack([np.array([[1.0, -1], [-1, 1]]), np.array([[-1.0, 1], [1, -1]])])
ROCK_PAPER_SCISSORS = symmetric([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
McKELVEY_PALFREY = np.stack([np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])])
BRANCH = {0.5: (0.830671, 0.418077), 1: (0.893576, 0.312780), 2: (0.860754, 0.191078), 5: (0.701984, 0.117135)}


def random_game(seed, *shape):
    return np.random.default_rng(seed).normal(size=(len(shape), *shape))


EQUILIBRIA = {
    "prisoner's dilemma": (PRISONERS, [(1, 1)]),
    "chicken": (CHICKEN, [(0, 1), (1, 0)]),
    "stag hunt": (STAG_HUNT, [(0, 0), (1, 1)]),
    "matching pennies": (PENNIES, []),
}


@pytest.mark.parametrize("name", EQUILIBRIA)
def test_pure_equilibria_of_the_textbook(name):
    payoffs, known = EQUILIBRIA[name]
    assert equilibrium.pure_equilibria(payoffs) == known


def test_regret_and_the_best_deviation_of_the_dilemma():
    np.testing.assert_array_equal(equilibrium.regret(PRISONERS), [[2, 1], [1, 0]])
    assert equilibrium.best_deviation(PRISONERS, (0, 1)) == (0, 1, 1.0)
    assert equilibrium.best_deviation(PRISONERS, (1, 1)) is None
    assert equilibrium.attractor(PRISONERS, (0, 0)) == [(1, 1)]
    assert len(equilibrium.attractor(PENNIES, (0, 0))) == 4


def test_known_to_within_e_means_regret_within_two_e():
    payoffs = random_game(3, 3, 2, 4)
    noisy = payoffs + np.random.default_rng(4).uniform(-0.1, 0.1, payoffs.shape)
    assert np.abs(equilibrium.regret(noisy) - equilibrium.regret(payoffs)).max() <= 0.2


@pytest.mark.gambit
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("shape", [(3, 3), (2, 4), (2, 3, 2), (2, 2, 2, 2)])
def test_pure_equilibria_agree_with_pygambit(shape, seed):
    import pygambit

    payoffs = random_game(seed, *shape)
    game = pygambit.StrategicGame.from_arrays(*payoffs)
    theirs = {
        tuple(next(s for s in range(n) if e[str(p + 1)][str(s + 1)] == 1) for p, n in enumerate(shape))
        for e in pygambit.nash.enumpure_solve(game).equilibria
    }
    assert set(equilibrium.pure_equilibria(payoffs)) == theirs


@pytest.mark.gambit
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 3, 2)])
def test_mixed_equilibria_are_equilibria_and_have_every_pure_one_of_two_players(shape, seed):
    payoffs = random_game(seed, *shape)
    found = mixed_equilibria(payoffs)
    assert found
    assert max(mixed_regret(payoffs, profile) for profile in found) < 1e-4
    if len(shape) == 2:
        assert len(found) % 2 == 1  # a generic game has an odd number (Wilson 1971)
        pure = {tuple(int(p.argmax()) for p in m) for m in found if all(p.max() > 1 - 1e-9 for p in m)}
        assert pure == set(equilibrium.pure_equilibria(payoffs))


@pytest.mark.gambit
def test_mixed_equilibria_in_closed_form():
    (rows, columns), *others = mixed_equilibria(McKELVEY_PALFREY)
    assert others == []
    np.testing.assert_allclose([rows[0], columns[0]], [0.5, 0.1], atol=1e-9)
    assert sorted(round(float(m[0][0]), 6) for m in mixed_equilibria(CHICKEN)) == [0.0, 0.9, 1.0]


@pytest.mark.parametrize("precision", BRANCH)
def test_logit_response_has_the_published_numbers(precision):
    (found,) = quantal_response(McKELVEY_PALFREY, [precision])
    assert found.residual < 1e-9
    np.testing.assert_allclose([found.mixed[0][0], found.mixed[1][0]], BRANCH[precision], atol=1e-6)


def test_logit_response_from_noise_to_nash():
    none, high = quantal_response(McKELVEY_PALFREY, [0.0, 20.0])
    assert none.mixed[0].tolist() == [0.5, 0.5]
    np.testing.assert_allclose([high.mixed[0][0], high.mixed[1][0]], [0.554627, 0.101097], atol=1e-6)
    (dilemma,) = quantal_response(PRISONERS, [30.0])
    assert min(dilemma.mixed[0][1], dilemma.mixed[1][1]) > 1 - 1e-9


@pytest.mark.gambit
@pytest.mark.parametrize("seed", range(4))
def test_logit_response_agrees_with_pygambit(seed):
    import pygambit

    payoffs = random_game(seed, 2, 3, 2)
    (found,) = quantal_response(payoffs, [1.0])
    game = pygambit.StrategicGame.from_arrays(*payoffs)
    profile = pygambit.qre.logit_solve_lambda(game, lam=[1.0])[0].profile
    for player, probabilities in enumerate(found.mixed):
        known = [profile[str(player + 1)][str(s + 1)] for s in range(len(probabilities))]
        np.testing.assert_allclose(probabilities, known, atol=1e-4)


FOLDED = np.array([[[-1.4, -1.2], [-1.3, -0.6]], [[1.4, -1.6], [0.9, 1.3]]])
"""Row and column go one way, towards (second, first), until column turns round: the branch folds near precision 11."""
FOLDS = {
    "two by two": FOLDED,
    **{
        f"{shape}, {seed}": random_game(seed, *shape)
        for shape, seed in (((3, 3), 132), ((2, 2, 2), 33), ((2, 2, 2), 43), ((3, 2, 3), 25), ((3, 2, 3), 110))
    },
}


@pytest.mark.gambit
@pytest.mark.parametrize("name", FOLDS)
def test_a_branch_that_folds_is_followed_around_the_folds(name):
    import pygambit

    payoffs = FOLDS[name]
    scale = max(float(np.ptp(mine, axis=player).max()) for player, mine in enumerate(payoffs))
    found = quantal_response(payoffs, [scaled / scale for scaled in (1.0, 5.0, 10.0, 30.0, 100.0)])
    assert [found[0].turns, found[-1].turns] == [0, 2]
    assert max(q.residual for q in found) < 1e-12
    game = pygambit.StrategicGame.from_arrays(*payoffs)
    for q in found:
        profile = pygambit.qre.logit_solve_lambda(game, lam=[q.precision])[0].profile
        for player, probabilities in enumerate(q.mixed):
            known = [profile[str(player + 1)][str(s + 1)] for s in range(len(probabilities))]
            np.testing.assert_allclose(probabilities, known, atol=1e-5)


def test_probabilities_are_none_below_0_where_following_by_precision_found_one():
    (found,) = quantal_response(random_game(22, 2, 2), [20.0])
    np.testing.assert_allclose([found.mixed[0][0], found.mixed[1][0]], [0.000009, 0.001710], atol=1e-6)
    assert found.turns == 2


@pytest.mark.parametrize("precision", [0.5, 3.0, 40.0])
def test_where_branches_cross_the_symmetric_one_is_kept_to(precision):
    """Chicken and a game of pure coordination have two more branches from some precision on."""
    (chicken,) = quantal_response(CHICKEN, [precision])
    np.testing.assert_allclose(chicken.mixed[0], chicken.mixed[1], atol=1e-12)
    (coordination,) = quantal_response(symmetric([[1, 0], [0, 1]]), [precision])
    np.testing.assert_allclose(coordination.mixed, 0.5)


def test_a_game_without_stakes_is_played_at_random():
    (found,) = quantal_response(np.ones((2, 2, 3)), [7.0])
    np.testing.assert_allclose(found.mixed[1], 1 / 3)


@pytest.mark.parametrize("seed", range(3))
def test_the_unit_of_payoffs_moves_nothing(seed):
    payoffs = random_game(seed, 2, 3, 2)
    (plain,), (scaled,) = quantal_response(payoffs, [4.0]), quantal_response(1e6 * payoffs, [4e-6])
    for ours, theirs in zip(plain.mixed, scaled.mixed, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def fixation(*game):
    return np.exp(log_fixation(*game))


def test_fixation_is_that_of_a_moran_process():
    assert fixation(0.0, 1.0) == pytest.approx(1 / POPULATION, rel=1e-15)
    assert fixation(1e-9, 1.0) == pytest.approx(1 / POPULATION, rel=1e-6)
    assert fixation(1.0, 2.0, 3) == pytest.approx((1 - np.exp(-2)) / (1 - np.exp(-6)))
    assert fixation(-10.0000000001, 1.0) == pytest.approx(1.5692211e-213, rel=1e-7)
    assert fixation(-10.0000000001, 1.0) == pytest.approx(fixation(-10.0, 1.0), rel=1e-7)
    assert log_fixation(-1e6, 1.0) == pytest.approx(-49e6)
    assert log_fixation(-1e6, 1.0) < log_fixation(-1.0, 1.0) < -np.log(POPULATION) < log_fixation(1.0, 1.0) <= 0.0


def test_the_stationary_distribution_solves_its_equation():
    chain = np.random.default_rng(7).dirichlet(np.ones(6), size=6)
    shares = np.exp(log_stationary(np.log(chain)))
    np.testing.assert_allclose(shares @ chain, shares, atol=1e-12)


EXACT = decimal.Context(prec=60, Emin=-(10**15), Emax=10**15)
"""Sixty digits, and exponents without end: sums and products of what is above nothing lose none that matter."""


def exact_fixation(gain, intensity):
    if gain == 0:
        return EXACT.divide(decimal.Decimal(1), POPULATION)
    exponents = (EXACT.multiply(decimal.Decimal(-k * gain), decimal.Decimal(intensity)) for k in (1, POPULATION))
    wins, all_of_them = (EXACT.subtract(decimal.Decimal(1), EXACT.exp(exponent)) for exponent in exponents)
    return EXACT.divide(wins, all_of_them)


def exact_log_shares(payoffs, intensity):
    """Alpha-rank of a game of whole payoffs in sixty digits, by removing one profile after the other."""
    shape = payoffs.shape[1:]
    places = list(np.ndindex(*shape))
    with decimal.localcontext(EXACT):
        steps = {
            (here, there): exact_fixation(int(payoffs[(player, *there)] - payoffs[(player, *here)]), intensity)
            for here in places
            for there in places
            for player in range(len(shape))
            if [n for n in range(len(shape)) if here[n] != there[n]] == [player]
        }
        zero = decimal.Decimal(0)
        for nth in range(len(places) - 1, 0, -1):
            last, left = places[nth], places[:nth]
            out = sum((steps.get((last, there), zero) for there in left), zero)
            for here in left:
                steps[here, last] = steps.get((here, last), zero) / out
                for there in left:
                    steps[here, there] = steps.get((here, there), zero) + steps[here, last] * steps.get(
                        (last, there), zero
                    )
        shares = {places[0]: decimal.Decimal(1)}
        for nth, there in enumerate(places[1:], start=1):
            shares[there] = sum(shares[here] * steps[here, there] for here in places[:nth])
        whole = sum(shares.values())
        return np.array([float((shares[place] / whole).ln()) for place in places]).reshape(shape)


@pytest.mark.parametrize("intensity", [0.1, 1.0, 50.0, 1000.0, 5000.0])
@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 2, 2)])
def test_alpha_rank_ranks_as_exact_arithmetic_does_however_strong_selection(shape, intensity):
    for seed in range(4):
        payoffs = np.random.default_rng(seed).integers(0, 4, size=(len(shape), *shape)).astype(float)  # with ties
        found, exact = (f(payoffs, intensity).ravel() for f in (log_shares, exact_log_shares))
        np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-9)
        apart = np.sign(np.subtract.outer(exact, exact).round(6))
        assert (np.sign(np.subtract.outer(found, found).round(6)) == apart).all()


def test_the_equilibrium_that_is_harder_to_leave_has_the_long_run():
    """Of two conventions one costs 11 to leave and the other 12: steps too rare for a float, which still tell."""
    convention = symmetric([[11, 0], [0, 12]])
    shares = alpha_rank(convention, 1.0)
    assert shares[1, 1] == pytest.approx(1.0, abs=1e-12)
    assert log_shares(convention, 1.0)[0, 0] == pytest.approx(-(POPULATION - 1.0), abs=1e-4)


def test_alpha_rank_on_known_games():
    assert alpha_rank(PRISONERS, 10.0)[1, 1] == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(alpha_rank(PENNIES, 10.0), 0.25)
    shares = alpha_rank(ROCK_PAPER_SCISSORS, 10.0)
    np.testing.assert_allclose(shares.sum(axis=0), 1 / 3)
    np.testing.assert_allclose(shares.sum(axis=1), 1 / 3)
    np.testing.assert_allclose(alpha_rank(random_game(1, 3, 2), 0.0), 1 / 6)


def test_dominance_strict_weak_and_iterated():
    assert [(d.player, d.strategy, d.by, d.strict, d.least, d.most) for d in dominated(PRISONERS)] == [
        (0, 0, 1, True, 1.0, 2.0),
        (1, 0, 1, True, 1.0, 2.0),
    ]
    weak = np.stack([np.array([[1.0, 1], [1, 0]]), np.zeros((2, 2))])
    assert [(d.player, d.strategy, d.by, d.strict) for d in dominated(weak)] == [(0, 1, 0, False)]
    three = np.stack([np.array([[1.0, 1, 0], [0, 0, 2]]), np.array([[0.0, 2, 1], [3, 1, 0]])])
    removed, left = eliminated(three)
    assert [(r.round, r.player, r.strategy, r.by) for r in removed] == [(1, 1, 2, 1), (2, 0, 1, 0), (3, 1, 0, 1)]
    assert left == ((0,), (1,))
    assert eliminated(CHICKEN)[1] == ((0, 1), (0, 1))


def test_welfare_of_the_dilemma():
    np.testing.assert_array_equal(efficient(PRISONERS), [[True, True], [True, False]])
    np.testing.assert_array_equal(better_for_all(PRISONERS, (1, 1)), [[True, False], [False, False]])


def test_being_believed_to_cooperate_is_worth_nothing_where_defection_dominates():
    assert all(belief.worth == 0.0 for belief in beliefs(PRISONERS))
    wish = wishes(PRISONERS, (1, 1))[0]
    assert (wish.strategy, wish.reply, wish.gain) == (0, 1, 4.0)


def test_being_believed_a_daredevil_wins_at_chicken():
    assert others_reply(CHICKEN, 0, 1) == (1, 0)
    worth = {(b.player, b.true, b.believed): b.worth for b in beliefs(CHICKEN)}
    assert worth[0, 0, 1] == 1.0  # it swerves and is believed not to: the other swerves too
    assert worth[0, 1, 0] == -11.0


# ---- sampled games


def sampled(payoffs, worlds, noise, seed=5, shared=0.0):
    rng = np.random.default_rng(seed)
    common = shared * rng.normal(size=(len(payoffs), *[1] * (payoffs.ndim - 1), worlds))
    return payoffs[..., None] + common + noise * rng.normal(size=(*payoffs.shape, worlds))


def three_players():
    """Everybody prefers its first strategy by one half, and the more the more others play theirs."""
    payoffs = np.zeros((3, 2, 2, 2))
    for profile in np.ndindex(2, 2, 2):
        for player in range(3):
            payoffs[(player, *profile)] = (1 - profile[player]) * (0.5 + 0.25 * (2 - sum(profile)))
    return payoffs


def test_a_game_of_three_is_recovered_from_noise():
    samples = sampled(three_players(), 400, noise=2.0)
    found = resampled(samples, seed=1)
    assert equilibrium.least_regret(samples.mean(axis=-1)) == (0, 0, 0)
    assert found.probability[0, 0, 0] > 0.99
    assert found.probability.sum() == pytest.approx(found.probability[0, 0, 0], abs=0.02)
    assert found.least.sum() == pytest.approx(1.0)
    inside = (found.low <= equilibrium.regret(three_players())) & (equilibrium.regret(three_players()) <= found.high)
    assert inside.mean() >= 0.8


def test_with_few_worlds_it_is_less_sure():
    few, many = (resampled(sampled(three_players(), n, 2.0), seed=1).probability[0, 0, 0] for n in (8, 400))
    assert few < many


def test_luck_that_profiles_share_costs_no_certainty():
    payoffs = three_players()
    alone = resampled(sampled(payoffs, 50, 0.3), seed=1)
    shared = resampled(sampled(payoffs, 50, 0.3, shared=50.0), seed=1)
    assert shared.probability[0, 0, 0] == pytest.approx(alone.probability[0, 0, 0], abs=0.02)


def test_a_coin_is_an_equilibrium_half_of_the_time():
    samples = np.stack([np.random.default_rng(9).normal(size=(2, 2000))])
    shares = [resampled(samples[..., k::20], seed=2).probability[0] for k in range(20)]
    assert 0.3 < np.mean(shares) < 0.7


def test_resampling_is_the_same_again():
    samples = sampled(PRISONERS, 30, 2.0)
    np.testing.assert_array_equal(resampled(samples, 3).probability, resampled(samples, 3).probability)


def test_selection_flatters_and_the_other_half_tells():
    noisy = sampled(np.zeros((4, 3, 4, 3, 3)), 20, noise=1.0)
    found = hold_out(noisy, seed=1, splits=20)
    assert found.out_of_sample > 2.0 * found.in_sample
    clear = hold_out(sampled(PRISONERS, 40, 0.1), seed=1, splits=20)
    assert (clear.in_sample, clear.out_of_sample, clear.same) == (0.0, 0.0, 1.0)


# ---- bargaining


@pytest.fixture(scope="module")
def line():
    """Shares of a pie of 1, less what the sides have without agreement, .2 and .1."""
    x = np.linspace(0, 1, 1001)
    return np.stack([x - 0.2, 1.0 - x - 0.1]), x


def test_a_linear_frontier_in_closed_form(line):
    gains, x = line
    assert x[nash(gains, 0.6)] == pytest.approx(0.62, abs=1e-3)
    assert x[nash(gains)] == pytest.approx(0.55, abs=1e-3)
    assert x[kalai_smorodinsky(gains)] == pytest.approx(0.55, abs=1e-3)
    assert x[egalitarian(gains)] == pytest.approx(0.55, abs=1e-3)
    assert efficient(gains).all()


def test_risk_aversion_costs_under_nash_and_monotony_tells_the_three_apart():
    x = np.linspace(0, 1, 10_001)
    averse = np.stack([x, (1.0 - x) ** 0.5])
    assert x[nash(averse)] == pytest.approx(2 / 3, abs=1e-4)
    assert x[nash(averse, 0.7)] == pytest.approx(0.823529, abs=1e-4)
    root = (5**0.5 - 1) / 2  # x = sqrt(1 - x)
    assert x[kalai_smorodinsky(averse)] == pytest.approx(root, abs=1e-4)
    assert x[egalitarian(averse)] == pytest.approx(root, abs=1e-4)


def test_scale_moves_the_egalitarian_point_only(line):
    gains, _ = line
    scaled = gains * np.array([[3.0], [1.0]])
    assert nash(scaled) == nash(gains)
    assert kalai_smorodinsky(scaled) == kalai_smorodinsky(gains)
    assert egalitarian(scaled) < egalitarian(gains)


def test_where_nothing_is_better_for_both_there_is_no_solution():
    gains = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert not better_for_both(gains).any()
    assert {int(solve(gains)) for solve in (nash, kalai_smorodinsky, egalitarian)} == {NOWHERE}
