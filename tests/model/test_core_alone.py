"""The core runs alone: NumPy, the standard library, and a scenario that arrived resolved; the worlds are the same."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.model import Negotiation
from sim.questions.explain.replay import replay
from sim.scenario import load
from sim.scenario.derived import DERIVED
from sim.scenario.doctrine import DOCTRINES
from sim.scenario.resolved import Resolved, as_json

ROOT = Path(__file__).parents[2]
FORBIDDEN = ("pydantic", "pydantic_core", "pandas", "scipy", "mesa", "xarray", "matplotlib", "tomli_w", "rich")
ALONE = f"""
import sys

FORBIDDEN = {FORBIDDEN!r}


class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in FORBIDDEN:
            raise ImportError(f"{{name}} is not here")


sys.meta_path.insert(0, Absent())
import numpy as np

from sim.basics.draws import Draws
from sim.model import Negotiation
from sim.questions.compare import measures
from sim.questions.explain.replay import replay
from sim.scenario.resolved import Resolved

sys.path.insert(0, {str(Path(__file__).parent)!r})
from arrays_of_a_model import lived

config = Resolved(open(sys.argv[1]).read())
np.savez(sys.argv[2], **lived(Negotiation(config, Draws(7, 100, 148))))
print([month.sentences for month in replay(config, 7, 117)])
assert not set(FORBIDDEN) & set(sys.modules)
"""


def scenario(name: str):
    return load(name).with_horizon(14)


@pytest.mark.parametrize("name", ["history", "outlook", "classroom"])
def test_the_same_worlds_without_any_package_but_numpy(name, tmp_path):
    from arrays_of_a_model import lived

    (tmp_path / "resolved.json").write_text(as_json(scenario(name)), encoding="utf-8")
    words = [sys.executable, "-c", ALONE, tmp_path / "resolved.json", tmp_path / "alone.npz"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    alone, usual = np.load(tmp_path / "alone.npz"), lived(Negotiation(scenario(name), Draws(7, 100, 148)))
    assert set(alone) == set(usual)
    assert len(usual) > 50
    for array, values in usual.items():
        assert alone[array].tobytes() == values.tobytes(), array
    assert done.stdout.strip() == str([month.sentences for month in replay(scenario(name), 7, 117)])


@pytest.mark.parametrize("name", ["history", "outlook"])
def test_a_resolved_scenario_answers_as_the_scenario_does(name):
    usual, resolved = load(name), Resolved(as_json(load(name)))
    assert (resolved.start, resolved.months, resolved.calendar) == (usual.start, usual.months, usual.calendar)
    assert vars(resolved.mechanisms) == usual.mechanisms.model_dump()
    for month in usual.calendar:
        assert resolved.doctrine("us", month).europe == usual.doctrine("us", month).europe
        assert resolved.doctrine("russia", month).resolve == usual.doctrine("russia", month).resolve
    assert resolved.parameters.table.guarantee_gain == usual.parameters.table.guarantee_gain


@pytest.mark.parametrize(
    ("actor", "change"),
    [
        (
            "us",
            "architectural:priorities.europe=0.1,priorities.domestic=0.4,priorities.indo_pacific=0.3,priorities.hemisphere=0.2",
        ),
        ("russia", "maximalist"),
    ],
)
def test_another_doctrine_laid_over_a_resolved_scenario_is_that_of_the_scenario(actor, change):
    usual = load("history").with_doctrine(actor, change)
    last = usual.calendar[-1]
    dials = usual.doctrine(actor, last).model_dump(mode="json")
    laid_over = Resolved(as_json(load("history"))).with_doctrine(actor, dials, usual.called(actor, last))
    expected = Resolved(as_json(usual))
    for month in usual.calendar:
        assert laid_over.doctrine(actor, month) == expected.doctrine(actor, month)
        assert laid_over.called(actor, month) == expected.called(actor, month)


def test_what_follows_from_dials_is_known_without_the_scenario():
    for actor, doctrine in DOCTRINES.items():
        derived = {name for name, value in vars(doctrine).items() if isinstance(value, property)}
        assert derived == set(DERIVED.get(actor, {}))
