"""The tables in docs/reference/ are what the code says about itself, and the code says it of every number."""

import importlib.util
import re
from pathlib import Path

import pytest

from sim.actors.variables import MONTHLY
from sim.scenario import shipped
from sim.scenario.doctrine import DOCTRINES
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.parameters import Parameters
from sim.scenario.quantities import SOURCES, literature, quantities
from sim.scenario.tables import Initial

DOCS = Path(__file__).parents[2] / "docs"


def _loaded():
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = _loaded()
NUMBERS = {number.name: number for number in quantities(Parameters)}
START = {number.name: number for number in quantities(Initial, "initial.") if "settlement" not in number.name}


@pytest.mark.parametrize("page", reference.PAGES)
def test_every_page_is_what_the_command_makes_now(page):
    made, committed = reference.PAGES[page](), (DOCS / "reference" / page).read_text(encoding="utf-8")
    assert committed == made, "python docs/make_reference.py makes it anew"


def test_no_page_is_there_that_the_command_does_not_make():
    assert {path.name for path in (DOCS / "reference").iterdir()} == set(reference.PAGES)


@pytest.mark.parametrize("name", [*NUMBERS, *START])
def test_every_number_says_where_it_comes_from(name):
    told = (NUMBERS | START)[name]
    assert told.source in SOURCES
    assert len(told.grounds) > 2, f"{name} is {told.source}: say in a clause what it rests on, or that it is a guess"


@pytest.mark.parametrize("name", [*NUMBERS, *START])
def test_every_number_has_a_unit_and_a_meaning(name):
    told = (NUMBERS | START)[name]
    assert told.unit
    assert re.match(r"[A-Z].{10,}\.$", told.meaning)


def test_every_dial_and_switch_has_a_meaning():
    for table in (*DOCTRINES.values(), Mechanisms):
        assert all(number.meaning for number in quantities(table)), table.__name__


def test_every_switch_is_read_somewhere():
    assert [name for name in Mechanisms.model_fields if not reference.readers(name)] == []


def test_pages_name_everything():
    text = {page: (DOCS / "reference" / page).read_text(encoding="utf-8") for page in reference.PAGES}
    assert all(f"`{name}`" in text["mechanisms.md"] for name in Mechanisms.model_fields)
    assert all(f"`{name}`" in text["variables.md"] for name in MONTHLY)
    assert all(f"`{name}`" in text["scenarios.md"] for name in shipped())
    assert all(f"`{name.split('.')[1]}`" in text["parameters.md"] for name in NUMBERS)


def test_a_number_says_in_a_sentence_what_it_is_and_rests_on():
    told = {number.name: number.sentence for number in quantities(Parameters)}
    assert told["preferences.horizon_ukraine"] == (
        "tau_U, months ahead that Ukraine weighs (judgement: a guess: two years of a war that may be lost)."
    )
    assert told["front.noise"].endswith("(record: sd of monthly change).")


def test_a_number_from_the_literature_names_the_work():
    with pytest.raises(ValueError, match="names the method, the work or the cases"):
        literature(0.5, "share")
