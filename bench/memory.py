"""What a run without paths needs: memory at its peak, and time from the shell's point of view."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from bench.sizes import Sizes

COMMAND = ("run", "history", "--no-paths", "--quiet")
MEGABYTE, KILOBYTE = 1e6, 1024
ROOT = Path(__file__).parents[1]


def by_worlds(sizes: Sizes) -> pd.DataFrame:
    """One row a number of worlds: peak memory (MB) and wall time of `doctrine run history --no-paths`."""
    return pd.DataFrame([_row(worlds) for worlds in sizes.memory])


def _row(worlds: int) -> dict[str, Any]:
    began = time.perf_counter()
    peak = peak_bytes([*COMMAND, "--worlds", str(worlds)])
    seconds = time.perf_counter() - began
    return {
        "worlds": worlds,
        "peak memory, MB": peak / MEGABYTE,
        "wall time, s": seconds,
        "worlds a second, start and files included": worlds / seconds,
    }


def peak_bytes(words: list[str]) -> float:
    """Peak memory of `doctrine WORDS` in a fresh process, bytes; its results are thrown away.

    Raises
    ------
    subprocess.CalledProcessError
        If the command fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.peak", *words, "--out", f"{folder}/results"]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return KILOBYTE * float(done.stdout.split()[-1])
