"""`doctrine record`: what is known, and a stranger's months in and out again. All of hers here are invented."""

import json
from datetime import date

import pytest

from sim.answers import ensemble_answer
from sim.record import columns
from sim.record.own import additions, cells

pytestmark = pytest.mark.long

AID = """\
month,donor,military_eur_bn,financial_eur_bn,humanitarian_eur_bn,source
2026-01,us,0,0,0,invented for a test
2026-01,europe_bilateral,2.5,1,0.25,invented for a test
2026-01,eu_institutions,0,2,0,invented for a test
2026-02,us,0.25,0,0,invented for a test
2026-02,europe_bilateral,2.75,1,0.25,invented for a test
2026-02,eu_institutions,0,1.5,0,invented for a test
2026-03,us,0,0,0,invented for a test
2026-03,europe_bilateral,3.5,1,0.25,invented for a test
2026-03,eu_institutions,0,2.5,0,invented for a test
"""
AID_HEAD = AID.splitlines()[0]
VOTES = "vote,date,bill,kind,focus,says,pro,usd_bn,yea,nay,source"
CLERK = "http://clerk.house.gov/evs/2022/roll051.xml"


@pytest.fixture(autouse=True)
def hers(monkeypatch, tmp_path):
    """A stranger in June, with her months in a file."""
    monkeypatch.setattr(cells, "today", lambda: date(2026, 6, 15))
    monkeypatch.setenv("DOCTRINE_RECORD", str(tmp_path / "record"))
    (tmp_path / "aid.csv").write_text(AID)


def test_what_is_known_to_which_month(doctrine):
    told = doctrine("record")
    assert told.code == 0
    (line,) = [line.split() for line in told.out.splitlines() if line.split()[:1] == ["aid"]]
    assert line == ["aid", "2022-01", "2025-12", "29", "–"]
    assert "No months of your own in" in told.out


def test_a_release_can_be_chosen(doctrine):
    told = doctrine("record", "--release", 28)
    assert told.out.startswith("The observed record, aid of Release 28")
    (line,) = [line.split() for line in told.out.splitlines() if line.split()[:1] == ["aid"]]
    assert line == ["aid", "2022-01", "2025-12", "28", "–"]
    refused = doctrine("record", "--release", 27)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "doctrine: release: must be 28 or 29, got 27\n"


def test_facts_of_the_older_release_say_what_they_lack_and_why(doctrine):
    told = doctrine("record", "facts", "--release", 28).out
    lacking = [line.split()[1] for line in told.splitlines() if line.split()[-1:] == ["–"]]
    assert lacking == [
        "military_before",
        "military_new_executive",
        "military_new_executive_without_spike",
        "correlation_with_military_aid",
    ]
    words = " ".join(told.split())
    assert "Of Release 28 4 statistics cannot be had (2. military_before, " in words
    assert "the record has aid by type of Release 29 alone" in words
    assert "cannot be had" not in doctrine("record", "facts").out


def test_facts_have_a_column_of_hers_where_there_are_any_and_no_exponents(doctrine):
    told = doctrine("record", "facts").out
    assert "with yours" not in told
    assert "e+" not in told
    doctrine("record", "add", "aid.csv")
    assert "with yours" in doctrine("record", "facts").out


def test_what_the_later_release_changed_is_a_figure_and_tables(doctrine, tmp_path):
    told = doctrine("record", "vintages", "--out", "moved")
    assert told.code == 0
    words = " ".join(told.out.split())
    assert "Release 29 changed no American month of 48." in words
    assert "2022-12, European 3.101 5.183 2.082" in words
    assert "4 statistics are of Release 29 alone" in words
    assert (tmp_path / "moved" / "figures" / "vintages.svg").exists()
    rows = (tmp_path / "moved" / "months.csv").read_text().splitlines()
    assert rows[0] == "month,flow,before,after,change"
    assert len(rows) == 1 + 2 * 48
    assert "4,correlation_with_military_aid,,-0.3" in (tmp_path / "moved" / "facts.csv").read_text()


