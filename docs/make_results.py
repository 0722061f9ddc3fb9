"""Write docs/results.md, the table in README.md and its picture from runs: `python docs/make_results.py`.

Every number on those pages comes from here. It takes under a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # describe this checkout, not a package installed elsewhere

import sim
from sim import record
from sim.calibration import facts
from sim.calibration.histories import scenario
from sim.calibration.statistics import STATISTICS
from sim.figures import trust
from sim.figures.summary import overview
from sim.questions import claim_table, claim_words
from sim.questions import results as in_numbers
from sim.terminal import summary

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

ROOT = Path(__file__).parents[1]
README, RESULTS = ROOT / "README.md", ROOT / "docs" / "results.md"
PICTURE = ROOT / "docs" / "images" / "overview.png"
BEGIN, END = "<!-- found: docs/make_results.py writes what follows -->", "<!-- /found -->"
DOCTRINES = ["architectural", "transactional", "aligned"]
WORLDS, DPI = 2000, 72
COMMAND = f"doctrine compare history {' '.join(DOCTRINES)} --worlds {WORLDS}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; numbers to the right."""
    line = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, line, *rows))


def frame(data: pd.DataFrame) -> str:
    """A Markdown table of a DataFrame."""
    cells = data.astype(object).where(data.notna(), "").astype(str)
    return table(list(cells.columns), cells.to_numpy().tolist())


def outcomes(dataset: xr.Dataset) -> str:
    """Headline outcomes by doctrine, means over worlds."""
    found = summary.found(in_numbers.results(dataset))["outcomes"]
    rows = []
    for name, title in summary.ROWS.items():
        scale = 100.0 if title.endswith("of 100") else 1.0
        values = [scale * float(found[doctrine][name]["mean"]) for doctrine in DOCTRINES]
        digits = 0 if max(map(abs, values)) >= 20 and "Land" not in title else 1
        rows.append([title, *(f"{value:.{digits}f}" for value in values)])
    return table(["after January 2025, means over worlds", *DOCTRINES], rows)


def facts_page() -> str:
    """The seven facts: observed, simulated interval, inside or not."""
    checks = record.table("facts")
    held = facts.holding(checks)
    lines = [f"- Fact {fact} {'holds' if held[fact] else '**does not hold**'}: {facts.FACTS[fact]}." for fact in held]
    return "\n".join(lines) + "\n\n" + frame(checks)


def claims_page() -> dict[str, str]:
    """The claims: the count, what hangs on sizes, and the table that ships."""
    found = record.table(claim_table.TABLE)
    words = claim_words.full(found)
    return {
        "claims_title": claim_words.title(found),
        "claims_by_sign": claim_words.by_sign(found),
        "claims_command": claim_table.command(found),
        "claims": table(words.head, claim_words.in_bold(words)),
    }


def backtest_page() -> str:
    """Skill against the rivals."""
    scores = record.table("backtest").round(2)
    names = ["test", "series", "kind", "rival", "crps_model", "crps_rival", "ratio", "low", "high", "months_inside_90"]
    return frame(scores[names])


def results(dataset: object, sentences: list[str]) -> str:
    """The page of results."""
    return RESULTS_PAGE.format(
        command=COMMAND,
        outcomes=outcomes(dataset),
        sentences="\n".join(f"- {sentence}" for sentence in sentences),
        facts=facts_page(),
        **claims_page(),
        backtest=backtest_page(),
        congress=frame(record.table("congress_fit").drop(columns=["fitted", "full_chamber"])),
        memory=frame(record.table("europe_memory")),
        posterior=frame(record.table("posterior_comparison")),
        coverage=frame(record.table("posterior_coverage")),
        histories=facts.WORLDS,
        months=scenario().months,
        statistics=len(STATISTICS),
        free=len(record.table("posterior_comparison")),
        identified=int((record.table("posterior_comparison")["identified"] == "yes").sum()),
    )


def readme(text: str, dataset: object) -> str:
    """README with its table replaced."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{outcomes(dataset)}\n\n{END}{after}"


def main() -> None:
    """Run, and write the three files."""
    dataset = sim.compare("history", DOCTRINES, worlds=WORLDS, seed=1)
    RESULTS.write_text(results(dataset, summary.differences_in_words(in_numbers.results(dataset))), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8"), dataset), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    overview(dataset).savefig(PICTURE, dpi=DPI)
    drawn = trust.backtest(record.table("backtest_fans"), record.table("backtest"))
    drawn.savefig(PICTURE.with_name("backtest.png"), dpi=DPI)


RESULTS_PAGE = (ROOT / "docs" / "results_template.md").read_text(encoding="utf-8")

if __name__ == "__main__":
    main()
