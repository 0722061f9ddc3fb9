"""The page that runs the model: how large it is, how long it takes to start, and what worlds take in it and here."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

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
MEGABYTE, MILLISECONDS, PAUSE = 1e6, 1e3, 0.1
ASKED = (
    "const [seed, worlds, done] = arguments; luck.seed = seed; luck.worlds = worlds; const began = performance.now();"
    "choose('us', 'own'); const wait = setInterval(() => { if (live.about.startsWith('Computed in')) {"
    " clearInterval(wait); done(performance.now() - began); } }, 5)"
)
"""Worlds under the scenario's own doctrines alone, of a seed that has not been asked for."""


class Taken(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


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
    here, ratio = _least([_here(scenario, seed) for seed in range(TIMES)]), f"{WORLDS:,} worlds of {MONTHS} months"
    rows = {
        "from opening it to the model's first answer": _least(starts),
        f"{ratio} in it": _least(there),
        "the same worlds here": here,
        "times as long in it": Taken(*(one / other for one, other in zip(_least(there), here, strict=True))),
    }
    sizes = {"the file, MB": size, "of which what runs the model, MB": light}
    table = [{"what": what, "": value, "wall, s": "", "CPU, s": ""} for what, value in sizes.items()]
    table += [{"what": what, "": "", "wall, s": taken.wall, "CPU, s": taken.cpu} for what, taken in rows.items()]
    return pd.DataFrame(table)


def _least(every: Iterable[Taken]) -> Taken:
    """The least of each: of wall time, and of CPU time."""
    return Taken(*map(min, zip(*every, strict=True)))


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


def _in_chromium(place: Path) -> tuple[Taken, Taken]:
    """What it takes until the first answer, and for the worlds."""
    browsing: Any = import_module("tests.browsing")
    with browsing.browser() as driver:
        driver.set_script_timeout(PATIENCE)
        clock = _Clock(driver.service.process.pid)
        driver.get(place.as_uri())
        while "Comput" not in driver.find_element("id", "exactness").text:
            if clock.taken().wall > PATIENCE:
                raise TimeoutError(driver.find_element("id", "model-state").text)
            time.sleep(PAUSE)
        started, worlds = clock.taken(), []
        for seed in range(2, 2 + TIMES):
            clock = _Clock(driver.service.process.pid)
            milliseconds = driver.execute_async_script(ASKED, seed, WORLDS)
            worlds.append(Taken(milliseconds / MILLISECONDS, clock.taken().cpu))
    return started, _least(worlds)


class _Clock:
    """What a browser takes from now on: the CPU time of all its processes together."""

    def __init__(self, pid: int) -> None:
        self.pid, self.began = pid, time.perf_counter()
        self.before = self._cpu()

    def taken(self) -> Taken:
        return Taken(time.perf_counter() - self.began, self._cpu() - self.before)

    def _cpu(self) -> float:
        psutil: Any = import_module("psutil")
        total = 0.0
        for one in psutil.Process(self.pid).children(recursive=True):
            with suppress(psutil.Error):
                times = one.cpu_times()
                total += times.user + times.system
        return total


def _here(scenario: Scenario, seed: int) -> Taken:
    page = Page(asked_of(scenario, (WORLDS,)))
    began, cpu = time.perf_counter(), time.process_time()
    page.ask(json.dumps({"dials": {}, "seed": seed, "worlds": WORLDS}))
    for _ in cuts(WORLDS):
        page.advance()
    return Taken(time.perf_counter() - began, time.process_time() - cpu)
