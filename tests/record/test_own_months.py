"""Months of a user's own: what is added stays, what is revised keeps its vintage, and the record has them beside it.

All months and numbers here are invented.
"""

import errno
import os
import signal
import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim import record
from sim.basics import durable
from sim.basics.folders import FolderError, locked
from sim.basics.limits import InputError
from sim.record import tables
from sim.record.own import additions, cells, layout
from sim.record.own.beside import OWN, SOURCES, hers, observed
from sim.record.own.reading import RecordError

AID = "month,donor,military_eur_bn,financial_eur_bn,humanitarian_eur_bn,source"
LINE = "month,held_km2,source"
BLOCS = ["us,0.5,0.25,0", "europe_bilateral,3,1,0.5", "eu_institutions,0,2,0", "other,0.25,0,0"]


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    """The day on which everything is added."""
    monkeypatch.setattr(cells, "today", lambda: date(2026, 6, 15))


@pytest.fixture
def mine(tmp_path):
    """A folder of a user's own, and how she adds a table to it."""
    folder = tmp_path / "record"

    def add(head, *rows):
        (tmp_path / "mine.csv").write_text("\n".join([head, *rows]) + "\n")
        return additions.add(tmp_path / "mine.csv", folder)

    add.folder = folder
    add.file = tmp_path / "mine.csv"
    return add


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def three_months(mine):
    mine(AID, *(f"2026-0{month},{bloc},invented" for month in (1, 2, 3) for bloc in BLOCS))
    mine(LINE, "2026-01,119000,invented", "2026-02,119500,invented too", "2026-03,120500,invented")


def known(mine, table):
    return additions.known(additions.additions(mine.folder), layout.tables()[table])


def test_what_is_added_is_a_table_in_the_units_of_the_record(mine):
    found, place = mine("month,held_percent,source", '2026-01,20,"invented, twice"')
    assert names(mine.folder) == ["0001-2026-06-15-line.csv"]
    assert place.read_text() == 'month,held_km2,source\n2026-01,120700.0,"invented, twice"\n'
    assert (len(found.new), found.revised, found.same) == (1, [], 0)


def test_umlauts_survive_with_the_mark_by_which_spreadsheets_read_them(mine):
    mine(LINE, "2026-01,119000,Überschlag")
    (text,) = (path.read_bytes() for path in mine.folder.iterdir())
    assert text.startswith(b"\xef\xbb\xbf")
    assert known(mine, "line")[("2026-01",)].row["source"] == "Überschlag"


def test_the_same_again_is_nothing_to_add(mine):
    mine(LINE, "2026-01,119000,invented")
    found, place = mine("source,month,held_share", f"invented,2026-01,{119_000 / 603_500!r}")
    assert (found.rows, found.same, place) == ([], 1, None)
    assert len(names(mine.folder)) == 1


def test_of_a_longer_table_only_what_is_new_is_added(mine):
    mine(LINE, "2026-01,119000,invented")
    found, place = mine(LINE, "2026-01,119000,invented", "2026-02,119500,invented")
    assert (len(found.new), found.same) == (1, 1)
    assert place.read_text().count("\n") == 2


def test_a_revision_counts_and_the_earlier_value_stays_with_its_date(mine, monkeypatch):
    mine(LINE, "2026-01,119000,invented")
    monkeypatch.setattr(cells, "today", lambda: date(2026, 7, 1))
    mine(LINE, "2026-01,119200,invented")
    (item,) = known(mine, "line").values()
    assert (item.row["held"], item.addition.date) == (119_200.0, "2026-07-01")
    ((row, addition),) = item.before
    assert (row["held"], addition.date) == (119_000.0, "2026-06-15")


def test_what_is_removed_is_gone_and_what_it_revised_counts_again(mine):
    mine(LINE, "2026-01,119000,invented")
    mine(LINE, "2026-01,219200,a slip")
    assert additions.remove(2, mine.folder).name == "0002-2026-06-15-line.csv"
    (item,) = known(mine, "line").values()
    assert (item.row["held"], item.before) == (119_000.0, ())
    additions.remove(1, mine.folder)
    assert additions.additions(mine.folder) == []


