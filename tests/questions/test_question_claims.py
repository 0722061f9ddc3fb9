"""The claims: each can come out false, what decides it is measured as said, and the table says what was found."""

import itertools
import shlex

import numpy as np
import pandas as pd
import pytest
import toys
import xarray as xr

from sim import record
from sim.basics import draws
from sim.basics.limits import InputError
from sim.cli import app
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison
from sim.questions.claims import all_claims, claim_sentences, evaluation, readings
from sim.questions.claims.all_claims import CLAIMS
from sim.questions.claims.claim import HALF_OF_RECORD, NO, YES
from sim.questions.claims.judgement import CONTRADICTED, SUPPORTED, UNDECIDED, agreed, combined
from sim.questions.claims.measures import (
    DEFAULT,
    SOURCES,
    ChanceOfMore,
    Difference,
    Lived,
    RollCalls,
    ShareDone,
    decibans,
)
from sim.questions.claims.readings import HOUSE, SESSION, Change, Reading, Variant, lived, split
from sim.questions.infer import inference, robustness
from sim.record import facts, stamps, tables
from sim.scenario import Scenario, load

pytestmark = pytest.mark.long

WORLDS = 150
ENSEMBLE = Ensemble(WORLDS)
ENOUGH = Ensemble(600)
"""Worlds in which a share of the few truces that there are is known well enough to be called nothing."""
ONE, OTHER = Variant("outlook"), Variant("outlook", "architectural")
COUNT = Reading("talks", "sum")


def measured_in(lives: dict) -> Lived:
    """Worlds made by hand."""
    return Lived(DEFAULT, ENSEMBLE, lives)


def judged(
    name: str, off: tuple[str, ...] = (), parameters: dict | None = None, ensemble: Ensemble = ENSEMBLE
) -> pd.DataFrame:
    """The rows of a claim with some mechanisms off, by statistic."""

    def change(scenario: Scenario) -> Scenario:
        changed = scenario.with_mechanisms(**dict.fromkeys(off, False))
        return changed.with_parameters(parameters) if parameters else changed

    return evaluation.evaluated([CLAIMS[name]], ensemble, change, over_prior=False).set_index("statistic")


# ---- each claim can come out false

OFF = {
    "C1": (("leverage", "option_value"), ("pressure", "clarity")),
    "C2": (("hedging", "alarm", "free_riding"), ("rise", "beyond")),
    "C3": (("leverage", "constructive_ambiguity"), ("ambiguity",)),  # terms rest on what guarantees cost as well
    "C3'": (("guarantees", "fragility", "temptation"), ("clear peace", "kept peace", "kept truce")),
    "C4": (("other_theatres",), ("wanted",)),  # where nothing falls, no fall is the larger
    "C5": (("agenda_gate",), ("delay",)),
    "C6": (("talks",), ("precedent",)),
    "C7": (("institutions",), ("posture", "outcomes")),  # sanctions come by acts, which are slow by themselves
    "C9": (("reading",), ("month 3", "deals")),
}
"""By claim: the mechanisms that carry it, and the statistics that are no longer as claimed without them."""
UNMOVED = {"europe": {"pressed": 0.0, "posture_weight": 0.0, "need_weight": 0.0}}


@pytest.mark.parametrize("name", OFF)
def test_without_the_mechanism_that_carries_it_nothing_is_as_claimed(name: str) -> None:
    off, carried = OFF[name]
    found = judged(name, off, UNMOVED if name == "C2" else None, ENOUGH)
    assert set(found.loc[list(carried), "verdict"]) == {CONTRADICTED}
    assert set(found["claim_verdict"]) <= {CONTRADICTED, UNDECIDED}
    if name == "C4":  # not even to the last digit
        assert (found[["default", "default_low", "default_high"]] == 0.0).all(axis=None)


def test_c2_without_fear_far_less_of_the_rise_is_left() -> None:
    as_it_is = record.table(evaluation.TABLE).query("claim == 'C2'").set_index("statistic")
    fearless = judged("C2", ("hedging", "alarm"))
    assert as_it_is["claim_verdict"].iloc[0] == SUPPORTED
    left = fearless["default"] / as_it_is["default"]
    assert left["beyond"] < 0.25
    assert left["rise"] < 0.5  # a front that lacks American arms needs more, and members are pressed


