"""`infer`: what it prints, what it writes, and what it refuses."""

import json

import pandas as pd
import pytest

from sim import figures
from sim.questions.infer import conduct

pytestmark = pytest.mark.long

WORLDS = ("--worlds", 60)
LAST = conduct.covered()[-1]
TABLES = ("posterior", "evidence", "calibration", "scores", "check", "information", "robustness")
FIGURES = ("posterior", "evidence", "robustness", "calibration", "information")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A short way through the record: two doctrines, and a year ahead that is cut to three months."""
    place = tmp_path_factory.mktemp("infer")
    (place / "brief.toml").write_text('extends = "history"\nmonths = 40\n')
    return place / "brief.toml"


def test_infer_says_what_it_found_and_writes_tables_and_figures(doctrine, small, tmp_path):
    answer = doctrine("infer", small, "transactional", "aligned", *WORLDS, "--out", "mine")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == f"The record of 2025-02 to {LAST} against 2 doctrines: 60 worlds each, seed 1"
    assert lines[2].split() == ["after", "transactional", "aligned"]
    assert lines[3].split() == ["2025-01,", "prior", "0.500", "0.500"]
    assert max(map(len, lines[:-1])) <= 80
    files = {path.name for path in (tmp_path / "mine").iterdir()}
    assert files == {*(f"{name}.csv" for name in TABLES), "answer.json", "figures"}
    drawn = {path.name for path in (tmp_path / "mine" / "figures").iterdir()}
    assert drawn == {f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")}
    posterior = pd.read_csv(tmp_path / "mine" / "posterior.csv")
    assert posterior.groupby("month")["probability"].sum().round(9).eq(1.0).all()
    about = json.loads((tmp_path / "mine" / "answer.json").read_text())
    assert about["command"] == "doctrine infer brief.toml transactional aligned --worlds 60 --seed 1"


def test_infer_in_json_with_a_prior(doctrine, small):
    words = ("transactional", "aligned", "--prior", "3,1", "--since", "2025-03", *WORLDS, "--json")
    found = json.loads(doctrine("infer", small, *words).out)
    assert found["command"].endswith("--since 2025-03 --prior 3,1 --worlds 60 --seed 1")
    first = found["tables"]["posterior"][:2]
    assert [(row["month"], row["probability"]) for row in first] == [("2025-03", 0.75), ("2025-03", 0.25)]
    assert set(found["tables"]) == set(TABLES)


def test_findings_are_on_the_screen_before_figures_are_drawn_and_a_failure_there_writes_nothing(
    doctrine, small, monkeypatch, tmp_path
):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(figures, "save", fail)
    answer = doctrine("infer", small, "transactional", "aligned", *WORLDS, "--out", "mine")
    assert answer.code == 1
    assert "Posterior, equal prior odds" in answer.out
    assert "In mine" not in answer.out
    assert not (tmp_path / "mine").exists()


BAD = {
    "one doctrine": (("history", "aligned"), "name at least two doctrines"),
    "no scenario": (("hystory",), "did you mean 'history'"),
    "no doctrine": (("history", "aligned", "transactionl"), "did you mean 'transactional'"),
    "a scenario without the record": (("outlook",), f"cannot be held against the record of conduct, 2025-01 to {LAST}"),
    "no month": (("history", "--since", "soon"), "since: must be a month from"),
    "too few worlds": (("history", "--worlds", "5"), "worlds: must be at least 50 to learn from, got 5"),
    "no prior": (("history", "--prior", "even"), "prior: must be numbers with commas between them"),
    "half a prior": (("history", "--prior", "1,1"), "prior: must be 3 numbers above 0"),
    "a prior that is not finite": (("history", "--prior", "1,1,inf"), "prior: must be numbers with commas"),
    "a prior in Python's words": (("history", "--prior", "1,1,1_0"), "prior: must be numbers with commas"),
    "a prior of nothing": (("history", "--prior", "1,1,0"), "prior: must be 3 numbers above 0"),
    "a prior that rules out": (("history", "--prior", "1,1,1e-320"), "prior: no number may be more than 1,000,000"),
    "a prior that overflows": (("history", "--prior", "1e300,1e308,1e308"), "prior: no number may be more than"),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_before_anything_runs(bad, doctrine, tmp_path):
    words, text = BAD[bad]
    answer = doctrine("infer", *words)
    assert (answer.code, answer.out) == (2, "")
    assert text in answer.err
    assert not (tmp_path / "results").exists()
