"""What the model says of the claims: the part of the report that shows the table that ships, not the run."""

from __future__ import annotations

from typing import Any

from sim import record
from sim.questions.claim_measures import DEFAULT, POSTERIOR
from sim.questions.claim_table import TABLE
from sim.questions.claim_verdicts import SUPPORTED
from sim.questions.claim_words import by_sign, interval_text, title
from sim.questions.claims import CLAIMS, NO
from sim.report.tables import NOTHING, Table

SOURCES = (DEFAULT, POSTERIOR)


def claims() -> dict[str, Any]:
    """The count of verdicts, which of them hang on sizes, the command that makes the table, and the table."""
    found = record.table(TABLE)
    command = str(found["command"].iloc[0]).split()
    return {
        "claims_found": f"{title(found)}.",
        "claims_by_sign": by_sign(found),
        "claims_command": " ".join([*command[:2], *command[3:]]),
        "claims": _table(found),
    }


def _table(found: Any) -> Table:
    """A row a claim with its verdicts, and under it what decides it."""
    rows, quiet = [], []
    for name, part in found.groupby("claim", sort=False):
        first = part.iloc[0]
        head = f"{name} is {first['claim_verdict']}: {first['statement']}"
        rows.append([head, *(str(first[f"claim_{source}"]) for source in SOURCES), CLAIMS[str(name)].built_in])
        quiet.append(False)
        for row in part.to_dict("records"):
            cells = [f"{interval_text(row, source)}: {_how(row, source)}" for source in SOURCES]
            built = NOTHING if row["built_in"] == NO else str(row["built_in"])
            rows.append([f"– {row['text']}", *cells, built])
            quiet.append(row["verdict"] != SUPPORTED)
    head_row = ["Claim, and what decides it", "Default parameters", "Posterior parameters", "Built in"]
    caption = "The claims, with 95 % intervals, of C8 the range over codings; greyed: a statistic that does not support"
    return Table(caption, head_row, rows, quiet)


def _how(row: Any, source: str) -> str:
    return "as claimed" if row[f"{source}_verdict"] == SUPPORTED else str(row[f"{source}_how"])
