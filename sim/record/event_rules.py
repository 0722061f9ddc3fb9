"""The vocabulary of the table `events`, and the rules that each of its rows obeys; in words in `tables/SOURCES.md`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd

from sim.record.rules import Rule, broken, each, filled, one_of, unique, within_record

ACTORS = {
    "US": "the American executive",
    "US Congress": "Congress",
    "RU": "Russia",
    "UA": "Ukraine",
    "EU": "the European Union",
    "Europe": "European leaders together",
    "NATO": "NATO",
    "G7": "the G7",
    "UN": "the United Nations",
    "UK": "the United Kingdom",
    "FR": "France",
    "DE": "Germany",
    "PL": "Poland",
    "HU": "Hungary",
    "SK": "Slovakia",
    "TR": "Turkey",
    "SA": "Saudi Arabia",
    "AE": "the United Arab Emirates",
    "CN": "China",
    "Africa": "African leaders together",
    "Others": "states that are not named",
}
"""Who does something, or to whom; of the actors of an event the first did it, or asked for it."""


class Category(NamedTuple):
    """A kind of event: when a row is of it, its scopes, and who may be named first (anybody if empty)."""

    text: str
    scopes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    lasts: bool = False
    """Whether it has an end that must be told."""


PEACE = ("peace", "minerals", "meeting")
FIRE = ("general", "energy", "sea", "air", "holiday")
CATEGORIES = {
    "battlefield": Category("an operation that moved the line or the forces"),
    "escalation": Category("a step that widens the war"),
    "political": Category("who governs, or may fall"),
    "threat": Category("a deadline with a penalty"),
    "aid_request": Category("an executive asks for money; until it is law or overtaken", ("money",), ("US",), True),
    "aid_step": Category("one of several decisions on aid", ("money", "arms")),
    "aid_blocked": Category("a decision on aid that was due did not come", ("money",)),
    "aid_decision": Category("aid was granted", ("money", "arms")),
    "aid_pause": Category("the executive stops deliveries", ("arms", "civil"), ("US",), True),
    "intelligence_pause": Category("the executive stops sharing", ("intelligence",), ("US",), True),
    "talks": Category("delegations, ministers or envoys meet about an end of the war"),
    "call": Category("leaders speak by telephone about it"),
    "summit": Category("leaders meet about it"),
    "mediation": Category("third parties confer about it"),
    "package": Category("terms are tabled, in writing or in public", PEACE),
    "truce_offer": Category("a halt of fire is proposed", FIRE),
    "acceptance": Category("a side says yes to an offer"),
    "refusal": Category("a side says no to an offer, or lets it pass", by=("RU", "UA")),
    "agreement": Category("something is signed or announced as agreed", ("sea", "settlement")),
    "truce": Category("a halt of fire is in force, as declared", FIRE, ("RU", "UA"), True),
    "collapse": Category("an agreement ends"),
    "prisoner_exchange": Category("prisoners are exchanged", by=("RU",)),
    "sanctions": Category(
        "measures against Russia: tightened, eased, renewed, or left without upkeep (lapse)",
        ("tighten", "ease", "renew", "lapse"),
        ("US", "US Congress", "EU", "G7"),
    ),
    "veto": Category("one government of the EU holds up what needs all", ("money", "sanctions", "words"), ("HU", "SK")),
    "posture": Category("American forces in Europe", ("raised", "lowered"), ("US",)),
}
"""Kinds of events by name."""
ANSWERS = {"acceptance": ("package", "truce_offer"), "refusal": ("package", "truce_offer"), "collapse": ("agreement",)}
"""What an answer is about."""
BASES = ("page", "file", "memory")
"""A page was read; a file of the record or of a clerk; the public record as the compiler knows it."""
PUBLISHERS = (
    *("Associated Press", "Clerk of the House", "Congress", "Council of the European Union", "European Council", "G7"),
    *("Coordination Headquarters for the Treatment of Prisoners of War", "Government of China"),
    *("Government of South Africa", "Government of Switzerland", "Government of Turkey"),
    *("Government of the United Kingdom", "Institute for the Study of War", "Kremlin", "NATO"),
    *("Office of the President of Ukraine", "Reuters", "Saudi Press Agency", "Secretary of the Senate"),
    *("US Department of Defense", "US Department of State", "US Department of the Treasury", "White House"),
)
"""Where an event that was not looked up can be."""
CODINGS = ("formal", "upkeep")
"""The two codings: formal acts count, or what was done and kept up."""
PAGE = r"https?://[\w.-]+(?:/\S*)?(?: \(\d{4}-\d{2}-\d{2}\))?"
"""An address; where only the site is known, with the day."""


def named(actors: str) -> list[str]:
    """The actors in a cell.

    >>> named("US; RU")
    ['US', 'RU']
    """
    return actors.split("; ")


def _first_may(row: Any) -> bool:
    may = CATEGORIES[row.category].by if row.category in CATEGORIES else ()
    return not may or named(row.actors)[0] in may


def _scoped(row: Any) -> bool:
    scopes = CATEGORIES[row.category].scopes if row.category in CATEGORIES else ()
    free = pd.isna(row.scope) and (not scopes or row.category == "agreement")
    return free or row.scope in scopes


def _ends(row: Any) -> bool:
    needed = row.scope == "lapse" or (row.category in CATEGORIES and CATEGORIES[row.category].lasts)
    return row.until >= row.date if pd.notna(row.until) else not needed


def _sourced(row: Any) -> bool:
    page = bool(re.fullmatch(PAGE, str(row.source)))
    return page if row.basis == "page" else row.source in PUBLISHERS


def _answers(rows: pd.DataFrame) -> pd.Series[bool]:
    """An answer is about an offer of its kind that is no younger; what is no answer is about nothing."""
    known = {row.id: row for row in rows.itertuples()}

    def answers(row: Any) -> bool:
        if row.category not in ANSWERS:
            return bool(pd.isna(row.about))
        offer = known.get(row.about)
        return offer is not None and offer.category in ANSWERS[row.category] and offer.date <= row.date

    return pd.Series([answers(row) for row in rows.itertuples()], index=rows.index)


CODING = (
    each("actors", "must be names of actors with '; ' between them", lambda row: set(named(row.actors)) <= set(ACTORS)),
    each("actors", "must begin with one who can do this", _first_may),
    each(
        "direct_contact",
        "must be 0, or 1 with RU and UA among the actors",
        lambda r: r.direct_contact == 0 or (r.direct_contact == 1 and {"RU", "UA"} <= set(named(r.actors))),
    ),
)
"""How an event is read, whoever writes it down."""
NAMED = each(
    "id", "must be small letters, numbers and hyphens", lambda row: bool(re.fullmatch(r"[a-z0-9-]+", str(row.id)))
)
ANSWERED = Rule(
    "about", "must be the id of the offer that is answered, not younger, and is for answers alone", _answers
)
FURTHER = (
    each("until", "must not be before the date, and must be told of what lasts", _ends),
    each("scope", "must be one of its category, and of no other", _scoped),
    each(
        "days", "must be above 0, of truces alone", lambda r: pd.isna(r.days) or (r.days > 0 and "truce" in r.category)
    ),
    each(
        "listed",
        "must be a whole number above 0, of sanctions alone",
        lambda r: pd.isna(r.listed) or (r.listed > 0 and r.listed % 1 == 0 and r.category == "sanctions"),
    ),
    each("formal", "must be 0 or 1", lambda row: row.formal in (0, 1)),
    each("upkeep", "must be 0 or 1", lambda row: row.upkeep in (0, 1)),
    each(
        "formal",
        "must be 1 where upkeep is 0: what counts under no coding is no event",
        lambda r: bool(r.formal or r.upkeep),
    ),
)
"""What else is coded of an event: how long, of what, under which coding."""
CONFIDENCE = ("high", "medium", "low")
RULES = (
    *(filled(column) for column in ("id", "date", "event")),
    NAMED,
    unique("id"),
    within_record("date"),
    within_record("until"),
    one_of("category", CATEGORIES),
    *CODING,
    *FURTHER,
    ANSWERED,
    one_of("basis", BASES),
    each("source", "must be an address if a page was read, else one of PUBLISHERS", _sourced),
    one_of("confidence", CONFIDENCE),
    Rule("date", "must not be before the row above", lambda rows: ~(rows["date"] < rows["date"].shift())),
)
"""What every row of the table `events` obeys."""


def mistakes(rows: pd.DataFrame) -> list[str]:
    """Cells of a table of events that break a rule; see `sim.record.rules.broken`."""
    return broken("events", rows, RULES)
