"""The five actors: their keys in scenario files, and what they are called wherever somebody reads of them."""

from __future__ import annotations

from typing import NamedTuple


class ActorNames(NamedTuple):
    """What an actor is called.

    Attributes
    ----------
    country : str
        In tables: `United States`.
    capital : str
        Where a sentence is short: `Washington`.
    short : str
        As one of five, in a row: `Washington`, but `Ukraine`.
    people : str
        As those who act: `the Europeans`.
    office : str
        As a seat that somebody takes: `the executive in Washington`.
    """

    country: str
    capital: str
    short: str
    people: str
    office: str


NAMES = {
    "us": ActorNames("United States", "Washington", "Washington", "Washington", "the executive in Washington"),
    "ukraine": ActorNames("Ukraine", "Kyiv", "Ukraine", "Kyiv", "the government in Kyiv"),
    "russia": ActorNames("Russia", "Moscow", "Russia", "Moscow", "the government in Moscow"),
    "europe": ActorNames("Europe", "Europe", "Europe", "the Europeans", "the Europeans"),
    "congress": ActorNames("Congress", "Congress", "Congress", "Congress", "Congress"),
}
"""Names of each actor, by its key."""

ACTORS = tuple(NAMES)
"""The actors whose doctrine a scenario sets, by their names in the file."""

FACTIONS = (
    "order_majority",
    "institutional_hawks",
    "fiscal",
    "nationalist",
    "isolationist",
    "leverage",
)
"""The coalitions in Congress; the last four are the four motives for opposing aid."""

HOUSE_SEATS, SENATE_SEATS = 435, 100
