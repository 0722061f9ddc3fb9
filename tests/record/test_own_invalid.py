"""Every broken table of a user's gives its report, word for word: `own_invalid/NAME.csv` and, beside it, `NAME.txt`.

The months and numbers in them are invented.
"""

import csv
import os
import re
from datetime import date
from pathlib import Path

import pytest

from sim.record import columns
from sim.record.own import cells
from sim.record.own.reading import LARGEST_FILE, RecordError, read

FOLDER = Path(__file__).parent / "own_invalid"
BROKEN = sorted(FOLDER.glob("*.csv"))
HEAD = "month,held_km2,source\n"
NONE = "there is no such file; look at how it is spelt, and in which folder it lies"


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    """The day on which all of them are read."""
    monkeypatch.setattr(cells, "today", lambda: date(2026, 6, 15))


def names_of_the_record(report: str) -> str:
    """The report with the names that the tables of the record have: {votes.kind} is every kind of vote in them."""
    donors = ", ".join(sorted({*columns("aid")["bloc"], *columns("aid_by_donor")["donor"]}))
    listed = re.sub(r"\{(\w+)\.(\w+)\}", lambda found: ", ".join(sorted(set(columns(found[1])[found[2]]))), report)
    return listed.replace("{donors}", donors)


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_table_gives_its_report(file, monkeypatch):
    monkeypatch.chdir(FOLDER)
    with pytest.raises(RecordError) as error:
        read(Path(file.name))
    assert f"{error.value}\n" == names_of_the_record(file.with_suffix(".txt").read_text(encoding="utf-8"))


def test_every_report_has_its_table():
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in BROKEN}


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Read what is put into a file, and return the lines of the report."""
    monkeypatch.chdir(tmp_path)

    def told(content: bytes | None = None, name: str = "mine.csv") -> list[str]:
        if content is not None:
            Path(name).write_bytes(content)
        with pytest.raises(RecordError) as error:
            read(Path(name))
        return str(error.value).split("\n")

    return told


def test_a_file_of_a_gigabyte_is_not_read(report, tmp_path):
    with (tmp_path / "mine.csv").open("wb") as file:
        file.truncate(10**9)
    large = f"is larger than {LARGEST_FILE:,} bytes, too large for a table of one's own; take out what is not of it"
    assert report()[1:] == [f"  {large}"]


def test_a_report_of_thousands_of_mistakes_stays_readable(report):
    lines = report((HEAD + "2026-01,x,\n" * 90_000).encode())
    assert lines[0] == "mine.csv: 180,000 mistakes"
    assert lines[1] == "  line 2    held_km2: must be a number, got 'x'; leave out the row of what is not known"
    assert lines[-1] == "  ... and 179,950 more"


def test_a_heading_that_fills_the_file(report):
    (_, line) = report(f"month,held{' ' * 100_000}km2,source\n".encode())
    assert line.startswith("  line 1   held")
    assert len(line) < 500


def test_a_cell_that_fills_the_file(report):
    before = csv.field_size_limit(131_072)  # Python's own; libraries that read data packages raise it for all
    (_, line) = report(f'{HEAD}2026-01,119000,"{"x" * 500_000}"\n'.encode())
    csv.field_size_limit(before)
    assert "is no CSV: field larger than field limit" in line


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.mkdir(), "is a folder, not a CSV file"),
        (lambda path: None, NONE),
        (
            lambda path: path.symlink_to("nowhere"),
            NONE,
        ),
        (
            lambda path: path.symlink_to(path.name),
            NONE,
        ),
        pytest.param(
            os.mkfifo if hasattr(os, "mkfifo") else None,
            "is not a plain file; name one that holds the text",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here"),
        ),
    ],
    ids=["a folder", "nothing", "a link to nowhere", "a link in a circle", "a file that waits"],
)
def test_what_is_no_file(report, tmp_path, make, words):
    make(tmp_path / "mine.csv")
    assert report() == ["mine.csv: 1 mistake", f"  {words}"]


@pytest.mark.parametrize("name", ["\0", "x" * 5000])
def test_impossible_names_of_files(report, name):
    assert len(report(name=name)) == 2


def test_a_device_is_not_read_for_ever():
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    with pytest.raises(RecordError, match="is not a plain file"):
        read(Path("/dev/zero"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions keep this user from no file")
def test_a_file_that_may_not_be_read(report, tmp_path):
    (tmp_path / "mine.csv").touch(mode=0o000)
    assert "cannot be read: Permission denied" in report()[1]


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEAD}2026-01,119000,invented\n",
        f"{HEAD}2026-01,119000,invented\n".replace("\n", "\r\n"),
        f"{HEAD}2026-01,119000,invented\n".replace("\n", "\r"),
        f"{HEAD}\n,,\n 2026-01 , 119000 ,invented\n,,\n\n",
        'Month,Held (km²),Source\n2026-01,1.19e5,"invented"',
        "source,held [%],month\ninvented,19.7183,2026-01\n",
        "month,held_share,source\n2026-01,0.197183,invented\n",
    ],
    ids=["a mark of byte order", "CRLF", "CR", "blank rows", "units in brackets", "percent", "share"],
)
def test_what_spreadsheets_do_that_is_no_mistake(tmp_path, content):
    path = tmp_path / "mine.csv"
    path.write_bytes(content.encode())
    table, rows, _ = read(path)
    assert table.name == "line"
    assert rows == [{"month": "2026-01", "held": pytest.approx(119_000.0, abs=1.0), "source": "invented"}]


def test_millions_become_billions(tmp_path):
    path = tmp_path / "mine.csv"
    head = "month,donor,military_eur_mn,financial_eur_bn,humanitarian_eur_mn,source"
    path.write_text(f"{head}\n2026-01,EU institutions,41.1,2,0,invented\n")
    (row,) = read(path).rows
    assert row == {
        "month": "2026-01",
        "donor": "eu_institutions",
        "military": 0.0411,
        "financial": 2.0,
        "humanitarian": 0.0,
        "source": "invented",
    }


@pytest.mark.parametrize("name", ["votes", "events"])
def test_what_ships_obeys_the_rules_for_what_is_added(tmp_path, name):
    """But for sums of money, which some shipped votes do not say, and texts that are longer."""
    from sim.record.own import coding, layout

    shipped, table = columns(name), layout.tables()[name]
    named = [column for column in table.columns if column.name in shipped]
    wrong, rows = [], []
    for texts in zip(*(shipped[column.name] for column in named), strict=True):
        row = {}
        for text, column in zip(texts, named, strict=True):
            row[column.name] = None if text == "" else column.read(text)
        wrong += list(table.fits(row))
        rows.append(row)
    assert wrong == []
    assert list(coding.mistakes(name, rows)) == []
