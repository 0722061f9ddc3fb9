"""`doctrine page` from end to end, with a Python for browsers that is none, and what it says where there is none."""

import io
import json
import zipfile

import pytest

from sim.basics.limits import InputError
from sim.browser.atlas import grid
from sim.browser.page import runtime
from sim.browser.page.runtime import HASHES, Runtime, Taken

WORDS = ("page", "short.toml", "--worlds", 3)
WHEEL = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"


@pytest.fixture(autouse=True)
def _few_nodes(monkeypatch):
    """A smaller grid: the command is what is tested."""
    whole = grid.design

    def few(*asked):
        plan = whole(*asked)
        corners = plan.nodes[(plan.nodes % 1.0 == 0.0).all(axis=1)]
        ends = tuple((each[0], each[-1]) for each in plan.levels)
        return plan._replace(levels=ends, nodes=corners, held_out=plan.held_out[:2])

    monkeypatch.setattr(grid, "design", few)


@pytest.fixture
def python(monkeypatch):
    """Files that have the names of a Python for browsers."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as held:
        held.writestr("numpy-2.0.2.dist-info/LICENSE.txt", "the licence of NumPy")
    content = dict.fromkeys(HASHES, b"{}") | {runtime.LIBRARY: room.getvalue(), WHEEL: room.getvalue()}
    found = Runtime({name: Taken(each, "0" * 64, "a test") for name, each in content.items()}, WHEEL)
    monkeypatch.setattr(runtime, "runtime", lambda wheels, say: found)


@pytest.mark.usefixtures("python")
def test_it_writes_one_page_with_the_model_and_says_what_is_in_it(doctrine, tmp_path):
    answer = doctrine(*WORDS)
    assert (answer.code, answer.err) == (0, "")
    said = " ".join(answer.out.split())
    assert "The model is in it:" in said
    assert "with Pyodide 0.27.7, Python's standard library, NumPy 2.0.2" in said
    assert answer.out.splitlines()[-1] == "Open results/page/short.html"
    page = (tmp_path / "results" / "page" / "short.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "the licence of NumPy" in page
    assert "Mozilla Public License Version 2.0" in page
    assert f"{'0' * 64}" in page
    assert page.count("<!--doctrine-sim/") == 7


@pytest.mark.usefixtures("python")
def test_json_says_what_is_inside(doctrine):
    found = json.loads(doctrine(*WORDS, "--json").out)
    assert found["command"] == "doctrine page short.toml --worlds 3 --seed 1"
    assert {row["name"] for row in found["inside"]} == {*HASHES, WHEEL}
    assert {row["licence"] for row in found["inside"]} == {"MPL-2.0", "MPL-2.0, PSF-2.0", "PSF-2.0", "BSD-3-Clause"}


def test_light_is_the_atlas_under_a_megabyte(doctrine, tmp_path):
    assert doctrine(*WORDS, "--light", "--out", "one.html", "--quiet").code == 0
    assert doctrine("atlas", *WORDS[1:], "--out", "two.html", "--quiet").code == 0
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.html", "two.html"))
    asked = ["doctrine page short.toml --worlds 3 --seed 1 --light", "doctrine atlas short.toml --worlds 3 --seed 1"]
    assert one.replace(f"<code>{asked[0]}", f"<code>{asked[1]}") == two
    assert len(one.encode()) < 1_000_000
    assert "live-data" not in one


def test_without_a_python_nothing_is_simulated_and_nothing_written(doctrine, tmp_path, monkeypatch):
    def nowhere(wheels, say):
        raise InputError("numpy: it is not to be had here; --light makes the page without the model")

    monkeypatch.setattr(runtime, "runtime", nowhere)
    monkeypatch.setattr("sim.browser.atlas.simulation.simulated", None)
    answer = doctrine(*WORDS)
    assert answer.code == 2
    assert "numpy: it is not to be had here; --light makes" in " ".join(answer.err.split())
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("page", "clasroom"), "did you mean 'classroom'?"),
        (("page", "short.toml", "--wheels", "nowhere"), "--wheels: must be a folder, got nowhere"),
        (("page", "short.toml", "--worlds", 0), "worlds: must be a whole number from 1"),
        (("page", "short.toml", "--out", "folder"), "folder: must be the name of a page"),
    ],
)
def test_mistakes_are_bad_input(words, said, doctrine, tmp_path):
    answer = doctrine(*words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())
    assert not (tmp_path / "results").exists()