TOYS = [
    ("C1", toys.deaf, CONTRADICTED),
    ("C3", toys.pliable, SUPPORTED),
    ("C3", toys.unthreatened, CONTRADICTED),
    ("C4", toys.torn, SUPPORTED),
    ("C4", toys.undistracted, CONTRADICTED),
    ("C6", toys.professional, SUPPORTED),
    ("C6", toys.friendly, CONTRADICTED),
    ("C7", toys.rooted, SUPPORTED),
    ("C7", toys.on_paper, CONTRADICTED),
    ("C9", toys.suspicious, SUPPORTED),
    ("C9", toys.twins, CONTRADICTED),
    ("C9", toys.told_apart, CONTRADICTED),
]
"""A claim, what makes a world in which it is true, or false, by construction, and what must come out there."""


@pytest.mark.parametrize(("name", "change", "verdict"), TOYS)
def test_a_world_made_for_a_claim_or_against_it_says_so(name: str, change: Change, verdict: str) -> None:
    ensemble = ENOUGH if name == "C9" else ENSEMBLE  # what few agreements turn on
    found = evaluation.evaluated([CLAIMS[name]], ensemble, change, over_prior=False)
    said = found.loc[found["decides"], ["text", "default", "default_how", "posterior_how"]].to_string()
    assert set(found["claim_verdict"]) == {verdict}, said


@pytest.mark.parametrize(
    ("chances", "verdict"),
    [
        ({"transactional": [0.99, 0.98], "aligned": [0.005, 0.01]}, SUPPORTED),
        ({"transactional": [0.01, 0.02], "aligned": [0.98, 0.97]}, CONTRADICTED),
        ({"transactional": [0.99, 0.01], "aligned": [0.005, 0.98]}, UNDECIDED),
    ],
)
def test_c8_comes_out_as_the_record_has_it(monkeypatch: pytest.MonkeyPatch, chances: dict, verdict: str) -> None:
    """With inferences made by hand: for, against, and turned by a coding."""
    varied = pd.DataFrame({"group": [robustness.BASE, robustness.CODING], **chances})
    found = pd.DataFrame({"group": [robustness.BOUND], "transactional": [0.0], "aligned": [1.0]})
    monkeypatch.setattr(inference, "posed", lambda *_: None)
    monkeypatch.setattr(inference, "simulated", lambda *_: None)
    monkeypatch.setattr(inference, "findings", lambda *_: None)
    monkeypatch.setattr(robustness, "table", lambda *_: pd.concat([varied, found], ignore_index=True))
    monkeypatch.setattr("sim.questions.infer.conclusion.concluded", lambda *_: type("Sure", (), {"doubts": []}))
    table = evaluation.evaluated([CLAIMS["C8"]], Ensemble(), over_prior=False)
    assert table["claim_verdict"].tolist() == [verdict]


# ---- how it is measured


def test_variants_are_those_of_the_tests_of_the_claims(outlook: Scenario) -> None:
    month = outlook.start
    for variant, change in (
        (all_claims.VAGUE, {"clarity": 0.0}),
        (all_claims.COMMITTED, {"commitment": 1.0}),
    ):
        built, meant = variant.built(), outlook.with_doctrine("us", change, since=month)
        assert built.doctrine("us", month) == meant.doctrine("us", month)
        assert (built.mechanisms, built.parameters, built.events) == (meant.mechanisms, meant.parameters, meant.events)


def test_the_crisis_is_the_one_that_ships() -> None:
    mine = Variant("architectural", crisis=all_claims.CRISIS_MONTH).built()
    shipped = load("indo_pacific_crisis")
    found, meant = ([(e.month, e.theatre, e.size) for e in s.events if e.kind == "crisis"] for s in (mine, shipped))
    assert found == meant


def test_worlds_are_shared_and_every_variant_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    original = readings.survey

    def counted(scenarios, *rest, **more):
        asked.append(len(scenarios))
        return original(scenarios, *rest, **more)

    monkeypatch.setattr(readings, "survey", counted)
    other = Variant("history", months=3)
    need = [(ONE, COUNT), (OTHER, COUNT), (ONE, COUNT), (ONE, Reading("need")), (other, COUNT)]
    told = []
    found = lived(need, "one", Ensemble(5, progress=lambda done, total: told.append((done, total))))
    assert asked == [2, 1]
    assert len(found) == 4
    assert told[-1] == (5 * (36 + 36 + 3),) * 2
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_difference_is_taken_world_by_world_and_a_missing_world_left_out() -> None:
    lives = {(ONE, COUNT): np.array([2.0, 4.0, np.nan, 6.0]), (OTHER, COUNT): np.array([1.0, 2.0, 1.0, 3.0])}
    found = Difference(COUNT, ((1.0, ONE), (-1.0, OTHER))).estimate(measured_in(lives))
    assert (found.value, found.level) == (2.0, 2.0)
    np.testing.assert_allclose([found.low, found.high], 2.0 + np.array([-1.0, 1.0]) * 4.302652729911275 / np.sqrt(3.0))