def test_a_run_takes_the_release_that_was_asked_for(doctrine, tmp_path, monkeypatch, drawing):
    monkeypatch.setattr(ensemble_answer, "draw_all", drawing)
    told = {}
    for release in (28, 29):
        place = f"of {release}"
        (tmp_path / "brief.toml").write_text('extends = "history"\nmonths = 12\n')
        assert doctrine("run", "brief.toml", "--worlds", 2, "--release", release, "--out", place).code == 0
        told[release] = (tmp_path / place / "report.html").read_text()
        assert f"Release {release} (Trebesch" in told[release]
        command = json.loads((tmp_path / place / "run.json").read_text())["command"]
        assert command.endswith(f"--release {release}")
        assert f"Release {release}" in (tmp_path / place / "figures" / "aid_flows.svg").read_text()
    refused = doctrine("run", "short.toml", "--worlds", 2, "--release", 27, "--out", "none")
    assert (refused.code, refused.err) == (2, "doctrine: release: must be 28 or 29, got 27\n")


def test_a_sound_table_is_told_and_not_added(doctrine, tmp_path):
    told = doctrine("record", "check", "aid.csv")
    assert told.code == 0
    assert told.out.splitlines() == ["aid.csv: sound; aid, 9 rows, 3 months, 2026-01 to 2026-03", "  - 9 new"]
    assert not (tmp_path / "record").exists()


def test_what_is_added_is_shown_as_hers(doctrine, tmp_path):
    added = doctrine("record", "add", "aid.csv")
    assert added.out.splitlines()[-1] == f"In {tmp_path}/record/0001-2026-06-15-aid.csv"
    told = doctrine("record", "--json")
    about = json.loads(told.out)["tables"]
    (aid,) = [row for row in about["known"] if row["table"] == "aid"]
    assert (aid["last"], aid["yours"]) == ("2025-12", "3 months, 2026-01 to 2026-03")
    assert [row["file"] for row in about["additions"]] == ["0001-2026-06-15-aid.csv"]


def test_the_same_again_is_said_to_be_known(doctrine):
    doctrine("record", "add", "aid.csv")
    again = doctrine("record", "add", "aid.csv")
    assert again == (0, "aid.csv: sound; aid, 9 rows; all of it is known already, nothing to add\n", "")


def test_a_revision_is_told_with_what_it_was(doctrine, tmp_path):
    doctrine("record", "add", "aid.csv")
    (tmp_path / "aid.csv").write_text(AID.replace("3.5,1,0.25", "4.5,1,0.25"))
    told = doctrine("record", "add", "aid.csv")
    assert "2026-03, europe_bilateral: military 4.5; was military 3.5, added 2026-06-15" in told.out
    assert "aid: 2026-03, europe_bilateral" in doctrine("record").out
    doctrine("record", "remove", 2)
    assert "revised" not in doctrine("record").out


def steps(doctrine):
    """The revisions that are shown: row, was, became."""
    return [tuple(row.values()) for row in json.loads(doctrine("record", "--json").out)["tables"]["revisions"]]


def test_every_step_of_a_revision_is_shown_and_none_that_changes_nothing(doctrine, tmp_path):
    for held in (119_000, 120_000, 119_000):
        (tmp_path / "line.csv").write_text(f"month,held_km2,source\n2026-01,{held},invented for a test\n")
        doctrine("record", "add", "line.csv")
    low, high = ("held 119000.0 (2026-06-15)", "held 120000.0 (2026-06-15)")
    assert steps(doctrine) == [("line: 2026-01", low, high), ("line: 2026-01", high, low)]
    doctrine("record", "remove", 2)
    assert steps(doctrine) == []
    assert "revised" not in doctrine("record").out


