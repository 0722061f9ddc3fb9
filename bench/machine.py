"""The machine and the versions that numbers hold for; neither its name nor its folders."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from sim.store.provenance import version

CPUINFO = Path("/proc/cpuinfo")
PACKAGES = ("numpy", "scipy", "mesa")


def described() -> dict[str, str]:
    """What the machine is, by what is described."""
    return {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "load when it began": load(),
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def processor() -> str:
    """Model of the processor and, where the system tells it, its clock and last cache."""
    text = CPUINFO.read_text() if CPUINFO.exists() else ""
    found = {key: re.search(rf"^{key}\s*:\s*(.+)$", text, re.MULTILINE) for key in ("model name", "cpu MHz")}
    name = found["model name"][1] if found["model name"] else platform.processor() or "unknown"
    clock = f", {float(found['cpu MHz'][1]) / 1000:.1f} GHz" if found["cpu MHz"] else ""
    return " ".join(name.split()) + clock


def load() -> str:
    """Processes that wanted a core, on average over a minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
