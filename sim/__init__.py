"""Same world, other doctrine: a simulator of the negotiations over Ukraine.

    import sim

    scenario = sim.load("history")                                   # a file, or the name of a shipped scenario
    results = sim.run(scenario, worlds=2000, seed=1)                 # an xarray.Dataset (world, month)
    varied = scenario.with_(mechanisms={"leverage": False})          # the same scenario but for that
    gap = sim.difference(sim.run(varied, worlds=2000), results)      # the same worlds, one less the other
    answer = sim.compare("outlook", ["own", "architectural"])        # an Answer; its dataset: (doctrine, world, month)
    results = sim.open_results("results/history")                    # what `doctrine run` wrote
    story = sim.replay("results/history", world=17)                  # one world, told month by month
    figure = sim.figures.front(results)                              # a matplotlib Figure

Nothing is imported before it is used: `import sim` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim import figures
    from sim.answers.answer import Answer
    from sim.answers.attribution import attribution
    from sim.answers.claims import claims
    from sim.answers.compare import compare, run
    from sim.answers.dial_map import map  # noqa: A004 -- as one asks for it: sim.map
    from sim.answers.discover import discover
    from sim.answers.explain import explain, replay
    from sim.answers.game import game
    from sim.answers.infer import infer
    from sim.answers.record import backtest, calibrate
    from sim.answers.regret import regret
    from sim.answers.sensitivity import sensitivity
    from sim.answers.textbook import textbook
    from sim.answers.worlds import worlds
    from sim.ensemble.ensemble import Ensemble
    from sim.questions.compare.doctrines import difference
    from sim.scenario import load
    from sim.store.result_folder import open_results

    __version__: str

__all__ = [
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

_HOMES = {
    "load": "sim.scenario",
    "Answer": "sim.answers.answer",
    "Ensemble": "sim.ensemble.ensemble",
    "infer": "sim.answers.infer",
    "textbook": "sim.answers.textbook",
    "regret": "sim.answers.regret",
    "game": "sim.answers.game",
    "run": "sim.answers.compare",
    "compare": "sim.answers.compare",
    "explain": "sim.answers.explain",
    "replay": "sim.answers.explain",
    "worlds": "sim.answers.worlds",
    "attribution": "sim.answers.attribution",
    "map": "sim.answers.dial_map",
    "sensitivity": "sim.answers.sensitivity",
    "discover": "sim.answers.discover",
    "claims": "sim.answers.claims",
    "calibrate": "sim.answers.record",
    "backtest": "sim.answers.record",
    "difference": "sim.questions.compare.doctrines",
    "open_results": "sim.store.result_folder",
}
"""The module of each function."""


if not TYPE_CHECKING:  # a type checker that sees it takes every name, misspelt ones too, for Any

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
