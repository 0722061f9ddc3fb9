"""A class of forty plays while two other hosts try to shut it out, or to freeze its server."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from class_of_forty import held, late, table
from serving import APP, serving

STUDENTS, MONTHS = 40, 2
ATTACKS = Path(__file__).with_name("attacks.py")
AT_MOST = 1.0
"""What an action may take beside an attack, whose own process wants the machine too, as a share of what a run of 2,000
worlds takes that goes on meanwhile."""
SECONDS = 110.0
"""That an attack lasts at most; it is ended when the class is over."""


@contextmanager
def beside(kind: str, url: str):
    """An attack in a process of its own, which stands back behind the class where both want the processor."""
    command = ["nice", "-n", "5", sys.executable, str(ATTACKS), kind, url, str(SECONDS)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        try:
            yield process
            assert process.poll() is None, "it ended before the class did"
        finally:
            process.terminate()


@pytest.mark.parametrize(("kind", "options"), [("shut_out", ("--teach", "token")), ("freeze", ())])
def test_a_class_of_forty_plays_beside_an_attack(tmp_path, kind, options):
    with serving(tmp_path, *APP, *options) as server, beside(kind, server.url):
        found = held(server, STUDENTS, MONTHS, spread=3.0)
    assert len(found.times["give orders"]) == STUDENTS * MONTHS
    assert late(found) < AT_MOST, table(found)


def test_what_two_hosts_try_is_refused_and_ends_by_itself(tmp_path):
    with serving(tmp_path, *APP, "--teach", "token") as server:
        done = subprocess.run(
            [sys.executable, str(ATTACKS), "shut_out", server.url, "20"], capture_output=True, timeout=90, check=True
        )
        rooms = list(server.rooms.glob("*.jsonl"))
    did = json.loads(done.stdout)
    assert did["openings asked for"] > 0
    assert "openings offered" not in did
    assert rooms == []
    assert did["idle connections"] > 100
    assert did["wrong codes"] > 0
