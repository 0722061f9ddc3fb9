"""The handouts are what the presets say now; the example of the plan is a sound scenario."""

import importlib.util
import re
from pathlib import Path

import pytest

import sim

DOCS = Path(__file__).parents[2] / "docs"


def _loaded():
    spec = importlib.util.spec_from_file_location("make_handouts", DOCS / "make_handouts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_handout_is_what_the_command_makes_now() -> None:
    for name, text in _loaded().made().items():
        assert (DOCS / "teach" / "handouts" / name).read_text(encoding="utf-8") == text, "python docs/make_handouts.py"


@pytest.mark.parametrize("actor", ["us", "ukraine", "russia", "europe", "congress"])
def test_a_handout_says_what_one_wants_knows_can_and_lets_others_believe(actor: str) -> None:
    text = (DOCS / "teach" / "handouts" / f"{actor}.html").read_text(encoding="utf-8")
    for heading in ("You want", "You know", "You can", "Let the others believe"):
        assert f"<h2>{heading}</h2>" in text
    assert len(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text).split()) < 420, "more than a page"


def test_the_plans_links_and_scenario_work(tmp_path: Path) -> None:
    page = (DOCS / "teach" / "index.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", page):
        assert (DOCS / "teach" / link).exists(), link
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    (tmp_path / "class.toml").write_text(example[1])
    assert dict(sim.compare(tmp_path / "class.toml", ["architectural"], worlds=2).dataset.sizes)["month"] == 36
