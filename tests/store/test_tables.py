"""Tables are ASCII, or begin with the mark by which a spreadsheet knows how they are written; one place writes them."""

import ast
import gzip
from pathlib import Path

import pandas as pd
import pytest

from sim.answers import ensemble_answer
from sim.basics import tables
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison
from sim.record.tables import FOLDER
from sim.scenario import load
from sim.store import result_folder as store

MARK = "\ufeff".encode()
WRITERS = {
    "basics/tables.py": {"to_csv"},
    "teaching/classroom/spreadsheet.py": {"writer"},
    "record/own/additions.py": {"writer"},
}
"""The others write what people typed, to the letter: the app's class, a user's own months. Both begin with the mark."""


def is_safe(content: bytes) -> bool:
    return content.isascii() or content.startswith(MARK)


def test_one_place_writes_tables() -> None:
    top = Path(tables.__file__).parents[1]
    found: dict[str, set[str]] = {}
    for path in top.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if name in {"to_csv", "writer", "DictWriter", "savetxt"}:
                found.setdefault(path.relative_to(top).as_posix(), set()).add(name)
    assert found == WRITERS


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_tables_that_ship_are_ascii_or_marked(path: Path) -> None:
    assert is_safe(path.read_bytes())


def test_typographic_signs_become_plain_ones(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Kalai–Smorodinsky": ["1,000 km²", "−2 €", "“so”", "it’s …", 'a "b", c']})
    tables.write(frame, tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes().isascii()
    back = pd.read_csv(tmp_path / "table.csv")
    assert back["Kalai-Smorodinsky"].tolist() == ["1,000 km2", "-2 EUR", "'so'", "it's ...", 'a "b", c']


def test_what_has_no_plain_form_begins_with_the_mark(tmp_path: Path) -> None:
    tables.write(pd.DataFrame({"doctrine": ["Überfall"]}), tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes().startswith(MARK)
    assert pd.read_csv(tmp_path / "table.csv")["doctrine"].tolist() == ["Überfall"]


def test_what_is_read_back_to_the_letter_keeps_its_signs(tmp_path: Path) -> None:
    tables.write(pd.DataFrame({"text": ["km²"]}), tmp_path / "table.csv", exact=True)
    assert is_safe((tmp_path / "table.csv").read_bytes())
    assert pd.read_csv(tmp_path / "table.csv")["text"].tolist() == ["km²"]


def test_results_with_any_label_are_tables_for_spreadsheets_and_open(tmp_path: Path) -> None:
    labels = {"Überfall": "architectural", "Nixon–China, “new”": "nixon_china"}
    study = comparison(load("outlook").with_horizon(2), labels, ensemble=Ensemble(worlds=2))
    with store.new_results(tmp_path / "odd") as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    assert is_safe((tmp_path / "odd/summary.csv").read_bytes())
    assert is_safe(gzip.decompress((tmp_path / "odd/worlds.csv.gz").read_bytes()))
    assert store.open_results(tmp_path / "odd")["doctrine"].to_numpy().tolist() == list(labels)


def test_results_with_plain_labels_are_ascii(written: Path) -> None:
    assert (written / "summary.csv").read_bytes().isascii()
    assert gzip.decompress((written / "worlds.csv.gz").read_bytes()).isascii()
