"""The commands of docs/how-to/run-on-a-cluster.md, small: one process, resuming, and a dask cluster in this process."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from pages import ROOT, blocks, commands

from sim import cli, ensemble
from sim.answers import ensemble_answer
from sim.cli.exits import INTERRUPTED
from sim.ensemble import batches
from sim.store import unfinished
from sim.store.provenance import sha256

pytestmark = pytest.mark.long

PAGE = ROOT / "docs" / "how-to" / "run-on-a-cluster.md"
SMALL = {"1000000": "40", "10000000": "40", "16": "1"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, no figures, batches of which small runs have several."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").write_text("<html>")
    )
    monkeypatch.setattr("sim.cli.options.cores", lambda: 1)
    for module in (ensemble, batches, unfinished):
        monkeypatch.setattr(module, "BLOCK", 16)
    return tmp_path


def told() -> list[list[str]]:
    """The commands of the page with small numbers, each in full."""
    page = [words for block in blocks(PAGE) if block.language == "sh" for words in commands(block)]
    slurm = [line for block in blocks(PAGE) for line in block.text.splitlines() if line.startswith("doctrine")]
    return [[SMALL.get(word, word) for word in words] for words in [*page, shlex.split(slurm[-1])]]


def interrupted(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command and press Ctrl-C when two batches are done."""
    add = unfinished.Unfinished.add

    def stopping(run: Any, batch: Any, found: Any) -> None:
        add(run, batch, found)
        if len(run.done()) > 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(unfinished.Unfinished, "add", stopping)
        assert cli.main([word for word in words if word != "--resume"]) == INTERRUPTED


def test_the_commands_run_and_give_the_same_bytes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    alone = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    sums = []
    with LocalCluster(protocol="tcp", host="127.0.0.1", local_directory=str(here / "dask"), **alone) as cluster:
        for number, words in enumerate(told()):
            at = [cluster.scheduler_address if word in ("tcp://SCHEDULER:8786", "$ADDRESS") else word for word in words]
            full = [*at[1:], "--no-paths", "--quiet", "--out", str(here / str(number))]
            if "--resume" in full:
                interrupted(full, monkeypatch)
            assert cli.main(full) == 0, shlex.join(words)
            sums.append(sha256(here / str(number)))
    assert len(sums) == 4
    assert all(one == sums[0] for one in sums)


def test_what_the_page_says_of_limits_is_so() -> None:
    from sim.ensemble import BLOCK
    from sim.ensemble.processes import RETRIES
    from sim.store import world_table
    from sim.store.result_folder import PATHS_UP_TO

    text = PAGE.read_text(encoding="utf-8")
    assert f"batches of {BLOCK:,} worlds" in text
    assert f"Above {PATHS_UP_TO:,} worlds" in text
    assert f"above {world_table.UP_TO:,} the table" in text
    assert RETRIES == 2
    assert "again twice" in text
    assert (ROOT / "tests/ensemble/test_cluster.py").is_file()
