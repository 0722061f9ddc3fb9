"""What a table of a user's own may hold: four tables, their columns with units and ranges, and rules across cells.

Names of donors, categories and kinds of votes are those of the tables that ship, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sim.basics.labels import UKRAINE_KM2
from sim.record import columns
from sim.record.own import cells
from sim.record.own.cells import Read, Unit, Value

Row = Mapping[str, Value]
"""The values of a row, by column."""
Complaint = tuple[str, str]
"""A column, and what is wrong in it."""

SEATS = {"house": 435, "senate": 100}
DELEGATES = 6
MOST_COUNTED = 10_000
"""Days of a truce, or names on a list of sanctions: more is a slip of the pen."""
"""Who may vote on amendments in the House besides its members."""
CHAMBERS = {"H": "house", "S": "senate"}
PARTIES = ("dem", "rep", "ind")
LEAST_HELD = 0.02
"""Share of Ukraine under which no line will be: half of Crimea. A share in a column of percent, or thousands that were
set apart by a point, lie under it."""
MOST_MONEY = 100.0
"""EUR bn that a donor may give in a month: several times what any ever gave."""
BLOC_OF = {"United States": "us", "EU institutions": "eu_institutions"}
"""Donors that are a bloc by themselves, and its name."""
BY_NAME = "id"
"""The column with a name of its own for a row, in tables that have one."""
WHOLE, PARTS = "as a bloc", "donor by donor"
EUROPEANS, OTHERS = "europe_bilateral", "other"
"""The blocs that are sums of countries."""


class ColumnLayout(NamedTuple):
    """A column: its name, what is in it, how it is read, and whether it or single cells of it may be missing.

    Where it has `units`, one of them ends its name in a file; `read` is of the first. Where it has `names`, one of them
    stands in a cell.
    """

    name: str
    meaning: str
    read: Read
    units: tuple[Unit, ...] = ()
    may_lack: bool = False
    may_be_empty: bool = False
    names: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The name with the unit of the record."""
        return f"{self.name}_{self.units[0].name}" if self.units else self.name


class TableLayout(NamedTuple):
    """A table: its name, what is in it, its columns, those that a row is known by, and its rules across cells.

    `fits` says what is wrong within a row. `given` says of a row what whole it belongs to, and how that is given, where
    it can be given in two ways: both in one would count twice.
    """

    name: str
    meaning: str
    columns: tuple[ColumnLayout, ...]
    key: tuple[str, ...]
    fits: Callable[[Row], Iterator[Complaint]]
    given: Callable[[Row], tuple[tuple[Value, ...], str]] | None = None

    def key_of(self, row: Row) -> tuple[Value, ...]:
        """What a row is known by, as it stands in the row."""
        return tuple(row.get(name) for name in self.key)

    def keys_of(self, row: Row) -> list[tuple[Value, ...]]:
        """What a row is known by: of two rows that share any of it, the later one revises the earlier.

        Letters and blanks make no difference; an event has its `id` besides, under which its words can be corrected.
        """
        keys = [tuple(_plain(value) for value in self.key_of(row))]
        return keys if row.get(BY_NAME) is None else [*keys, (BY_NAME, row[BY_NAME])]

    def under_its_name(self, row: Row, earlier: Row) -> Row:
        """A row that revises one, with the name that this one has unless it says another: answers find it by that."""
        name = earlier.get(BY_NAME)
        return row if name is None or row.get(BY_NAME) is not None else {**row, BY_NAME: name}

    def same(self, one: Row, other: Row) -> bool:
        """Whether two rows say the same in every column."""
        return all(one.get(column.name) == other.get(column.name) for column in self.columns)

    @property
    def headings(self) -> str:
        """Its columns as they stand in a file; those in brackets may be missing."""
        return ", ".join(f"[{column.heading}]" if column.may_lack else column.heading for column in self.columns)


SOURCE = ColumnLayout("source", "who says so: a publisher, a page, an address", cells.line)


@cache
def tables() -> dict[str, TableLayout]:
    """The four tables, by name."""
    return {table.name: table for table in (_aid(), _line(), _votes(), _events())}


def _plain(value: Value) -> Value:
    """A text without what makes no difference: capital letters, and more than a blank between words."""
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _chosen(name: str, meaning: str, there: Iterable[str], means: Mapping[str, str] | None = None) -> ColumnLayout:
    """A column in whose cells a name of the record stands."""
    names = tuple(sorted(set(there)))
    return ColumnLayout(name, meaning, cells.one_of(name, names, means), names=names)


def _nothing(*_: object) -> Iterator[Complaint]:
    return iter(())


