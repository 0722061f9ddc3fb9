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
    mine(LINE, "2026-01,189200,a slip")
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


# ---- beside what is known


def refused(mine, head, *rows):
    """The lines of the report of a table that is not taken."""
    before = names(mine.folder) if mine.folder.exists() else []
    with pytest.raises(RecordError) as error:
        mine(head, *rows)
    assert (names(mine.folder) if mine.folder.exists() else []) == before
    return [line.strip() for line in str(error.value).splitlines()[1:]]


def test_a_bloc_is_not_given_whole_and_donor_by_donor(mine):
    mine(AID, "2026-01,europe_bilateral,3,1,0.5,invented", "2026-02,Norway,1,0,0,invented", "2026-02,us,0,0,0,me")
    mine(AID, "2026-02,Sweden,1,0,0,invented")
    rows = ["2026-01,Germany,1,0,0,me", "2026-01,France,1,0,0,me", "2026-02,europe_bilateral,2,0,0,me"]
    first, second, third = refused(mine, AID, *rows)
    stored = mine.folder / "0001-2026-06-15-aid.csv"
    assert first == (
        "line 2   donor: 2026-01 europe_bilateral is given donor by donor here and as a bloc in "
        f"{stored.name} line 2, which would count it twice; leave the row out here, or delete line 2 of {stored}"
    )
    assert second.startswith("line 3   donor: 2026-01 europe_bilateral is given donor by donor here")
    assert third.endswith(f"leave the row out here, or delete line 3 of {stored} and doctrine record remove 2")
    mine(AID, "2026-03,Germany,1,0,0,invented", "2026-01,EU institutions,0,1,0,invented")


def test_a_row_that_clashes_is_taken_out_as_the_report_says(mine):
    mine(AID, "2026-01,europe_bilateral,3,1,0.5,invented", "2026-02,us,0,0,0,me")
    stored = mine.folder / "0001-2026-06-15-aid.csv"
    assert refused(mine, AID, "2026-01,Germany,1,0,0,me")[0].endswith(f"delete line 2 of {stored}")
    lines = stored.read_text().splitlines()
    stored.write_text("\n".join(lines[:1] + lines[2:]) + "\n")
    mine(AID, "2026-01,Germany,1,0,0,me")
    assert set(known(mine, "aid")) == {("2026-01", "germany"), ("2026-02", "us")}


COUNTED = "vote,date,bill,kind,focus,says,pro,usd_bn,yea,nay,source"
ROLL_CALL = "2026-01-15,hr9901,final_passage,standalone_ukraine,grant,yea,1.0,{},invented"


def test_a_roll_call_is_one_however_its_number_is_written(mine):
    mine(COUNTED, "H2026-7," + ROLL_CALL.format("300,120"))
    found, _ = mine(COUNTED, "H2026-0007," + ROLL_CALL.format("300,120"))
    assert (found.rows, found.same) == ([], 1)
    found, _ = mine(COUNTED, "H2026-007," + ROLL_CALL.format("301,120"))
    assert (found.new, len(found.revised)) == ([], 1)
    shipped = record.votes().query("vote == 'H2024-151'").iloc[0]
    row = f"H2024-0151,{shipped['date']:%Y-%m-%d},{shipped['bill']},{shipped['kind']},{shipped['focus']},"
    mine(COUNTED, f"{row}{shipped['says']},{shipped['pro']},60.8,{shipped['yea'] + 1},{shipped['nay']},invented")
    seen = observed(mine.folder)
    assert len(seen.votes) == len(record.votes()) + 1
    assert len(seen.replaced) == 1


def test_a_roll_call_of_hers_that_is_counted_anew_is_asked_about(mine):
    mine(COUNTED, "H2026-007," + ROLL_CALL.format("31,390"))
    found, _ = mine(COUNTED, "H2026-007," + ROLL_CALL.format("310,39"))
    assert found.doubts == ["line 2: H2026-007 was 31 to 390, and is 310 to 39 now; is it the same roll call?"]


NAMED_EVENTS = "date,category,actors,event,outcome,direct_contact,id,source"
MEETING = "2026-01-05,talks,RU; UA,{},,1,{},invented"


def events(mine):
    seen = observed(mine.folder).events
    return seen.loc[seen["own"], "event"].tolist()


