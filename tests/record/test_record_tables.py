"""The tables are whole, agree with each other, and are documented."""

import numpy as np
import pandas as pd
import pytest

from sim.record import last_month, monthly, tables, vintages
from sim.record.monthly import LOAN, TYPES, UKRAINE_KM2

SETS = ("posterior", "posterior_2024")
"""Tables of a thousand parameter sets."""
BYTES_OF_A_NUMBER = 7.3
"""What a number of four digits takes in a file, with its comma, on average."""

KIEL_ROUNDING = 1e-3


@pytest.mark.parametrize("name", tables.names())
def test_a_table_is_small_documented_and_has_no_blank_or_repeated_row(name: str) -> None:
    frame = tables.read(name)
    assert not frame.empty
    assert not frame.duplicated().any()
    assert not frame.isna().all(axis=1).any()
    most = BYTES_OF_A_NUMBER * frame.size if name in SETS else 64_000
    assert (tables.FOLDER / f"{name}.csv").stat().st_size < most
    assert f"`{name}`" in (tables.FOLDER / "SOURCES.md").read_text(encoding="utf-8")


def test_a_table_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no table 'teritory'.*territory"):
        tables.read("teritory")


def test_aid_has_every_bloc_in_every_month() -> None:
    aid = tables.read("aid")
    assert aid.groupby("month")["bloc"].nunique().eq(4).all()
    months = aid["month"].drop_duplicates()
    assert months.tolist() == pd.date_range("2022-01", last_month(), freq="MS").tolist()
    assert (aid[[*TYPES, LOAN, "purl"]] >= 0.0).all(axis=None)
    assert (aid["purl"] <= aid["military"]).all()


def test_the_loan_is_booked_as_the_sources_say() -> None:
    """Coding rules of SOURCES.md: the American share in one month, the EU's 18.1 as it was paid."""
    lumps = tables.read("aid").query("instrument > 0")
    shares = {
        bloc: dict(zip(part["month"].dt.strftime("%Y-%m"), part[LOAN], strict=True))
        for bloc, part in lumps.groupby("bloc")
    }
    paid = {f"2025-{month:02d}": 1.0 for month in range(3, 10)}
    assert shares["eu_institutions"] == {"2025-01": 3.0, **paid, "2025-10": 4.0, "2025-11": 4.1}
    assert shares["us"] == {"2024-10": pytest.approx(18.3, abs=0.05)}
    assert set(shares) == {"us", "eu_institutions"}


@pytest.mark.parametrize("kind", [*TYPES, LOAN])
def test_donors_add_up_to_blocs(kind: str) -> None:
    blocs = tables.read("aid").set_index(["month", "bloc"])[kind]
    donors = monthly.by_bloc(tables.read("aid_by_donor")).set_index(["month", "bloc"])[kind]
    np.testing.assert_allclose(donors.reindex(blocs.index, fill_value=0.0), blocs, atol=KIEL_ROUNDING)
    assert donors.index.isin(blocs.index).all()


def test_totals_are_those_that_the_sources_state() -> None:
    """SOURCES.md, "Totals to check against"."""
    series = monthly.dataset()
    europe, us = series["europe_contribution"], series["us_allocation"]
    assert float(europe.sel(month="2025").mean()) == pytest.approx(6.17, abs=0.005)
    assert float(europe.sel(month=slice("2025-09", "2025-12")).mean()) == pytest.approx(5.70, abs=0.005)
    assert not us.sel(month=slice("2025-02", None)).any()
    line = tables.read("territory").set_index("month")["change_km2"]
    assert line["2025"].sum() == pytest.approx(5000, abs=5)
    assert line["2025-01":"2025-08"].sum() == pytest.approx(3240, abs=1)


def test_the_two_maps_differ_as_the_sources_say() -> None:
    both = tables.read("territory").dropna()
    assert (both["held_km2"] - both["deepstate_km2"]).between(3400, 4300).all()
    assert np.corrcoef(both["change_km2"], both["deepstate_change_km2"])[0, 1] == pytest.approx(0.87, abs=0.005)
    assert (both["change_km2"] - both["deepstate_change_km2"]).abs().max() < 200.0