@pytest.mark.parametrize(
    ("table", "was", "became"),
    [
        (
            f"{AID_HEAD}\n2024-04,us,1,0,0,me\n",
            "(shipped, Release 29)",
            "military 1.0, ",
        ),
        (
            f"{AID_HEAD}\n2022-01,Canada,1,0,0.035,me\n",
            "military 0.2304 (shipped, Release 29)",
            "military 1.0 (2026-06-15)",
        ),
        ("month,held_km2,source\n2022-03,119000,me\n", "held 162222.5 (shipped)", "held 119000.0 (2026-06-15)"),
        (
            f"{VOTES}\nH2022-051,2022-03-02,hres956,symbolic,messaging,message,yea,,425,3,{CLERK}\n",
            "yea 426 (shipped)",
            "yea 425 (2026-06-15)",
        ),
    ],
)
def test_a_month_that_ships_and_is_revised_keeps_what_ships(table, was, became, doctrine, tmp_path):
    (tmp_path / "mine.csv").write_text(table)
    doctrine("record", "add", "mine.csv")
    ((_, before, after),) = steps(doctrine)
    assert before.endswith(was)
    assert after.startswith(became)


def test_what_is_not_known_of_a_year_is_not_summed_up_as_nothing(doctrine, tmp_path):
    def gain():
        told = json.loads(doctrine("record", "facts", "--json").out)["tables"]["facts"]
        return {row["statistic"]: row["value_with_yours"] for row in told if row["statistic"].startswith("gain_2026")}

    (tmp_path / "line.csv").write_text("month,held_km2,source\n2026-05,119000,invented for a test\n")
    doctrine("record", "add", "line.csv")
    assert gain() == {"gain_2026_to_05": None}
    doctrine("record", "remove", 1)
    (tmp_path / "line.csv").write_text("month,held_km2,source\n2026-01,119000,me\n2026-02,119500,me\n")
    doctrine("record", "add", "line.csv")
    last = float(columns("territory")["held_km2"][-1])
    assert gain() == {"gain_2026_to_02": pytest.approx(119_500 - last)}
    doctrine("record", "add", "aid.csv")  # to 2026-03
    assert gain() == {"gain_2026_to_02": pytest.approx(119_500 - last)}
    doctrine("record", "remove", 2)
    assert gain() == {}


def test_donors_of_hers_stand_beside_the_donors_that_ship(doctrine, tmp_path):
    def yours():
        known = json.loads(doctrine("record", "--json").out)["tables"]["known"]
        return {row["table"]: row["yours"] for row in known if row["yours"] != "–"}

    (tmp_path / "mine.csv").write_text(f"{AID_HEAD}\n2026-01,europe_bilateral,1,0,0,me\n")
    doctrine("record", "add", "mine.csv")
    assert yours() == {"aid": "2026-01"}
    (tmp_path / "mine.csv").write_text(f"{AID_HEAD}\n2025-06,Germany,9,0,0,me\n2025-07,EU institutions,0,1,0,me\n")
    doctrine("record", "add", "mine.csv")
    assert yours() == {"aid": "3 months, 2025-06 to 2026-01", "aid_by_donor": "2 months, 2025-06 to 2025-07"}


def test_what_is_known_fits_a_terminal_and_names_a_publisher_once(doctrine, tmp_path):
    (tmp_path / "mine.csv").write_text(f"{AID_HEAD}\n2022-01,Canada,1,0.25,0.125,me\n2024-04,us,1,0.25,0.125,me\n")
    doctrine("record", "add", "mine.csv")
    told = doctrine("record").out
    assert max(len(line) for line in told.splitlines() if str(tmp_path) not in line) <= 80  # a path is not broken
    words = " ".join(told.split())
    assert "aid: 2022-01, Canada, revised: military 1.0, " in words
    assert words.count("Ukraine Support Tracker") == 1
    assert "totals" not in words


def test_of_the_older_release_it_is_said_what_yours_count_as(doctrine, tmp_path):
    (tmp_path / "mine.csv").write_text(f"{AID_HEAD}\n2025-06,Germany,9,0,0,me\n")
    doctrine("record", "add", "mine.csv")
    for words in (("record",), ("record", "facts")):
        told = " ".join(doctrine(*words, "--release", 28).out.split())
        assert "Of Release 28 the record has American and European totals; by donor and type, Release 29." in told
        assert "Yours of 2025-06: where you say a part of Europe's aid, the total of Release 28 moves by what" in told
    told = json.loads(doctrine("record", "facts", "--release", 28, "--json").out)["tables"]["facts"]
    (row,) = [row for row in told if row["statistic"] == "new_executive"]
    assert row["value_with_yours"] == pytest.approx(row["value_shipped"] + 9 / 12, abs=1e-4)


