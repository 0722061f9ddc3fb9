"""What `import sim` promises: these names, these arguments, and nothing imported before it is used."""

import ast
import importlib
import inspect
import os
import subprocess
import sys
from dataclasses import MISSING
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import sim
from sim.answers.compare import comparison_study
from sim.answers.ensemble_answer import EnsembleAnswer, Writing, written_ensemble
from sim.basics.limits import InputError
from sim.scenario import ScenarioError

ROOT = Path(sim.__file__).parents[1]
PUBLIC = [
    "Answer",
    "Ensemble",
    "__version__",
    "attribution",
    "backtest",
    "calibrate",
    "claims",
    "compare",
    "difference",
    "discover",
    "explain",
    "figures",
    "game",
    "infer",
    "load",
    "map",
    "open_results",
    "regret",
    "replay",
    "run",
    "sensitivity",
    "textbook",
    "worlds",
]
HEAVY = ("mesa", "pandas", "xarray", "matplotlib", "zarr", "scipy", "numpy", "pydantic", "cyclopts", "rich")
ENSEMBLE = "ensemble: 'Ensemble' = Ensemble(worlds=1000, seed=1, jobs=1, progress=None, doing=None)"
SIGNATURES = {
    "load": "(source: 'str | os.PathLike[str]') -> 'Scenario'",
    "run": (
        "(scenario: 'Source', worlds: 'int' = 1000, seed: 'int' = 1, jobs: 'int' = 1, "
        "guests: 'Iterable[Invitation | str]' = ()) -> 'xr.Dataset'"
    ),
    "compare": (
        "(scenario: 'Source', doctrines: 'Iterable[str] | Mapping[str, str | Doctrine | dict[str, Any]]', "
        "actor: 'str' = 'us', since: 'str | None' = None, worlds: 'int' = 1000, seed: 'int' = 1, jobs: 'int' = 1, "
        "guests: 'Iterable[Invitation | str]' = ()) -> 'EnsembleAnswer'"
    ),
    "infer": (
        "(scenario: 'Source' = 'history', doctrines: 'Iterable[str]' = (), since: 'str | None' = None, "
        f"prior: 'Sequence[float] | None' = None, {ENSEMBLE}) -> 'Answer'"
    ),
    "game": (
        "(scenario: 'Source', players: 'Mapping[str, Sequence[str]] | None' = None, "
        "file: 'str | os.PathLike[str] | None' = None, month: 'str | None' = None, mixed: 'bool' = False, "
        f"{ENSEMBLE}) -> 'Answer'"
    ),
    "regret": (
        "(doctrines: 'Iterable[str]' = (), actor: 'str' = 'us', scenarios: 'Iterable[Source]' = (), "
        f"outcomes: 'Iterable[str]' = (), {ENSEMBLE}, guests: 'Iterable[str]' = ()) -> 'Answer'"
    ),
    "textbook": "(game: 'str', /, **parameters: 'str | float | Sequence[float]') -> 'Answer'",
    "attribution": (
        "(scenario: 'Source', doctrine_a: 'str', doctrine_b: 'str', actor: 'str' = 'us', since: 'str | None' = None, "
        "outcomes: 'Iterable[str]' = (), groups: 'bool' = False, mechanisms: 'Iterable[str]' = (), "
        f"channels: 'bool' = False, {ENSEMBLE}) -> 'Answer'"
    ),
    "map": (
        "(scenario: 'Source', dial_x: 'str', dial_y: 'str', actor: 'str' = 'us', preset: 'str | None' = None, "
        f"since: 'str | None' = None, grid: 'int' = 7, outcomes: 'Iterable[str]' = (), {ENSEMBLE}) -> 'Answer'"
    ),
    "explain": (
        "(result: 'str | os.PathLike[str]', world: 'int', month: 'str', doctrine: 'str | None' = None, "
        "actor: 'str | None' = None) -> 'StoryAnswer'"
    ),
    "replay": ("(result: 'str | os.PathLike[str]', world: 'int', doctrine: 'str | None' = None) -> 'StoryAnswer'"),
    "worlds": (
        "(result: 'str | os.PathLike[str]', nearest_to_record: 'bool' = False, worlds: 'int' = 5, "
        "doctrine: 'str | None' = None, release: 'int | None' = None) -> 'WorldsAnswer'"
    ),
    "sensitivity": (
        "(scenario: 'Source' = 'outlook', doctrines: 'Iterable[str]' = (), actor: 'str' = 'us', over: 'str' = 'prior', "
        "outcomes: 'Iterable[str]' = (), base: 'int' = 512, lucks: 'int' = 4, ensemble: 'Ensemble' = "
        "Ensemble(worlds=1000, seed=1, jobs=1, progress=None, doing=None)) -> 'Answer'"
    ),
    "discover": (
        "(scenario: 'Source', doctrines: 'Iterable[str]' = (), actor: 'str' = 'us', over: 'str' = 'prior', "
        "outcome: 'str | None' = None, above: 'float | None' = None, below: 'float | None' = None, boxes: 'int' = 2, "
        "ensemble: 'Ensemble' = Ensemble(worlds=8000, seed=1, jobs=1, progress=None, doing=None)) -> 'Answer'"
    ),
    "claims": (
        "(names: 'Iterable[str]' = (), ensemble: 'Ensemble' = "
        "Ensemble(worlds=1000, seed=1, jobs=1, progress=None, doing=None)) -> 'Answer'"
    ),
    **dict.fromkeys(
        ("calibrate", "backtest"),
        "(ensemble: 'Ensemble' = Ensemble(worlds=2000000, seed=7, jobs=1, progress=None, doing=None)) -> 'Answer'",
    ),
    "difference": "(one: 'xr.Dataset', other: 'xr.Dataset') -> 'xr.Dataset'",
    "open_results": "(folder: 'str | Path') -> 'xr.Dataset'",
}


