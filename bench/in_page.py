"""The page that runs the model: how large it is, how long it takes to start, and what worlds take in it and here."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from sim.browser.atlas.atlas_page import render
from sim.browser.atlas.grid import design
from sim.browser.atlas.simulation import simulated
from sim.browser.page.contents import asked_of, live
from sim.browser.page.inside import Page, cuts
from sim.browser.page.runtime import runtime
from sim.scenario import Scenario, load

SCENARIO, MONTHS, WORLDS, TIMES = "outlook", 60, 1000, 3
"""What is lived through, and how often: the quickest counts."""
BEFORE = 2
"""Worlds computed before: the page of a reader has a thousand at 384 settings, some 0.6 MB more."""
PATIENCE = 300.0
"""Seconds that a browser on a busy machine may take."""
MEGABYTE, MILLISECONDS = 1e6, 1e3
ASKED = (
    "const [seed, worlds, done] = arguments; luck.seed = seed; luck.worlds = worlds; const began = performance.now();"
    "choose('us', 'own'); const wait = setInterval(() => { if (live.about.startsWith('Computed in')) {"
    " clearInterval(wait); done(performance.now() - began); } }, 5)"
)
"""Worlds under the scenario's own doctrines alone, of a seed that has not been asked for."""


def in_page(wheels: Path | None, say: Callable[[str], None]) -> pd.DataFrame:
    """Measure it in Chromium.

    Parameters
    ----------
    wheels : Path or None
        As `doctrine page --wheels` takes it.
    say : callable
        Is told what comes next.
    """
    scenario = load(SCENARIO).with_horizon(MONTHS)
    with tempfile.TemporaryDirectory() as folder:
        say("the page that runs the model")
        place = Path(folder) / "page.html"
        place.write_text(_page(scenario, wheels), encoding="utf-8")
        size, light = place.stat().st_size / MEGABYTE, _held(place)
        say("its start, and worlds in it")
        starts, there = zip(*(_in_chromium(place) for _ in range(TIMES)), strict=True)
    say("the same worlds here")
    here = min(_here(scenario, seed) for seed in range(TIMES))
    rows = {
        "the file, MB": size,
        "of which what runs the model, MB": light,
        "from opening it to the model's first answer, s": min(starts),
        f"{WORLDS:,} worlds of {MONTHS} months in it, s": min(there),
        "the same worlds here, s": here,
        "times as long in it": min(there) / here,
    }
    return pd.DataFrame({"what": rows.keys(), "": rows.values()})


def _page(scenario: Scenario, wheels: Path | None) -> str:
    plan = design(scenario, BEFORE)
    ends = tuple((levels[0], levels[-1]) for levels in plan.levels)
    corners = plan.nodes[(plan.nodes % 1.0 == 0.0).all(axis=1)]
    plan = plan._replace(levels=ends, nodes=corners, held_out=plan.held_out[:2])
    model = live(scenario, SCENARIO, plan.study.ensemble, runtime(wheels))
    return render(simulated(plan), f"doctrine page {SCENARIO}", model)


def _held(place: Path) -> float:
    """What the comments of the page hold, MB."""
    text = place.read_text(encoding="utf-8")
    return sum(len(part.partition("-->")[0]) for part in text.split("<!--doctrine-sim/")[1:]) / MEGABYTE


def _in_chromium(place: Path) -> tuple[float, float]:
    """Seconds until the first answer, and for the worlds."""
    browsing: Any = import_module("tests.browsing")
    with browsing.browser() as driver:
        driver.set_script_timeout(PATIENCE)
        began = time.perf_counter()
        driver.get(place.as_uri())
        while "Comput" not in driver.find_element("id", "exactness").text:
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(driver.find_element("id", "model-state").text)
            time.sleep(0.05)
        started = time.perf_counter() - began
        taken = [driver.execute_async_script(ASKED, seed, WORLDS) for seed in range(2, 2 + TIMES)]
    return started, min(taken) / MILLISECONDS


def _here(scenario: Scenario, seed: int) -> float:
    page = Page(asked_of(scenario, (WORLDS,)))
    began = time.perf_counter()
    page.ask(json.dumps({"dials": {}, "seed": seed, "worlds": WORLDS}))
    for _ in cuts(WORLDS):
        page.advance()
    return time.perf_counter() - began