def test_half_of_europe_is_said_to_be_half(doctrine, tmp_path):
    (tmp_path / "aid.csv").write_text("\n".join(AID.splitlines()[:3]))
    told = doctrine("record", "add", "aid.csv")
    half = "2026-01: the aid of EU institutions is not known, so that Europe's is not drawn"
    assert half in " ".join(told.out.split())
    assert half in " ".join(doctrine("record").out.split())
    (tmp_path / "aid.csv").write_text("\n".join(AID.splitlines()[:4]))
    assert "not known" not in doctrine("record", "add", "aid.csv").out


def test_a_month_that_ships_is_said_to_be_replaced(doctrine, tmp_path):
    (tmp_path / "aid.csv").write_text("\n".join(AID.splitlines()[:2]).replace("2026-01", "2025-12"))
    assert "1 row in place of what the shipped record says" in doctrine("record", "check", "aid.csv").out


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("month,held_km2,source\n2022-03,119000,me\n", "2022-03: held 119000.0; ships as held 162222.5"),
        (f"{AID_HEAD}\n2022-01,Canada,1,0,0.035,me\n", "2022-01, Canada: military 1.0; ships as military 0.2304"),
        (f"{AID_HEAD}\n2022-01,Iceland,1,0,0,me\n", "2022-01, Iceland: the shipped record has nothing of it"),
        (f"{AID_HEAD}\n2022-01,Canada,0.2304,0,0.035,me\n", "2022-01, Canada: as it ships"),
    ],
)
@pytest.mark.parametrize("act", ["check", "add"])
def test_a_month_that_ships_is_told_beside_what_ships(act, table, told, doctrine, tmp_path):
    (tmp_path / "mine.csv").write_text(table)
    assert told in " ".join(doctrine("record", act, "mine.csv").out.split())


def test_of_many_months_that_ship_the_first_are_told(doctrine, tmp_path):
    rows = [f"{month},119000,me" for month in columns("territory")["month"][:13]]
    (tmp_path / "line.csv").write_text("\n".join(["month,held_km2,source", *rows]))
    told = doctrine("record", "check", "line.csv").out
    assert told.count("ships as") == 10
    assert "and 3 more rows in its place" in told


ANSWER = "2026-02-09,refusal,RU,An invented refusal,,0,,,offer-a,invented for a test"
OFFER = "2026-01-06,truce_offer,US; RU; UA,An invented offer,,0,offer-a,general,,invented for a test"
EVENTS_HEAD = "date,category,actors,event,outcome,direct_contact,id,scope,about,source"


def test_an_answer_finds_the_offer_that_was_added_before_and_no_other(doctrine, tmp_path):
    (tmp_path / "answer.csv").write_text(f"{EVENTS_HEAD}\n{ANSWER}\n")
    refused = doctrine("record", "add", "answer.csv")
    assert refused.code == 2
    assert "line 2   about: must be the id of the offer that is answered" in refused.err
    assert not (tmp_path / "record").exists()
    (tmp_path / "offer.csv").write_text(f"{EVENTS_HEAD}\n{OFFER}\n")
    assert [doctrine("record", "add", name).code for name in ("offer.csv", "answer.csv")] == [0, 0]
    told = doctrine("record", "conduct", "--out", "with").out
    assert "256 events, 2 of them yours" in told
    assert told.split("russia_refused")[1].split()[2] == "2026-02"
    assert (tmp_path / "with" / "figures" / "conduct.svg").exists()
    doctrine(
        "record", "remove", 1
    )  # an offer that is taken back leaves its answer readable, about nothing that is known
    assert doctrine("record", "conduct", "--out", "without").out.split("russia_refused")[1].split()[2] == "–"


