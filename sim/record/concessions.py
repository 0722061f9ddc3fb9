"""What Ukrainians say to concessions of land, by survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import record

if TYPE_CHECKING:
    import pandas as pd


def opposed() -> pd.Series[float]:
    """Ukrainians opposed to any concession of land, percent, by the month of the survey (KIIS; table `opinion`)."""
    opinion = record.table("opinion")
    asked = opinion[(opinion["question"] == "concessions") & (opinion["answer"] == "opposed")]
    found: pd.Series[float] = asked.set_index("month")["percent"].sort_index()
    return found