def test_the_chance_of_more_counts_pairs_and_halves_ties() -> None:
    rng = np.random.default_rng(5)
    one, other = rng.integers(0, 9, 40).astype(float), rng.integers(0, 6, 40).astype(float)
    pairs = [(a > b) + 0.5 * (a == b) for a, b in itertools.product(one, other)]
    measure = ChanceOfMore(COUNT, ONE, OTHER)
    found = measure.estimate(measured_in({(ONE, COUNT): one, (OTHER, COUNT): other}))
    assert found.value == pytest.approx(np.mean(pairs))
    assert found.low < found.value < found.high
    same = measure.estimate(measured_in({(ONE, COUNT): one, (OTHER, COUNT): one}))
    assert (same.value, same.low, same.high) == pytest.approx((0.5, 0.5, 0.5))


def test_a_share_of_change_is_set_against_that_of_words() -> None:
    measure = ShareDone("sanctions", "us_announced", "2025-03", "2027-12", ONE, OTHER)
    changes = {"sanctions": (-0.2, -0.8), "us_announced": (-0.3, -0.4)}
    lives = {
        (variant, reading): np.full(40, changes[reading.variable][reading.last == "2027-12"] if variant == ONE else 0.0)
        for variant, reading in measure.needs
    }
    found = measure.estimate(measured_in(lives))
    assert (found.value, found.low, found.high) == pytest.approx((-0.5, -0.5, -0.5))


def test_a_bloc_has_no_minority_and_a_house_in_halves_has_the_largest() -> None:
    loyal = load("history").doctrine("congress", "2023-06").house.order_majority
    rest = HOUSE - loyal
    assert SESSION == "118th"
    ayes = [[HOUSE, np.nan], [loyal, np.nan], [loyal + rest / 2, np.nan], [loyal + rest / 4, HOUSE], [np.nan] * 2]
    found = split(xr.DataArray([ayes], dims=("doctrine", "world", "month"))).to_numpy()[0]
    np.testing.assert_allclose(found, [0.0, 0.0, 0.5, 0.125, np.nan])


def test_half_of_the_split_on_record_is_half_of_it() -> None:
    shares = [value for name, value in facts.congress().items() if name.startswith("republican_ayes_202")]
    late = [min(share, 1.0 - share) for share in shares[1:]]
    assert len(late) == 2
    assert np.mean(late) / 2.0 == pytest.approx(HALF_OF_RECORD, abs=0.005)


def test_a_bloc_misses_more_unseen_votes_than_factions_do() -> None:
    found = RollCalls().estimate(measured_in({}))
    fit = record.table("congress_fit")
    missed = (fit["left_out"] - fit["observed"]).abs().mean()
    assert found.value == pytest.approx(found.level - missed)
    assert 0.0 < found.low < found.value


def test_odds_are_cut_at_what_the_worlds_can_tell() -> None:
    odds = decibans(np.array([0.9, 1.0]), np.array([0.09, 0.0]))
    assert odds[0] == pytest.approx(10.0)
    assert odds[1] > 1000.0


# ---- what is asked, and what is said


def test_claims_are_named_in_any_case_and_come_in_their_order() -> None:
    assert [claim.name for claim in evaluation.claims_named(["C3'", "c1"])] == ["C1", "C3'"]
    assert list(CLAIMS) == [claim.name for claim in evaluation.claims_named([])]
    with pytest.raises(InputError, match=r"'C10'.*C9"):
        evaluation.claims_named(["C10"])
    with pytest.raises(InputError, match="given twice"):
        evaluation.claims_named(["C3'", "C3-reply"])


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_says_what_would_refute_it_and_what_is_built_in(name: str) -> None:
    claim = CLAIMS[name]
    assert claim.refuted
    assert claim.built_in
    for statistic in claim.statistics:
        assert len(statistic.text) <= 45
        assert statistic.matters > 0.0 or statistic.width > 0.0
        for command in statistic.contrast.split("; "):
            program, *words = shlex.split(command)
            assert program == "doctrine"
            function, bound, _ = app.parse_args(words, exit_on_error=False, print_error=False)
            if function.__name__ == "compare":
                scenario, *doctrines = bound.args
                actor = bound.kwargs.get("actor", "us")
                assert len(comparison(scenario, doctrines, actor, bound.kwargs.get("since")).scenarios) == 2


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return record.table(evaluation.TABLE)