def _money(name: str, meaning: str, may_lack: bool = False) -> ColumnLayout:
    taken_back, wrong = "what is taken back is a revision of the month in which it was given", "is it in that unit?"
    bn = Unit("eur_bn", 1.0, 0.0, MOST_MONEY, taken_back, wrong)
    units = (bn, bn._replace(name="eur_mn", scale=1e-3, most=1e3 * MOST_MONEY))
    return ColumnLayout(name, f"{meaning}, EUR bn or EUR mn", cells.amount(units[0]), units, may_lack)


def _aid() -> TableLayout:
    donors = [*columns("aid")["bloc"], *columns("aid_by_donor")["donor"]]
    blocs = "us, europe_bilateral, eu_institutions, other"
    return TableLayout(
        "aid",
        "allocations of a month, by bloc or by donor",
        (
            ColumnLayout("month", "YYYY-MM", cells.month(columns("aid")["month"][0])),
            _chosen("donor", f"a bloc ({blocs}) or a donor as Kiel names it", donors, BLOC_OF),
            _money("military", "arms and what goes with them"),
            _money("financial", "money for the budget"),
            _money("humanitarian", "relief"),
            _money("instrument", "a loan that profits of frozen assets repay, not in the others", may_lack=True),
            SOURCE,
        ),
        ("month", "donor"),
        _nothing,
        _by_bloc,
    )


def bloc_of(donor: str) -> str:
    """The bloc that a donor belongs to; a bloc is its own."""
    if donor in columns("aid")["bloc"]:
        return donor
    return EUROPEANS if donor in columns("europe_countries")["country"] else OTHERS


def _by_bloc(row: Row) -> tuple[tuple[Value, ...], str]:
    """A bloc in a month, and whether it is given whole or donor by donor: both would count money twice."""
    donor = str(row["donor"])
    return (row["month"], bloc_of(donor)), WHOLE if donor == bloc_of(donor) else PARTS


def _line() -> TableLayout:
    wrong = "call the column by the unit that it is in: held_km2, held_share or held_percent"
    units = (
        Unit("km2", 1.0, LEAST_HELD * UKRAINE_KM2, UKRAINE_KM2, wrong, f"Ukraine has {UKRAINE_KM2:,.0f} km2"),
        Unit("share", UKRAINE_KM2, LEAST_HELD, 1.0, wrong, wrong),
        Unit("percent", UKRAINE_KM2 / 100.0, 100.0 * LEAST_HELD, 100.0, wrong, wrong),
    )
    return TableLayout(
        "line",
        "what Russia holds at the end of a month",
        (
            ColumnLayout("month", "YYYY-MM", cells.month(columns("territory")["month"][0])),
            ColumnLayout("held", "area in km2, or share or percent of Ukraine", cells.amount(units[0]), units),
            SOURCE,
        ),
        ("month",),
        _nothing,
    )


def _votes() -> TableLayout:
    shipped, most = columns("votes"), SEATS["house"] + DELEGATES
    splits = [
        ColumnLayout(f"{party}_{side}", f"{side}s of {name}", cells.count(most), may_lack=True)
        for party, name in zip(PARTIES, ("Democrats", "Republicans", "independents"), strict=True)
        for side in ("yea", "nay")
    ]
    return TableLayout(
        "votes",
        "roll calls of Congress on Ukraine",
        (
            ColumnLayout("vote", "H or S, year, number of the roll call", cells.roll_call),
            ColumnLayout("date", "YYYY-MM-DD", cells.day(columns("territory")["month"][0])),
            ColumnLayout("bill", "such as hr8035", cells.line),
            _chosen("kind", "what was voted on", shipped["kind"]),
            _chosen("focus", "how far it was about Ukraine", shipped["focus"]),
            _chosen("says", "what the vote tells of aid", shipped["says"]),
            _chosen("pro", "the side that favours aid", shipped["pro"]),
            ColumnLayout("usd_bn", "sum in the bill, USD bn; empty if none", _dollars(), may_be_empty=True),
            ColumnLayout("yea", "yeas", cells.count(most)),
            ColumnLayout("nay", "nays", cells.count(most)),
            ColumnLayout("absent", "not voting, or present", cells.count(most), may_lack=True),
            *splits,
            ColumnLayout("title", "what it was called", cells.line, may_lack=True, may_be_empty=True),
            SOURCE,
        ),
        ("vote",),
        _of_a_chamber,
    )


def _dollars() -> Read:
    return cells.amount(Unit("usd_bn", 1.0, 0.0, 1000.0, "a cut has its sum too", "is it in USD bn?"))


