"""A stamp notices another model, and neither rounding, nor a decision near its threshold, nor a new name."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import numpy as np
import pytest

from sim import record
from sim.basics import draws
from sim.estimation import calibration_tables
from sim.record.stamps import WORLDS, outdated, stamp
from sim.scenario import mechanisms

ROOT = Path(__file__).parents[2]
ROW = np.arange(1.0, WORLDS + 1.0)
NOW = {"land": ROW, "broken": np.where(ROW > 4.0, np.nan, ROW)}


def test_the_tables_of_the_calibration_are_up_to_date() -> None:
    """After a change of what histories do: doctrine calibrate --ship --force, doctrine backtest --ship --force."""
    shipped = record.table(calibration_tables.STAMP)
    assert outdated(shipped, calibration_tables.stamp(int(shipped["seed"].iloc[0]))[calibration_tables.STAMP]) == ""


@pytest.mark.parametrize("stream", ["front", "american lump", "talks", "prior europe.taste"])
def test_a_changed_draw_makes_them_out_of_date(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = draws.stream_key
    monkeypatch.setattr(draws, "stream_key", lambda name: key(name) ^ (name == stream))
    assert "worlds say something else" in outdated(
        record.table(calibration_tables.STAMP), calibration_tables.stamp(7)[calibration_tables.STAMP]
    )


def test_rounding_and_one_world_astray_are_no_other_model() -> None:
    was = stamp(NOW, 1)
    assert outdated(was, stamp({**NOW, "land": ROW * (1.0 + 1e-5)}, 1)) == ""
    assert outdated(was, stamp({**NOW, "land": ROW + 3.0 * (ROW == 2.0)}, 1)) == ""


def test_two_worlds_astray_are() -> None:
    was = stamp(NOW, 1)
    assert outdated(was, stamp({**NOW, "land": ROW * 1.001}, 1)) == (
        f"{WORLDS} of {WORLDS} worlds say something else: land was 1, is 1.001"
    )
    assert "broken was 1, is nan" in outdated(was, stamp({**NOW, "broken": np.full(WORLDS, np.nan)}, 1))
    assert outdated(was, stamp({"land": ROW}, 1)) == "it is made of other quantities: broken"


ASKED = """
from sim import record
from sim.questions.claims import evaluation
from sim.questions.claims.all_claims import CLAIMS
from sim.record.stamps import outdated
from sim.scenario import load

assert load("outlook").mechanisms.idle
shipped, now = record.table(evaluation.STAMP), evaluation.stamp([CLAIMS["C4"]], 1)
shipped, now = shipped[shipped["of"].isin(now["of"])], now[now["of"].isin(shipped["of"])]
print(len(now), outdated(shipped.sort_values("of"), now.sort_values("of")))
"""


def test_a_mechanism_that_changes_no_bit_leaves_the_claims_up_to_date(tmp_path: Path) -> None:
    for part in ("sim", "scenarios"):
        copytree(ROOT / part, tmp_path / part, ignore=ignore_patterns("__pycache__"))
    file = tmp_path / Path(mechanisms.__file__).relative_to(ROOT)
    added = '    idle: bool = True\n    """Does nothing."""\n    # Front and forces\n'
    file.write_text(file.read_text(encoding="utf-8").replace("    # Front and forces\n", added), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    line = [sys.executable, "-c", ASKED]
    ran = subprocess.run(line, cwd=tmp_path, env=environment, text=True, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    compared, *complaint = ran.stdout.split()
    assert int(compared) > 20
    assert complaint == []
