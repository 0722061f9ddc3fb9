"""How many processes work where nobody said: two where there are cores and they pay."""

import pytest

from sim.cli import options
from sim.cli.options import Output


@pytest.mark.parametrize(("cores", "few", "many", "drawers"), [(1, 1, 1, 0), (2, 1, 2, 1), (64, 1, 2, 1)])
def test_two_at_most_and_no_more_than_there_are_cores(cores, few, many, drawers, monkeypatch):
    monkeypatch.setattr(options, "cores", lambda: cores)
    assert (Output().processes(10_000), Output().processes(10_001), Output().drawers) == (few, many, drawers)


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_is_asked_for_holds(jobs):
    asked = Output(jobs=jobs)
    assert (asked.processes(), asked.processes(1_000_000), asked.drawers) == (jobs, jobs, jobs - 1)


def test_none_is_no_number(doctrine):
    answer = doctrine("run", "short.toml", "--jobs", 0)
    assert answer.code == 2
    assert "jobs: must be a whole number from 1" in answer.err