def test_an_event_is_one_whatever_its_capital_letters_and_blanks(mine):
    mine(NAMED_EVENTS, MEETING.format("An invented meeting", ""))
    found, _ = mine(NAMED_EVENTS, MEETING.format("an Invented  Meeting", ""))
    assert (found.new, len(found.revised), found.doubts) == ([], 1, [])
    assert events(mine) == ["an Invented  Meeting"]


def test_the_words_of_an_event_are_corrected_under_its_id(mine):
    mine(NAMED_EVENTS, MEETING.format("An invented meeting", "our-meeting"))
    found, _ = mine(NAMED_EVENTS, MEETING.format("Envoys meet", "our-meeting"))
    assert (found.new, len(found.revised), found.doubts) == ([], 1, [])
    assert events(mine) == ["Envoys meet"]
    found, _ = mine(NAMED_EVENTS, MEETING.format("Envoys meet", ""))
    assert (found.rows, found.same) == ([], 1)  # without its name it is the same all the same
    mine(NAMED_EVENTS, MEETING.format("envoys meet", "").replace(",1,", ",0,"))
    (item,) = known(mine, "events").values()
    assert (item.row["id"], item.row["direct_contact"], len(item.before)) == ("our-meeting", 0, 2)


def test_an_event_in_other_words_is_asked_about(mine):
    mine(NAMED_EVENTS, MEETING.format("An invented meeting", "our-meeting"))
    mine(NAMED_EVENTS, MEETING.format("Another one", "").replace("-05", "-06"))
    found, _ = mine(
        NAMED_EVENTS, MEETING.format("Envoys meet", ""), MEETING.format("Envoys talk", "").replace("-05", "-06")
    )
    first, second = found.doubts
    assert first == (
        "line 2: 2026-01-05, Envoys meet: may repeat 'An invented meeting' in 0001-2026-06-15-events.csv line 2, "
        "of the same day, kind and actors; if it does, give it the id our-meeting, and its words are corrected"
    )
    assert second.endswith("if it does, doctrine record remove 2")


def test_an_event_in_other_words_is_asked_about_within_a_file_and_beside_what_ships(mine):
    shipped = record.events().query("category == 'talks' and direct_contact == 1").iloc[-1]
    row = f"{shipped['date']:%Y-%m-%d},talks,{shipped['actors']},Told otherwise,,1,,invented"
    apart = [MEETING.format(*words).replace("-05", "-07") for words in (("Three", "a-third"), ("Four", "a-fourth"))]
    found, _ = mine(NAMED_EVENTS, row, MEETING.format("One", ""), MEETING.format("Two", ""), *apart)
    of_ships, of_file = found.doubts
    assert of_ships.endswith(f"if it does, give it the id {shipped['id']}, and it counts in its place")
    assert "may repeat 'One' on line 3, of the same day, kind and actors; if it does, leave one out" in of_file


def test_an_event_of_two_is_refused(mine):
    mine(NAMED_EVENTS, MEETING.format("One", "the-first"), MEETING.format("Two", "the-second"))
    (told,) = refused(mine, NAMED_EVENTS, MEETING.format("two", "the-first"))
    assert told.startswith(
        "line 2   id: is of one event, and the words are of another: 0001-2026-06-15-events.csv line"
    )


def test_an_event_of_hers_in_other_letters_stands_in_place_of_the_one_that_ships(mine):
    shipped = record.events().query("category == 'talks' and direct_contact == 1").iloc[-1]
    row = f'{shipped["date"]:%Y-%m-%d},talks,{shipped["actors"]},"{shipped["event"].upper()}",,1,,invented'
    mine(NAMED_EVENTS, row)
    assert len(observed(mine.folder).events) == len(record.events())


def test_the_line_is_held_against_the_months_beside_it(mine):
    found, _ = mine(LINE, "2026-01,121000,invented", "2026-03,122000,invented")
    assert found.doubts == []
    (first, second) = refused(mine, LINE, "2026-02,400000,invented")
    assert first == (
        "line 2   held: goes from 121,000 km2 in 2026-01 to 400,000 in 2026-02, more than 2 times the 40,338 of the "
        "largest month; correct the one that is wrong"
    )
    assert second.startswith("line 2   held: goes from 400,000 km2 in 2026-02 to 122,000 in 2026-03")
    found, _ = mine(LINE, "2026-03,132000,invented")
    (told,) = found.doubts
    assert told.startswith("line 2: from 121,000 km2 in 2026-01 to 132,000 in 2026-03: 5,500 km2 a month, and ")


