"""docs/ODD.md is whole: what the model has, the document names, and constants typed there are those of the code."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from sim.actors import congress, europe, russia, ukraine
from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import derived, load
from sim.scenario.doctrine import DOCTRINES
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.parameters import Parameters
from sim.scenario.tables import Initial
from sim.world import executive, packages, settlement

ROOT = Path(__file__).parents[2]
ODD = (ROOT / "docs" / "ODD.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"\w+", ODD))
SEVEN_ELEMENTS = [
    "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
    "Design concepts", "Initialization", "Input data", "Submodels",
]  # fmt: skip
ELEVEN_CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
]  # fmt: skip


def section(title: str) -> str:
    """The text under a heading, its parts included."""
    after = ODD.split(f" {title}\n", 1)[1]
    return re.split(r"\n## ", after)[0]


def test_it_has_the_seven_elements_of_the_protocol_in_order():
    assert re.findall(r"^## \d+ (.+)$", ODD, re.MULTILINE)[:7] == SEVEN_ELEMENTS


def test_it_has_the_eleven_design_concepts_in_order():
    assert re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", section("Design concepts"), re.MULTILINE) == ELEVEN_CONCEPTS


def test_the_month_is_told_call_by_call():
    called = re.findall(r"self\.((?:\w+\.)?\w+)\(\)", inspect.getsource(Negotiation.step))
    told = re.search(r"```text\n(begin_month.+?)```", ODD, re.DOTALL)[1]
    assert re.findall(r"^([a-z_.]+)", told, re.MULTILINE) == called


@pytest.mark.parametrize("group", Parameters.model_fields)
def test_it_names_every_parameter_and_its_table(group):
    assert f"`[{group}]`" in ODD
    assert [name for name in Parameters.model_fields[group].annotation.model_fields if name not in WORDS] == []


def test_it_names_every_mechanism_in_the_submodels_or_the_claims():
    told = section("Submodels") + section("Claims and refutations")
    assert [name for name in Mechanisms.model_fields if f"`{name}`" not in told] == []


def test_it_names_every_dial():
    dials = {name for table in DOCTRINES.values() for name in table.model_fields}
    assert dials - {"house", "senate"} <= WORDS


def test_it_names_every_file_of_actors_and_of_the_world():
    files = [path.name for folder in ("actors", "world") for path in (ROOT / "sim" / folder).glob("[!_]*.py")]
    assert [name for name in files if name not in ODD] == []


def test_it_names_every_number_of_the_initial_state():
    assert [name for name in Initial.model_fields if f"`{name}`" not in ODD and f"[initial.{name}]" not in ODD] == []


def test_its_table_of_state_variables_is_complete():
    model = opened(load("history"), seed=1, start=0, stop=3)
    model.step()
    actors = (getattr(model, name) for name in vars(model) if hasattr(getattr(model, name), "reasons"))
    state = {name for owner in (model, *actors) for name, value in vars(owner).items() if isinstance(value, np.ndarray)}
    told = set(re.findall(r"`(\w+)`", section("Entities, state variables and scales")))
    assert state - told == set()


def test_its_table_of_streams_is_complete():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sim").glob("**/*.py"))
    streams = re.findall(r'(?:luck|draws)\.(?:uniform|normal|exponential|heavy_tailed|part)\(f?"([^"]+)"', source)
    told = section("Design concepts")
    assert len(streams) > 20
    untold = [stream for stream in streams if not all(part.strip() in told for part in re.split(r"{.+?}", stream))]
    assert untold == []


TYPED = {
    "desired = x* held between 0 and {:g}": executive.MOST_SUPPORT,
    "min(1, `priorities.europe` / {:g})": derived.THEATRE_FULL_WEIGHT,
    "together hold {:g} seats": congress.CLOTURE,
    "simple majority of {:g}": congress.SENATE_MAJORITY,
    "{:g} and 60 ayes pass it": congress.HOUSE_MAJORITY,
    "1 + `trust` − {:g}": ukraine.REFERENCE_TRUST,
    "own_effort_ukraine (1 + resolve - {:g})": ukraine.REFERENCE_RESOLVE,
    "audience_ukraine (audience / {:g})": ukraine.REFERENCE_AUDIENCE,
    "land_russia resolve / {:g}": russia.REFERENCE_RESOLVE,
    "(1 + patience - {:g})": russia.REFERENCE_PATIENCE,
    "*Packages.* {:g} of them": packages.COUNT,
    "guarantees from level {:g} up": packages.EUROPEAN_LEVEL,
    "relief above {:g}": packages.EUROPEAN_RELIEF,
    "guarantee of level {:g}": packages.TREATY,
    "from level {:g} up; else": settlement.STRONG_GUARANTEE,
}
SPELT = {
    "half of K_U + half of what would be sustained for good": (ukraine.STILL_TODAY, 0.5),
    "more than two points beyond the front": (settlement.IMPOSED_OFFSET, 0.02),
    "counts six months of both donors' allocations": (europe.SHARE_WINDOW, 6),
}


@pytest.mark.parametrize("sentence", TYPED)
def test_constants_typed_in_the_text_are_those_of_the_code(sentence):
    assert sentence.format(TYPED[sentence]).replace(" 0.", " .") in " ".join(ODD.split()).replace(" 0.", " .")


@pytest.mark.parametrize("sentence", SPELT)
def test_constants_spelt_out_in_the_text_are_those_of_the_code(sentence):
    constant, expected = SPELT[sentence]
    assert sentence in " ".join(ODD.split())
    assert constant == expected
