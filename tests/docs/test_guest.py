"""The example package of docs/examples: its own tests pass, with its entry points as pip would install them."""

import os
import subprocess
import sys
import tomllib

import pytest
from packages import EXAMPLE, ROOT, offer_the_example

pytestmark = pytest.mark.long

PROJECT = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_what_its_page_tells_a_stranger_to_type_can_be_typed():
    """In a fresh environment nothing offers doctrine-sim, and no extra means no pytest."""
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    first, second, *others = [line.strip() for line in page.splitlines() if line.startswith("    ")]
    command, install, place = first.split()
    assert (command, install, (EXAMPLE / place).resolve()) == ("pip", "install", ROOT)
    assert second == "pip install '.[test]'"
    assert "test" in PROJECT["optional-dependencies"]
    assert others[-1] == "python -m pytest"


def test_the_tests_of_the_example_package_pass(tmp_path):
    places = os.pathsep.join(map(str, [*offer_the_example(tmp_path), ROOT]))
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", EXAMPLE, EXAMPLE / "tests"]
    environment = {**os.environ, "PYTHONPATH": places, "PYTHONUTF8": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
