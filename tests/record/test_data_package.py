"""The record as a data package: what other programs read of it is complete, up to date, and true of the tables."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import frictionless
import pytest

from sim.record import tables

ROOT = Path(__file__).parents[2]
DESCRIPTOR = "datapackage.json"


def _loaded():
    spec = importlib.util.spec_from_file_location("make_datapackage", ROOT / "docs" / "make_datapackage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _loaded()


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """A copy of the record that a test may spoil."""
    place = shutil.copytree(tables.FOLDER, tmp_path / "tables")
    monkeypatch.setattr(tables, "FOLDER", place)
    monkeypatch.setattr(made, "FOLDER", place)
    return place


def changed(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("file", made.FILES)
def test_what_is_committed_is_what_the_command_makes_now(file: str) -> None:
    committed = (tables.FOLDER / file).read_text(encoding="utf-8")
    assert committed == made.FILES[file](), "python docs/make_datapackage.py makes it anew"


def test_the_package_is_valid_and_every_table_is_as_it_says() -> None:
    report = frictionless.validate(str(tables.FOLDER / DESCRIPTOR))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert {task.name for task in report.tasks} == set(tables.names())


def test_a_word_among_numbers_and_a_month_twice_break_it(copy: Path) -> None:
    changed(copy / "aid.csv", "2022-02,us,0.3086,", "2022-01,us,some,")
    flat = frictionless.validate(str(copy / DESCRIPTOR)).flatten(["type"])
    assert ["type-error"] in flat
    assert ["primary-key"] in flat


def test_every_column_says_what_it_is_and_every_table_whose_it_is() -> None:
    for resource in json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))["resources"]:
        assert resource["licenses"]
        assert resource["sources"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_what_is_judged_by_hand_says_so_and_so_does_what_is_made_of_it() -> None:
    package = json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    whose = {each["name"]: [source["title"] for source in each["sources"]] for each in package["resources"]}
    judged = whose["congress_priors"]
    assert judged == ["judgement of the developers of doctrine-sim, coded by hand; rules in SOURCES.md"]
    assert whose["congress_coding"] == whose["congress_motives"] == judged + whose["votes"]
    assert judged[0] in whose["congress_coefficients"]
    assert judged[0] not in whose["aid"]


def test_money_and_land_have_units() -> None:
    package = json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    for ending, unit in (("_km2", "km2"), ("usd_bn", "USD bn"), ("eur_bn", "EUR bn"), ("_pct_gdp", "% of GDP")):
        found = [field["unit"] for field in fields if field["name"].endswith(ending)]
        assert found
        assert all(each.startswith(unit) for each in found)


def test_a_column_of_numbers_without_a_unit_is_named_with_what_to_write(copy: Path) -> None:
    changed(copy / "about.toml", 'release = { unit = "1", what = "number of the release" }', 'release = "its number"')
    with pytest.raises(
        ValueError, match=r"\[tables\.aid_vintages\.columns\] 'release' has no unit; .* \"1\" for a pure"
    ):
        made.descriptor()


def test_every_column_of_numbers_has_a_unit_and_one_that_differs_by_row_says_which_column_tells_it() -> None:
    for resource in json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for field in fields.values():
            assert field["type"] not in ("integer", "number") or field["unit"], (resource["name"], field["name"])
            for told in re.findall(r"`(\w+)`", field.get("unit", "")):
                assert told in fields, (resource["name"], field["name"])


def test_what_is_derived_says_whose_licence_holds_and_whose_figures_it_repeats(copy: Path) -> None:
    package = json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    names = {each["name"]: [licence["name"] for licence in each["licenses"]] for each in package["resources"]}
    assert names["posterior"] == ["MIT"]
    assert names["europe_members"] == ["MIT", "other-nc", "CC-BY-4.0"]
    assert names["aid"] == ["other-nc"]
    assert "under the MIT licence" in package["description"]
    changed(copy / "about.toml", 'holds = ["kiel", "world_bank", "sipri"]', 'holds = ["ecb"]')
    with pytest.raises(ValueError, match=r"\[tables\.europe_members\] holds 'ecb', which no table that it is made of"):
        made.descriptor()


def test_sources_stand_newest_first_each_with_its_whole_name() -> None:
    package = json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    assert not any(source["title"].startswith("the same") for source in package["sources"])
    (vintages,) = (each for each in package["resources"] if each["name"] == "aid_vintages")
    assert [source["title"][-10:] for source in vintages["sources"]] == ["Release 29", "Release 28"]


def test_a_parameter_describes_itself() -> None:
    package = json.loads((tables.FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    posterior = next(resource for resource in package["resources"] if resource["name"] == "posterior")
    pull = next(field for field in posterior["schema"]["fields"] if field["name"] == "front.pull")
    assert pull["unit"] == "share a month per log point"
    assert pull["type"] == "number"


def test_a_table_without_a_declaration_is_named(copy: Path) -> None:
    (copy / "rumours.csv").write_text("month,rumours\n2022-01,3\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"about\.toml: 'rumours' is not declared; .*\[tables\.rumours\]"):
        made.descriptor()


def test_a_declaration_without_a_table_is_named(copy: Path) -> None:
    (copy / "losses.csv").unlink()
    with pytest.raises(ValueError, match=r"'losses' is declared, and there is no such table"):
        made.descriptor()


def test_a_column_without_a_declaration_is_named_with_what_to_write(copy: Path) -> None:
    changed(copy / "exchange_rates.csv", "year,usd_per_eur,", "year,usd_a_euro,")
    with pytest.raises(ValueError, match=r"\[tables\.exchange_rates\.columns\] says nothing of 'usd_a_euro'.*unit = "):
        made.descriptor()


def test_a_declaration_of_no_column_is_named(copy: Path) -> None:
    changed(copy / "about.toml", 'bloc = "us,', 'block = "no column"\nbloc = "us,')
    with pytest.raises(ValueError, match=r"\[tables\.aid\.columns\] tells of 'block', which is no column; remove it"):
        made.descriptor()
