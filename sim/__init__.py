"""Same world, other doctrine: a simulator of the negotiations over Ukraine.

    import sim

    scenario = sim.load("history")                                   # a file, or the name of a shipped scenario
    results = sim.run(scenario, worlds=2000, seed=1)                 # an xarray.Dataset (doctrine, world, month)
    results = sim.compare("outlook", ["architectural", "transactional"])
    results = sim.open_results("results/history")                    # what `doctrine run` wrote
    figure = sim.figures.front(results)                              # a matplotlib Figure

Nothing is imported before it is used: `import sim` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim import figures
    from sim.api import compare, run
    from sim.scenario import load
    from sim.store import open_results

    __version__: str

__all__ = ["__version__", "compare", "figures", "load", "open_results", "run"]

_HOMES = {"load": "sim.scenario", "run": "sim.api", "compare": "sim.api", "open_results": "sim.store"}
"""The module of each function."""


def __getattr__(name: str) -> Any:
    if name == "figures":
        return import_module("sim.figures")
    if name == "__version__":
        return import_module("sim.store.provenance").version()
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
