"""The bench against a commit: what it reads of a command, and how it judges."""

import os

import pytest

from bench.before import COMPARISON, ROOT, Waited, _rows, session_cpu, timed

pytestmark = pytest.mark.long

linux = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")  # noqa: PTH112


@linux
def test_findings_come_before_the_end():
    ran = timed(ROOT, ("compare", "classroom", "architectural", "transactional", "--worlds", "3", "--jobs", "1"))
    assert 0.0 < ran.found < 0.8 * ran.cpu
    assert ran.wall > 0.0


@linux
def test_a_command_that_fails_is_an_error():
    with pytest.raises(RuntimeError, match="exit code 2"):
        timed(ROOT, ("compare", "nothing", "here"))


@linux
def test_of_a_session_that_is_not_there_nothing_is_counted():
    assert session_cpu(-1) == 0.0
    assert session_cpu(os.getsid(0)) > 0.0


def test_the_median_of_the_pairs_is_held_against_the_target():
    before = Waited(found=10.0, cpu=10.0, wall=10.0)
    pairs = [(before, Waited(found, 9.0, wall)) for found, wall in ((2.0, 5.0), (2.4, 7.0), (9.0, 6.0))]
    found, whole, _ = _rows(COMPARISON, pairs)
    assert (found["ratio"], found["reached"]) == (0.24, "yes")
    assert (whole["ratio"], whole["reached"]) == (0.6, "no")
