"""T7 Cheap talk (Crawford and Sobel 1982): how much words can carry between those whose interests differ."""

from __future__ import annotations

from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short

BABBLING = 1.0 / 12.0
"""Receiver's loss when it learns nothing: the variance of the state."""


def most_messages(b: float) -> int:
    """Messages of the most informative equilibrium: the largest N with 2 N (N-1) b < 1.

    Parameters
    ----------
    b : float
        How much higher an action the sender wants than the receiver, above 0.

    References
    ----------
    Crawford, V. and Sobel, J. (1982). Strategic information transmission. Econometrica 50, section 4.

    Examples
    --------
    >>> [most_messages(b) for b in (0.02, 0.05, 0.1, 0.25)]
    [5, 3, 2, 1]
    """
    messages = 1
    while 2.0 * (messages + 1) * messages * b < 1.0:
        messages += 1
    return messages


def cuts(b: float) -> tuple[float, ...]:
    """States between the messages, a_i = i/N + 2 b i (i-N) for i = 1 ... N-1.

    Examples
    --------
    >>> [round(cut, 6) for cut in cuts(0.05)]
    [0.133333, 0.466667]
    """
    n = most_messages(b)
    return tuple(i / n + 2.0 * b * i * (i - n) for i in range(1, n))


def loss(b: float) -> float:
    """Receiver's expected loss, 1 / (12 N^2) + b^2 (N^2 - 1) / 3.

    Examples
    --------
    >>> round(loss(0.05), 7)
    0.0159259
    """
    n = most_messages(b)
    return BABBLING / n**2 + b**2 * (n**2 - 1) / 3.0


def solve(b: float) -> Solution:
    """The most informative equilibrium."""
    n, lost = most_messages(b), loss(b)
    heard = 1.0 - lost / BABBLING
    places = ", ".join(short(cut) for cut in cuts(b))
    told = (
        f"{n} vague messages get through, and the receiver learns {percent(heard)} of what there is to know"
        if n > 1
        else "Nothing gets through: whatever the sender says is babble"
    )
    return Solution(
        (
            NamedNumber("messages", "messages that get through", float(n)),
            NamedNumber("loss", "receiver's loss", lost),
            NamedNumber("heard", "share of the uncertainty removed", heard),
            *(NamedNumber(f"cut{i}", f"end of message {i}", cut) for i, cut in enumerate(cuts(b), start=1)),
        ),
        (
            told,
            f"The state runs from 0 to 1; the messages end at {places}, and the higher ones say less." if n > 1 else "",
            f"Silence would cost the receiver {short(BABBLING)}, this costs it {short(lost)}.",
        ),
    )


GAME = TextbookGame(
    name="crawford_sobel",
    title="Cheap talk",
    reference="Crawford and Sobel 1982; uniform states, quadratic losses",
    statement=(
        "The sender knows the state, uniform on [0, 1], and says something that costs nothing and binds to nothing. "
        "The receiver then acts; it wants its action at the state, the sender wants it b higher, both lose the square "
        "of the distance. This is the equilibrium that carries the most."
    ),
    lesson=(
        "Words carry less the more interests differ, and none at all from b = 1/4 on. Vagueness is what is left of "
        "talk."
    ),
    parameters=(Parameter("b", "bias: how much higher an action the sender wants", 0.05, 0.001, 1.0),),
    solve=solve,
    panels=(
        Panel("b", ("heard",), "Share of the uncertainty that talk removes", 0.001, 0.3, ceiling=1.0),
        Panel("b", ("messages",), "Messages that get through", 0.01, 0.3),
    ),
)