@pytest.fixture(scope="module")
def short():
    return sim.load("outlook").with_horizon(4)


LAZY = [home for home in (ROOT / "sim").rglob("__init__.py") if "def __getattr__" in home.read_text(encoding="utf-8")]
"""Packages that import a name when it is first asked for."""


@pytest.mark.parametrize("home", LAZY, ids=lambda home: home.parent.name)
def test_a_type_checker_knows_every_name_that_is_imported_when_asked_for_and_no_other(home):
    """`make release` lets mypy refuse misspelt names; a `__getattr__` that it sees makes `Any` of them."""
    tree = ast.parse(home.read_text(encoding="utf-8"))
    assert not [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "__getattr__"]
    (checked,) = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    named = {ast.unparse(node.target) for node in checked.body if isinstance(node, ast.AnnAssign)}
    imported = [alias for node in checked.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    known = named | {alias.asname or alias.name for alias in imported}
    package = importlib.import_module(".".join(home.parent.relative_to(ROOT).parts))
    assert set(package.__all__) - set(vars(package)) <= known
    assert all(hasattr(package, name) for name in package.__all__)


def python(script):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_public_names_are_frozen():
    assert sim.__all__ == dir(sim) == PUBLIC


@pytest.mark.parametrize("name", SIGNATURES)
def test_the_public_signatures_are_frozen(name):
    assert str(inspect.signature(getattr(sim, name))) == SIGNATURES[name]


@pytest.mark.parametrize("name", [name for name in sim.__all__ if not name.startswith("_")])
def test_every_public_name_explains_itself(name):
    assert inspect.getdoc(getattr(sim, name))


def test_other_names_do_not_exist():
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'simulate_everything'"):
        sim.simulate_everything  # noqa: B018 -- looking is the test


def test_import_costs_next_to_nothing():
    assert python(f"import sys, sim; print([n for n in {HEAVY} if n in sys.modules])") == "[]\n"


def test_figures_do_not_cost_matplotlib_before_one_is_drawn():
    assert python("import sys, sim; sim.figures; print('matplotlib' in sys.modules)") == "False\n"


def test_the_version_is_that_of_the_package():
    from importlib import metadata

    try:
        assert sim.__version__ == metadata.version("doctrine-sim")
    except metadata.PackageNotFoundError:
        assert sim.__version__ == "unknown"


def test_a_scenario_can_be_given_by_name_by_path_or_loaded(short, tmp_path):
    path = tmp_path / "short.toml"
    path.write_text(short.to_toml())
    xr.testing.assert_identical(sim.run(path, worlds=3), sim.run(short, worlds=3))
    assert sim.run("classroom", worlds=2).attrs["scenario"] == "classroom"


def test_run_is_one_doctrine_and_has_units(short):
    dataset = sim.run(short, worlds=3, seed=5)
    assert dict(dataset.sizes) | {"member": 0} == {"world": 3, "month": 4, "member": 0}
    assert dataset["doctrine"].item() == "transactional"
    assert dataset["us_allocation"].attrs["units"] == "EUR bn a month"


def test_the_same_worlds_under_each_doctrine(short):
    both = sim.compare(short, ["transactional", "architectural"], worlds=3).dataset
    alone = sim.compare(short, {"transactional": "transactional"}, worlds=3).dataset
    np.testing.assert_array_equal(both["crisis"][0], both["crisis"][1])
    np.testing.assert_array_equal(both["us_allocation"].sel(doctrine="transactional"), alone["us_allocation"][0])


def test_the_worlds_of_a_comparison_are_there_for_a_type_checker_too():
    """`make release` lets mypy check what the pages tell to type; this is the one name that all of them lean on."""
    assert EnsembleAnswer.__dataclass_fields__["dataset"].type == "xr.Dataset"
    assert EnsembleAnswer.__dataclass_fields__["dataset"].default is MISSING


def test_a_large_run_has_its_worlds_in_its_folder_and_says_so(short, tmp_path):
    study = comparison_study(short, ["transactional", "architectural"], ensemble=sim.Ensemble(worlds=3))
    found = written_ensemble(study, tmp_path / "large", Writing(paths=False))
    assert found.dataset is None
    assert sim.open_results(tmp_path / "large").sizes["world"] == 3
    with pytest.raises(InputError, match="the worlds of a large run are in the folder that it wrote"):
        found.save(tmp_path / "again")


def test_doctrines_by_label_can_be_tables_doctrines_or_presets(short):
    architectural = short.with_doctrine("us", "architectural").us[0].doctrine
    dataset = sim.compare(
        short, {"vague": {"clarity": 0.0}, "made": architectural, "named": "architectural"}, worlds=3
    ).dataset
    assert dataset["doctrine"].to_numpy().tolist() == ["vague", "made", "named"]
    xr.testing.assert_equal(dataset.sel(doctrine="made", drop=True), dataset.sel(doctrine="named", drop=True))


def test_a_one_off_doctrine_is_a_preset_with_other_dials(short):
    dataset = sim.compare(short, ["transactional", "transactional:clarity=0.9,channel=0"], worlds=3).dataset
    assert dataset["doctrine"].to_numpy().tolist() == ["transactional", "transactional:clarity=0.9,channel=0"]
    assert not dataset["us_announced"][0].equals(dataset["us_announced"][1])


def test_until_the_change_the_doctrines_are_one(short):
    both = sim.compare(short, ["transactional", "architectural"], since="2026-03", worlds=3).dataset
    before = both.sel(month=slice(None, "2026-02"))
    xr.testing.assert_equal(
        before["us_desired"][0].drop_vars("doctrine"), before["us_desired"][1].drop_vars("doctrine")
    )
    assert not both["us_desired"][0].equals(both["us_desired"][1])


def test_the_number_of_processes_changes_nothing(short):
    xr.testing.assert_identical(sim.run(short, worlds=70, jobs=2), sim.run(short, worlds=70))


MISUSE = {
    "no such scenario": (lambda s: sim.run("outlok"), ScenarioError, "did you mean"),
    "no worlds": (lambda s: sim.run(s, worlds=0), InputError, "worlds: must be a whole number from 1"),
    "worlds as text": (lambda s: sim.run(s, worlds="10"), InputError, "got '10'"),
    "worlds yes": (lambda s: sim.run(s, worlds=True), InputError, "got true"),
    "a fraction of a seed": (lambda s: sim.run(s, seed=0.5), InputError, "seed: must be a whole number"),
    "no jobs": (lambda s: sim.run(s, jobs=0), InputError, "jobs: must be a whole number from 1"),
    "far too many worlds": (lambda s: sim.run(s, worlds=10**12), InputError, "from 1 to 10,000,000"),
    "one name for a list": (lambda s: sim.compare(s, "aligned"), InputError, "must be a list of names"),
    "nothing to compare": (lambda s: sim.compare(s, []), InputError, "no doctrine to compare"),
    "no doctrine": (lambda s: sim.compare(s, {"x": 7}), InputError, "must be a preset's name, a doctrine or a table"),
    "no month": (lambda s: sim.compare(s, ["aligned"], since="soon"), InputError, "since: must be a month from"),
    "no results": (lambda s: sim.open_results("nowhere"), ValueError, "nowhere: no such folder"),
}


@pytest.mark.parametrize("misuse", MISUSE)
def test_misuse_is_answered_in_words(misuse, short):
    act, error, words = MISUSE[misuse]
    with pytest.raises(error, match=words):
        act(short)


def test_numbers_of_numpy_are_numbers(short):
    xr.testing.assert_identical(sim.run(short, worlds=np.int64(3), seed=np.uint64(9)), sim.run(short, worlds=3, seed=9))
