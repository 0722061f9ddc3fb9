"""Bad input stops before anything runs, with exit code 2 and a sentence that says what is allowed."""

import pytest

from sim.ensemble import runner
from sim.scenario.mechanisms import Mechanisms

COMPARE = ("compare", "short.toml", "architectural")
EXPLAIN = ("explain", "{result}", "--world", "1", "--month", "2026-02")
SHARED = ("attribution", "short.toml", "architectural", "transactional")
MAP = ("map", "short.toml", "clarity")
CASES = {
    "an unknown scenario": (("run", "outlok"), "did you mean 'outlook'?"),
    "a folder as scenario": (("run", "."), "is a folder, not a scenario file"),
    "no scenario": (("run",), "SCENARIO"),
    "one word too many": (("run", "short.toml", "long.toml"), "long.toml"),
    "an unknown command": (("rum", "short.toml"), 'Did you mean "run"?'),
    "an unknown option": (("run", "short.toml", "--world", "3"), "--worlds"),
    "no worlds": (("run", "short.toml", "--worlds", "0"), "worlds: must be a whole number from 1 to 10,000,000, got 0"),
    "too many worlds": (("run", "short.toml", "--worlds", str(10**12)), "from 1 to 10,000,000, got 1000000000000"),
    "half a world": (("run", "short.toml", "--worlds", "1.5"), "must be a whole number, got '1.5'"),
    "worlds in words": (("run", "short.toml", "--worlds", "many"), "must be a whole number, got 'many'"),
    "worlds with a mark of Python": (("run", "short.toml", "--worlds", "1_000"), "must be a whole number, got '1_000'"),
    "worlds in another script": (("run", "short.toml", "--worlds", "٣"), "must be a whole number, got '٣'"),
    "a seed in Python's spelling": (("run", "short.toml", "--seed", "1_0"), "must be a whole number, got '1_0'"),
    "a grid in Python's spelling": ((*MAP, "order", "--grid", "1_1"), "must be a whole number, got '1_1'"),
    "a world in Python's spelling": (("replay", "{result}", "--world", "0_1"), "must be a whole number, got '0_1'"),
    "a negative seed": (("run", "short.toml", "--seed", "-1"), "seed: must be a whole number from 0 to 2**64 - 1"),
    "a seed too large": (("run", "short.toml", "--seed", str(2**64)), "from 0 to 2**64 - 1, got 18446744073709551616"),
    "no processes": (("run", "short.toml", "--jobs", "0"), "jobs: must be a whole number from 1 to 256, got 0"),
    "a file as folder": (("run", "short.toml", "--out", "short.toml"), "short.toml: is a file"),
    "a folder in a file": (("run", "short.toml", "--out", "short.toml/x"), "cannot write there"),
    "somebody's folder": (("run", "short.toml", "--out", "."), "is not a folder of results"),
    "one doctrine alone": (COMPARE, "name at least two doctrines"),
    "a misspelt preset": ((*COMPARE, "transactonal"), "did you mean 'transactional'?"),
    "a preset of another actor": ((*COMPARE, "wait_out"), "unknown doctrine of us 'wait_out'"),
    "the same twice": ((*COMPARE, "architectural"), "'architectural' is given twice"),
    "an unknown actor": ((*COMPARE, "aligned", "--actor", "rusia"), "did you mean 'russia'?"),
    "an unknown dial": ((*COMPARE, "aligned:comitment=1"), "did you mean 'commitment'?"),
    "a dial out of range": ((*COMPARE, "aligned:clarity=1.4"), "clarity: must be at most 1, got 1.4"),
    "a dial that is no number": ((*COMPARE, "aligned:clarity=high"), "each dial once and with a number"),
    "a dial without value": ((*COMPARE, "aligned:clarity"), "each dial once and with a number"),
    "a dial twice": ((*COMPARE, "aligned:clarity=1,clarity=0"), "each dial once and with a number"),
    "no dial after the colon": ((*COMPARE, "aligned:"), "each dial once and with a number"),
    "a dial under a number": ((*COMPARE, "aligned:clarity=1,clarity.x=0"), "each dial once and with a number"),
    "weights that do not sum": ((*COMPARE, "aligned:priorities.europe=1"), "must sum to 1"),
    "a change after the end": ((*COMPARE, "aligned", "--since", "2030-01"), "since: must be a month from 2026-01 to"),
    "a change at no month": ((*COMPARE, "aligned", "--since", "soon"), "got 'soon'"),
    "no result": (("explain", "results/none", "--world", "1", "--month", "2026-02"), "no such folder"),
    "no folder of results": (("replay", ".", "--world", "1"), "is not a folder of results"),
    "a world that was not run": (("replay", "{result}", "--world", "5"), "world: must be a whole number from 0 to 4"),
    "a negative world": (("replay", "{result}", "--world", "-1"), "world: must be a whole number from 0 to 4"),
    "no world": (("replay", "{result}"), "--world"),
    "a month outside": ((*EXPLAIN[:-1], "2026-07"), "month: must be from 2026-01 to 2026-06"),
    "no month at all": ((*EXPLAIN[:-1], "spring"), "month: must be from 2026-01 to 2026-06"),
    "an unknown teller": ((*EXPLAIN, "--actor", "congres"), "did you mean 'congress'?"),
    "a doctrine not compared": ((*EXPLAIN, "--doctrine", "aligned"), "(one of architectural, transactional)"),
    "one doctrine to share out": (SHARED[:3], "DOCTRINE_B"),
    "the same dials": ((*SHARED[:3], "architectural:order=0.9"), "do not differ; name two that do"),
    "an unknown outcome": ((*SHARED, "--outcome", "setled"), "did you mean 'settled'?"),
    "an outcome twice": ((*SHARED, "--outcome", "land", "land"), "outcome: 'land' is given twice"),
    "an unknown mechanism": ((*SHARED, "--mechanisms", "levrage"), "did you mean 'leverage'?"),
    "a mechanism twice": ((*SHARED, "--mechanisms", "alarm", "alarm"), "mechanisms: 'alarm' is given twice"),
    "too many mechanisms": (
        (*SHARED, "--mechanisms", *list(Mechanisms.model_fields)[:11]),
        "at most 10 can share a difference, got 11: all their coalitions under both doctrines are 4,096 scenarios",
    ),
    "groups of mechanisms": ((*SHARED, "--channels", "--groups"), "only dials come in groups"),
    "a map of one dial": (MAP, "DIAL_Y"),
    "a dial that is none": ((*MAP, "comitment"), "did you mean 'commitment'?"),
    "a dial against itself": ((*MAP, "clarity"), "two different dials of us, got 'clarity' twice"),
    "two shares of one whole": (("map", "short.toml", "priorities.europe", "priorities.domestic"), "sum to 1"),
    "seats as a dial": ((*MAP[:2], "agenda", "house", "--actor", "congress"), "unknown dial of congress 'house'"),
    "a grid too coarse": ((*MAP, "order", "--grid", "2"), "grid: must be a whole number from 3 to 21, got 2"),
    "an actor without a map": ((*MAP, "order", "--actor", "rusia"), "did you mean 'russia'?"),
    "an unknown list": (("list", "preset"), "did you mean 'presets'?"),
    "nothing to check": (("check",), "name at least one scenario file"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_before_anything_runs(case, doctrine, compared, monkeypatch, tmp_path):
    monkeypatch.setattr(runner, "run_block", lambda *_: pytest.fail("it ran"))
    before = sorted(path.name for path in tmp_path.iterdir())
    words, message = CASES[case]
    answer = doctrine(*(word.format(result=compared) for word in words))
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert "Traceback" not in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_more_worlds_than_fit_into_memory_are_refused_with_the_number_that_fits(doctrine, monkeypatch):
    monkeypatch.setattr("sim.basics.limits.memory", lambda: 10**7)
    answer = doctrine("run", "short.toml", "--worlds", 10_000)
    assert answer.code == 2
    assert "GB of memory and this machine has 0 GB; at most about" in answer.err


def test_all_mistakes_of_a_scenario_are_told_with_their_lines(doctrine, tmp_path):
    (tmp_path / "bad.toml").write_text('extends = "outlook"\nmonths = "six"\n[us]\nclarity = 1.4\n')
    answer = doctrine("run", "bad.toml")
    assert answer.code == 2
    assert answer.err.splitlines() == [
        "bad.toml: 2 mistakes",
        "  line 2   months: must be a whole number, got 'six'",
        "  line 4   us.clarity: must be at most 1, got 1.4",
    ]
