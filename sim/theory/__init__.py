"""Textbook games: a statement, a solution in plain functions, comparative statics to draw.

One file an idea. Each is used three ways: as a lesson (`doctrine theory NAME`, `sim.textbook`), as an oracle in tests,
and as a limit of the simulator where it has one (`TextbookGame.limit`). `[derived]` marks minimal models made for
teaching, in the spirit of the paper that they name but not in it.
"""

from __future__ import annotations

from sim.theory import (
    airport,
    alternating_offers,
    bargaining_and_war,
    burden_sharing,
    cheap_talk,
    commitment_problem,
    contest,
    convergence,
    hawk_dove,
    home_public,
    nash_bargaining,
    pause,
    preventive_war,
    private_attrition,
    public_good,
    quantal_response,
    random_walk_war,
    ratification,
    repeated_dilemma,
    senate,
    shapley,
    stag_hunt,
    strategic_ambiguity,
    third_party_doubt,
    two_level,
    tying_hands,
    us_bill,
    volunteers_dilemma,
    war_of_attrition,
)
from sim.theory.textbook import NamedNumber, Parameter, Solution, TextbookGame

__all__ = ["GAMES", "NamedNumber", "Parameter", "Solution", "TextbookGame"]

TOPICS = {
    "Bargaining": (alternating_offers, nash_bargaining),
    "Bargaining and war": (
        bargaining_and_war,
        preventive_war,
        commitment_problem,
        pause,
        convergence,
        random_walk_war,
        war_of_attrition,
        private_attrition,
        contest,
    ),
    "Alliances": (burden_sharing, volunteers_dilemma, airport),
    "Signals and ambiguity": (cheap_talk, tying_hands, strategic_ambiguity, third_party_doubt),
    "Domestic politics": (two_level, home_public, ratification, senate, shapley, us_bill),
    "Dilemmas and imperfect players": (repeated_dilemma, hawk_dove, stag_hunt, public_good, quantal_response),
}
"""The modules of the games, by what they are about, in the order of a course."""

GAMES: dict[str, TextbookGame] = {module.GAME.name: module.GAME for modules in TOPICS.values() for module in modules}
"""Every game by its name."""