def test_the_newest_vintage_is_the_table_of_aid() -> None:
    newest = vintages.revised().xs(monthly.releases()[-1], axis=1, level="release")
    for flow, name in (("us", "us_allocation"), ("europe", "europe_contribution")):
        np.testing.assert_allclose(newest[flow], monthly.dataset()[name], atol=KIEL_ROUNDING)


def test_the_measured_error_of_a_release() -> None:
    """SOURCES.md: +1.7 % to 2025-08, most of it one month; half the spread is of 2022 and 2023; sums are surer."""
    whole, late = (vintages.revisions(since).set_index("flow") for since in ("2022-01", "2024-01"))
    assert (whole.loc["us", ["sd", "log_most"]] == 0.0).all()
    europe = whole.loc["europe"]
    assert (europe["sd"], europe["log_sd"], europe["log_most"]) == (0.529, 0.106, 0.478)
    assert late.loc["europe", "log_sd"] < 0.5 * europe["log_sd"]
    assert 0.05 < europe["six_months"] < europe["two_months"] < 0.1
    both = vintages.revised().loc["2024-01":"2025-08", "europe"]
    assert both[29].sum() / both[28].sum() - 1.0 == pytest.approx(0.017, abs=5e-4)
    assert (both[29] - both[28]).idxmax() == pd.Timestamp("2025-05")


def test_the_rows_that_a_flag_would_lose_are_in() -> None:
    """Release 28 of 2024-04 has 4.20; without the rows whose month a flag denies it had 3.88."""
    assert monthly.dataset(28)["europe_contribution"].sel(month="2024-04-01") == pytest.approx(4.204, abs=1e-3)


def test_the_change_of_territory_is_the_difference_of_its_levels() -> None:
    front = tables.read("territory")
    np.testing.assert_allclose(front["change_km2"][1:], front["held_km2"].diff()[1:], atol=0.2)
    np.testing.assert_allclose(front["share"], front["held_km2"] / UKRAINE_KM2, atol=1e-5)


def test_party_votes_add_up_to_the_chamber() -> None:
    votes = tables.read("votes")
    for side in ("yea", "nay"):
        assert (votes[f"dem_{side}"] + votes[f"rep_{side}"] + votes[f"ind_{side}"]).equals(votes[side])
    assert set(votes["pro"]) == {"yea", "nay", "none"}
    assert votes["vote"].is_unique


@pytest.mark.parametrize("chamber", ["house", "senate"])
def test_patterns_repeat_the_roll_calls(chamber: str) -> None:
    patterns, votes = tables.read(f"vote_patterns_{chamber}"), tables.read("votes").set_index("vote")
    for vote in patterns.columns[2:]:
        for letter, side in (("Y", "yea"), ("N", "nay")):
            republicans = patterns[(patterns["party"] == "republican") & (patterns[vote] == letter)]
            assert republicans["members"].sum() == votes.loc[vote, f"rep_{side}"], (vote, side)


def test_coded_votes_and_prototypes_name_votes_that_exist() -> None:
    votes = set(tables.read("votes")["vote"])
    coding, motives = tables.read("congress_coding"), tables.read("congress_motives")
    assert set(coding["vote"]) <= votes
    assert set(motives["vote"]) <= set(coding.loc[coding["fitted"] == 1, "vote"])


def test_percentages_are_percentages_and_opposed_and_ready_leave_room_for_the_undecided() -> None:
    surveys = tables.read("opinion")
    assert surveys["percent"].between(0, 100).all()
    concessions = surveys.query("question == 'concessions'").pivot(index="month", columns="answer", values="percent")
    assert (concessions.sum(axis=1) <= 100).all()


def test_a_written_table_reads_back_the_same(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    frame = pd.DataFrame({"member": ["a", "b"], "budget": [1.5, 2.0]})
    assert tables.write("small", frame).read_bytes() == b"member,budget\na,1.5\nb,2.0\n"
    pd.testing.assert_frame_equal(tables.read("small"), frame)