def test_the_facts_with_hers_and_without(doctrine):
    doctrine("record", "add", "aid.csv")
    told = json.loads(doctrine("record", "facts", "--json").out)["tables"]["facts"]
    values = {(row["fact"], row["statistic"]): (row["value_shipped"], row["value_with_yours"]) for row in told}
    assert values[1, "mean"][0] == values[1, "mean"][1]
    shipped, with_hers = values[1, "frozen"]
    assert shipped == 0.0
    assert with_hers == pytest.approx(0.25 / 14)  # one month of 2025-02 to 2026-03
    assert "1. frozen" in doctrine("record", "facts").out


@pytest.mark.parametrize("act", ["check", "add"])
def test_mistakes_are_named_and_nothing_is_written(act, doctrine, tmp_path):
    (tmp_path / "aid.csv").write_text(AID.replace("2.75", '"2,75"').replace("2026-03,us", "2026-02,us"))
    told = doctrine("record", act, "aid.csv")
    assert (told.code, told.out) == (2, "")
    (head, decimal, twice) = told.err.splitlines()
    assert head == "aid.csv: 2 mistakes"
    assert decimal.startswith("  line 6   military_eur_bn: must be a number, got '2,75'; write decimals with a point")
    assert twice == "  line 8   month: 2026-02, us is on line 5 already; keep one of them"
    assert not (tmp_path / "record").exists()


@pytest.mark.parametrize("act", ["check", "add"])
def test_json_has_the_mistakes_as_that_of_check_has(act, doctrine, tmp_path):
    (tmp_path / "aid.csv").write_text(AID.replace("2.75", '"2,75"').replace("2026-03,us", "2026-02,us"))
    told = doctrine("record", act, "aid.csv", "--json")
    assert (told.code, told.err) == (2, "")
    found = json.loads(told.out)
    (tmp_path / "wrong.toml").write_text('extends = "history"\nmonths = -1\n')
    (of_check,) = json.loads(doctrine("check", "wrong.toml", "--json").out)["files"]
    assert set(found) == set(of_check)
    assert (found["file"], found["sound"], found["more"]) == ("aid.csv", False, 0)
    assert [(item["line"], item["key"]) for item in found["mistakes"]] == [(6, "military_eur_bn"), (8, "month")]
    assert not (tmp_path / "record").exists()


def test_what_is_odd_is_told_and_added(doctrine, tmp_path):
    (tmp_path / "line.csv").write_text("month,held_percent,source\n2026-01,22,invented\n")
    told = " ".join(doctrine("record", "check", "line.csv").out.split())
    assert "- line 2: from 120,473 km2 in 2025-12 to 132,770 in 2026-01: 12,297 km2 a month, and" in told
    found = json.loads(doctrine("record", "add", "line.csv", "--json").out)
    assert (found["sound"], found["mistakes"], len(found["doubts"])) == (True, [], 1)
    assert found["folder"].endswith("0001-2026-06-15-line.csv")


@pytest.mark.parametrize(
    "words", [("record",), ("compare", "short.toml", "aligned", "transactional"), ("run", "short.toml")]
)
def test_a_stray_table_is_named_with_what_to_do(words, doctrine, tmp_path):
    doctrine("record", "add", "aid.csv")
    (tmp_path / "record" / "line.csv").write_text("month,held_km2,source\n2026-01,119000,me\n")
    told = doctrine(*words)
    assert told.code == 2
    assert f"{tmp_path}/record: 'line.csv' was not added by this program" in told.err
    assert "move it out of this folder" in told.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check",), "FILE"),
        (("add", "none.csv"), "there is no such file"),
        (("add", "."), "is a folder, not a CSV file"),
        (("remove", "1"), "no addition has the number 1; there are: none"),
        (("remove", "first"), "must be a whole number, got 'first'"),
        (("--record", "slip"), "slip: no such folder"),
        (("--record", "aid.csv"), "aid.csv: is no folder; name the one that holds your own months"),
        (("--release", "twenty"), "must be a whole number, got 'twenty'"),
        (("add", "aid.csv", "--record", "aid.csv"), "aid.csv: cannot"),
    ],
)
def test_what_cannot_be_had(words, message, doctrine, tmp_path):
    told = doctrine("record", *words)
    assert (told.code, told.out) == (2, "")
    assert message in told.err
    assert not (tmp_path / "record").exists()