@pytest.mark.parametrize("number", [0, 3, -1])
def test_only_what_is_there_is_removed(mine, number):
    mine(LINE, "2026-01,119000,invented")
    with pytest.raises(InputError, match=rf"no addition has the number {number}; there are: 1"):
        additions.remove(number, mine.folder)


def test_a_bloc_is_not_given_whole_and_donor_by_donor(mine):
    mine(AID, "2026-01,europe_bilateral,3,1,0.5,invented")
    with pytest.raises(
        InputError, match=r"2026-01 europe_bilateral is given donor by donor here and as a bloc in 0001-"
    ):
        mine(AID, "2026-01,Germany,1,0,0,invented")
    mine(AID, "2026-02,Germany,1,0,0,invented", "2026-01,EU institutions,0,1,0,invented")


# ---- nothing is written if it cannot be written whole


def test_a_table_with_a_mistake_makes_no_folder(mine):
    with pytest.raises(RecordError):
        mine(LINE, "2026-01,119000,")
    assert not mine.folder.exists()


def test_two_writers_do_not_write_at_once(mine):
    mine(LINE, "2026-01,119000,invented")
    before = names(mine.folder)
    with locked(mine.folder), pytest.raises(FolderError, match="another run is writing there just now"):
        mine(LINE, "2026-02,119000,invented")
    assert names(mine.folder) == before


