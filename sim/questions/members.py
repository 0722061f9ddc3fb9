"""Who pays in Europe: contributions by member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sim.questions.bands import STATISTICS, summary

if TYPE_CHECKING:
    import xarray as xr

COLUMNS = ("doctrine", "member", "label", "unit", *STATISTICS, "share", "more")


def members(dataset: xr.Dataset, baseline: str | None = None) -> pd.DataFrame:
    """Contributions of each European over the horizon, the largest under the baseline first.

    Returns
    -------
    pandas.DataFrame
        Mean, sd and quantiles over worlds in EUR bn, `share` the member's part of the mean European total, and
        `more` its mean over that under the baseline (the first doctrine unless named), as a ratio - 1.
    """
    values = dataset["europe_by_member"].transpose("doctrine", "member", "world")
    labels = [str(label) for label in values["doctrine"].to_numpy()]
    reference = values.sel(doctrine=labels[0] if baseline is None else baseline).mean("world")
    order = reference["member"].to_numpy()[(-reference).argsort().to_numpy()]
    names = member_labels()
    rows = []
    for label in labels:
        one = values.sel(doctrine=label)
        total = float(one.sum("member").mean("world"))
        for member in map(str, order):
            found = dict(zip(STATISTICS, summary(one.sel(member=member)), strict=True))
            base = float(reference.sel(member=member))
            rows.append(
                {"doctrine": label, "member": member, "label": names.get(member, member)}
                | {"unit": values.attrs.get("units", ""), **found}
                | {"share": found["mean"] / total, "more": found["mean"] / base - 1.0}
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def member_labels() -> dict[str, str]:
    """Names of the members as a reader knows them."""
    from sim import record

    table = record.members()
    return dict(zip(table["member"], table["label"], strict=True))
