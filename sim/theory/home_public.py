"""T10b A public that must be paid (after Schelling 1960) [derived]: what ties a government's hands moves the line."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent

NEAREST, FURTHEST = -0.04, 0.08
"""Lines that can be named, beyond the front, share of the country."""


def line(cost: float, home: float, foreign: float, power: float, lost: float) -> float:
    """The line that the two agree on; NaN where there is none.

    Parameters
    ----------
    cost : float
        What its public makes the home government pay for a share of the country ceded, in shares of the country.
    home, foreign : float
        What peace saves each of war, in shares of the country.
    power : float
        Bargaining power of the home government.
    lost : float
        Share of the country that a settlement on the front would cede.

    Notes
    -----
    Along the front the home government gains `home - cost lost`, and each further share takes 1 + cost from it and
    gives the foreign one 1. The asymmetric Nash solution divides that.

    Examples
    --------
    >>> round(line(0.0, 0.08, 0.04, 0.5, 0.127), 4), round(line(0.5, 0.08, 0.04, 0.5, 0.127), 4)
    (0.02, -0.0145)
    """
    if width(cost, home, foreign, lost) < 0.0:
        return float("nan")
    best = (1.0 - power) * (home - cost * lost) / (1.0 + cost) - power * foreign
    return min(max(best, NEAREST), FURTHEST)


def width(cost: float, home: float, foreign: float, lost: float) -> float:
    """Width of the range of lines that both prefer to war: (home - cost lost) / (1 + cost) + foreign."""
    return (home - cost * lost) / (1.0 + cost) + foreign


def solve(cost: float, home: float, foreign: float, power: float, lost: float) -> Solution:
    """The line, the range, and the cost at which nothing is left to agree on."""
    x, room = line(cost, home, foreign, power, lost), width(cost, home, foreign, lost)
    free = line(0.0, home, foreign, power, lost)
    most = (home + foreign) / (lost - foreign) if lost > foreign else float("nan")
    if x != x:
        said = f"No deal: its public asks {percent(cost)} of what is ceded, and a deal survives {percent(most)}"
    else:
        said = f"The public moves the line from {percent(free)} to {percent(x)} of the country"
    return Solution(
        (
            NamedNumber("line", "line agreed on, beyond the front", x),
            NamedNumber("width", "width of the range of settlements", room),
            NamedNumber("most", "cost from which there is no deal", most),
        ),
        (said, "What binds a government at home moves the line its way, until nothing is left to agree on."),
    )


GAME = TextbookGame(
    name="home_public",
    title="A public that must be paid",
    reference="after Schelling 1960",
    derived=True,
    statement=(
        "Two governments divide a country along a line. War costs each something, so that there is a range of lines "
        "that both prefer to it. The home government pays its public for every share that it signs away, what lies "
        "behind the front included. They agree on the asymmetric Nash solution."
    ),
    lesson="A public that makes concessions dear wins better terms, and in the end no terms at all.",
    parameters=(
        Parameter("cost", "price of ceding a share of the country, in shares", 0.5, 0.0, 5.0),
        Parameter("home", "what peace saves the home government of war, shares of the country", 0.08, 0.0, 1.0),
        Parameter("foreign", "what it saves the foreign one", 0.04, 0.0, 1.0),
        Parameter("power", "bargaining power of the home government", 0.5, 0.0, 1.0),
        Parameter("lost", "share of the country behind the front that a settlement cedes", 0.127, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("cost", ("line",), "The line agreed on, beyond the front", 0.0, 2.0, floor=None),
        Panel(
            "cost", ("width",), "Width of the range of settlements", 0.0, 2.0, Family("lost", (0.0, 0.2)), floor=None
        ),
    ),
    limit=(
        "With all else off, the range is this wide, and the envoy names a line of his list that lies next to this one."
    ),
)
