"""What a page carries so that the model runs in it: files for the worker, names and dials for the page, licences."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.actors import ACTORS
from sim.basics.intervals import half_width
from sim.browser.atlas.payload import inside_script
from sim.browser.dials import dials
from sim.browser.page import runtime as python
from sim.browser.page.inside import cuts
from sim.browser.page.sources import archive, modules
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.scenario.presets import PRESETS
from sim.scenario.resolved import as_json
from sim.scenario.spelling import doctrine_name, flat

if TYPE_CHECKING:
    from sim.browser.page.runtime import Runtime
    from sim.ensemble.ensemble import Ensemble
    from sim.scenario import Scenario

MARK = "doctrine-sim/"
"""How the comments begin in which the page holds files."""
HERE = Path(__file__).parent
SIZES = (100, 250, 500, 1000, 2000, 5000)
"""Numbers of worlds that the page offers."""
LICENCES = {
    "doctrine-sim: MIT License": "doctrine-sim.txt",
    "Pyodide: Mozilla Public License 2.0": "MPL-2.0.txt",
    "Emscripten, in Pyodide: MIT License": "Emscripten.txt",
    "Python, in Pyodide: Python Software Foundation License": "CPython-3.12.txt",
}
"""Files of `licences/`, by title; that of NumPy comes with its wheel."""
PYODIDE = (f"Pyodide {python.VERSION}", "MPL-2.0")
OF = {
    python.LIBRARY: ("Python's standard library", "PSF-2.0"),
    python.WASM: (f"Pyodide {python.VERSION}", "MPL-2.0, PSF-2.0"),
}


class Live(NamedTuple):
    """What the template takes.

    Attributes
    ----------
    files : dict of str to str
        By the name that the worker knows, compressed and in base64.
    data, worker, script : str
        Numbers and names for the page's script, as JSON; the worker; what joins the page and the worker.
    sizes, worlds : tuple of int, int
        Numbers of worlds to choose from, and the one that is chosen first.
    inside : list of dict
        What came from outside: name, of what, licence, SHA-256.
    licences : dict of str to str
        Texts by title.
    modules : int
        Files of the model's own sources.
    pyodide : str
        Its version.
    mark : str
        How the comments begin that hold the files.
    """

    files: dict[str, str]
    data: str
    worker: str
    script: str
    sizes: tuple[int, ...]
    worlds: int
    inside: list[dict[str, str]]
    licences: dict[str, str]
    modules: int
    pyodide: str
    mark: str = MARK


def live(scenario: Scenario, called: str, ensemble: Ensemble, found: Runtime) -> Live:
    """Put together what a page needs to run the model.

    Parameters
    ----------
    scenario : Scenario
        What is simulated.
    called : str
        How one names the scenario on the command line.
    ensemble : Ensemble
        Which worlds the page opens with.
    found : Runtime
        The Python for it.

    Raises
    ------
    InputError
        If guests join the scenario: their packages are not in the page.
    """
    sizes = tuple(sorted({*SIZES, ensemble.worlds}))
    names = {
        "mark": MARK,
        "seed": ensemble.seed,
        "worlds": ensemble.worlds,
        "scenario": called,
        "actors": actors(scenario),
    }
    return Live(
        {name: packed(content) for name, content in _files(scenario, sizes, found).items()},
        inside_script(json.dumps(names, ensure_ascii=False, allow_nan=False)),
        _script("worker.js"),
        _script("live.js"),
        sizes,
        ensemble.worlds,
        _inside(found),
        {title: (HERE / "licences" / file).read_text(encoding="utf-8") for title, file in LICENCES.items()}
        | {f"NumPy {found.numpy}: BSD License": found.licence()},
        len(modules()),
        python.VERSION,
    )


def _files(scenario: Scenario, sizes: tuple[int, ...], found: Runtime) -> dict[str, bytes]:
    content = {name: taken.content for name, taken in found.files.items()}
    return {
        "script": content[python.SCRIPT] + b"\n" + content[python.LOADER],
        python.WASM: content[python.WASM],
        python.LIBRARY: found.library(),
        python.LOCK: found.lock().encode(),
        "packages": found.packages(),
        "core": archive(),
        "scenario": asked_of(scenario, sizes).encode(),
    }


def asked_of(scenario: Scenario, sizes: tuple[int, ...]) -> str:
    """What `sim.browser.page.inside.Page` takes: the scenario, and for every number of worlds its Student's t."""
    counts = sorted({count for size in sizes for count in cuts(size)})
    student = {str(count): half_width(1.0, count) for count in counts if count > 1}
    return json.dumps({"scenario": json.loads(as_json(scenario)), "student": student}, allow_nan=False)


def packed(content: bytes) -> str:
    """Bytes as text: compressed, the same every time, in base64."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def actors(scenario: Scenario) -> list[dict[str, Any]]:
    """The actors: what their doctrine is called, its dials, and those that could take its place."""
    last = scenario.calendar[-1]
    return [
        {
            "key": actor,
            "name": ACTOR_NAMES[actor],
            "called": scenario.called(actor, last),
            "own": flat(scenario.doctrine(actor, last)),
            "dials": [dial._asdict() for dial in dials(actor)],
            "presets": [
                {"name": name, "called": doctrine_name(name), "summary": _plain(preset.summary)}
                | {"dials": flat(preset.doctrine)}
                for name, preset in _presets(actor).items()
            ],
        }
        for actor in ACTORS
    ]


def _presets(actor: str) -> Mapping[str, Any]:
    return {name: PRESETS[actor][name] for name in PRESETS[actor]}


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def _script(name: str) -> str:
    return (HERE / "script" / name).read_text(encoding="utf-8")


def _inside(found: Runtime) -> list[dict[str, str]]:
    rows = []
    for name, taken in found.files.items():
        of, licence = {**OF, found.wheel: (f"NumPy {found.numpy}", "BSD-3-Clause")}.get(name, PYODIDE)
        rows.append({"name": name, "of": of, "licence": licence, "sha256": taken.sha256})
    return rows