def chamber_of(vote: str) -> str:
    """The chamber of a roll call, by its number."""
    return CHAMBERS[vote[0]]


def _of_a_chamber(row: Row) -> Iterator[Complaint]:
    """No more votes than seats, and parties that add up."""
    vote = str(row["vote"])
    chamber = chamber_of(vote)
    if vote[1:5] != str(row["date"])[:4]:
        yield "vote", f"names the year {vote[1:5]}, and its date is {row['date']}; correct the one that is wrong"
    seats = SEATS[chamber] + (DELEGATES if chamber == "house" and row["kind"] == "amendment" else 0)
    cast = sum(_whole(row, side) for side in ("yea", "nay", "absent"))
    if cast > seats:
        yield (
            "yea",
            (
                f"{cast} votes with nays and absent, and the {chamber} has {seats} seats; "
                "take yea, nay and absent from the clerk's page once more"
            ),
        )
    ayes, nays, decides = _whole(row, "yea"), _whole(row, "nay"), SEATS[chamber] // 2 + 1
    if ayes + nays < decides:
        yield (
            "yea",
            (
                f"{ayes} to {nays}, and the {chamber} decides with at least {decides} of its {SEATS[chamber]} seats; "
                "take yea and nay from the clerk's page once more"
            ),
        )
    parts = [f"{party}_{side}" for party in PARTIES for side in ("yea", "nay")]
    given = [name for name in parts if row.get(name) is not None]
    if not given:
        return
    if given != parts:
        yield given[0], f"either all or none of {', '.join(parts)}; fill in or leave out the rest"
        return
    for side in ("yea", "nay"):
        found = sum(_whole(row, f"{party}_{side}") for party in PARTIES)
        if found != row[side]:
            yield side, f"is {row[side]}, and the parties make {found}; correct the one that is wrong"


def _whole(row: Row, name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) else 0


def _events() -> TableLayout:
    return TableLayout(
        "events",
        "what happened, day by day",
        (
            ColumnLayout("date", "YYYY-MM-DD", cells.day(columns("territory")["month"][0])),
            _chosen("category", "kind of event", columns("events")["category"]),
            ColumnLayout("actors", "who, set apart by semicolons: RU; UA", cells.line),
            ColumnLayout("event", "what, in a line", cells.line),
            ColumnLayout("outcome", "what came of it; may be empty", cells.line, may_be_empty=True),
            ColumnLayout("direct_contact", "1 if Moscow and Kyiv met or dealt, else 0", cells.count(1)),
            *_further(),
            SOURCE,
        ),
        ("date", "event"),
        _nothing,
    )


def _further() -> tuple[ColumnLayout, ...]:
    """What else is coded of an event; a file may leave out any of these."""
    day = cells.day(columns("territory")["month"][0])
    counted = Unit("days", 1.0, 0.0, MOST_COUNTED, "leave it empty where nobody says", "is it in days?")
    read: dict[str, tuple[str, Read]] = {
        "id": (
            "a name of its own, which answers name and corrections keep: small letters, numbers, hyphens",
            cells.line,
        ),
        "until": ("YYYY-MM-DD, the last day of what lasts; of what goes on, the last day that you know of", day),
        "scope": ("what it is of: arms, energy, tighten; by category in the sources of the record", cells.line),
        "about": ("of an answer, the id of the offer: one of the record's, or of yours", cells.line),
        "days": ("of a truce, how many days", cells.amount(counted)),
        "listed": ("of sanctions, how many persons and entities", cells.count(MOST_COUNTED)),
        "formal": ("1 if it is a formal act, else 0; 1 if left out", cells.count(1)),
        "upkeep": ("1 if it was done and kept up, else 0; 1 if left out", cells.count(1)),
    }
    found = [ColumnLayout(name, *about, may_lack=True, may_be_empty=True) for name, about in read.items()]
    sure = _chosen("confidence", "how sure it is", ("high", "medium", "low"))._replace(may_lack=True, may_be_empty=True)
    return (*found, sure)


def of_head(names: Sequence[str]) -> TableLayout | None:
    """The table that a head is of: the one that has most of these names; None if two have as many, or none any."""
    shared = {table.name: len({column.name for column in table.columns} & set(names)) for table in tables().values()}
    most = max(shared.values())
    best = [name for name, number in shared.items() if number == most]
    return tables()[best[0]] if most > 1 and len(best) == 1 else None


def every_heading() -> str:
    """The tables and their columns, in a sentence."""
    return "; or ".join(f"{table.name}: {table.headings}" for table in tables().values())
