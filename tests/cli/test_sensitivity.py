"""`sensitivity`, `regret`, and what `discover` says where its library is not installed."""

import json

import pandas as pd
import pytest

from sim import record
from sim.ensemble import runner
from sim.estimation.priors import PRIORS

pytestmark = pytest.mark.long

SMALL = ("--base", 16, "--lucks", 2)
OUTCOMES = ("--outcome", "us_cost", "--outcome", "land")


def test_sensitivity_writes_indices_convergence_flips_and_figures(doctrine, tmp_path):
    answer = doctrine("sensitivity", "short.toml", "architectural", "transactional", *OUTCOMES, *SMALL)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0].startswith(
        f"Half a year: {len(PRIORS)} parameters over the prior, {16 * 2 * (len(PRIORS) + 2):,} worlds under each"
    )
    folder = tmp_path / "results" / "sensitivity"
    indices = pd.read_csv(folder / "indices.csv")
    assert set(indices["quantity"]) == {"architectural", "transactional", "difference"}
    assert len(indices) == 3 * 2 * len(PRIORS)
    assert set(pd.read_csv(folder / "convergence.csv")["points"]) == {4, 8, 16}
    assert pd.read_csv(folder / "flips.csv")["outcome"].tolist() == ["us_cost", "land"]
    assert len(pd.read_csv(folder / "points.csv")) == 32
    assert (folder / "figures" / "indices.png").is_file()


def test_sensitivity_over_the_posterior_says_what_it_leaves_out(doctrine):
    words = ("sensitivity", "short.toml", "--over", "posterior", "--outcome", "us_cost", *SMALL, "--json")
    answer = doctrine(*words)
    found = json.loads(answer.out)
    assert found["command"] == (
        "doctrine sensitivity short.toml architectural transactional --over posterior --outcome us_cost --base 16 "
        "--lucks 2 --seed 1"
    )
    assert "take the posterior's parameters as independent" in " ".join(found["found"])
    assert len(found["tables"]["points"]) == len(record.table("posterior"))


def test_sensitivity_is_the_same_again_and_in_two_processes(doctrine):
    words = ("sensitivity", "short.toml", "--outcome", "us_cost", "--base", 16, "--lucks", 8, "--json", "--force")
    once, again = (json.loads(doctrine(*words, "--jobs", jobs).out)["tables"] for jobs in (1, 2))
    assert once == again


def test_a_parameter_that_the_scenario_sets_is_not_varied(doctrine, tmp_path):
    (tmp_path / "set.toml").write_text('extends = "short.toml"\n[parameters.front]\npull = 0.004\n')
    found = json.loads(doctrine("sensitivity", "set.toml", "--outcome", "land", *SMALL, "--json").out)
    varied = {row["parameter"] for row in found["tables"]["indices"]}
    assert varied == set(PRIORS) - {"front.pull"}


def test_regret_of_one_world_has_no_interval_and_heads_in_words(doctrine):
    answer = doctrine("regret", "architectural", "transactional", "--scenario", "short.toml", "--worlds", 1)
    assert (answer.code, answer.err) == (0, "")
    assert "durable_months" not in answer.out
    assert "Months of peace" in answer.out
    assert "One world cannot tell doctrine from luck." in " ".join(answer.out.split())


def test_regret_says_which_doctrine_is_regretted_least(doctrine, tmp_path):
    words = ("regret", "architectural", "transactional", "--scenario", "short.toml", "--outcome", "us_cost")
    answer = doctrine(*words, "--worlds", 20)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "Regret of 2 doctrines in 1 scenario, 20 worlds, seed 1"
    assert "transactional has the smallest largest regret, 0.0 EUR bn" in " ".join(answer.out.split())
    table = pd.read_csv(tmp_path / "results" / "regret" / "minimax.csv")
    assert table.loc[table["minimax"], "doctrine"].tolist() == ["transactional"]
    assert (tmp_path / "results" / "regret" / "figures" / "regret.png").is_file()


def test_discover_says_how_to_install_what_it_needs(doctrine, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ema_workbench.analysis.prim", None)
    answer = doctrine("discover", "short.toml")
    assert (answer.code, answer.out) == (2, "")
    assert "python -m pip install 'doctrine-sim[explore]'" in answer.err


CASES = {
    "one doctrine": (("sensitivity", "short.toml", "architectural"), "name two doctrines, or none for"),
    "no power of 2": (("sensitivity", "--base", "100"), "base: must be a power of 2 from 16 to 65,536, such as 64"),
    "an odd number of lucks": (("sensitivity", "--lucks", "3"), "lucks: must be an even number from 2 to 1,000, got 3"),
    "an unknown outcome": (("sensitivity", "--outcome", "lnd"), "did you mean 'land'?"),
    "an unknown spread": (("sensitivity", "--over", "posteriors"), "did you mean 'posterior'?"),
    "too many worlds": (("sensitivity", "--base", "65536", "--lucks", "1000"), "worlds: must be a whole number from 1"),
    "a threshold in Python's spelling": (("discover", "outlook", "--above", "1_0"), "must be a number, got '1_0'"),
    "a threshold that is none": (("discover", "outlook", "--below", "nan"), "must be a number, got 'nan'"),
    "a threshold without end": (("discover", "outlook", "--below", "1e400"), "must be a number, got '1e400'"),
    "a threshold of nothing": (("discover", "outlook", "--above", "1"), "a threshold needs an outcome"),
    "an outcome without a threshold": (("discover", "outlook", "--outcome", "land"), "say when it fails, with --above"),
    "both thresholds": (
        ("discover", "outlook", "--outcome", "land", "--above", "1", "--below", "2"),
        "say when it fails, with --above",
    ),
    "a failure of nothing known": (("discover", "outlook", "--outcome", "lnd", "--above", "1"), "did you mean 'land'?"),
    "no boxes": (("discover", "outlook", "--boxes", "0"), "boxes: must be a whole number from 1 to 9, got 0"),
    "one doctrine to regret": (("regret", "aligned"), "name at least two doctrines"),
    "an outcome without a direction": (("regret", "--outcome", "need"), "of which more is better, or less, 'need'"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_before_anything_runs(case, doctrine, monkeypatch, tmp_path):
    monkeypatch.setattr(runner, "run_block", lambda *_: pytest.fail("it ran"))
    words, message = CASES[case]
    answer = doctrine(*words)
    assert (answer.code, answer.out) == (2, "")
    assert message in " ".join(answer.err.split())
    assert "Traceback" not in answer.err
    assert not (tmp_path / "results").exists()


def test_any_actors_doctrines_can_be_asked_about(doctrine):
    answer = doctrine("regret", "--actor", "europe", "--scenario", "short.toml", "--worlds", 10, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["command"].startswith("doctrine regret --actor europe --scenario short.toml")
    refused = doctrine("sensitivity", "short.toml", "--actor", "russia")
    assert (refused.code, refused.err) == (2, "doctrine: sensitivity: name two doctrines of russia; got 0\n")
    unknown = doctrine("regret", "--actor", "mars")
    assert "unknown actor 'mars'" in unknown.err


def test_the_question_is_looked_at_before_the_place_and_the_place_before_the_work(doctrine, monkeypatch):
    asked = ("regret", "architectural", "aligned", "--scenario", "short.toml", "--worlds", 10)
    assert doctrine(*asked).code == 0
    monkeypatch.setattr(
        runner, "run_block", lambda _: pytest.fail("worlds are simulated for an answer without a place")
    )
    assert "unknown actor 'mars'" in doctrine(*asked, "--actor", "mars").err
    assert "is there already" in doctrine(*asked).err
