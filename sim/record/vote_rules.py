"""What a roll call says of aid, and the rules that every row of the table `votes` obeys.

`focus` is what the bill is about, `says` what the vote tells of aid to Ukraine. One follows from the other as far as
`SAYS_BY_FOCUS` goes; the rest is read off what the amendment would do. The rules in words stand in `tables/SOURCES.md`.
"""

from __future__ import annotations

import pandas as pd

from sim.basics.actors import HOUSE_SEATS, SENATE_SEATS
from sim.record.rules import Rule, broken, filled, one_of, unique, within_record

SAYS = {
    "grant": "gives Ukraine money, arms or relief, or authority for them, or sends such a bill back",
    "ban": "would end or forbid all security assistance, or every sum of a bill",
    "cut": "would take away a part: a sum, a programme, an authority, or a year's floor",
    "arms": "would forbid one kind of weapon",
    "oversight": "reports, audits and inspectors",
    "sanctions": "measures against Russia or its assets",
    "omnibus": "a bill about much else that carries money or authority for Ukraine: a weak signal",
    "omission": "a bill of money that leaves Ukraine out",
    "message": "words without effect in law",
    "not_established": "what was voted on is not known",
}
"""What a vote can say, and when it does."""
SAYS_BY_FOCUS = {
    "standalone_ukraine": ("grant", "ban", "cut"),
    "multi_country_security_package": ("grant",),
    "ukraine_amendment_to_defence_bill": ("ban", "cut", "arms", "oversight"),
    "russia_sanctions": ("sanctions",),
    "omnibus_or_continuing_resolution": ("omnibus",),
    "defence_bill": ("omnibus",),
    "omits_ukraine": ("omission",),
    "messaging": ("message",),
    "not_established": ("not_established",),
}
"""What a vote can say, by what the bill is about."""
AGAINST = ("ban", "cut", "arms", "oversight")
"""A nay to these favours aid."""
SILENT = ("omission", "not_established")
"""Neither side of these favours aid."""
SEATS = {"house": HOUSE_SEATS, "senate": SENATE_SEATS}
DELEGATES = 6
"""Delegates to the House, who vote on amendments in the Committee of the Whole."""
KINDS = (
    *("final_passage", "amendment", "cloture", "procedure", "rule"),
    *("motion_to_recommit", "disapproval", "omission", "symbolic"),
)
SIDES = ("yea", "nay")


def _favoured(rows: pd.DataFrame) -> pd.Series[bool]:
    """The side for aid is the one that `says` and `kind` tell; sending a bill back is a vote against it."""
    against = rows["says"].isin(AGAINST) | rows["kind"].isin(("motion_to_recommit", "disapproval"))
    side = pd.Series("yea", index=rows.index).mask(against, "nay").mask(rows["says"].isin(SILENT), "none")
    return rows["pro"].eq(side)


def _seated(rows: pd.DataFrame) -> pd.Series[bool]:
    delegates = ((rows["chamber"] == "house") & (rows["kind"] == "amendment")) * DELEGATES
    return (rows["yea"] + rows["nay"] + rows["absent"]).le(rows["chamber"].map(SEATS) + delegates)


def _adds_up(side: str) -> Rule:
    return Rule(
        side,
        f"must be dem_{side} + rep_{side} + ind_{side}",
        lambda rows: rows[side] == rows[[f"dem_{side}", f"rep_{side}", f"ind_{side}"]].sum(axis=1),
    )


def _named(rows: pd.DataFrame) -> pd.Series[bool]:
    """As the clerks number: H2025-209 is roll 209 of the House in 2025."""
    chamber = rows["chamber"].map({"house": "H", "senate": "S"})
    number = rows["source"].str.extract(r"(\d+)\.xml$")[0].str.lstrip("0").str.zfill(3)
    name = chamber + rows["date"].dt.strftime("%Y") + "-" + number.str[-3:]
    return rows["vote"].eq(name)


def congress(date: pd.Series[pd.Timestamp]) -> pd.Series[int]:
    """Number of the Congress that sits on a date; a new one sits from 3 January of odd years."""
    year: pd.Series[int] = (date - pd.Timedelta(days=2)).dt.year
    return (year - 1787) // 2


def _possible(rows: pd.DataFrame) -> pd.Series[bool]:
    pairs = zip(rows["focus"], rows["says"], strict=True)
    return pd.Series([says in SAYS_BY_FOCUS.get(focus, ()) for focus, says in pairs], index=rows.index)


CODING = (
    Rule("says", "must be what votes of this focus can say", _possible),
    Rule("pro", "must be nay where the vote is against aid, none where it says nothing, else yea", _favoured),
)
"""How a vote is read, whoever writes it down."""
RULES = (
    *(filled(column) for column in ("vote", "date", "bill", "title", "source")),
    unique("vote"),
    Rule("vote", "must be chamber, year and number as in the source", _named),
    within_record("date"),
    one_of("chamber", SEATS),
    Rule("congress", "must be the Congress of the year", lambda rows: rows["congress"] == congress(rows["date"])),
    one_of("kind", KINDS),
    one_of("focus", SAYS_BY_FOCUS),
    one_of("says", SAYS),
    *CODING,
    Rule("usd_bn", "must not be negative", lambda rows: ~(rows["usd_bn"] < 0)),
    *(_adds_up(side) for side in SIDES),
    Rule("yea", "yeas, nays and absent must be no more than the chamber has", _seated),
    Rule("enacted", "must not be before the vote", lambda rows: ~(rows["enacted"] < rows["date"])),
    one_of("confidence", ("high", "medium", "low")),
)
"""What every row of the table `votes` obeys."""


def mistakes(rows: pd.DataFrame) -> list[str]:
    """Cells of a table of votes that break a rule; see `sim.record.rules.broken`."""
    return broken("votes", rows, RULES)
