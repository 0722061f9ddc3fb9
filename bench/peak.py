"""`python -m bench.peak WORDS`: do what `doctrine WORDS` does, and end by printing the peak memory in KiB.

A process asks the kernel about its own memory (VmHWM). What a parent is told of a child that has ended
(`RUSAGE_CHILDREN`) would count the parent's own memory, of which the child starts as a copy.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_kib() -> float:
    """Peak memory of this process so far, KiB; NaN on systems without `/proc`."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", STATUS.read_text(), re.MULTILINE) if STATUS.exists() else None
    return float(found[1]) if found else float("nan")


if __name__ == "__main__":
    from sim.cli import main

    status = main(sys.argv[1:])
    print(peak_kib())
    sys.exit(status)
