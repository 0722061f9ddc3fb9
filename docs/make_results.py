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
from sim.basics.labels import month_name
from sim.estimation import facts, silence
from sim.estimation.calibration_tables import SILENCE
from sim.estimation.reference_table import scenario
from sim.estimation.summary_statistics import STATISTICS
from sim.figures import calibration, vintages
from sim.figures.saving import png
from sim.figures.summary import overview
from sim.questions.claims import claim_sentences, evaluation
from sim.questions.compare import summary
from sim.questions.compare.ensemble_numbers import ensemble_numbers

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
    results = ensemble_numbers(dataset)
    found = summary.summary_as_json(results)["outcomes"]
    rows = []
    for name, title in summary.shown(results).items():
        scale = 100.0 if title.endswith("of 100") else 1.0
        values = [scale * float(found[doctrine][name]["mean"]) for doctrine in DOCTRINES]
        digits = 0 if max(map(abs, values)) >= 20 and "Land" not in title else 1
        rows.append([title, *(f"{value:.{digits}f}" for value in values)])
    return table([f"from {results.since} on, means over worlds", *DOCTRINES], rows)


def both_signs(dataset: xr.Dataset) -> dict[str, str]:
    """By doctrine, in how many worlds of 100 Washington both tightened and eased sanctions within 2025."""
    acts = dataset["sanctions_us_act"].sel(month=slice("2025-01", "2025-12"))
    both = (acts.max("month") > 0.0) & (acts.min("month") < 0.0)
    return {doctrine: f"{100.0 * float(both.sel(doctrine=doctrine).mean()):.0f}" for doctrine in DOCTRINES}


def facts_page() -> str:
    """The seven facts: observed, simulated interval, inside or not."""
    checks = record.table("facts")
    lines = [
        f"- Fact {fact} {verdict if verdict == facts.HOLDS else f'**{verdict}**'}: {facts.FACTS[fact]}."
        for fact, verdict in facts.verdicts(checks).items()
    ]
    return "\n".join(lines) + "\n\n" + frame(checks)


def silence_page() -> str:
    """The months of talks of 2025 beside what histories make of them, a table a span of months."""
    return "\n\n".join(table(grid.head, grid.rows) for grid in silence.in_words(record.table(SILENCE)))


def claims_page() -> dict[str, str]:
    """The claims: the count, what hangs on sizes, and the table that ships."""
    found = record.table(evaluation.TABLE)
    words = claim_sentences.full(found)
    return {
        "claims_title": claim_sentences.title(found),
        "claims_by_sign": claim_sentences.by_sign(found),
        "claims_command": evaluation.command(found),
        "claims": table(words.head, claim_sentences.in_bold(words)),
    }


def backtest_page() -> str:
    """Skill against the rivals."""
    scores = record.table("backtest").round(2)
    names = ["test", "series", "kind", "rival", "crps_model", "crps_rival", "ratio", "low", "high", "months_inside_90"]
    return frame(scores[names])


def fitted() -> dict[str, str]:
    """What the posterior rests on, in the page's words."""
    rests, compared = record.table("posterior_fit").iloc[0], record.table("posterior_comparison")
    return {
        **{key: f"{rests[key]:,}" for key in ("effective", "kept", "simulated")},
        "nearest": f"{rests['nearest']:.1f}",
        "farther": f"{100 * rests['farther']:.0f}",
        "free": str(len(compared)),
        "identified": str((compared["identified"] == "yes").sum()),
    }


def roll_calls() -> dict[str, str]:
    """How many votes were predicted unseen, how many bills of a hundred lie inside, and the last ban."""
    table = record.table("congress_rollcalls").merge(record.votes()[["vote", "bill"]], on="vote")
    inside = (table["low"] <= table["observed"]) & (table["observed"] <= table["high"])
    held = inside.groupby([table["party"], table["bill"]]).mean().groupby("party").mean()
    (last,) = table.query("vote == 'H2025-255' and party == 'republicans'").to_dict("records")
    told = {"low": last["low"], "high": last["high"], "seen": last["observed"], **held}
    return {"votes": f"{table['vote'].nunique()}", **{name: f"{100 * share:.0f}" for name, share in told.items()}}


def results(dataset: xr.Dataset, sentences: list[str]) -> str:
    """The page of results."""
    return RESULTS_PAGE.format(
        command=COMMAND,
        outcomes=outcomes(dataset),
        sentences="\n".join(f"- {sentence}" for sentence in sentences),
        both_signs=both_signs(dataset),
        facts=facts_page(),
        silence=silence_page(),
        **claims_page(),
        backtest=backtest_page(),
        rollcalls=roll_calls(),
        open_grant=frame(record.table("congress_open_grant")),
        congress=frame(record.table("congress_fit").drop(columns=["fitted", "full_chamber"])),
        memory=frame(record.table("europe_memory")),
        posterior=frame(record.table("posterior_comparison")),
        coverage=frame(record.table("posterior_coverage")),
        histories=facts.WORLDS,
        last_month=month_name(record.last_month()),
        months=scenario().months,
        statistics=len(STATISTICS),
        **fitted(),
    )


def readme(text: str, dataset: object) -> str:
    """README with its table replaced."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{outcomes(dataset)}\n\n{END}{after}"


def main() -> None:
    """Run, and write the three files."""
    dataset = sim.compare("history", DOCTRINES, worlds=WORLDS, seed=1).dataset
    RESULTS.write_text(results(dataset, summary.differences_in_words(ensemble_numbers(dataset))), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8"), dataset), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(png(overview(dataset), DPI))
    drawn = calibration.backtest(record.table("backtest_fans"), record.table("backtest"))
    PICTURE.with_name("backtest.png").write_bytes(png(drawn, DPI))
    PICTURE.with_name("vintages.png").write_bytes(png(vintages.revised(), DPI))


RESULTS_PAGE = (ROOT / "docs" / "results_template.md").read_text(encoding="utf-8")

if __name__ == "__main__":
    main()
