"""The schema for editors: it takes what loads, and refuses what it can see to be wrong."""

import tomllib
from pathlib import Path

import jsonschema
import pytest

import sim.scenario as scenario
from sim.basics.actors import FACTIONS
from sim.scenario.doctrine import DOCTRINES

HERE = Path(__file__).parent
SCHEMA = scenario.schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

BEYOND_A_SCHEMA = {
    # It knows no sums,
    "house_not_full",
    "inherited_sum",
    "priorities_do_not_sum",
    "senate_overfull",
    # no order of dates and no end of the horizon,
    "change_after_end",
    "change_before_start",
    "changes_out_of_order",
    "changes_same_month",
    "event_outside",
    "months_beyond_names",
    "start_moved",
    # no preset that leaves dials open,
    "custom_without_dials",
    # no other files,
    "extends_itself",
    "extends_missing",
    "drop_without_extends",
    # no word that says the opposite of another,
    "posterior_twice",
    # and takes nan for a number like any other.
    "dial_not_a_number",
}


def sound_files():
    return [*(HERE / "valid").glob("*.toml"), *scenario.shipped().values()]


def tables(file):
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError:
        return None


def test_it_is_a_schema():
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", sound_files(), ids=lambda file: file.stem)
def test_what_loads_fits(file):
    VALIDATOR.validate(tables(file))


@pytest.mark.parametrize("file", sound_files(), ids=lambda file: file.stem)
def test_what_is_resolved_fits(file):
    VALIDATOR.validate(tomllib.loads(scenario.load(file).to_toml()))


@pytest.mark.parametrize("file", sorted((HERE / "invalid").glob("*.toml")), ids=lambda file: file.stem)
def test_what_is_broken_does_not_fit_where_a_schema_can_tell(file):
    data = tables(file)
    if data is None:
        pytest.skip("not TOML")
    fits = VALIDATOR.is_valid(data)
    assert fits == (file.stem in BEYOND_A_SCHEMA)


def test_every_key_is_described():
    silent = [
        f"{name}.{key}"
        for name, table in (("", SCHEMA), *SCHEMA["$defs"].items())
        for key, node in table["properties"].items()
        if not (node.get("description") or "$ref" in node or key in FACTIONS)
    ]
    assert silent == []


def test_dials_are_described_by_their_docstrings():
    described = SCHEMA["$defs"]["us"]["properties"]
    for dial, field in DOCTRINES["us"].model_fields.items():
        assert described[dial]["description"] == field.description


def test_presets_are_offered_with_the_sentence_that_says_what_they_are():
    preset = SCHEMA["$defs"]["congress"]["properties"]["preset"]
    assert preset["enum"] == ["117th", "118th", "119th", "isolationist_majority", "custom"]
    assert "118th: 2023-24: a narrow opposition majority" in preset["description"]


def test_python_does_not_show_through():
    text = str(SCHEMA)
    assert "'null'" not in text
    assert "None" not in text


def test_the_schema_is_the_callers_own():
    scenario.schema()["properties"].clear()
    assert scenario.schema() == SCHEMA
