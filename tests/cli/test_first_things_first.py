"""What was found is on the screen before anything is drawn, and before anything is imported that only draws."""

import os
import subprocess
import sys

import pytest

from sim.answers import ensemble_answer
from sim.answers.answer import Answer
from sim.cli.answers import FOLLOWING
from sim.figures.saving import FigureCanvasAgg, FigureCanvasSVG

pytestmark = pytest.mark.long

ASKED = {
    "run": ("run", "short.toml", "--worlds", 4, "--no-paths"),
    "compare": ("compare", "short.toml", "architectural", "transactional", "--worlds", 4, "--paths"),
    "regret": ("regret", "architectural", "transactional", "--scenario", "outlook", "classroom", "--worlds", 20),
    "theory": ("theory", "fearon"),
}
ONLY_DRAWN_WITH = ("matplotlib", "PIL", "zarr", "scipy.stats", "scipy.optimize")
LOOK = f"""
import sys
from sim.cli import answers, main
show = answers.show
def looked(*told, **more):
    show(*told, **more)
    print("\\n", sorted(set(sys.modules) & set({ONLY_DRAWN_WITH})), sep="")
answers.announce.__defaults__ = (looked,)
main(sys.argv[1:])
"""


@pytest.mark.parametrize("asked", ASKED)
def test_findings_are_printed_before_figures_are_drawn(asked, doctrine, monkeypatch, capsys):
    seen = []

    def looked(*_, **__):
        seen.append(capsys.readouterr().out)
        return {}

    monkeypatch.setattr(ensemble_answer, "draw_all", looked)
    monkeypatch.setattr(Answer, "figures", looked)
    assert doctrine(*ASKED[asked]).code == 0
    (before,) = seen
    assert before.endswith(f"\n{FOLLOWING}\n")
    assert len(before.splitlines()) > 10


def test_nothing_is_printed_of_what_is_to_be_quiet(doctrine):
    assert doctrine(*ASKED["run"], "--quiet").out == ""
    assert FOLLOWING not in doctrine(*ASKED["run"], "--json", "--force").out


def test_findings_wait_for_nothing_that_only_draws_or_writes(tmp_path):
    words = ("compare", "outlook", "architectural", "transactional", "--worlds", "4", "--jobs", "1", "--out", "found")
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *words], cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.partition(f"\n{FOLLOWING}")[0].splitlines()[-1]
    assert loaded == "[]"


def test_every_figure_is_drawn_once_in_each_format(doctrine, drawing, monkeypatch, tmp_path):
    drawn = []
    for canvas, method in ((FigureCanvasAgg, "print_png"), (FigureCanvasSVG, "print_svg")):
        draw = getattr(canvas, method)

        def counted(self, *words, draw=draw, method=method, **options):
            drawn.append((method, self.figure.get_label()))
            return draw(self, *words, **options)

        monkeypatch.setattr(canvas, method, counted)
    monkeypatch.setattr(ensemble_answer, "draw_all", drawing)
    assert doctrine(*ASKED["run"]).code == 0
    files = list((tmp_path / "results" / "short" / "figures").iterdir())
    assert len(drawn) == len(files) == 24


def test_a_report_needs_nothing_that_only_other_questions_do():
    code = "import sys, sim.report.html; sys.exit('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
