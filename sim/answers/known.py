"""What is known to which month, and the seven facts of it: the record, with the user's own months beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from sim import record
from sim.answers.answer import Answer, command
from sim.basics.labels import listed, significant
from sim.basics.mistakes import count
from sim.basics.months import in_spans
from sim.basics.tables import Grid
from sim.record import conduct as coded_conduct
from sim.record import facts as seven_facts
from sim.record import monthly, tables
from sim.record.own import layout
from sim.record.own.additions import Addition, additions, known, own_folder, there
from sim.record.own.beside import observed, own_rows
from sim.record.own.layout import Row
from sim.record.own.rows_in_words import MOST_TOLD, NOTHING, month_of, named, not_whole, revision, span_of
from sim.record.own.shipped import shipped_row

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHIPS_AS = {"aid": ("aid", "aid_by_donor"), "line": ("territory",), "votes": ("votes",), "events": ("events",)}
"""The tables of the record that each of the user's stands beside."""
RELEASE = re.compile(r", Release \d+")


class TableReach(NamedTuple):
    """A table of the record: who published it, in which release, its first and last month, the user's own."""

    table: str
    publisher: str
    release: str
    first: str
    last: str
    yours: str


def known_months(folder: Path | None = None, release: int | None = None) -> Answer:
    """Say what of the record is known to which month: what ships, and what the user added.

    Parameters
    ----------
    folder : Path, optional
        Where the user's own months are; see `sim.record.own.additions.own_folder`.
    release : int, optional
        Release of the Ukraine Support Tracker; the newest if not given.

    Returns
    -------
    Answer
        Tables `known`, and of the user's own `additions` and `revisions`.

    Raises
    ------
    InputError
        If there is no such release.
    FolderError, RecordError
        If something in the folder cannot be what was added.
    """
    place, chosen = own_folder(there(folder)), monthly.chosen_release(release)
    added = additions(place)
    reaches = [reach for name, titles in _published() for reach in _reach(name, titles, chosen, added)]
    revisions = list(_revisions(added))
    grids = [Grid(["table", "first", "last", "release", "yours"], [_told(reach) for reach in reaches])]
    if added:
        grids += [Grid(["your addition", "added", "table", "rows", "months"], [_listed(item) for item in added])]
    return Answer(
        title="The observed record" + (f", aid of Release {chosen}" if release is not None else ""),
        sentences=[*_sentences(reaches, place, added), *_totals_alone(chosen, added), *_revised(revisions)],
        tables={
            "known": pd.DataFrame(reaches),
            "additions": pd.DataFrame(
                [(item.number, item.date, item.table.name, len(item.rows), item.path.name) for item in added],
                columns=["number", "added", "table", "rows", "file"],
            ),
            "revisions": pd.DataFrame(revisions, columns=["row", "was", "became"]),
        },
        grids=grids,
        command=command("record", release=release),
    )


def facts(folder: Path | None = None, release: int | None = None) -> Answer:
    """Compute the seven facts of the record; beside those of what ships, those with the user's own months.

    Parameters, errors: as `known_months`.

    Returns
    -------
    Answer
        The table `facts`: fact, statistic, the value of what ships, and the value with the user's own months.
    """
    chosen = monthly.chosen_release(release)
    shipped = seven_facts.table(monthly.dataset(chosen))
    with_yours = _facts_of(folder, chosen)
    newest = with_yours if chosen == monthly.releases()[-1] else _facts_of(folder, None)
    by = ["fact", "statistic"]
    every = newest[by].merge(with_yours, "left", by)
    table = every.merge(shipped, "left", by, suffixes=("_with_yours", "_shipped"))
    lacking = newest[by].merge(with_yours, "left", by, indicator=True).query("_merge == 'left_only'")
    shown = ("shipped", "with_yours") if any(own_rows(folder)) else ("shipped",)
    rows = [
        [f"{row['fact']}. {row['statistic']}", *(statistic_in_words(row[f"value_{which}"]) for which in shown)]
        for row in table.to_dict("records")
    ]
    return Answer(
        title=f"The seven facts of the record, aid of Release {chosen}",
        sentences=[
            *_lacking([f"{row.fact}. {row.statistic}" for row in lacking.itertuples()], chosen),
            *_totals_alone(chosen, additions(own_folder(there(folder)))),
        ],
        tables={"facts": table},
        grids=[Grid(["fact and statistic", *(which.replace("_", " ") for which in shown)], rows)],
        command=command("record", "facts", release=release),
    )


def conduct(folder: Path | None = None) -> Answer:
    """Say what was done each month and by whom, as the dated events have it, with the user's own events.

    Parameters, errors: as `known_months`.

    Returns
    -------
    Answer
        Tables `conduct` (a row a month and observable under two codings; `own` where it rests on an event of hers) and
        `events` (all that count, hers marked); the figure `conduct`.
    """
    seen = observed(folder)
    coded = coded_conduct.monthly(seen.events)
    hers = set(seen.events.loc[seen.events["own"], "id"])
    coded["own"] = [bool(hers & set(ids.split("; "))) for ids in coded["events"]]
    sources = list(dict.fromkeys(seen.events.loc[seen.events["own"], "source"]))

    def draw() -> dict[str, Figure]:
        from sim.figures.conduct import observed_conduct

        return {"conduct": observed_conduct(coded, sources)}

    rows = [
        [
            f"{name}",
            *(str(int((of[coding] != 0).sum())) for coding in ("formal", "upkeep")),
            span_of(of.loc[of["own"] & (of[["formal", "upkeep"]] != 0).any(axis=1), "month"]),
        ]
        for name, of in coded.groupby("observable", sort=False)
    ]
    return Answer(
        title=f"What was done, month by month: {count(len(seen.events), 'event')}, {len(hers)} of them yours",
        sentences=["What is not among the events counts as not having happened."],
        tables={"conduct": coded, "events": seen.events},
        grids=[Grid(["months with", "as formal acts", "as upkeep", "resting on yours"], rows)],
        command=command("record", "conduct"),
        draw=draw,
    )


