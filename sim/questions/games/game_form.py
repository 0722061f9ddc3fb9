"""Who plays, with which doctrines to choose from, and by whose goals payoffs are counted: the game file, and its form.

A game form has players, strategies and what they lead to, here scenarios, but no payoffs yet. As a file:

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
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidationError

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import KeyPath, Mistake, ScenarioError, shown, unknown
from sim.ensemble.study import comparison
from sim.questions.games.equilibrium import Profile
from sim.questions.games.payoffs import RATE, UtilityWeights, Valuation
from sim.scenario.doctrine import Table
from sim.scenario.file import SourceFile, read_chain
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import OWN, labelled, parsed
from sim.scenario.tables import Month

if TYPE_CHECKING:
    from sim.scenario import Scenario

BETWEEN = " / "
"""What stands between the doctrines in the label of a profile."""
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
RULES = {
    "players": 'a list of doctrines in quotes, like ["wait_out", "maximalist"]',
    "valued_by": f'"{REFERENCE}" or a preset of the player, in quotes',
    "baseline": "one of the player's doctrines, in quotes",
    "discount": "a number from 0 to 1",
    "since": 'a month in quotes, like "2025-01"',
    "weights": "a number of at least 0",
}
"""What may stand under each key."""


class GameFile(Table):
    """A game, as its file says it; every key may be left out."""

    players: dict[str, list[str]] = Field(default_factory=lambda: dict(DEFAULT_PLAYERS))
    """Doctrines that each player chooses from; a player with one does not choose."""
    valued_by: dict[str, str] = Field(default_factory=dict)
    """Preset by whose goals a player's payoffs are counted; "reference" is the scenario's own doctrine."""
    baseline: dict[str, str] = Field(default_factory=dict)
    """The profile that others are compared with; the scenario's own doctrines if among the candidates, or the first."""
    discount: Annotated[float, Field(ge=0.0, le=1.0)] = RATE
    """Monthly discount rate."""
    since: Month | None = None
    """First month in which the chosen doctrines hold; the month of each player's last change if left out."""
    weights: UtilityWeights = UtilityWeights()
    """What the model leaves open in the utilities."""


def load_game(source: str | os.PathLike[str]) -> GameFile:
    """Read a game file.

    Raises
    ------
    ScenarioError
        With every mistake: file, line, key, what was found and what is allowed.
    """
    file = read_chain(source)[0]
    return game_of(file.data, file)


def game_of(data: dict[str, Any], file: SourceFile | None = None) -> GameFile:
    """The game that a table describes, as a file would, or does.

    Raises
    ------
    ScenarioError
        With every mistake: key, what was found and what is allowed.
    """
    mistakes: list[Mistake]
    try:
        game = GameFile.model_validate(data)
        mistakes = list(_mistakes(game))
    except ValidationError as error:
        mistakes = [_worded(dict(found)) for found in error.errors(include_url=False)]
    if mistakes and file is None:
        raise ScenarioError("game", mistakes)
    if mistakes and file is not None:
        placed = [replace(mistake, file=file.shown, line=file.line(mistake.path)) for mistake in mistakes]
        raise ScenarioError(file.shown, placed)
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


def _of_players(table: dict[str, str], game: GameFile) -> list[tuple[str, str]]:
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
            parsed(labelled(text)[1], name)
        except InputError as error:
            yield Mistake(("players", name, place), str(error))


def _worded(found: dict[str, Any]) -> Mistake:
    path: KeyPath = tuple(found["loc"])
    if found["type"] == "extra_forbidden":
        table: type[Table] = UtilityWeights if path[0] == "weights" else GameFile
        return Mistake(path, unknown("key", path[-1], table.model_fields))
    if len(path) == 1 and path[0] not in ("discount", "since"):
        return Mistake(path, f"must be a table, [{path[0]}], got {shown(found['input'])}")
    return Mistake(path, f"must be {RULES[str(path[0])]}, got {shown(found['input'])}")


# ---- its form in a scenario


@dataclass(frozen=True)
class GameForm:
    """A game before it is played.

    Attributes
    ----------
    players : tuple of str
        In the order of the axes.
    strategies : tuple of tuple of str
        Doctrines that each player chooses from.
    baseline : Profile
        What the others are compared with.
    scenarios : dict of str to Scenario
        By label, in the order of the profiles, the last player's doctrine changing fastest.
    valuation : Valuation
    file : GameFile
        What was asked for.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    baseline: Profile
    scenarios: dict[str, Scenario]
    valuation: Valuation
    file: GameFile

    @property
    def shape(self) -> tuple[int, ...]:
        """Doctrines of each player."""
        return tuple(map(len, self.strategies))

    def named(self, profile: Profile) -> tuple[str, ...]:
        """The doctrines of a profile."""
        return tuple(names[place] for names, place in zip(self.strategies, profile, strict=True))

    def scenario(self, profile: Profile) -> Scenario:
        """The scenario under a profile."""
        return self.scenarios[BETWEEN.join(self.named(profile))]


def game_form(base: Scenario, game: GameFile) -> GameForm:
    """Make the scenarios of all profiles.

    Raises
    ------
    ScenarioError, InputError
        If a doctrine is none, or the month of change is not in the scenario.
    """
    since = {actor: game.since or getattr(base, actor)[-1].since for actor in game.players}
    labels = {
        actor: tuple(comparison(base, doctrines, actor, since[actor]).scenarios)
        for actor, doctrines in game.players.items()
    }
    made: dict[tuple[str, ...], Scenario] = {(): base}
    for actor, doctrines in game.players.items():
        made = {
            (*names, doctrine): scenario
            for names, before in made.items()
            for doctrine, scenario in comparison(before, doctrines, actor, since[actor]).scenarios.items()
        }
    types = {actor: _type(base, actor, game, since.get(actor)) for actor in PRESETS}
    return GameForm(
        tuple(game.players),
        tuple(labels.values()),
        tuple(_baseline(base, actor, game) for actor in game.players),
        {BETWEEN.join(names): scenario for names, scenario in made.items()},
        Valuation(types, min(since.values()), game.discount, game.weights),
        game,
    )


def _type(base: Scenario, actor: str, game: GameFile, since: str | None) -> Any:
    """By whose goals an actor values: a preset's, or those that the scenario gives it."""
    name = game.valued_by.get(actor, REFERENCE)
    if name != REFERENCE:
        return PRESETS[actor][name].doctrine
    return base.doctrine(actor, since or getattr(base, actor)[-1].since)


def _baseline(base: Scenario, actor: str, game: GameFile) -> int:
    """Place of the doctrine that the others of an actor are compared with."""
    doctrines = game.players[actor]
    wanted = game.baseline.get(actor, OWN if OWN in doctrines else getattr(base, actor)[-1].label)
    return doctrines.index(wanted) if wanted in doctrines else 0
