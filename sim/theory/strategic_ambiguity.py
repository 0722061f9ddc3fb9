"""T9 Strategic ambiguity (after Baliga and Sjostrom 2008) [derived]: not saying what one has, instead of having it."""

from __future__ import annotations

from typing import NamedTuple

from sim.theory.textbook import NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent, short


class Regime(NamedTuple):
    """An equilibrium: chances of arming, of an attack, of an attack on the armed; what the state can expect."""

    armed: float
    attack: float
    mistake: float
    worth: float


def ambiguity(g: float, l: float, K: float, L: float, D: float) -> Regime:  # noqa: E741 -- the model's symbol
    """The attacker cannot see whether the state is armed, and both keep each other guessing.

    B arms with chance g / (g + l), which leaves the attacker in two minds; A attacks with the chance mu at which that
    many find arming worth while, mu (L - D) = K P(arm). Where even a sure attack makes too few arm, A attacks for sure.

    Parameters
    ----------
    g, l : float
        What an attack wins against an unarmed state, and loses against an armed one.
    K : float
        Largest cost of arming; costs are uniform on [0, K] and B's secret.
    L, D : float
        What an attack costs the state unarmed, and armed; D below L.

    References
    ----------
    In the spirit of Baliga, S. and Sjostrom, T. (2008). Strategic ambiguity and arms proliferation. Journal of
    Political Economy 116; a minimal model made for teaching, not the paper's.

    Examples
    --------
    >>> [round(number, 6) for number in ambiguity(3, 7, 10, 8, 2)]
    [0.3, 0.5, 0.15, -3.55]
    """
    armed = min(g / (g + l), (L - D) / K)
    attack = armed * K / (L - D)
    worth = -attack * (L * (1.0 - armed) + D * armed) - K * armed**2 / 2.0
    return Regime(armed, attack, armed * attack, worth)


def transparency(K: float, L: float) -> Regime:
    """The attacker sees, and attacks the unarmed: B arms whenever that costs less than being attacked, L / K.

    Examples
    --------
    >>> [round(number, 6) for number in transparency(10, 8)]
    [0.8, 0.2, 0.0, -4.8]
    """
    armed = min(1.0, L / K)
    return Regime(armed, 1.0 - armed, 0.0, -L * (1.0 - armed) - K * armed**2 / 2.0)


def solve(g: float, l: float, K: float, L: float, D: float) -> Solution:  # noqa: E741 -- the model's symbol
    """Both regimes, side by side."""
    vague, clear = ambiguity(g, l, K, L, D), transparency(K, L)
    better = (
        "Ambiguity is better for the state" if vague.worth > clear.worth else "Transparency is better for the state"
    )
    return Solution(
        (
            NamedNumber("arm", "ambiguity: arms", vague.armed),
            NamedNumber("attack", "ambiguity: is attacked", vague.attack),
            NamedNumber("mistake", "ambiguity: is attacked though armed", vague.mistake),
            NamedNumber("worth", "ambiguity", vague.worth),
            NamedNumber("clear_arm", "transparency: arms", clear.armed),
            NamedNumber("clear_attack", "transparency: is attacked", clear.attack),
            NamedNumber("clear_worth", "transparency", clear.worth),
        ),
        (
            (
                f"{better}: it arms with {percent(vague.armed)} instead of {percent(clear.armed)} and expects "
                f"{short(vague.worth)} instead of {short(clear.worth)}"
            ),
            (
                f"The price is mistakes: with a chance of {percent(vague.mistake)} an armed state is attacked; under "
                "transparency never."
            ),
        ),
    )


GAME = TextbookGame(
    name="ambiguity",
    title="Ambiguity about arms",
    reference="after Baliga and Sjostrom 2008",
    derived=True,
    statement=(
        "A small state B may arm, at a cost uniform on [0, K] that only it knows. A then attacks or does not: an "
        "attack wins A g if B is unarmed and loses it l if B is armed; it costs B L unarmed and D armed. Under "
        "transparency A sees whether B is armed; under ambiguity it does not."
    ),
    lesson=(
        "Ambiguity substitutes for arms: the fear that one may be armed deters in place of arming. It costs mistakes."
    ),
    parameters=(
        Parameter("g", "A's gain from attacking the unarmed", 3.0, 0.01, 100.0),
        Parameter("l", "A's loss from attacking the armed", 7.0, 0.01, 100.0),
        Parameter("K", "largest cost of arming", 10.0, 0.01, 100.0),
        Parameter("L", "B's loss when attacked unarmed", 8.0, 0.01, 100.0),
        Parameter("D", "B's loss when attacked armed", 2.0, 0.0, 100.0),
    ),
    solve=solve,
    panels=(
        Panel("l", ("worth", "clear_worth"), "What the small state can expect", 0.5, 20.0, floor=None),
        Panel("l", ("arm", "clear_arm", "mistake"), "Chances", 0.5, 20.0, ceiling=1.0),
    ),
    rules=(Rule(lambda L, D, **_: D < L, "D must be below L, or arming is no protection"),),
)
