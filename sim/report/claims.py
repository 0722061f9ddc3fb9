"""What the model says of the claims: the part of the report that shows the table that ships, not the run."""

from __future__ import annotations

from typing import Any

from sim import record
from sim.questions import claim_words
from sim.questions.claim_table import TABLE, command
from sim.report.tables import NOTHING, Table

CAPTION = "The claims, with 95 % intervals, of C8 the range over codings; greyed: a statistic that does not support"


def claims() -> dict[str, Any]:
    """The count of verdicts, which of them hang on sizes, the command that makes the table, and the table."""
    found = record.table(TABLE)
    words = claim_words.full(found)
    rows = [[cell or NOTHING for cell in row] for row in words.rows]
    return {
        "claims_found": f"{claim_words.title(found)}.",
        "claims_by_sign": claim_words.by_sign(found),
        "claims_command": command(found),
        "claims": Table(CAPTION, [word[:1].upper() + word[1:] for word in words.head], rows, words.silent),
    }