def test_a_full_disk_leaves_what_was_there(mine, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        mine(LINE, "2026-01,119000,invented")
    assert not mine.folder.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_whoever_is_killed_while_adding_leaves_nothing_that_counts(mine):
    mine.file.write_text(f"{LINE}\n2026-01,119000,invented\n")
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from sim.basics import durable; from sim.record.own import additions\n"
        "durable.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "additions.add(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    done = subprocess.run([sys.executable, "-c", code, mine.file, mine.folder], check=False)
    assert done.returncode == -signal.SIGKILL
    assert names(mine.folder) == [f".0001-{date.today()}-line.csv.writing"]
    assert additions.additions(mine.folder) == []
    mine(LINE, "2026-01,119000,invented")
    assert names(mine.folder) == ["0001-2026-06-15-line.csv"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions keep this user from nothing")
def test_a_folder_that_may_not_be_written(mine):
    mine.folder.mkdir(mode=0o500)
    with pytest.raises(FolderError, match="cannot write there: Permission denied"):
        mine(LINE, "2026-01,119000,invented")


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300, "loop", "a\0b"])
def test_a_place_that_can_be_no_folder(mine, tmp_path, name):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    mine.file.write_text(f"{LINE}\n2026-01,119000,invented\n")
    before = names(tmp_path)
    with pytest.raises(FolderError):
        additions.add(mine.file, tmp_path / name)
    assert names(tmp_path) == before


# ---- nothing in the folder is believed


def test_a_table_that_was_put_there_by_hand_is_refused(mine):
    mine(LINE, "2026-01,119000,invented")
    (mine.folder / "more.csv").write_text(f"{LINE}\n2026-02,119000,invented\n")
    with pytest.raises(FolderError, match=r"more.csv: was not added by this program; take it out of the folder"):
        observed(mine.folder)


def test_a_table_that_was_changed_by_hand_is_read_by_the_rules(mine):
    _, place = mine(LINE, "2026-01,119000,invented")
    place.write_text(f"{LINE}\n2026-01,719000,=cmd\n")
    with pytest.raises(RecordError) as error:
        observed(mine.folder)
    assert "2 mistakes\n" in str(error.value)
    additions.remove(1, mine.folder)
    assert len(additions.additions(mine.folder)) == 0


def test_a_table_under_the_name_of_another(mine):
    _, place = mine(LINE, "2026-01,119000,invented")
    place.rename(place.with_name("0001-2026-06-15-aid.csv"))
    with pytest.raises(FolderError, match="is a table of line"):
        observed(mine.folder)


def test_links_in_the_folder_are_not_followed(mine):
    _, place = mine(LINE, "2026-01,119000,invented")
    place.with_name("0002-2026-06-15-line.csv").symlink_to(place.name)
    with pytest.raises(FolderError, match="is no plain file"):
        observed(mine.folder)


def test_notes_and_hidden_files_are_left_alone(mine):
    mine(LINE, "2026-01,119000,invented")
    (mine.folder / "notes.txt").write_text("why")
    (mine.folder / "._0001-2026-06-15-line.csv").write_bytes(bytes(range(256)))
    assert len(additions.additions(mine.folder)) == 1


def test_more_tables_than_anybody_adds_are_not_read(mine, monkeypatch):
    mine(LINE, "2026-01,119000,invented")
    mine(LINE, "2026-02,119000,invented")
    monkeypatch.setattr(additions, "MOST_ADDITIONS", 2)
    with pytest.raises(FolderError, match="is full: 2 tables were added"):
        mine(LINE, "2026-03,119000,invented")
    monkeypatch.setattr(additions, "MOST_ADDITIONS", 1)
    with pytest.raises(FolderError, match="holds 2 tables, more than the 1 that are read"):
        additions.additions(mine.folder)


# ---- where the folder is


def test_the_folder_is_the_one_asked_for_or_that_of_the_variable_or_one_among_her_data(tmp_path, monkeypatch):
    assert additions.own_folder(tmp_path) == tmp_path
    monkeypatch.setenv("DOCTRINE_RECORD", str(tmp_path / "there"))
    assert additions.own_folder() == tmp_path / "there"
    monkeypatch.delenv("DOCTRINE_RECORD")
    assert additions.own_folder().parts[-2:] == ("doctrine", "record")


def test_a_folder_that_is_asked_for_has_to_be_there(tmp_path):
    with pytest.raises(FolderError, match="no such folder; doctrine record add FILE --record"):
        observed(tmp_path / "slip")


# ---- beside the record


def test_without_months_of_hers_the_record_is_what_ships():
    seen = observed()
    xr.testing.assert_identical(seen.series, record.series().drop_vars("own"))
    assert not seen.votes["own"].any()
    pd.testing.assert_frame_equal(seen.votes.drop(columns="own"), record.votes())
    pd.testing.assert_frame_equal(seen.events.drop(columns="own"), record.events())


def test_her_months_follow_the_shipped_ones_and_are_marked(mine):
    three_months(mine)
    series = observed(mine.folder).series
    last = series.sel(month="2026-03-01")
    assert float(last["us_allocation"]) == 0.75
    assert float(last["us_allocation_military"]) == 0.5
    assert float(last["europe_contribution"]) == 6.5
    assert float(last["other_contribution"]) == 0.25
    assert float(last["russian_held_share"]) == pytest.approx(120_500 / 603_500)
    assert float(last["territory_change"]) == pytest.approx(1_000 / 603_500)
    months = series.sel(month=slice("2025-10", None))
    share = months["europe_contribution"].sum() / (months["europe_contribution"] + months["us_allocation"]).sum()
    assert float(last["europe_share"]) == pytest.approx(float(share))
    for name in ("us_allocation", "europe_contribution", "europe_share", "russian_held_share", "territory_change"):
        assert series[name].attrs[OWN] == "2026-01 2026-02 2026-03"
        assert hers(series[name]).sum() == 3
    assert series["us_allocation"].attrs[SOURCES] == "invented"
    assert series["territory_change"].attrs[SOURCES] == "invented\ninvented too"


def test_what_ships_stays_as_it_is_beside_hers(mine):
    three_months(mine)
    shipped = record.series().drop_vars("own")
    seen = observed(mine.folder).series.sel(month=shipped["month"])
    for name in shipped.data_vars:
        np.testing.assert_array_equal(seen[name], shipped[name], err_msg=str(name))


def test_one_series_of_hers_marks_no_other(mine):
    mine(LINE, "2026-01,119000,invented")
    series = observed(mine.folder).series
    assert OWN not in series["us_allocation"].attrs
    assert np.isnan(series["us_allocation"].sel(month="2026-01-01"))
    assert np.isnan(series["europe_share"].sel(month="2026-01-01"))


def test_europe_is_known_once_both_of_its_parts_are(mine):
    mine(AID, "2026-01,europe_bilateral,3,1,0.5,invented", "2026-01,us,0,0,0,invented")
    series = observed(mine.folder).series
    assert np.isnan(series["europe_contribution"].sel(month="2026-01-01"))
    assert OWN not in series["europe_contribution"].attrs
    assert np.isnan(series["europe_share"].sel(month="2026-01-01"))
    assert series["us_allocation"].attrs[OWN] == "2026-01"


def test_donors_are_summed_up(mine):
    mine(
        AID,
        "2026-01,Germany,1,0.5,0,invented",
        "2026-01,Norway,0.5,0,0.25,invented",
        "2026-01,EU institutions,0,1,0,invented",
    )
    series = observed(mine.folder).series.sel(month="2026-01-01")
    assert float(series["europe_contribution"]) == 3.25
    assert float(series["europe_contribution_military"]) == 1.5


def test_a_donor_of_a_shipped_month_is_revised_alone(mine):
    month = record.last_month()
    shipped = tables.read("aid_by_donor")
    there = shipped[shipped["month"] == f"{month}-01"]
    row = next(row for row in there.itertuples() if layout.bloc_of(str(row.donor)) == "europe_bilateral")
    was = row.military + row.financial + row.humanitarian
    mine(AID, f"{month},{row.donor},{was + 1.0},0,0,invented")
    before, after = record.series(), observed(mine.folder).series
    gap = after["europe_contribution"] - before["europe_contribution"]
    assert float(gap.sel(month=f"{month}-01")) == pytest.approx(1.0, abs=2e-3)
    assert after["europe_contribution"].attrs[OWN] == month
    assert float(abs(gap).sum()) == pytest.approx(1.0, abs=2e-3)


def test_a_revised_line_is_not_gained_twice(mine):
    before = record.series()
    held = float(before["russian_held_share"].sel(month="2024-10-01")) * 603_500 + 800.0
    mine(LINE, f"2024-10,{held},invented")
    after = observed(mine.folder).series
    moved = (after["territory_change"] - before["territory_change"]).dropna("month") * 603_500
    assert float(moved.sel(month="2024-10-01")) == pytest.approx(800.0, abs=0.2)
    assert float(moved.sel(month="2024-11-01")) == pytest.approx(-800.0, abs=0.2)
    assert float(abs(moved).sum()) == pytest.approx(1600.0, abs=0.4)
    assert after["territory_change"].attrs[OWN] == "2024-10 2024-11"
    assert after["russian_held_share"].attrs[OWN] == "2024-10"


def test_nothing_is_taken_across_months_that_nobody_knows(mine):
    mine(AID, *(f"2026-05,{bloc},invented" for bloc in BLOCS))
    mine(LINE, "2026-05,130000,invented")
    series = observed(mine.folder).series
    assert series["month"].to_numpy()[-5:].astype("datetime64[M]").astype(str).tolist() == [
        f"2026-0{month}" for month in range(1, 6)
    ]
    assert np.isnan(series["us_allocation"].sel(month=slice("2026-01", "2026-04"))).all()
    assert np.isnan(series["europe_share"].sel(month="2026-05-01"))
    assert np.isnan(series["territory_change"].sel(month="2026-05-01"))
    assert OWN not in series["territory_change"].attrs


def test_the_other_release_takes_her_months_too(mine):
    three_months(mine)
    series = observed(mine.folder, 28).series
    assert series.attrs["release"] == 28
    assert float(series["us_allocation"].sel(month="2026-03-01")) == 0.75


VOTES = "vote,date,bill,kind,focus,says,pro,usd_bn,yea,nay,source"
EVENTS = "date,category,actors,event,outcome,direct_contact,source"


def test_votes_and_events_of_hers_stand_among_the_others(mine):
    mine(VOTES, "H2026-901,2026-02-03,hr9901,final_passage,standalone_ukraine,grant,yea,2.5,300,120,invented")
    mine(EVENTS, "2026-02-05,talks,RU; UA,An invented meeting,,1,invented")
    seen = observed(mine.folder)
    vote = seen.votes[seen.votes["own"]].iloc[0]
    assert (vote["chamber"], vote["yea"], vote["date"]) == ("house", 300, pd.Timestamp("2026-02-03"))
    assert seen.events[seen.events["own"]]["event"].tolist() == ["An invented meeting"]
    assert seen.events["date"].is_monotonic_increasing
