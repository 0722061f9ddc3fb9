"""What docs/how-to/read-results-in-r-or-a-spreadsheet.md says of the files, read by Python's own csv module."""

import csv
import gzip
import re
from pathlib import Path

import pytest
from pages import ROOT, blocks

from sim.answers import ensemble_answer
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison
from sim.scenario import load
from sim.store import result_folder as store

PAGE = ROOT / "docs" / "how-to" / "read-results-in-r-or-a-spreadsheet.md"
R = "".join(block.text for block in blocks(PAGE) if block.language == "r")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("results") / "both"
    study = comparison(
        load("outlook").with_horizon(6), ["architectural", "transactional"], ensemble=Ensemble(worlds=20)
    )
    with store.new_results(place) as made:
        ensemble_answer.write_data(study.simulate(), study, made)
    return place


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    opened = gzip.open if name.endswith(".gz") else open
    with opened(folder / name, "rt", encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_the_columns_that_the_r_code_names_are_there(folder: Path) -> None:
    worlds, summary = rows(folder, "worlds.csv.gz"), rows(folder, "summary.csv")
    named = {"worlds": set(re.findall(r"worlds\$(\w+)", R)), "summary": set(re.findall(r"land\$(\w+)", R)) - {"date"}}
    named["worlds"] |= set(re.findall(r'"(\w+)"', re.search(r"worlds\[c\((.+?)\)\]", R)[1]))
    named["summary"] |= {"variable", "mean", "p05", "p95", "doctrine", "month", "unit", "sd"}
    assert named["worlds"] == {"doctrine", "outcome", "world", "europe_total"}
    assert named["worlds"] <= set(worlds[0])
    assert named["summary"] <= set(summary[0])
    assert re.search(r'variable == "(\w+)"', R)[1] in {row["variable"] for row in summary}


def test_there_is_a_row_for_each_doctrine_and_world_so_that_worlds_pair(folder: Path) -> None:
    worlds = rows(folder, "worlds.csv.gz")
    assert len(worlds) == 40
    by_doctrine = {name: [row["world"] for row in worlds if row["doctrine"] == name] for name in
                   ("architectural", "transactional")}  # fmt: skip
    assert by_doctrine["architectural"] == by_doctrine["transactional"] == [str(number) for number in range(20)]


def test_cells_are_as_the_page_says(folder: Path) -> None:
    summary = rows(folder, "summary.csv")
    assert all(re.fullmatch(r"\d{4}-\d\d", row["month"]) for row in summary)
    assert all(row[name] == "" or float(row[name]) is not None for row in summary for name in ("mean", "sd", "p05"))
    worlds = rows(folder, "worlds.csv.gz")
    assert all(row["settlement_month"] == "" or re.fullmatch(r"\d{4}-\d\d", row["settlement_month"]) for row in worlds)
    assert all(float(row["europe_total"]) > 0 for row in worlds)
    assert {path.name for path in folder.iterdir()} >= {"summary.csv", "worlds.csv.gz", "paths.zarr", "run.json"}
