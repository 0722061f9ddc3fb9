"""The game file: who plays, with which doctrines to choose from, and by whose goals payoffs are counted.

discount = 0.03

[players]
us = ["architectural", "transactional", "transactional:commitment=0.85"]
russia = ["wait_out", "maximalist"]

[valued_by]
us = "architectural"
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from math import prod
from typing import Annotated, Any

from pydantic import Field, ValidationError

from sim.doctrine import Table
from sim.limits import InputError
from sim.mistakes import KeyPath, Mistake, ScenarioError, shown, unknown
from sim.presets import PRESETS
from sim.questions.payoffs import RATE, Weights
from sim.scenario.file import SourceFile, read_chain
from sim.scenario.tables import ACTORS, Month
from sim.study import parsed

REFERENCE = "reference"
"""Valued by the doctrine that the scenario itself gives the player."""
MOST_PROFILES = 1000
"""Profiles beyond which a game takes hours and its tables nobody reads."""
DEFAULT_PLAYERS = {
    "us": ["architectural", "transactional", "reagan_ussr"],
    "russia": ["wait_out", "maximalist", "pragmatist"],
    "ukraine": ["pragmatist", "maximalist", "survivalist"],
    "europe": ["hedger", "free_rider", "strategic_autonomy"],
}
"""Players and doctrines where no file names any: 81 profiles."""
Names = dict[str, str]
RULES = {
    "players": 'a list of doctrines in quotes, like ["wait_out", "maximalist"]',
    "valued_by": f'"{REFERENCE}" or a preset of the player, in quotes',
    "baseline": "one of the player's doctrines, in quotes",
    "discount": "a number from 0 to 1",
    "since": 'a month in quotes, like "2025-01"',
    "weights": "a number of at least 0 (effort: from 0 to 1)",
}
"""What may stand under each key."""


class GameFile(Table):
    """A game, as its file says it; every key may be left out."""

    players: dict[str, list[str]] = Field(default_factory=lambda: dict(DEFAULT_PLAYERS))
    """Doctrines that each player chooses from; a player with one does not choose."""
    valued_by: Names = Field(default_factory=dict)
    """Preset by whose goals a player's payoffs are counted; "reference" is the scenario's own doctrine."""
    baseline: Names = Field(default_factory=dict)
    """The profile that others are compared with; the scenario's own doctrines if among the candidates, or the first."""
    discount: Annotated[float, Field(ge=0.0, le=1.0)] = RATE
    """Monthly discount rate."""
    since: Month | None = None
    """First month in which the chosen doctrines hold; the month of each player's last change if left out."""
    weights: Weights = Weights()
    """What the model leaves open in the utilities."""


def load_game(source: str | os.PathLike[str]) -> GameFile:
    """Read a game file.

    Raises
    ------
    ScenarioError
        With every mistake: file, line, key, what was found and what is allowed.
    """
    file = read_chain(source)[0]
    mistakes: list[Mistake]
    try:
        game = GameFile.model_validate(file.data)
        mistakes = list(_mistakes(game))
    except ValidationError as error:
        mistakes = [_worded(dict(found)) for found in error.errors(include_url=False)]
    if mistakes:
        raise ScenarioError(file.shown, [_placed(mistake, file) for mistake in mistakes])
    return game


def _mistakes(game: GameFile) -> Iterator[Mistake]:
    """What only the whole can tell."""
    yield from _strangers(game)
    for name, doctrines in game.players.items():
        yield from _doctrines(name, doctrines)
    sizes = [len(doctrines) for doctrines in game.players.values()]
    if max(sizes, default=0) == 1 or not sizes:
        yield Mistake(("players",), "must give at least one player two doctrines to choose from")
    if prod(sizes) > MOST_PROFILES:
        text = f"make {prod(sizes):,} profiles, at most {MOST_PROFILES:,} can be played; name fewer"
        yield Mistake(("players",), text)
    for name, preset in _of_players(game.valued_by, game):
        if preset != REFERENCE and preset not in PRESETS[name]:
            yield Mistake(("valued_by", name), unknown("preset", preset, (REFERENCE, *PRESETS[name])))
    for name, doctrine in _of_players(game.baseline, game):
        if doctrine not in game.players[name]:
            yield Mistake(("baseline", name), unknown(f"doctrine among those of {name}", doctrine, game.players[name]))


def _strangers(game: GameFile) -> Iterator[Mistake]:
    """Names that are no actor's, or no player's."""
    for table in ("players", "valued_by", "baseline"):
        for name in getattr(game, table):
            if name not in ACTORS:
                yield Mistake((table, name), unknown("player", name, ACTORS))
            elif name not in game.players:
                yield Mistake((table, name), f"is not among the players ({', '.join(game.players)})")


def _of_players(table: Names, game: GameFile) -> list[tuple[str, str]]:
    """What a table says of those who play."""
    return [(name, value) for name, value in table.items() if name in game.players and name in ACTORS]


def _doctrines(name: str, doctrines: list[str]) -> Iterator[Mistake]:
    if name not in ACTORS:
        return
    if not doctrines:
        yield Mistake(("players", name), f"must be {RULES['players']}, got an empty list")
    for place, text in enumerate(doctrines):
        if text in doctrines[:place]:
            yield Mistake(("players", name, place), f"doctrine {shown(text)} is given twice")
            continue
        try:
            parsed(text, name)
        except InputError as error:
            yield Mistake(("players", name, place), str(error))


def _worded(found: dict[str, Any]) -> Mistake:
    path: KeyPath = tuple(found["loc"])
    if found["type"] == "extra_forbidden":
        table: type[Table] = Weights if path[0] == "weights" else GameFile
        return Mistake(path, unknown("key", path[-1], table.model_fields))
    if len(path) == 1 and path[0] not in ("discount", "since"):
        return Mistake(path, f"must be a table, [{path[0]}], got {shown(found['input'])}")
    return Mistake(path, f"must be {RULES[str(path[0])]}, got {shown(found['input'])}")


def _placed(mistake: Mistake, file: SourceFile) -> Mistake:
    return replace(mistake, file=file.shown, line=file.line(mistake.path))
