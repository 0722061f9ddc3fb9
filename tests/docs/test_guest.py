"""The example package of docs/examples: its own tests pass, with its entry points as pip would install them."""

import os
import subprocess
import sys

from packages import EXAMPLE, ROOT, offer_the_example


def test_the_tests_of_the_example_package_pass(tmp_path):
    places = os.pathsep.join(map(str, [*offer_the_example(tmp_path), ROOT]))
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", EXAMPLE, EXAMPLE / "tests"]
    environment = {**os.environ, "PYTHONPATH": places, "PYTHONUTF8": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
