"""The benchmark from end to end, as small as it gets, and its page."""

import json
import platform
from importlib import metadata
from pathlib import Path

import pandas as pd
import pytest

from bench import peers, scaling
from bench.__main__ import ROOT, write
from bench.clock import Stopwatch, quickest
from bench.page import TEMPLATE, page
from bench.results import Results, measured
from bench.section import NOT_YET, put_there, section, written_there
from bench.sizes import QUICK
from bench.text import markdown, shown
from sim import record

pytestmark = pytest.mark.long

TINY = QUICK._replace(
    repetitions=1, worlds=64, months=3, blocks=(32, 64), worlds_in_blocks=64, ensembles=(32, 64), scaling_worlds=32
)


@pytest.fixture(scope="module")
def results() -> Results:
    return measured(TINY, lambda _: None)


def test_every_table_is_on_the_page(results: Results) -> None:
    text = page(results)
    for name, table in results.tables().items():
        assert name == "floor" or markdown(table) in text, name
    assert "{" not in text
    assert "nan" not in text.lower().replace("nano", "")


def test_the_page_names_neither_the_machine_nor_its_folders(results: Results) -> None:
    text = page(results) + json.dumps(results.as_data())
    assert platform.node() not in text
    assert str(Path.home()) not in text
    assert str(ROOT) not in text


def test_three_files_are_written(results: Results, tmp_path: Path) -> None:
    written = write(results, tmp_path / "docs", tmp_path / "numbers")
    assert [file.name for file in written] == ["performance.md", "performance.png", "performance.json"]
    assert json.loads(written[2].read_text(encoding="utf-8"))["stages"][0]["stage"] == "calendar"


def test_the_committed_page_is_of_this_template() -> None:
    headings = [line for line in TEMPLATE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for committed in (ROOT / "docs").glob("performance.md"):
        lines = committed.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.startswith("#")] == headings


def test_what_a_user_waits_for_stays_on_the_page_until_it_is_measured_again(results: Results, tmp_path: Path) -> None:
    there, table = tmp_path / "performance.md", pd.DataFrame({"target": ["all of it"], "ratio": [0.5]})
    assert written_there(there) == NOT_YET
    there.write_text(page(results), encoding="utf-8")
    for revision in ("abc", "def"):
        said = section(table, revision, 3, "1.5")
        put_there(there, said)
        assert written_there(there) == said
        assert page(results, said) == there.read_text(encoding="utf-8")


def test_a_peer_that_is_not_installed_gives_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(peers.metadata, "version", missing)
    found, lines = peers.against_peers(TINY)
    assert found["runner"].tolist() == [peers.OURS, peers.LOOP]
    assert len(lines) == len(peers.PEERS)
    assert all(peers.INSTALL in line for line in lines)


def test_europe_in_more_members_has_what_it_had() -> None:
    table, twice = record.members(), scaling.repeated(2)
    assert len(twice) == 2 * len(table)
    assert twice["member"].is_unique
    assert twice["budget"].sum() == pytest.approx(table["budget"].sum())
    assert scaling.repeated(1).equals(table)


def test_every_case_is_timed_in_every_round() -> None:
    order: list[str] = []
    found = quickest({name: lambda name=name: lambda: order.append(name) for name in "ab"}, 2)
    assert order == ["a", "b", "b", "a"]
    assert all(time.wall > 0.0 for time in found.values())


def test_the_outer_of_two_stopwatches_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr("bench.clock.time.process_time", lambda: next(now))
    watch = Stopwatch()
    watch.timing("outer", watch.timing("inner", lambda: None))()
    assert watch.seconds == {"outer": 1.0 + 4.0, "inner": 2.0}


@pytest.mark.parametrize(("value", "text"), [(999.6, "1,000"), (0.0123456, "0.0123"), (12.0, "12.0"), (0.0, "0")])
def test_numbers_have_three_figures(value: float, text: str) -> None:
    assert shown(value) == text


def test_columns_line_up() -> None:
    lines = markdown(pd.DataFrame({"name": ["a", "bcd"], "x": [1.0, 2000.0]})).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].endswith(":|") or lines[1].endswith(": |")