def test_a_large_month_of_a_donor_is_asked_about_and_one_far_beyond_is_not_taken(mine):
    found, _ = mine(AID, "2026-01,Germany,5,0,0,invented", "2026-01,Malta,0.09,0,0,invented")
    assert found.doubts == []
    found, _ = mine(AID, "2026-02,Germany,10,1,0,invented")
    (told,) = found.doubts
    assert told.startswith("line 2: 2026-02, Germany: 11 EUR bn; the most that Germany gave so far is 5 in 2026-01; ")
    (told,) = refused(mine, AID, "2026-03,Malta,9,0,0,invented")
    assert told.startswith("line 2   military: makes 9 EUR bn with the rest of its row, more than 10 times its largest")


def test_what_was_known_already_is_not_asked_about_again(mine):
    mine(AID, "2026-02,Germany,15,1,0,invented")
    assert mine(AID, "2026-02,Germany,15,1,0,invented")[0].doubts == []


def test_a_number_is_not_given_again(mine):
    for month in (1, 2, 3):
        mine(LINE, f"2026-0{month},12{month}000,invented")
    additions.remove(3, mine.folder)
    _, place = mine(LINE, "2026-03,123500,invented")
    assert place.name == "0004-2026-06-15-line.csv"
    with pytest.raises(InputError, match=r"no addition has the number 3; there are: 1, 2, 4"):
        additions.remove(3, mine.folder)
    assert known(mine, "line")[("2026-03",)].row["held"] == 123_500.0


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
    with pytest.raises(FolderError, match=r"'more.csv' was not added by this program.*; move it out of this folder"):
        observed(mine.folder)
    (mine.folder / "most.csv").touch()
    with pytest.raises(FolderError, match=r"'more.csv' and 'most.csv' were not added .* move them out of this folder"):
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


def test_a_file_is_no_folder_of_months(mine):
    mine(LINE, "2026-01,119000,invented")
    with pytest.raises(FolderError, match=r"mine.csv: is no folder; name the one that holds your own months"):
        observed(mine.file)


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


def europe(seen, month="2025-05"):
    return float(seen.series["europe_contribution"].sel(month=f"{month}-01"))


@pytest.mark.parametrize(
    "row", ["Germany,19,0,0", "europe_bilateral,19,0,0", "eu_institutions,0,19,0", "EU institutions,0,19,0"]
)
def test_a_part_of_europe_moves_the_older_release_by_what_it_changes_in_the_newest(mine, row):
    before = {release: europe(observed(release=release)) for release in (28, 29)}
    mine(AID, f"2025-05,{row},invented")
    after = {release: observed(mine.folder, release) for release in (28, 29)}
    moved = {release: europe(after[release]) - before[release] for release in (28, 29)}
    assert moved[28] == pytest.approx(moved[29], abs=1e-9)
    assert abs(moved[28]) > 1.0
    own = after[28].series["europe_contribution"] - after[28].shipped["europe_contribution"]
    assert float(abs(own).sum()) == pytest.approx(abs(moved[28]))
    assert after[28].series["europe_contribution"].attrs[OWN] == "2025-05"


def test_all_of_europe_is_what_she_says_in_every_release(mine):
    mine(AID, "2025-05,europe_bilateral,3,1,0.5,invented", "2025-05,EU institutions,0,2,0,invented")
    assert [europe(observed(mine.folder, release)) for release in (28, 29)] == [6.5, 6.5]


def test_some_donors_and_the_eu_are_not_all_of_europe(mine):
    before = {release: europe(observed(release=release)) for release in (28, 29)}
    mine(AID, "2025-05,Germany,19,0,0,invented", "2025-05,eu_institutions,0,2,0,invented")
    moved = [europe(observed(mine.folder, release)) - before[release] for release in (28, 29)]
    assert moved[0] == pytest.approx(moved[1], abs=1e-9)


def test_donors_of_a_month_after_the_record_are_in_the_older_release_too(mine):
    mine(AID, "2026-01,Germany,1,0.5,0,invented", "2026-01,EU institutions,0,1,0,invented")
    assert [europe(observed(mine.folder, release), "2026-01") for release in (28, 29)] == [2.5, 2.5]


def test_of_a_revision_downwards_no_flow_is_under_nothing(mine):
    mine(AID, "2022-12,europe_bilateral,0,0,0,invented")
    assert europe(observed(mine.folder, 28), "2022-12") >= 0.0


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
