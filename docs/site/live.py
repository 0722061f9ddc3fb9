"""The page with the model in it, as a part of the site: made where a Python for browsers can be had."""

import subprocess
import sys
from pathlib import Path

NAME, SCENARIO = "classroom.html", "classroom"
WORLDS = 100
"""Simulated beforehand at every setting; more would take minutes, and the page computes its own."""
HEAD = "# The model in a page\n\n"
THERE = f"""<a href="{NAME}">Open the page</a> and turn the dials of the scenario `{SCENARIO}`: after some seconds
the model itself runs in your browser. [How to make one](how-to/put-the-model-in-a-page.md) of any scenario, and what is
inside.
"""
NOT_THERE = """This copy of the site was built where no Python for browsers could be had, so that the page is not in it:

```text
{why}
```

[How to make one](how-to/put-the-model-in-a-page.md) of any scenario.
"""


def made(place: Path, wheels: Path) -> tuple[bool, str]:
    """Make the page; return whether there is one, and what the site says of it."""
    words = ["page", SCENARIO, "--worlds", str(WORLDS), "--jobs", "2", "--quiet", "--force", "--out", str(place)]
    words += ["--wheels", str(wheels)] if wheels.is_dir() else []
    done = subprocess.run([sys.executable, "-m", "sim", *words], capture_output=True, text=True, check=False)
    there = done.returncode == 0
    return there, HEAD + (THERE if there else NOT_THERE.format(why=done.stderr.strip()))
