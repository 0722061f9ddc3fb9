"""The tables in docs/reference/ are what the code says about itself, and the code says it of every number."""

import importlib.util
import re
from pathlib import Path

import pytest

from sim.doctrine import DOCTRINES, Table
from sim.ensemble.recorder import MONTHLY
from sim.mechanisms import Mechanisms
from sim.scenario import shipped
from sim.scenario.tables import Initial

DOCS = Path(__file__).parents[2] / "docs"


def _loaded():
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = _loaded()
GROUPS = reference.groups().items()
NUMBERS = {f"{name}.{field}": info for name, group in GROUPS for field, info in group.model_fields.items()}
START = {f"initial.{name}": field for name, field in Initial.model_fields.items() if not reference.is_table(field)}


@pytest.mark.parametrize("page", reference.PAGES)
def test_every_page_is_what_the_command_makes_now(page):
    made, committed = reference.PAGES[page](), (DOCS / "reference" / page).read_text(encoding="utf-8")
    assert committed == made, "python docs/make_reference.py makes it anew"


def test_no_page_is_there_that_the_command_does_not_make():
    assert {path.name for path in (DOCS / "reference").iterdir()} == set(reference.PAGES)


@pytest.mark.parametrize("name", [*NUMBERS, *START])
def test_every_number_says_where_it_comes_from(name):
    assert reference.source_word((NUMBERS | START)[name].description) in reference.SOURCES


@pytest.mark.parametrize("name", [*NUMBERS, *START])
def test_every_number_has_a_unit_and_a_meaning(name):
    group, field = name.split(".")
    told = reference.documented(field, (NUMBERS | START)[name], reference.TABLE_UNITS.get(group, "number"))
    assert told.unit
    assert re.match(r"[A-Z].{10,}\.$", told.meaning)


def _fields(table: type[Table]):
    return [field for _, field in reference._dials(table)]


def test_every_dial_and_switch_has_a_meaning():
    for table in (*DOCTRINES.values(), Mechanisms):
        assert all(field.description for field in _fields(table)), table.__name__


def test_every_switch_is_read_somewhere():
    assert [name for name in Mechanisms.model_fields if not reference.readers(name)] == []


def test_pages_name_everything():
    text = {page: (DOCS / "reference" / page).read_text(encoding="utf-8") for page in reference.PAGES}
    assert all(f"`{name}`" in text["mechanisms.md"] for name in Mechanisms.model_fields)
    assert all(f"`{name}`" in text["variables.md"] for name in MONTHLY)
    assert all(f"`{name}`" in text["scenarios.md"] for name in shipped())
    assert all(f"`{name.split('.')[1]}`" in text["parameters.md"] for name in NUMBERS)


@pytest.mark.parametrize(
    ("docstring", "symbol", "unit", "meaning"),
    [
        (
            "tau_U, months ahead that Ukraine weighs (judgement).",
            "tau_U",
            "months",
            "Months ahead that Ukraine weighs.",
        ),
        ("kappa, share a month per log point of x (tuned).", "kappa", "share a month per log point", None),
        ("Sd of the common shock to the House count, ayes (judgement).", "", "ayes", None),
        ("Value of the prize in units of force at resolve .7 (tuned: y).", "", "units of force", None),
        ("Share of what is left (judgement).", "", "share", "Share of what is left."),
        ("Overall taste for aid (tuned).", "", "number", "Overall taste for aid."),
    ],
)
def test_how_docstrings_are_read(docstring, symbol, unit, meaning):
    told = reference.documented("x", _Field(docstring), "number")
    assert (told.symbol, told.unit, told.meaning) == (symbol, unit, meaning or told.meaning)


class _Field:
    """A pydantic field as far as the reference looks at one."""

    metadata = ()
    annotation = float
    default = 1.0

    def __init__(self, description):
        self.description = description
