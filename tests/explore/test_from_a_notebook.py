"""The cell of the notebook page that needs scenario discovery; tests/docs runs the others."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "from-a-notebook.md"


def test_discovery_can_be_asked_from_a_notebook(capsys) -> None:
    [cell] = re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(cell, {})  # noqa: S102 (our own page)
    assert "A world fails if" in capsys.readouterr().out
