"""What the package says of itself: whose terms hold for what is in it, and which versions are enough."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.lowest import NoLowerBoundError, constraints, lowest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_licence_names_the_terms_of_the_tables_and_ships_them() -> None:
    assert PROJECT["license"] == "MIT AND LicenseRef-Publishers-Terms"
    for file in PROJECT["license-files"]:
        assert (ROOT / file).is_file()
    terms = (ROOT / PROJECT["license-files"][1]).read_text(encoding="utf-8")
    assert "research and non-commercial use" in terms


def test_everything_that_is_asked_for_has_a_lowest_version() -> None:
    found = constraints(*PROJECT["optional-dependencies"])
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in found)
    assert any(line.startswith("numpy==2") for line in found)


def test_a_dependency_of_which_any_version_would_do_is_an_error() -> None:
    with pytest.raises(NoLowerBoundError, match=r"'pandas' has no lower bound; say which version is enough"):
        list(lowest(["numpy>=2", "pandas"], {}, "doctrine-sim"))


def test_the_extras_that_an_extra_names_are_followed() -> None:
    extras = {"test": ["us[app]", "pytest>=8.2"], "app": ["nicegui>=3.18,<4"]}
    assert list(lowest(["us[test]"], extras, "us")) == ["nicegui==3.18", "pytest==8.2"]