def test_the_table_that_ships_is_up_to_date(shipped: pd.DataFrame) -> None:
    """After a change of what worlds do under the claims: doctrine claims --ship --force."""
    words = shipped["command"].iloc[0].split()
    stamp = record.table(evaluation.STAMP)
    assert set(stamp["seed"]) == {int(words[words.index("--seed") + 1])}
    assert stamps.outdated(stamp, evaluation.stamp(list(CLAIMS.values()), int(stamp["seed"].iloc[0]))) == ""
    texts = [statistic.text for claim in CLAIMS.values() for statistic in claim.statistics]
    assert shipped["text"].tolist() == texts
    assert (tables.FOLDER / f"{evaluation.TABLE}.csv").is_file()


def test_a_changed_draw_or_default_makes_it_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    one = [CLAIMS["C4"]]
    now = evaluation.stamp(one, 1)
    with monkeypatch.context() as changed:
        key = draws.stream_key
        changed.setattr(draws, "stream_key", lambda name: key(name) ^ (name == "front"))
        assert "worlds say something else" in stamps.outdated(now, evaluation.stamp(one, 1))
    original = Variant.built
    monkeypatch.setattr(Variant, "built", lambda self: original(self).with_parameters({"front": {"persistence": 0.5}}))
    assert "worlds say something else" in stamps.outdated(now, evaluation.stamp(one, 1))


def test_the_shipped_verdicts_follow_from_the_shipped_numbers(shipped: pd.DataFrame) -> None:
    for name, part in shipped.groupby("claim"):
        refuted_by = CLAIMS[str(name)].refuted_by
        deciding = part[part["decides"]]
        whole = [combined(deciding[f"{source}_verdict"].tolist(), refuted_by) for source in SOURCES]
        assert part["claim_verdict"].iloc[0] == agreed(whole)
    sure = shipped[shipped["default_verdict"] == SUPPORTED]
    assert (sure["default_effect"] >= 1.0).all()
    against = shipped[(shipped["default_verdict"] == CONTRADICTED)]
    assert (against["default_effect_high"] < 1.0).all()


def test_the_count_adds_up_and_is_the_title(shipped: pd.DataFrame) -> None:
    found = claim_sentences.count(shipped)
    assert sum(found.values()) == len(CLAIMS) == 10
    for verdict, number in found.items():
        assert f"{number} " in claim_sentences.title(shipped)
        assert verdict in claim_sentences.title(shipped)


def test_no_reader_takes_an_input_for_a_finding(shipped: pd.DataFrame) -> None:
    said = claim_sentences.sentences(shipped)
    for name, claim in CLAIMS.items():
        (text,) = [sentence for sentence in said if sentence.startswith(f"{name} ")]
        assert f"Built in: {claim.built_in}" in text
    head, rows, _ = claim_sentences.grid(shipped)
    cells = [row[0] for row in rows]
    for statistic in [s for claim in CLAIMS.values() for s in claim.statistics]:
        (cell,) = [cell for cell in cells if cell[2:].startswith(statistic.text)]
        assert cell.startswith("  " if statistic.decides else "- ")
        assert cell.endswith(" **") == (statistic.built_in == YES)
        assert ("*" in cell) == (statistic.built_in != NO)
    assert len(head) == 4


def test_where_only_inputs_hold_the_sentence_says_so() -> None:
    rows = record.table(evaluation.TABLE).query("claim == 'C7' and statistic != 'sanctions'")
    assert set(rows.loc[rows["verdict"] == SUPPORTED, "built_in"]) == {YES}
    assert "all that holds under both sets of parameters is built in" in claim_sentences.brief(rows)


def test_the_table_fits_the_screen(shipped: pd.DataFrame) -> None:
    head, rows, _ = claim_sentences.grid(shipped)
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    assert 2 + sum(widths) + 2 * (len(widths) - 1) <= 110