def _facts_of(folder: Path | None, release: int | None) -> pd.DataFrame:
    """The seven facts with the user's own months."""
    seen = observed(folder, release)
    return seven_facts.table(seen.series, seen.votes, seen.events)


def _lacking(statistics: list[str], release: int) -> list[str]:
    """Which statistics a release does not give, and why."""
    if not statistics:
        return []
    newest = monthly.releases()[-1]
    why = f"they need military aid apart from the rest, and the record has aid by type of Release {newest} alone"
    return [f"Of Release {release} {count(len(statistics), 'statistic')} cannot be had ({listed(statistics)}): {why}."]


def statistic_in_words(value: float) -> str:
    """A statistic of the record in four digits, or that there is none."""
    return significant(value, 4) if value == value else NOTHING


def _published() -> Iterator[tuple[str, list[str]]]:
    """The observed tables, and who published each."""
    said = tomllib.loads((tables.FOLDER / "about.toml").read_text(encoding="utf-8"))
    for name, about in said["tables"].items():
        if "publishers" in about:
            titles = (RELEASE.sub("", said["publishers"][who]["title"]) for who in about["publishers"])
            yield name, list(dict.fromkeys(titles))


def _reach(name: str, titles: list[str], release: int, added: list[Addition]) -> Iterator[TableReach]:
    """How far a table reaches; nothing of a table without months and days."""
    frame = tables.read(name)
    dates = next((frame[column].dropna() for column in tables.DATES if column in frame), None)
    if dates is None:
        return
    if name == "aid":
        dates = monthly.dataset(release)["us_allocation"].dropna("month")["month"].to_series()
    ends = f"{dates.min():%Y-%m}", f"{dates.max():%Y-%m}"
    months = {
        month_of(item.row)
        for table, ships_as in SHIPS_AS.items()
        if name in ships_as
        for item in known(added, layout.tables()[table]).values()
        if name != "aid_by_donor" or _of_donor(item.row)
    }
    yield TableReach(name, "; ".join(titles), _releases(name, release), *ends, span_of(months))


def _of_donor(row: Row) -> bool:
    """Whether a row of aid is of one donor."""
    donor = str(row["donor"])
    return donor != layout.bloc_of(donor) or donor in layout.BLOC_OF.values()


def _releases(name: str, release: int) -> str:
    """Which releases of the Ukraine Support Tracker are in a table: of aid by bloc the one that was asked for."""
    there = [str(one) for one in monthly.releases()]
    return {"aid": str(release), "aid_by_donor": there[-1], "aid_vintages": listed(there)}.get(name, "")


def _told(reach: TableReach) -> list[str]:
    return [reach.table, reach.first, reach.last, reach.release or NOTHING, reach.yours]


def _listed(item: Addition) -> list[str]:
    return [str(item.number), item.date, item.table.name, str(len(item.rows)), span_of(map(month_of, item.rows))]


def _revisions(added: list[Addition]) -> Iterator[list[str]]:
    """Each step in which a row was revised, the one that ships first: its values, and since when each is known."""
    for table in layout.tables().values():
        for item in known(added, table).values():
            stages = [*item.before, (item.row, item.addition)]
            vintages = [(row, addition.date) for row, addition in stages]
            shipped = shipped_row(table, item.row)
            if shipped is not None:
                release = f", Release {monthly.releases()[-1]}" if table.name == "aid" else ""
                vintages.insert(0, (shipped, f"shipped{release}"))
            for (before, since), (after, then) in pairwise(vintages):
                was, became = revision(table, before, after)
                if was:
                    yield [f"{table.name}: {named(table, item.row)}", f"{was} ({since})", f"{became} ({then})"]


def _revised(revisions: list[list[str]]) -> Iterator[str]:
    """Revisions in words, which a line of a table is too short for."""
    for row, was, became in revisions[:MOST_TOLD]:
        yield f"{row}, revised: {became}; was {was}."
    if more := len(revisions[MOST_TOLD:]):
        yield f"And {count(more, 'more row')} revised: doctrine record --json has them all."


def _totals_alone(release: int, added: list[Addition]) -> Iterator[str]:
    """What an older release has not, and how aid of the user's counts beside it."""
    newest = monthly.releases()[-1]
    if release == newest:
        return
    yield f"Of Release {release} the record has American and European totals; by donor and type, Release {newest}."
    last = max(record.columns("aid")["month"])
    rows = (item.row for item in known(added, layout.tables()["aid"]).values())
    if months := in_spans(month_of(row) for row in rows if month_of(row) <= last):
        yield (
            f"Yours of {months}: where you say a part of Europe's aid, the total of Release {release} moves by what "
            f"you change in Release {newest}; where you say all of it, yours is the total."
        )


def _sentences(reaches: list[TableReach], place: Path, added: list[Addition]) -> Iterator[str]:
    publishers: dict[str, list[str]] = {}
    for reach in reaches:
        publishers.setdefault(reach.publisher, []).append(reach.table)
    yield from (f"{', '.join(names)}: {publisher}." for publisher, names in publishers.items())
    if added:
        yield f"Yours are in {place}; doctrine record remove NUMBER takes an addition back."
    else:
        yield f"No months of your own in {place}; doctrine record add FILE puts a table there."
    yield from (f"{text}." for text in not_whole(item.row for item in known(added, layout.tables()["aid"]).values()))
