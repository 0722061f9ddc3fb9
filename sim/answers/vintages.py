"""What the later of two releases of the Ukraine Support Tracker changed: months, the error of a month, the facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from sim.answers.answer import Answer, command
from sim.answers.known import statistic_in_words
from sim.basics.labels import listed, number
from sim.basics.mistakes import count
from sim.basics.tables import Grid
from sim.record import facts, monthly
from sim.record import vintages as compared

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES = {"us": "American", "europe": "European"}
LATE = "2024-01"
"""From here on the later release dates little anew."""
SAME = 5e-4
"""A change below it is none: the tables have three decimals or more."""
STEPS = ("before", "after", "change")
LARGEST = 5
"""Months told one by one."""


def vintages() -> Answer:
    """Compare the first and the last release that can be chosen.

    Returns
    -------
    Answer
        Tables `months` (month, flow, both releases in EUR bn, the change), `revisions` (the error of a month that this
        measures; see `sim.record.vintages.Revision`) and `facts` (the statistics that differ, or that one release does
        not give); the figure `vintages`.
    """
    older, newer = monthly.releases()[0], monthly.releases()[-1]
    months = _months(older, newer)
    moved = months.assign(size=months["change"].abs()).query("size > @SAME")
    revisions = pd.concat([compared.revisions(), compared.revisions(LATE)], ignore_index=True)
    differing = _facts(older, newer)

    def draw() -> dict[str, Figure]:
        from sim.figures.vintages import revised

        return {"vintages": revised()}

    heads = [f"Release {older}", f"Release {newer}"]
    largest = moved.nlargest(LARGEST, "size")
    return Answer(
        title=f"Release {newer} beside Release {older}: what a later publication changed",
        sentences=[*_moved(months, moved, newer), *_error(revisions), *_of_facts(differing, older, newer)],
        tables={"months": months, "revisions": revisions, "facts": differing},
        grids=[
            Grid(
                ["largest changes, EUR bn", *heads, "change"],
                [
                    [f"{row['month']}, {NAMES[row['flow']]}", *(statistic_in_words(row[name]) for name in STEPS)]
                    for row in largest.to_dict("records")
                ],
            ),
            Grid(
                ["facts that differ", *heads],
                [
                    [f"{row['fact']}. {row['statistic']}", *(statistic_in_words(row[name]) for name in STEPS[:2])]
                    for row in differing.to_dict("records")
                ],
            ),
        ],
        command=command("record", "vintages"),
        draw=draw,
    )


def _months(older: int, newer: int) -> pd.DataFrame:
    """Both releases month by month, the later one's change beside them."""
    both = compared.revised(older, newer)
    tables = [
        pd.DataFrame({"flow": flow, "before": both[flow][older], "after": both[flow][newer]}) for flow in compared.FLOWS
    ]
    months = pd.concat(tables).reset_index()
    months["month"] = months["month"].dt.strftime("%Y-%m")
    return months.assign(change=(months["after"] - months["before"]).round(4))


def _facts(older: int, newer: int) -> pd.DataFrame:
    """The statistics of the seven facts that are not the same in both."""
    by = ["fact", "statistic"]
    earlier, later = (facts.table(monthly.dataset(release)) for release in (older, newer))
    both = later.merge(earlier, "left", by, suffixes=("_after", "_before"))
    both = both.rename(columns={"value_before": "before", "value_after": "after"})[[*by, "before", "after"]]
    before, after = (both[name].map(statistic_in_words) for name in STEPS[:2])
    return both[before != after].reset_index(drop=True)  # as far as is shown


def _moved(months: pd.DataFrame, moved: pd.DataFrame, newer: int) -> Iterator[str]:
    for flow, name in NAMES.items():
        own, every = moved[moved["flow"] == flow], months[months["flow"] == flow]
        if own.empty:
            yield f"Release {newer} changed no {name} month of {len(every)}."
            continue
        change = 100.0 * own["change"].sum() / every["before"].sum()
        (most,) = own.nlargest(1, "size").to_dict("records")
        yield (
            f"Release {newer} changed {len(own)} {name} months of {len(every)}, the total by {change:+.1f} %; most in "
            f"{most['month']}, from {number(most['before'], 2)} to {number(most['after'], 2)}."
        )


def _error(revisions: pd.DataFrame) -> Iterator[str]:
    """What a month that was just published is worth."""
    europe = revisions[revisions["flow"] == "europe"].to_dict("records")
    told = [
        f"from {row['first']} on EUR {number(row['sd'], 2)} bn, and {100.0 * row['six_months']:.0f} % of the sum of six"
        for row in europe
    ]
    yield f"As the error of a European month, one standard deviation: {'; '.join(told)}."


def _of_facts(differing: pd.DataFrame, older: int, newer: int) -> Iterator[str]:
    lacking = differing[differing["before"].isna()]
    names = [f"{row.fact}. {row.statistic}" for row in lacking.itertuples()]
    if names:
        yield (
            f"{count(len(names), 'statistic')} are of Release {newer} alone ({listed(names)}): they need military aid "
            f"apart from the rest, and of Release {older} the record has totals."
        )
