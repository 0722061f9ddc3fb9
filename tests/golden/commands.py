"""What is kept of the commands: the tables that each writes, at a small size, without the figures."""

from __future__ import annotations

from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pandas as pd

FILES = {
    "short.toml": 'extends = "outlook"\ntitle = "Short"\nquestion = "What can happen so soon?"\nmonths = 18\n',
    "brief.toml": 'extends = "history"\nmonths = 40\n',
    "game.toml": '[players]\nus = ["architectural", "transactional"]\nrussia = ["wait_out", "pragmatist"]\n',
}
"""Files that the commands ask about."""
PAIR = "short.toml transactional transactional:commitment=0.85,clarity=0.9,channel=0.2"
COMMANDS = {
    "run": "run short.toml --worlds 20",
    "compare": "compare short.toml architectural transactional aligned --worlds 24",
    "map": "map short.toml clarity commitment --grid 3 --worlds 12",
    "attribution": f"attribution {PAIR} --groups --worlds 20",
    "attribution_channels": f"attribution {PAIR} --mechanisms signals leverage --worlds 20",
    "game": "game short.toml --file game.toml --worlds 20",
    "infer": "infer brief.toml transactional aligned --worlds 60",
    "sensitivity": "sensitivity short.toml --outcome us_cost --outcome land --base 16 --lucks 2",
    "discover": "discover short.toml architectural transactional --worlds 1200 --boxes 1",
    "regret": "regret architectural transactional --scenario short.toml --scenario frozen_conflict --worlds 20",
    "claims": "claims C3 C4 --worlds 50",
    "calibrate": "calibrate --worlds 20000",
    "backtest": "backtest --worlds 20000",
}
NEEDS = {"discover": "ema_workbench"}
"""Libraries that a command needs and that are not always installed."""
ROWS = 40
"""Rows that are kept of a longer table, evenly spaced."""
WORDS = frozenset({"command", "made_with"})
"""Columns that say how a table was made, and not what was found."""
UNSTEADY = frozenset({"posterior_coverage", "residual"})
"""What rounding alone moves: how many histories lie within an interval, and what a solver leaves of an error."""


def commands() -> dict[str, str]:
    """What is asked, by name: of those commands that can be run here, and of every textbook game."""
    from sim.theory import GAMES

    games = {f"theory_{name}": f"theory {name}" for name in GAMES}
    here = {name: words for name, words in COMMANDS.items() if name not in NEEDS or find_spec(NEEDS[name])}
    return here | games


def of_command(name: str) -> dict[str, pd.DataFrame]:
    """The tables that a command writes."""
    from sim import cli, figures
    from sim.answers import ensemble_answer
    from sim.answers.answer import Answer
    from sim.cli import options

    with (
        TemporaryDirectory() as folder,
        chdir(folder),
        patch.object(figures, "save", _nothing),
        patch.object(Answer, "figures", lambda _: {}),
        patch.object(ensemble_answer, "draw_all", _nothing),
        patch.object(options, "cores", lambda: 1),
    ):
        write_files(Path())
        code = cli.main([*commands()[name].split(), "--quiet", "--out", "found"])
        if code:
            raise RuntimeError(f"doctrine {commands()[name]}: exit code {code}")
        found = {path.name.partition(".")[0]: path for path in sorted(Path("found").glob("*.csv*"))}
        return {table: _kept(path) for table, path in found.items() if table not in UNSTEADY}


def write_files(folder: Path) -> None:
    """Write the files that the commands ask about."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


def _nothing(*_: Any, **__: Any) -> None:
    """Draw no figure: that takes longer than all the rest."""


def _kept(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, keep_default_na=False, na_values=[""])
    rows = sorted({round(row) for row in _spaced(len(table))})
    return table.iloc[rows].drop(columns=list(WORDS | UNSTEADY), errors="ignore").reset_index(drop=True)


def _spaced(length: int) -> list[float]:
    if length <= ROWS:
        return [float(row) for row in range(length)]
    return [row * (length - 1) / (ROWS - 1) for row in range(ROWS)]