def test_a_damaged_table_of_hers_stops_a_run_before_it_begins(doctrine, tmp_path, monkeypatch):
    doctrine("record", "add", "aid.csv")
    (path,) = (tmp_path / "record").iterdir()
    path.write_text(AID.replace("2.75", "-2.75"))
    monkeypatch.setattr("sim.ensemble.runner.run_block", lambda *_: pytest.fail("it ran"))
    told = doctrine("run", "short.toml", "--worlds", 2)
    assert told.code == 2
    assert "military_eur_bn: must be from 0 to 100, got -2.75" in told.err


def test_a_full_disk_is_told(doctrine, tmp_path, monkeypatch):
    import errno

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(additions.durable, "write", full)
    told = doctrine("record", "add", "aid.csv")
    assert (told.code, told.err) == (1, "doctrine: the disk is full; nothing was written\n")
    assert not (tmp_path / "record").exists()


def test_three_months_of_hers_are_in_the_figures_and_the_report(doctrine, tmp_path, monkeypatch, drawing):
    doctrine("record", "add", "aid.csv", "--record", "mine")
    monkeypatch.setattr(ensemble_answer, "draw_all", drawing)
    (tmp_path / "brief.toml").write_text('extends = "history"\nmonths = 44\n')
    assert doctrine("run", "brief.toml", "--worlds", 20, "--record", "mine", "--out", "with").code == 0
    assert doctrine("run", "brief.toml", "--worlds", 20, "--out", "without").code == 0
    told = {name: (tmp_path / name / "report.html").read_text() for name in ("with", "without")}
    assert "of them yours" not in told["without"]
    assert "2026 (3 months, 3 of them yours: 2026-01 to 2026-03)" in told["with"]
    assert "Your own months, aid: invented for a test." in told["with"]
    assert "Your own months" not in told["without"]
    for figure in ("aid_flows", "overview", "europe_share"):
        drawn = {name: (tmp_path / name / "figures" / f"{figure}.svg").read_text() for name in ("with", "without")}
        assert "your months: invented for a test" in drawn["with"]
        assert "your months" not in drawn["without"]
    assert "your months" not in (tmp_path / "with" / "figures" / "front.svg").read_text()


def test_a_result_says_that_hers_were_drawn(doctrine, tmp_path, monkeypatch):
    def result(place, *words):
        assert doctrine("run", "short.toml", "--worlds", 2, *words, "--out", place).code == 0
        return json.loads((tmp_path / place / "run.json").read_text())

    monkeypatch.setattr(ensemble_answer, "draw_all", lambda *_: None)
    without = result("without")
    doctrine("record", "add", "aid.csv", "--record", "mine")
    named = result("named", "--record", "mine")
    monkeypatch.setenv("DOCTRINE_RECORD", "mine")
    by_the_variable = result("by the variable", "--no-paths")
    (tmp_path / "mine" / "0001-2026-06-15-aid.csv").rename(tmp_path / "mine" / "0007-2026-06-16-aid.csv")
    again = result("again")
    (tmp_path / "line.csv").write_text("month,held_km2,source\n2026-01,119000,me\n")
    doctrine("record", "add", "line.csv")
    more = result("more")

    assert "own_months" not in without
    assert named["command"] == without["command"] + " --record mine"
    assert again == {**without, "own_months": named["own_months"]}
    assert by_the_variable["own_months"] == named["own_months"]
    assert named["own_months"]["aid"]["rows"] == 9
    assert {table: own["rows"] for table, own in more["own_months"].items()} == {"aid": 9, "line": 1}
    assert more["own_months"]["aid"] == named["own_months"]["aid"]
    assert more["own_months"]["line"]["digest"] != more["own_months"]["aid"]["digest"]
